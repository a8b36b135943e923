"""Breakdowns on canned data: rank, state with its history, what is not ranked, and the way to the contacts."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import format
from dashboard.blocks import Note, Page, Selection
from dashboard.findings.board import ranked_table, state_words
from dashboard.findings.costs import behind_table, silent_table
from dashboard.strings import costs
from dashboard.strings.causes import board_columns
from dashboard.strings.costs import BEHIND_COLUMNS, SILENT_COLUMNS, VALUE_COLUMNS
from dashboard.strings.voices import QUOTE_COLUMNS
from dashboard.tables import Course, Table
from dashboard.views.breakdowns import _headline, build
from etl.analysis.breakdowns import Leaderboard, leaderboard
from etl.analysis.costs import Cost
from etl.analysis.harm import Basis
from etl.analysis.split import Segment
from etl.metrics.answer import Cell
from etl.metrics.tolls.values import Saying
from etl.vocabulary import Dimension, Grain, State
from tests.dashboard.canned import AS_OF, HOSTILE, CannedAsk

STORM = CannedAsk(is_storm=True)
COLUMN = {title: place for place, title in enumerate(board_columns("week"))}


def tables(page: Page) -> list[Table]:
    """The leaderboard, and what is no longer open."""
    return [block for block in page.blocks if isinstance(block, Table) and "26 weeks" in titles(block)]


def table(page: Page, columns: tuple[str, ...]) -> Table | None:
    """The table with these columns."""
    found = [each for each in page.blocks if isinstance(each, Table) and titles(each) == columns]
    return found[0] if found else None


def titles(table: Table) -> tuple[str, ...]:
    return tuple(column.title for column in table.columns)


def notes(page: Page) -> str:
    return " ".join(block.text for block in page.blocks if isinstance(block, Note))


def board(ask: CannedAsk = STORM) -> Leaderboard:
    return leaderboard(ask, ask.calendar.last_complete(AS_OF, Grain.WEEK))


def test_the_worst_is_named_when_its_rank_is_sure() -> None:
    page = build(STORM, Selection())
    assert page.headline == (
        "Wrong invoice at the billing failed 115 customers this week, 160–553 with those who kept silent, and is "
        "chronic, open since 20 Oct 2025; "
        "2\u00a0more breakdowns are open."
    ).replace("\u00a0", " ")
    assert tables(page)[0].title == "Wrong invoice at the billing is the worst"


def test_tied_ones_are_told_as_tied() -> None:
    whole = board()
    tied = replace(whole, rows=tuple(replace(row, is_named=False, group=1) for row in whole.rows))
    assert _headline(tied) == (
        "3 breakdowns are open, none surely the worst this week: wrong invoice at the billing (115 customers, "
        "chronic), late delivery at the delivery (56, relapsed once) and no internet at the app (50, new)."
    )


def test_rows_say_rank_size_harm_state_and_owner() -> None:
    ranked, _ = tables(build(STORM, Selection()))
    assert titles(ranked) == board_columns("week")
    assert [row[COLUMN["Rank"]] for row in ranked.rows] == ["1", "2–3, tied", "2–3, tied"]
    assert [row[COLUMN["State"]] for row in ranked.rows] == ["chronic", "relapsed once", "new"]
    assert [row[COLUMN["Kept silent"]] for row in ranked.rows] == ["45–438 more", "–", "–"]
    assert [row[COLUMN["Score lower by"]] for row in ranked.rows] == [
        "3.0 of 10", "2.0 of 10", "2.6 of 10 (as all breakdowns)",
    ]  # fmt: skip
    assert {row[COLUMN["Owner"]] for row in ranked.rows} == {"nobody yet"}
    for cells, row in zip(ranked.rows, board().rows, strict=False):
        assert (cells[COLUMN["Customers failed"]], cells[COLUMN["The week before"]]) == (row.affected, row.cost.before)
        assert row.opened is not None
        assert str(cells[COLUMN["Open since"]]).startswith(format.day(row.opened, has_weekday=False) + ", ")


def test_what_stands_behind_the_ranking_is_told_row_by_row() -> None:
    found = table(build(STORM, Selection()), tuple(title for title in BEHIND_COLUMNS if title != "Rose most in"))
    assert found is not None
    first, second, _ = found.rows
    assert first[1:8] == (
        "28.8\u202f% (25–33\u202f% of 400)", "3.0 of 10 (2.7–3.3; 40 of 543 asked)", 76_200.0, "12 (12 posts)",
        "23.0 SD above", "1", "–",
    )  # fmt: skip
    assert second[7] == "221 more customers"
    assert [row[-1] for row in found.rows] == [row.linked / row.affected for row in board().rows[:3]]


def test_each_way_to_tell_the_silent_ones_has_a_line() -> None:
    found = table(build(STORM, Selection()), SILENT_COLUMNS)
    assert found is not None
    assert found.title == "Wrong invoice at the billing affected 160–553 customers with those who kept silent"
    assert [row[1:] for row in found.rows] == [
        ("160–553", 115, "two lists: our records and survey answers", "20 on both")
    ]


def test_ranges_and_distances_are_told_in_words() -> None:
    assert [costs.silent("0", "12"), costs.silent("4", "4"), costs.silent("4", "9"), costs.silent("61", None)] == [
        "up to 12 more", "4 more", "4–9 more", "at least 61 more",
    ]  # fmt: skip
    assert [costs.unusual("0.0", is_above=True), costs.unusual("2.5", is_above=False)] == ["as usual", "2.5 SD below"]
    assert costs.voices("3", "5", "2") == "3 (5 posts, 2 shared)"
    assert costs.pooled("1.6 of 10", Basis.CAUSE) == "1.6 of 10 (as the whole cause)"


def test_money_is_a_ranking_of_its_own_where_a_value_is_given() -> None:
    assert table(build(STORM, Selection()), VALUE_COLUMNS) is None
    found = table(build(replace(STORM, worth=300.0), Selection()), VALUE_COLUMNS)
    assert found is not None
    assert found.title == "Wrong invoice at the billing exposes EUR 34\u202f500"
    assert [row[1:] for row in found.rows] == [
        (115, "EUR 34\u202f500"), (56, "EUR 16\u202f800"), (50, "EUR 15\u202f000"),
    ]  # fmt: skip
    assert found.note.endswith(f"are worth EUR {format.count(300 * board().total.customers)}.")


def test_a_product_that_explains_a_breakdown_is_named() -> None:
    row = replace(board().rows[0], segments=(Segment({"product": "fibre", "region": "North"}, 60, 90),))
    found = behind_table([row])
    assert found.rows[0][titles(found).index("Rose most in")] == "product fibre in region North (60 of 90 contacts)"


def test_where_nothing_tells_of_silent_ones_or_harm_the_page_says_so() -> None:
    whole = board()
    bare = replace(whole, rows=tuple(replace(row, cost=Cost(before=3)) for row in whole.rows))
    found = ranked_table(bare, (), {})
    assert titles(found) == tuple(title for title in board_columns("week") if title != "Kept silent")
    assert "No survey tells yet how much harm each does." in found.note
    assert {row[titles(found).index("Score lower by")] for row in found.rows} == {"–"}
    assert silent_table(list(bare.rows)) is None


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
        (State.RELAPSED, {"relapses": 2}, "relapsed twice"),
        (State.CHRONIC, {"relapses": 1}, "chronic, relapsed once"),
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


def test_ranked_causes_are_quoted_by_their_typical_post() -> None:
    said = [("late delivery", "it is late again", -1)] * 2 + [("late delivery", f"late {HOSTILE}", -1)]
    said += [("late delivery", "late but nice", 1), ("not ranked", "who cares", -1)]
    posts = tuple(
        {
            "record_key": key, "business_day": date(2026, 3, 4), "person": f"p{key}", "tone": tone, "intensity": tone,
            "text": text, "cause": cause, "told_cause": None,
            "wording": None, "person_count": None,
        }
        for key, (cause, text, tone) in enumerate(said)
    )  # fmt: skip
    quoted = table(build(replace(STORM, posts=posts), Selection()), QUOTE_COLUMNS[:3])
    assert quoted is not None
    assert quoted.rows == (("late delivery", 3, "it is late again"),)
    written = {
        Cell("wrong invoice", "billing"): tuple(Saying(key, date(2026, 3, 4), f"c{key}", "twice") for key in (7, 8))
    }
    quoted = table(build(replace(STORM, sayings=written), Selection()), QUOTE_COLUMNS[:3])
    assert quoted is not None
    assert quoted.rows == (("wrong invoice", 2, "twice"),)
    assert table(build(STORM, Selection()), QUOTE_COLUMNS[:3]) is None


def test_an_unfinished_period_is_ranked_up_to_the_newest_day_like_for_like() -> None:
    page = build(STORM, Selection(period="2026-W11"))
    assert (
        "Ranked by the first 3 days of this week, through Wed 11 Mar 2026, and compared with as many days of the week "
        "before. States are those at the end of 2\u20138 Mar 2026, the last complete week."
    ) in notes(page)
    ranked = tables(page)[0]
    assert titles(ranked)[:4] == ("What broke", "Rank", "Customers failed", "Same days before")
    found = leaderboard(STORM, STORM.calendar.parse("2026-W11"))
    before = STORM.affected(date(2026, 3, 2), date(2026, 3, 4)).affected
    rows = [row for row in found.rows if row.rank is not None]
    assert [row.cost.before for row in rows] == [before[row.cell].customers for row in rows]
    assert {row.observed for row in rows} == {date(2026, 3, 2)}, "no week that is not over"
    assert "Ranked by the first" not in notes(build(STORM, Selection()))
