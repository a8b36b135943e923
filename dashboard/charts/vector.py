"""Draws a Trend as SVG: line and interval, target, holes as gaps, unfinished periods hollow and hatched."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard import format, strings
from dashboard.blocks import Point, Series, Trend
from dashboard.charts.plane import Plane, last_labels
from dashboard.charts.scale import spread, steps
from dashboard.charts.svg import SMALL, Frame, drawing, element, line, path, text, width_of
from dashboard.charts.vector_history import draw_probable, draw_restated
from dashboard.charts.vector_limits import draw_limits, draw_signals
from dashboard.charts.vector_marks import draw_marks
from dashboard.strings import signals as signal_words
from dashboard.strings.history import PROBABLE
from etl.vocabulary import Unit

LABEL_GAP = 17
TICK_WIDTH = 78
HATCH = 7
MOST_DOTS = 60


def draw_trend(block: Trend, frame: Frame, *, has_words: bool = True) -> str:
    """The trend as one SVG text for a place about as wide as the frame.

    Without words the columns that react to a pointer do not say what they stand for: of several drawings of one
    trend, one needs to.
    """
    plane = Plane(block, frame)
    parts = [
        *_grid(plane), *_unfinished(plane), *draw_marks(plane), *_bands(plane), *_target(plane),
        *(mark for series in reversed(block.series) for mark in _line(plane, series)),
        *(dot for series in plane.findings for dot in draw_signals(plane, series)),
        *draw_probable(plane), *draw_restated(plane),
        *_names(plane), *_last_complete(plane), *_hits(plane, has_words),
    ]  # fmt: skip
    return drawing(frame, block.title, _description(block), parts, "chart trend")


def _grid(plane: Plane) -> Iterator[str]:
    for tick in plane.ticks:
        y = plane.y(tick)
        yield line((plane.left, y), (plane.right, y), "grid")
        yield text(format.tick(tick, plane.block.unit), plane.left - 8, y + 4, "quiet small", anchor="end")
    points = max((series.points for series in plane.block.series), key=len, default=())
    every = max(1, -(-plane.count * TICK_WIDTH // max(1, int(plane.right - plane.left))))
    year = None
    for place in range((plane.count - 1) % every, plane.count, every):
        point = points[place]
        own_year = format.axis_year(point.period, point.start)
        words = format.axis_period(plane.block.grain, point.period, point.start, has_year=own_year != year)
        year = own_year
        yield text(words, plane.x(place), plane.bottom + 20, "quiet small", anchor="middle")


def _unfinished(plane: Plane) -> Iterator[str]:
    """Hatching and words behind the periods at the end that are not complete."""
    points = plane.findings[0].points if plane.findings else ()
    place = len(points)
    while place and not points[place - 1].complete:
        place -= 1
    if place == len(points):
        return
    half = (plane.right - plane.left) / plane.count / 2
    left, right = plane.x(place) - half, plane.x(len(points) - 1) + half
    yield element(
        "rect", x=left, y=plane.top, width=right - left, height=plane.bottom - plane.top, class_="unfinished-area"
    )
    yield from _hatching(left, right, plane.top, plane.bottom)
    words = points[-1].reason or strings.UNFINISHED
    if width_of(words, SMALL) > plane.frame.width - plane.left:
        words = words.partition(";")[0]
    yield text(words, max(right, plane.left + width_of(words, SMALL)), plane.top - 7, "quiet small", anchor="end")


def _hatching(left: float, right: float, top: float, bottom: float) -> Iterator[str]:
    """Diagonals clipped to the rectangle by arithmetic, so that no shared pattern id is needed."""
    offset = left - (bottom - top) + HATCH
    while offset < right:
        start = max(left, offset)
        end = min(right, offset + bottom - top)
        yield line((start, bottom - (start - offset)), (end, bottom - (end - offset)), "hatch")
        offset += HATCH


def _bands(plane: Plane) -> Iterator[str]:
    """What is expected of a line that stands alone, else its interval; several bands would hide what they say."""
    if len(plane.findings) != 1:
        return
    if plane.findings[0].has_limits:
        yield from draw_limits(plane, plane.findings[0])
        return
    for run in _runs(plane.findings[0].points):
        sure = [(place, point) for place, point in run if point.low is not None or point.high is not None]
        upper = [(plane.x(place), plane.y(plane.ticks[-1] if p.high is None else p.high)) for place, p in sure]
        lower = [(plane.x(place), plane.y(plane.ticks[0] if p.low is None else p.low)) for place, p in sure]
        if len(sure) == 1:
            yield line(upper[0], lower[0], "whisker")
        elif sure:
            yield path([*upper, *reversed(lower)], "band", is_closed=True)


def _target(plane: Plane) -> Iterator[str]:
    """A line over the periods of each height, named where it begins."""
    for first, last, height in steps(plane.block):
        y = plane.y(height)
        begin = plane.left if first == 0 else plane.x(first - 0.5)
        end = plane.right if last == plane.count - 1 else plane.x(last + 0.5)
        yield line((begin, y), (end, y), "target")
        words = strings.target(format.tick(height, plane.block.unit))
        yield text(words, begin + 4, y - 6 if y - 18 > plane.top else y + 15, "quiet small halo")


def _line(plane: Plane, series: Series) -> Iterator[str]:
    """Solid through complete points, dashed to and from incomplete ones, nothing over holes."""
    style = "muted" if series.is_muted else f"line-{plane.findings.index(series) + 1}"
    for run in _runs(series.points):
        steps = list(zip(run, run[1:], strict=False))
        for is_sure, stretch in groupby(steps, key=lambda step: step[0][1].complete and step[1][1].complete):
            pairs = list(stretch)
            ends = [pairs[0][0], *(following for _, following in pairs)]
            spots = [(plane.x(place), plane.y(point.value or 0.0)) for place, point in ends]
            yield path(spots, f"line {style}" if is_sure else f"line {style} dashed")
        for place, point in run:
            if not series.is_muted and _has_dot(plane, place, point, is_alone=len(run) == 1):
                dot, size = ("dot", 2.8) if point.complete else ("dot hollow", 4.5)
                at = (plane.x(place), plane.y(point.value or 0.0))
                yield element("circle", cx=at[0], cy=at[1], r=size, class_=f"{dot} {style}", data_at=str(place))


def _has_dot(plane: Plane, place: int, point: Point, *, is_alone: bool) -> bool:
    """Every point of a short single line without signals; of others the unfinished, the lonely and the last."""
    is_open = len(plane.findings) == 1 and plane.count <= MOST_DOTS and not plane.findings[0].has_limits
    return is_open or is_alone or not point.complete or place == plane.count - 1


def _names(plane: Plane) -> Iterator[str]:
    """The last value of each line beside its end, pushed apart where they would cover each other."""
    labels = sorted(last_labels(plane), key=lambda label: plane.y(label[1].value or 0.0))
    wanted = [plane.y(point.value or 0.0) for _, point, _, _ in labels]
    free = _inside(spread(wanted, [LABEL_GAP] * len(wanted)), plane.top, plane.bottom)
    for (_, _, words, class_), y in zip(labels, free, strict=True):
        yield text(words, plane.right + 10, y + 4, class_)
    for row, names in enumerate(plane.key_rows):
        for x, words, number in names:
            yield text(words, x, 14 + 20 * row, f"ink-{number + 1} strong")


def _inside(places: Sequence[float], top: float, bottom: float) -> list[float]:
    if not places:
        return []
    shift = max(0.0, top - places[0]) or min(0.0, bottom - places[-1])
    return [place + shift for place in places]


def _last_complete(plane: Plane) -> Iterator[str]:
    """The value that the page speaks about, where the line does not end with it."""
    points = plane.findings[0].points if len(plane.findings) == 1 else ()
    drawn = [(place, point) for place, point in enumerate(points) if point.value is not None]
    complete = [(place, point) for place, point in drawn if point.complete]
    if not complete or complete[-1] == drawn[-1]:
        return
    place, point = complete[-1]
    before = next((p.value for _, p in reversed(drawn) if p.start < point.start and p.value is not None), point.value)
    is_low = (point.value or 0.0) < (before or 0.0)
    y = plane.y(point.value or 0.0) + (20 if is_low else -11)
    yield text(format.value(point.value, plane.block.unit), plane.x(place), y, "ink-1 strong halo", anchor="middle")


def _hits(plane: Plane, has_words: bool) -> Iterator[str]:
    """One invisible column a period; the page's script shows its words on hover, tap and arrow keys."""
    width = (plane.right - plane.left) / max(plane.count, 1)
    for place in range(plane.count):
        points = [(series, series.points[place]) for series in plane.block.series if place < len(series.points)]
        words = "\n".join(_words(plane, points))
        yield element(
            "rect", x=plane.x(place) - width / 2, y=plane.top, width=width, height=plane.bottom - plane.top,
            class_="hit", data_tip=words if has_words else None, data_at=str(place),
        )  # fmt: skip


