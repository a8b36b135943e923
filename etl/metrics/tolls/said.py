"""What those whom a cell failed wrote to us in these contacts, and in the low answers that they gave about them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from etl.metrics.answer import Cell
from etl.metrics.cells import CAUSE, TOUCHPOINT
from etl.metrics.filters import COVERED, DAYS
from etl.metrics.tolls.values import Saying
from etl.metrics.tolls.within import Within

MOST_OF_CELL = 200
"""So many sayings of a cell are read, the same ones each time: enough to tell which is typical."""
ANSWER_DAYS = 7
"""A contact is answered about up to so many days later."""


def said(within: Within) -> Mapping[Cell, tuple[Saying, ...]]:
    """The words by cell; of public posts only negative ones, as others may thank."""
    about, until = within.about, within.end + timedelta(days=ANSWER_DAYS)
    rows = within.engine.rows(
        f"WITH failed AS (SELECT fact.contact_key, fact.person, {CAUSE}, {TOUCHPOINT} FROM core_failures AS fact "
        f"{COVERED} WHERE {DAYS} AND {about.sql}), worded AS ("
        "SELECT failed.*, legs.record_key FROM failed JOIN core_interactions AS legs USING (contact_key) "
        "LEFT JOIN core_sentiments AS tone ON tone.record_key = legs.record_key AND tone.label >= 0 "
        "WHERE legs.business_day BETWEEN ? AND ? AND tone.record_key IS NULL UNION "
        "SELECT failed.*, answer.record_key FROM failed JOIN core_scores AS answer USING (contact_key) "
        "WHERE answer.business_day BETWEEN ? AND ? AND (answer.kind = 'nps' AND answer.score <= 6 "
        "OR answer.kind = 'csat5' AND answer.score <= 2)), numbered AS ("
        "SELECT worded.cause, worded.touchpoint, words.record_key, words.business_day, worded.person, words.text, "
        "ROW_NUMBER() OVER (PARTITION BY worded.cause, worded.touchpoint ORDER BY words.record_key, words.field) "
        "AS place FROM worded JOIN core_verbatims AS words ON words.record_key = worded.record_key "
        "AND words.is_customer AND words.business_day BETWEEN ? AND ?) "
        "SELECT cause, touchpoint, record_key, business_day, person, text FROM numbered WHERE place <= ? ORDER BY 3, 6",
        [*within.days, *about.parameters, *within.days, *[within.start, until] * 2, MOST_OF_CELL],
    )
    found: defaultdict[Cell, list[Saying]] = defaultdict(list)
    for cause, place, *saying in rows:
        found[Cell(cause, place)].append(Saying(*saying))
    return {cell: tuple(sayings) for cell, sayings in found.items()}
