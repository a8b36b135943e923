"""A question as SQL: its sums by period and group, from a mart or from the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from etl.calendar import start_column
from etl.config import Settings
from etl.metrics.answer import Where
from etl.metrics.base import BEYOND, FACT_TABLES, OPEN_SECONDS, FactName, Metric
from etl.metrics.business_time import in_opening_time
from etl.metrics.catalogue import settings_of
from etl.metrics.clustered import OWN_ANSWERS, OWN_BALANCE, OWN_PLACE, EveryAnswer
from etl.metrics.coverage import end_of_day
from etl.metrics.filters import COVERED, DAYS, Statement, conditions, written_out
from etl.metrics.kinds import Balance, Quantile, Survival
from etl.metrics.marts import ALWAYS, Slice, bins_select, histogram_owner, part_column, sum_expression
from etl.metrics.ratings import RatingsOfContacts
from etl.vocabulary import UNKNOWN, Dimension, Grain

ENDED_BY: Mapping[FactName, str] = MappingProxyType(
    {"contacts": "first_response_seconds", "reviews": "answer_seconds", "cases": "resolution_seconds"}
)
"""What ends a row that is still open: after the watermark it is not seen yet."""
ANSWERER = "COALESCE(fact.customer_id, CAST(fact.record_key AS VARCHAR))"
"""Whose answer it is; one without a customer stands alone."""


@dataclass(frozen=True)
class Span:
    """The days that are summed, by periods of a grain; None is one period.

    `calendar` is the relation of days and their periods. What is still open is seen until the end of `watermark`,
    however early the days summed end; metrics without open rows leave it out.
    """

    start: date
    through: date
    grain: Grain | None
    calendar: str = "core_calendar"
    watermark: date | None = None
    fiscal: bool = False

    @property
    def period(self) -> str:
        """SQL: the first day of the period that a row's day lies in."""
        if self.grain is None:
            return f"CAST('{self.start.isoformat()}' AS DATE)"
        return "fact.business_day" if self.grain is Grain.DAY else f"calendar.{start_column(self.grain, self.fiscal)}"

    @property
    def join(self) -> str:
        """SQL: the calendar, where the grain needs it."""
        if self.grain in (None, Grain.DAY):
            return ""
        return f"JOIN {self.calendar} AS calendar ON calendar.day = fact.business_day"


def sums(
    metrics: Sequence[Metric], by: Sequence[Dimension], span: Span, where: Where, settings: Settings,
    stored: Slice | None,
) -> Statement:  # fmt: skip
    """Plain sums of all parts of some metrics of one fact; columns: period, groups, then the parts in order."""
    if stored:
        held = [f"SUM(fact.{column})" for column in _columns(metrics)]
        return _grouped(Statement(stored.mart.name), by, span, where, held, stored.condition)
    expressions = [sum_expression(part, settings_of(metric, settings)) for metric in metrics for part in metric.parts]
    return _grouped(rows_of(metrics[0], span, settings, by, where), by, span, where, expressions)


def bins(
    metric: Metric, by: Sequence[Dimension], span: Span, where: Where, settings: Settings, stored: Slice | None
) -> Statement:
    """Histograms of a metric's parts; columns: period, groups, part name, bin, row count."""
    if stored:
        return _stored_bins(stored, metric, by, span, where)
    filtered = conditions(where)
    rows = rows_of(metric, span, settings)
    keys = ", ".join(["period", *(dimension.value for dimension in by)])
    groups = "".join(f", {_shown(dimension)}" for dimension in by)
    picked = (
        f"(SELECT {span.period} AS period{groups}, * EXCLUDE ({', '.join(['business_day', *(d.value for d in by)])}) "
        f"FROM {rows.sql} AS fact {span.join} WHERE {DAYS} AND {filtered.sql}) AS fact"
    )
    parameters = [*rows.parameters, span.start, span.through, *filtered.parameters]
    values = settings_of(metric, settings)
    selects = [bins_select(picked, keys, part, values, f"'{part.name}' AS part") for part in metric.parts]
    return Statement(" UNION ALL ".join(selects), parameters * len(selects))


def by_hand(metric: Metric, span: Span, where: Where, settings: Settings) -> str:
    """The parts of one metric from the rows themselves, whatever marts there are, as a statement to be run by hand."""
    if isinstance(metric, Quantile | Survival):
        return written_out(bins(metric, (), span, where, settings, None))
    return written_out(sums([metric], (), span, where, settings, None))


def rows_of(
    metric: Metric, span: Span, settings: Settings, by: Sequence[Dimension] = (), where: Where = ()
) -> Statement:
    """The rows that a metric counts from, up to their own source's watermark, with what its conditions name.

    A reply after the watermark is loaded and not yet counted: until then its contact is open. What stands beside an
    answer of its customer's others is of those alike in `by` and allowed by `where`.
    """
    table = FACT_TABLES[metric.fact]
    if isinstance(metric, Balance):
        return _latest_answers(metric, span)
    if isinstance(metric, EveryAnswer):
        return _beside_others(metric, span, by, where)
    if isinstance(metric, RatingsOfContacts):
        return _by_contact(metric)
    if not metric.is_stored:
        return _still_open(metric, span, settings)
    return Statement(f"(SELECT fact.* FROM {table} AS fact {COVERED})")


