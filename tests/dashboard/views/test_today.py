"""Today on canned data: the finding, the cards, what changed and the reasons for what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.blocks import Bars, Block, Cards, Kpi, Note, Page, Selection, Side
from dashboard.findings.context import moment
from dashboard.findings.freshness import data_through, freshness_table
from dashboard.findings.overview import KPIS, overview
from dashboard.tables import Table
from dashboard.views import VIEWS
from dashboard.views.today import build
from etl.calendar import Calendar, WeekYears
from etl.metrics.answer import Question
from etl.vocabulary import Dimension, Grain
from tests.dashboard.canned import AS_OF, VALUES, CannedAsk


def blocks(page: Page) -> list[Block]:
    """All blocks, those side by side one after the other."""
    return [inner for block in page.blocks for inner in (block.blocks if isinstance(block, Side) else (block,))]


def cards(page: Page) -> dict[str, Kpi]:
    """The KPIs by metric."""
    return {kpi.metric: kpi for block in blocks(page) if isinstance(block, Cards) for kpi in block.kpis}


def notes(page: Page) -> str:
    """All paragraphs."""
    return " ".join(block.text for block in blocks(page) if isinstance(block, Note))


def test_pages_are_found_in_their_order() -> None:
    assert list(VIEWS)[:3] == ["today", "brief", "trends"]
    assert all(view.TITLE and view.ICON for view in VIEWS.values())


def test_the_fall_is_the_headline_with_size_verdict_and_place() -> None:
    page = build(CannedAsk(fall=9.0), Selection())
    assert page.headline.startswith("NPS fell to +22 (\u22128.9\u00a0points against the week before, probably real)")
    assert "most at the delivery (\u221224.0\u00a0points)" in page.headline
    assert "held" in page.headline
    assert "NPS is owned by Customer experience" in page.context
    nps = cards(page)["nps"]
    assert (nps.verdict, nps.is_good, nps.is_believable) == ("worse, probably real", False, True)
    assert nps.status == "off target"


def test_a_score_that_may_not_stand_for_all_is_at_best_noise() -> None:
    asked = {"channel": "phone", "segment": None, "is_opted_out": False}
    answered, silent = {**asked, "answered_at": AS_OF, "score": 10}, {**asked, "answered_at": None, "score": None}
    page = build(CannedAsk(fall=9.0, invitations=(answered, *[silent] * 99)), Selection())
    nps = cards(page)["nps"]
    assert (nps.verdict, nps.is_good, nps.is_believable) == ("could be noise", None, False)
    assert nps.notes[-2:] == ("only 1.0% answered", "far fewer answered than the usual 11.9%")
    assert page.headline.startswith("Nothing moved beyond chance against the week before")


def test_the_segment_that_fell_stands_out() -> None:
    page = build(CannedAsk(fall=9.0), Selection())
    (bars,) = [block for block in blocks(page) if isinstance(block, Bars)]
    assert [bar.label for bar in bars.bars if bar.is_highlight] == ["delivery"]
    assert bars.title == "NPS fell most at the delivery: \u221224.0\u00a0points"
    (moves,) = [block for block in blocks(page) if isinstance(block, Table) and block.columns[0].title == "Metric"]
    assert moves.rows[0][:2] == ("NPS", "at the delivery")
    assert moves.rows[0][-1] == "Customer experience"


def test_nothing_moved_is_said_when_nothing_did() -> None:
    page = build(CannedAsk(), Selection())
    assert page.headline.startswith("Nothing moved beyond chance against the week before: NPS +")
    assert all(kpi.is_good is None for kpi in cards(page).values())
    assert "No single segment moved beyond chance" in notes(page)


def test_what_matures_late_stands_for_the_last_week_that_has_matured() -> None:
    ask = CannedAsk()
    page = build(ask, Selection())
    late = {name: kpi.period for name, kpi in cards(page).items() if kpi.period}
    week_before = dict.fromkeys(("promise_kept", "fcr7"), "23 Feb – 1 Mar 2026 (W9)")
    assert late == {**week_before, "recovery_rate": "2–8 Feb 2026 (W6)"}
    assert cards(page)["private_to_public"].period == ""
    fcr = cards(page)["fcr7"]
    week = ask.calendar.parse("2026-W09")
    (row,) = ask(Question(("fcr7",), (), Grain.WEEK, week.start, week.end)).rows
    assert (fcr.value, fcr.n, fcr.versus) == (row.value, row.n, "the week before")
    assert fcr.change is not None
    assert "For an earlier week, as its contacts count only after 7 days" in notes(page)
    assert all("fcr7" not in question.metrics for question in ask.asked if question.by)


def test_an_unfinished_week_shows_the_last_one_that_has_matured() -> None:
    assert cards(build(CannedAsk(), Selection(period="2026-W11")))["private_to_public"].period.endswith("(W10)")


def test_failures_that_rose_are_the_headline() -> None:
    page = build(CannedAsk(is_storm=True), Selection())
    assert page.headline.startswith("Failure rate rose to 29.7\u202f%")
    assert cards(page)["failure_rate"].verdict == "worse, probably real"


def test_no_data_is_a_sentence_and_no_card() -> None:
    page = build(CannedAsk(as_of=None, first_day=None), Selection())
    assert page.headline == "There is nothing to report yet"
    assert not cards(page)
    assert "No source has a complete day yet" in notes(page)


def test_one_day_of_data_shows_the_week_that_has_begun() -> None:
    page = build(CannedAsk(first_day=AS_OF), Selection())
    assert page.context.startswith("9–15 Mar 2026 (W11), unfinished: 3 of 7 days")
    assert "too little data for a comparison" in page.headline
    assert cards(page)["contacts"].change is None


def test_metrics_that_nothing_feeds_are_named_once_with_the_reason() -> None:
    page = build(CannedAsk(unfed=frozenset({"nps", "csat"})), Selection())
    assert not {"nps", "csat"} & set(cards(page))
    assert "NPS and CSAT: no loaded source brings survey answers" in notes(page)


def test_suppressed_values_say_why() -> None:
    page = build(CannedAsk(volume=0.004), Selection())
    assert "too few (n=7)" in notes(page)
    assert "too little data for a comparison" in page.headline


def test_a_filter_that_a_metric_does_not_know_takes_its_card_away_and_says_so() -> None:
    ask = CannedAsk()
    page = build(ask, Selection(where=((Dimension.DIRECTION, ("inbound",)),)))
    assert "nps" not in cards(page)
    assert "NPS and CSAT: not known by direction" in notes(page)
    assert "only direction inbound" in page.context
    assert all("nps" not in question.metrics for question in ask.asked)


def test_the_line_of_a_card_ends_with_its_value_and_holds_the_comparison() -> None:
    for versus in ("previous", "last_year"):
        page = build(CannedAsk(fall=9.0), Selection(versus=versus))
        for kpi in cards(page).values():
            last = 6 if kpi.metric == "recovery_rate" else 9 if kpi.period else 10
            assert kpi.spark[-1].period == f"2026-W{last:02}"
            assert kpi.spark[-1].value == kpi.value
            before = f"2026-W{last - 1:02}" if versus == "previous" else f"2025-W{last:02}"
            assert before in {point.period for point in kpi.spark}


def test_one_question_for_all_cards_and_one_a_dimension() -> None:
    ask = CannedAsk()
    build(ask, Selection())
    first, *splits = ask.asked
    assert first == Question(KPIS, (), Grain.WEEK, date(2025, 12, 8), date(2026, 3, 8))
    assert [question.by for question in splits] == [(dimension,) for dimension in
        (Dimension.TOUCHPOINT, Dimension.CHANNEL, Dimension.PRODUCT, Dimension.REGION)]  # fmt: skip


def test_an_unfinished_period_is_compared_like_for_like() -> None:
    ask = CannedAsk()
    page = build(ask, Selection(period="2026-W11"))
    spans = {(question.start, question.end) for question in ask.asked if question.grain is None}
    assert (date(2026, 3, 2), date(2026, 3, 4)) in spans
    assert cards(page)["nps"].versus == "the first 3 days of the week before"


def test_months_of_different_length_are_compared_per_day() -> None:
    page = build(CannedAsk(as_of=date(2026, 3, 31)), Selection(grain=Grain.MONTH))
    change = cards(page)["contacts"].change
    assert change is not None
    assert abs(change) < 0.02
    assert "compared with the month before (1–31 Mar vs 1–28 Feb, per day)" in page.context
    card = cards(page)["contacts"]
    assert (card.per_day, card.per_day_before) == ((card.value or 0) / 31, card.spark[-2].per_day)
    assert cards(page)["nps"].per_day is None


def test_a_month_that_is_longer_so_far_than_the_whole_one_before_is_compared_per_day() -> None:
    page = build(CannedAsk(as_of=date(2026, 3, 30)), Selection(grain=Grain.MONTH, period="2026-03"))
    told = "March 2026, unfinished: 30 of 31 days, compared with the month before (1–30 Mar vs 1–28 Feb, per day)"
    assert page.context.startswith(told)
    assert cards(page)["contacts"].versus == "the month before"
    assert abs(cards(page)["contacts"].change or 1) < 0.02


def test_a_period_to_come_has_no_number_and_says_so() -> None:
    page = build(CannedAsk(), Selection(period="2026-W20"))
    assert page.headline.startswith("There is no number for 11–17 May 2026 (W20)")


def test_a_fiscal_quarter_is_compared_with_the_one_before_and_with_last_years() -> None:
    ask = replace(CannedAsk(), calendar=Calendar(fiscal_start=4))
    chosen = Selection(grain=Grain.QUARTER, fiscal=True)
    page = build(ask, chosen)
    assert page.context.startswith("Q3 fiscal 2026 (Oct–Dec), compared with the fiscal quarter before")
    assert {question.fiscal for question in ask.asked if question.grain} == {True}
    assert cards(page)["contacts"].spark[-1].period == "F2026-Q3"
    told = build(ask, replace(chosen, period="F2026-Q2", versus="last_year")).context
    assert told.startswith("Q2 fiscal 2026 (Jul–Sep), compared with the same fiscal quarter last year")
    year = build(ask, Selection(grain=Grain.YEAR, period="F2026", versus="last_year", fiscal=True))
    assert "compared with the first 345 days of the fiscal year before" in year.context


def test_fiscal_months_of_whole_weeks_say_their_days_and_how_far_last_years_are() -> None:
    retail = Calendar(6, 2, WeekYears("4-5-4", 5, is_nearest=True), is_named_by_start=True)
    ask = replace(CannedAsk(first_day=date(2023, 1, 1)), calendar=retail)
    chosen = Selection(grain=Grain.MONTH, period="F2024-P01", versus="last_year", fiscal=True)
    told = "P1 fiscal 2024 (4 Feb – 2 Mar 2024), compared with the same fiscal month last year (371 days earlier)"
    assert build(ask, chosen).context.startswith(told)


def test_a_day_of_last_year_says_its_weekday() -> None:
    page = build(CannedAsk(), Selection(grain=Grain.DAY, period="2026-03-04", versus="last_year"))
    assert "compared with the same day last year (a Tuesday)" in page.context


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ("2027-W01", "the same week last year (371 days earlier)"),
        ("2026-W53", "W52 of last year, which had no W53 (371 days earlier)"),
        ("2026-W10", "the same week last year"),
    ],
)
def test_weeks_a_year_apart_say_when_they_are_not_52_apart(week: str, told: str) -> None:
    page = build(CannedAsk(as_of=date(2027, 3, 1)), Selection(period=week, versus="last_year"))
    assert page.context.partition(", compared with ")[2].partition(" · ")[0] == told


def test_days_without_data_are_told_as_spans() -> None:
    days = (date(2026, 1, 5), date(2026, 1, 9), *(date(2026, 2, day) for day in (3, 4, 5)))
    told = {
        freshness_table((replace(CannedAsk().sources[0], gap_days=some),)).rows[0][4]
        for some in (days, days[:1], days[1:])
    }
    assert told == {
        "5, the last Fri 9 Jan 2026 and 3\u20135 Feb 2026",
        "1: Mon 5 Jan 2026",
        "4: Fri 9 Jan 2026 and 3\u20135 Feb 2026",
    }


def test_many_sources_that_trail_are_counted_instead_of_named() -> None:
    newest = CannedAsk().sources[0]
    late = [replace(newest, title=f"Source {place}", watermark=date(2026, 1, place)) for place in range(1, 5)]
    assert freshness_table((newest, *late)).title == (
        "4 of 5 sources trail the newest, which is complete through Wed 11 Mar 2026"
    )
    assert data_through((newest, *late)) == "data through Wed 11 Mar 2026 \u00b7 4 of 5 sources trail"
    unfinished = [replace(source, watermark=None) for source in late]
    assert data_through((newest, *unfinished)).endswith(" \u00b7 4 of 5 sources trail"), "as the table's title has it"
    assert data_through((newest, *late[:1])).endswith(" \u00b7 Source 1 through Thu 1 Jan 2026")


def test_freshness_names_what_trails() -> None:
    page = build(CannedAsk(), Selection())
    (table,) = [block for block in blocks(page) if isinstance(block, Table) and block.columns[0].title == "Source"]
    assert table.title == "Qualtrics trails the newest source"
    assert table.rows[1] == (
        "Qualtrics",
        22_406,
        "Mon 9 Mar 2026",
        "2 days behind",
        "1: Fri 9 Jan 2026",
        "UTC (assumed)",
    )
    assert "data through Wed 11 Mar 2026 · Qualtrics through Mon 9 Mar 2026" in page.context


def test_what_nobody_assigned_is_never_ranked() -> None:
    values = dict(VALUES) | {Dimension.TOUCHPOINT: ("unassigned", "delivery", "(unknown)")}
    page = build(replace(CannedAsk(fall=30.0), values=values), Selection())
    (bars,) = [block for block in blocks(page) if isinstance(block, Bars)]
    assert {"unassigned", "(unknown)"}.isdisjoint(bar.label for bar in bars.bars)


def test_a_card_without_a_value_in_this_period_comes_last() -> None:
    at = moment(CannedAsk(), Selection())
    assert at is not None
    seen = overview(CannedAsk(), Selection(), at)
    first, *others = seen.kpis
    empty = replace(seen, kpis=(replace(first, value=None), *others))
    assert [kpi.metric for kpi in empty.shown][-1] == first.metric
    assert [kpi.metric for kpi in empty.shown][:-1] == [kpi.metric for kpi in seen.shown][1:]
