"""Promises and causes: read as written, refused by their place, and judged anew as soon as they change."""

from datetime import timedelta
from pathlib import Path

import pytest

from etl.config import Settings, load_settings
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics.answer import Question, Row
from etl.metrics.ask import open_ask
from etl.pipeline import load
from etl.references import Cause, MapLine, Promise, read_causes, read_promises
from tests.etl import exports
from tests.etl.contents import data_folder
from tests.etl.exports import MONDAY, call

KNOWN = (
    MapLine("calls", "queue", "Billing", None, None, "billing line", None),
    MapLine("calls", "topic", "tariff", "contract", "tariff change", None, None),
)


def promised(folder: Path, text: str) -> tuple[Promise, ...]:
    (folder / "promises.toml").write_text(text, encoding="utf-8")
    return read_promises(Folders(folder), KNOWN)


def told(folder: Path, *lines: str) -> tuple[Cause, ...]:
    (folder / "causes.csv").write_text("\n".join(("cause,is_breakdown", *lines)) + "\n", encoding="utf-8")
    return read_causes(Folders(folder), KNOWN)


def test_as_written(tmp_path: Path) -> None:
    assert (read_promises(Folders(tmp_path), KNOWN), read_causes(Folders(tmp_path), KNOWN)) == ((), ())
    text = '[touchpoint."billing line"]\nanswer_within_seconds = 60\nmost_transfers = 1\n'
    assert promised(tmp_path, text) == (
        Promise("billing line", "answer_within_seconds", 60),
        Promise("billing line", "most_transfers", 1),
    )
    assert told(tmp_path, "tariff change,no") == (Cause("tariff change", False),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '[touchpoint."billing lin"]\nmost_transfers = 1',
            "unknown touchpoint 'billing lin'; did you mean billing line?",
        ),
        (
            '[touchpoint."billing line"]\nmost_transfer = 1',
            "unknown promise 'most_transfer'; did you mean most_transfers?",
        ),
        ('[touchpoint."billing line"]\nmost_transfers = "one"', "found 'one'; expected a number from 0 to 1000."),
        ('[touchpoint."billing line"]\nresolved_within_days = 8', "found 8; expected a number from 0 to 7."),
        ("[touchpoint]\nmost_transfers = 1", 'found a value; expected tables such as [touchpoint."billing line"].'),
        ("[promise]\nmost_transfers = 1", "unknown table 'promise'"),
        ("[touchpoint", "not valid TOML"),
    ],
)
def test_a_wrong_promise_names_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError, match=r"promises\.toml") as refused:
        promised(tmp_path, text)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tarif change,false", "line 2: unknown cause 'tarif change'; did you mean tariff change?"),
        ("tariff change,", "line 2: is_breakdown is ''; expected true or false."),
        ("tariff change,perhaps", "line 2: is_breakdown is 'perhaps'; expected true or false."),
    ],
)
def test_a_wrong_cause_names_its_line(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(UserError, match=r"causes\.csv") as refused:
        told(tmp_path, line)
    assert words in str(refused.value)


def test_changed_promises_and_causes_are_judged_anew_without_a_new_file(tmp_path: Path) -> None:
    data_folder(tmp_path / "data")
    exports.beside(tmp_path / "data", [])
    settings = load_settings(tmp_path / "data")
    days = [call(f"c{day}", MONDAY + timedelta(days=day), "+12125550100", wait=30, topic="refund") for day in (0, 40)]
    load(settings, [exports.write_calls(tmp_path / "calls.json", days)])
    for most, value in ((60, 1.0), (20, 0.0)):
        text = f'[touchpoint."billing line"]\nanswer_within_seconds = {most}\n'
        (tmp_path / "data" / "promises.toml").write_text(text, encoding="utf-8")
        generation = load(settings, []).generation
        assert kept(settings).value == value
        assert load(settings, []).generation == generation
    (tmp_path / "data" / "causes.csv").write_text("cause,is_breakdown\nlate refund,false\n", encoding="utf-8")
    assert load(settings, []).generation == (generation or 0) + 1


def kept(settings: Settings) -> Row:
    """The share of journeys that kept their promises."""
    (row,) = open_ask(settings)(Question(("promise_kept",), is_raw=True)).rows
    return row
