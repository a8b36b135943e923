"""KPI cards: the number, its change with a verdict, its course, and in words what it rests on."""

from math import ceil, nan
from typing import Literal, TypeAlias

import streamlit as st

from dashboard import format as words
from dashboard.blocks import Kpi
from dashboard.strings import MISSING, STATUS_WORDS, capitalised
from dashboard.web import labels
from dashboard.web.markdown import JOINER, literal

Colour: TypeAlias = Literal["green", "red", "gray"]
CARD_WIDTH = 160
MOST_IN_A_LINE = 6
FEWEST_COLUMNS = 3
ONE_LINE = 24
FIXED = "\u00a0"
"""A space at which no line breaks."""
BADGES = {"on target": "green", "off target": "red", "cannot tell": "gray"}


def show_cards(kpis: tuple[Kpi, ...]) -> None:
    """The KPIs side by side, as many to a line as fit."""
    name = "cards-tall" if any(len(kpi.label) > ONE_LINE for kpi in kpis) else "cards"
    lines = ceil(len(kpis) / MOST_IN_A_LINE)
    with st.grid(
        max(ceil(len(kpis) / lines), FEWEST_COLUMNS), min_column_width=CARD_WIDTH, border=True, key=name
    ) as grid:
        for kpi in kpis:
            with grid.cell():
                _card(kpi)


def _card(kpi: Kpi) -> None:
    change = words.change(kpi.change, kpi.unit) if kpi.change is not None else None
    st.metric(
        literal(kpi.label),
        literal(words.value(kpi.value, kpi.unit, is_compact=True)),
        delta=0 if change == "0" else (literal(change) if change else None),
        delta_color=_colour(kpi),
        delta_arrow="off" if change in (None, "0") else ("up" if (kpi.change or 0) > 0 else "down"),
        help="  \n".join(literal(text) for text in (kpi.meaning, kpi.variant) if text) or None,
        chart_data=_course(kpi),
        chart_type="line",
    )
    st.markdown("  \n".join(_lines(kpi)))


def _colour(kpi: Kpi) -> Colour:
    return "gray" if kpi.is_good is None else ("green" if kpi.is_good else "red")


def _course(kpi: Kpi) -> list[float] | None:
    """The sparkline's values, holes kept; fewer than two values have no course."""
    values = [nan if point.value is None else point.value for point in kpi.spark]
    return values if sum(point.value is not None for point in kpi.spark) > 1 else None


def _lines(kpi: Kpi) -> list[str]:
    """Markdown lines under the sparkline: its own period, verdict, target with status, interval and base."""
    lines = [f":small[{literal(kpi.period)}]"] if kpi.period else []
    lines += [f"**{literal(capitalised(kpi.verdict))}**"] if kpi.verdict else []
    if kpi.target is not None and kpi.status in BADGES:
        target = literal(f"{labels.TARGET}{FIXED}{words.tick(kpi.target, kpi.unit)}")
        lines.append(f":{BADGES[kpi.status]}-badge[{literal(STATUS_WORDS[kpi.status])}] {target}")
    if kpi.per_day is not None:
        lines.append(f":small[{literal(words.per_day(kpi.per_day, kpi.per_day_before))}]")
    return [*lines, _basis(kpi)]


def _basis(kpi: Kpi) -> str:
    if kpi.value is None:
        return f":small[{literal(kpi.reason or MISSING)}]"
    parts = [f"{labels.BASE}{FIXED}{words.count(kpi.n)}"]
    if interval := words.interval(kpi.low, kpi.high, kpi.unit):
        parts.insert(0, f"{labels.INTERVAL} {interval.replace(' ', FIXED).replace('–', f'{JOINER}–{JOINER}')}")
    return f":small[{literal(', '.join(parts))}]"
