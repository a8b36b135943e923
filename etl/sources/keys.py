"""What a record is known by: its own id, or a natural key in a file whose ids a spreadsheet damaged."""

from collections.abc import Callable
from dataclasses import replace

from etl.engines import Connection
from etl.errors import FileRefused
from etl.sources.base import Source
from etl.sources.fields import Compiled
from etl.sources.texts import composed, literal, stripped_column

HASH_DIGITS = 32
# Digits beyond the mantissa are gone: 570306133677760513 became 5.70306E+17, as thousands of others did.
DAMAGED = r"(^|\|)\d([.,]\d+)?[eE]\+\d{2,3}(\||$)"
LONG_NUMBER = r"\d{16,}"
UNIT_SEPARATOR = "\x1f"


def keyed_hash(kind: str, normalised: str) -> str:
    """SQL: the kind and 128 bits of a nested, keyed SHA-256 of a normalised identifier."""
    key = "getvariable('identifier_key')"
    return f"{literal(kind + ':')} || left(sha256({key} || sha256({key} || {normalised})), {HASH_DIGITS})"


def record_id(source: Source, strip: Callable[[str], str] = stripped_column) -> Compiled:
    """The record's own id; `strip` gives the SQL of a column's stripped text.

    A natural key is hashed: it holds a customer's name or words.

    A source that never has ids is known by all its key's columns, of which only the first must hold something;
    one whose ids were damaged by each column of its natural key.
    """
    parts = [strip(column) for column in source.key]
    if source.is_known_by_nature:
        needed = source.key if source.natural_key else source.key[:1]
        texts = [*parts[: len(needed)], *(f"coalesce({part}, '')" for part in parts[len(needed) :])]
        value = f"({keyed_hash('natural', '(' + f' || {literal(UNIT_SEPARATOR)} || '.join(texts) + ')')})"
        expected = f"a value in each of {', '.join(needed)}" if len(needed) > 1 else f"a value in {needed[0]}"
        return Compiled(value, value, expected, required=True)
    parts = [composed(part) for part in parts]
    value = parts[0] if len(parts) == 1 else "(" + " || '|' || ".join(parts) + ")"
    return Compiled(value, value, "a record id", required=True)


def damaged_id(connection: Connection, is_workbook: bool) -> str | None:
    """One id of the table `typed` that stands in scientific notation, if there is any.

    A workbook's cell holds a number with all its digits made up after the 15th: ids so long that are all just
    what a floating-point number can hold were numbers there.
    """
    may_be = "(contains(record_id, 'E+') OR contains(record_id, 'e+'))"
    found = connection.execute(
        f"SELECT record_id FROM typed WHERE {may_be} AND regexp_matches(record_id, ?) LIMIT 1", [DAMAGED]
    ).fetchone()
    if found is None and is_workbook:
        as_number = "CAST(try_cast(try_cast(record_id AS DOUBLE) AS HUGEINT) AS VARCHAR)"
        found = connection.execute(
            "SELECT min(record_id) FROM typed WHERE regexp_full_match(record_id, ?) "
            f"HAVING count(*) > 1 AND bool_and(coalesce({as_number} = record_id, FALSE))",
            [LONG_NUMBER],
        ).fetchone()
    return str(found[0]) if found else None


def known_by_nature(source: Source, damaged: str) -> tuple[Source, str]:
    """The source with its natural key in place of the damaged ids, and a note that says so.

    Raises FileRefused for a source that declares none: its records could not be told apart.
    """
    key = ", ".join(source.key)
    if not source.natural_key:
        raise FileRefused(
            f"column {key}: found ids that a spreadsheet damaged ({damaged}); expected whole ids, as {source.name} "
            "has nothing else to tell its records apart. Export the file again and load it without saving it "
            "in a spreadsheet."
        )
    instead = ", ".join(source.natural_key)
    note = f"{key} was damaged by a spreadsheet ({damaged}): records are known by {instead} instead"
    return replace(source, key=source.natural_key, is_known_by_nature=True), note
