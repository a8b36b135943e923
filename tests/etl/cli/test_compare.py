"""`cx compare`: any two spans, like for like, with the numbers of `cx ask` and a verdict."""

from pathlib import Path

import pytest

from etl.config import Settings
from tests.etl.cli.calls import Outcome, cx


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


def test_an_unfinished_period_is_compared_with_as_many_days(folder: Path) -> None:
    (pair,) = rows(folder, "compare", "contacts", "--period", "2026-11")
    assert (pair["start"], pair["end"]) == ("2026-11-01", "2026-11-21")
    assert (pair["versus_start"], pair["versus_end"]) == ("2026-10-01", "2026-10-21")


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
