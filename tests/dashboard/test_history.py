"""Numbers that are not final are told in words, marked and listed."""

from dataclasses import replace
from datetime import date, datetime

from dashboard.blocks import Note, Selection, Trend
from dashboard.findings.history import foretold, marked, probable_words, restated_table, restatements
from dashboard.findings.readings import incomplete_words, points
from dashboard.tables import Table
from dashboard.views import trends
from etl.calendar import Calendar
from etl.metrics.answer import Row
from etl.metrics.catalogue import METRICS
from etl.metrics.nowcast import Nowcast
from etl.metrics.restatement import Report, Restatement
from etl.vocabulary import Dimension, Grain, Unit
from tests.dashboard.canned import CannedAsk

CONTACTS = METRICS["contacts"]
PERIOD = Calendar().parse("2026-W10")
THURSDAY, FRIDAY = date(2026, 3, 5), date(2026, 3, 6)
ROW = Row(
    "contacts", PERIOD.key, PERIOD.start, PERIOD.end, (), 812.0, 812, 760.0, 870.0, False, None, "count",
    through=THURSDAY, sources_through=(("Calls", THURSDAY), ("Chats", THURSDAY), ("Posts", FRIDAY)),
    nowcast=Nowcast(1130, 1050, 1220, 43, None, 812),
)  # fmt: skip
THEN = Report(812.0, 812, 3, datetime(2026, 3, 3, 6), 5, "1", "")  # noqa: DTZ001 (as stored, in UTC)
RESTATED = Restatement(
    "contacts", "2026-W09", date(2026, 2, 23), date(2026, 3, 1), THEN, 840.0, 840, 28, 0, ("28 late records",)
)


def test_an_unfinished_week_says_through_when_each_source_has_delivered() -> None:
    assert incomplete_words(ROW, PERIOD) == "unfinished: 4 of 7 days; Calls and Chats through Thu, Posts through Fri"


def test_sources_that_reach_the_same_day_are_not_named() -> None:
    row = replace(ROW, sources_through=(("Calls", THURSDAY), ("Posts", THURSDAY)))
    assert incomplete_words(row, PERIOD) == "unfinished: 4 of 7 days"


def test_in_a_month_the_days_have_dates() -> None:
    month = Calendar().parse("2026-03")
    row = replace(ROW, start=month.start, end=month.end)
    assert incomplete_words(row, month).endswith("; Calls and Chats through Thu 5 Mar, Posts through Fri 6 Mar")


def test_a_whole_week_without_a_source_says_since_when() -> None:
    row = replace(ROW, through=PERIOD.end, sources_through=(), missing=("without Posts since 3 Mar 2026",))
    assert incomplete_words(row, PERIOD) == "without Posts since 3 Mar 2026"
    both = replace(ROW, missing=("without Mails since 3 Mar 2026",))
    assert incomplete_words(both, PERIOD).endswith("Posts through Fri; without Mails since 3 Mar 2026")


def test_a_nowcast_is_told_in_words() -> None:
    (point,) = points([PERIOD], {PERIOD.key: ROW})
    assert probable_words(point, Unit.COUNT) == "812 so far, probably 1\u202f130 (1\u202f050–1\u202f220)"
    (note,) = foretold([point], CONTACTS)
    assert note.text.startswith("2–8 Mar 2026 (W10), unfinished: 4 of 7 days; Calls and Chats through Thu")
    assert note.text.endswith(
        "(1\u202f050–1\u202f220). 90 % interval, from how 43 earlier periods grew from the same point."
    )


def test_too_little_history_is_told_too() -> None:
    row = replace(ROW, nowcast=Nowcast(None, None, None, 7, "too little history", 812))
    (note,) = foretold(points([PERIOD], {PERIOD.key: row}), CONTACTS)
    assert note.text.endswith(": 812 so far; what it will become is not told: too little history.")


def test_a_number_without_a_nowcast_needs_no_word() -> None:
    assert foretold(points([PERIOD], {PERIOD.key: replace(ROW, nowcast=None)}), CONTACTS) == []


def test_restated_points_are_marked_and_listed() -> None:
    ask = CannedAsk(restatements=(RESTATED,))
    page = trends.build(ask, Selection(metric="contacts"))
    (chart,) = [block for block in page.blocks if isinstance(block, Trend)]
    words = {point.period: point.restated for point in chart.series[0].points if point.restated}
    assert words == {"2026-W09": "reported 812 on 3 Mar 2026, now 840: 28 late records"}
    assert "Filled diamonds mark numbers that were reported otherwise before." in chart.caption
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    assert table.title == "1 week was reported otherwise before"
    assert table.rows == (("23 Feb – 1 Mar 2026 (W9)", 812.0, "3 Mar 2026", 840.0, 28.0, "28 late records"),)
    assert any(words["2026-W09"] in str(cell) for row in chart.table.rows for cell in row)


def test_reports_are_of_the_whole_company_and_shown_where_they_print_otherwise() -> None:
    periods = [Calendar().parse("2026-W09"), PERIOD]
    ask = CannedAsk(restatements=(RESTATED, replace(RESTATED, period=PERIOD.key, now=812.2)))
    assert [each.period for each in restatements(ask, CONTACTS, periods, ())] == ["2026-W09"]
    assert restatements(ask, CONTACTS, periods, ((Dimension.CHANNEL, ("phone",)),)) == ()
    assert restated_table(CONTACTS, periods, ()) == []
    assert marked((), (), Unit.COUNT) == ()


def test_the_page_asks_for_nowcasts() -> None:
    ask = CannedAsk()
    page = trends.build(ask, Selection(metric="contacts", grain=Grain.WEEK))
    assert any(question.nowcast for question in ask.asked)
    assert not [block for block in page.blocks if isinstance(block, Note) and "probably" in block.text]
