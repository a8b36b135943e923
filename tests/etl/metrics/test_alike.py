"""Which sources two spans can be compared over: by their first days, their watermarks and the days they left out."""

from datetime import date, timedelta

import pytest

from etl.metrics.alike import NONE_COVERS, Alike, alike
from etl.metrics.answer import SourceState
from etl.metrics.coverage import Coverage

MARCH = date(2026, 3, 1), date(2026, 3, 31)
APRIL = date(2026, 4, 1), date(2026, 4, 30)
CALLS = date(2026, 1, 1), date(2026, 5, 31)


def state(source: str, first: date, last: date, *, is_active: bool = True, gaps: tuple[date, ...] = ()) -> SourceState:
    return SourceState(source, source, 9, first, None, last, is_active, "UTC", False, (), gaps)


def april_against_march(*sources: SourceState, is_count: bool = False, maturity_days: int = 0) -> Alike:
    coverage = Coverage(sources, date(2026, 5, 31), maturity_days)
    return alike(coverage, APRIL, MARCH, is_count=is_count)


def days(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(count))


def test_sources_that_cover_both_are_all_compared_and_nothing_is_said() -> None:
    found = april_against_march(state("calls", *CALLS), state("chats", *CALLS))
    assert (found.sources, found.left_out, found.where, found.note) == (("calls", "chats"), {}, (), "")


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (CALLS[0], date(2026, 4, 20), "nothing since 2026-04-21"),
        (CALLS[0], date(2026, 3, 31), "nothing since 2026-04-01"),
        (date(2026, 3, 10), CALLS[1], "begins 2026-03-10"),
        (date(2026, 4, 1), CALLS[1], "begins 2026-04-01"),
    ],
)
def test_a_source_that_ended_or_began_is_left_out(first: date, last: date, why: str) -> None:
    chats = state("chats", first, last, is_active=last == CALLS[1])
    found = april_against_march(state("calls", *CALLS), chats)
    assert (found.sources, found.left_out) == (("calls",), {"chats": why})
    assert found.note == f"compared without chats ({why})"


def test_a_source_that_ended_before_both_or_begins_after_is_none_to_tell_of() -> None:
    ended = state("faxes", date(2025, 1, 1), date(2026, 2, 27), is_active=False)
    found = april_against_march(state("calls", *CALLS), ended, state("chats", date(2026, 5, 1), CALLS[1]))
    assert (found.sources, found.left_out) == (("calls",), {})


def test_an_active_source_that_is_late_holds_back_the_others_and_is_not_left_out() -> None:
    found = april_against_march(state("calls", *CALLS), state("chats", CALLS[0], date(2026, 4, 20)))
    assert found.sources == ("calls", "chats")


@pytest.mark.parametrize(("count", "sources"), [(1, ("calls", "chats")), (2, ("calls",))])
def test_unknown_days_leave_a_source_out_beyond_one_in_twenty(count: int, sources: tuple[str, ...]) -> None:
    chats = state("chats", *CALLS, gaps=days(date(2026, 4, 7), count))  # 29 of 30 days are 96.7 %, 28 are 93.3 %
    assert april_against_march(state("calls", *CALLS), chats).sources == sources


def test_of_a_count_one_unknown_day_leaves_a_source_out() -> None:
    chats = state("chats", *CALLS, gaps=days(date(2026, 4, 7), 1))
    found = april_against_march(state("calls", *CALLS), chats, is_count=True)
    assert (found.sources, found.note) == (("calls",), "compared without chats (1 day unknown)")


def test_a_source_alone_is_compared_with_itself_unless_days_of_a_count_are_unknown() -> None:
    calls = state("calls", date(2026, 3, 10), CALLS[1], gaps=days(date(2026, 4, 7), 4))
    assert april_against_march(calls).note == ""
    counted = april_against_march(calls, is_count=True)
    assert (counted.is_possible, counted.note, counted.where) == (False, "not comparable: 4 days unknown", ())


def test_with_none_in_common_there_is_a_reason() -> None:
    ended = state("faxes", CALLS[0], date(2026, 3, 31), is_active=False)
    found = april_against_march(ended, state("chats", date(2026, 4, 1), CALLS[1]))
    assert (found.is_possible, found.note, found.where) == (False, NONE_COVERS, ())
    assert dict(found.left_out or {}) == {"faxes": "nothing since 2026-04-01", "chats": "begins 2026-04-01"}


def test_many_are_told_by_those_that_are_left_or_counted() -> None:
    young = [state(name, date(2026, 4, 2), CALLS[1]) for name in ("chats", "mails", "posts")]
    assert april_against_march(state("calls", *CALLS), *young).note == (
        "compared over calls only; 3 sources do not cover both periods"
    )
    old = [state(name, *CALLS) for name in ("a", "b", "c")]
    assert april_against_march(*old, *young).basis == "without 3 sources"
    two = april_against_march(*old, *young[:2])
    assert two.note == "compared without chats (begins 2026-04-02) and mails (begins 2026-04-02)"


def test_where_rows_take_days_to_mature_the_end_is_that_of_the_deliveries() -> None:
    chats = state("chats", CALLS[0], date(2026, 4, 13), is_active=False)
    found = april_against_march(state("calls", *CALLS), chats, maturity_days=7)
    assert found.left_out == {"chats": "nothing since 2026-04-21"}
