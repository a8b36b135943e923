"""Made-up customers for the canned company: what some of them went through, with words as hostile as a source's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from etl.calendar import Period
from etl.metrics.answer import Where
from etl.metrics.ways import Journey, OpenFailure, Outcry, Step, Stop
from etl.vocabulary import UNASSIGNED

CHANNELS = ("phone", "chat", "email", "phone", "social")
REASON = "=<b>wrong</b> invoice"


@dataclass(frozen=True)
class CannedWays:
    """So many days of them; a company under a hundredth of the usual size has none."""

    first_day: date | None
    as_of: date | None
    volume: float
    place: str

    def worst(self, period: Period, where: Where = (), most: int = 10) -> tuple[Journey, ...]:
        """Three journeys of three, two and one contact; one that is not a week old is not told."""
        if self._is_silent(period.end) or (self.as_of or date.min) < period.end + timedelta(days=7):
            return ()
        del where
        return tuple(_journey(number, period.start, self.place) for number in range(3))[:most]

    def steps(self, start: date, end: date, where: Where = ()) -> Sequence[Step]:
        """More came back by the same channel than by another."""
        del end, where
        if self._is_silent(start):
            return ()
        return (Step("phone", "phone", 40), Step("chat", "phone", 15), Step("phone", "social", 5))

    def outcries(self, start: date, end: date, where: Where = ()) -> Sequence[Outcry]:
        """One."""
        del end, where
        begun = datetime.combine(start, time(9))
        about = (REASON, begun + timedelta(hours=30), "mastodon")
        return () if self._is_silent(start) else (Outcry("handle:0123456789ab", begun, "chat", "app", *about),)

    def open_failures(self, start: date, end: date, where: Where = ()) -> Sequence[OpenFailure]:
        """One customer who went public, one whose call went astray, twice the same who was told no."""
        del start, where
        if self._is_silent(end):
            return ()
        today = datetime.combine(end, time(10))
        return (
            OpenFailure("email:a1", today, "phone", "app", REASON, 3, False, True, False, None, None, "calls.csv:7"),
            OpenFailure(
                "handle:b2", today - timedelta(days=3), "chat", "app", UNASSIGNED, 2, False, False, True, today, today
            ),
            OpenFailure("id:c3", today - timedelta(days=6), "chat", None, None, 1, True, False, False, None, today),
            OpenFailure("id:c3", today - timedelta(days=9), "chat", "app", None, 1, False, False, False, None, today),
        )

    def _is_silent(self, day: date) -> bool:
        return (
            self.first_day is None
            or self.as_of is None
            or self.volume < 0.01
            or not self.first_day <= day <= self.as_of
        )


def _journey(number: int, start: date, place: str) -> Journey:
    begun = datetime.combine(start, time(8 + number))
    stops = tuple(
        Stop(
            10 * number + step, begun + timedelta(days=2 * step, hours=step), CHANNELS[number + step], place, REASON,
            step != 1, int(step == 0), 95.0 if step == 0 else None, f"/data/inbox/calls.csv:{step}",
        )
        for step in range(3 - number)
    )  # fmt: skip
    return Journey(number, f"email:{number}bcdef0123456789", 120.0 - 30 * number, 22.5, 1, 2 - number, 1, stops)
