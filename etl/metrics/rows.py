"""The rows behind a number: exactly those that it counts, in the metric's own unit."""

from collections.abc import Mapping
from typing import Literal

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Engine
from etl.errors import unknown
from etl.metrics import compile
from etl.metrics.answer import Rows, Where
from etl.metrics.base import FactName, Metric, Part
from etl.metrics.catalogue import settings_of
from etl.metrics.compile import Span
from etl.metrics.coverage import Coverage
from etl.metrics.filters import DAYS, Statement, conditions
from etl.metrics.opening import BUSINESS_RESPONSE, PASSED, RESPONSE

Side = Literal["top", "bottom"]
UNITS: Mapping[FactName, str] = {
    "interactions": "interaction", "contacts": "contact", "scores": "answer", "chain_contacts": "contact",
    "failures": "contact", "votes": "vote", "reviews": "review", "private_contacts": "contact", "exposures": "contact",
    "outcomes": "contact", "journeys": "chain",
    "aftermaths": "contact", "promises": "chain", "sessions": "session",
    "cases": "contact", "posts": "post", "volumes": "interval", "invitations": "invitation",
}  # fmt: skip
PLACE = ("touchpoint", "reason", "cause", "product", "region", "segment", "team", "queue", "language")
SHOWN: Mapping[FactName, tuple[str, ...]] = {
    "contacts": (
        "contact_key", "source", "channel", "direction", "started_at", "business_day", "customer_id", "touchpoint",
        "reason", "cause", "product", "region", "segment", "team", "queue", "language", "interaction_count",
        "first_response_seconds", "transfer_count", "customer_wait_seconds", "hold_seconds", "handle_seconds",
        "is_cause_told",
    ),
    "interactions": (
        "record_key", "contact_key", "source", "channel", "direction", "started_at", "business_day", "disposition",
        "touchpoint", "reason", "cause", "product", "region", "segment", "team", "queue", "language",
        "wait_seconds", "handle_seconds",
    ),
    "scores": (
        "record_key", "contact_key", "source", "question", "kind", "score", "responded_at", "business_day",
        "customer_id", "touchpoint", "reason", "cause", "product", "region", "segment", "team", "queue", "language",
    ),
    "chain_contacts": (
        "contact_key", "chain_key", "source", "channel", "started_at", "business_day", "customer_id", "position",
        "chain_length", "channel_count", "is_answered", *PLACE,
    ),
    "failures": (
        "contact_key", "source", "channel", "direction", "started_at", "business_day", "customer_id", "is_abandoned",
        "is_unresolved", "is_low_score", "is_complaint", "is_repeated", "is_cause_told", *PLACE,
    ),
    "votes": ("person", "source", "channel", "vote", "business_day", "mention_count", "own_vote", *PLACE),
    "posts": (
        "record_key", "source", "channel", "person", "started_at", "business_day", "tone", "intensity", "is_cause_told",
        "is_campaign", "wording", "person_count", "told_cause", "why", "spoken", "text", *PLACE,
    ),
    "reviews": ("record_key", "source", "channel", "rating", "started_at", "business_day", "answered_at", *PLACE),
    "private_contacts": (
        "contact_key", "source", "channel", "customer_id", "started_at", "business_day", "posted_at", *PLACE,
    ),
    "outcomes": (
        "contact_key", "source", "channel", "customer_id", "started_at", "business_day", "has_failed",
        "is_repeat", "is_cause_known", "is_breakdown", *PLACE,
    ),
    "aftermaths": (
        "contact_key", "source", "channel", "customer_id", "started_at", "business_day", "content_at", "returned_at",
        *PLACE,
    ),
    "promises": (
        "chain_key", "source", "channel", "customer_id", "started_at", "business_day", "last_at", "promise_count",
        "measured_count", "broken_count", *PLACE,
    ),
    "cases": (
        "contact_key", "source", "channel", "customer_id", "started_at", "business_day", "closed_at",
        "resolution_seconds", *PLACE,
    ),
    "sessions": (
        "contact_key", "source", "channel", "customer_id", "started_at", "business_day", "is_finished", "returned_at",
        *PLACE,
    ),
    "journeys": (
        "chain_key", "source", "channel", "customer_id", "started_at", "business_day", "last_at", "contact_count",
        "switch_count", "transfer_count", "retold_count", "customer_seconds", *PLACE,
    ),
    "volumes": (
        "record_key", "source", "channel", "direction", "started_at", "business_day", "interval_seconds",
        "contact_count", "offered_count", "answered_count", "abandoned_count", "answer_wait_seconds",
        "reported_service_level", *PLACE,
    ),
    "invitations": (
        "invitation_number", "source", "channel", "customer_id", "started_at", "business_day", "is_delivered",
        "is_opted_out", "answered_at", "score", "product", "region", "segment",
    ),
    "exposures": (
        "contact_key", "source", "channel", "customer_id", "started_at", "business_day", "is_contact",
        "is_complaint_chain", *PLACE,
    ),
}  # fmt: skip