def _still_open(metric: Metric, span: Span, settings: Settings) -> Statement:
    """The rows with the seconds from their clock to the watermark; replies after it are not seen yet."""
    seconds = (
        "CAST(EXTRACT(EPOCH FROM LEAST(core_sources.watermark_at, CAST(? AS TIMESTAMP))) "
        f"- EXTRACT(EPOCH FROM fact.{metric.clock}) AS DECIMAL(12, 3))"
    )
    newest = span.watermark or span.through
    end, settled = end_of_day(newest, settings.zone), newest - timedelta(days=metric.maturity_days)
    joined = f"{FACT_TABLES[metric.fact]} AS fact {COVERED}"
    rows = f"SELECT fact.*, {seconds} AS {OPEN_SECONDS}, fact.business_day > ? AS {BEYOND} FROM {joined}"
    ended = ENDED_BY.get(metric.fact)
    if ended is None:
        return Statement(f"({rows})", [end, settled])
    seen = f"CASE WHEN {ended} <= {OPEN_SECONDS} THEN {ended} END"
    known = Statement(f"(SELECT * REPLACE ({seen} AS {ended}) FROM ({rows}))", [end, settled])
    return in_opening_time(known, span.start, newest, settings) if metric.in_business_time else known


def _latest_answers(metric: Balance, span: Span) -> Statement:
    """The latest answer of each customer to each question in each period; an answer without a customer stands alone."""
    return Statement(
        f"(SELECT * FROM (SELECT fact.*, ROW_NUMBER() OVER (PARTITION BY "
        f"{ANSWERER}, fact.question, {span.period} "
        f"ORDER BY fact.responded_at DESC, fact.record_key DESC) AS place FROM {FACT_TABLES[metric.fact]} AS fact "
        f"{COVERED} {span.join} WHERE {DAYS} AND fact.kind = ?) AS ranked WHERE place = 1)",
        [span.start, span.through, metric.kind],
    )


def _beside_others(metric: EveryAnswer, span: Span, by: Sequence[Dimension], where: Where) -> Statement:
    """Every answer, with what its customer's answers in the same period and group come to."""
    filtered = conditions(where)
    alike = ", ".join([ANSWERER, span.period, *(f"fact.{dimension.value}" for dimension in by)])
    return Statement(
        f"(SELECT fact.*, CAST(COUNT(*) OVER own AS BIGINT) AS {OWN_ANSWERS}, "
        f"CAST(SUM({metric.sign}) OVER own AS BIGINT) AS {OWN_BALANCE}, "
        f"ROW_NUMBER() OVER (PARTITION BY {alike} ORDER BY fact.responded_at, fact.record_key) AS {OWN_PLACE} "
        f"FROM {FACT_TABLES[metric.fact]} AS fact {COVERED} {span.join} "
        f"WHERE {DAYS} AND fact.kind = ? AND {filtered.sql} WINDOW own AS (PARTITION BY {alike}))",
        [span.start, span.through, metric.kind, *filtered.parameters],
    )


def _by_contact(metric: RatingsOfContacts) -> Statement:
    """The answers that are about a contact, on the day of that contact."""
    return Statement(
        "(SELECT fact.* REPLACE (about.business_day AS business_day) "
        f"FROM {FACT_TABLES[metric.fact]} AS fact {COVERED} "
        "JOIN core_contacts AS about ON about.contact_key = fact.contact_key)"
    )


def _columns(metrics: Sequence[Metric]) -> list[str]:
    return [part_column(metric, part) for metric in metrics for part in metric.parts]


def _shown(dimension: Dimension) -> str:
    return f"COALESCE(fact.{dimension.value}, '{UNKNOWN}') AS {dimension.value}"


def _grouped(
    rows: Statement, by: Sequence[Dimension], span: Span, where: Where, sums_: Sequence[str], among: str = ALWAYS
) -> Statement:
    filtered = conditions(where)
    groups = "".join(f", {_shown(dimension)}" for dimension in by)
    places = ", ".join(str(place) for place in range(1 if span.grain or not by else 2, len(by) + 2))
    return Statement(
        f"SELECT {span.period} AS period{groups}, {', '.join(sums_)} FROM {rows.sql} AS fact {span.join} "
        f"WHERE {among} AND {DAYS} AND {filtered.sql} GROUP BY {places}",
        [*rows.parameters, span.start, span.through, *filtered.parameters],
    )


def _stored_bins(stored: Slice, metric: Metric, by: Sequence[Dimension], span: Span, where: Where) -> Statement:
    filtered = conditions(where)
    groups = "".join(f", {_shown(dimension)}" for dimension in by)
    places = ", ".join(str(place) for place in range(1, len(by) + 4))
    part = metric.parts[0]
    return Statement(
        f"SELECT {span.period} AS period{groups}, '{part.name}' AS part, fact.bin, CAST(SUM(fact.row_count) AS BIGINT) "
        f"FROM {stored.mart.name} AS fact {span.join} WHERE {stored.condition} AND {DAYS} AND fact.part = ? "
        f"AND {filtered.sql} GROUP BY {places}",
        [span.start, span.through, f"{histogram_owner(metric).name}.{part.name}", *filtered.parameters],
    )
