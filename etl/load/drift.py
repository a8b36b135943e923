"""How a file differs from what its source declares and from the delivery before: columns, kinds, how much came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from etl.engines import Connection
from etl.reading.stage import Staged
from etl.sources.base import Source
from etl.sources.catalogue import signatures
from etl.sources.spelling import file_column, plain_form
from etl.sources.texts import quoted

SAMPLE = 200
MOST_NAMED = 6
LIKENESS = 0.6
FEWEST_DELIVERIES, LAST_DELIVERIES = 3, 8
FEW_SHARE, FEWEST_USUAL = 0.5, 20


@dataclass(frozen=True)
class Shape:
    """The columns of a file in their order, and for those that are read what their first values are."""

    columns: tuple[str, ...]
    kinds: Mapping[str, str]

    def as_json(self) -> str:
        """The shape as the ledger keeps it."""
        return json.dumps({"columns": self.columns, "kinds": self.kinds}, ensure_ascii=False)


def shape_of(connection: Connection, source: Source, staged: Staged) -> Shape:
    """The shape of a staged file: number, time, text or (where its first records say nothing) no kind.

    Of JSON only the outermost names, as what is missing there may just be empty.
    """
    if source.form != "table":
        names = (name.split(".")[0].split("[")[0] for name in staged.plain.head.columns)
        return Shape(tuple(dict.fromkeys(names)), {})
    read = [column for column in source.columns if file_column(source, column, staged.plain.columns) is not None]
    if not read:
        return Shape(staged.plain.columns, {})
    kinds = ", ".join(_kind(column) for column in read)
    (row,) = connection.execute(f"SELECT {kinds} FROM (SELECT * FROM {staged.relation} LIMIT {SAMPLE})").fetchall()
    return Shape(staged.plain.columns, {column: kind for column, kind in zip(read, row, strict=True) if kind})


def _kind(column: str) -> str:
    text = f"nullif(trim({quoted(column)}), '')"
    return (
        f"CASE WHEN count({text}) = 0 THEN NULL WHEN count(try_cast({text} AS DOUBLE)) = count({text}) THEN 'number' "
        f"WHEN count(try_cast({text} AS TIMESTAMP)) = count({text}) THEN 'time' ELSE 'text' END"
    )


def drift(connection: Connection, source: Source, shape: Shape) -> list[str]:
    """What is new, missing, renamed, reordered or of another kind, each as a sentence."""
    earlier = _last_shape(connection, source)
    unread = _unread(source, shape)
    if earlier is None:
        return [] if source.is_restaged else _told("unknown columns, not read", [repr(name) for name in unread])
    new = [column for column in shape.columns if column not in earlier.columns]
    if source.form != "table":
        return _told("new columns, not read", [repr(name) for name in new if name in unread])
    gone = [column for column in earlier.columns if column not in shape.columns]
    renamed = _renamed(gone, new)
    retyped = [
        f"{column!r} was {earlier.kinds[column]} and is {kind}"
        for column, kind in shape.kinds.items()
        if earlier.kinds.get(column, kind) != kind
    ]
    common = [column for column in shape.columns if column in earlier.columns]
    is_reordered = common != [column for column in earlier.columns if column in shape.columns]
    return [
        *_told("columns perhaps renamed", [f"{old!r} to {name!r}" for old, name in renamed.items()]),
        *_told(
            "new columns, not read", [repr(name) for name in new if name in unread and name not in renamed.values()]
        ),
        *_told("columns that are missing now", [repr(name) for name in gone if name not in renamed]),
        *_told("columns of another kind", retyped),
        *(["columns in another order"] if is_reordered else []),
    ]


def _told(what: str, names: Sequence[str]) -> list[str]:
    more = ", …" if len(names) > MOST_NAMED else ""
    return [f"{what}: {', '.join(names[:MOST_NAMED])}{more}"] if names else []


def _unread(source: Source, shape: Shape) -> list[str]:
    """The file's columns that the source neither reads nor knows."""
    known = (*source.columns, *source.ignored, *(name for names in signatures(source) for name in names))
    spellings = {spelling for name in known for spelling in (name, *source.aliases.get(name, ()))}
    if source.form == "table":
        return [name for name in shape.columns if name not in spellings and "#" not in name]
    spellings |= {name.split(".")[0].split("[")[0] for name in spellings}
    forms = {plain_form(spelling) for spelling in spellings}
    below = tuple(f"{spelling}_".casefold() for spelling in source.ignored)
    unread = [name for name in shape.columns if "#" not in name and plain_form(name) not in forms]
    return [name for name in unread if not name.casefold().startswith(below)]


def _renamed(gone: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for old in gone:
        near = get_close_matches(old, new, n=1, cutoff=LIKENESS)
        if near:
            pairs[old] = near[0]
    return pairs


def _last_shape(connection: Connection, source: Source) -> Shape | None:
    rows = connection.execute(
        "SELECT shape FROM core_loads WHERE source = ? AND shape IS NOT NULL AND status <> 'quarantined' "
        "ORDER BY load_id DESC LIMIT 1",
        [source.name],
    ).fetchall()
    if not rows:
        return None
    told = json.loads(rows[0][0])
    return Shape(tuple(told["columns"]), told["kinds"])


def fewer_than_usual(connection: Connection, source: Source, day: object, read: int) -> list[str]:
    """A sentence where a delivery brings far fewer records than the last ones that ended on the same weekday."""
    (row,) = connection.execute(
        """
        SELECT count(*), median(read_count) FROM (
            SELECT read_count FROM core_loads
            WHERE source = ? AND dayofweek(newest_day) = dayofweek(CAST(? AS DATE)) AND newest_day <> CAST(? AS DATE)
            ORDER BY newest_day DESC LIMIT ?
        )
        """,
        [source.name, day, day, LAST_DELIVERIES],
    ).fetchall()
    deliveries, usual = row
    if deliveries < FEWEST_DELIVERIES or usual < FEWEST_USUAL or read >= FEW_SHARE * usual:
        return []
    return [f"brings {read} records; deliveries that end on this weekday usually bring {usual:.0f}"]
