"""Rules scored by hand: alarms that trouble followed, alarms during it, alarms too young, trouble that came unseen."""

from datetime import date, timedelta

from etl.alerting import AlertRule
from etl.analysis.alerts.evaluate import Alert, AlertBoard
from etl.analysis.alerts.machine import standing
from etl.analysis.alerts.score import Trouble, _grave, concerns, missed, scores
from etl.analysis.alerts.watch import Observation, Watched
from etl.metrics.answer import Where
from etl.vocabulary import Condition, Dimension, State, Symbol

FIRST = date(2026, 1, 5)
SHOP: Where = ((Dimension.CAUSE, ("late bill",)), (Dimension.TOUCHPOINT, ("shop",)))
DESK: Where = ((Dimension.TOUCHPOINT, ("desk",)),)


def week(place: int) -> date:
    return FIRST + timedelta(weeks=place)


def alert(name: str, history: str, where: Where = (), condition: Condition = Condition.OUTSIDE) -> Alert:
    seen = tuple(
        Observation(week(place), week(place) + timedelta(days=6), Symbol(sign)) for place, sign in enumerate(history)
    )
    rule = AlertRule(name, name, condition, "nps", recover_after=1, rearm_after=1, state=State.PERSISTENT)
    stands = standing([each.symbol for each in seen], 1, 1)
    opened = seen[stands.episodes[-1].opened] if stands.episodes else None
    return Alert(Watched(rule, where, seen), stands, opened, opened, seen[-1], None)


def board(*alerts: Alert) -> AlertBoard:
    weeks = max(len(alert.watched.observations) for alert in alerts)
    return AlertBoard(week(weeks) - timedelta(days=1), alerts)


def test_precision_and_lead() -> None:
    """Alarms end on the Sundays of weeks 0, 4, 10 and 18 of 20; trouble from week 2 to 5 (Wednesday) and from 17."""
    found = (
        Trouble(week(2) + timedelta(days=2), week(5), SHOP),
        Trouble(week(17), None, SHOP),
    )
    (score,) = scores(board(alert("a", "SQQQSQQQQQSQQQQQQQSQ")), found)
    assert (score.alarms, score.followed, score.during, score.pending) == (4, 1, 2, 0)
    assert score.lead_days == (week(2) + timedelta(days=2) - (week(1) - timedelta(days=1))).days == 10
    assert score.precision == 3 / 4


def test_an_alarm_is_judged_only_after_six_weeks() -> None:
    (score,) = scores(board(alert("a", "SQQQQQQQSQ")), ())
    assert (score.alarms, score.followed, score.during, score.pending, score.precision) == (2, 0, 0, 1, 0.0)


def test_by_chance_is_the_share_of_periods_that_trouble_follows() -> None:
    """Trouble on the Monday of week 8, over at once: weeks 2 to 7 end within six weeks before it, of 14 judged."""
    (score,) = scores(board(alert("a", "Q" * 20)), (Trouble(week(8), week(8), SHOP),))
    assert score.by_chance == 6 / 14
    assert (score.alarms, score.precision, score.lead_days) == (0, None, None)


def test_a_segment_warns_of_its_own_trouble_only() -> None:
    found = (Trouble(week(2), None, SHOP),)
    elsewhere, there = scores(board(alert("a", "SQQQQQQQQQ", DESK), alert("b", "SQQQQQQQQQ", SHOP)), found)
    assert (elsewhere.followed, there.followed) == (0, 1)
    assert concerns(((Dimension.CHANNEL, ("phone",)),), SHOP)
    assert concerns((), SHOP)
    assert not concerns(DESK, SHOP)


def test_trouble_without_an_alarm_before_it_is_missed() -> None:
    found = (Trouble(week(2), week(3), SHOP), Trouble(week(12), None, SHOP))
    assert missed(board(alert("a", "QSQQQQQQQQQQQQ")), found) == (found[1],)
    assert missed(board(alert("a", "QQQQSSSSSSSSSS")), found) == (found[0],)
    assert missed(board(alert("a", "QSQQQQQQQQQQQQ", DESK)), found) == found


def test_what_only_states_that_trouble_is_there_warns_of_none() -> None:
    found = (Trouble(week(2), None, SHOP),)
    late = board(alert("a", "SSSS", SHOP, Condition.BREAKDOWN), alert("b", "SSSS", (), Condition.SILENCE))
    assert scores(late, found) == ()
    assert missed(late, found) == found


def test_when_breakdowns_became_persistent_and_closed() -> None:
    symbols = [Symbol(sign) for sign in "QSSSQQQQQSQSSS"]
    starts = [week(place) for place in range(len(symbols))]
    sundays = [start + timedelta(days=6) for start in starts]
    assert list(_grave(starts, symbols)) == [(sundays[3], sundays[7]), (sundays[12], None)]
