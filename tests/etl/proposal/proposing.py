"""Files of one's own, the mapping proposed for them, and what they land as with it."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from etl.config import load_settings
from etl.delivery import Context, cast, prepare
from etl.engines import scratch
from etl.enrich.normalise import normalise
from etl.enrich.redact import redact
from etl.load import fates, held, landing, quarantine, typed
from etl.proposal.propose import Proposal, propose
from etl.sources.base import Field, Questions, Source
from etl.sources.declaration import parse_source
from etl.transform import foundation, scopes

NOWHERE = load_settings(Path("/nowhere"))


@dataclass(frozen=True)
class Landed:
    """The rows of the canonical tables that a file gave, and how many records were refused."""

    tables: dict[str, list[dict[str, Any]]]
    read: int
    quarantined: int

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Some columns of a table, in the file's order; instants as texts."""
        return [tuple(_plain(row[column]) for column in columns) for row in self.tables[table]]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with some content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def proposed(folder: Path, name: str, content: str | bytes) -> Proposal:
    """The mapping proposed for a file."""
    return propose(written(folder, name, content), NOWHERE)


def source_of(proposal: Proposal) -> Source:
    """The source that a proposal declares; it must be one."""
    return replace(parse_source(proposal.text, "the proposal"), declaration=proposal.text)


def field_of(proposal: Proposal, target: str, field: str) -> Field:
    """One field of the first section of a target that has it."""
    return next(
        section.fields[field]
        for section in source_of(proposal).targets
        if section.name == target and field in section.fields
    )


def targets_of(proposal: Proposal) -> list[str]:
    """The targets of the sections, in order."""
    return [section.name for section in source_of(proposal).targets]


def undecided(proposal: Proposal) -> list[str]:
    """The places of the open questions."""
    return [question.field for question in proposal.opened]


def landed(folder: Path, name: str, text: str) -> Landed:
    """What a written file lands as with a mapping's text."""
    source = replace(parse_source(text, "the mapping"), declaration=text)
    room = folder / f"room {len(list(folder.iterdir()))}"
    room.mkdir()
    connection = scratch()
    typed.set_identifier_key(connection, "0" * 64)
    try:
        context = Context(NOWHERE, Questions(), {source.name: source}, source.name)
        prepared = prepare(connection, folder / name, room, context)
        foundation.lay(connection)
        scopes.open_scopes(connection)
        prepared = cast(connection, prepared)
        counts = fates.decide(connection, prepared.source)
        quarantine.find_problems(connection, prepared.source, prepared.staged, prepared.zones)
        typed.mask_texts(connection, prepared.source, redact)
        typed.key_identities(connection, prepared.source, normalise, None)
        landing.land(connection, prepared.source, 1, None)
        held.show(connection)
        return Landed(_tables(connection, prepared.source), counts.read, counts.quarantined)
    finally:
        connection.close()


def _tables(connection: Any, source: Source) -> dict[str, list[dict[str, Any]]]:
    tables = {}
    for table in ("interactions", "mentions", "responses", "volumes", "verbatims"):
        if table == "verbatims" or any(target.name == table for target in source.targets):
            order = "core_records.record_number"
            found = connection.execute(
                f"SELECT core_{table}.* FROM core_{table} JOIN core_records USING (record_key) ORDER BY {order}"
            )
            names = [column[0] for column in found.description]
            tables[table] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return tables
