"""CSAT tables of many tools: one row a rating of satisfaction, with its time, and perhaps words, a person and a ticket.

A ticket, a call, a sale or an employee that carries a rating among other things is none of these.
"""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import NO_ANSWER, Asked, is_about_employer, kind_of, targets
from etl.sources.surveys.form_words import form_columns
from etl.sources.surveys.labels import LABELS
from etl.sources.surveys.tables import (
    COMMENTS,
    EMAILS,
    NPS_SCORES,
    PEOPLE,
    bare,
    columns_of,
    customer,
    record_id,
    segments,
    time_column,
    time_of,
    values_of,
    whole,
)  # fmt: skip
from etl.vocabulary import ResponseKind

SCORES = (
    "csat", "csat_score", "csat_rating", "csat_response", "csat_value", "customer_satisfaction",
    "customer_satisfaction_score", "customer_satisfaction_rating", "satisfaction_score", "satisfaction_rating",
    "overall_satisfaction", "csat_wert", "csat_bewertung", "zufriedenheit", "kundenzufriedenheit",
    "gesamtzufriedenheit", "puntuación_csat", "puntuacion_csat", "satisfacción", "score_csat", "note_csat",
    "nota_csat", "satisfação",
)  # fmt: skip
TICKETS = ("ticket_id", "ticket", "ticket_number", "case_id", "case_number", "conversation_id")
# What only tables of other things have, in which a rating stands beside what matters more: work, sales, employees.
OF_OTHERS = re.compile(
    r"(first_)?(reply|response)_time.*|.*resolution.*|.*(wait|talk|hold|handle|handling|wrap_up|call)_?(time|duration).*|"
    r"(ticket_)?(priority|subject|description)|ticket_status|time_to_.*|resolved.*|solved.*|closed.*|duration|"
    r".*call_.*|queue|flight_distance|.*_(service|comfort|delay|boarding)|"
    r".*(salary|purchase|price|amount|revenue|spend|income|churn|department|employee|hire|job_).*"
)
MOST_COLUMNS, FEWEST_PROVING = 20, 3
STEPS = ("1", "2", "3", "4", "5")


def name_columns(head: Head) -> tuple[str, ...] | None:
    """The header as it is; None where it is no table of such ratings, or nothing tells them apart."""
    found = replace(head, columns=tuple(column.strip() for column in head.columns))
    columns = columns_of(found)
    score, time = columns.first(SCORES), time_column(found)
    if score is None or time is None or len(head.columns) > MOST_COLUMNS or len(set(head.columns)) < len(head.columns):
        return None
    is_known = record_id(found) or columns.first((*PEOPLE, *EMAILS, *TICKETS))
    is_other = (
        columns.first(NPS_SCORES)
        or form_columns(head) is not None
        or any(is_about_employer(column) or "enps" in bare(column) for column in head.columns)
    )
    is_beside = any(OF_OTHERS.fullmatch(name) for name, column in columns.named.items() if column != time)
    return found.columns if is_known and values_of(found, score) and not (is_other or is_beside) else None


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with the columns of this file: the rating is scored only where it proves to be on five points."""
    columns = columns_of(head)
    score, time = columns.first(SCORES) or "", time_column(head) or ""
    comment, ticket, known = columns.first(COMMENTS), columns.first(TICKETS), record_id(head)
    records = replace(head, samples=head.samples[1:])
    proven = ResponseKind.CSAT5 if _is_1_to_5(score, values_of(records, score)) else None
    asked = [Asked(score, score, kind_of(questions, source.name, score, proven=proven))]
    if comment:
        asked.append(Asked(comment, comment, ResponseKind.TEXT))
    if ticket and ticket != known:
        asked.append(Asked(ticket, ticket, ResponseKind.JOIN))
    shared = {**customer(columns), **segments(columns, without=(score, time, comment or "")), **whole(columns)}
    other = columns.first((*PEOPLE, *EMAILS)) or ticket or ""
    return replace(
        source,
        key=(known,) if known else tuple(dict.fromkeys((ticket or other, other, time))),
        is_known_by_nature=known is None,
        event=time_of(head, time),
        targets=targets(asked, shared),
        header_rows=1,
    )


def _is_1_to_5(score: str, values: list[str]) -> bool:
    """Whether all answers are steps from 1 to 5 and some of them 5, or labels of five steps.

    A longer scale of which nobody chose the upper half is not told apart; one answer of it later is put aside.
    """
    labels = {label.casefold() for label in LABELS[ResponseKind.CSAT5]}
    answers = [
        re.sub(r"\s*(/|out of|von|sur|de)\s*5$|[.,]0+$", "", value.strip().casefold())
        for value in values
        if value.strip() not in NO_ANSWER
    ]
    if len(answers) < FEWEST_PROVING or "100" in bare(score):
        return False
    return all(answer in labels for answer in answers) or (
        all(answer in STEPS for answer in answers) and "5" in answers
    )


SOURCE = Source(
    name="csat_table",
    title="CSAT tables",
    form="table",
    required=(),
    key=("response_id",),
    event=Field("when", ("response_date",)),
    targets=(),
    name_columns=name_columns,
    specialise=complete,
)
