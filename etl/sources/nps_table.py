"""NPS tables of many tools: one row an answer from 0 to 10, with its time, and perhaps words and a person."""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import Asked, is_about_employer, kind_of, targets
from etl.sources.surveys.form_words import form_columns
from etl.sources.surveys.tables import (
    COMMENTS,
    EMAILS,
    IDS,
    PEOPLE,
    TIMES,
    bare,
    columns_of,
    customer,
    is_0_to_10,
    segments,
    values_of,
)  # fmt: skip
from etl.vocabulary import ResponseKind

# A column of these names says what was asked; `score` alone says it only where the answers go from 0 to 10.
SCORES = (
    "nps_score", "nps", "nps_rating", "nps_response", "net_promoter_score", "likelihood_to_recommend", "ltr",
    "likelihood_to_recommend_score", "recommend_score", "recommendation_score", "nps_value",
)  # fmt: skip
PLAIN_SCORES = ("score", "rating_0_10", "survey_score")
MOST_COLUMNS = 60


def name_columns(head: Head) -> tuple[str, ...] | None:
    """The header as it is; None where the table has no such answers or nothing that tells them apart."""
    found = replace(head, columns=tuple(column.strip() for column in head.columns))
    columns = columns_of(found)
    score = columns.first(SCORES) or columns.first(PLAIN_SCORES)
    time = columns.first(TIMES)
    if score is None or time is None or len(head.columns) > MOST_COLUMNS or len(set(head.columns)) < len(head.columns):
        return None
    if not (columns.first(IDS) or columns.first(PEOPLE) or columns.first(EMAILS)):
        return None
    is_survey = bare(score) in SCORES or (columns.first(COMMENTS) and columns.first((*IDS, *PEOPLE, *EMAILS)))
    is_other = is_about_employer(score) or form_columns(head) is not None
    return found.columns if is_survey and values_of(found, score) and not is_other else None


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with the columns of this file: the score is NPS only where it proves to be on its scale."""
    columns = columns_of(head)
    score = columns.first(SCORES) or columns.first(PLAIN_SCORES) or ""
    comment, time = columns.first(COMMENTS), columns.first(TIMES) or ""
    proven = ResponseKind.NPS if is_0_to_10(values_of(replace(head, samples=head.samples[1:]), score)) else None
    asked = [Asked(score, score, kind_of(questions, source.name, score, proven=proven))]
    if comment:
        asked.append(Asked(comment, comment, ResponseKind.TEXT))
    known = columns.first(IDS)
    person = columns.first(PEOPLE) or columns.first(EMAILS) or ""
    shared = {**customer(columns), **segments(columns, without=(score, time, comment or ""))}
    return replace(
        source,
        key=(known,) if known else (person, time),
        is_known_by_nature=known is None,
        event=Field("when", (time,)),
        targets=targets(asked, shared),
        header_rows=1,
    )


SOURCE = Source(
    name="nps_table",
    title="NPS tables",
    form="table",
    required=(),
    key=("response_id",),
    event=Field("when", ("response_date",)),
    targets=(),
    name_columns=name_columns,
    specialise=complete,
)
