"""Opening time as SQL: rows whose first response and age count only the seconds in which somebody was there."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from etl.calendar.business_hours import DAY, EPOCH, SECOND, OpeningHours, open_spans
from etl.config import Settings
from etl.metrics.base import OPEN_SECONDS
from etl.metrics.filters import Statement
from etl.metrics.opening import PASSED, RESPONSE, Opening, read_opening

SPANS = (
    "SELECT UNNEST(CAST(? AS BIGINT[])) AS schedule, UNNEST(CAST(? AS BIGINT[])) AS opens, "
    "UNNEST(CAST(? AS BIGINT[])) AS closes, UNNEST(CAST(? AS BIGINT[])) AS before"
)
"""Each stretch of opening time in microseconds since 1970, and how much of its schedule's lies before it."""


def in_opening_time(rows: Statement, first: date, last: date, settings: Settings) -> Statement:
    """Rows of contacts that began from a first day on, their response and their age in the opening time of their kind.

    What time passed until the response is kept beside it. Contacts of regions and channels without hours are left out.
    """
    opening = read_opening(settings)
    cases, told, schedules = _cases(opening)
    begun, seen = "epoch_us(fact.started_at)", f"CAST(round({OPEN_SECONDS} * {SECOND}, 0) AS BIGINT)"
    replied = f"CAST(round(fact.{RESPONSE} * {SECOND}, 0) AS BIGINT)"
    sql = (
        f"(WITH spans AS ({SPANS}), fact AS (SELECT *, {cases} AS schedule FROM {rows.sql} AS fact) "
        f"SELECT fact.* EXCLUDE (schedule) REPLACE ("
        f"CASE WHEN fact.{RESPONSE} IS NOT NULL THEN {_between('replied', f'{begun} + {replied}', begun)} END "
        f"AS {RESPONSE}, {_between('seen', f'{begun} + {seen}', begun)} AS {OPEN_SECONDS}), "
        f"fact.{RESPONSE} AS {PASSED} FROM fact {_reached('begun', begun)} "
        f"{_reached('replied', f'{begun} + {replied}')} {_reached('seen', f'{begun} + {seen}')} "
        "WHERE fact.schedule IS NOT NULL)"
    )
    return Statement(sql, [*_spans(schedules, first, last), *told, *rows.parameters])


def _cases(opening: Opening) -> tuple[str, list[str], list[OpeningHours]]:
    """SQL: the number of a row's schedule, by the narrowest hours that fit; its values, and the schedules by number."""
    schedules: list[OpeningHours] = []
    whens: list[str] = []
    told: list[str] = []
    for region, channel, hours in _kinds(opening):
        if hours not in schedules:
            schedules.append(hours)
        named = {name: value for name, value in (("region", region), ("channel", channel)) if value is not None}
        condition = " AND ".join(f"fact.{name} = ?" for name in named) or "TRUE"
        whens.append(f"WHEN {condition} THEN {schedules.index(hours)}")
        told += named.values()
    return f"CASE {' '.join(whens)} END" if whens else "CAST(NULL AS INTEGER)", told, schedules


def _kinds(opening: Opening) -> Iterator[tuple[str | None, str | None, OpeningHours]]:
    """Regions and channels that hours or holidays name, then any other (None), each with its hours."""
    regions = {shift.region for shift in opening.shifts} | set(opening.closed)
    channels = {shift.channel for shift in opening.shifts}
    for region in [*sorted(regions - {""}), None]:
        for channel in [*sorted(channels - {""}), None]:
            if hours := opening.hours(region, channel):
                yield region, channel, hours


def _spans(schedules: list[OpeningHours], first: date, last: date) -> list[list[int]]:
    """The columns of the opening time between two days, with a day to spare for zones."""
    columns: list[list[int]] = [[], [], [], []]
    ends = [(day - EPOCH.date()).days * DAY for day in (first - timedelta(days=2), last + timedelta(days=2))]
    for number, hours in enumerate(schedules):
        opens, closes = open_spans(hours, *ends)
        before = np.cumsum(closes - opens) - (closes - opens)
        found = ([number] * len(opens), opens.tolist(), closes.tolist(), before.tolist())
        for column, values in zip(columns, found, strict=True):
            column += values
    return columns


def _reached(name: str, instant: str) -> str:
    """SQL: the last stretch of the row's schedule that began by an instant."""
    return f"ASOF LEFT JOIN spans AS {name} ON {name}.schedule = fact.schedule AND {name}.opens <= {instant}"


def _between(name: str, instant: str, begun: str) -> str:
    """SQL: the seconds of opening time between the begin of a row and an instant."""
    length = f"{_before(name, instant)} - {_before('begun', begun)}"
    return f"CAST(GREATEST({length}, 0) / {SECOND}.0 AS DECIMAL(12, 3))"


def _before(name: str, instant: str) -> str:
    """SQL: the microseconds of opening time before an instant."""
    return f"COALESCE({name}.before + LEAST({instant} - {name}.opens, {name}.closes - {name}.opens), 0)"
