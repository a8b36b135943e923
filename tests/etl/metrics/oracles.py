"""Runs the hand-written SQL of a metric over the landed tables, with a watermark found without the program."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import isclose
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Connection
from etl.metrics import catalogue
from etl.metrics.answer import Question, Row, Where
from etl.metrics.ask import WarehouseAsk
from etl.metrics.base import VARIANT_MARK
from etl.metrics.catalogue import METRICS, readings
from etl.metrics.disclosure import SUPPRESSED
from etl.vocabulary import Dimension, Grain
from etl.warehouse import Warehouse

FOLDER = Path(catalogue.__file__).parent / "oracles"
OFFERED = (
    "SELECT source FROM core_interactions WHERE direction = 'inbound' AND is_queued "
    "AND disposition IN ('answered', 'abandoned')"
)
ANSWERED = f"{OFFERED} AND disposition = 'answered' AND wait_seconds IS NOT NULL"
HANDLED = (
    "SELECT source FROM core_interactions WHERE disposition IN ('answered', 'callback') AND handle_seconds IS NOT NULL"
)
WRITTEN = "SELECT source FROM core_contacts WHERE direction = 'inbound' AND channel IN ('chat', 'email', 'social')"
INBOUND = "SELECT source FROM core_interactions WHERE direction = 'inbound'"
CLOSING = (
    "SELECT source FROM core_contacts WHERE direction = 'inbound' "
    "AND source IN (SELECT source FROM core_interactions WHERE closed_at IS NOT NULL) "
    "AND (closed_at >= started_at OR is_resolved IS NOT TRUE)"
)
REVIEWS = "SELECT source FROM core_mentions WHERE rating IS NOT NULL AND NOT is_own"
VOICES = (
    "SELECT source FROM core_mentions JOIN core_sentiments AS tone USING (record_key, source) "
    "WHERE tone.label IS NOT NULL AND NOT is_own AND NOT is_repost"
)
POSTS = "SELECT source FROM core_mentions WHERE NOT is_own AND NOT is_repost"
PRIVATE_AND_VOICES = f"""
    SELECT source FROM core_interactions
    WHERE direction = 'inbound' AND channel <> 'social' AND customer_identifier IS NOT NULL AND EXISTS ({VOICES})
    UNION {VOICES}
"""
ASKED = "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL AND kind IN ('nps', 'csat5', 'csat7')"
CONTACTS_AND_SIGNS = f"""
    SELECT source FROM core_interactions WHERE direction = 'inbound' AND EXISTS ({ASKED} UNION {VOICES})
    UNION SELECT source FROM ({ASKED} UNION {VOICES}) WHERE EXISTS ({INBOUND})
