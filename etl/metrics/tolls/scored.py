"""Answers of those whom something failed and of those whom nothing did, by cell and stratum, for harm."""

from collections import defaultdict
from collections.abc import Mapping

from etl.metrics.answer import Cell
from etl.metrics.base import PERSON
from etl.metrics.catalogue import METRICS
from etl.metrics.cells import CAUSE, TOUCHPOINT
from etl.metrics.filters import COVERED, DAYS, Statement
from etl.metrics.tolls.values import Sample, Scores, Stratum
from etl.metrics.tolls.within import Within, known

FEWEST_RECOMMENDED = 30
"""With fewer answers from 0 to 10 than these, satisfaction is compared instead."""
SATISFIED, ANY_SATISFACTION = (part.where for part in METRICS["csat"].parts[:2])
SCALES: Mapping[str, tuple[str, str]] = {
    "nps": ("fact.kind = 'nps'", "fact.score"),
    "csat": (f"({ANY_SATISFACTION})", f"CASE WHEN {SATISFIED} THEN 100 ELSE 0 END"),
}
"""Which answers are compared, and the number that each gives."""
ON_RECORD = "(fact.is_abandoned OR fact.is_unresolved OR fact.is_complaint OR fact.is_repeated)"
"""It failed by another sign than a low score: an answer cannot be both what is measured and why it is."""
STRATUM = "channel, touchpoint, segment"
HARMED = f"SELECT DISTINCT fact.person FROM core_failures AS fact WHERE {ON_RECORD} AND {DAYS}"
"""Everyone whom something failed on record, whatever the filter: who is not among them is unaffected."""
TOLD = (
    "SELECT answers.*, failed.cause, failed.touchpoint AS place FROM answers "
    "JOIN failed ON failed.person = answers.person AND failed.since <= answers.responded_at"
)
"""The answers of those whom a cell had failed before they answered."""
SUMS = "COUNT(*), CAST(SUM(score) AS BIGINT), CAST(SUM(score * score) AS BIGINT)"
ANSWER = f"person, {STRATUM}, score"
SPLIT = (
    f"SELECT 'cell', cause, place, {STRATUM}, {SUMS} FROM told GROUP BY cause, place, {STRATUM} UNION ALL "
    f"SELECT 'cause', cause, NULL, {STRATUM}, {SUMS} FROM (SELECT DISTINCT cause, {ANSWER} FROM told) AS one "
    f"GROUP BY cause, {STRATUM} UNION ALL "
    f"SELECT 'everyone', NULL, NULL, {STRATUM}, {SUMS} FROM (SELECT DISTINCT {ANSWER} FROM told) AS one "
    f"GROUP BY {STRATUM} UNION ALL "
    f"SELECT 'unaffected', NULL, NULL, {STRATUM}, {SUMS} FROM answers WHERE NOT EXISTS ("
    f"SELECT 1 FROM harmed WHERE harmed.person = answers.person) GROUP BY {STRATUM} UNION ALL "
    "SELECT 'affected', cause, touchpoint, NULL, NULL, NULL, COUNT(*), 0, 0 FROM failed GROUP BY cause, touchpoint"
)
"""The sums of answers by cell, by cause, over all cells and of the unaffected; and how many each cell failed."""


def scores(within: Within) -> Scores:
    """The last answer of each customer, and whom a cell had failed before it."""
    scale = _scale(within)
    failed, answers = _failed(within), _answers(scale, within)
    rows = within.engine.rows(
        f"WITH failed AS ({failed.sql}), harmed AS ({HARMED}), answers AS ({answers.sql}), told AS ({TOLD}) {SPLIT}",
        [*failed.parameters, *within.days, *answers.parameters],
    )
    cells: dict[Cell, dict[Stratum, Sample]] = defaultdict(dict)
    causes: dict[str, dict[Stratum, Sample]] = defaultdict(dict)
    whole: dict[str, dict[Stratum, Sample]] = {"everyone": {}, "unaffected": {}}
    affected: dict[Cell, int] = {}
    for part, cause, place, channel, touchpoint, segment, *sums in rows:
        stratum, sample = (channel, touchpoint, segment), Sample(*map(int, sums))
        if part == "cell":
            cells[Cell(cause, place)][stratum] = sample
        elif part == "cause":
            causes[cause][stratum] = sample
        elif part == "affected":
            affected[Cell(cause, place)] = sample.n
        else:
            whole[part][stratum] = sample
    return Scores(scale, affected, dict(cells), dict(causes), whole["everyone"], whole["unaffected"])


def _scale(within: Within) -> str:
    sql = f"SELECT COUNT(*) FROM core_scores AS fact WHERE fact.kind = 'nps' AND {DAYS}"
    ((count,),) = within.engine.rows(sql, within.days)
    return "nps" if count >= FEWEST_RECOMMENDED else "csat"


def _failed(within: Within) -> Statement:
    """Whom each cell failed on record, and since when."""
    about = within.about
    return Statement(
        f"SELECT fact.person, {CAUSE}, {TOUCHPOINT}, MIN(fact.started_at) AS since FROM core_failures AS fact "
        f"{COVERED} WHERE {ON_RECORD} AND {DAYS} AND {about.sql} GROUP BY 1, 2, 3",
        [*within.days, *about.parameters],
    )


def _answers(scale: str, within: Within) -> Statement:
    """The last answer of each person on the scale, as a number."""
    (kinds, number), here = SCALES[scale], within.answered
    stratum = ", ".join(map(known, STRATUM.split(", ")))
    return Statement(
        f"SELECT person, {STRATUM}, score, responded_at FROM ("
        f"SELECT {PERSON} AS person, {stratum}, CAST({number} AS BIGINT) AS score, fact.responded_at, "
        f"ROW_NUMBER() OVER (PARTITION BY {PERSON} ORDER BY fact.responded_at DESC, fact.record_key DESC) AS place "
        f"FROM core_scores AS fact {COVERED} WHERE {kinds} AND {DAYS} AND {PERSON} IS NOT NULL AND {here.sql}"
        ") AS answered WHERE place = 1",
        [*within.days, *here.parameters],
    )
