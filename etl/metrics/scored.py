"""Reads scored answers with what stands beside each: other questions of the record, and the contact it is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from etl.config import Settings
from etl.engines import Engine
from etl.errors import UserError, unknown
from etl.metrics import compile
from etl.metrics.answer import Where
from etl.metrics.answers import Answers, Array
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS, metric_named, settings_of
from etl.metrics.compile import Span
from etl.metrics.filters import DAYS, Statement, conditions
from etl.vocabulary import UNASSIGNED, UNKNOWN

SCALES: Mapping[str, tuple[float, float]] = {
    "nps": (0, 10), "csat5": (1, 5), "csat7": (1, 7), "csat10": (1, 10), "thumbs": (0, 1), "ces7": (1, 7),
    "ces5": (5, 1),
}  # fmt: skip
"""The worst and the best answer by kind; employees answer in confidence and are not read one by one."""
OPERATIONS: Mapping[str, str] = {
    "wait": "contact.customer_wait_seconds - COALESCE(contact.hold_seconds, 0)",
    "hold": "contact.hold_seconds",
    "transfers": "contact.transfer_count",
    "repeats": "chain.position - 1",
}
"""What is known of the contact that an answer is about; durations in seconds, repeats are earlier contacts."""


def answers(engine: Engine, name: str, start: date, end: date, where: Where, settings: Settings) -> Answers:
    """The answers that a metric counts, or those to one question; of several scales the most used one.

    Raises UserError for a name that is neither, and for a metric that counts no answers or confidential ones.
    """
    metric, question = _asked(engine, name)
    span, filtered = Span(start, end, None), conditions(where)
    given, rows = settings_of(metric, settings), compile.rows_of(metric, span, settings)
    of_question = Statement("fact.question = ?", [question]) if question else Statement("TRUE")
    counted = f"{DAYS} AND {filtered.sql} AND {of_question.sql}"
    parameters = [*rows.parameters, start, end, *filtered.parameters, *of_question.parameters]
    parts = [f"CASE WHEN {part.condition(given)} THEN {part.added(given) or '1'} ELSE 0 END" for part in metric.parts]
    base = next(part for part in metric.parts if part.name == "bottom").condition(given)
    found = engine.rows(
        f"SELECT fact.record_key, fact.question, fact.kind, COALESCE(fact.cause, '{UNASSIGNED}'), "
        f"COALESCE(fact.customer_id, ''), EXTRACT(EPOCH FROM fact.responded_at), fact.score, "
        f"{', '.join((*parts, *OPERATIONS.values()))} "
        f"FROM {rows.sql} AS fact LEFT JOIN core_contacts AS contact ON contact.contact_key = fact.contact_key "
        "LEFT JOIN core_chain_contacts AS chain ON chain.contact_key = fact.contact_key "
        f"WHERE {counted} AND {base} ORDER BY 1, 2",
        parameters,
    )
    kind = _most_used([row[2] for row in found])
    kept = [row for row in found if row[2] == kind]
    columns = np.array([row[6:] for row in kept], dtype=float).reshape(len(kept), 1 + len(parts) + len(OPERATIONS)).T
    worst, best = SCALES.get(kind, (0, 1))
    items = engine.rows(
        f"SELECT fact.record_key, fact.question, item.question, item.score FROM {rows.sql} AS fact "
        "JOIN core_scores AS item ON item.record_key = fact.record_key AND item.question <> fact.question "
        f"AND item.kind <> 'enps' WHERE {counted} ORDER BY 1, 2, 3, 4",
        parameters,
    )
    return Answers(
        metric, kind, columns[0] if best > worst else worst + best - columns[0],
        dict(zip([part.name for part in metric.parts], columns[1:], strict=False)),
        _by_item(kept, items),
        dict(zip(OPERATIONS, columns[1 + len(parts) :], strict=True)),
        tuple("" if row[3] in (UNASSIGNED, UNKNOWN) else row[3] for row in kept),
        tuple(row[4] for row in kept), np.array([row[5] for row in kept], dtype=float),
    )  # fmt: skip


def _asked(engine: Engine, name: str) -> tuple[Metric, str]:
    """The metric, and the one question that is asked for, if it is one."""
    if name.partition(":")[0] in METRICS:
        metric = metric_named(name)
        if metric.fact != "scores" or metric.hidden_under:
            kept = "is answered in confidence" if metric.hidden_under else "counts no answers"
            raise UserError(f"{metric.name}: {kept}; expected one of {', '.join(_scored())} or a question.")
        return metric, ""
    asked = engine.rows(
        f"SELECT DISTINCT question, kind FROM core_scores WHERE kind IN ({', '.join('?' * len(SCALES))}) ORDER BY 1",
        list(SCALES),
    )
    for question, kind in asked:
        if question.casefold() == " ".join(name.split()).casefold():
            return next(metric for metric in _scored().values() if kind in _kinds(metric)), question
    raise unknown("metric or question", name, [*_scored(), *(question for question, _ in asked)])


def _scored() -> Mapping[str, Metric]:
    return {name: each for name, each in METRICS.items() if each.fact == "scores" and not each.hidden_under}


def _kinds(metric: Metric) -> list[str]:
    """The kinds of answer that a metric counts."""
    base = next(part for part in metric.parts if part.name == "bottom")
    return [kind for kind in SCALES if f"'{kind}'" in base.where]


def _most_used(kinds: Sequence[str]) -> str:
    return max(sorted(set(kinds)), key=kinds.count, default="")


def _by_item(kept: Sequence[tuple[Any, ...]], items: Sequence[tuple[Any, ...]]) -> Mapping[str, Array]:
    """The answers to each other question, at the places of the answers that are kept."""
    places = {row[:2]: place for place, row in enumerate(kept)}
    found: dict[str, Array] = {}
    for record, question, item, score in items:
        if (record, question) in places:
            found.setdefault(item, np.full(len(kept), np.nan))[places[record, question]] = score
    return found
