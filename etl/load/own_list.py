"""The company's own list of customers and its pairs that are not the same, as links between keyed identifiers."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from etl.engines import Connection
from etl.load.typed import Normalise, register_identifiers
from etl.references import KnownIdentifier, Named, NotSame
from etl.vocabulary import IdentityKind

OWN_LIST = "customers.csv"
"""The reason of a link that the list gives."""


def names_of(known: Sequence[KnownIdentifier], not_same: Sequence[NotSame]) -> set[Named]:
    """All identifiers that the company names, in its own words."""
    listed = {Named(entry.kind, entry.value) for entry in known}
    ids = {Named(IdentityKind.ID, entry.customer_id) for entry in known}
    return listed | ids | {name for pair in not_same for name in pair}


def key_names(connection: Connection, names: Iterable[Named], normalise: Normalise, region: str | None) -> int:
    """Fill the temporary table own_identifiers (kind, raw, identifier); returns how many are none of their kind."""
    connection.execute("CREATE OR REPLACE TEMP TABLE own_identifiers (kind VARCHAR, raw VARCHAR, identifier VARCHAR)")
    wanted = sorted(names, key=repr)
    for kind in IdentityKind:
        raw = pa.chunked_array([pa.array([name.value for name in wanted if name.kind is kind], pa.string())])
        register_identifiers(connection, "own_values", raw, kind, "", normalise, region)
        connection.execute("INSERT INTO own_identifiers SELECT ?, raw, identifier FROM own_values", [kind.value])
    keyed = [("", name.value, name.value) for name in wanted if name.kind is None]
    if keyed:
        connection.executemany("INSERT INTO own_identifiers VALUES (?, ?, ?)", keyed)
    ((unread,),) = connection.execute("SELECT count(*) FROM own_identifiers WHERE identifier IS NULL").fetchall()
    return int(unread)


def replace_links(connection: Connection, known: Sequence[KnownIdentifier]) -> None:
    """Link each listed identifier with its customer id, and nothing else by this reason."""
    connection.execute("DELETE FROM core_links WHERE reason = ?", [OWN_LIST])
    owner, named = ("own_identifiers AS owner", "own_identifiers AS named")
    columns = [(entry.customer_id, entry.kind.value, entry.value) for entry in known]
    _register(connection, "entries", ("customer_id", "kind", "raw"), columns)
    connection.execute(
        f"INSERT INTO core_links SELECT DISTINCT 0, owner.identifier, named.identifier, ? FROM entries "
        f"JOIN {owner} ON owner.kind = 'id' AND owner.raw = entries.customer_id "
        f"JOIN {named} ON named.kind = entries.kind AND named.raw = entries.raw "
        "WHERE owner.identifier <> named.identifier",
        [OWN_LIST],
    )
    connection.unregister("entries")


def replace_not_same(connection: Connection, not_same: Sequence[NotSame]) -> None:
    """Hold the pairs that are not the same, the smaller identifier first, and no others."""
    connection.execute("DELETE FROM core_not_same")
    columns = [(_kind(a), a.value, _kind(b), b.value) for a, b in not_same]
    _register(connection, "pairs", ("kind_a", "raw_a", "kind_b", "raw_b"), columns)
    connection.execute(
        "INSERT INTO core_not_same "
        "SELECT DISTINCT least(a.identifier, b.identifier), greatest(a.identifier, b.identifier) FROM pairs "
        "JOIN own_identifiers AS a ON a.kind = pairs.kind_a AND a.raw = pairs.raw_a "
        "JOIN own_identifiers AS b ON b.kind = pairs.kind_b AND b.raw = pairs.raw_b "
        "WHERE a.identifier <> b.identifier"
    )
    connection.unregister("pairs")


def _register(connection: Connection, view: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    texts = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [pa.array(values, pa.string()) for values in texts]
    connection.register(view, pa.table(dict(zip(columns, arrays, strict=True))))


def _kind(name: Named) -> str:
    return name.kind.value if name.kind else ""
