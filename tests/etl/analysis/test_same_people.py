"""The same people twice: paired differences against scipy's test, one score a customer and span, who is left out."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from scipy import stats

from etl.analysis.same_people import SamePeople, paired, same_people
from etl.analysis.spans import side_by_side
from etl.analysis.why import why
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension, Verdict
from tests.etl.metrics.generations import Rows, ask_on, days_after, generation

BEFORE = [100.0] * 12 + [0.0] * 10 + [-100.0] * 12
AFTER = [100.0] * 18 + [0.0] * 10 + [-100.0] * 6


def test_a_paired_difference_is_student_s() -> None:
    found, expected = paired(BEFORE, AFTER), stats.ttest_rel(AFTER, BEFORE)
    assert (found.n, found.before) == (34, 0.0)
    assert found.after == pytest.approx(1200 / 34)
    assert found.p == pytest.approx(float(expected.pvalue))
    interval = expected.confidence_interval(0.95)
    assert found.low == pytest.approx(float(interval.low))
    assert found.high == pytest.approx(float(interval.high))
    assert found.verdict is Verdict.REAL
    apart = stats.ttest_ind(AFTER, BEFORE)
    assert float(apart.pvalue) > 0.05  # which the scores of two months alone would not tell


def test_few_people_are_told_without_a_test() -> None:
    assert paired([0.0], [100.0]) == SamePeople(1, 0.0, 100.0, None, None, None, Verdict.TOO_FEW)
    few = paired(BEFORE[:29], AFTER[:29])
    assert (few.n, few.p, few.verdict) == (29, None, Verdict.TOO_FEW)
    assert few.low is not None


@pytest.mark.parametrize(("change", "p", "verdict"), [(0.0, 1.0, Verdict.NOISE), (100.0, 0.0, Verdict.REAL)])
def test_people_who_all_change_alike(change: float, p: float, verdict: Verdict) -> None:
    found = paired([0.0] * 30, [change] * 30)
    assert (found.p, found.verdict, found.low, found.high) == (p, verdict, change, change)


def panel() -> Rows:
    """34 customers who answer in March and in April, as above, and in May; some others answer in June only."""
    rows, scores = Rows(), {100.0: 10, 0.0: 8, -100.0: 0}
    for number, (first, second) in enumerate(zip(BEFORE, AFTER, strict=True)):
        for days, score in ((0, first), (31, second), (62, second), (93, second)):
            name = f"c{number}" if days < 93 or number < 5 else f"other {number}"
            rows.answer(responded_at=days_after(days), score=scores[score], customer_identifier=name)
    rows.answer(responded_at=days_after(63), score=0, customer_identifier="c0")
    rows.answer(responded_at=days_after(64), score=10, customer_identifier="c0")
    rows.answer(responded_at=days_after(64), score=0)
    rows.delivered("survey", days_after(130))
    return rows


@pytest.fixture(scope="module")
def ask() -> Iterator[WarehouseAsk]:
    with closing(generation(panel())) as connection:
        yield ask_on(connection)


def test_a_panel_is_tested_by_pairs(ask: WarehouseAsk) -> None:
    march, april, may, june = (ask.calendar.parse(f"2026-0{month}") for month in (3, 4, 5, 6))
    (pair,) = side_by_side(ask, ["nps"], april, march)
    assert pair.same == paired(BEFORE, AFTER)
    assert (pair.comparison.note, pair.comparison.verdict) == ("same people", Verdict.REAL)
    assert pair.comparison.p == pair.same.p
    assert pair.comparison.change == pytest.approx(1200 / 34)
    split = why(ask, "nps", april, march, Dimension.CHANNEL)
    assert (split.comparison.note, split.comparison.p) == ("same people", pair.same.p)
    (pair,) = side_by_side(ask, ["nps"], may, april)
    assert pair.same is not None
    assert (pair.same.n, pair.same.change, pair.after.n) == (34, 0.0, 35)  # the latest of c0, and one without a name
    assert (pair.comparison.note, pair.comparison.verdict) == ("", Verdict.NOISE)
    found = same_people(ask, "nps", (june.start, june.end), (may.start, may.end))
    assert found is not None
    assert (found.n, found.verdict) == (5, Verdict.TOO_FEW)


def test_who_is_not_the_same(ask: WarehouseAsk) -> None:
    march, july = (ask.calendar.parse(f"2026-0{month}") for month in (3, 7))
    spans = (july.start, july.end), (march.start, march.end)
    assert same_people(ask, "nps", *spans) is None
    assert same_people(ask, "contacts", *spans) is None
    assert same_people(ask, "enps", *spans) is None
