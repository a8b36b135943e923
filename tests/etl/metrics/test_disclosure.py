"""Confidential answers: no small cell is shown, nor what gives it away by subtraction, nor whose an answer is."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date, timedelta
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.analysis.why import why
from etl.config import Settings
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics.answer import Principal, Question, Row, Where
from etl.metrics.ask import WarehouseAsk
from etl.metrics.disclosure import SUPPRESSED, Cell, hidden_cells
from etl.vocabulary import Dimension, Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.oracles import Oracle, check_rows, only, span

DAY = NOON.date()
TEAM, REGION = Dimension.SEGMENT, Dimension.REGION
PLAIN = Settings(Folders(Path()), metrics={"enps": {"minimum_n": 1}})


def surveyed(teams: Mapping[str, int], region: str | None = None) -> Rows:
    """So many answers of each team, every third a promoter."""
    rows = Rows()
    for team, count in teams.items():
        for place in range(count):
            rows.answer(kind="enps", score=10 if place % 3 == 0 else 7, segment=team, region=region, question="work")
    rows.delivered("survey", days_after(3))
    return rows


def told(ask: WarehouseAsk, *by: Dimension, where: Where = (), is_raw: bool = False) -> dict[tuple[str, ...], Row]:
    found = ask(Question(("enps",), by, start=DAY, end=DAY, where=where, is_raw=is_raw)).rows
    return {tuple(value for _, value in row.group): row for row in found}


def read(rows: Mapping[tuple[str, ...], Row]) -> dict[str, tuple[int, str | None]]:
    return {key[0] if key else "all": (row.n, row.reason) for key, row in rows.items()}


def test_a_small_team_is_hidden_with_the_next_smallest() -> None:
    with closing(generation(surveyed({"a": 3, "b": 11, "c": 12, "d": 7}))) as connection:
        ask = ask_on(connection, PLAIN)
        for is_raw in (False, True):
            rows = told(ask, TEAM, is_raw=is_raw)
            hidden = (0, SUPPRESSED)
            assert read({key: rows[key] for key in (("a",), ("d",))}) == {"a": hidden, "d": hidden}
            assert (rows["b",].n, rows["c",].n) == (11, 12)
            assert rows["b",].value == pytest.approx(100 * 4 / 11)
            assert {(row.value, row.low, row.high, row.centre, row.notes) for row in (rows["a",], rows["d",])} == {
                (None, None, None, None, ())
            }
        assert read(told(ask)) == {"all": (33, None)}


def test_a_filter_shows_no_more_than_the_breakdown() -> None:
    with closing(generation(surveyed({"a": 3, "b": 11, "c": 12, "d": 7}))) as connection:
        ask = ask_on(connection, PLAIN)
        shown = {team: told(ask, where=only(TEAM, team))[()].n for team in "abcd"}
        assert shown == {"a": 0, "b": 11, "c": 12, "d": 0}
        # Both hidden ones together are what the total and the others give anyway; with one of the others they are not.
        assert told(ask, where=((TEAM, ("a", "d")),))[()].n == 10
        assert told(ask, where=((TEAM, ("b", "d")),))[()].reason == SUPPRESSED
        assert told(ask, where=((TEAM, ("b", "c", "d")),))[()].reason == SUPPRESSED
        assert told(ask, where=((TEAM, ("a", "b", "c", "d")),))[()].n == 33
        assert told(ask, REGION, where=only(TEAM, "d"))[("(unknown)",)].reason == SUPPRESSED


def test_a_principal_with_a_narrow_scope_sees_no_more() -> None:
    with closing(generation(surveyed({"a": 3, "b": 11}))) as connection:
        for team in "ab":
            assert told(ask_on(connection, PLAIN, Principal("boss", only(TEAM, team))))[()].reason == SUPPRESSED


@pytest.mark.parametrize(
    ("count", "n", "reason"),
    [(4, 0, SUPPRESSED), (5, 5, "too few (n=5)"), (9, 9, "too few (n=9)"), (10, 10, None)],
)
def test_limits_of_a_total_hold_whatever_the_settings_say(count: int, n: int, reason: str | None) -> None:
    with closing(generation(surveyed({"a": count}))) as connection:
        ask = ask_on(connection, PLAIN)
        assert read(told(ask)) == read(told(ask, is_raw=True)) == {"all": (n, reason)}
        behind = ask.rows("enps", span(DAY, DAY), ())
        assert [set(row) for row in behind.rows] == [{"place", "question", "score"}] * (count if reason is None else 0)
        if reason is None:
            assert [row["score"] for row in behind.rows] == sorted(row["score"] for row in behind.rows)


def test_rows_of_a_hidden_team_are_not_read() -> None:
    with closing(generation(surveyed({"a": 3, "b": 11, "c": 20}))) as connection:
        ask = ask_on(connection, PLAIN)
        assert [len(ask.rows("enps", span(DAY, DAY), only(TEAM, team)).rows) for team in "abc"] == [0, 0, 20]
        with pytest.raises(UserError, match="enps in .*: suppressed"):
            why(ask, "enps", span(DAY, DAY), span(DAY, DAY), TEAM, only(TEAM, "a"))


def test_a_small_week_is_hidden_with_another_week() -> None:
    rows = surveyed({"a": 12})
    for days, count in ((7, 3), (14, 15), (21, 11)):
        for _ in range(count):
            rows.answer(kind="enps", score=9, responded_at=days_after(days), segment="a", question="work")
    rows.delivered("survey", days_after(40))
    with closing(generation(rows)) as connection:
        question = Question(("enps",), (), Grain.WEEK, date(2026, 3, 2), date(2026, 3, 29))
        assert [row.n for row in ask_on(connection, PLAIN)(question).rows] == [12, 0, 15, 0]


def readable(rows: Iterable[Row]) -> set[tuple[object, ...]]:
    """What can be read of those rows that count anything, hidden or not."""
    return {(row.start, row.group, row.n, row.value) for row in rows if row.n or row.reason == SUPPRESSED}


WEEKS = tuple(date(2026, 3, day) for day in (2, 9, 16, 23))
ANSWERED = st.lists(st.tuples(st.integers(0, 27), st.sampled_from("ab")), min_size=10, max_size=50)


@settings(max_examples=3, deadline=None)
@given(ANSWERED)
def test_whether_a_week_may_be_read_depends_on_no_span(answered: list[tuple[int, str]]) -> None:
    rows = Rows()
    for days, team in ((0, "a"), *answered):
        rows.answer(kind="enps", score=9, responded_at=days_after(days), segment=team, question="work")
    rows.delivered("survey", days_after(40))
    with closing(generation(rows)) as connection:
        ask = ask_on(connection, PLAIN)
        for by, where in (((), ()), ((TEAM,), ()), ((), only(TEAM, "a"))):
            several, alone = set(), set()
            for start in WEEKS:
                for end in (week + timedelta(days=6) for week in WEEKS if week >= start):
                    several |= readable(ask(Question(("enps",), by, Grain.WEEK, start, end, where)).rows)
                alone |= readable(ask(Question(("enps",), by, None, start, start + timedelta(days=6), where)).rows)
            assert alone == several
            assert len(several) == len({(start, group) for start, group, *_ in several})


def test_a_week_cut_short_is_hidden_where_its_days_are_few() -> None:
    rows = surveyed({"a": 12})
    for _ in range(3):
        rows.answer(kind="enps", score=9, responded_at=days_after(2), segment="a", question="work")
    rows.delivered("survey", days_after(40))
    with closing(generation(rows)) as connection:
        ask = ask_on(connection, PLAIN)
        cut = Question(("enps",), (), Grain.WEEK, DAY + timedelta(days=1), DAY + timedelta(days=6))
        assert [(row.n, row.reason) for row in ask(cut).rows][0] == (0, SUPPRESSED)
        assert ask(Question(("enps",), (), Grain.WEEK, date(2026, 3, 2), date(2026, 3, 15))).rows[0].n == 15


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), st.integers(0, 14), min_size=1, max_size=6
)


@given(CELLS)
def test_no_line_has_a_lonely_hidden_cell_that_another_could_hide(counts: dict[Cell, int]) -> None:
    hidden = hidden_cells(counts, 5)
    assert all(cell in hidden for cell, count in counts.items() if 0 < count < 5)
    assert all(counts[cell] for cell in hidden)
    for place in (0, 1):
        for value in {cell[place] for cell in counts}:
            line = [cell for cell in counts if cell[place] == value and counts[cell]]
            within = [cell for cell in line if cell in hidden]
            if within and len(within) < len(line):
                assert len(within) > 1
                assert sum(counts[cell] for cell in within) >= 5


ANSWERS = st.lists(
    st.tuples(st.integers(0, 10), st.sampled_from(["North", "North", "South"]), st.integers(0, 20)),
    min_size=8, max_size=60,
)  # fmt: skip


@settings(max_examples=6, deadline=None)
@given(ANSWERS)
def test_what_is_shown_is_the_oracle_s(answers: list[tuple[int, str, int]]) -> None:
    rows = Rows()
    for score, region, who in answers:
        rows.answer(kind="enps", score=score, region=region, question="work", customer_identifier=f"e{who}")
    rows.delivered("survey", days_after(3))
    with closing(generation(rows)) as connection:
        ask, oracle = ask_on(connection, PLAIN), Oracle(connection, PLAIN)
        for where in ((), only(REGION, "North"), only(REGION, "South")):
            check_rows(ask(Question(("enps",), where=where)).rows, oracle, where, most=1)
        total = told(ask)[()]
        parts = told(ask, REGION)
        if total.value is not None and all(row.value is not None for row in parts.values()):
            summed = sum((row.value or 0) * row.n for row in parts.values())
            assert isclose(summed, total.value * total.n, abs_tol=1e-6)
