"""Asks the facts what breakdowns cost: one query a question, over the days asked for and no others."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from etl.engines import Engine
from etl.metrics.answer import Cell, Where
from etl.metrics.cells import CAUSE, TOUCHPOINT
from etl.metrics.filters import COVERED, DAYS
from etl.metrics.tolls import said, scored, sighted
from etl.metrics.tolls.values import Part, Saying, Scores, Sightings, Toll
from etl.metrics.tolls.within import Within, known, negative_days

PART = f"{known('product')}, {known('region')}"


@dataclass(frozen=True)
class FactTolls:
    """Answers from the facts of one generation, within a principal's scope; what a customer is worth, by settings."""

    engine: Engine
    scope: Where = ()
    value_per_customer: float | None = None
    currency: str = ""

    def scores(self, start: date, end: date, where: Where = ()) -> Scores:
        """The last answer of each customer, and whom a cell had failed before it."""
        return scored.scores(self._within(start, end, where))

    def sightings(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, Sightings]:
        """How those whom each cell failed came to light."""
        return sighted.sightings(self._within(start, end, where))

    def tolls(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, Toll]:
        """Minutes of the chains in which a cell failed its customers, and what was said of it in public."""
        within = self._within(start, end, where)
        minutes, voices, reposts = _minutes(within), _voices(within), _reposts(within)

        def toll(cell: Cell) -> Toll:
            people, posts = (None, None) if voices is None else voices.get(cell, (0, 0))
            return Toll(minutes.get(cell, 0.0), people, posts, None if reposts is None else reposts.get(cell, 0))

        return {cell: toll(cell) for cell in {*minutes, *(voices or {}), *(reposts or {})}}

    def parts(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, tuple[Part, ...]]:
        """Failed contacts by cell, product and region, and all at its touchpoint of that product and region."""
        within = self._within(start, end, where)
        about, here = within.about, within.here
        failed = within.engine.rows(
            f"SELECT {CAUSE}, {TOUCHPOINT}, {PART}, COUNT(*) FROM core_failures AS fact "
            f"{COVERED} WHERE {DAYS} AND {about.sql} GROUP BY 1, 2, 3, 4",
            [*within.days, *about.parameters],
        )
        everyone = within.engine.rows(
            f"SELECT {TOUCHPOINT}, {PART}, COUNT(*) FROM core_contacts AS fact {COVERED} "
            f"WHERE fact.direction = 'inbound' AND {DAYS} AND {here.sql} GROUP BY 1, 2, 3",
            [*within.days, *here.parameters],
        )
        found = {tuple(row[:4]): row[4] for row in failed}
        there: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for place, product, region, count in sorted(everyone):
            there[place].append((product, region, count))
        return {
            Cell(cause, place): tuple(
                Part(product, region, found.get((cause, place, product, region), 0), count)
                for product, region, count in there[place]
            )
            for cause, place in {(cause, place) for cause, place, *_ in failed}
        }

    def said(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, tuple[Saying, ...]]:
        """The words of failed contacts, and of low answers about them."""
        return said.said(self._within(start, end, where))

    def _within(self, start: date, end: date, where: Where) -> Within:
        return Within(self.engine, start, end, where + self.scope)


def _minutes(within: Within) -> dict[Cell, float]:
    """What the chains in which each cell failed somebody took their customers."""
    about, before = within.about, within.start - timedelta(days=1)
    rows = within.engine.rows(
        f"WITH failed AS (SELECT DISTINCT {CAUSE}, {TOUCHPOINT}, chain.chain_key FROM core_failures AS fact "
        f"{COVERED} JOIN core_chain_contacts AS chain ON chain.contact_key = fact.contact_key "
        f"WHERE chain.started_at >= ? AND {DAYS} AND {about.sql}) "
        "SELECT failed.cause, failed.touchpoint, SUM(journey.customer_seconds) FROM failed "
        "JOIN core_journeys AS journey ON journey.chain_key = failed.chain_key AND journey.last_at >= ? GROUP BY 1, 2",
        [before, *within.days, *about.parameters, before],
    )
    return {Cell(cause, place): float(seconds or 0) / 60 for cause, place, seconds in rows}


def _voices(within: Within) -> dict[Cell, tuple[int, int]] | None:
    """People who are negative about each cell in public, and their posts."""
    public = within.public()
    if public is None:
        return None
    rows = within.engine.rows(
        f"SELECT said.cause, said.touchpoint, COUNT(DISTINCT said.person), CAST(SUM(said.posts) AS BIGINT) "
        f"FROM ({negative_days(public)}) AS said GROUP BY 1, 2",
        [*within.days, *public.parameters],
    )
    return {Cell(cause, place): (people, posts) for cause, place, people, posts in rows}


def _reposts(within: Within) -> dict[Cell, int] | None:
    """How often others passed on what was said of each cell."""
    public = within.public("posts")
    if public is None:
        return None
    rows = within.engine.rows(
        f"SELECT {CAUSE}, {TOUCHPOINT}, COUNT(*) FROM core_mentions AS fact {COVERED} "
        f"WHERE fact.is_repost AND NOT fact.is_own AND {DAYS} AND {public.sql} GROUP BY 1, 2",
        [*within.days, *public.parameters],
    )
    return {Cell(cause, place): count for cause, place, count in rows}