def _words(plane: Plane, points: Sequence[tuple[Series, Point]]) -> Iterator[str]:
    unit = plane.block.unit
    yield points[0][1].label or points[0][1].period
    for series, point in points:
        span = format.interval(point.low, point.high, unit)
        name = f"{series.name} · {point.label}" if series.is_muted else series.name
        value = f"{name}: {format.value(point.value, unit)}"
        if not series.is_muted and point.value is not None:
            value += f" ({span}), n {format.count(point.n)}" if span else f", n {format.count(point.n)}"
        yield value
        if point.limits:
            yield signal_words.expected(format.interval(point.limits.low, point.limits.high, unit))
        if point.marks:
            yield signal_words.signal(signal_words.raised_at(point.flags, point.marks))
        if not series.is_muted:
            yield from filter(None, (point.reason, _probable(point, unit), point.restated))


def _probable(point: Point, unit: Unit) -> str:
    if point.probable is None:
        return ""
    value, low, high = point.probable
    return f"{PROBABLE} {format.value(value, unit)} ({format.interval(low, high, unit)})"


def _runs(points: Sequence[Point]) -> list[list[tuple[int, Point]]]:
    """The stretches between holes, each point with its place."""
    runs: list[list[tuple[int, Point]]] = [[]]
    for place, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((place, point))
    return [run for run in runs if run]


def _description(block: Trend) -> str:
    """First and last value of each line in words."""
    parts = []
    for series in block.series:
        drawn = [point for point in series.points if point.value is not None]
        if drawn:
            ends = [f"{format.value(point.value, block.unit)} ({point.label})" for point in (drawn[0], drawn[-1])]
            parts.append(strings.from_to(series.name, *ends))
    return " ".join(parts)
