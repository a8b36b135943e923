"""Definitions: what each number counts, by which formula, what it leaves out, its target, owner and version."""

from collections.abc import Iterator

from dashboard import format, strings
from dashboard.blocks import Glossary, Page, Selection
from dashboard.strings import defined
from etl.analysis import quantities
from etl.metrics.answer import Ask
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS, SUBJECTS, readings
from etl.metrics.definitions import definition

NAME = "definitions"
TITLE = "Definitions"
ORDER = 90
ICON = "menu_book"


def build(ask: Ask, selection: Selection) -> Page:
    """All metrics by subject, under the settings, then what is told of breakdowns; it needs no data."""
    blocks = tuple(
        Glossary(subject, tuple((metric.label, metric.meaning, tuple(_details(ask, metric))) for metric in metrics))
        for subject, metrics in SUBJECTS.items()
    )
    count = len(METRICS) + len(quantities.QUANTITIES)
    headline = defined.headline(format.count(count), format.count(len(SUBJECTS) + 1))
    return Page(NAME, TITLE, headline, defined.CONTEXT, (), selection, (*blocks, _breakdowns()))


def _breakdowns() -> Glossary:
    """What the leaderboard tells of a breakdown."""
    entries = tuple(
        (each.label, each.meaning, ((defined.FORMULA, each.formula), (defined.NAME, each.name)))
        for each in quantities.QUANTITIES
    )
    return Glossary(quantities.SUBJECT, entries)


def _details(ask: Ask, metric: Metric) -> Iterator[tuple[str, str]]:
    told, target = definition(metric, ask.parameters(metric.name)), ask.target(metric.name)
    yield defined.FORMULA, told.formula
    yield defined.WINDOW, told.window
    yield defined.EXCLUSIONS, told.exclusions
    if metric.variant_note:
        yield defined.VARIANT, metric.variant_note
    if others := [f"{each.label}: {each.meaning}" for each in readings(metric)[1:]]:
        yield defined.OTHERS, " ".join(others)
    yield defined.TARGET, defined.NO_TARGET if target is None else format.value(target, metric.unit)
    least = ask.minimum_n(metric.name)
    yield defined.MINIMUM, defined.minimum(format.count(least)) if least else defined.any_base()
    yield defined.INTERVAL, told.interval
    yield defined.DIRECTION, metric.goodness.value
    yield defined.OWNER, metric.owner or strings.NO_OWNER
    changes = [
        defined.change(each.version, format.day(each.since, has_weekday=False), each.what) for each in metric.history
    ]
    yield defined.VERSION, defined.version(metric.version, changes)
    yield defined.NAME, metric.name
