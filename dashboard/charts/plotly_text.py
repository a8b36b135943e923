"""The texts of the browser's charts: markup of our own, and every word of the data made literal."""

from html import escape, unescape
from textwrap import wrap

from dashboard import format as words
from dashboard.blocks import Bar, Bars, Point, Series, Trend
from dashboard.charts.svg import width_of
from dashboard.charts.theme import FONT_SIZE
from dashboard.strings import MISSING, SO_FAR, signals
from dashboard.strings.history import PROBABLE

LABEL_WIDTH = 26
NAME_WIDTH, NAME_LINES = 14, 3
"""Letters in a line at the end of a line of the chart, and such lines; what a mark tells has the whole name."""
NOTE_SIZE = FONT_SIZE - 2


def literal(text: str) -> str:
    """Data as plotly shows it literally: no tags, no links, and no `#` that could spell a placeholder colour."""
    return escape(text, quote=False).replace("#", "&#35;")


def hover(series: Series, point: Point, block: Trend) -> str:
    """Period, value, interval and base; for a hole its reason."""
    name = f"{literal(series.name)} · " if len(block.series) > 1 and series.name else ""
    lines = [f"{name}{literal(point.label or words.period(block.grain, point.period, point.start))}"]
    if point.value is None:
        return "<br>".join([*lines, literal(point.reason or MISSING)])
    lines.append(f"<b>{literal(words.value(point.value, block.unit))}</b>")
    if point.per_day is not None:
        lines.append(literal(words.per_day(point.per_day, None)))
    if interval := words.interval(point.low, point.high, block.unit):
        lines.append(f"95% interval {literal(interval)}")
    lines.append(f"n = {words.count(point.n)}" + ("" if point.complete else " · not complete yet"))
    if point.limits:
        lines.append(literal(signals.expected(words.interval(point.limits.low, point.limits.high, block.unit))))
    if point.marks:
        lines.append(literal(signals.signal(signals.raised_at(point.flags, point.marks))))
    lines += [literal(remark) for remark in (point.reason, point.restated) if remark]
    return "<br>".join(lines)


def probable(point: Point, block: Trend) -> str:
    """What an unfinished period will probably be, with its interval."""
    value, low, high = point.probable or (None, None, None)
    told = f"{PROBABLE} {words.value(value, block.unit)}"
    return "<br>".join(
        [
            literal(point.label or words.period(block.grain, point.period, point.start)),
            f"<b>{literal(told)}</b>",
            f"90% interval {literal(words.interval(low, high, block.unit))}",
        ]
    )


def last_label(series: Series, point: Point, block: Trend) -> str:
    """What stands at a line's end: its value, its name where there are several, whether it is unfinished.

    A line for comparison has its name alone: the value to read is the other one's.
    """
    value = f"<b>{literal(words.value(point.value, block.unit, is_compact=True))}</b>"
    name = [literal(line) for line in wrap(series.name, NAME_WIDTH, max_lines=NAME_LINES, placeholder="…")]
    if series.is_muted:
        return "<br>".join(name)
    is_alone = sum(not each.is_muted for each in block.series) == 1
    lines = [value] if is_alone else [value, *name]
    return "<br>".join([*lines, SO_FAR] if is_alone and not point.complete else lines)


def label_width(text: str) -> float:
    """About how many pixels the longest line of a label takes."""
    lines = unescape(text.replace("<b>", "").replace("</b>", "")).split("<br>")
    return max(width_of(line) for line in lines)


def bar_label(bar: Bar) -> list[str]:
    """The name in lines short enough for a phone, and under it the note in small."""
    name = [literal(line) for line in wrap(bar.label, LABEL_WIDTH)]
    note = [
        f'<span style="font-size:{NOTE_SIZE}px">{literal(line)}</span>' for line in wrap(bar.text_note, LABEL_WIDTH + 6)
    ]
    return name + note


def bar_text(bar: Bar, block: Bars, *, is_whole: bool = False) -> str:
    """The number at a bar's end; that it is in points is said by the title, and at the bar only when it is whole."""
    text = words.change(bar.value, block.unit) if block.is_signed else words.value(bar.value, block.unit)
    return literal(text if is_whole else text.removesuffix(f"{words.FIXED}points"))
