"""Reads what happened to single customers: journeys, steps from channel to channel, outcries, open failures."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Engine
from etl.metrics import compile
from etl.metrics.answer import Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS, settings_of
from etl.metrics.compile import Span
from etl.metrics.coverage import Coverage
from etl.metrics.filters import COVERED, DAYS, Statement, check_dimensions, conditions, needed
from etl.metrics.ways import Journey, OpenFailure, Outcry, Step, Stop

INDEX = "runaround_p50"
"""The metric whose sum of minutes and points ranks the chains."""
PUBLIC_DAYS = 90
"""Who posted about us within so many days is used to speak in public."""
RECORD = "COALESCE(loads.file_name || ':' || CAST(records.record_number AS VARCHAR), '')"
LOADED = (
    "LEFT JOIN core_records AS records ON records.record_key = {key} "
    "LEFT JOIN core_loads AS loads ON loads.load_id = records.load_id"
)


class Journeys:
    """Answers about single customers from one generation, for one principal."""

    def __init__(
        self, engine: Engine, settings: Settings, scope: Where, coverage: Callable[[Metric, Where], Coverage]
    ) -> None:
        """`scope` limits the rows; `coverage` says for a metric and a filter how far its sources have delivered."""
        self._engine = engine
        self._settings = settings
        self._scope = scope
        self._coverage = coverage

    def worst(self, period: Period, where: Where = (), most: int = 10) -> tuple[Journey, ...]:
        """The mature chains of a period with the highest runaround index, worst first."""
        metric = METRICS[INDEX]
        scoped = where + self._scope
        check_dimensions(metric, needed((), scoped))
        coverage = self._coverage(metric, scoped)
        if coverage.watermark is None or coverage.watermark < period.start:
            return ()
        (part,), given = metric.parts, settings_of(metric, self._settings)
        span = Span(period.start, min(period.end, coverage.watermark), None, watermark=coverage.delivered_to)
        rows, filtered = compile.rows_of(metric, span, self._settings), conditions(scoped)
        found = self._engine.rows(
            f"SELECT fact.chain_key, fact.customer_id, {part.added(given)} AS points, "
            "fact.customer_seconds, fact.transfer_count, fact.switch_count, fact.retold_count "
            f"FROM {rows.sql} AS fact WHERE {DAYS} AND {part.condition(given)} "
            f"AND {filtered.sql} ORDER BY points DESC, fact.chain_key LIMIT {int(most)}",
            [*rows.parameters, span.start, span.through, *filtered.parameters],
        )
        stops = _stops(self._engine, [row[0] for row in found])
        return tuple(
            Journey(chain, customer, float(points), float(seconds) / 60, transfers, switches, retold, stops[chain])
            for chain, customer, points, seconds, transfers, switches, retold in found
        )

    def steps(self, start: date, end: date, where: Where = ()) -> tuple[Step, ...]:
        """How customers went on within the chains that began between two days, most frequent first."""
        filtered = self._filtered(where)
        found = self._engine.rows(
            "SELECT origin, goal, COUNT(*) FROM (SELECT contact.channel AS goal, LAG(contact.channel) OVER "
            "(PARTITION BY fact.chain_key ORDER BY fact.position) AS origin FROM core_chain_contacts AS fact "
            f"{COVERED} JOIN core_contacts AS contact ON contact.contact_key = fact.contact_key "
            f"WHERE {DAYS} AND fact.is_identified AND {filtered.sql}) AS step "
            "WHERE origin IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            [start, end, *filtered.parameters],
        )
        return tuple(Step(*row) for row in found)

    def outcries(self, start: date, end: date, where: Where = ()) -> tuple[Outcry, ...]:
        """What went public after private contacts between two days, the newest first."""
        filtered = self._filtered(where)
        found = self._engine.rows(
            "SELECT fact.customer_id, fact.started_at, fact.channel, fact.touchpoint, fact.cause, "
            f"escalation.posted_at, mention.platform FROM core_private_contacts AS fact {COVERED} "
            "JOIN core_escalations AS escalation ON escalation.contact_key = fact.contact_key "
            "JOIN core_mentions AS mention ON mention.record_key = escalation.record_key "
            f"WHERE {DAYS} AND {filtered.sql} "
            "ORDER BY escalation.posted_at DESC, fact.started_at DESC, fact.customer_id",
            [start, end, *filtered.parameters],
        )
        return tuple(Outcry(*row) for row in found)

    def open_failures(self, start: date, end: date, where: Where = ()) -> tuple[OpenFailure, ...]:
        """The failures between two days that are still open at the end of the last, the newest first."""
        filtered = self._filtered(where)
        found = self._engine.rows(
            "SELECT fact.customer_id, fact.started_at, fact.channel, fact.touchpoint, fact.cause, "
            "COALESCE(chain.chain_length, 1), fact.is_unresolved, fact.is_abandoned, fact.is_complaint, "
            f"escalation.posted_at, post.posted_at, {RECORD} FROM core_failures AS fact {COVERED} "
            "LEFT JOIN core_chain_contacts AS chain ON chain.contact_key = fact.contact_key "
            "LEFT JOIN core_recoveries AS recovery ON recovery.contact_key = fact.contact_key "
            "LEFT JOIN core_escalations AS escalation ON escalation.contact_key = fact.contact_key "
            "LEFT JOIN (SELECT person, MAX(started_at) AS posted_at FROM core_posts WHERE business_day BETWEEN ? AND ? "
            "GROUP BY 1) AS post ON post.person = fact.customer_id "
            "LEFT JOIN (SELECT customer_id, MAX(started_at) AS called_at FROM core_contacts "
            "WHERE direction = 'outbound' AND customer_id IS NOT NULL AND business_day BETWEEN ? AND ? GROUP BY 1) "
            f"AS called ON called.customer_id = fact.customer_id {LOADED.format(key='fact.contact_key')} "
            f"WHERE fact.customer_id IS NOT NULL AND {DAYS} AND recovery.content_at IS NULL "
            "AND COALESCE(chain.position = chain.chain_length, TRUE) "
            f"AND COALESCE(called.called_at <= fact.started_at, TRUE) AND {filtered.sql} ORDER BY 2 DESC, 1",
            [end - timedelta(days=PUBLIC_DAYS), end, start, end, start, end, *filtered.parameters],
        )
        return tuple(OpenFailure(*row) for row in found)

    def _filtered(self, where: Where) -> Statement:
        """The filter within the scope."""
        return conditions(where + self._scope)


def _stops(engine: Engine, chains: list[int]) -> Mapping[int, tuple[Stop, ...]]:
    """The contacts of some chains, each chain's in the order in which they began."""
    if not chains:
        return {}
    rows = engine.rows(
        "SELECT chain.chain_key, contact.contact_key, contact.started_at, contact.channel, contact.touchpoint, "
        f"contact.reason, contact.is_answered, contact.transfer_count, contact.customer_wait_seconds, {RECORD} "
        "FROM core_chain_contacts AS chain JOIN core_contacts AS contact ON contact.contact_key = chain.contact_key "
        f"{LOADED.format(key='contact.contact_key')} "
        f"WHERE chain.chain_key IN ({', '.join('?' * len(chains))}) ORDER BY chain.chain_key, chain.position",
        chains,
    )
    return {chain: tuple(Stop(*row[1:]) for row in rows if row[0] == chain) for chain in chains}
