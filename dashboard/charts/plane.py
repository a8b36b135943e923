"""Where the periods and values of a Trend lie in a drawing, and how much room its labels take."""

from dataclasses import dataclass
from functools import cached_property

from dashboard import format, strings
from dashboard.blocks import Point, Series, Trend
from dashboard.charts.scale import drawn_numbers, unit_ticks
from dashboard.charts.svg import SMALL, Frame, width_of


@dataclass(frozen=True)
class Plane:
    """Where periods and values lie: all places come from here."""

    block: Trend
    frame: Frame

    @cached_property
    def findings(self) -> tuple[Series, ...]:
        """The lines that are not for comparison only."""
        return tuple(series for series in self.block.series if not series.is_muted)

    @cached_property
    def ticks(self) -> list[float]:
        """Round values that enclose everything drawn, in steps that suit the unit."""
        return unit_ticks(drawn_numbers(self.block), self.block.unit, most=5 if self.frame.is_narrow else 6)

    @cached_property
    def is_keyed(self) -> bool:
        """Whether the lines are named above the plot, because beside it their names would take too much room."""
        longest = max((width_of(series.name) for series in self.findings), default=0.0)
        return len(self.findings) > 1 and longest > self.frame.width * 0.24

    @cached_property
    def key_rows(self) -> tuple[tuple[tuple[float, str, int], ...], ...]:
        """Names above the plot in rows: place, words, number of the series."""
        if not self.is_keyed:
            return ()
        rows: list[list[tuple[float, str, int]]] = [[]]
        x = 0.0
        for number, series in enumerate(self.findings):
            words = f"{letter(number)}  {series.name}"
            if x and x + width_of(words) + 24 > self.frame.width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, words, number))
            x += width_of(words) + 24
        return tuple(tuple(row) for row in rows)

    @cached_property
    def top(self) -> float:
        """The upper edge of the plot."""
        return 22 + 20 * len(self.key_rows)

    @property
    def bottom(self) -> float:
        """The lower edge of the plot."""
        return self.frame.height - 26

    @cached_property
    def left(self) -> float:
        """The left edge: what the longest tick label needs."""
        return 10 + max(width_of(format.tick(tick, self.block.unit), SMALL) for tick in self.ticks)

    @cached_property
    def right(self) -> float:
        """The right edge: what the longest last label leaves."""
        return self.frame.width - 14 - max((width_of(words) for _, _, words, _ in last_labels(self)), default=0.0)

    @cached_property
    def count(self) -> int:
        """How many periods the axis holds."""
        return max((len(series.points) for series in self.block.series), default=0)

    def x(self, place: float) -> float:
        """The middle of the period at a place (0 is the first)."""
        return self.left + (place + 0.5) * (self.right - self.left) / max(self.count, 1)

    def y(self, value: float) -> float:
        """The height of a value."""
        low, high = self.ticks[0], self.ticks[-1]
        value = min(max(value, low), high)
        return self.bottom - (value - low) / ((high - low) or 1.0) * (self.bottom - self.top)


def last_labels(plane: Plane) -> list[tuple[Series, Point, str, str]]:
    """Series, its last point with a value, the words beside it and their class."""
    labels = []
    for series in plane.block.series:
        drawn = [point for point in series.points if point.value is not None]
        if not drawn or (series.is_muted and plane.frame.is_narrow):
            continue
        value = format.value(drawn[-1].value, plane.block.unit, is_compact=True)
        if series.is_muted:
            labels.append((series, drawn[-1], series.name, "quiet"))
        else:
            number = plane.findings.index(series)
            name = "" if len(plane.findings) == 1 else letter(number) if plane.is_keyed else series.name
            so_far = "" if drawn[-1].complete or len(plane.findings) > 1 else strings.SO_FAR
            labels.append(
                (series, drawn[-1], " ".join(filter(None, (value, name, so_far))), f"ink-{number + 1} strong")
            )
    return labels


def letter(number: int) -> str:
    """What stands for the name of a line where there is no room for it."""
    return "ABCDE"[number % 5]
