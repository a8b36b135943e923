"""How files come makes no difference: one by one, backwards or together, all tables end the same."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from etl.config import Settings, load_settings
from etl.demo.company import Demo, write_demo
from etl.pipeline import load
from tests.etl.contents import Contents, data_folder, delivered

DAYS, RECORDS = 35, 1_200
END = date(2026, 11, 22)


def company(root: Path) -> tuple[Settings, list[Path]]:
    """A tiny demo company with calls, chats, posts, reviews and surveys, its files not loaded yet."""
    data_folder(root)
    written = write_demo(Demo(folder=root, end=END, days=DAYS, records=RECORDS, seed=3))
    return load_settings(root), list(written.files)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What all files in one run give."""
    root = tmp_path_factory.mktemp("together") / "data"
    settings, files = company(root)
    load(settings, files)
    return delivered(root)


@pytest.mark.parametrize("order", ["as written", "backwards", "shuffled, three at a time"])
def test_order_and_grouping_make_no_difference(together: Contents, tmp_path: Path, order: str) -> None:
    """F-040: files that come out of order."""
    settings, files = company(tmp_path / "data")
    size = 1
    if order == "backwards":
        files.reverse()
    elif order != "as written":
        Random(7).shuffle(files)
        size = 3
    for first in range(0, len(files), size):
        load(settings, files[first : first + size])
    found = delivered(tmp_path / "data")
    assert {table for table in together if together[table] != found[table]} == set()
    assert all(together[table] for table in ("held_chain_contacts", "core_failures", "core_votes", "mart_week_cell"))
