"""What a source declares: its signature, its key and, target by target, its fields by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal

from etl.vocabulary import Direction, Disposition, IdentityKind, ResponseKind, Sentiment

FieldKind = Literal["text", "verbatim", "when", "seconds", "code", "rating", "flag", "constant", "identity", "sql"]
TargetName = Literal["interactions", "mentions", "responses"]
Form = Literal["table", "json"]


@dataclass(frozen=True)
class Field:
    """One canonical value and how it is read from the staged text of a record.

    `columns` are file columns, or paths such as `Queue.Name` in JSON. By kind: `code` takes `map`
    (the vendor's value to ours), `flag` takes `true` and `false`, `rating` takes `low`, `high` and the
    `blanks` that are no answer, `identity` takes `identity` and `scope` (the platform of a handle),
    `when` takes `formats` (none: ISO), `states_zone`, and `zoned_formats` where only some texts state their zone;
    `constant` takes `value`, `sql` an `expression`.
    """

    kind: FieldKind
    columns: tuple[str, ...] = ()
    map: Mapping[str, str] = field(default_factory=dict)
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    low: int = 0
    high: int = 10
    blanks: tuple[str, ...] = ()
    identity: IdentityKind = IdentityKind.ID
    scope: str = ""
    formats: tuple[str, ...] = ()
    zoned_formats: tuple[str, ...] = ()
    states_zone: bool = False
    value: str | bool | None = None
    expression: str = ""


@dataclass(frozen=True)
class Target:
    """Rows for one landing table: its fields, and the condition under which a record gives a row."""

    name: TargetName
    fields: Mapping[str, Field]
    where: str = ""


@dataclass(frozen=True)
class Head:
    """What the first look at a file shows: its form and its columns (JSON: the paths of the first record).

    `samples` holds the first records after the header, one text per column; `skip` counts header records.
    """

    form: Form
    columns: tuple[str, ...]
    samples: tuple[tuple[str | None, ...], ...] = ()
    delimiter: str = ","
    skip: int = 1
    sheet: str | None = None
    layout: Literal["csv", "xlsx", "lines", "array", "objects"] = "csv"


@dataclass(frozen=True)
class Source:
    """One export format.

    `required` columns make its signature; `optional` ones are read when present; `ignored` ones are known
    but unused, so that any other column is reported as drift. `aliases` maps a column's other spellings
    to it. `key` makes the record id, `natural_key` another one where a spreadsheet damaged the ids of a file
    (`is_known_by_nature`). `compared` columns tell versions of a record apart though no field keeps them.
    `version` is its updated-at, `event` its time. `parent` names the key of the record it answers,
    `conversation` that of its conversation, `handle_parts` the durations it records. `zone` is that of naive
    times, if the format fixes it; `file_zone` what one file states. `specialise` completes a source whose
    columns differ from file to file. `declaration` is the text of a mapping file, empty for a built-in source.
    """

    name: str
    title: str
    form: Form
    required: tuple[str, ...]
    key: tuple[str, ...]
    event: Field
    targets: tuple[Target, ...]
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    natural_key: tuple[str, ...] = ()
    is_known_by_nature: bool = False
    compared: tuple[str, ...] = ()
    version: Field | None = None
    parent: str = ""
    conversation: tuple[str, ...] = ()
    handle_parts: tuple[str, ...] = ()
    zone: str = ""
    day_first: bool | None = None
    header_rows: int = 1
    file_zone: str = ""
    declaration: str = ""
    specialise: "Callable[[Source, Head, Questions], Source] | None" = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a field, the key or the signature reads, without repetition."""
        fields = [self.event, *([self.version] if self.version else [])]
        fields += [read for target in self.targets for read in target.fields.values()]
        named = [column for read in fields for column in read.columns]
        parent = [self.parent] if self.parent else []
        keys = [*self.key, *self.natural_key, *self.compared, *parent, *self.conversation]
        return tuple(dict.fromkeys([*self.required, *keys, *named, *self.optional]))


@dataclass(frozen=True)
class Question:
    """What a survey question is, as `questions.toml` says: `kind` is a ResponseKind or `dimension:<name>`."""

    source: str
    text: str
    kind: str
    import_id: str = ""


@dataclass(frozen=True)
class Questions:
    """All declared survey questions."""

    declared: tuple[Question, ...] = ()

    def of(self, source: str) -> tuple[Question, ...]:
        """The questions of one source."""
        return tuple(question for question in self.declared if question.source == source)

    def kind(self, source: str, text: str, import_id: str = "") -> str | None:
        """The kind of a question by source and normalised text, narrowed by ImportId; None if not declared."""
        matching = [q for q in self.declared if q.source == source and q.text == normalised(text)]
        narrowed = [q for q in matching if q.import_id and q.import_id == import_id]
        open_ones = [q for q in matching if not q.import_id]
        found = narrowed or open_ones
        return found[0].kind if found else None


def fingerprint(source: Source, settings: object, questions: tuple[Question, ...], engine: str) -> str:
    """What the landed rows of a source depend on beside the file; when it changes they must be landed again."""
    completed_by = source.specialise.__qualname__ if source.specialise else ""
    described = (replace(source, specialise=None), completed_by, settings, questions, engine)
    return sha256(repr(described).encode()).hexdigest()


def normalised(text: str) -> str:
    """A question's text as it is compared: lower case, single spaces, no markup of line ends."""
    return " ".join(text.casefold().split())


VOCABULARIES: Mapping[str, type[Any]] = {
    "direction": Direction,
    "disposition": Disposition,
    "kind": ResponseKind,
    "recorded_sentiment": Sentiment,
}
