"""Killed at any step, a load leaves the last generation served, and the next run ends as if nothing had happened."""

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pytest

from etl.config import load_settings
from etl.pipeline import ALL_STEPS, load
from etl.warehouse import Warehouse
from tests.etl.contents import Contents, contents, loaded
from tests.etl.killed_loads import EARLIER, LATER

State: TypeAlias = tuple[tuple[str, bytes], ...]
LEFT_OVER = ("building-", "taking-")
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


@pytest.fixture(scope="module")
def seen() -> dict[bytes, Contents]:
    """What a generation's file holds, by the digest of its bytes."""
    return {}


@pytest.fixture(scope="module")
def ends() -> dict[State, Contents]:
    """What the next run makes of a data folder; many steps leave the same one behind."""
    return {}


def digest(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()


def state_of(root: Path, served: Path) -> State:
    """The names in a data folder with their content, but for what the next run removes unread: by its name only."""
    found = {}
    for path in sorted(root.rglob("*")):
        is_left_over = path.name.startswith(LEFT_OVER) or (path.suffix == ".duckdb" and path != served)
        name = re.sub(r"^(building-\d+|taking)-\w+", r"\1", path.name)
        found[f"{path.parent.relative_to(root)}/{name}"] = b"" if is_left_over or path.is_dir() else digest(path)
    return tuple(sorted(found.items()))


@pytest.mark.parametrize("step", ALL_STEPS)
def test_killed_load(
    killed: Path, step: str, before: Contents, after: Contents, seen: dict[bytes, Contents], ends: dict[State, Contents]
) -> None:
    settings = load_settings(killed / step)
    is_published = step not in BEFORE_SWITCH
    served = Warehouse(settings.folders).current()
    assert served is not None
    assert (served.generation, served.fallback) == (2 if is_published else 1, False)
    file = digest(served.path)
    if file not in seen:
        seen[file] = contents(settings.folders)
    assert seen[file] == (after if is_published else before)
    state = state_of(killed / step, served.path)
    if state not in ends:
        load(settings, [LATER])
        ends[state] = contents(settings.folders)
        assert not [*settings.folders.raw.glob("taking-*"), *settings.folders.warehouse.glob("building-*")]
    assert ends[state] == after
