"""The state machine of breakdowns: its vectors, one state for each short history, and a second reading of the rules."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.persistence import FACTORS, GRADES, Machine, standing
from etl.vocabulary import State, Symbol

VECTORS = (
    "S→new · SQQ→new · SQQS→new · SQSQS→recurring · SQQSQQS→recurring · SSS→persistent · SSQS→persistent · "
    "SSSQ→recovering · SSSQQS→persistent · SSSQQQQ→resolved · SQQQQ→resolved · SQQQQS→relapsed · "
    "SQQQQSQQQQS→recurring · SSSSSSSS→chronic · SSSSSSSSQ→recovering · SS–S→persistent · SS?S→persistent · "
    "SSS???→persistent · SSS????→unknown · SSS????Q→recovering · SQQ??QQ→resolved · SQQ––Q→new · →none"
)
LONG = (
    ("SQQQQ" + 25 * "Q" + "S", "relapsed"),
    ("SQQQQ" + 26 * "Q", "none"),
    ("SQQQQ" + 26 * "Q" + "S", "new"),
)


def vectors() -> Iterator[tuple[str, str]]:
    for vector in VECTORS.split(" · "):
        history, _, state = vector.partition("→")
        yield history, state
    yield from LONG


def symbols(history: str) -> list[Symbol]:
    return [Symbol(sign) for sign in history]


@pytest.mark.parametrize(("history", "state"), list(vectors()))
def test_vectors(history: str, state: str) -> None:
    assert standing(symbols(history)).state == state


def literally(history: str) -> tuple[str, str]:
    """State and grade by going back over the whole history at each question, as the definitions are worded."""
    observed = [sign for sign in history if sign in "SQ"]
    bouts = list(bouts_of(observed))
    begin, end = bouts[-1] if bouts else (0, -1)
    grade = "none"
    for week in range(begin, (len(observed) - 1 if end is None else end) + 1):
        grade = max(grade, level(observed[: week + 1], begin, bouts), key=order)
    loud = [sign for sign in history if sign != "–"]
    if len(loud) >= 4 and set(loud[-4:]) == {"?"}:
        return "unknown", grade
    if not bouts:
        return "none", grade
    if end is None:
        quiet = len(observed) - len("".join(observed).rstrip("Q"))
        return ("recovering" if quiet and order(grade) >= order("persistent") else grade), grade
    return ("resolved" if len(observed) - 1 - end < 26 else "none"), grade


def order(grade: str) -> int:
    return ["none", "new", "relapsed", "recurring", "persistent", "chronic"].index(grade)


def bouts_of(observed: list[str]) -> Iterator[tuple[int, int | None]]:
    """First and last observed week of each bout; an open one has no last."""
    week = 0
    while "S" in observed[week:]:
        begin = observed.index("S", week)
        quiet = next(
            (end for end in range(begin + 4, len(observed)) if observed[end - 3 : end + 1] == list("QQQQ")), None
        )
        yield begin, quiet
        if quiet is None:
            return
        week = quiet + 1


def level(until: list[str], begin: int, bouts: list[tuple[int, int | None]]) -> str:
    window = "".join(until[-13:])
    if window.count("S") >= 8:
        return "chronic"
    if window[-4:].count("S") >= 3:
        return "persistent"
    episodes = sum("S" in run for run in window.replace("QQ", "|").replace("|Q", "|").split("|"))
    if episodes >= 3 or until[begin:].count("S") >= 3:
        return "recurring"
    closes = [end for _, end in bouts if end is not None and end < begin]
    return "relapsed" if closes and begin - closes[-1] <= 26 else "new"


def test_each_of_all_short_histories_has_one_state() -> None:
    for length in range(9):
        for signs in product("SQ–?", repeat=length):
            found = standing([Symbol(sign) for sign in signs])
            assert (found.state, found.grade) == literally("".join(signs)), signs


def test_each_of_all_histories_of_signal_and_quiet_has_one_state() -> None:
    for signs in product("SQ", repeat=15):
        found = standing([Symbol(sign) for sign in signs])
        assert (found.state, found.grade) == literally("".join(signs)), signs


@given(st.text(alphabet="SQ–?", max_size=90))
def test_long_histories_agree_with_the_second_reading(history: str) -> None:
    found = standing(symbols(history))
    assert (found.state, found.grade) == literally(history)


def test_what_is_told_beside_the_state() -> None:
    found = standing(symbols("QSQQQQQ?SQ–"))
    assert (found.first, found.opened, found.observed) == (1, 8, 9)
    assert (found.age_weeks, found.signal_weeks, found.quiet_weeks, found.relapses) == (3, 1, 1, 1)


@pytest.mark.parametrize(
    ("history", "observed"), [("", None), ("?–", None), ("SSS???", 2), ("SQ–", 1), ("SSS????Q", 7)]
)
def test_as_of_is_the_last_observed_week(history: str, observed: int | None) -> None:
    assert standing(symbols(history)).observed == observed


def test_a_walk_knows_the_weeks_of_a_bout_from_its_signal_to_its_fourth_quiet_week() -> None:
    machine, inside = Machine(), []
    for symbol in symbols("QSQ–QQ?QQ"):
        was_open = machine.is_open
        machine.step(symbol)
        inside.append(was_open or machine.is_open)
    assert inside == [False, *[True] * 7, False]


@pytest.mark.parametrize(("history", "state"), [("SSSQQQQ", State.RESOLVED), ("SSSQQQQ" + 26 * "Q", State.NONE)])
def test_the_grade_reached_is_told_after_the_bout(history: str, state: State) -> None:
    found = standing(symbols(history))
    assert (found.state, found.grade, found.opened, found.quiet_weeks) == (state, State.PERSISTENT, 0, 0)
    assert found.age_weeks == len(history)


def test_the_last_state_stays_known() -> None:
    found = standing(symbols("SSS????"))
    assert (found.state, found.last_known, found.grade) == (State.UNKNOWN, State.PERSISTENT, State.PERSISTENT)


def test_factors_rise_with_the_grade() -> None:
    factors = [FACTORS[grade] for grade in GRADES[1:]]
    assert factors == [1.0, 1.25, 1.25, 1.5, 2.0]
    assert set(FACTORS) == set(GRADES[1:])
