"""Day before month or month before day: settled from the data, or the file is refused with the line to add."""

from dataclasses import replace

from etl.engines import Connection
from etl.errors import FileRefused
from etl.sources.base import Source
from etl.sources.fields import joined_text
from etl.sources.read import Staged

NUMERIC_DATE = r"^\s*(\d{1,2})([./-])(\d{1,2})[./-](\d{2,4})"
TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %H.%M")


def settle_dates(connection: Connection, source: Source, staged: Staged, day_first: bool | None) -> Source:
    """The source with formats for its numeric dates; unchanged where dates are ISO or the formats are declared.

    `day_first` is what a setting or the source declares. Raises FileRefused when no date has a number above 12.
    """
    if source.event.formats or source.event.states_zone:
        return source
    raw = joined_text(source.event.columns)
    if not _is_numeric(connection, staged, raw):
        return source
    found = connection.execute(
        f"SELECT max(CAST(regexp_extract({raw}, ?, 1) AS INTEGER)), max(CAST(regexp_extract({raw}, ?, 3) AS INTEGER)), "
        f"any_value(regexp_extract({raw}, ?, 2)), max(length(regexp_extract({raw}, ?, 4))) "
        f"FROM {staged.relation} WHERE regexp_matches({raw}, ?)",
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
    return replace(source, event=replace(source.event, formats=tuple(date + time for time in TIMES)))


def _is_numeric(connection: Connection, staged: Staged, raw: str) -> bool:
    """Whether the first dates are numbers with separators and the year last."""
    sample = f"SELECT {raw} AS text FROM {staged.relation} WHERE {raw} IS NOT NULL LIMIT 20"
    row = connection.execute(
        f"SELECT count(*) FROM ({sample}) WHERE regexp_matches(text, ?)", [NUMERIC_DATE]
    ).fetchone()
    return bool(row and row[0])
