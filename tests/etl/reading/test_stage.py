"""How the engine is told to read the plain records of a file."""

from pathlib import Path

import pytest

from etl.engines import scratch
from etl.reading.plain import Plain
from etl.reading.stage import stage
from etl.sources.base import Head
from etl.sources.catalogue import SOURCES

CALL_CENTER = SOURCES["call_center"]
MEGABYTES = 1 << 20


@pytest.mark.parametrize(
    ("bytes_per_record", "buffer"), [(40, 32), (75, 32), (208, 96), (1_000, 128)], ids=lambda value: str(value)
)
def test_longer_records_are_read_in_larger_buffers(tmp_path: Path, bytes_per_record: int, buffer: int) -> None:
    path = tmp_path / "calls.csv"
    records = 1_000_000
    with path.open("wb") as file:
        file.truncate(records * bytes_per_record)
    columns = CALL_CENTER.columns
    plain = Plain("call_center", Head("table", columns, (), "csv"), columns, path, "csv", records)

    with scratch() as connection:
        staged = stage(connection, plain, CALL_CENTER)

    assert f"buffer_size = {buffer * MEGABYTES}," in staged.relation
