"""Reply threads: roots of whole tables, and the same roots from any split into deliveries."""

from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.enrich.threads import SCHEMA, rethread, roots

Parents: TypeAlias = dict[int, int | None]
KNOWN = pa.schema([("key", pa.int64()), ("root", pa.int64()), ("parent", pa.int64())])
NEW = pa.schema([("key", pa.int64()), ("parent", pa.int64())])


def all_at_once(parents: Parents) -> dict[int, int]:
    keys = np.array(list(parents), dtype=np.int64)
    above = np.array([parent or 0 for parent in parents.values()], dtype=np.int64)
    has_parent = np.array([parent is not None for parent in parents.values()], dtype=bool)
    return dict(zip(keys.tolist(), roots(keys, above, has_parent).tolist(), strict=True))


def by_walking(parents: Parents) -> dict[int, int]:
    found = {}
    for key in parents:
        path = [key]
        while (parent := parents[path[-1]]) in parents and parent not in path:
            path.append(parent)
        found[key] = min(path[path.index(parent) :]) if parent in path else path[-1]
    return found


class Store:
    """Stored rows with their roots, as the pipeline keeps them."""

    def __init__(self) -> None:
        self.parents: Parents = {}
        self.roots: dict[int, int] = {}

    def deliver(self, new: Parents, *, whole_threads: bool) -> None:
        wanted = {parent for parent in new.values() if parent in self.parents}
        wanted |= {key for key, root in self.roots.items() if key == root and self.parents[key] in new}
        if whole_threads:
            touched = {self.roots[key] for key in wanted}
            wanted = {key for key, root in self.roots.items() if root in touched}
        known = [{"key": key, "root": self.roots[key], "parent": self.parents[key]} for key in sorted(wanted)]
        rows = [{"key": key, "parent": parent} for key, parent in new.items()]
        told = rethread(pa.Table.from_pylist(rows, NEW), pa.Table.from_pylist(known, KNOWN))
        assert told.schema == SCHEMA
        moved = dict(zip(told["key"].to_pylist(), told["root"].to_pylist(), strict=True))
        assert set(new) <= set(moved)
        self.parents |= new
        self.roots = {key: moved.get(root, root) for key, root in self.roots.items()}
        self.roots |= {key: moved[key] for key in new}


@st.composite
def deliveries(draw: st.DrawFn, *, circles: bool) -> list[Parents]:
    keys = draw(st.lists(st.integers(-20, 20), unique=True, min_size=1, max_size=14))
    parents: Parents = {}
    for place, key in enumerate(keys):
        # Without circles a parent stands earlier in the list, or is never delivered.
        candidates = keys if circles else keys[:place]
        parents[key] = draw(st.none() | st.sampled_from([*candidates, 99]))
    order = draw(st.permutations(keys))
    cuts = sorted(draw(st.sets(st.integers(0, len(keys)), max_size=6)) | {0, len(keys)})
    return [{key: parents[key] for key in order[a:b]} for a, b in zip(cuts, cuts[1:], strict=False)]


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({}, {}),
        ({5: None}, {5: 5}),
        ({1: 3, 3: 4, 4: 5, 5: 6, 6: 8, 8: None}, dict.fromkeys((1, 3, 4, 5, 6, 8), 8)),
        ({16: 99, 15: 16, 0: None}, {16: 16, 15: 16, 0: 0}),
        ({7: 7, 8: 7}, {7: 7, 8: 7}),
        ({3: 2, 2: 9, 9: 3, 4: 9, 5: 4}, dict.fromkeys((3, 2, 9, 4, 5), 2)),
    ],
)
def test_roots_of_a_table(parents: Parents, expected: dict[int, int]) -> None:
    assert all_at_once(parents) == expected


@given(deliveries(circles=True))
def test_roots_equal_walking_up(parts: list[Parents]) -> None:
    rows = {key: parent for part in parts for key, parent in part.items()}
    assert all_at_once(rows) == by_walking(rows)


@given(deliveries(circles=False))
def test_any_deliveries_give_the_roots_of_the_whole(parts: list[Parents]) -> None:
    store = Store()
    for part in parts:
        store.deliver(part, whole_threads=False)
    assert store.roots == by_walking(store.parents)


@given(deliveries(circles=True))
def test_circles_too_when_whole_threads_are_passed(parts: list[Parents]) -> None:
    store = Store()
    for part in parts:
        store.deliver(part, whole_threads=True)
    assert store.roots == by_walking(store.parents)


def test_only_new_keys_and_moved_roots_are_told() -> None:
    new = pa.table({"key": [10, 20], "parent": [None, 31]}, NEW)
    known = pa.table({"key": [11, 31], "root": [11, 30], "parent": [10, 30]}, KNOWN)
    assert rethread(new, known).to_pylist() == [
        {"key": 10, "root": 10},
        {"key": 20, "root": 30},
        {"key": 11, "root": 10},
    ]


def test_a_long_chain_and_a_long_circle_end() -> None:
    count = 100_000
    keys = np.arange(count, dtype=np.int64)
    everywhere = np.ones(count, dtype=bool)
    chain = roots(keys, keys - 1, everywhere)
    circle = roots(keys[::-1], (keys[::-1] + 1) % count, everywhere)
    assert not chain.any()
    assert not circle.any()
