"""Finds the root of every reply chain, for a whole table at once or as deliveries arrive."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Keys: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp]

SCHEMA = pa.schema([("key", pa.int64()), ("root", pa.int64())])


def roots(keys: Keys, parents: Keys, has_parent: Flags) -> Keys:
    """For each of the distinct `keys` the key at the top of its chain of parents.

    `parents` counts where `has_parent`; a parent that is not among the keys is missing, and its child a root.
    A circle of parents, or a key that is its own, breaks at the smallest key of the circle. Pointer jumping
    (Hillis and Steele 1986): as many steps as the longest chain has binary digits.
    """
    order = np.argsort(keys)
    ranked = keys[order]
    parent = _parent_places(ranked, parents[order], has_parent[order])
    top = parent
    for _ in range(len(keys).bit_length()):
        higher = top[top]
        if np.array_equal(higher, top):
            break
        top = higher
    found = np.empty_like(keys)
    found[order] = ranked[_break_circles(parent, top)]
    return found


def rethread(new: pa.Table, known: pa.Table) -> pa.Table:
    """The roots of newly delivered rows, and of the stored threads that they put under another root.

    `new`: key, parent (int64, parent nullable), keys distinct and not stored yet. `known`: key, root, parent of the
    stored rows that the caller selected:
    (a) the rows whose key is a parent of a new row, and (b) the rows that are the root of their thread and whose
    parent, missing so far, is among the new keys. That suffices unless the new rows close a circle; its smallest key
    is found only among all rows of the threads of (a) and (b), so passing those is always right.

    The result has key and root: a row for each new key, and one for each known root that has another root now; the
    caller then writes that root into all stored rows that had the old one.
    """
    known_key, known_root = _values(known["key"]), _values(known["root"])
    keys = np.concatenate([_values(new["key"]), known_key])
    # Of a thread whose root row was not selected, the root still ends the chain.
    ends = np.setdiff1d(known_root, keys)
    nowhere = np.zeros(len(ends), dtype=bool)
    parents = np.concatenate([_values(new["parent"]), _values(known["parent"]), ends])
    has_parent = np.concatenate([_is_valid(new["parent"]), _is_valid(known["parent"]), nowhere])
    # A chain leaves the selection where the parent is stored but was not selected: jump to the stored root.
    jumps = np.zeros(len(keys) + len(ends), dtype=bool)
    stored = slice(new.num_rows, len(keys))
    jumps[stored] = ~(has_parent[stored] & np.isin(parents[stored], keys)) & (known_root != known_key)
    parents[jumps] = known_root[jumps[stored]]
    found = roots(np.concatenate([keys, ends]), parents, has_parent | jumps)[: len(keys)]
    is_told = np.ones(len(keys), dtype=bool)
    is_told[stored] = (known_key == known_root) & (found[stored] != known_root)
    return pa.Table.from_arrays([pa.array(keys[is_told]), pa.array(found[is_told])], schema=SCHEMA)


def _parent_places(ranked: Keys, parents: Keys, has_parent: Flags) -> Places:
    """Where in the sorted keys each parent stands; its own place for a key without one."""
    own = np.arange(len(ranked))
    place = np.minimum(np.searchsorted(ranked, parents), max(len(ranked) - 1, 0))
    is_present = has_parent & (ranked[place] == parents)
    return np.where(is_present, place, own)


def _break_circles(parent: Places, top: Places) -> Places:
    """The tops, with each that still lies on a circle replaced by the smallest place of that circle."""
    is_circling = parent[top] != top
    if not is_circling.any():
        return top
    circling = np.unique(top[is_circling])
    # A circle maps onto itself, so its members can be numbered among themselves.
    onward = np.searchsorted(circling, parent[circling])
    smallest = circling
    for _ in range(len(circling).bit_length()):
        smallest = np.minimum(smallest, smallest[onward])
        onward = onward[onward]
    broken = top.copy()
    broken[is_circling] = smallest[np.searchsorted(circling, top[is_circling])]
    return broken


def _values(column: pa.ChunkedArray) -> Keys:
    return np.asarray(pc.fill_null(column, 0).cast(pa.int64()), dtype=np.int64)


def _is_valid(column: pa.ChunkedArray) -> Flags:
    return np.asarray(pc.is_valid(column), dtype=bool)
