"""Customers: the components of links, named by their first identifier, each member held by the link that joined it."""

from collections.abc import Sequence
from typing import TypeAlias

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from etl.enrich.identity import SCHEMA, customers

Links: TypeAlias = Sequence[tuple[int, int]]
Row: TypeAlias = tuple[int, int, int | None, int | None]
LINKS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14)


def found(links: Links) -> list[Row]:
    rows = [{"a": a, "b": b} for a, b in links]
    table = customers(pa.Table.from_pylist(rows, schema=pa.schema([("a", pa.int64()), ("b", pa.int64())])))
    assert table.schema == SCHEMA
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def components(links: Links) -> dict[int, int]:
    """Identifier to the smallest of its component, by merging sets."""
    groups: list[set[int]] = []
    for a, b in links:
        touched = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in touched] + [{a, b}.union(*touched)]
    return {name: min(group) for group in groups if len(group) > 1 for name in group}


def test_a_chain_and_a_pair() -> None:
    assert found([(2, 1), (8, 9), (1, 0), (3, 2)]) == [
        (0, 0, None, None), (1, 0, 0, 2), (2, 0, 1, 0), (3, 0, 2, 3), (8, 8, None, None), (9, 8, 8, 1),
    ]  # fmt: skip


def test_links_that_say_nothing() -> None:
    assert found([]) == []
    assert found([(2, 2)]) == []
    assert found([(2, 2), (1, 2)] + [(1, 2)] * 300) == [(1, 1, None, None), (2, 1, 1, 1)]


def test_the_most_trusted_links_are_named() -> None:
    assert found([(0, 1), (1, 2), (0, 2)]) == [(0, 0, None, None), (1, 0, 0, 0), (2, 0, 1, 1)]
    assert found([(0, 2), (1, 2), (0, 1)]) == [(0, 0, None, None), (1, 0, 2, 1), (2, 0, 0, 0)]


@given(LINKS)
def test_equals_merging_sets_in_any_order(links: Links) -> None:
    expected = components(links)
    assert {identifier: customer for identifier, customer, _, _ in found(links)} == expected
    turned = [(b, a) for a, b in reversed(links)]
    assert {identifier: customer for identifier, customer, _, _ in found(turned)} == expected


@given(LINKS)
def test_the_named_links_are_a_forest_that_gives_the_same_components(links: Links) -> None:
    rows = found(links)
    named = [(identifier, joined_to, link) for identifier, _, joined_to, link in rows if link is not None]
    assert all({identifier, joined_to} == set(links[link]) for identifier, joined_to, link in named)
    assert components([links[link] for _, _, link in named]) == components(links)
    customers_found = {customer for _, customer, _, _ in rows}
    assert len(named) == len(rows) - len(customers_found)
    assert {identifier for identifier, _, joined_to, _ in rows if joined_to is None} == customers_found


@given(LINKS)
def test_a_link_that_is_not_named_can_go_without_a_change(links: Links) -> None:
    rows = found(links)
    named = {link for _, _, _, link in rows}
    kept = [pair for place, pair in enumerate(links) if place in named]
    assert [row[:3] for row in found(kept)] == [row[:3] for row in rows]
