"""Draws trends and rankings for the browser as plotly figures; the only file that imports plotly."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

from plotly import graph_objects as go

from dashboard import format as words
from dashboard.blocks import Bars, Point, Series, Trend
from dashboard.charts import plotly_timelines
from dashboard.charts.plotly_colours import BAND, CARD, MUTED_MARK, QUIET_INK, SERIES, colour_of
from dashboard.charts.plotly_history import hatching, hatching_words, nowcasts, restated
from dashboard.charts.plotly_limits import bands, signals
from dashboard.charts.plotly_marks import shapes, signs
from dashboard.charts.plotly_notes import HEIGHT, LABEL_ROOM, holes, last_labels, room_before, runs
from dashboard.charts.plotly_target import stretches
from dashboard.charts.plotly_text import bar_label, bar_text, hover, label_width, literal
from dashboard.charts.scale import drawn_numbers, unit_ticks
from dashboard.charts.theme import FONT_SIZE, LINE_WIDTH, MUTED_WIDTH
from dashboard.timelines import Timelines
from etl.vocabulary import Grain

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
BAR_HEIGHT = 34
LINE_HEIGHT = 17
LABEL_GAP = 14
NARROWEST = 240
"""Pixels that the bars and their numbers have beside the names on a phone."""
FEW = 16
MOST_NAMED = 6
SMALL = FONT_SIZE - 1
TICKS = {Grain.MONTH: ("%b %Y", "M1", 7), Grain.QUARTER: ("Q%q %Y", "M3", 5), Grain.YEAR: ("%Y", "M12", 99)}


@lru_cache(maxsize=256)
def figure(block: Trend | Bars | Timelines) -> "go.Figure":
    """The block as a figure; the same block gives the same object, which nobody changes.

    Plotly looks for pandas among the imported modules and trips over one that another thread is just importing: so it
    is imported, or waited for, before there is anything to draw.
    """
    import_module("pandas")
    if isinstance(block, Timelines):
        return _timelines(block)
    return _trend(block) if isinstance(block, Trend) else _bars(block)


def _trend(block: Trend) -> "go.Figure":
    ticks = unit_ticks(drawn_numbers(block), block.unit)
    chart = go.Figure(layout=_layout(HEIGHT, hovermode="x unified" if len(block.series) > 1 else "closest"))
    findings = [series for series in block.series if not series.is_muted]
    chart.add_traces([go.Scatter(trace) for trace in hatching(block, ticks[0], ticks[-1])])
    if len(findings) == 1:
        chart.add_traces(bands(findings[0]) if findings[0].has_limits else _bands(findings[0]))
    chart.add_traces([trace for series in reversed(block.series) for trace in _lines(series, block)])
    chart.add_traces([trace for series in findings for trace in signals(series)])
    chart.add_traces([go.Scatter(trace) for trace in (*nowcasts(block), *restated(block))])
    for shape, note in stretches(block, _span(block)):
        chart.add_shape(shape)
        chart.add_annotation(note)
    labels = last_labels(block, (ticks[0], ticks[-1]))
    for note in (*labels, *holes(findings), *signs(block), *hatching_words(block)):
        chart.add_annotation(note)
    for shape in shapes(block):
        chart.add_shape(shape)
    chart.update_layout(
        margin_r=max((label_width(label["text"]) for label in labels), default=0.0)
        + LABEL_GAP
        + room_before(block)
        - LABEL_ROOM
    )
    chart.update_yaxes(
        range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=[words.tick(tick, block.unit) for tick in ticks]
    )
    chart.update_xaxes(showgrid=False, range=_span(block), **_date_ticks(block))
    return chart


def _layout(height: int, **more: Any) -> dict[str, Any]:
    axis = {"fixedrange": True, "automargin": True, "zeroline": False, "tickfont": {"color": QUIET_INK, "size": SMALL}}
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 22, "b": 8, "autoexpand": True},
        "showlegend": False,
        "dragmode": False,
        "font": {"size": FONT_SIZE},
        "hoverlabel": {"align": "left"},
        "xaxis": axis,
        "yaxis": axis,
        **more,
    }


def _bands(series: Series) -> list[Any]:
    bands = []
    for run in runs(series.points):
        sure = [point for point in run if point.low is not None and point.high is not None]
        bands.append(
            go.Scatter(
                x=[point.start for point in (*sure, *reversed(sure))],
                y=[*(point.high for point in sure), *(point.low for point in reversed(sure))],
                mode="lines",
                line={"width": 0},
                fill="toself",
                fillcolor=BAND,
                hoverinfo="skip",
            )  # fmt: skip
        )
    return bands


def _lines(series: Series, block: Trend) -> list[Any]:
    """A solid line with a dotted, hollow end where the last period is unfinished."""
    colour = colour_of(series, block)
    width = MUTED_WIDTH if series.is_muted else LINE_WIDTH
    finished = [point if point.complete else None for point in series.points]
    solid = go.Scatter(
        x=[point.start for point in series.points],
        y=[point.value if point else None for point in finished],
        mode="lines+markers", marker={"size": _dots(series), "color": colour},
        line={"color": colour, "width": width},
        hovertext=[hover(series, point, block) for point in series.points],
        hovertemplate="%{hovertext}<extra></extra>", connectgaps=False,
    )  # fmt: skip
    return [solid, *_unfinished(series, block, colour, width)]


def _dots(series: Series) -> list[int]:
    """Marker sizes: dots where there are few points and no signals, and where a point stands alone between holes."""
    points = series.points
    alone = {run[0].start for run in runs(points) if len(run) == 1}
    usual = 5 if len(points) <= FEW and not series.has_limits else 0
    return [6 if point.start in alone else usual for point in points]


def _unfinished(series: Series, block: Trend, colour: str, width: float) -> list[Any]:
    traces = []
    for place, point in enumerate(series.points):
        if point.complete or point.value is None:
            continue
        before = series.points[place - 1] if place and series.points[place - 1].value is not None else None
        shown = [before, point] if before else [point]
        traces.append(
            go.Scatter(
                x=[each.start for each in shown],
                y=[each.value for each in shown],
                mode="lines+markers",
                line={"color": colour, "width": width, "dash": "dot"},
                marker={"size": [0, 9][-len(shown) :], "color": CARD, "line": {"color": colour, "width": 2}},
                hovertext=[hover(series, each, block) for each in shown],
                hovertemplate="%{hovertext}<extra></extra>",
            )  # fmt: skip
        )
    return traces


def _timelines(block: Timelines) -> "go.Figure":
    chart = go.Figure(layout=_layout(plotly_timelines.height(block), hovermode="closest"))
    chart.add_traces([go.Scatter(trace) for trace in plotly_timelines.traces(block)])
    chart.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0})
    chart.update_xaxes(**plotly_timelines.axis(block))
    chart.update_yaxes(visible=False, range=[len(block.lines) - 0.6, -0.95])
    for note in plotly_timelines.labels(block):
        chart.add_annotation(note)
    return chart


def _span(block: Trend) -> list[date] | None:
    """From half a period before the first to half a period after the last, so that no tick names a day to come."""
    starts = sorted({point.start for series in block.series for point in series.points})
    if not starts:
        return None
    half = timedelta(days=max(1, (starts[-1] - starts[0]).days // max(2 * len(starts) - 2, 1)))
    return [starts[0] - half, starts[-1] + half]


def _date_ticks(block: Trend) -> dict[str, Any]:
    """Labels by grain: plotly thins them by the room there is, except where that would repeat a label."""
    points = max((series.points for series in block.series), key=len, default=())
    count = len(points)
    if points and points[0].period.startswith(words.FISCAL):
        return {"type": "date", "tickangle": 0} | _fiscal_ticks(block.grain, points)
    if block.grain not in TICKS:
        return {"type": "date", "tickformat": "%-d %b\n%Y", "tickangle": 0}
    form, step, most = TICKS[block.grain]
    return {"type": "date", "tickformat": form, "tickangle": 0} | ({"dtick": step} if count < most else {})


def _fiscal_ticks(grain: Grain, points: Sequence[Point]) -> dict[str, Any]:
    """Names for as many of the periods as a phone has room for, the last one among them."""
    shown = points[:: -max(1, -(-len(points) // MOST_NAMED))]
    return {
        "tickvals": [point.start for point in shown],
        "ticktext": [
            words.axis_period(grain, point.period, point.start, has_year=True).replace(" ", "<br>") for point in shown
        ],
    }


def _bars(block: Bars) -> "go.Figure":
    labels = [bar_label(bar) for bar in block.bars]
    height = max(BAR_HEIGHT, *(LINE_HEIGHT * len(lines) + 8 for lines in labels)) if labels else BAR_HEIGHT
    chart = go.Figure(layout=_layout(height * max(len(labels), 1) + 16, hovermode="closest", bargap=1 - 22 / height))
    places = list(range(len(block.bars)))
    chart.add_trace(
        go.Bar(
            x=[bar.value or 0.0 for bar in block.bars],
            y=places,
            orientation="h",
            marker={"color": [SERIES[0] if bar.is_highlight else MUTED_MARK for bar in block.bars]},
            text=[bar_text(bar, block) for bar in block.bars],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": FONT_SIZE},
            constraintext="none",
            hovertext=[
                f"{literal(bar.label)}<br><b>{bar_text(bar, block, is_whole=True)}</b><br>{literal(bar.text_note)}"
                for bar in block.bars
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    )
    chart.update_yaxes(
        tickvals=places, ticktext=["<br>".join(lines) for lines in labels],
        autorange="reversed", showgrid=False, ticks="", tickfont={"size": FONT_SIZE, "color": QUIET_INK},
    )  # fmt: skip
    chart.update_xaxes(range=_bar_range(block), visible=False)
    return chart


def _bar_range(block: Bars) -> list[float]:
    """Room for the number beyond the longest bar on each side that has one, as much as it takes on a phone."""
    numbers = [bar.value for bar in block.bars if bar.value is not None] or [1.0]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    words_width = max((label_width(bar_text(bar, block)) for bar in block.bars), default=0.0) + LABEL_GAP
    sides = (low < 0) + (high > 0 or low == 0)
    room = ((high - low) or 1.0) * words_width / max(NARROWEST - sides * words_width, words_width)
    return [low - (room if low < 0 else 0.0), high + (room if high > 0 or low == 0 else 0.0)]
