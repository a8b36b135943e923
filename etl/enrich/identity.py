"""Groups the identifiers that belong to one customer: union-find over the links between them, and what joined each."""

from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree

SCHEMA = pa.schema(
    [("identifier", pa.int64()), ("customer", pa.int64()), ("joined_to", pa.int64()), ("link", pa.int64())]
)


def customers(links: pa.Table) -> pa.Table:
    """One row per linked identifier: its customer, and the identifier and link by which it joined.

    `links` holds integers `a` and `b`: places of the identifiers in their order, from 0; the most trusted link first.
    The customer is the first identifier of the component, whatever the order of the links. The links named (by row)
    are a spanning forest of the most trusted ones: each but the customer's own identifier hangs by one of them on the
    identifier that it joined. An identifier linked to no other has no row: it is its own customer.
    """
    a, b = (links[name].to_numpy().astype(np.int64) for name in ("a", "b"))
    own = np.flatnonzero(a != b)
    if len(own) == 0:
        return SCHEMA.empty_table()
    low, high = np.minimum(a[own], b[own]), np.maximum(a[own], b[own])
    count = int(high.max()) + 1
    # Of several links between two identifiers the first counts.
    _, first = np.unique(low * count + high, return_index=True)
    chosen = np.sort(first)
    tree = _matrix(own[chosen] + 1, low[chosen], high[chosen], count)
    _, component = connected_components(tree, directed=False)
    _, smallest = np.unique(component, return_index=True)
    tree = minimum_spanning_tree(tree).tocoo()
    parent = _parents(tree.row, tree.col, smallest, count)
    link = np.full(count, -1)
    link[np.where(parent[tree.row] == tree.col, tree.row, tree.col)] = tree.data.astype(np.int64) - 1
    members = np.flatnonzero(np.bincount(np.concatenate([low, high]), minlength=count))
    is_root = link[members] < 0
    columns = [
        pa.array(members),
        pa.array(smallest[component[members]]),
        pa.array(parent[members], mask=is_root),
        pa.array(link[members], mask=is_root),
    ]
    return pa.Table.from_arrays([column.cast(pa.int64()) for column in columns], schema=SCHEMA)


def _matrix(weights: Any, rows: Any, columns: Any, count: int) -> Any:
    """A sparse square matrix; a weight of 0 would be no link."""
    return coo_array((weights.astype(np.float64), (rows, columns)), shape=(count, count)).tocsr()


def _parents(rows: Any, columns: Any, roots: Any, count: int) -> Any:
    """For each node of a forest the one nearer to its root: the order of a walk that begins above all roots."""
    above = np.full(len(roots), count)
    ends = np.concatenate([rows, columns, above]), np.concatenate([columns, rows, roots])
    forest = _matrix(np.ones(len(ends[0])), *ends, count + 1)
    _, parents = breadth_first_order(forest, count)
    return parents[:count]
