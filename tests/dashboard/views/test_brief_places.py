"""The brief where it speaks of a place that it named before, and where there is no week to judge by."""

from dataclasses import replace

from dashboard.blocks import Selection
from dashboard.findings.briefing.health import _delivered
from dashboard.findings.briefing.moved import _told, changed
from dashboard.findings.briefing.moves import Event, line
from dashboard.findings.context import moment
from dashboard.findings.overview import overview
from dashboard.strings import brief_outcomes as outcomes
from etl.analysis.breakdowns import leaderboard
from etl.vocabulary import Grain
from tests.dashboard.canned import AS_OF, CannedAsk


def test_a_place_is_there_only_right_after_its_name() -> None:
    ask = CannedAsk(9.0, is_storm=True)
    at = moment(ask, Selection())
    assert at is not None
    seen = overview(ask, Selection(), at)
    nps, failures = changed(seen, is_good=False)
    board = leaderboard(ask, ask.calendar.period_of(AS_OF, Grain.WEEK))
    new = Event("new", next(row for row in board.rows if row.rank == 1))
    _, next_to = _told([nps, failures], seen)
    assert "Again it was largest there (" in next_to
    *_, apart = _told([nps, new, failures], seen)
    assert "Again it was largest at the delivery (" in apart


def test_without_weeks_to_compare_with_no_brief_says_that_nothing_is_open() -> None:
    ask = CannedAsk(is_storm=True)
    board = leaderboard(ask, ask.calendar.period_of(AS_OF, Grain.WEEK))
    rows = [replace(row, rank=None, trend=tuple(replace(each, upper=None) for each in row.trend)) for row in board.rows]
    assert line(replace(board, rows=tuple(rows))) == outcomes.NO_WEEK
    quiet = tuple(replace(row, rank=None) for row in board.rows)
    assert line(replace(board, rows=quiet)) == outcomes.NOTHING_OPEN


def test_of_many_late_sources_those_with_most_records_are_named() -> None:
    calls, surveys = CannedAsk().sources
    late = [replace(surveys, title=f"Old {count}", records=count) for count in range(1, 8)]
    assert _delivered([calls, *late]).startswith(
        "Old 7 (by 2 days), Old 6 (by 2 days), Old 5 (by 2 days) and 4 more are"
    )
