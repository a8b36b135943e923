"""When and how alerts would be told: quiet hours hold them, a group becomes one message."""

from datetime import UTC, date, datetime, time

import pytest

from etl.alerting import AlertRule, QuietHours
from etl.analysis.alerts.evaluate import Alert
from etl.analysis.alerts.machine import standing
from etl.analysis.alerts.messages import after_quiet_hours, messages
from etl.analysis.alerts.watch import Observation, Watched
from etl.vocabulary import Condition, Dimension, Symbol

NIGHT = QuietHours(time(20), time(7), frozenset({5, 6}), "Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-04 12:00", "2026-03-04 12:00"),
        ("2026-03-04 19:00", "2026-03-05 06:00"),
        ("2026-03-04 18:59", "2026-03-04 18:59"),
        ("2026-03-05 05:59", "2026-03-05 06:00"),
        ("2026-03-05 06:00", "2026-03-05 06:00"),
        ("2026-03-06 19:30", "2026-03-09 06:00"),
        ("2026-03-07 12:00", "2026-03-09 06:00"),
        ("2026-03-27 21:00", "2026-03-30 05:00"),
    ],
)
def test_quiet_hours_end_on_the_next_working_morning(at: str, due: str) -> None:
    """In Berlin: UTC+1, from 29 March 2026 UTC+2."""
    assert after_quiet_hours(utc(at), NIGHT) == utc(due)


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = QuietHours(time(12), time(13, 30))
    assert after_quiet_hours(utc("2026-03-04 12:10"), noon) == utc("2026-03-04 13:30")
    assert after_quiet_hours(utc("2026-03-04 13:30"), noon) == utc("2026-03-04 13:30")
    assert after_quiet_hours(utc("2026-03-07 03:00"), QuietHours()) == utc("2026-03-07 03:00")


def alert(name: str, history: str, group: str = "", place: str = "") -> Alert:
    days = [date.fromordinal(date(2026, 3, 1).toordinal() + number) for number in range(len(history))]
    seen = tuple(Observation(day, day, Symbol(sign)) for day, sign in zip(days, history, strict=True))
    rule = AlertRule(name, name, Condition.OUTSIDE, "nps", recover_after=2, rearm_after=2, group=group)
    stands = standing([each.symbol for each in seen], 2, 2)
    where = ((Dimension.TOUCHPOINT, (place,)),) if place else ()
    opened = seen[stands.episodes[-1].opened] if stands.episodes else None
    return Alert(Watched(rule, where, seen), stands, opened, opened, seen[-1], None)


def test_one_message_a_group_for_what_fires() -> None:
    found = [
        alert("a", "QS", "reach"), alert("b", "SS", "reach"), alert("c", "QS"), alert("d", "SQQ", "reach"),
        alert("e", "QQ", "reach"),
    ]  # fmt: skip
    told = messages(found, utc("2026-03-04 22:00"), NIGHT)
    assert [(each.group, [alert.key for alert in each.alerts], each.is_held) for each in told] == [
        ("c", ["c"], True), ("reach", ["a", "b"], True),
    ]  # fmt: skip
    assert {each.due_at for each in told} == {utc("2026-03-05 06:00")}


def test_a_message_keeps_its_key_until_it_tells_something_else() -> None:
    def key(*found: Alert) -> str:
        (message,) = messages(found, utc("2026-03-04 12:00"), NIGHT)
        return message.key

    first = key(alert("a", "QS", "reach"))
    assert key(alert("a", "QSS", "reach")) == first
    assert key(alert("a", "QS", "reach"), alert("b", "QQS", "reach")) != first
    assert key(alert("a", "SQQQQS", "reach")) != first
