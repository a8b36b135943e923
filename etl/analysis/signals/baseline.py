"""Judges a course period by period: each against those before it, frozen while a bout is open, without long ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from etl.analysis.signals.cusum import Cusum
from etl.analysis.signals.fit import Course, Expected, Fit
from etl.analysis.signals.rhythm import Rhythm
from etl.analysis.signals.rules import IN_A_ROW, MEMORY, Flags, Patterns, Rule, pattern
from etl.analysis.signals.xmr import FEWEST

WILD = 1.5
"""So many times as far as the limits lies what chance does not make even rarely."""


@dataclass(frozen=True)
class Bout:
    """A stretch with signals: the first period marked, the last with a flag, which way that points, quiet ones since.

    It is open until enough quiet periods in a row have followed.
    """

    first: int
    last: int
    direction: int
    quiet: int = 0
    is_open: bool = True


@dataclass(frozen=True)
class Judgement:
    """What is said of one period: what was expected of it (None: it is not judged), and which rules it completes.

    `marks` are the rules whose pattern it belongs to, `alarm` is 1 upwards and -1 downwards; `is_frozen` says that an
    open bout kept its limits from moving.
    """

    expected: Expected | None = None
    flags: Flags = ()
    marks: frozenset[Rule] = frozenset()
    alarm: int = 0
    is_frozen: bool = False


@dataclass(frozen=True)
class Judged:
    """All periods of a course in their order, its bouts, and the places that the newest limits rest on."""

    periods: tuple[Judgement, ...]
    bouts: tuple[Bout, ...]
    basis: tuple[int, ...]

    @property
    def bout(self) -> Bout | None:
        """The bout that is open at the end."""
        return self.bouts[-1] if self.bouts and self.bouts[-1].is_open else None


def judge(
    course: Course, rhythm: Rhythm, restarts: Collection[int] = (), left_out: NDArray[np.bool_] | None = None
) -> Judged:
    """Judge the periods in their order.

    A baseline begins anew at each of the `restarts` (a rebase). Periods `left_out`, such as holidays, are in no
    baseline and are not judged. Source: definitions, Signals, Baseline.
    """
    size = len(course.y)
    walk = _Walk(course, rhythm, [Judgement()] * size)
    is_out = [False] * size if left_out is None else left_out.tolist()
    for place in range(size):
        if place in restarts:
            walk.restart()
        if not is_out[place]:
            walk.step(place)
    return Judged(tuple(walk.periods), tuple(walk.bouts), tuple(walk.basis))


@dataclass
class _Walk:
    """Where the walk through the periods stands, and what it has found so far."""

    course: Course
    rhythm: Rhythm
    periods: list[Judgement]
    bouts: list[Bout] = field(default_factory=list)
    basis: Sequence[int] = ()
    fit: Fit | None = None
    cusum: Cusum = field(default_factory=Cusum)
    patterns: Patterns = field(default_factory=Patterns)
    age: int = 0
    quiet: list[int] = field(default_factory=list)
    recent: list[int] = field(default_factory=list)
    positions: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The values are read one by one."""
        self.y: list[float] = self.course.y.tolist()

    @property
    def is_open(self) -> bool:
        """Whether a bout is."""
        return bool(self.bouts) and self.bouts[-1].is_open

    def restart(self) -> None:
        """Forget all before."""
        self.basis, self.fit, self.cusum, self.quiet, self.recent = (), None, Cusum(), [], []
        if self.is_open:
            self.bouts[-1] = replace(self.bouts[-1], is_open=False)

    def step(self, place: int) -> None:
        """Judge one more period."""
        if not self.is_open and (self.fit is None or self.age >= self.rhythm.step):
            self._set_limits()
        self.age += 1
        expected = self.fit.expected(place) if self.fit else None
        if expected is None:
            self.quiet.append(place)
            return
        away = self.y[place] - expected.centre
        self.recent = [*self.recent[-MEMORY:], place]
        self.positions = [*self.positions[-MEMORY:], away / expected.reach]
        flags, alarm = self.patterns.step(self.positions[-1]), 0
        if self.fit and self.fit.is_sparse:
            flags = tuple(flag for flag in flags if flag[0] is Rule.OUTSIDE)
        else:
            alarm = self.cusum.step(away / expected.deviation)
        self.periods[place] = Judgement(expected, flags, frozenset(), alarm, self.is_open)
        for rule, direction in flags:
            self._mark(rule, direction)
        self._follow(place, flags)

    def _set_limits(self) -> None:
        """Limits from the last quiet periods, and the patterns of the last points as they lie against them."""
        if len(self.quiet) < FEWEST:
            return
        self.basis, self.age = tuple(self.quiet[-self.rhythm.window :]), 0
        self.fit = self.course.fit(self.basis)
        self.patterns, recent = Patterns(), self.recent[-MEMORY:]
        self.recent, self.positions = [], []
        for place in recent:
            if self.fit and (expected := self.fit.expected(place)):
                self.recent.append(place)
                self.positions.append((self.y[place] - expected.centre) / expected.reach)
                self.patterns.step(self.positions[-1])

    def _mark(self, rule: Rule, direction: int) -> None:
        for back in pattern(rule, direction, self.positions):
            place = self.recent[-1 - back]
            self.periods[place] = replace(self.periods[place], marks=self.periods[place].marks | {rule})

    def _follow(self, place: int, flags: Flags) -> None:
        """What a period does to the bout that is open, or that it opens, and whether it may serve as a baseline."""
        if flags:
            self._signal(place, flags[0][1])
            return
        self.quiet.append(place)
        if self.is_open:
            quiet = self.bouts[-1].quiet + 1
            self.bouts[-1] = replace(self.bouts[-1], quiet=quiet, is_open=quiet < self.rhythm.quiet_to_close)
            if not self.is_open:
                self._readmit(self.bouts[-1])

    def _readmit(self, bout: Bout) -> None:
        """Let the periods of a short bout serve as a baseline, but for wild ones: else chance would seem to do less."""
        if bout.last - bout.first < IN_A_ROW:
            mild = [place for place in range(bout.first, bout.last + 1) if self._is_mild(place)]
            self.quiet = sorted([*self.quiet, *mild])

    def _is_mild(self, place: int) -> bool:
        expected = self.periods[place].expected
        return expected is not None and abs(self.y[place] - expected.centre) <= WILD * expected.reach

    def _signal(self, place: int, direction: int) -> None:
        """Carry on the bout that is open, begin one, or one the other way: that ends the first and frees no limits."""
        if self.is_open and self.bouts[-1].direction != direction:
            self.bouts[-1] = replace(self.bouts[-1], is_open=False)
        earlier = self.bouts[:-1] if self.is_open else self.bouts
        closed = earlier[-1].last if earlier else -1
        first = min(each for each in self.recent if each > closed and (self.periods[each].marks or each == place))
        first = min(first, self.bouts[-1].first) if self.is_open else first
        self.bouts = [*earlier, Bout(first, place, direction)]
        self.quiet = [each for each in self.quiet if each < first]
