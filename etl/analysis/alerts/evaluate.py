"""All alerts of the published data as of a day: where each stands, since when, and who knows of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.alerting import Acknowledgement, AlertRule
from etl.analysis.alerts.machine import Standing, standing
from etl.analysis.alerts.watch import Observation, Watched, watch
from etl.errors import UserError
from etl.metrics.answer import Ask, Where
from etl.metrics.filters import only
from etl.owners import Owner, owner_of
from etl.vocabulary import AlertState, Dimension, Symbol

OPEN = (AlertState.FIRING, AlertState.ACKNOWLEDGED)
ORDER = (AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.RECOVERED, AlertState.REARMED, AlertState.OK)


@dataclass(frozen=True)
class Alert:
    """One thing watched and where it stands.

    `opened` is the first period with a signal of its last episode, `signal` the last one, `observed` the last period
    that says anything; `acknowledgement` is that of this episode.
    `owner` answers for it: whom `owners.csv` names for the place, else the rule's; empty for nobody.
    """

    watched: Watched
    standing: Standing
    opened: Observation | None
    signal: Observation | None
    observed: Observation | None
    acknowledgement: Acknowledgement | None
    owner: str = ""

    @property
    def key(self) -> str:
        """What it is called."""
        return self.watched.key

    @property
    def rule(self) -> AlertRule:
        """By which it is raised."""
        return self.watched.rule

    @property
    def where(self) -> Where:
        """What it watches; everything where it is empty."""
        return self.watched.where

    @property
    def state(self) -> AlertState:
        """Where it stands."""
        return self.standing.state

    @property
    def is_open(self) -> bool:
        """Whether it has not recovered."""
        return self.state in OPEN


@dataclass(frozen=True)
class AlertBoard:
    """All alerts as of a day, firing ones first; `as_of` is None while no source has a complete day.

    `orphans` are acknowledgements of episodes that the data no longer have.
    """

    as_of: date | None
    alerts: tuple[Alert, ...]
    orphans: tuple[Acknowledgement, ...] = ()

    @property
    def open(self) -> tuple[Alert, ...]:
        """Those that have not recovered."""
        return tuple(alert for alert in self.alerts if alert.is_open)

    @property
    def firing(self) -> tuple[Alert, ...]:
        """Those that nobody has acknowledged."""
        return tuple(alert for alert in self.alerts if alert.state is AlertState.FIRING)

    def named(self, key: str) -> Alert:
        """The alert of a key; a UserError names the nearest."""
        found = {alert.key: alert for alert in self.alerts}
        if key not in found:
            opened = ", ".join(repr(alert.key) for alert in self.open) or "none is open"
            raise UserError(f"alert {key!r}: there is none of that key; open are: {opened}. See cx alerts.")
        return found[key]


def alert_board(ask: Ask, as_of: date | None = None) -> AlertBoard:
    """Evaluate all rules on the data up to a day, by default the newest watermark; never by the clock.

    The same data and acknowledgements give the same states, in whatever order they were loaded.
    """
    newest = ask.as_of
    if newest is None:
        return AlertBoard(None, ())
    through, alerting = min(as_of or newest, newest), ask.alerting
    known = [each for each in alerting.acknowledgements if each.as_of <= through]
    alerts = [
        _alert(each, known, ask.commitments.owners) for rule in alerting.rules for each in watch(ask, rule, through)
    ]
    alerts.sort(key=lambda alert: (ORDER.index(alert.state), -_day(alert.opened), alert.key))
    begun = {(alert.key, opened) for alert in alerts for opened in _openings(alert)}
    orphans = tuple(each for each in known if (each.alert, each.opened) not in begun)
    return AlertBoard(through, tuple(alerts), orphans)


def _alert(watched: Watched, known: Iterable[Acknowledgement], owners: Iterable[Owner]) -> Alert:
    seen, rule = watched.observations, watched.rule
    mine = {each.opened: each for each in known if each.alert == watched.key}
    places = [place for place, observation in enumerate(seen) if observation.start in mine]
    stands = standing([each.symbol for each in seen], rule.recover_after, rule.rearm_after, places)
    last = stands.episodes[-1] if stands.episodes else None
    opened = seen[last.opened] if last else None
    return Alert(
        watched=watched,
        standing=stands,
        opened=opened,
        signal=seen[last.last] if last else None,
        observed=_observed(seen),
        acknowledgement=mine.get(opened.start) if opened else None,
        owner=_owner(watched, owners),
    )


def _owner(watched: Watched, owners: Iterable[Owner]) -> str:
    cause, touchpoint = (only(watched.where, dimension) for dimension in (Dimension.CAUSE, Dimension.TOUCHPOINT))
    return owner_of(owners, cause, touchpoint) or watched.rule.owner


def _observed(seen: Sequence[Observation]) -> Observation | None:
    return next((each for each in reversed(seen) if each.symbol in (Symbol.SIGNAL, Symbol.QUIET)), None)


def _openings(alert: Alert) -> list[date]:
    return [alert.watched.observations[episode.opened].start for episode in alert.standing.episodes]


def _day(observation: Observation | None) -> int:
    return observation.start.toordinal() if observation else 0
