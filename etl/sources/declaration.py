"""Reading a source declared in TOML: the built-in flat ones and an analyst's mapping file alike."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any, cast, get_args

from etl.errors import UserError, unknown
from etl.schema import TABLES
from etl.sources.base import VOCABULARIES, Dialect, Field, FieldKind, Source, Target, TargetName
from etl.vocabulary import IdentityKind

TARGET_NAMES: tuple[TargetName, ...] = ("interactions", "mentions", "responses", "volumes")
FIELD_KINDS: tuple[str, ...] = get_args(FieldKind)
LISTS = (
    "required", "optional", "ignored", "key", "natural_key", "compared", "conversation", "handle_parts", "repeated",
)  # fmt: skip
TEXTS = ("name", "title", "form", "parent", "zone", "line_shape")
DIALECT = ("delimiter", "quote", "encoding", "skip_lines")
HEAD_KEYS = {
    *LISTS,
    *TEXTS,
    *DIALECT,
    "aliases",
    "is_closed",
    "is_known_by_nature",
    "event",
    "version",
    "day_first",
    "signatures",
    "decimal",
    "header_rows",
}
NEEDED = ("name", "title", "required", "key", "event")
CHOICES = {"unit": ("s", "ms", "min", "h"), "epoch": ("", "s", "ms", "auto"), "decimal": (".", ",")}
EXTRA_FIELDS = ("verbatim", "other_customer")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse_source(text: str, where: str) -> Source:
    """The source that a TOML text declares; UserError names the key that is wrong and the known ones."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where}: not valid TOML ({error}). Mend that line.") from error
    _check_head(document, where)
    decimal = document.get("decimal", ".")
    plain: dict[str, Any] = {key: tuple(document[key]) for key in LISTS if key in document}
    plain |= {key: document[key] for key in TEXTS if key in document and key != "form"}
    return Source(
        **plain,
        form=document.get("form", "table"),
        signatures=tuple(tuple(columns) for columns in document.get("signatures", ())),
        aliases={column: tuple(others) for column, others in document.get("aliases", {}).items()},
        event=_field(document["event"], f"{where} event", decimal),
        version=_field(document["version"], f"{where} version", decimal) if "version" in document else None,
        day_first=document.get("day_first"),
        header_rows=document.get("header_rows", 1),
        is_known_by_nature=document.get("is_known_by_nature", False) is True,
        is_closed=document.get("is_closed", False) is True,
        dialect=Dialect(**{key: document[key] for key in DIALECT if key in document}),
        targets=tuple(
            target for name in TARGET_NAMES for target in _targets(name, document.get(name, []), where, decimal)
        ),
    )


def _check_head(document: Mapping[str, Any], where: str) -> None:
    """Raise UserError for the first key that is unknown, missing or of another kind than it must be."""
    for key, value in document.items():
        if key not in HEAD_KEYS and key not in TARGET_NAMES:
            raise unknown("key", key, [*HEAD_KEYS, *TARGET_NAMES], where)
        if key in LISTS and not _is_texts(value):
            raise UserError(f'{where}: {key} is {value!r}; expected a list of column names such as ["id"].')
        if key in (*TEXTS, "delimiter", "quote", "encoding", "decimal") and not isinstance(value, str):
            raise UserError(f"{where}: {key} is {value!r}; expected a text in quotes.")
        if key in ("delimiter", "quote") and not (value.isascii() and len(value.rstrip(" ")) <= 1):
            raise UserError(f'{where}: {key} is {value!r}; expected one sign such as ";", a blank behind it or none.')
    for key in NEEDED:
        if key not in document:
            raise UserError(f"{where}: {key!r} is missing; every source declares {', '.join(NEEDED)}.")
    if not NAME.fullmatch(document["name"]):
        raise UserError(f"{where}: name is {document['name']!r}; expected small letters, digits and _ only.")
    if not any(target in document for target in TARGET_NAMES):
        raise UserError(f"{where}: no target; expected one of [{'], ['.join(TARGET_NAMES)}] with its fields.")
    if document.get("decimal", ".") not in (".", ","):
        raise UserError(f'{where}: decimal is {document["decimal"]!r}; expected "." or ",".')


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _targets(name: TargetName, declared: Any, where: str, decimal: str) -> list[Target]:
    tables = declared if isinstance(declared, list) else [declared]
    return [_target(name, table, f"{where} [{name}]", decimal) for table in tables]


def _target(name: TargetName, table: Mapping[str, Any], where: str, decimal: str) -> Target:
    known = {column.name for column in TABLES[f"core_{name}"]} | set(EXTRA_FIELDS)
    parsed: dict[str, Field] = {}
    for key, value in table.items():
        if key == "where":
            continue
        if key not in known:
            raise unknown("field", key, known, where)
        parsed[key] = _field(value, f"{where} {key}", decimal)
        _check_vocabulary(key, parsed[key], f"{where} {key}")
    return Target(name, parsed, table.get("where", ""))


def _field(value: Any, where: str, decimal: str) -> Field:
    """A field; a bare string is short for a text column."""
    if isinstance(value, str):
        return Field("text", (value,))
    if not isinstance(value, Mapping) or value.get("kind") not in FIELD_KINDS:
        found = value.get("kind") if isinstance(value, Mapping) else value
        raise unknown("kind of field", str(found), FIELD_KINDS, where)
    options = {"decimal": decimal, **value}
    columns = options.pop("columns", None) or [options.pop("column", None)]
    options.pop("column", None)
    known = {option.name for option in dataclass_fields(Field)}
    for option in options:
        if option not in known:
            raise unknown("option", option, known, where)
    for option in ("true", "false", "blanks", "formats", "zoned_formats"):
        if option in options:
            options[option] = tuple(options[option])
    if "identity" in options:
        if options["identity"] not in list(IdentityKind):
            raise unknown("identity", str(options["identity"]), list(IdentityKind), where)
        options["identity"] = IdentityKind(options["identity"])
    for option, known_values in CHOICES.items():
        if options.get(option, known_values[0]) not in known_values:
            raise unknown(option, str(options[option]), known_values, where)
    return Field(**cast(dict[str, Any], options), columns=tuple(column for column in columns if column is not None))


def _check_vocabulary(name: str, declared: Field, where: str) -> None:
    vocabulary = VOCABULARIES.get(name)
    if vocabulary is None:
        return
    words = [str(word) for word in vocabulary]
    produced = [declared.value] if declared.kind == "constant" else list(declared.map.values())
    for word in produced:
        if word not in words:
            raise unknown(name, str(word), words, where)
