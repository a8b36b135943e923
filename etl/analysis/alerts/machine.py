"""The state machine of an alert: raised by a signal, over only after quiet periods, told anew only after more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from etl.vocabulary import AlertState, Symbol


@dataclass(frozen=True)
class Episode:
    """One time that an alert was raised, by the places of its periods: `opened` by the first signal, the `last` signal,
    and the period in which it had been quiet for long enough; `recovered` is None while it is open.
    """

    opened: int
    last: int
    recovered: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where an alert stands after its last period, and all its episodes, the oldest first.

    `quiet` counts the quiet periods since the last signal; periods that are unknown count for nothing.
    """

    state: AlertState
    episodes: tuple[Episode, ...] = ()
    quiet: int = 0


@dataclass
class Machine:
    """Takes one symbol a period.

    From `ok` a signal raises the alert. It has recovered after `recover_after` quiet periods in a row; a signal before
    `rearm_after` more is the same episode come back, so that what flickers is told once; after them it is re-armed,
    and the next signal is a new episode.
    """

    recover_after: int
    rearm_after: int
    episodes: list[Episode] = field(default_factory=list)
    _place: int = -1
    _quiet: int = 0

    def step(self, symbol: Symbol) -> None:
        """One more period; those of low volume or unknown ones change nothing."""
        self._place += 1
        if symbol is Symbol.SIGNAL:
            self._signal()
        elif symbol is Symbol.QUIET and self.episodes:
            self._quiet += 1
            if self._quiet == self.recover_after:
                self.episodes[-1] = Episode(self.episodes[-1].opened, self.episodes[-1].last, self._place)

    def _signal(self) -> None:
        is_same = bool(self.episodes) and self._quiet < self.recover_after + self.rearm_after
        first = self.episodes.pop().opened if is_same else self._place
        self.episodes.append(Episode(first, self._place))
        self._quiet = 0

    def standing(self, acknowledged: Collection[int] = ()) -> Standing:
        """Where it stands; `acknowledged` are the places at which episodes opened that somebody knows of."""
        return Standing(self._state(acknowledged), tuple(self.episodes), self._quiet if self.episodes else 0)

    def _state(self, acknowledged: Collection[int]) -> AlertState:
        if not self.episodes:
            return AlertState.OK
        if self._quiet >= self.recover_after + self.rearm_after:
            return AlertState.REARMED
        if self._quiet >= self.recover_after:
            return AlertState.RECOVERED
        return AlertState.ACKNOWLEDGED if self.episodes[-1].opened in acknowledged else AlertState.FIRING


def standing(
    symbols: Sequence[Symbol], recover_after: int, rearm_after: int, acknowledged: Collection[int] = ()
) -> Standing:
    """Where an alert stands after these periods, the oldest first."""
    machine = Machine(recover_after, rearm_after)
    for symbol in symbols:
        machine.step(symbol)
    return machine.standing(acknowledged)
