"""Small warehouses to look at; run as a module it leaves one per publish step, killed there in its second build."""

import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from etl.folders import Folders
from etl.warehouse import PUBLISH_STEPS, Published, Warehouse


def add_row(warehouse: Warehouse) -> None:
    """Publish the next generation with one row more than the last."""
    with warehouse.build() as build:
        build.connection.execute("CREATE TABLE IF NOT EXISTS loads (generation INTEGER)")
        build.connection.execute("INSERT INTO loads VALUES (?)", [build.generation])
        build.publish()


def present(warehouse: Warehouse) -> Published:
    """The current generation; there must be one."""
    published = warehouse.current()
    assert published is not None
    return published


def rows(warehouse: Warehouse) -> list[int]:
    """What a reader finds: the number of each generation that added a row."""
    with closing(warehouse.read(present(warehouse))) as connection:
        return [row[0] for row in connection.execute("SELECT generation FROM loads ORDER BY ALL").fetchall()]


def names(root: Path) -> set[str]:
    """What lies in the warehouse folder of a data folder."""
    return {path.name for path in (root / "warehouse").iterdir()}


def die_at(step: str, root: Path) -> None:
    """Fork, publish once, die at the step of the second publish; ends this process if the child lives on."""
    root.mkdir()
    child = os.fork()
    if child == 0:
        add_row(Warehouse(Folders(root)))
        os.environ["CX_FAILPOINT"] = step
        add_row(Warehouse(Folders(root)))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        sys.exit(f"{step}: the failpoint was not reached")


if __name__ == "__main__":
    for step in PUBLISH_STEPS:
        die_at(step, Path(sys.argv[1]) / step)
