"""Breakdowns on canned data: rank, state with its history, what is not ranked, and the way to the contacts."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.blocks import Course, Note, Page, Selection, Table
from dashboard.findings.board import state_words
from dashboard.strings.causes import BOARD_COLUMNS
from dashboard.views.breakdowns import _headline, build
from etl.analysis.breakdowns import Leaderboard, leaderboard
from etl.vocabulary import Dimension, Grain, State
from tests.dashboard.canned import AS_OF, CannedAsk

STORM = CannedAsk(is_storm=True)
COLUMN = {title: place for place, title in enumerate(BOARD_COLUMNS)}


def tables(page: Page) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table) and block.columns[0].title == BOARD_COLUMNS[0]]


def notes(page: Page) -> str:
    return " ".join(block.text for block in page.blocks if isinstance(block, Note))


def board(ask: CannedAsk = STORM) -> Leaderboard:
    return leaderboard(ask, ask.calendar.last_complete(AS_OF, Grain.WEEK))


def test_the_worst_is_named_when_its_rank_is_sure() -> None:
    page = build(STORM, Selection())
    assert page.headline == (
        "Wrong invoice at the billing failed 115 customers this week and is chronic, open since 20 Oct 2025; "
        "2\u00a0more breakdowns are open."
    ).replace("\u00a0", " ")
    assert tables(page)[0].title == "Wrong invoice at the billing is the worst"


def test_tied_ones_are_told_as_tied() -> None:
    whole = board()
    tied = replace(whole, rows=tuple(replace(row, is_named=False, group=1) for row in whole.rows))
    assert _headline(tied) == (
        "3 breakdowns are open, none surely the worst this week: wrong invoice at the billing (115 customers, "
        "chronic), late delivery at the delivery (56, relapsed ×1) and no internet at the app (50, new)."
    )


def test_rows_say_rank_size_state_and_coverage() -> None:
    ranked, _ = tables(build(STORM, Selection()))
    assert [row[COLUMN["Rank"]] for row in ranked.rows] == ["1", "2 (2–3)", "3 (2–3)"]
    assert [row[COLUMN["State"]] for row in ranked.rows] == ["chronic", "relapsed ×1", "new"]
    for cells, row in zip(ranked.rows, board().rows, strict=False):
        assert cells[COLUMN["Customers failed"]] == row.affected
        assert cells[COLUMN["Share of those there"]] == row.share
        assert str(cells[COLUMN["95 % interval, base"]]).endswith(f"of {row.exposed}")
        assert cells[COLUMN["Weeks open"]] == row.standing.age_weeks
        assert cells[COLUMN["Known customers"]] == row.linked / row.affected


def test_the_course_marks_signals_and_leaves_unknown_weeks_open() -> None:
    ranked, quiet = tables(build(STORM, Selection()))
    chronic = ranked.rows[0][COLUMN["26 weeks"]]
    assert isinstance(chronic, Course)
    assert (len(chronic.values), sum(chronic.is_marked)) == (26, 20)
    assert chronic.words.startswith("26 weeks, 20 above the limit, last 28.8")
    unknown = quiet.rows[-1][3]
    assert isinstance(unknown, Course)
    assert unknown.values[-5:] == (None,) * 5


def test_resolved_and_unknown_are_listed_apart_without_a_rank() -> None:
    _, quiet = tables(build(STORM, Selection()))
    assert quiet.title == "2 more, resolved or unknown"
    assert [str(row[4]) for row in quiet.rows] == [
        "resolved",
        "unknown: a source is missing, last recovering, quiet 1 week, as of the week of 26 Jan 2026",
    ]


def test_what_is_no_longer_open_is_not_told_as_none() -> None:
    whole = board()
    closed = replace(whole, rows=tuple(row for row in whole.rows if row.rank is None))
    assert _headline(closed) == (
        "No service breakdown is open at the end of this week: 2 breakdowns are resolved or unknown, "
        "268 customers had a failed contact."
    )


def test_each_row_leads_to_the_contacts_that_failed() -> None:
    for where in ((), ((Dimension.CHANNEL, ("phone",)),)):
        for table in tables(build(STORM, Selection(where=where))):
            assert len(table.drills) == len(table.rows)
            for name, drill in table.drills:
                rows = STORM.rows(drill.metric, drill.period, drill.where).rows
                assert drill.count == len(rows) > 0
                assert {f"{row['cause']} at the {row['touchpoint']}" for row in rows} == {name}


def test_what_is_not_assigned_is_not_ranked_and_its_share_is_said() -> None:
    page = build(STORM, Selection())
    assert "Unassigned, not ranked: 10 of the failed contacts (3.4\u202f%)" in notes(page)
    assert all("unassigned" not in str(row[0]) for table in tables(page) for row in table.rows)


@pytest.mark.parametrize(
    ("ask", "headline", "note"),
    [
        (CannedAsk(first_day=AS_OF), "No breakdown can be judged yet.", "There is no complete week yet"),
        (CannedAsk(volume=0.002), "No service breakdown this week: nobody had a failed contact.", "Failures are"),
        (CannedAsk(first_day=None, as_of=None), "There is nothing to report yet", "No source has a complete day yet"),
        (
            CannedAsk(values={Dimension.CAUSE: ("unassigned",)}),
            "No service breakdown this week: 200 customers had a failed contact, but none beyond chance.",
            "No code says which cause failed customers where",
        ),
    ],
)
def test_without_breakdowns_it_says_why(ask: CannedAsk, headline: str, note: str) -> None:
    page = build(ask, Selection())
    assert page.headline == headline
    assert note in notes(page)
    assert not tables(page)


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        (State.RELAPSED, {"relapses": 2}, "relapsed ×2"),
        (State.CHRONIC, {"relapses": 1}, "chronic, relapsed ×1"),
        (State.RECOVERING, {"quiet_weeks": 2}, "recovering, quiet 2 weeks"),
        (State.UNKNOWN, {"last_known": State.PERSISTENT}, "unknown: a source is missing, last persistent"),
    ],
)
def test_states_are_told_with_their_history(state: State, more: dict[str, object], words: str) -> None:
    row = board().rows[0]
    fresh = replace(row.standing, state=state, quiet_weeks=0, relapses=0)
    assert state_words(replace(row, standing=replace(fresh, **more))) == words  # type: ignore[arg-type]


def test_high_from_the_start_and_an_old_last_week_are_said() -> None:
    row = replace(board().rows[0], is_high_from_start=True, observed=date(2026, 2, 23))
    assert state_words(row) == "chronic, high from the start, as of the week of 23 Feb 2026"
