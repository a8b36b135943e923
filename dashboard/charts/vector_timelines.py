"""Draws Timelines as SVG: a line a customer, a dot a contact, coloured and named by channel."""

from collections.abc import Iterator
from html import escape

from dashboard.charts.scale import hour_ticks
from dashboard.charts.svg import Frame, drawing, element, line, text, width_of
from dashboard.strings import journeys as words
from dashboard.timelines import Dot, Timeline, Timelines

ROW, KEY, FOOT = 46, 30, 26
LABEL, RADIUS, MARGIN = 15, 6.5, 14
MOST_TICKS, MOST_NARROW = 9, 5


def draw_timelines(block: Timelines, frame: Frame) -> str:
    """The timelines as one SVG text, as high as its rows need; label and note stand above each line."""
    row = ROW + (LABEL if frame.is_narrow else 0)
    height = KEY + row * len(block.lines) + FOOT
    parts = [*_key(block), *_days(block, frame, height)]
    for place, each in enumerate(block.lines):
        parts += _row(block, frame, each, KEY + row * place)
    description = "; ".join(f"{each.label}: {', '.join(dot.words for dot in each.dots)}" for each in block.lines)
    return drawing(Frame(frame.width, height), block.title, description, parts, "chart timelines")


def _x(block: Timelines, frame: Frame, days: float) -> float:
    return MARGIN + days / block.longest * (frame.width - 2 * MARGIN)


def _key(block: Timelines) -> Iterator[str]:
    """The channels by colour, then what a hollow dot means."""
    x = 2.0
    for place, channel in enumerate(block.channels):
        yield element("circle", cx=x + 5, cy=9, r=5, class_=f"dot line-{place % 5 + 1}")
        yield text(channel, x + 15, 13, "small")
        x += 15 + width_of(channel) + 14
    yield element("circle", cx=x + 5, cy=9, r=5, class_="dot hollow muted")
    yield text(words.HOLLOW, x + 15, 13, "small quiet")


def _days(block: Timelines, frame: Frame, height: float) -> Iterator[str]:
    """Time after the first contact, as many marks as there is room for."""
    ticks = hour_ticks(block.longest, MOST_NARROW if frame.is_narrow else MOST_TICKS)
    for hours in ticks:
        x = _x(block, frame, hours / 24)
        yield line((x, KEY - 4), (x, height - FOOT), "grid")
        yield text(words.tick(hours, ticks.step), x, height - 8, "quiet small", anchor="middle" if hours else "start")


def _row(block: Timelines, frame: Frame, each: Timeline, top: float) -> Iterator[str]:
    y = top + LABEL * (2 if frame.is_narrow else 1) + 16
    yield text(each.label, 0, top + 11, "strong small halo")
    if frame.is_narrow:
        yield text(each.note, 0, top + 11 + LABEL, "quiet small halo")
    else:
        yield text(each.note, width_of(each.label), top + 11, "quiet small halo")
    if len(each.dots) > 1:
        yield line((_x(block, frame, each.dots[0].days), y), (_x(block, frame, each.dots[-1].days), y), "zero")
    for dot in each.dots:
        yield from _dot(block, frame, dot, y)


def _dot(block: Timelines, frame: Frame, dot: Dot, y: float) -> Iterator[str]:
    colour = f"line-{block.channels.index(dot.channel) % 5 + 1}"
    shape = f"dot hollow {colour}" if dot.is_hollow else f"dot {colour}"
    x = _x(block, frame, dot.days)
    yield element("circle", element("title", escape(dot.words, quote=False)), cx=x, cy=y, r=RADIUS, class_=shape)
    if dot.sign:
        yield text(dot.sign, x + RADIUS + 3, y + 4, "small strong halo")
