"""Which days each export file covers: months, quarters, and weeks in the last quarter."""

import os
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from etl.demo.season import Ints, Times, day_of
from etl.demo.writers.lines import write_lines

WEEKLY_FILES = 13


@dataclass(frozen=True)
class Span:
    """The days of one file, both included."""

    first: date
    last: date


def spans(first: date, last: date, months: int) -> tuple[Span, ...]:
    """Consecutive spans that end with a calendar period of so many months, the outer ones cut to first and last."""
    found = []
    while first <= last:
        index = (first.year * 12 + first.month - 1) // months * months + months
        end = min(date(index // 12, index % 12 + 1, 1) - timedelta(days=1), last)
        found.append(Span(first, end))
        first = end + timedelta(days=1)
    return tuple(found)


def months_then_weeks(first: date, last: date) -> tuple[Span, ...]:
    """Months of history, then one span for each of the last 13 weeks, the current one included."""
    monday = last - timedelta(days=last.weekday())
    cut = max(first, monday - timedelta(weeks=WEEKLY_FILES - 1))
    found = list(spans(first, cut - timedelta(days=1), 1))
    while cut <= last:
        end = min(cut + timedelta(days=6 - cut.weekday()), last)
        found.append(Span(cut, end))
        cut = end + timedelta(days=1)
    return tuple(found)


def file_of(times: Times, files: tuple[Span, ...]) -> Ints:
    """The position of the span that each local time lies in."""
    firsts = np.array([span.first for span in files], dtype="datetime64[D]")
    positions: Ints = np.searchsorted(firsts, day_of(times), side="right") - 1
    return positions


def write_files(
    folder: Path, stem: str, suffix: str, files: tuple[Span, ...], positions: Ints, header: str, lines: Any
) -> Iterator[Path]:
    """Write the lines, ordered by file, each into its own; a span without lines gets no file.

    The time of modification is the evening of the span's last day, as an export job would leave it.
    """
    bounds = np.searchsorted(positions, np.arange(len(files) + 1))
    for span, start, stop in zip(files, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if start < stop:
            path = folder / f"{stem}_{span.first}_{span.last}.{suffix}"
            write_lines(path, header, lines.slice(start, stop - start))
            modified = timegm(span.last.timetuple()) + 22 * 3600
            os.utime(path, (modified, modified))
            yield path
