"""What a source declares: its signature, its key and, target by target, its fields by kind."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeAlias

from etl.vocabulary import Direction, Disposition, IdentityKind, ResponseKind, Sentiment

FieldKind = Literal[
    "text", "verbatim", "when", "seconds", "count", "code", "rating", "flag", "constant", "identity", "sql"
]
TargetName = Literal["interactions", "mentions", "responses", "volumes"]
Form = Literal["table", "json", "lines"]
Document: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One canonical value and how it is read from the staged text of a record.

    `columns` are file columns, or paths such as `Queue.Name` in JSON. By kind: `code` takes `map`
    (the vendor's value to ours), `flag` takes `true` and `false`, `rating` takes `low`, `high`, the `blanks` that
    are no answer, a `map` of labels to numbers, and `labelled` where a number leads a label ("10 - Very likely");
    `identity` takes `identity` and `scope` (the platform of a handle); `seconds` takes its `unit`;
    `when` takes `formats` (none: ISO), `states_zone`, `zoned_formats` where only some texts state their zone,
    `epoch` for numbers since 1970, and `rewrites` (pattern, replacement) of what a locale writes in another way;
    a `when` of several columns is joined to one text, with `is_either` it is the first that holds one;
    `constant` takes `value`; `sql` an `expression` over its columns, which are text, and what was `expected` if a null
    in spite of a text is to be refused. `decimal` is the mark of its numbers.
    """

    kind: FieldKind
    columns: tuple[str, ...] = ()
    map: Mapping[str, str | int] = field(default_factory=dict)
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    low: int = 0
    high: int = 10
    blanks: tuple[str, ...] = ()
    labelled: bool = False
    unit: Literal["s", "ms", "min", "h"] = "s"
    decimal: Literal[".", ","] = "."
    identity: IdentityKind = IdentityKind.ID
    scope: str = ""
    formats: tuple[str, ...] = ()
    zoned_formats: tuple[str, ...] = ()
    states_zone: bool = False
    epoch: Literal["", "s", "ms", "auto"] = ""
    rewrites: tuple[tuple[str, str], ...] = ()
    is_either: bool = False
    value: str | bool | int | None = None
    expression: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Target:
    """Rows for one landing table: its fields, and the condition under which a record gives a row."""

    name: TargetName
    fields: Mapping[str, Field]
    where: str = ""


@dataclass(frozen=True)
class Head:
    """What the first look at a file shows: its form and its columns (JSON: the paths of the first documents).

    `columns` are unique: a blank name reads `column 3`, a repeated one `Comment#2`. `samples` holds the first
    records after the header, one text per column. `container` is what the file is: csv, json, ndjson, xlsx, xls,
    parquet, xml or log.
    """

    form: Form
    columns: tuple[str, ...]
    samples: tuple[tuple[str | None, ...], ...] = ()
    container: str = "csv"


@dataclass(frozen=True)
class Dialect:
    """What a mapping file fixes of how its tables are written; what is empty or zero is found in the file itself."""

    delimiter: str = ""
    quote: str = ""
    encoding: str = ""
    skip_lines: int = 0


@dataclass(frozen=True)
class Source:
    """One export format.

    `required` columns make its signature, and so does each other set in `signatures`; `optional` ones are read when
    present; `ignored` ones are known but unused, so that any other column is reported as drift. `aliases` maps a
    column's other spellings to it. `repeated` columns may occur several times. `name_columns` names the columns of
    a file without a header, or knows that it is none of this source's; `line_shape` is what each line of a log must
    match. With `naive_quotes` its system puts quotes around a cell without doubling those inside. `flatten` makes
    flat records of one JSON document, `fold` of the lines of a log; both run where files are parsed and never
    raise. `key` makes the record id, `natural_key` another one where a spreadsheet damaged the ids of a file
    (`is_known_by_nature`). Of a source that `is_closed` the names are anybody's: a file with a column that it does not
    know is none of its files. `compared` columns tell versions of a record apart though no field keeps them. `version`
    is its updated-at, `event` its time. `parent` names the key of the record it answers, `conversation` that of its
    conversation, `handle_parts` the durations it records; where `whole_tells`, the record that bears its conversation's
    id tells the durations of all legs, and theirs count only while it is missing. `zone` is that of naive times, if the
    format fixes it; `file_zone` what one file states. `specialise` completes a source whose columns differ from file to
    file. `dialect` and `declaration` (its text) are those of a mapping file, `own_accounts` those of the settings.
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
    signatures: tuple[tuple[str, ...], ...] = ()
    repeated: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    natural_key: tuple[str, ...] = ()
    is_known_by_nature: bool = False
    is_closed: bool = False
    compared: tuple[str, ...] = ()
    version: Field | None = None
    parent: str = ""
    conversation: tuple[str, ...] = ()
    handle_parts: tuple[str, ...] = ()
    whole_tells: bool = False
    zone: str = ""
    day_first: bool | None = None
    header_rows: int = 1
    file_zone: str = ""
    line_shape: str = ""
    naive_quotes: bool = False
    dialect: Dialect = Dialect()
    declaration: str = ""
    specialise: "Callable[[Source, Head, Questions], Source] | None" = None
    name_columns: Callable[[Head], tuple[str, ...] | None] | None = None
    flatten: Callable[[Document], Iterable[Document]] | None = None
    fold: Callable[[Iterable[str]], Iterable[Document]] | None = None
    own_accounts: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a field, the key or the signature reads, without repetition."""
        fields = [self.event, *([self.version] if self.version else [])]
        fields += [read for target in self.targets for read in target.fields.values()]
        named = [column for read in fields for column in read.columns]
        parent = [self.parent] if self.parent else []
        keys = [*self.key, *self.natural_key, *self.compared, *parent, *self.conversation]
        return tuple(dict.fromkeys([*self.required, *keys, *named, *self.optional]))

    @property
    def is_restaged(self) -> bool:
        """Whether its records are made by code, so that their columns are not those of the file."""
        return self.flatten is not None or self.fold is not None


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
    code = tuple(map(_code_of, (source.specialise, source.name_columns, source.flatten, source.fold)))
    declared = replace(source, specialise=None, name_columns=None, flatten=None, fold=None)
    described = (declared, code, settings, questions, engine)
    return sha256(repr(described).encode()).hexdigest()


def _code_of(hook: Callable[..., Any] | None) -> str:
    """A hash of the file in which a hook stands and of what formats of one kind share: there may each record change."""
    return _code_in(getattr(hook, "__module__", "")) if hook else ""


@cache
def _code_in(module: str) -> str:
    own = Path(str(sys.modules[module].__file__))
    shared = sorted(Path(__file__).parent.glob("*/*.py"))
    return sha256(b"".join(path.read_bytes() for path in (own, *shared))).hexdigest()


def normalised(text: str) -> str:
    """A question's text as it is compared: lower case, single spaces, no markup of line ends."""
    return " ".join(text.casefold().split())


VOCABULARIES: Mapping[str, type[Any]] = {
    "direction": Direction,
    "disposition": Disposition,
    "kind": ResponseKind,
    "recorded_sentiment": Sentiment,
}
