"""Reading a source declared in TOML: the built-in flat ones and an analyst's mapping file alike."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any, cast

from etl.errors import UserError, unknown
from etl.schema import TABLES
from etl.sources.base import VOCABULARIES, Field, Source, Target, TargetName
from etl.vocabulary import IdentityKind

TARGET_NAMES: tuple[TargetName, ...] = ("interactions", "mentions", "responses")
FIELD_KINDS = ("text", "verbatim", "when", "seconds", "code", "rating", "flag", "constant", "identity", "sql")
HEAD_KEYS = {
    "name", "title", "form", "required", "optional", "ignored", "aliases", "key", "event", "version",
    "natural_key", "compared", "parent", "conversation", "handle_parts", "zone", "day_first",
}  # fmt: skip
EXTRA_FIELDS = ("verbatim", "other_customer")


def parse_source(text: str, where: str) -> Source:
    """The source that a TOML text declares; UserError names the key that is wrong and the known ones."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where}: not valid TOML ({error}). Mend that line.") from error
    for key in document:
        if key not in HEAD_KEYS and key not in TARGET_NAMES:
            raise unknown("key", key, [*HEAD_KEYS, *TARGET_NAMES], where)
    for key in ("name", "title", "required", "key", "event"):
        if key not in document:
            raise UserError(f"{where}: {key!r} is missing; every source declares name, title, required, key and event.")
    return Source(
        name=document["name"],
        title=document["title"],
        form=document.get("form", "table"),
        required=tuple(document["required"]),
        optional=tuple(document.get("optional", ())),
        ignored=tuple(document.get("ignored", ())),
        aliases={column: tuple(others) for column, others in document.get("aliases", {}).items()},
        key=tuple(document["key"]),
        natural_key=tuple(document.get("natural_key", ())),
        compared=tuple(document.get("compared", ())),
        event=_field(document["event"], f"{where} event"),
        version=_field(document["version"], f"{where} version") if "version" in document else None,
        parent=document.get("parent", ""),
        conversation=tuple(document.get("conversation", ())),
        handle_parts=tuple(document.get("handle_parts", ())),
        zone=document.get("zone", ""),
        day_first=document.get("day_first"),
        targets=tuple(target for name in TARGET_NAMES for target in _targets(name, document.get(name, []), where)),
    )


def _targets(name: TargetName, declared: Any, where: str) -> list[Target]:
    tables = declared if isinstance(declared, list) else [declared]
    return [_target(name, table, f"{where} [{name}]") for table in tables]


def _target(name: TargetName, table: Mapping[str, Any], where: str) -> Target:
    known = {column.name for column in TABLES[f"core_{name}"]} | set(EXTRA_FIELDS)
    parsed: dict[str, Field] = {}
    for key, value in table.items():
        if key == "where":
            continue
        if key not in known:
            raise unknown("field", key, known, where)
        parsed[key] = _field(value, f"{where} {key}")
        _check_vocabulary(key, parsed[key], f"{where} {key}")
    return Target(name, parsed, table.get("where", ""))


def _field(value: Any, where: str) -> Field:
    """A field; a bare string is short for a text column."""
    if isinstance(value, str):
        return Field("text", (value,))
    if not isinstance(value, Mapping) or value.get("kind") not in FIELD_KINDS:
        found = value.get("kind") if isinstance(value, Mapping) else value
        raise unknown("kind of field", str(found), FIELD_KINDS, where)
    options = dict(value)
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
        options["identity"] = IdentityKind(options["identity"])
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
