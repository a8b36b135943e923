"""Day before month or month before day: settled from the data, or the file is refused with the line to add."""

from dataclasses import replace
from typing import Any

from etl.engines import Connection
from etl.errors import FileRefused
from etl.sources.base import Field, Source
from etl.sources.fields import joined_text, zoned_instant

NUMERIC_DATE = r"^\s*(\d{1,2})([./-])(\d{1,2})[./-](\d{2,4})"
CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H.%M")
TIMES = ("", *(" " + clock for clock in CLOCKS), *(", " + clock for clock in CLOCKS))


def settle_dates(connection: Connection, source: Source, relation: str, day_first: bool | None) -> Source:
    """The source with formats for its numeric dates; unchanged where dates are ISO or the formats are declared.

    The order of the event's dates is that of all the file's naive times. A source in which only some times state
    their zone becomes one that states it where no time of the file is naive.
    `day_first` is what a setting or the source declares. Raises FileRefused when no date has a number above 12.
    """
    if source.event.formats or source.event.states_zone:
        return source
    if source.event.zoned_formats and not _has_naive(connection, relation, source.event):
        stating = replace(source.event, formats=source.event.zoned_formats, zoned_formats=(), states_zone=True)
        return replace(source, event=stating)
    raw = joined_text(source.event.columns)
    if not _is_numeric(connection, relation, source.event):
        return source
    found = connection.execute(
        f"SELECT max(CAST(regexp_extract({raw}, ?, 1) AS INTEGER)), max(CAST(regexp_extract({raw}, ?, 3) AS INTEGER)), "
        f"any_value(regexp_extract({raw}, ?, 2)), max(length(regexp_extract({raw}, ?, 4))) "
        f"FROM {relation} WHERE regexp_matches({raw}, ?)",
        [NUMERIC_DATE] * 5,
    ).fetchone()
    first, second, separator, year_digits = found or (0, 0, "/", 4)
    if day_first is None and first <= 12 and second <= 12:
        raise FileRefused(
            f"column {', '.join(source.event.columns)}: no date tells day from month (all numbers are 12 or less). "
            f"Add to settings.toml: [sources.{source.name}] day_first = true (or false)."
        )
    is_day_first = day_first if day_first is not None else first > 12
    year = "%Y" if year_digits == 4 else "%y"
    date = separator.join(("%d", "%m", year) if is_day_first else ("%m", "%d", year))
    return _in_formats(source, tuple(date + time for time in TIMES))


def _in_formats(source: Source, formats: tuple[str, ...]) -> Source:
    """The source with these formats in each of its naive times that declares none."""

    def settled(field: Any) -> Any:
        is_open = field and field.kind == "when" and not field.formats and not field.states_zone
        return replace(field, formats=formats) if is_open else field

    targets = tuple(
        replace(target, fields={name: settled(field) for name, field in target.fields.items()})
        for target in source.targets
    )
    return replace(source, event=settled(source.event), version=settled(source.version), targets=targets)


def _naive(event: Field) -> str:
    """SQL: a time that states no zone."""
    raw = joined_text(event.columns)
    return f"{raw} IS NOT NULL" + (f" AND {zoned_instant(event, raw)} IS NULL" if event.zoned_formats else "")


def _has_naive(connection: Connection, relation: str, event: Field) -> bool:
    return bool(connection.execute(f"SELECT 1 FROM {relation} WHERE {_naive(event)} LIMIT 1").fetchone())


def _is_numeric(connection: Connection, relation: str, event: Field) -> bool:
    """Whether the first naive dates are numbers with separators and the year last."""
    sample = f"SELECT {joined_text(event.columns)} AS text FROM {relation} WHERE {_naive(event)} LIMIT 20"
    row = connection.execute(
        f"SELECT count(*) FROM ({sample}) WHERE regexp_matches(text, ?)", [NUMERIC_DATE]
    ).fetchone()
    return bool(row and row[0])
