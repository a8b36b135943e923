"""How persistent a breakdown is: a state machine over the weekly symbols of its cell (definitions: Breakdowns)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from etl.vocabulary import State, Symbol

GRADES = (State.NONE, State.NEW, State.RELAPSED, State.RECURRING, State.PERSISTENT, State.CHRONIC)
"""From the lowest to the highest."""
FACTORS: Mapping[State, float] = MappingProxyType(
    {
        State.NEW: 1.0,
        State.RELAPSED: 1.25,
        State.RECURRING: 1.25,
        State.PERSISTENT: 1.5,
        State.CHRONIC: 2.0,
    }
)
"""Persistence factor of a severity, by grade; a cell without a grade is not ranked."""
QUIET_TO_CLOSE = 4
EPISODE_GAP = 2
RELAPSE_WEEKS = 26
SHORT_WINDOW, LONG_WINDOW = 4, 13
UNKNOWN_WEEKS = 4


@dataclass(frozen=True)
class Standing:
    """Where a cell stands after its last week.

    `grade` is the highest level of the open bout, else of the last one. Indexes count all calendar weeks from 0:
    `first` is the first signal ever, `opened` the begin of the current or last bout, `observed` the last week that is
    known. `age_weeks` counts calendar weeks from `opened` on, `signal_weeks` the signals of that bout, `quiet_weeks`
    the quiet weeks at its end while it is open; `relapses` the bouts that opened within 26 observed weeks of another.
    `last_known` is the state without the weeks that are unknown.
    """

    state: State = State.NONE
    grade: State = State.NONE
    first: int | None = None
    opened: int | None = None
    observed: int | None = None
    age_weeks: int = 0
    signal_weeks: int = 0
    quiet_weeks: int = 0
    relapses: int = 0
    last_known: State = State.NONE


@dataclass
class Machine:
    """Takes one symbol a calendar week and knows after each where the cell stands."""

    weeks: int = 0
    is_open: bool = False
    _recent: list[bool] = field(default_factory=list)
    _grade: State = State.NONE
    _first: int | None = None
    _opened: int | None = None
    _observed: int | None = None
    _signals: int = 0
    _quiet: int = 0
    _since_close: int | None = None
    _is_relapse: bool = False
    _relapses: int = 0
    _unknown: int = 0

    def step(self, symbol: Symbol) -> None:
        """One more week; weeks of low volume or unknown ones are not counted, only remembered."""
        self.weeks += 1
        if symbol is Symbol.UNKNOWN:
            self._unknown += 1
        elif symbol is not Symbol.LOW:
            self._unknown = 0
            self._observe(symbol is Symbol.SIGNAL)

    def _observe(self, is_signal: bool) -> None:
        self._observed = self.weeks - 1
        self._recent = [*self._recent, is_signal][-LONG_WINDOW:]
        if self._since_close is not None:
            self._since_close += 1
        if is_signal and not self.is_open:
            self._open()
        if self.is_open:
            self._signals += is_signal
            self._quiet = 0 if is_signal else self._quiet + 1
            self._grade = max(self._grade, self._level(), key=GRADES.index)
            if self._quiet == QUIET_TO_CLOSE:
                self.is_open, self._since_close = False, 0

    def _open(self) -> None:
        self._is_relapse = self._since_close is not None and self._since_close <= RELAPSE_WEEKS
        self._relapses += self._is_relapse
        self.is_open, self._opened = True, self.weeks - 1
        self._first = self._opened if self._first is None else self._first
        self._grade, self._signals, self._quiet = State.NONE, 0, 0

    def _level(self) -> State:
        """The level of this week, whatever the bout has reached before."""
        if sum(self._recent) >= 8:
            return State.CHRONIC
        if sum(self._recent[-SHORT_WINDOW:]) >= 3:
            return State.PERSISTENT
        if _episodes(self._recent) >= 3 or self._signals >= 3:
            return State.RECURRING
        return State.RELAPSED if self._is_relapse else State.NEW

    def standing(self) -> Standing:
        """Where the cell stands now."""
        known = self._known()
        return Standing(
            state=State.UNKNOWN if self._unknown >= UNKNOWN_WEEKS else known,
            grade=self._grade,
            first=self._first,
            opened=self._opened,
            observed=self._observed,
            age_weeks=0 if self._opened is None else self.weeks - self._opened,
            signal_weeks=self._signals,
            quiet_weeks=self._quiet if self.is_open else 0,
            relapses=self._relapses,
            last_known=known,
        )

    def _known(self) -> State:
        if self.is_open:
            is_grave = GRADES.index(self._grade) >= GRADES.index(State.PERSISTENT)
            return State.RECOVERING if self._quiet and is_grave else self._grade
        if self._since_close is not None and self._since_close < RELAPSE_WEEKS:
            return State.RESOLVED
        return State.NONE


def _episodes(signals: Sequence[bool]) -> int:
    """Runs of signals; two quiet weeks or more between signals begin a new one."""
    found, quiet = 0, EPISODE_GAP
    for is_signal in signals:
        found += is_signal and quiet >= EPISODE_GAP
        quiet = 0 if is_signal else quiet + 1
    return found


def standing(symbols: Sequence[Symbol]) -> Standing:
    """Where a cell stands after these weeks, the oldest first."""
    machine = Machine()
    for symbol in symbols:
        machine.step(symbol)
    return machine.standing()
