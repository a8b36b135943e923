"""The call-center table as CSV: one call a row, in the columns and notation of its public sample."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo.calls import AGENTS, Calls
from etl.demo.season import Flags, Ints
from etl.demo.topics import EVENING_TOPICS
from etl.demo.writers.files import Span, file_of, write_files
from etl.demo.writers.lines import joined_cells, looked_up

HEADER = (
    "\ufeffCall Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,"
    "Speed of answer in seconds,AvgTalkDuration,Satisfaction rating\n"
)


def write_calls(folder: Path, files: tuple[Span, ...], calls: Calls) -> list[Path]:
    """Write the calls, each file with its own header; hours have no leading zero."""
    days = pa.array(calls.start.astype("datetime64[D]"))
    clock = (calls.start - calls.start.astype("datetime64[D]")).astype(np.int64)
    rated = calls.is_answered & (calls.rating > 0)
    topics = [topic for topic, _, _, _ in EVENING_TOPICS]
    cells = [
        pa.array([f"ID{number:06d}" for number in range(1, calls.start.size + 1)]),
        looked_up(AGENTS, calls.agent),
        days.cast(pa.string()),
        _clock(clock),
        looked_up(topics, calls.topic),
        pa.array(np.where(calls.is_answered, "Y", "N")),
        pa.array(np.where(calls.is_resolved, "Y", "N")),
        _where(calls.speed, calls.is_answered),
        pc.if_else(pa.array(calls.is_answered), _clock(calls.talk), ""),
        _where(calls.rating, rated),
    ]
    lines = joined_cells(cells)
    return list(write_files(folder, "evening_line", "csv", files, file_of(calls.start, files), HEADER, lines))


def _where(numbers: Ints, is_known: Flags) -> pa.Array:
    return pa.array(numbers, mask=~is_known)


def _clock(seconds: Ints) -> pa.Array:
    """Seconds as h:mm:ss."""
    return pa.array([f"{value // 3600}:{value // 60 % 60:02d}:{value % 60:02d}" for value in seconds.tolist()])
