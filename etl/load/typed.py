"""The typed records of one file as a temporary table, with the tables of identifiers and masked texts beside it."""

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa

from etl.calendar.clock import repeated_spans
from etl.engines import Connection
from etl.reading.stage import Staged
from etl.references import ROLE
from etl.sources.base import Source
from etl.sources.cast import cast_select, identities, typed_name, verbatim_fields
from etl.sources.keys import keyed_hash
from etl.sources.texts import literal
from etl.sources.times import Zones
from etl.vocabulary import IdentityKind

Normalise: TypeAlias = Callable[[pa.Array, IdentityKind, str | None], pa.Array]
Redact: TypeAlias = Callable[[pa.Array], pa.Array]
CUT_NUMBER = r"\d([.,]\d+)?E\+\d{2,3}"
BATCH_ROWS = 100_000
TWICE_ENCODED = r"\x{c3}[\x{80}-\x{bf}\x{201a}-\x{2122}]|\x{e2}\x{20ac}"


def type_records(connection: Connection, source: Source, staged: Staged, zones: Zones) -> None:
    """Fill the temporary table `typed`: one row a record in file order, row ids from 0.

    Identifiers and verbatims are still as they came; they never leave the temporary tables.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {cast_select(source, staged.relation, zones)}")


def set_identifier_key(connection: Connection, key: str) -> None:
    """Give the connection the secret of the keyed hashes, as a variable that no statement's text shows."""
    connection.execute("SET VARIABLE identifier_key = ?", [key])


def key_identities(connection: Connection, source: Source, normalise: Normalise, region: str | None) -> None:
    """For each identity field a temporary table (raw, identifier): the keyed hash of the normalised raw text.

    A value that is no identifier of its kind has none, nor has what a spreadsheet cut to 1.03E+13, as it names
    thousands. A telephone field that holds an @ holds an e-mail address. An office's address has a kind of its own.
    """
    for identity in identities(source):
        places = " UNION ALL ".join(f"SELECT {name} AS raw FROM typed" for name in identity.names)
        is_cut = f"contains(raw, 'E+') AND regexp_full_match(raw, {literal(CUT_NUMBER)})"
        distinct = f"SELECT raw FROM (SELECT DISTINCT raw FROM ({places})) WHERE NOT ({is_cut})"
        raw = connection.sql(distinct).to_arrow_table()["raw"]
        register_identifiers(connection, identity.alias, raw, identity.kind, identity.scope, normalise, region)


def register_identifiers(
    connection: Connection,
    table: str,
    raw: pa.ChunkedArray,
    kind: IdentityKind,
    scope: str,
    normalise: Normalise,
    region: str | None,
) -> None:
    """Make the temporary table (raw, identifier) of some distinct raw identifiers."""
    texts = raw.combine_chunks().cast(pa.string())
    normal = pa.table({"raw": texts, "own": normalise(texts, kind, region)})
    prefix = f"{literal(scope + ':')} || " if scope else ""
    own = keyed_hash("agent" if scope == "agent" else kind.value, f"{prefix}own")
    by_kind = f"CASE WHEN own IS NOT NULL THEN {own} END"
    if kind in (IdentityKind.EMAIL, IdentityKind.PHONE):
        normal = normal.append_column("email", normalise(texts, IdentityKind.EMAIL, None))
        is_role = f"starts_with(email, {literal(f'{ROLE}:')})"
        address = f"CASE WHEN {is_role} THEN {keyed_hash(ROLE, 'email')} ELSE {keyed_hash('email', 'email')} END"
        is_address = "contains(raw, '@')" if kind is IdentityKind.PHONE else "TRUE"
        by_kind = f"CASE WHEN {is_address} THEN {address} WHEN own IS NOT NULL THEN {own} END"
    connection.register("normal", normal)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT raw, {by_kind} AS identifier FROM normal")
    connection.unregister("normal")


def twice_encoded(connection: Connection, source: Source) -> list[str]:
    """A sentence where words look as if UTF-8 had been read as another encoding on their way here; they are kept."""
    suspects = " OR ".join(
        f"coalesce(regexp_matches({column}, {literal(TWICE_ENCODED)}), FALSE)"
        for column in (typed_name(place, name) for place, name in verbatim_fields(source))
    )
    if not suspects:
        return []
    (count,) = connection.execute(f"SELECT count(*) FROM typed WHERE {suspects}").fetchall()[0]
    return [f"{count} texts look encoded twice (Ã¼ for ü)"] if count else []


def shown_twice(connection: Connection, source: Source, zones: Zones) -> list[str]:
    """A sentence where a zone's clock showed the time of some records twice, and they may not say which time it was."""
    if source.event.states_zone or source.event.epoch or zones.naive == "UTC":
        return []
    ((first, last),) = connection.execute("SELECT min(event_at), max(event_at) FROM typed").fetchall()
    spans = repeated_spans(zones.naive, first, last) if first else []
    if not spans:
        return []
    within = " OR ".join("event_at >= ? AND event_at < ?" for _ in spans)
    moments = [moment for span in spans for moment in span]
    ((count,),) = connection.execute(f"SELECT count(*) FROM typed WHERE {within}", moments).fetchall()
    if not count:
        return []
    return [
        f"{count} times come twice when the clock in {zones.naive} is put back: without an offset the second is taken"
    ]


def mask_texts(connection: Connection, source: Source, redact: Redact) -> None:
    """For each verbatim field a temporary table `masked_<n>` (row, text) of the texts in which something was masked."""
    for number, (place, name) in enumerate(verbatim_fields(source)):
        column = typed_name(place, name)
        found = connection.sql(f"SELECT rowid AS row, {column} AS text FROM typed WHERE {column} IS NOT NULL")
        changed = [_changed(batch, redact) for batch in found.to_arrow_reader(BATCH_ROWS)]
        empty = pa.table({"row": pa.array([], pa.int64()), "text": pa.array([], pa.string())})
        connection.register("changed", pa.concat_tables([empty, *changed]))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE masked_{number} AS SELECT row, text FROM changed")
        connection.unregister("changed")


def _changed(batch: pa.RecordBatch, redact: Redact) -> pa.Table:
    texts = batch["text"].cast(pa.string())
    masked = redact(texts)
    table = pa.table({"row": batch["row"], "text": masked, "before": texts})
    return table.filter(pa.compute.not_equal(table["text"], table["before"])).select(["row", "text"])
