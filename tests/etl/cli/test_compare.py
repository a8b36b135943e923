"""`cx compare`: any two spans, like for like, with the numbers of `cx ask` and a verdict."""

from datetime import timedelta
from pathlib import Path

import pytest

from etl.config import Settings
from etl.pipeline import load
from tests.etl import exports
from tests.etl.cli.calls import Outcome, cx
from tests.etl.contents import data_folder
from tests.etl.exports import MONDAY, call, message


@pytest.fixture(scope="module")
def folder(small_demo: Settings) -> Path:
    return small_demo.folders.root


def rows(folder: Path, *words: str) -> list[dict[str, object]]:
    outcome: Outcome = cx(folder, *words, "--json")
    assert outcome.code == 0, outcome.told
    found: list[dict[str, object]] = outcome.document["rows"]
    return found


def test_two_spans_have_the_numbers_of_ask(folder: Path) -> None:
    (pair,) = rows(
        folder, "compare", "csat", "--period", "2026-10-05..2026-10-24", "--versus", "2026-08-20..2026-09-08"
    )
    (after,) = rows(folder, "ask", "csat", "--from", "2026-10-05", "--to", "2026-10-24")
    (before,) = rows(folder, "ask", "csat", "--from", "2026-08-20", "--to", "2026-09-08")
    assert (pair["after"], pair["before"]) == (after["value"], before["value"])
    assert (pair["n_after"], pair["n_before"]) == (after["n"], before["n"])
    assert pair["claims"] == [before["claim"], after["claim"]]
    assert pair["verdict"] in ("probably real", "could be noise")
    assert isinstance(pair["p"], float)
    same = pair["same_people"]
    assert isinstance(same, dict)
    assert same["change"] == pytest.approx(same["after"] - same["before"])
    assert (same["n"] < 30) == (same["verdict"] == "too few")


def test_an_unfinished_period_is_compared_with_as_many_days(folder: Path) -> None:
    (pair,) = rows(folder, "compare", "contacts", "--period", "2026-11")
    assert (pair["start"], pair["end"]) == ("2026-11-01", "2026-11-21")
    assert (pair["versus_start"], pair["versus_end"]) == ("2026-10-01", "2026-10-21")


def test_as_many_days_are_those_of_the_sources_asked_for(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    days = [MONDAY + timedelta(days=number) for number in range(40)]
    calls = [call(f"c{number}", day, f"+12125550{number:03}") for number, day in enumerate(days[:37])]
    posts = [message(f"{number}", day, f"{number}{number}") for number, day in enumerate(days)]
    files = [exports.write_calls(tmp_path / "calls.json", calls), exports.write_messages(tmp_path / "p.csv", posts)]
    load(settings, files)
    found = {}
    for source in ("amazon_connect", "twcs"):
        where = ("--where", f"source={source}")
        (pair,) = rows(settings.folders.root, "compare", "contacts", "--period", "2024-04", *where)
        found[source] = (pair["start"], pair["end"], pair["versus_start"], pair["versus_end"], pair["after"])
    assert found == {
        "amazon_connect": ("2024-04-01", "2024-04-08", "2024-03-01", "2024-03-08", 8),
        "twcs": ("2024-04-01", "2024-04-11", "2024-03-01", "2024-03-11", 11),
    }


def test_a_source_that_began_in_between_is_not_compared(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    days = [MONDAY + timedelta(days=number) for number in range(29)]
    calls = [call(f"c{number}", day, f"+12125550{number:03}") for number, day in enumerate(days)]
    posts = [message(f"{number}", day, f"{number}{number}") for number, day in enumerate(days[14:])]
    files = [exports.write_calls(tmp_path / "calls.json", calls), exports.write_messages(tmp_path / "p.csv", posts)]
    load(settings, files)
    spans = ("--period", f"{days[14]:%Y-%m-%d}..{days[27]:%Y-%m-%d}")
    versus = ("--versus", f"{days[0]:%Y-%m-%d}..{days[13]:%Y-%m-%d}")
    (pair,) = rows(settings.folders.root, "compare", "contacts", *spans, *versus)
    assert (pair["before"], pair["after"], pair["change"]) == (14, 28, 0)
    why = f"begins {days[14]:%Y-%m-%d}"
    assert pair["compared"] == {
        "sources": ["amazon_connect"], "left_out": {"twcs": why}, "before": 14, "after": 14,
        "n_before": 14, "n_after": 14, "note": f"compared without twcs ({why})",
    }  # fmt: skip
    told = cx(settings.folders.root, "compare", "contacts", *spans, *versus).told
    assert f"contacts compared without twcs ({why}): 14.0 → 14.0." in told
    found = cx(settings.folders.root, "why", "contacts", "--period", "2024-W12", "--by", "channel", "--json")
    assert found.code == 0, found.told
    assert (found.document["before"], found.document["after"]) == (7, 7)
    assert found.document["compared"] == {
        "sources": ["amazon_connect"], "left_out": {"twcs": why}, "note": f"compared without twcs ({why})"
    }  # fmt: skip


def test_counts_of_spans_of_different_length_are_compared_per_day(folder: Path) -> None:
    (pair,) = rows(folder, "compare", "contacts", "--period", "2026-10", "--versus", "2026-09")
    after, before = pair["after"], pair["before"]
    assert isinstance(after, float)
    assert isinstance(before, float)
    assert pair["change"] == pytest.approx(after / 31 - before / 30)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("contacts", "--period", "2026-10-09..2026-10-01"), "the first day is after the last"),
        (("contacts", "--period", "2026-10-01..2026-10-09"), "name the other span with --versus"),
        (("contatcs", "--period", "2026-10"), "did you mean contacts"),
        (("contacts", "--period", "October"), "is not a period"),
    ],
)
def test_a_wrong_call_ends_in_a_sentence(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    outcome = cx(folder, "compare", *words)
    assert (outcome.code, sentence in outcome.told) == (2, True), outcome.told
