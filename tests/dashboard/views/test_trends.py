"""Trends on canned data: the line, its comparison, the unfinished end, splits and what cannot be drawn."""

from datetime import date

import pytest

from dashboard.blocks import Block, Note, Page, Selection, Trend
from dashboard.tables import Column, Table
from dashboard.views.trends import build
from etl.errors import UserError
from etl.vocabulary import Dimension, Grain, Unit
from tests.dashboard.canned import AS_OF, CannedAsk


def trends(page: Page) -> list[Trend]:
    """The charts."""
    return [block for block in page.blocks if isinstance(block, Trend)]


def words(blocks: tuple[Block, ...]) -> str:
    """All paragraphs."""
    return " ".join(block.text for block in blocks if isinstance(block, Note))


def test_the_finding_and_the_conclusion() -> None:
    page = build(CannedAsk(fall=9.0), Selection(metric="nps"))
    assert page.headline == (
        "NPS fell to +22 (\u22128.9\u00a0points against the week before, probably real), off its target of +35, "
        "lower than expected since 2 Mar 2026."
    )
    assert trends(page)[0].title == "2–8 Mar 2026 (W10): NPS +22, the lowest of 25 weeks"


def test_a_signal_is_marked_on_its_point_in_the_table_and_in_a_sentence() -> None:
    (chart,) = trends(build(CannedAsk(fall=9.0), Selection(metric="nps")))
    assert chart.verdict.startswith("Concern: lower than expected since 2 Mar 2026. ")
    assert chart.is_good is False
    fallen, unfinished = chart.series[0].points[-2:]
    assert fallen.flags[0] == "outside the limits"
    assert fallen.limits is not None
    assert fallen.value is not None
    assert fallen.value < fallen.limits.low
    assert (unfinished.limits, unfinished.flags) == (None, ())
    titles = [column.title for column in chart.table.columns]
    row = next(row for row in chart.table.rows if row[0] == "2–8 Mar 2026 (W10)")
    assert row[titles.index("Expected from")] == fallen.limits.low
    assert str(row[titles.index("Signal")]).startswith("outside the limits")
    assert "The band is the range" in chart.caption


def test_a_short_history_says_why_nothing_is_expected_yet() -> None:
    (chart,) = trends(build(CannedAsk(first_day=date(2026, 1, 5)), Selection(metric="nps")))
    assert chart.verdict == "No expected range yet: too few (9 complete weeks; more than 12 are needed)."
    assert "95 % interval" in chart.caption
    assert "Signal" not in [column.title for column in chart.table.columns]


def test_the_unfinished_week_is_marked_and_says_how_far_it_is() -> None:
    (chart,) = trends(build(CannedAsk(), Selection(metric="nps")))
    last = chart.series[0].points[-1]
    assert (last.period, last.complete, last.reason) == ("2026-W11", False, "unfinished: 3 of 7 days")
    assert "Hollow points" in chart.caption


def test_the_year_before_lies_behind_at_the_same_places() -> None:
    (chart,) = trends(build(CannedAsk(), Selection(metric="asa", versus="last_year", span=8)))
    line, behind = chart.series
    assert behind.is_muted
    assert [point.start for point in behind.points] == [point.start for point in line.points]
    assert behind.points[-2].period == "2025-W10"
    assert behind.points[-2].label == "3–9 Mar 2025 (W10)"


def test_counts_of_months_are_also_shown_per_day() -> None:
    (trend, *_) = build(CannedAsk(), Selection(grain=Grain.MONTH)).blocks
    assert isinstance(trend, Trend)
    assert trend.table.columns[7] == Column("Per day", Unit.PER_DAY)
    february = next(row for row in trend.table.rows if row[0] == "February 2026")
    assert february[7] == (february[4] or 0) / 28  # type: ignore[operator]
    split = build(CannedAsk(), Selection(grain=Grain.MONTH, split="channel", span=3)).blocks[-2]
    assert isinstance(split, Trend)
    assert split.table.columns[7] == Column("Per day", Unit.PER_DAY)
    assert split.table.rows[0][7] == split.series[0].points[-1].per_day
    (trend, *_) = build(CannedAsk(), Selection(grain=Grain.MONTH, metric="nps")).blocks
    assert isinstance(trend, Trend)
    assert "Per day" not in [column.title for column in trend.table.columns]


def test_weeks_that_are_371_days_after_last_years_are_counted() -> None:
    page = build(CannedAsk(as_of=date(2027, 2, 7)), Selection(versus="last_year", span=10))
    (note,) = [block.text for block in page.blocks if isinstance(block, Note)]
    assert note == "6 of the 10 weeks shown lie 371 days after last year's"


