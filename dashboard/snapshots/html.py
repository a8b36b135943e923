"""A page as one self-contained HTML file: SVG, light interaction, nothing fetched, nothing from outside unescaped."""

import shlex
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from dashboard import format, strings
from dashboard.blocks import Bars, Block, Cards, Glossary, Kpi, Note, Page, Section, Side, Trend
from dashboard.charts.svg import FRAMES, Frame
from dashboard.charts.theme import stylesheet
from dashboard.charts.vector import draw_trend
from dashboard.charts.vector_bars import draw_bars
from dashboard.charts.vector_course import draw_course
from dashboard.charts.vector_spark import draw_spark
from dashboard.charts.vector_timelines import draw_timelines
from dashboard.tables import Cell, Column, Course, Drill, Table
from dashboard.timelines import Timelines
from etl.vocabulary import Unit

FOLDER = Path(__file__).parent
JOINER = "\u2060"
"""Keeps a line from breaking at a dash."""
SHORT = 14
"""Words of at most so many characters stay on one line in a table."""
KINDS: Mapping[type, str] = {
    Cards: "cards", Trend: "chart", Bars: "chart", Table: "table", Note: "note", Side: "side", Glossary: "glossary",
    Section: "sentences", Timelines: "chart",
}  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Where a file comes from, printed at its foot: company, generation and when that was published (UTC)."""

    company: str
    generation: int
    published_at: datetime


def render_html(page: Page, origin: Origin) -> bytes:
    """The whole page as UTF-8; the same page and origin give the same bytes."""
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    style = stylesheet() + (FOLDER / "page.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    document = _template().render(
        page=page,
        origin=origin,
        policy=policy,
        style=Markup(style),  # noqa: S704 (our own file, no data in it)
        script=Markup(script),  # noqa: S704 (our own file, no data in it)
    )
    return document.encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"strings": strings, "kind": _kind, "charts": _charts, "spark": _spark, "SHORT": SHORT}
    environment.filters |= {
        "value": format.value, "change": format.change, "count": format.count, "instant": format.instant,
        "cell": _cell, "basis": _basis, "direction": _direction, "sentence": strings.capitalised,
        "per_day": format.per_day,
        "is_number": _is_number, "target": _target, "command": _command,
    }  # fmt: skip
    return environment.get_template("page.html.j2")


def _kind(block: Block) -> str:
    return KINDS[type(block)]


def _charts(block: Trend | Bars | Timelines) -> Mapping[str, Markup]:
    """The chart for each width; the style sheet shows the one that fits its place."""
    drawn = {name: _drawn(block, frame, has_words=not place) for place, (name, frame) in enumerate(FRAMES.items())}
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 (charts.svg escapes all of it)


def _drawn(block: Trend | Bars | Timelines, frame: Frame, *, has_words: bool) -> str:
    if isinstance(block, Timelines):
        return draw_timelines(block, frame)
    return draw_trend(block, frame, has_words=has_words) if isinstance(block, Trend) else draw_bars(block, frame)


def _spark(kpi: Kpi) -> Markup:
    return Markup(draw_spark(kpi))  # noqa: S704 (charts.svg escapes all of it)


def _cell(content: Cell, column: Column) -> str:
    if isinstance(content, Course):
        return Markup(draw_course(content))  # noqa: S704 (charts.svg escapes all of it)
    return format.cell(content, column.unit, is_signed=column.is_signed)


def _basis(kpi: Kpi) -> str:
    """Base and interval of a card."""
    span = format.interval(kpi.low, kpi.high, kpi.unit).replace("–", f"{JOINER}–{JOINER}")
    base = "" if kpi.unit is Unit.COUNT else strings.base(format.count(kpi.n))
    return strings.SEPARATOR.join(part for part in (base, strings.interval(span) if span else "") if part)


def _target(kpi: Kpi) -> str:
    """The target of a card with where the value stands to it; empty without one."""
    if kpi.target is None:
        return ""
    return strings.target_status(format.tick(kpi.target, kpi.unit), strings.STATUS_WORDS[kpi.status])


def _direction(kpi: Kpi) -> str:
    """`good`, `bad` or `neutral`, the class that colours a change beside its words."""
    return "neutral" if kpi.is_good is None else "good" if kpi.is_good else "bad"


def _command(drill: Drill) -> str:
    """What to type for the rows behind a number."""
    conditions = [f"{dimension.value}={value}" for dimension, values in drill.where for value in values]
    words = ["cx", "rows", drill.metric, "--period", drill.period.key]
    return shlex.join([*words, *(word for condition in conditions for word in ("--where", condition))])


def _is_number(content: object) -> bool:
    return isinstance(content, int | float)
