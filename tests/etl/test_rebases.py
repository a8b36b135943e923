"""The recorded rebases: read in order, and what is wrong with a line."""

from datetime import date
from pathlib import Path

import pytest

from etl.errors import UserError
from etl.folders import Folders
from etl.rebases import Rebase, read_rebases

HEADER = "metric,day,reason,who\n"


def read(folder: Path, text: str) -> tuple[Rebase, ...]:
    (folder / "rebases.csv").write_text(HEADER + text, encoding="utf-8")
    return read_rebases(Folders(folder))


def test_in_the_order_of_their_days(tmp_path: Path) -> None:
    found = read(tmp_path, 'nps,2026-03-02,"new survey, fewer questions",Ana\ncsat,2025-11-01,new scale,Ben\n')
    path = tmp_path / "rebases.csv"
    assert found == (
        Rebase("csat", date(2025, 11, 1), "new scale", "Ben", f"{path} line 3"),
        Rebase("nps", date(2026, 3, 2), "new survey, fewer questions", "Ana", f"{path} line 2"),
    )


def test_none_are_recorded(tmp_path: Path) -> None:
    assert read_rebases(Folders(tmp_path)) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nps,2026-03-02,,Ana\n", "line 2: reason is empty; a rebase has metric, day, reason, who"),
        ("nps,2 March,new survey,Ana\n", "line 2: day is '2 March'; expected one such as 2026-03-04"),
        ("nps,2026-03-02,new survey\n", "line 2: expected 4 values"),
    ],
)
def test_what_is_wrong_with_a_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read(tmp_path, line)
