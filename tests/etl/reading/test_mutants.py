"""Damaged samples of all sources are landed or refused; `python -m tests.bench mutants` tries thousands."""

from pathlib import Path

from tests.bench.mutants import FINE, measure

FILES = 40


def test_damaged_files_neither_crash_nor_lose_records(tmp_path: Path) -> None:
    outcomes = list(measure(FILES, seed=11, folder=tmp_path))
    assert [outcome for outcome in outcomes if outcome.fate not in FINE] == []
    assert {outcome.fate for outcome in outcomes} == set(FINE)