def test_a_touchpoints_target_steps_where_it_was_raised() -> None:
    where = ((Dimension.TOUCHPOINT, ("web chat",)),)
    (chart,) = trends(build(CannedAsk(), Selection(metric="csat", where=where, span=20)))
    raised = sum(point.start < date(2026, 1, 1) for point in chart.series[0].points)
    assert chart.targets == (0.7,) * raised + (0.75,) * (20 - raised)
    assert chart.target == 0.75
    (all_of_them,) = trends(build(CannedAsk(), Selection(metric="csat", span=20)))
    assert all_of_them.targets == ()


def test_a_hole_is_a_point_without_value_and_a_sentence() -> None:
    (chart,) = trends(build(CannedAsk(hole="2026-W05"), Selection(metric="csat")))
    hole = next(point for point in chart.series[0].points if point.period == "2026-W05")
    assert (hole.value, hole.reason) == (None, "no data: Amazon Connect has a gap")
    assert "1 week without a value (no data: Amazon Connect has a gap)." in chart.caption


def test_the_table_holds_the_numbers_of_the_line() -> None:
    (chart,) = trends(build(CannedAsk(), Selection(metric="service_level")))
    newest_first = [(point.label, point.value, point.low, point.high, point.n) for point in chart.series[0].points][
        ::-1
    ]
    assert [row[:5] for row in chart.table.rows] == newest_first


def test_a_split_draws_five_lines_and_sums_up_the_rest() -> None:
    values = {Dimension.CHANNEL: ("a", "b", "c", "d", "e", "f", "g")}
    _, split = trends(build(CannedAsk(values=values), Selection(metric="contacts", split="channel")))
    assert len(split.series) == 5
    assert split.caption.count("Not drawn") == 1
    assert {row[0] for row in split.table.rows} == set("abcdefg")


def test_periods_before_the_first_record_are_not_drawn() -> None:
    (chart,) = trends(build(CannedAsk(first_day=AS_OF), Selection(metric="contacts", grain=Grain.DAY)))
    assert [point.period for point in chart.series[0].points] == ["2026-03-11"]
    assert "the only day with a value" in chart.title


def test_without_values_there_is_a_reason_instead_of_a_chart() -> None:
    page = build(CannedAsk(unfed=frozenset({"nps"})), Selection(metric="nps"))
    assert not trends(page)
    assert "no loaded source brings survey answers" in words(page.blocks)
    assert build(CannedAsk(as_of=None), Selection(metric="nps")).headline == "There is nothing to report yet"


def test_a_dimension_that_the_metric_lacks_is_told() -> None:
    page = build(CannedAsk(), Selection(metric="nps", split="direction"))
    assert "NPS is not known by direction." in words(page.blocks)
    assert build(CannedAsk(), Selection(metric="nps", where=((Dimension.DIRECTION, ("inbound",)),))).blocks == ()


@pytest.mark.parametrize(
    "selection", [Selection(metric="npss"), Selection(split="chanel"), Selection(period="2026-W99")]
)
def test_what_does_not_exist_is_a_user_error(selection: Selection) -> None:
    with pytest.raises(UserError):
        build(CannedAsk(), selection)


def test_a_chosen_period_is_compared_with_and_its_span_drawn_behind() -> None:
    page = build(CannedAsk(), Selection(grain=Grain.WEEK, metric="nps", versus="2026-W05", span=4))
    assert "compared with 26 Jan – 1 Feb 2026 (W5)" in page.context
    chart = next(block for block in page.blocks if isinstance(block, Trend))
    behind = chart.series[1]
    assert behind.name == "up to 26 Jan – 1 Feb 2026 (W5)"
    assert [point.period for point in behind.points] == ["2026-W03", "2026-W04", "2026-W05", "2026-W06"]


def test_a_later_period_is_not_compared_with() -> None:
    page = build(CannedAsk(), Selection(grain=Grain.WEEK, metric="nps", period="2026-W05", versus="2026-W08"))
    assert "compared with the week before" in page.context


@pytest.mark.parametrize(
    ("metric", "is_told"), [("net_sentiment:without_campaigns", True), ("mentions", True), ("nps", False)]
)
def test_campaigns_stand_under_the_numbers_that_are_told_without_them(metric: str, is_told: bool) -> None:
    said = {"tone": 1, "intensity": 0, "text": "Words", "cause": None, "told_cause": None, "wording": 7}
    week = CannedAsk().calendar.parse("2026-W10")
    posts = tuple(
        {**said, "record_key": each, "business_day": week.end, "person": f"p{each}", "person_count": 5}
        for each in range(5)
    )
    page = build(CannedAsk(posts=posts), Selection(metric=metric, period=week.key))
    titles = [block.title for block in page.blocks if isinstance(block, Table)]
    assert ("5 of 5 posts with words are one campaign: the same words from 5 people in a day" in titles) == is_told
