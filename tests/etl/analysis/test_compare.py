"""Comparisons against the definitions' vectors, and verdicts in their words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.compare import ALONE, Comparison, adjust, compare, difference, per_day, together
from etl.metrics.answer import Row
from etl.metrics.intervals import Interval, count, nps, wilson
from etl.vocabulary import Unit, Verdict


def row(value: float | None, n: int, interval: Interval, unit: Unit = Unit.SHARE, reason: str | None = None) -> Row:
    return Row(
        metric="some_metric",
        period="2026-02",
        start=date(2026, 2, 1),
        end=date(2026, 2, 28),
        group=(),
        value=value,
        n=n,
        low=interval.low,
        high=interval.high,
        complete=True,
        reason=reason,
        unit=unit,
        centre=interval.centre,
        standard_error=interval.standard_error,
    )


def score(promoters: int, passives: int, detractors: int) -> Row:
    n = promoters + passives + detractors
    return row(100 * (promoters - detractors) / n, n, nps(promoters, detractors, n), Unit.SCORE)


@pytest.mark.parametrize(("factor", "p", "verdict"), [(1, 0.1645, Verdict.NOISE), (10, 0.0000085, Verdict.REAL)])
def test_nps_vectors(factor: int, p: float, verdict: Verdict) -> None:
    found = compare(score(42 * factor, 30 * factor, 28 * factor), score(50 * factor, 30 * factor, 20 * factor))
    assert found.change == pytest.approx(-16.0)
    assert found.p == pytest.approx(p, rel=0.03)  # of z -1.39 and -4.45
    assert found.verdict is verdict
    assert found.relative is None


def test_too_few_on_either_side_is_not_tested() -> None:
    few, many = row(0.9, 29, wilson(26, 29)), row(0.5, 300, wilson(150, 300))
    for after, before in ((few, many), (many, few)):
        found = compare(after, before)
        assert (found.verdict, found.p) == (Verdict.TOO_FEW, None)
        assert found.change is not None
    assert compare(few, many, minimum=29).verdict is Verdict.REAL


def test_relative_change() -> None:
    counts = row(120.0, 120, count(120), Unit.COUNT), row(100.0, 100, count(100), Unit.COUNT)
    assert compare(*counts).relative == pytest.approx(0.2)
    assert compare(counts[0], replace(counts[1], value=0.0)).relative is None


def test_a_missing_side_is_named_with_its_reason() -> None:
    present = row(0.5, 300, wilson(150, 300))
    missing = replace(row(None, 4, wilson(1, 4), reason="too few (n=4)"), period="2026-01")
    assert compare(present, missing) == Comparison(None, None, None, None, "2026-01: too few (n=4)")
    assert compare(replace(missing, period="2026-03", reason=None), missing).note == (
        "2026-03: no value; 2026-01: too few (n=4)"
    )


def test_a_value_without_an_interval_has_a_change_but_no_verdict() -> None:
    bare = row(0.5, 300, Interval(None, None, None, None))
    found = compare(bare, replace(bare, value=0.25))
    assert (found.change, found.relative, found.p, found.verdict) == (0.25, 1.0, None, None)
    assert found.note


def test_values_without_spread_are_equal_or_not() -> None:
    still = row(5.0, 40, Interval(5.0, 5.0, 5.0, 0.0), Unit.SECONDS)
    assert compare(still, still).p == 1.0
    assert compare(still, replace(still, value=6.0, centre=6.0)).p == 0.0


def test_benjamini_hochberg_by_hand() -> None:
    # sorted .005 .009 .05 .3 → ·4/rank: .02 .018 .0667 .3 → least from the right: .018 .018 .0667 .3
    assert adjust([0.3, 0.009, 0.05, 0.005]) == pytest.approx([0.3, 0.018, 0.2 / 3, 0.018])
    assert adjust([]) == []
    assert adjust([0.04]) == [0.04]


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusting_keeps_the_order_and_never_lowers(ps: list[float]) -> None:
    adjusted = adjust(ps)
    assert all(p <= a <= 1 or a == pytest.approx(p) for p, a in zip(ps, adjusted, strict=True))
    order = sorted(range(len(ps)), key=ps.__getitem__)
    assert [adjusted[i] for i in order] == sorted(adjusted)


def test_one_table_is_judged_together() -> None:
    untested = Comparison(0.1, None, None, Verdict.TOO_FEW)
    real, weak = (Comparison(0.1, None, p, Verdict.REAL) for p in (0.001, 0.04))
    noise = Comparison(0.1, None, 0.9, Verdict.NOISE)
    found = together([weak, untested, real, noise])
    assert [one.verdict for one in found] == [Verdict.NOISE, Verdict.TOO_FEW, Verdict.REAL, Verdict.NOISE]
    assert [one.p for one in found] == [pytest.approx(0.06), None, pytest.approx(0.003), pytest.approx(0.9)]
    assert [one.note for one in found] == [ALONE, "", "", ""]
    assert together([replace(weak, note="same people"), noise])[0].note == "same people"


def test_counts_of_unequal_months_are_compared_per_day() -> None:
    february = row(280.0, 280, count(280), Unit.COUNT)
    march = replace(
        row(300.0, 300, count(300), Unit.COUNT),
        period="2026-03",
        start=date(2026, 3, 1),
        end=date(2026, 3, 31),
        through=date(2026, 3, 30),
    )
    after, before = per_day(march), per_day(february)
    assert (after.value, before.value) == (10.0, 10.0)
    assert after.notes == ("per day",)
    found = difference(march, february)
    assert found == compare(after, before)
    assert (found.change, found.relative, found.verdict) == (0.0, 0.0, Verdict.NOISE)


def test_per_day_scales_the_interval_and_leaves_a_missing_value() -> None:
    rated = per_day(row(280.0, 280, Interval(252.0, 308.0, 280.0, 14.0), Unit.COUNT))
    assert (rated.low, rated.high, rated.centre, rated.standard_error, rated.n) == (9.0, 11.0, 10.0, 0.5, 280)
    missing = row(None, 0, Interval(None, None, None, None), Unit.COUNT, reason="no contacts")
    assert per_day(missing) == missing
