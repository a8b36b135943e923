"""Mix and rate: the vector, new and gone segments, and that the parts always add up to the change."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.decompose import decompose, of_counts, spread

PAIRS = st.tuples(st.integers(-50, 200), st.integers(0, 300)).map(lambda pair: (float(pair[0]), float(pair[1])))
SIDES = st.dictionaries(st.sampled_from("ABCDE"), PAIRS)
COUNTS = st.dictionaries(st.sampled_from("ABC"), st.integers(0, 999))


def test_vector() -> None:
    found = decompose({"A": (0.7 * 80, 0.7), "B": (0.3 * 40, 0.3)}, {"A": (0.5 * 81, 0.5), "B": (0.5 * 41, 0.5)})
    parts = {segment.name: [segment.mix, segment.rate] for segment in found.segments}
    assert parts["A"] == pytest.approx([-3.2, 0.6])
    assert parts["B"] == pytest.approx([-4.8, 0.4])
    assert [found.before, found.after, found.change] == pytest.approx([68, 61, -7])
    assert [found.mix, found.rate] == pytest.approx([-8.0, 1.0])


def test_spread_is_between_single_effects() -> None:
    found = decompose({"A": (0.7 * 80, 0.7), "B": (0.3 * 40, 0.3)}, {"A": (0.5 * 81, 0.5), "B": (0.5 * 41, 0.5)})
    assert spread(found) == pytest.approx(0.6 + 4.8)
    assert spread(of_counts({"A": 5, "B": 5}, {"A": 9, "B": 2})) == 7


def test_a_new_segment_has_only_a_mix_effect() -> None:
    found = decompose({"A": (50.0, 100.0)}, {"A": (50.0, 100.0), "B": (90.0, 100.0)})
    new = next(segment for segment in found.segments if segment.name == "B")
    assert (new.before, new.after, new.rate) == (None, 0.9, 0.0)
    assert new.mix == pytest.approx(0.5 * (0.9 - (0.5 + 0.7) / 2))


def test_a_gone_segment_likewise() -> None:
    found = decompose({"A": (50.0, 100.0), "B": (90.0, 100.0)}, {"A": (50.0, 100.0)})
    gone = next(segment for segment in found.segments if segment.name == "B")
    assert (gone.before, gone.after, gone.rate) == (0.9, None, 0.0)
    assert gone.mix == pytest.approx(-0.5 * (0.9 - (0.7 + 0.5) / 2))


@given(before=SIDES, after=SIDES)
def test_the_parts_add_up(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> None:
    if not sum(base for _, base in before.values()) or not sum(base for _, base in after.values()):
        with pytest.raises(ValueError, match="without a base"):
            decompose(before, after)
        return
    found = decompose(before, after)
    total = sum(segment.contribution for segment in found.segments)
    assert isclose(total, found.change, rel_tol=1e-9, abs_tol=1e-9)
    assert isclose((found.mix or 0) + (found.rate or 0), found.change, rel_tol=1e-9, abs_tol=1e-9)
    assert spread(found) >= 0


@given(before=COUNTS, after=COUNTS)
def test_counts_add_up(before: dict[str, int], after: dict[str, int]) -> None:
    found = of_counts(before, after)
    assert sum(segment.contribution for segment in found.segments) == found.change
    assert (found.mix, found.rate) == (None, None)
    assert list(found.segments) == sorted(found.segments, key=lambda one: (-abs(one.contribution), one.name))
