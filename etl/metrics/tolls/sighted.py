"""How those whom a cell failed came to light: surveys, whether people tell us, lists, and occasions."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from etl.metrics.answer import Cell
from etl.metrics.base import PERSON
from etl.metrics.cells import CAUSE, TOUCHPOINT
from etl.metrics.filters import COVERED, DAYS
from etl.metrics.tolls.scored import ON_RECORD
from etl.metrics.tolls.values import Lists, Sightings
from etl.metrics.tolls.within import Within, negative_days
from etl.vocabulary import ResponseKind

TELLING_DAYS = 365
"""Whether people tell us is a habit: it is taken from the answers of a year."""


def sightings(within: Within) -> Mapping[Cell, Sightings]:
    """Survey answers, lists and occasions of each cell."""
    asked, answered = _asked(within)
    told, lists, occasions = _told(within), _lists(within), _occasions(within)
    return {
        cell: Sightings(
            asked.get(cell.touchpoint, 0), answered.get(cell, 0), *told.get(cell, (0, 0)),
            lists.get(cell, {}), occasions.get(cell, {}),
        )
        for cell in {*answered, *told, *lists, *occasions}
    }  # fmt: skip


def _asked(within: Within) -> tuple[dict[str, int], dict[Cell, int]]:
    """Who answered a survey about each touchpoint, and those of them whom each of its cells failed."""
    here, about = within.answered, within.about
    rows = within.engine.rows(
        f"WITH asked AS (SELECT DISTINCT {PERSON} AS person, {TOUCHPOINT} FROM core_scores AS fact {COVERED} "
        f"WHERE fact.kind IN ('nps', 'csat5') AND {DAYS} AND {here.sql}), "
        f"failed AS (SELECT DISTINCT fact.person, {CAUSE}, {TOUCHPOINT} FROM core_failures AS fact {COVERED} "
        f"WHERE {DAYS} AND {about.sql}) "
        "SELECT NULL, asked.touchpoint, COUNT(asked.person) FROM asked GROUP BY 2 UNION ALL "
        "SELECT failed.cause, failed.touchpoint, COUNT(*) FROM failed JOIN asked "
        "ON asked.person = failed.person AND asked.touchpoint = failed.touchpoint GROUP BY 1, 2",
        [*within.days, *here.parameters, *within.days, *about.parameters],
    )
    return (
        {place: count for cause, place, count in rows if cause is None},
        {Cell(cause, place): count for cause, place, count in rows if cause is not None},
    )


def _told(within: Within) -> dict[Cell, tuple[int, int]]:
    """Of the people with each problem who were asked whether they told us, how many there are and how many did."""
    about, first = within.said_of, within.end - timedelta(days=TELLING_DAYS - 1)
    rows = within.engine.rows(
        f"SELECT {CAUSE}, {TOUCHPOINT}, COUNT(*), COUNT(*) FILTER (WHERE fact.score = 1) "
        f"FROM core_scores AS fact {COVERED} WHERE fact.kind = '{ResponseKind.TOLD}' "
        f"AND {DAYS} AND {about.sql} GROUP BY 1, 2",
        [first, within.end, *about.parameters],
    )
    return {Cell(cause, place): (asked, told) for cause, place, asked, told in rows}


def _lists(within: Within) -> dict[Cell, dict[Lists, int]]:
    """Known customers of each cell by the lists they are on; posts are no contacts here, or they were on two."""
    about, public = within.about, within.public()
    failed = (
        f"FROM core_failures AS fact {COVERED} WHERE fact.customer_id IS NOT NULL AND fact.channel <> 'social' "
        f"AND {DAYS} AND {about.sql}"
    )
    seen = [f"SELECT fact.person, {CAUSE}, {TOUCHPOINT}, {list_} {failed} AND {sign}" for list_, sign in (
        ("1 AS list", ON_RECORD), ("2", "fact.is_low_score"),
    )]  # fmt: skip
    parameters = [*within.days, *about.parameters] * 2
    if public is not None:
        seen.append(
            f"SELECT said.person, said.cause, said.touchpoint, 3 FROM ({negative_days(public)}) AS said "
            "JOIN core_customers ON core_customers.customer_id = said.person"
        )
        parameters += [*within.days, *public.parameters]
    flags = ", ".join(f"MAX(CASE WHEN list = {number} THEN 1 ELSE 0 END) AS list_{number}" for number in (1, 2, 3))
    rows = within.engine.rows(
        f"WITH seen AS ({' UNION ALL '.join(seen)}), "
        f"person AS (SELECT cause, touchpoint, person, {flags} FROM seen GROUP BY cause, touchpoint, person) "
        "SELECT cause, touchpoint, list_1, list_2, list_3, COUNT(*) FROM person GROUP BY 1, 2, 3, 4, 5",
        parameters,
    )
    found: dict[Cell, dict[Lists, int]] = defaultdict(dict)
    for cause, place, one, two, three, count in rows:
        found[Cell(cause, place)][bool(one), bool(two), bool(three)] = count
    return dict(found)


def _occasions(within: Within) -> dict[Cell, dict[int, int]]:
    """Known customers of each cell by how many of their chains it failed."""
    about = within.about
    rows = within.engine.rows(
        f"WITH person AS (SELECT {CAUSE}, {TOUCHPOINT}, fact.customer_id, "
        f"COUNT(DISTINCT chain.chain_key) AS occasions FROM core_failures AS fact {COVERED} "
        "JOIN core_chain_contacts AS chain ON chain.contact_key = fact.contact_key "
        "WHERE chain.is_identified AND chain.started_at >= ? AND fact.customer_id IS NOT NULL "
        f"AND {DAYS} AND {about.sql} GROUP BY 1, 2, 3) "
        "SELECT cause, touchpoint, occasions, COUNT(*) FROM person GROUP BY 1, 2, 3",
        [within.start - timedelta(days=1), *within.days, *about.parameters],
    )
    found: dict[Cell, dict[int, int]] = defaultdict(dict)
    for cause, place, occasions, count in rows:
        found[Cell(cause, place)][occasions] = count
    return dict(found)
