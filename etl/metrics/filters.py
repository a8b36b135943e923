"""A filter: whether a metric can be filtered so, its SQL with bound values, and the statement that carries them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from etl.errors import UserError
from etl.metrics.answer import Where
from etl.metrics.base import Metric
from etl.vocabulary import UNKNOWN, Dimension

COVERED = "JOIN core_sources ON core_sources.source = fact.source AND fact.business_day <= core_sources.watermark_day"
"""Rows after their own source's watermark are loaded, not yet counted."""
DAYS = "fact.business_day BETWEEN ? AND ?"


@dataclass
class Statement:
    """SQL and its parameters in the order of their marks."""

    sql: str
    parameters: list[Any] = field(default_factory=list)


def written_out(statement: Statement) -> str:
    """The statement with its bound values in their places."""
    pieces = statement.sql.split("?")
    values = [_literal(value) for value in statement.parameters]
    return "".join(piece + value for piece, value in zip(pieces, [*values, ""], strict=True))


def only(where: Where, dimension: Dimension) -> str:
    """The one value of a dimension that a filter narrows to; empty where it leaves several."""
    named = [values for about, values in where if about is dimension]
    return named[0][0] if len(named) == 1 and len(named[0]) == 1 else ""


def narrowed(where: Where, dimension: Dimension, value: str) -> Where:
    """The filter to one value of a dimension, beside what it says of others; it must leave that value already."""
    return (*((each, values) for each, values in where if each is not dimension), (dimension, (value,)))


def conditions(where: Where, alias: str = "fact") -> Statement:
    """The filter as SQL with bound values; the unknown value stands for null."""
    clauses, parameters = [], []
    for dimension, values in where:
        known = [value for value in values if value != UNKNOWN]
        either = [f"{alias}.{dimension.value} IN ({', '.join('?' * len(known))})"] if known else []
        either += [f"{alias}.{dimension.value} IS NULL"] if UNKNOWN in values else []
        clauses.append(f"({' OR '.join(either) or 'FALSE'})")
        parameters += known
    return Statement(" AND ".join(clauses) or "TRUE", parameters)


def needed(by: Sequence[Dimension], where: Where) -> set[Dimension]:
    """The dimensions that a mart must have."""
    return {*by, *(dimension for dimension, _ in where)}


def check_dimensions(metric: Metric, wanted: set[Dimension]) -> None:
    """Raise a UserError naming the dimensions that a metric has when another is wanted."""
    for dimension in sorted(wanted):
        if dimension not in metric.dimensions:
            known = ", ".join(dimension.value for dimension in metric.dimensions)
            raise UserError(f"{metric.name}: has no dimension {dimension.value!r}; it has {known}.")


def _literal(value: Any) -> str:
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.isoformat(' ')}'"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
