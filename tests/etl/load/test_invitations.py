"""invitations.csv from its lines to the numbers of the command line: identities, zones, refusals, changes."""

from datetime import timedelta
from pathlib import Path

import pytest

from etl.config import Settings
from etl.errors import UserError
from etl.folders import Folders
from etl.invitations import read_invitations
from etl.pipeline import load
from etl.warehouse import Warehouse
from tests.etl import exports
from tests.etl.cli.calls import cx
from tests.etl.contents import data_folder
from tests.etl.exports import MONDAY

HEAD = "sent,source,kind,value,outcome,channel\n"


def listed(root: Path, *lines: str) -> None:
    (root / "invitations.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty are invited by mail and telephone; those with even numbers answer the day after."""
    settings = data_folder(tmp_path_factory.mktemp("asked") / "data")
    root = settings.folders.root
    known = [(f"k{number}", "email", f"c{number}@example.com") for number in range(30)]
    exports.beside(root, [*known, *((f"k{number}", "phone", f"+1212555{number:04}") for number in range(30))])
    ways = ("email,c{0}@example.com", "email,C{0}@Example.com", "phone,+1 212 555 {0:04}")
    lines = [f"2024-03-04T10:00,qualtrics,{ways[number % 3].format(number)},,phone" for number in range(30)]
    listed(root, *lines, "2024-03-04,qualtrics,email,x@example.com,bounced,", "2024-03-09,qualtrics,email,no mail,,")
    answers = [
        exports.answer(f"R{number}", MONDAY + timedelta(days=1), 9, email=f"c{number}@example.com")
        for number in range(0, 30, 2)
    ]
    answers += [
        exports.answer("before", MONDAY - timedelta(days=1), 9),
        exports.answer("after", MONDAY + timedelta(days=40), 9),
    ]
    load(settings, [exports.write_answers(root / "answers.csv", answers)])
    return root


def test_who_was_invited_is_known_by_any_key(folder: Path) -> None:
    told = cx(folder, "invitations", "--period", "2024-03", "--json").document
    assert (told["invited"], told["answered"], told["warnings"]) == (31, 15, [])
    assert told["rate"] == pytest.approx(15 / 31)
    assert [(each["channel"], each["invited"], each["answered"], each["score"]) for each in told["strata"]] == [
        ("phone", 30, 15, 100.0), ("survey", 1, 0, None),
    ]  # fmt: skip
    asked = cx(folder, "ask", "response_rate", "--from", "2024-03-04", "--to", "2024-03-04", "--json").document
    assert [(row["value"], row["n"], row["unit"]) for row in asked["rows"]] == [(0.5, 30, "share")]
    (pair,) = cx(folder, "compare", "nps", "--period", "2024-03", "--versus", "2024-04", "--json").document["rows"]
    assert pair["warnings"] == []


def test_a_span_without_invitations_says_so(folder: Path) -> None:
    told = cx(folder, "invitations", "--period", "2024-01", "--json").document
    assert (told["invited"], told["rate"], told["strata"]) == (None, None, [])
    assert "no invitation is known" in cx(folder, "invitations", "--period", "2024-01").told


def test_another_list_is_another_generation(folder: Path) -> None:
    settings = Settings(Folders(folder))
    before = Warehouse(settings.folders).current()
    assert before is not None
    assert load(settings, []).generation == before.generation
    text = (folder / "invitations.csv").read_text("utf-8")
    listed(folder, "2024-03-04T10:00,qualtrics,email,c0@example.com,opted_out,chat")
    assert load(settings, []).generation == before.generation + 1
    (row,) = cx(folder, "ask", "response_rate", "--from", "2024-03-04", "--to", "2024-03-04", "--json").document["rows"]
    assert (row["n"], row["reason"]) == (1, "too few (n=1)")
    (folder / "invitations.csv").write_text(text, encoding="utf-8")
    load(settings, [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("4 March,qualtrics,email,a@example.com,,", "line 2: sent is '4 March'; expected a time such as"),
        ("2024-03-04,qualtrics,mail,a@example.com,,", "line 2: unknown kind 'mail'; did you mean email"),
        ("2024-03-04,qualtrics,email,a@example.com,lost,", "line 2: unknown outcome 'lost'"),
    ],
)
def test_what_is_refused(tmp_path: Path, line: str, sentence: str) -> None:
    listed(tmp_path, line)
    with pytest.raises(UserError) as refused:
        list(read_invitations(Settings(Folders(tmp_path))))
    assert sentence in str(refused.value)


def test_a_day_is_that_of_the_company_and_an_offset_holds(tmp_path: Path) -> None:
    listed(tmp_path, "2024-03-04,s,id,7,,", "2024-03-04T23:30+00:00,s,id,7,,")
    first, second = read_invitations(Settings(Folders(tmp_path), zone="Europe/Berlin"))
    assert (f"{first.sent}", f"{first.day}") == ("2024-03-04 00:00:00+01:00", "2024-03-04")
    assert (f"{second.sent}", f"{second.day}") == ("2024-03-05 00:30:00+01:00", "2024-03-05")
