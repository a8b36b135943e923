"""Cells: a cause at a touchpoint, counted in customers; by week for its history, over any days for its size."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from etl.calendar import Period
from etl.engines import Engine
from etl.metrics.answer import Affected, Cell, CellSpan, CellWeeks, SourceState, Where
from etl.metrics.base import PERSON
from etl.metrics.filters import COVERED, DAYS, Statement, conditions
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension

SOURCE_WEEKS = 26
"""A cell's sources are those that brought contacts at its touchpoint in so many weeks before."""
WHAT = (Dimension.CAUSE, Dimension.REASON)
"""What a failure is about; customers at a touchpoint are counted whatever they came for."""
CAUSE = f"COALESCE(fact.cause, '{UNKNOWN}') AS cause"
TOUCHPOINT = f"COALESCE(fact.touchpoint, '{UNKNOWN}') AS touchpoint"
WEEK_MARTS = ("mart_week_touchpoint", "mart_week_cell")


def week_select(mart: str, calendar: str, where: Where = (), days: str = "") -> Statement:
    """The SELECT that fills a week mart, or answers as it would under a filter; `days` is a further condition."""
    person, fact, columns, filtered = {
        "mart_week_touchpoint": (PERSON, "core_contacts", (TOUCHPOINT,), _here(where)),
        "mart_week_cell": ("fact.person", "core_failures", (CAUSE, TOUCHPOINT), conditions(where)),
    }[mart]
    keys = ", ".join(["week_start", *(column.rpartition(" ")[2] for column in columns)])
    return Statement(
        f"SELECT {keys}, COUNT(*) AS customer_count FROM (SELECT DISTINCT calendar.week_start, {', '.join(columns)}, "
        f"{person} AS person FROM {fact} AS fact {COVERED} JOIN {calendar} AS calendar "
        f"ON calendar.day = fact.business_day WHERE fact.direction = 'inbound' AND {filtered.sql}{days}) AS counted "
        f"GROUP BY {keys}",
        filtered.parameters,
    )


def _here(where: Where) -> Statement:
    """The part of a filter that holds for customers at a touchpoint."""
    return conditions(tuple((dimension, values) for dimension, values in where if dimension not in WHAT))


def _brought(calendar: str, where: Where, stored: str) -> Statement:
    """The weeks in which a source brought contacts at a touchpoint."""
    filtered = _here(where)
    contacts = f"{stored} AS fact" if stored else f"core_contacts AS fact {COVERED}"
    inbound = "" if stored else "fact.direction = 'inbound' AND "
    return Statement(
        f"SELECT DISTINCT calendar.week_start, {TOUCHPOINT}, fact.source FROM {contacts} JOIN {calendar} AS calendar "
        f"ON calendar.day = fact.business_day WHERE {inbound}{filtered.sql}",
        filtered.parameters,
    )


def weeks(
    engine: Engine, calendar: str, periods: Sequence[Period], where: Where, sources: Sequence[SourceState],
    stored: str,
) -> CellWeeks:  # fmt: skip
    """The history over complete weeks; from the week marts where they hold it, else from the facts.

    `stored` is the relation of the days on which a source brought contacts at a touchpoint; empty without marts.
    """
    place = {period.start: number for number, period in enumerate(periods)}

    def rows(mart: str) -> list[tuple[Any, ...]]:
        if stored and not where:
            return engine.rows(f"SELECT * FROM {mart}")
        statement = week_select(mart, calendar, where)
        return engine.rows(statement.sql, statement.parameters)

    customers: dict[str, list[int]] = defaultdict(lambda: [0] * len(periods))
    for start, touchpoint, count in rows("mart_week_touchpoint"):
        if start in place:
            customers[touchpoint][place[start]] = count
    failed: dict[Cell, list[int]] = defaultdict(lambda: [0] * len(periods))
    for start, cause, touchpoint, count in rows("mart_week_cell"):
        if start in place:
            failed[Cell(cause, touchpoint)][place[start]] = count
    brought: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    statement = _brought(calendar, where, "" if where else stored)
    for start, touchpoint, source in engine.rows(statement.sql, statement.parameters):
        if start in place:
            brought[touchpoint][place[start]].add(source)
    whole = {source.source: _whole_weeks(source, periods) for source in sources}
    known = {touchpoint: _known(brought[touchpoint], whole, len(periods)) for touchpoint in customers}
    return CellWeeks(tuple(place), dict(customers), dict(failed), known)


def _whole_weeks(source: SourceState, periods: Sequence[Period]) -> list[bool]:
    """Which weeks a source delivered without a gap."""
    if source.first_day is None or source.watermark is None:
        return [False] * len(periods)
    gaps = set(source.gap_days)
    return [
        source.first_day <= period.start
        and period.end <= source.watermark
        and not any(period.start + timedelta(days=day) in gaps for day in range((period.end - period.start).days + 1))
        for period in periods
    ]


def _known(brought: Mapping[int, set[str]], whole: Mapping[str, Sequence[bool]], count: int) -> list[bool]:
    """A week is known when all sources of the 26 weeks before delivered it whole; the first week by its own sources.

    Where none brought anything for so long, nothing is missing: the week has no volume.
    """
    known = []
    for week in range(count):
        before = [brought.get(earlier, set()) for earlier in range(max(0, week - SOURCE_WEEKS), week)]
        expected = set().union(*before) or brought.get(week, set())
        known.append(all(source in whole and whole[source][week] for source in expected))
    return known


def span(engine: Engine, start: date, end: date, where: Where) -> CellSpan:
    """Whom each cell failed between two days, both included, as far as the sources have delivered."""
    about, here = conditions(where), _here(where)
    counted = (
        "COUNT(DISTINCT fact.person), COUNT(DISTINCT fact.customer_id), COUNT(*), "
        "COUNT(*) FILTER (WHERE fact.is_cause_told)"
    )
    failures = f"FROM core_failures AS fact {COVERED} WHERE {DAYS} AND {about.sql}"
    parameters = [start, end, *about.parameters]
    by_cell = engine.rows(f"SELECT {CAUSE}, {TOUCHPOINT}, {counted} {failures} GROUP BY 1, 2", parameters)
    nobody = f"COALESCE({{}}, '{UNKNOWN}') IN ('{UNKNOWN}', '{UNASSIGNED}')"
    loose = f"({nobody.format('fact.cause')} OR {nobody.format('fact.touchpoint')})"
    (unassigned,) = engine.rows(f"SELECT {counted} {failures} AND {loose}", parameters)
    (total,) = engine.rows(f"SELECT {counted} {failures}", parameters)
    customers = engine.rows(
        f"SELECT {TOUCHPOINT}, COUNT(DISTINCT {PERSON}) FROM core_contacts AS fact {COVERED} "
        f"WHERE fact.direction = 'inbound' AND {DAYS} AND {here.sql} GROUP BY 1",
        [start, end, *here.parameters],
    )
    return CellSpan(
        {Cell(cause, touchpoint): Affected(*counts) for cause, touchpoint, *counts in by_cell},
        dict(customers),
        Affected(*unassigned),
        Affected(*total),
    )
