"""What programs put around records in JSON: lists in lists, a table column by column, records under their ids."""

from collections.abc import Callable, Iterator
from typing import Any

from etl.reading.documents import Document
from etl.reading.messages import holds_messages, out_of_messages

Unwrap = Callable[[Document], Iterator[Document]]


def out_of_lists(document: Document) -> Iterator[Document]:
    """The elements of a list, as of pages that were put one after the other into a list."""
    if not isinstance(document.value, list):
        yield document
        return
    for value in document.value:
        yield Document(document.line, value)


def out_of_columns(document: Document) -> Iterator[Document]:
    """The rows of a table that pandas wrote as {column: {row: value}}, or with its columns, index and data apart."""
    value = document.value
    if not isinstance(value, dict):
        yield document
    elif _is_split(value):
        for row in value["data"]:
            yield Document(document.line, dict(zip(value["columns"], row, strict=False)))
    elif _is_by_column(value):
        rows = dict.fromkeys(row for column in value.values() for row in column)
        for row in rows:
            yield Document(document.line, {name: column.get(row) for name, column in value.items()})
    else:
        yield document


def out_of_keys(document: Document) -> Iterator[Document]:
    """The records of an object that holds nothing else, each under a key that says nothing more than the record."""
    value = document.value
    if not (isinstance(value, dict) and _holds_objects(value)):
        yield document
        return
    for held in value.values():
        yield Document(document.line, held)


def is_wrapped(value: dict[str, Any]) -> bool:
    """Whether an object is a table, or holds records under their keys or in messages, and so is no record itself."""
    return _is_split(value) or _holds_objects(value) or holds_messages(value)


def _holds_objects(value: dict[str, Any]) -> bool:
    return len(value) > 1 and all(isinstance(held, dict) for held in value.values())


def _is_split(value: dict[str, Any]) -> bool:
    columns, data = value.get("columns"), value.get("data")
    return isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data)


def _is_by_column(value: dict[str, Any]) -> bool:
    """Whether all columns hold values by the number of the row."""
    return _holds_objects(value) and all(column and all(map(str.isdigit, column)) for column in value.values())


# Each leaves a document of another shape as it is; most are that for all of them.
UNWRAPPINGS: tuple[Unwrap, ...] = (out_of_columns, out_of_lists, out_of_keys, out_of_messages)