PEOPLE = ("person", "contact_count", "started_at", "last_at", "channel", "touchpoint", "cause")
"""What is shown of a customer: the first contact, the last, and one of the channels, touchpoints and causes."""


def rows_behind(
    engine: Engine, metric: Metric, period: Period, where: Where, side: str, coverage: Coverage, settings: Settings
) -> Rows:
    """The rows that a metric counts in a period on one side of its fraction.

    Rows after the watermark are not counted. Raises UserError for a side that the metric does not have.
    """
    condition = side_condition(metric, side, settings_of(metric, settings))
    unit = UNITS[metric.fact]
    if coverage.watermark is None or coverage.watermark < period.start:
        return Rows((), unit)
    span = Span(period.start, min(period.end, coverage.watermark), None, watermark=coverage.delivered_to)
    source = compile.rows_of(metric, span, settings)
    filtered = conditions(where)
    people = next((part.distinct for part in metric.parts if part.name == side), "")
    if people:
        return _people(engine, people, source, condition, filtered, span)
    if metric.hidden_under:
        return _nameless(engine, source, span, condition, filtered, unit)
    columns = SHOWN[metric.fact]
    shown = ", ".join(f"fact.{column}" for column in columns)
    if metric.in_business_time:
        columns = (*columns, BUSINESS_RESPONSE)
        shown = f"{shown.replace(f'fact.{RESPONSE}', f'fact.{PASSED}')}, fact.{RESPONSE}"
    key = f"fact.{columns[0]}" if columns[0].endswith("_key") else "NULL"
    sql = (
        f"SELECT {shown}, core_records.record_id, core_loads.file_name, core_records.record_number "
        f"FROM {source.sql} AS fact LEFT JOIN core_records ON core_records.record_key = {key} "
        "LEFT JOIN core_loads ON core_loads.load_id = core_records.load_id "
        f"WHERE {DAYS} AND {condition} AND {filtered.sql} ORDER BY 5, 1"
    )
    found = engine.rows(sql, [*source.parameters, span.start, span.through, *filtered.parameters])
    names = (*columns, "record_id", "file", "record_number")
    return Rows(tuple(dict(zip(names, row, strict=True)) for row in found), unit)


def _people(engine: Engine, people: str, source: Statement, condition: str, filtered: Statement, span: Span) -> Rows:
    """The different things that a metric counts, each with its rows."""
    found = engine.rows(
        f"SELECT {people} AS person, COUNT(*), MIN(fact.started_at), MAX(fact.started_at), MIN(fact.channel), "
        f"MIN(fact.touchpoint), MIN(fact.cause) FROM {source.sql} AS fact "
        f"WHERE {DAYS} AND {condition} AND {filtered.sql} GROUP BY 1 ORDER BY 2 DESC, 3, 1",
        [*source.parameters, span.start, span.through, *filtered.parameters],
    )
    return Rows(tuple(dict(zip(PEOPLE, row, strict=True)) for row in found), "customer")


def _nameless(engine: Engine, source: Statement, span: Span, condition: str, filtered: Statement, unit: str) -> Rows:
    """Confidential answers in the order of their scores, without anything that says whose they are or when."""
    sql = (
        f"SELECT ROW_NUMBER() OVER (ORDER BY question, score) AS place, question, score FROM {source.sql} AS fact "
        f"WHERE {DAYS} AND {condition} AND {filtered.sql} ORDER BY 1"
    )
    found = engine.rows(sql, [*source.parameters, span.start, span.through, *filtered.parameters])
    return Rows(tuple(dict(zip(("place", "question", "score"), row, strict=True)) for row in found), unit)


def side_condition(metric: Metric, side: str, settings: Mapping[str, float]) -> str:
    """The SQL condition of the rows on one side; a metric that is one number has only a bottom."""
    by_name: dict[str, Part] = {part.name: part for part in metric.parts}
    read = {"top": ("top",), "bottom": ("bottom",), **metric.reads}
    has_top = all(name in by_name and not by_name[name].add for name in read["top"])
    if side == "bottom" or (side == "top" and has_top):
        parts = [by_name[name] for name in read[side] if name in by_name] or list(metric.parts)
        return "(" + " OR ".join(f"({part.condition(settings)})" for part in parts) + ")"
    raise unknown("side", side, ["top", "bottom"] if has_top else ["bottom"], metric.name)
