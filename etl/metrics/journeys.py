"""Journeys: the chains of a period that cost their customers most, with the contacts of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Engine
from etl.metrics import compile
from etl.metrics.answer import Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS, settings_of
from etl.metrics.compile import Span
from etl.metrics.coverage import Coverage
from etl.metrics.filters import check_dimensions, conditions, needed

INDEX = "runaround_p50"
"""The metric whose sum of minutes and points ranks the chains."""


@dataclass(frozen=True)
class Stop:
    """One contact of a journey."""

    contact_key: int
    started_at: datetime
    channel: str
    touchpoint: str | None
    reason: str | None
    is_answered: bool
    transfer_count: int


@dataclass(frozen=True)
class Journey:
    """A chain with what makes up its runaround index, and its contacts in order."""

    chain_key: int
    customer_id: str
    index: float
    minutes: float
    transfer_count: int
    switch_count: int
    retold_count: int
    stops: tuple[Stop, ...]


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
            f"FROM {rows.sql} AS fact WHERE fact.business_day BETWEEN ? AND ? AND {part.condition(given)} "
            f"AND {filtered.sql} ORDER BY points DESC, fact.chain_key LIMIT {int(most)}",
            [*rows.parameters, span.start, span.through, *filtered.parameters],
        )
        stops = _stops(self._engine, [row[0] for row in found])
        return tuple(
            Journey(chain, customer, float(points), float(seconds) / 60, transfers, switches, retold, stops[chain])
            for chain, customer, points, seconds, transfers, switches, retold in found
        )


def _stops(engine: Engine, chains: list[int]) -> Mapping[int, tuple[Stop, ...]]:
    """The contacts of some chains, each chain's in the order in which they began."""
    if not chains:
        return {}
    rows = engine.rows(
        "SELECT chain.chain_key, contact.contact_key, contact.started_at, contact.channel, contact.touchpoint, "
        "contact.reason, contact.is_answered, contact.transfer_count FROM core_chain_contacts AS chain "
        "JOIN core_contacts AS contact ON contact.contact_key = chain.contact_key "
        f"WHERE chain.chain_key IN ({', '.join('?' * len(chains))}) ORDER BY chain.chain_key, chain.position",
        chains,
    )
    return {chain: tuple(Stop(*row[1:]) for row in rows if row[0] == chain) for chain in chains}
