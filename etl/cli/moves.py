"""Which texts get another cause when what tells causes changes, as `cx taxonomy` and `cx learn` say it."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from etl.cli.output import print_table, say

if TYPE_CHECKING:
    from etl.engines import Connection
    from etl.enrich.causes.learned import Learned
    from etl.enrich.causes.taxonomy import Taxonomy
    from etl.folders import Folders

COLUMNS = ("before", "after", "texts", "example")
TOLD = "SELECT DISTINCT text, cause FROM core_told_causes JOIN core_verbatims USING (record_key, field) ORDER BY text"


def published_of(folders: "Folders") -> "closing[Connection]":
    """The published generation, to be closed; an error where none is."""
    from etl.warehouse import Warehouse

    warehouse = Warehouse(folders)
    return closing(warehouse.read(warehouse.published()))


def moves(folders: "Folders", taxonomy: "Taxonomy", learned: "Learned | None") -> list[dict[str, Any]]:
    """How many distinct texts go from which cause to which, the most first, each with a text."""
    import pyarrow as pa

    from etl.enrich.causes.learned import telling

    with published_of(folders) as connection:
        held = connection.execute(TOLD).fetchall()
    texts = pa.array([text for text, _ in held], pa.string())
    now = telling(taxonomy, learned, texts)[1](texts)["cause"].to_pylist()
    pairs = [(before, after) for (_, before), after in zip(held, now, strict=True)]
    shown: dict[Any, str] = {}
    for pair, (text, _) in zip(pairs, held, strict=True):
        shown.setdefault(pair, text)
    moved = Counter(pair for pair in pairs if pair[0] != pair[1])
    return [
        {"before": pair[0], "after": pair[1], "texts": count, "example": shown[pair]}
        for pair, count in sorted(moved.items(), key=lambda each: (-each[1], each[0][0] or "", each[0][1] or ""))
    ]


def print_moves(found: Sequence[dict[str, Any]]) -> None:
    """How many texts move, then from where to where."""
    say(f"{sum(move['texts'] for move in found)} texts get another cause.")
    print_table(COLUMNS, [[move[name] for name in COLUMNS] for move in found])
