"""Day before month or month before day: settled from the data, or the file is refused with the line to add."""

from dataclasses import replace
from typing import Any

from etl.engines import Connection
from etl.errors import FileRefused
from etl.sources.base import Field, Source
from etl.sources.texts import own_text
from etl.sources.times import zoned_instant

NUMERIC_DATE = r"^\s*(\d{1,2})([./-])(\d{1,2})[./-](\d{2,4})"
MOST_AGAINST, FEW_AGAINST = 0.2, 1
CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H.%M")
NAMED_DATE = r"^\s*(\d{1,2}[ -][A-Za-z]{3,9}[ ,-]+\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4})\b"
NAMED = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d-%b-%y", "%d-%b-%Y", "%d-%B-%Y")
# Beside the dates that are written otherwise, other columns of the same record may well be ISO.
ISO = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
TIMES = ("", *(" " + clock for clock in CLOCKS), *(", " + clock for clock in CLOCKS))


def settle_dates(connection: Connection, source: Source, relation: str, day_first: bool | None) -> Source:
    """The source with formats for numeric dates or named months; unchanged if dates are ISO or formats declared.

    The order of the event's dates is that of all the file's naive times. A source in which only some times state
    their zone becomes one that states it where no time of the file is naive.
    `day_first` is what a setting says; else a mapping file's word holds, and what a source usually has unless several
    dates prove otherwise. Raises FileRefused when the dates do not settle it.
    """
    if source.event.kind != "when" or source.event.epoch or source.event.formats or source.event.states_zone:
        return source
    if source.event.zoned_formats and not _has_naive(connection, relation, source.event):
        stating = replace(source.event, formats=source.event.zoned_formats, zoned_formats=(), states_zone=True)
        return replace(source, event=stating)
    raw = own_text(source.event)
    if _is_like(NAMED_DATE, connection, relation, source.event):
        return _in_formats(source, (*(date + time for date in NAMED for time in TIMES), *ISO))
    if not _is_like(NUMERIC_DATE, connection, relation, source.event):
        return source
    found = connection.execute(
        f"SELECT count(*) FILTER (WHERE first > 12 AND second <= 12), "
        f"count(*) FILTER (WHERE second > 12 AND first <= 12), any_value(separator), max(digits) "
        f"FROM (SELECT CAST(regexp_extract({raw}, ?, 1) AS INTEGER) AS first, "
        f"CAST(regexp_extract({raw}, ?, 3) AS INTEGER) AS second, regexp_extract({raw}, ?, 2) AS separator, "
        f"length(regexp_extract({raw}, ?, 4)) AS digits FROM {relation} WHERE regexp_matches({raw}, ?))",
        [NUMERIC_DATE] * 5,
    ).fetchone()
    days, months, separator, year_digits = found or (0, 0, "/", 4)
    firm = source.day_first if day_first is None and source.declaration else day_first
    is_day_first = _is_day_first(source, days, months, separator) if firm is None else firm
    year = "%Y" if year_digits == 4 else "%y"
    date = separator.join(("%d", "%m", year) if is_day_first else ("%m", "%d", year))
    return _in_formats(source, (*(date + time for time in TIMES), *ISO))


def _is_day_first(source: Source, days: int, months: int, separator: str) -> bool:
    """What the dates say that can be read in one order only: `days` begin with the day, `months` with the month.

    A source's usual order stands until several dates speak against it; but nobody writes the month first with points.
    Raises FileRefused when nothing tells, or when more than a few broken ones speak against the others.
    """
    if source.day_first is not None:
        is_day_first = source.day_first or separator == "."
        against, supporting = (months, days) if is_day_first else (days, months)
        if against <= max(FEW_AGAINST, MOST_AGAINST * supporting):
            return is_day_first
    if min(days, months) <= MOST_AGAINST * max(days, months) and days != months:
        return days > months
    found = "no date tells day from month (all numbers are 12 or less)"
    if days or months:
        found = f"{days} dates begin with the day and {months} with the month"
    raise FileRefused(
        f"column {', '.join(source.event.columns)}: {found}. "
        f"Add {'to the mapping file' if source.declaration else f'to settings.toml: [sources.{source.name}]'} "
        "day_first = true (or false)."
    )


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
    raw = own_text(event)
    return f"{raw} IS NOT NULL" + (f" AND {zoned_instant(event, raw)} IS NULL" if event.zoned_formats else "")


def _has_naive(connection: Connection, relation: str, event: Field) -> bool:
    return bool(connection.execute(f"SELECT 1 FROM {relation} WHERE {_naive(event)} LIMIT 1").fetchone())


def _is_like(date: str, connection: Connection, relation: str, event: Field) -> bool:
    """Whether any of the first naive dates is written like this."""
    sample = f"SELECT {own_text(event)} AS text FROM {relation} WHERE {_naive(event)} LIMIT 20"
    row = connection.execute(f"SELECT count(*) FROM ({sample}) WHERE regexp_matches(text, ?)", [date]).fetchone()
    return bool(row and row[0])
