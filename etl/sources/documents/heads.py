"""What the head of a table tells a source before it is read: whether it has a column, and what stands in it."""

from etl.sources.base import Head, Source
from etl.sources.spelling import file_column


def own_name(source: Source, column: str, head: Head) -> str | None:
    """The file's name for a column of the source, None if it has none."""
    return file_column(source, column, head.columns)


def cells(source: Source, column: str, head: Head) -> list[str]:
    """The first texts of a column that hold anything."""
    name = own_name(source, column, head)
    if name is None:
        return []
    place = head.columns.index(name)
    texts = [(record[place] or "").strip() for record in head.samples if place < len(record)]
    return [text for text in texts if text]
