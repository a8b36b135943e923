"""What is stored of a source's records: each thing once, under a name that means the same in all its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from etl.schema.landed import LANDED
from etl.sources.base import Field, Source, Target

ANSWERS = ("score", "choice")
ELSEWHERE = ("verbatim",)
TYPES = MappingProxyType(
    {column.name: column.type for columns in LANDED.values() for column in columns} | {"other_customer": "VARCHAR"}
)


@dataclass(frozen=True)
class Stored:
    """One column of a source's own table: its name, SQL type, and the target field that fills it.

    `place` is the target's number in the declaration; None for what every record has. The field `where` is the
    condition under which the record gives a row for the target.
    """

    name: str
    type: str
    field: str
    place: int | None = None


def record_columns(source: Source) -> list[Stored]:
    """What is stored of every record whatever it is about."""
    names = ["record_key", "record_id", "content_hash", "event_at", "business_day", "load_id", "record_number"]
    names += ["delivered_to", "first_delivered_to"]
    names += ["version_at"] if source.version else []
    names += ["contact_key"] if source.parent or source.conversation else []
    names += ["parent_key"] if source.parent else []
    names += ["conversation_id"] if source.conversation else []
    return [Stored(name, TYPES[name], name) for name in names]


def target_columns(source: Source) -> list[Stored]:
    """What is stored of each target's fields; a field that several targets read alike is stored once."""
    found: dict[str, Stored] = {}
    for place, target in enumerate(source.targets):
        for stored in _fields(source, place, target):
            found.setdefault(stored.name, stored)
    return list(found.values())


def column_of(source: Source, place: int, field: str) -> str:
    """The name of the stored column that holds a field of a target, or its condition `where`."""
    target = source.targets[place]
    alike = [other.fields.get(field) for other in source.targets if other.name == target.name]
    if field != "where" and field not in ANSWERS and all(read == target.fields.get(field) for read in alike):
        return f"{target.name}.{field}"
    return f"{label(source, place)}.{field}"


def label(source: Source, place: int) -> str:
    """A target's name among the targets of its source, with the question where it is about one."""
    labels = [_words(target) for target in source.targets]
    earlier = labels[:place].count(labels[place])
    return labels[place] + (f" {earlier + 1}" if earlier else "")


def _words(target: Target) -> str:
    named = [target.fields[name] for name in ("kind", "question") if name in target.fields]
    return ".".join([target.name, *(str(field.value) for field in named if field.kind == "constant")])


def _fields(source: Source, place: int, target: Target) -> Iterator[Stored]:
    for name, field in target.fields.items():
        if is_stored(name, field):
            yield Stored(column_of(source, place, name), TYPES[name], name, place)
    if target.where:
        yield Stored(column_of(source, place, "where"), "BOOLEAN", "where", place)


def is_stored(name: str, field: Field) -> bool:
    """Whether a field is stored with the record: constants are in the view, a customer's words in core_verbatims."""
    return field.kind != "constant" and name not in ELSEWHERE
