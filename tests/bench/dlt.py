"""The wide file loaded by dlt into DuckDB: Arrow batches, and rows as dlt takes them by default."""

import csv
import importlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.csv

ABSENT = "dlt is not installed, so wide is not compared with it: pip install 'dlt[duckdb]' beside this environment"
SHARE_BY_DEFAULT = 50  # one row in so many goes the slow way of rows
ROWS_TOGETHER = 10_000


@dataclass(frozen=True)
class Peer:
    """How many rows a second dlt loads as Arrow batches, and how many row by row."""

    arrow: float
    default: float

    def line(self, ours: float) -> str:
        """How many times as fast a load of `ours` rows a second is."""
        return (
            f"wide, staging to upsert: {ours / self.arrow:.1f} times as fast as dlt with Arrow batches, "
            f"{ours / self.default:.0f} times as dlt by default"
        )


def is_there() -> bool:
    """Whether dlt can be imported."""
    return importlib.util.find_spec("dlt") is not None


def measure(file: Path, rows: int, folder: Path) -> Peer:
    """dlt's rates on a CSV of so many rows, each into an empty database; it appends and keeps no key."""
    few = max(rows // SHARE_BY_DEFAULT, 1)
    arrow = _seconds("arrow", lambda: _batches(file), folder)
    return Peer(rows / arrow, few / _seconds("default", lambda: _rows(file, few), folder))


def _seconds(name: str, data: Callable[[], Iterator[Any]], folder: Path) -> float:
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    dlt = importlib.import_module("dlt")
    database = dlt.destinations.duckdb(str(folder / f"dlt_{name}.duckdb"))
    pipeline = dlt.pipeline(name, pipelines_dir=str(folder / "dlt"), destination=database, dataset_name="bench")
    resource = dlt.resource(data, name="wide", write_disposition="append")
    started = perf_counter()
    pipeline.run(resource)
    return perf_counter() - started


def _batches(file: Path) -> Iterator[pa.Table]:
    with pyarrow.csv.open_csv(file) as batches:
        for batch in batches:
            yield pa.Table.from_batches([batch])


def _rows(file: Path, count: int) -> Iterator[list[dict[str, str]]]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = islice(csv.DictReader(lines), count)
        while taken := list(islice(rows, ROWS_TOGETHER)):
            yield taken
