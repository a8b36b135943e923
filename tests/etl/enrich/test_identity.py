"""Customers: the components of links, named by their smallest identifier."""

from collections.abc import Sequence
from typing import TypeAlias

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from etl.enrich.identity import SCHEMA, customers

Links: TypeAlias = Sequence[tuple[str | None, str | None]]


def found(links: Links) -> dict[str, str]:
    schema = pa.schema([("a", pa.string()), ("b", pa.string()), ("reason", pa.string())])
    rows = [{"a": a, "b": b, "reason": "same record"} for a, b in links]
    table = customers(pa.Table.from_pylist(rows, schema=schema))
    assert table.schema == SCHEMA
    return dict(zip(table["identifier"].to_pylist(), table["customer_id"].to_pylist(), strict=True))


def expected(links: Links) -> dict[str, str]:
    """The same by merging sets."""
    groups: list[set[str]] = []
    for a, b in links:
        if a is None or b is None:
            continue
        touched = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in touched] + [{a, b}.union(*touched)]
    return {name: min(group) for group in groups if len(group) > 1 for name in group}


def test_two_chains_and_a_pair() -> None:
    links: Links = [("c", "b"), ("x", "y"), ("b", "a"), ("d", "c")]
    assert found(links) == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}


def test_links_that_say_nothing() -> None:
    assert found([]) == {}
    assert found([(None, "a"), ("b", None), ("c", "c")]) == {}
    assert found([("c", "c"), ("b", "c")] + [("b", "c")] * 300) == {"b": "b", "c": "b"}


@given(st.lists(st.tuples(*[st.none() | st.sampled_from("abcdefghij")] * 2), max_size=12))
def test_equals_merging_sets_in_any_order(links: Links) -> None:
    assert found(links) == expected(links)
    assert found([(b, a) for a, b in reversed(links)]) == expected(links)
