"""How alerts would be told: those of one group as one message, held while it is quiet hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from etl.alerting import QuietHours
from etl.analysis.alerts.evaluate import Alert
from etl.vocabulary import AlertState

MIDNIGHT = time(0)


@dataclass(frozen=True)
class Message:
    """Firing alerts of one group, due at an instant (UTC); `key` stays the same while they do, so that it is sent once.

    `is_held` says that quiet hours put it off.
    """

    key: str
    group: str
    alerts: tuple[Alert, ...]
    due_at: datetime
    is_held: bool


def messages(alerts: Sequence[Alert], at: datetime, quiet: QuietHours) -> tuple[Message, ...]:
    """One message a group for the alerts that fire and that nobody has acknowledged, to be told from `at` on."""
    due_at = after_quiet_hours(at, quiet)
    groups: dict[str, list[Alert]] = {}
    for alert in alerts:
        if alert.state is AlertState.FIRING:
            groups.setdefault(alert.rule.group or alert.rule.name, []).append(alert)
    return tuple(
        Message(_key(group, found), group, tuple(found), due_at, due_at > at.astimezone(UTC))
        for group, found in sorted(groups.items())
    )


def after_quiet_hours(at: datetime, quiet: QuietHours) -> datetime:
    """The first instant from `at` on, in UTC, that lies outside of the quiet hours."""
    place = ZoneInfo(quiet.zone)
    local = at.astimezone(place)
    while True:
        if local.weekday() in quiet.weekdays:
            local = datetime.combine(local.date() + timedelta(days=1), MIDNIGHT, place)
        elif _is_quiet(local.time(), quiet):
            is_tomorrow = quiet.end <= quiet.start and local.time() >= quiet.start
            local = datetime.combine(local.date() + timedelta(days=is_tomorrow), quiet.end, place)
        else:
            return local.astimezone(UTC)


def _is_quiet(clock: time, quiet: QuietHours) -> bool:
    """Whether a time of day lies in them; they may span midnight, and are none where both ends are the same."""
    if quiet.start <= quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def _key(group: str, alerts: Sequence[Alert]) -> str:
    """A mark of the group and of which episodes it tells."""
    begun = sorted(f"{alert.key}@{alert.opened.start if alert.opened else ''}" for alert in alerts)
    return f"{group}-{sha256(chr(0).join([group, *begun]).encode()).hexdigest()[:12]}"
