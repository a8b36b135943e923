"""Replays a claim: its definition and SQL, the rows behind it, the number then and now."""

from dataclasses import dataclass
from math import isclose

from etl.calendar import Period
from etl.config import Settings
from etl.errors import CheckFailed
from etl.metrics import catalogue
from etl.metrics.answer import LOCAL_ANALYST, Principal, Question, Row, Rows
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.base import Metric
from etl.metrics.claims import Claim, definition_of
from etl.metrics.definitions import Definition, definition
from etl.vocabulary import Grain

CLOSE = 1e-9
"""Two values that differ by less, relative to their size, are the same printed number."""


@dataclass(frozen=True)
class Trace:
    """A claim replayed.

    `now` is the row over the same days as known today, `behind` what it counts. `again` is the value found once more in
    the claim's own generation, None where its file is kept no longer. `is_redefined` says that the metric's definition
    or its settings have changed since.
    """

    claim: Claim
    metric: Metric
    definition: Definition
    sql: str
    now: Row
    behind: Rows
    again: float | None
    is_kept: bool
    is_redefined: bool

    @property
    def is_same(self) -> bool:
        """Whether the number printed then is the number of today."""
        return is_same(self.claim.value, self.now.value)


def trace(settings: Settings, text: str, principal: Principal = LOCAL_ANALYST) -> Trace:
    """Replay a claim for somebody, within his scope.

    Raises UserError for what is no claim or names an unknown metric, also when nothing is loaded.
    """
    claim = Claim.parse(text)
    metric = catalogue.metric_named(claim.metric)
    today = open_ask(settings, principal)
    earlier = _earlier(settings, principal, claim, today)
    parameters = catalogue.settings_of(metric, settings)
    span = Period(Grain.DAY, f"{claim.start}..{claim.end}", claim.start, claim.end)
    return Trace(
        claim=claim,
        metric=metric,
        definition=definition(metric, parameters),
        sql=today.sql(claim.metric, span, claim.where),
        now=_asked(today, claim),
        behind=today.rows(claim.metric, span, claim.where),
        again=_asked(earlier, claim).value if earlier else None,
        is_kept=earlier is not None,
        is_redefined=definition_of(metric, parameters) != claim.definition,
    )


def is_same(then: float | None, now: float | None) -> bool:
    """Whether two values are the same printed number; two missing ones are."""
    if then is None or now is None:
        return then is now
    return isclose(then, now, rel_tol=CLOSE, abs_tol=CLOSE)


def _earlier(settings: Settings, principal: Principal, claim: Claim, today: WarehouseAsk) -> WarehouseAsk | None:
    """Ask on the claim's own generation, while its file is kept and this program can read it."""
    if claim.generation == today.generation:
        return today
    try:
        return open_ask(settings, principal, claim.generation)
    except CheckFailed:
        return None


def _asked(ask: WarehouseAsk, claim: Claim) -> Row:
    (row,) = ask(Question((claim.metric,), start=claim.start, end=claim.end, where=claim.where)).rows
    return row
