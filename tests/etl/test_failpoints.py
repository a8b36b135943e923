"""Killed at any step, a load leaves the last generation served, and the next run ends as if nothing had happened."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.config import load_settings
from etl.pipeline import ALL_STEPS, load
from etl.warehouse import Warehouse
from tests.etl.contents import Contents, contents, loaded
from tests.etl.killed_loads import EARLIER, LATER

SWITCH = "publish.switch_pointer"
BEFORE_SWITCH = ALL_STEPS[: ALL_STEPS.index(SWITCH)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one generation."""
    root = tmp_path_factory.mktemp("base") / "data"
    assert loaded(root, *EARLIER).generation == 1
    return root


@pytest.fixture(scope="module")
def before(base: Path) -> Contents:
    """What that generation holds."""
    return contents(load_settings(base).folders)


@pytest.fixture(scope="module")
def after(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What the next generation holds when nothing interrupts the load."""
    root = tmp_path_factory.mktemp("after") / "data"
    shutil.copytree(base, root)
    assert load(load_settings(root), [LATER]).generation == 2
    return contents(load_settings(root).folders)


@pytest.fixture(scope="module")
def killed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one data folder a step, in which the second load was killed there."""
    root = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.etl.killed_loads", str(base), str(root)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("step", ALL_STEPS)
def test_killed_load(killed: Path, step: str, before: Contents, after: Contents) -> None:
    settings = load_settings(killed / step)
    is_published = step not in BEFORE_SWITCH
    served = Warehouse(settings.folders).current()
    assert served is not None
    assert (served.generation, served.fallback) == (2 if is_published else 1, False)
    assert contents(settings.folders) == (after if is_published else before)
    load(settings, [LATER])
    assert contents(settings.folders) == after
    assert not [*settings.folders.raw.glob("taking-*"), *settings.folders.warehouse.glob("building-*")]
