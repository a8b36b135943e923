"""Draws Bars as SVG: horizontal, the few that matter strong and the rest pale, labels never cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap

from dashboard import format, strings
from dashboard.blocks import Bar, Bars
from dashboard.charts.svg import Frame, drawing, element, line, text, width_of

BAR_HEIGHT = 20
ROW_GAP = 14
LINE_HEIGHT = 17
LABEL_SHARE = 0.34
GUTTER = 12


@dataclass(frozen=True)
class _Rows:
    """Places of labels, bars and the words beside them.

    In a narrow frame label and words stand above the bar, which then has the whole width.
    """

    block: Bars
    frame: Frame

    @cached_property
    def label_width(self) -> float:
        """What the labels take beside the bars; 0 when they stand above them."""
        if self.frame.is_narrow:
            return 0.0
        longest = max((width_of(bar.label) for bar in self.block.bars), default=0.0)
        return min(longest + GUTTER + 4, self.frame.width * LABEL_SHARE)

    def lines(self, bar: Bar) -> list[str]:
        """A label in as many lines as it needs."""
        room = self.label_width - GUTTER if self.label_width else self.frame.width
        return wrap(bar.label, max(6, int(room / width_of("m")))) or [strings.MISSING]

    def is_beside_label(self, bar: Bar) -> bool:
        """Whether the words fit on the last line of a label above the bar."""
        return width_of(self.lines(bar)[-1]) + width_of(self.words(bar)) + GUTTER < self.frame.width

    def text_height(self, bar: Bar) -> float:
        """What the label takes, with the words where they stand under it."""
        is_under = self.frame.is_narrow and not self.is_beside_label(bar)
        return LINE_HEIGHT * (len(self.lines(bar)) + is_under)

    def row_height(self, bar: Bar) -> float:
        """How much a bar takes with its label."""
        height = self.text_height(bar)
        return ROW_GAP + (height + BAR_HEIGHT if self.frame.is_narrow else max(height, BAR_HEIGHT))

    @cached_property
    def height(self) -> float:
        """The height of all rows."""
        return sum(self.row_height(bar) for bar in self.block.bars)

    def words(self, bar: Bar) -> str:
        """Value and note of a bar."""
        show = format.change if self.block.is_signed else format.value
        return strings.SEPARATOR.join(part for part in (show(bar.value, self.block.unit), bar.text_note) if part)

    @cached_property
    def extent(self) -> tuple[float, float]:
        """From the lowest to the highest value, zero included; falls alone are drawn to the right like rises."""
        values = [bar.value for bar in self.block.bars if bar.value is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        return (low, high) if high else (0.0, low or 1.0)

    @cached_property
    def span(self) -> tuple[float, float]:
        """Left and right end of the bars, with room for words beyond them where they stand there."""
        if self.frame.is_narrow:
            return 0.0, self.frame.width
        room = max((width_of(self.words(bar)) for bar in self.block.bars), default=0.0) + GUTTER
        is_mixed = self.extent[0] < 0.0
        return self.label_width + (room if is_mixed else 0.0), self.frame.width - room

    def x(self, value: float) -> float:
        """The place of a value."""
        (low, high), (left, right) = self.extent, self.span
        return left + (value - low) / (high - low) * (right - left)


def draw_bars(block: Bars, frame: Frame) -> str:
    """The ranking as one SVG text, as high as its rows need."""
    rows = _Rows(block, frame)
    parts: list[str] = []
    y = ROW_GAP / 2
    for bar in block.bars:
        parts += _above(rows, bar, y) if frame.is_narrow else _beside(rows, bar, y)
        y += rows.row_height(bar)
    description = "; ".join(f"{bar.label} {rows.words(bar)}" for bar in block.bars)
    return drawing(Frame(frame.width, rows.height), block.title, description, parts, "chart bars")


def _above(rows: _Rows, bar: Bar, y: float) -> Iterator[str]:
    """Label and words over the bar."""
    lines = rows.lines(bar)
    for number, words in enumerate(lines):
        yield text(words, 0, y + 12 + LINE_HEIGHT * number, _ink(bar))
    height = rows.text_height(bar)
    if rows.is_beside_label(bar):
        yield text(rows.words(bar), rows.frame.width, y + height - 5, _ink(bar), anchor="end")
    else:
        yield text(rows.words(bar), 0, y + height - 5, _ink(bar))
    yield from _bar(rows, bar, y + height)


def _beside(rows: _Rows, bar: Bar, y: float) -> Iterator[str]:
    """Label left of the bars, words at the end of this one."""
    lines = rows.lines(bar)
    room = max(BAR_HEIGHT, LINE_HEIGHT * len(lines))
    first = y + (room - LINE_HEIGHT * len(lines)) / 2 + 13
    for number, words in enumerate(lines):
        yield text(words, rows.label_width - GUTTER, first + LINE_HEIGHT * number, _ink(bar), anchor="end")
    top = y + (room - BAR_HEIGHT) / 2
    yield from _bar(rows, bar, top)
    zero, end = rows.x(0.0), rows.x(bar.value or 0.0)
    place, anchor = (end - 8, "end") if end < zero else (end + 8, "start")
    yield text(rows.words(bar), place, top + 15, _ink(bar), anchor=anchor)


def _bar(rows: _Rows, bar: Bar, top: float) -> Iterator[str]:
    zero, end = rows.x(0.0), rows.x(bar.value or 0.0)
    if bar.value is not None:
        class_ = "bar strong-bar" if bar.is_highlight else "bar"
        width = max(abs(end - zero), 1.5)
        yield element("rect", x=min(zero, end), y=top, width=width, height=BAR_HEIGHT, rx=3, class_=class_)
    if rows.extent[0] < 0.0:
        yield line((zero, top - 3), (zero, top + BAR_HEIGHT + 3), "zero")


def _ink(bar: Bar) -> str:
    return "strong" if bar.is_highlight else "quiet"
