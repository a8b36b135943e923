"""Customers joined: shared keys are cut, the company's list stands, merges have reasons and can be taken back."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.etl.load.links import Joined, Link, add, generation, join, joined, merged, part

SWITCHBOARD = "phone:0"
NAMES = [*(f"id:{number}" for number in range(5)), "phone:1", "phone:2", "email:1", "email:2", "role:1"]
TWO = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
LINKS = st.lists(st.builds(lambda two, record: Link(two[0], two[1], record), TWO, st.integers(0, 9)), max_size=16)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=3)
FEW = settings(max_examples=15, deadline=None)


def star(center: str, kind: str, count: int) -> list[Link]:
    return [Link(center, f"{kind}:{number}", number + 1) for number in range(count)]


def expected(links: Sequence[Link], pairs: Sequence[tuple[str, str]], limit: int) -> tuple[dict[str, str], set[str]]:
    """Customers and shared keys by the rules, one identifier at a time."""
    apart = {frozenset(pair) for pair in pairs}
    links = [link for link in links if frozenset(link[:2]) not in apart]
    own = [link for link in links if link.record == 0]
    listed = merged([link[:2] for link in own])
    said = [link for link in links if link.record and "role:1" not in link[:2]]
    shared = {"role:1"} & set(listed)
    for name in NAMES:
        beside = {link.b if link.a == name else link.a for link in said if name in link[:2]}
        for kind in ("id", "phone", "email"):
            found = {listed.get(other, other) for other in beside if other.startswith(kind)}
            if len(found) > (100 if name.startswith("id:") else limit):
                shared.add(name)
    kept = [link[:2] for link in said if not shared & set(link[:2])]
    return merged([*(link[:2] for link in own), *kept]), shared


def test_a_number_of_five_customers_joins_them_and_one_of_six_is_a_switchboard() -> None:
    assert set(joined(star(SWITCHBOARD, "id", 5)).customers.values()) == {"id:0"}
    found = joined(star(SWITCHBOARD, "id", 6))
    assert found == Joined(shared={SWITCHBOARD: ("id", 6, False)})


def test_what_stands_apart_from_the_switchboard_stays_joined() -> None:
    links = [*star(SWITCHBOARD, "id", 6), Link("phone:9", "id:3", 90), Link("email:9", "id:3", 91)]
    assert joined(links).customers == {"phone:9": "email:9", "id:3": "email:9", "email:9": "email:9"}


def test_many_numbers_of_one_account_are_one_customer() -> None:
    assert set(joined(star("id:A", "phone", 100)).customers.values()) == {"id:A"}
    found = joined(star("id:A", "phone", 101))
    assert (found.customers, found.shared) == ({}, {"id:A": ("phone", 101, False)})


def test_addresses_count_like_ids_but_kinds_are_not_added_up() -> None:
    assert joined(star(SWITCHBOARD, "email", 6)).shared == {SWITCHBOARD: ("email", 6, False)}
    assert joined([*star(SWITCHBOARD, "email", 5), *star(SWITCHBOARD, "id", 5)]).shared == {}


def test_the_companys_list_is_never_cut() -> None:
    links = [*star(SWITCHBOARD, "id", 9), Link("id:0", SWITCHBOARD, 0), Link("id:0", "role:1", 0)]
    found = joined(links)
    assert found.customers == {"id:0": "id:0", SWITCHBOARD: "id:0", "role:1": "id:0"}
    assert found.shared == {SWITCHBOARD: ("id", 9, True), "role:1": (None, None, True)}


def test_ids_that_the_list_gives_to_one_customer_count_once() -> None:
    links = [*star(SWITCHBOARD, "email", 9), *(Link("id:0", f"email:{number}", 0) for number in range(5))]
    assert len(joined(links).customers) == 11
    assert joined(links[:-1]).shared == {SWITCHBOARD: ("email", 6, False)}


def test_an_offices_address_never_links() -> None:
    found = joined([Link("role:1", "id:1", 1), Link("role:1", "id:2", 2)])
    assert found == Joined()


def test_each_merge_names_the_most_trusted_link() -> None:
    links = [
        Link("id:1", "phone:1", 7),
        Link("phone:1", "id:1", 3),
        Link("phone:1", "email:1", 0),
        Link("id:1", "email:1", 9),
    ]
    assert joined(links).merges == {("phone:1", "email:1", "customers.csv", 0), ("id:1", "phone:1", "calls", 3)}


@FEW
@given(LINKS, PAIRS, st.integers(1, 3))
def test_equals_the_rules_and_the_merges_give_the_same_customers(
    links: list[Link], pairs: list[tuple[str, str]], limit: int
) -> None:
    found = joined(links, *pairs, most_ids_per_key=limit)
    assert (found.customers, set(found.shared)) == expected(links, pairs, limit)
    assert merged([merge[:2] for merge in found.merges]) == found.customers
    assert len(found.merges) == len(found.customers) - len(set(found.customers.values()))
    told = {(frozenset(link[:2]), link.reason, link.record) for link in links}
    assert {(frozenset(merge[:2]), *merge[2:]) for merge in found.merges} <= told


@FEW
@given(LINKS, PAIRS, st.randoms(use_true_random=False), st.integers(0, 16))
def test_neither_order_nor_what_was_before_matters(
    links: list[Link], pairs: list[tuple[str, str]], random: Random, cut: int
) -> None:
    at_once = joined(links, *pairs, most_ids_per_key=2)
    shuffled = [Link(link.b, link.a, link.record) for link in links]
    random.shuffle(shuffled)
    with generation() as connection:
        add(connection, shuffled[:cut])
        join(connection, 1)
        add(connection, shuffled[cut:])
        join(connection, 2)
        part(connection, *pairs)
        assert join(connection, 2) == at_once


@FEW
@given(LINKS, st.integers(0, 15))
def test_a_pair_told_apart_is_as_if_never_linked_and_can_be_joined_again(links: list[Link], place: int) -> None:
    pair = (links[place % len(links)][:2]) if links else ("id:1", "id:2")
    never = [link for link in links if set(link[:2]) != set(pair)]
    with generation() as connection:
        add(connection, links)
        before = join(connection, 2)
        part(connection, pair)
        assert join(connection, 2).customers == joined(never, most_ids_per_key=2).customers
        part(connection)
        assert join(connection, 2) == before


@pytest.mark.parametrize("links", [[], [Link("id:1", "phone:1", 1)]])
def test_nothing_is_done_when_nothing_changed(links: list[Link]) -> None:
    with generation() as connection:
        add(connection, links)
        before = join(connection)
        scopes = "SELECT count(*) FROM scope_customers"
        count = connection.execute(scopes).fetchall()
        assert join(connection) == before
        assert connection.execute(scopes).fetchall() == count


def test_all_whose_customer_changes_come_into_scope() -> None:
    with generation() as connection:
        add(connection, [Link("id:1", "phone:1", 1), Link("id:2", "phone:2", 2)])
        join(connection)
        connection.execute("DELETE FROM scope_customers")
        part(connection, ("phone:1", "id:1"))
        join(connection)
        found = connection.execute("SELECT DISTINCT customer_id FROM scope_customers ORDER BY ALL").fetchall()
    assert found == [("id:1",), ("phone:1",)]
