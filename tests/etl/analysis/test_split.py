"""Whether a product or a region explains a breakdown: one that it does, one everywhere, one that always sat there."""

from itertools import product

from etl.analysis.split import Segment, explained
from etl.metrics.tolls.values import Part

PLACES = tuple(product(("fibre", "mobile", "television"), ("North", "South", "West")))


def parts(failed: dict[tuple[str, str], int], usual: int = 4, contacts: int = 400) -> list[Part]:
    return [Part(*place, failed.get(place, usual), contacts) for place in PLACES]


def test_a_product_that_rose_is_named_with_its_share() -> None:
    now = parts({place: 60 for place in PLACES if place[0] == "fibre"})
    assert explained(parts({}, contacts=4_000, usual=40), now) == (Segment({"product": "fibre"}, 180, 204),)


def test_a_cell_that_rose_everywhere_or_stayed_is_not_split() -> None:
    before = parts({}, contacts=4_000, usual=40)
    assert explained(before, parts({})) == ()
    assert all(segment.failed == segment.whole for segment in explained(before, parts({}, usual=40))) is True
    assert explained(before, parts({}, usual=40)) == ()


def test_where_it_always_was_explains_nothing() -> None:
    fibre = {place: 10 for place in PLACES if place[0] == "fibre"}
    worse = {place: 80 for place in PLACES if place[0] == "fibre"}
    assert explained(parts(fibre, usual=0), parts(worse, usual=0)) == ()


def test_without_parts_nothing_is_told() -> None:
    alone = [Part("(unknown)", "(unknown)", 5, 50)]
    assert explained(alone, alone) == ()
    assert explained([], []) == ()