"""
COUNTED = "SELECT source FROM core_volumes WHERE direction = 'inbound'"
COUNTED_OFFERED = "coalesce(offered_count, answered_count + abandoned_count)"
FEEDS: Mapping[str, str] = {
    "contacts": INBOUND,
    "nps": "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL AND kind = 'nps'",
    "nps_all": "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL AND kind = 'nps'",
    "csat": (
        "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL "
        "AND kind IN ('csat5', 'csat7', 'csat10', 'thumbs')"
    ),
    "csat_by_contact": f"""
        SELECT source FROM core_scores WHERE contact_key IS NOT NULL AND kind IN ('csat5', 'csat7', 'csat10', 'thumbs')
        AND EXISTS ({INBOUND})
        UNION {INBOUND} AND EXISTS (
            SELECT 1 FROM core_scores WHERE contact_key IS NOT NULL AND kind IN ('csat5', 'csat7', 'csat10', 'thumbs')
        )
    """,
    "ces": "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL AND kind = 'ces7'",
    "ces5": "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL AND kind = 'ces5'",
    "enps": "SELECT source FROM core_responses WHERE is_counted AND score IS NOT NULL AND kind = 'enps'",
    "response_rate": "SELECT source FROM core_invitations WHERE is_delivered",
    "service_level": OFFERED,
    "abandonment": OFFERED,
    "asa": ANSWERED,
    "aht": HANDLED,
    "aht_p50": HANDLED,
    "aht_p90": HANDLED,
    "time_to_abandon": f"{OFFERED} AND disposition = 'abandoned' AND wait_seconds > 5",
    "transfers_per_contact": (
        "SELECT source FROM core_contacts WHERE direction = 'inbound' AND is_answered "
        "AND channel IN ('phone', 'chat', 'task')"
    ),
    "hold_per_contact": "SELECT source FROM core_contacts WHERE direction = 'inbound' AND hold_seconds IS NOT NULL",
    "aht_contact": "SELECT source FROM core_contacts WHERE direction = 'inbound' AND handle_seconds IS NOT NULL",
    "customer_wait": (
        "SELECT source FROM core_contacts WHERE direction = 'inbound' AND customer_wait_seconds IS NOT NULL"
    ),
    "callbacks": f"{INBOUND} AND disposition = 'callback'",
    "voicemails": f"{INBOUND} AND disposition = 'voicemail'",
    "flow_outs": f"{INBOUND} AND disposition = 'flow_out'",
    "contained": f"{INBOUND} AND disposition = 'contained'",
    "first_response_p50": WRITTEN,
    "first_response_p90": WRITTEN,
    "answered_within_target": WRITTEN,
    "resolution_time_p50": CLOSING,
    "resolution_time_p90": CLOSING,
    "repeat_rate": INBOUND,
    "fcr7": INBOUND,
    "channel_switch": INBOUND,
    "repeat_contacts": INBOUND,
    "promise_kept": INBOUND,
    "failure_demand": INBOUND,
    "containment": INBOUND,
    "runaround_p50": INBOUND,
    "runaround_p90": INBOUND,
    "private_to_public": PRIVATE_AND_VOICES,
    "complaint_rate": INBOUND,
    "complaint_rate_customers": INBOUND,
    "failed_contacts": INBOUND,
    "affected_customers": INBOUND,
    "customers": INBOUND,
    "failure_rate": INBOUND,
    "recovery_rate": CONTACTS_AND_SIGNS,
    "review_score": REVIEWS,
    "reviews_answered": REVIEWS,
    "reviews": REVIEWS,
    "review_answer_time_p50": REVIEWS,
    "net_sentiment": VOICES,
    "mentions": POSTS,
    "voices": POSTS,
    "told_causes": POSTS,
    "told_contact_causes": INBOUND,
    "volume_offered": f"{COUNTED} AND coalesce(offered_count, answered_count + abandoned_count) IS NOT NULL",
    "volume_answered": f"{COUNTED} AND answered_count IS NOT NULL",
    "volume_abandonment": f"{COUNTED} AND abandoned_count <= {COUNTED_OFFERED} AND {COUNTED_OFFERED} > 0",
    "volume_asa": f"{COUNTED} AND answer_wait_seconds IS NOT NULL AND answered_count > 0",
    "volume_service_level": f"{COUNTED} AND reported_service_level IS NOT NULL AND {COUNTED_OFFERED} > 0",
}
READINGS = tuple(reading.name for metric in METRICS.values() for reading in readings(metric))
"""The names of all metrics and of their variants."""
LIMITS = "service_level"
"""The metric whose settings say what a short abandon is."""


@dataclass(frozen=True)
class Oracle:
    """The same numbers as an Ask's, from the landed tables of one generation; each SELECT runs once."""

    connection: Connection
    settings: Settings
    told: dict[Any, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, date | None] = field(default_factory=dict)

    def __call__(self, metric: str, start: date, end: date, where: Where = ()) -> tuple[float | None, int]:
        """Value and base of a metric over some days, both ends included; filters have one value each.

        The columns of a variant stand beside those of its metric, or in a file of its own.
        """
        metric, _, variant = metric.partition(VARIANT_MARK)
        if (FOLDER / f"{metric}.{variant}.sql").exists():
            metric, variant = f"{metric}.{variant}", ""
        asked = (metric, start, end, where)
        if asked not in self.told:
            self.told[asked] = self._columns(*asked)
        told = self.told[asked]
        return told.get(variant or "value"), told.get(f"{variant}_n" if variant else "n", 0)

    def _columns(self, metric: str, start: date, end: date, where: Where) -> dict[str, Any]:
        """The columns of a metric's one row; none before the first watermark."""
        base = metric.partition(".")[0]
        if base not in self.marks:
            self.marks[base] = self.watermark(base)
        watermark = self.marks[base]
        if watermark is None:
            return {}
        given: dict[str, Any] = {
            "start": start,
            "end": end,
            "watermark": watermark,
            "watermark_at": self._end_of(watermark),
            **dict.fromkeys(("channel", "touchpoint", "region")),
            **{dimension.value: values[0] for dimension, values in where},
            **catalogue.settings_of(METRICS[LIMITS], self.settings),
            **catalogue.settings_of(METRICS[base], self.settings),
            "opens": self.opening[::2],
            "closes": self.opening[1::2],
        }
        (statement,) = self.connection.extract_statements((FOLDER / f"{metric}.sql").read_text("utf-8"))
        named = {name: given[name] for name in statement.named_parameters}
        found = self.connection.execute(statement, named)
        columns = [column for column, *_ in found.description]
        (row,) = found.fetchall()
        return dict(zip(columns, row, strict=True))

    @cached_property
    def opening(self) -> list[datetime]:
        """The instants at which it opens and closes by turns, every day of two years; of `hours.toml` one table."""
        path = self.settings.folders.root / "hours.toml"
        (hours,) = tomllib.loads(path.read_text("utf-8"))["hours"] if path.exists() else [{}]
        found = []
        for number in range(730 if hours else 0):
            day = date(2025, 6, 1) + timedelta(days=number)
            for clock in filter(None, hours.get(f"{day:%A}".lower(), "").split("-")):
                local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.settings.zone))
                found.append(local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None))
        return found

    def watermark(self, metric: str) -> date | None:
        """The oldest watermark of the active sources with rows of a metric; with stale ones only, the newest of all."""
        feeding = {source for (source,) in self.connection.execute(FEEDS[metric]).fetchall()}
        delivered: list[tuple[str, date, bool]] = self.connection.execute(
            "SELECT source, watermark_day, is_active FROM core_sources WHERE watermark_day IS NOT NULL"
        ).fetchall()
        active = [day for source, day, is_active in delivered if source in feeding and is_active]
        if active:
            return min(active)
        stale = any(source in feeding for source, _, _ in delivered)
        return max(day for _, day, _ in delivered) if stale else None

    def _end_of(self, day: date) -> datetime:
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.settings.zone))
        return midnight.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def oracle_on(settings: Settings) -> Oracle:
    """The oracle over the published generation."""
    warehouse = Warehouse(settings.folders)
    published = warehouse.current()
    assert published is not None
    return Oracle(warehouse.read(published), settings)


