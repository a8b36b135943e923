"""What the first records of a call log say in a column, whatever the file calls it."""

from etl.sources.base import Head, Source

MISSING = ("", "NULL", "\\N")


def cells(source: Source, head: Head, column: str) -> list[str | None]:
    """The texts of a column in the first records; none where the file lacks the column."""
    spellings = (column, *source.aliases.get(column, ()))
    place = next((head.columns.index(name) for name in spellings if name in head.columns), None)
    if place is None:
        return []
    return [record[place] for record in head.samples if len(record) > place and any(record)]


def is_told(source: Source, head: Head, column: str) -> bool:
    """Whether each of the first records says something in a column."""
    found = cells(source, head, column)
    return bool(found) and all(cell and cell.strip() not in MISSING for cell in found)
