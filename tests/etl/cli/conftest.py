"""An empty data folder for each test of the command line."""

from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which nothing lies yet."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