class Asked:
    """The rows of each metric, out of one question for all that can be filtered so."""

    def __init__(self, ask: WarehouseAsk) -> None:
        self.ask = ask
        self.answers: dict[tuple[Grain | None, Where], dict[str, list[Row]]] = {}

    def __call__(self, metric: str, grain: Grain | None, where: Where = ()) -> list[Row]:
        if (grain, where) not in self.answers:
            self.answers[grain, where] = self._answer(grain, where)
        return self.answers[grain, where][metric]

    def _answer(self, grain: Grain | None, where: Where) -> dict[str, list[Row]]:
        wanted = {dimension for dimension, _ in where}
        able = [name for name in READINGS if wanted <= set(catalogue.metric_named(name).dimensions)]
        found: dict[str, list[Row]] = {name: [] for name in READINGS}
        for row in self.ask(Question(tuple(able), grain=grain, where=where)).rows:
            found[row.metric].append(row)
        return found


def check_rows(rows: Sequence[Row], oracle: Oracle, where: Where, most: int) -> int:
    """Compare the first and last rows of one metric that have a value, and one that has none; returns how many do."""
    told = [row for row in rows if row.value is not None]
    if len(told) > most:
        told = [*told[: most // 2], *told[most // 2 - most :]]
    for row in (*told, *[row for row in rows if row.value is None][-1:]):
        if row.period:
            check_row(row, oracle(row.metric, row.start, row.end, where))
    return len(told)


def check_row(row: Row, expected: tuple[float | None, int]) -> None:
    """A row has the oracle's base, and its value or a reason why there is none."""
    value, n = expected
    if row.reason == SUPPRESSED:
        assert (row.value, row.n) == (None, 0)
        assert n > 0
        return
    assert row.n == n, (row, expected)
    if row.value is None:
        assert row.reason, row
        assert value is None or n < catalogue.metric_named(row.metric).floor or n == 0, (row, expected)
    else:
        assert value is not None, (row, expected)
        assert isclose(row.value, value, rel_tol=1e-9, abs_tol=1e-9), (row, expected)


def span(start: date, end: date) -> Period:
    """Any days as a period."""
    return Period(Grain.DAY, f"{start}..{end}", start, end)


def only(dimension: Dimension, value: str) -> Where:
    """A filter for one value."""
    return ((dimension, (value,)),)
