"""NPS tables of many tools: one row an answer from 0 to 10, with its time, and perhaps words and a person."""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.surveys.answers import Asked, is_about_employer, kind_of, targets
from etl.sources.surveys.form_words import form_columns
from etl.sources.surveys.tables import (
    BEYOND_5,
    BEYOND_7,
    COMMENTS,
    EMAILS,
    IDS,
    NPS_SCORES,
    PEOPLE,
    Columns,
    bare,
    columns_of,
    customer,
    is_0_to_10,
    record_id,
    segments,
    time_column,
    time_of,
    values_of,
    whole,
)  # fmt: skip
from etl.sources.texts import literal, quoted
from etl.vocabulary import ResponseKind

# These alone say it only where the answers go from 0 to 10.
PLAIN_SCORES = ("score", "rating_0_10", "survey_score")
PROVEN_SCORES = ("answer",)  # of AskNicely; elsewhere it holds words
# A table of several sorts of surveys says of each answer which sort it is of.
SORTS = ("survey_type", "metric_type", "question_type", "score_type", "metric")
NPS = ("nps", "nps®", "net promoter score", "net_promoter_score")
# What else was asked lands beside the score as it was answered: no name says on which scale.
OTHER_SCORES = re.compile(r"(csat|ces|(customer_|overall_)?satisfaction|(customer_)?effort)(_(score|rating|response))?")
MOST_COLUMNS = 60


def name_columns(head: Head) -> tuple[str, ...] | None:
    """The header as it is; None where the table has no such answers or nothing that tells them apart."""
    found = replace(head, columns=tuple(column.strip() for column in head.columns))
    columns = columns_of(found)
    score = _score_of(found)
    time = time_column(found)
    if score is None or time is None or len(head.columns) > MOST_COLUMNS or len(set(head.columns)) < len(head.columns):
        return None
    if not (record_id(found) or columns.first(PEOPLE) or columns.first(EMAILS)):
        return None
    is_survey = bare(score) in NPS_SCORES or (_comment(columns) and columns.first((*IDS, *PEOPLE, *EMAILS)))
    is_other = is_about_employer(score) or form_columns(head) is not None
    return found.columns if is_survey and values_of(found, score) and not is_other else None


def _score_of(head: Head) -> str | None:
    """The column of the answers: by its name, or of a plain name where its answers go from 0 to 10."""
    columns = columns_of(head)
    known = columns.first(NPS_SCORES) or columns.first(PLAIN_SCORES)
    plain = columns.first(PROVEN_SCORES)
    return known or (plain if plain and is_0_to_10(values_of(head, plain), BEYOND_7) else None)


def _comment(columns: Columns) -> str | None:
    """The respondent's words, which Wootric calls `text`."""
    return columns.first(COMMENTS) or (columns.named.get("text") if "end_user_id" in columns.named else None)


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with the columns of this file: the score is NPS only where it proves to be on its scale."""
    columns = columns_of(head)
    score = _score_of(head) or ""
    comment, time = _comment(columns), time_column(head) or ""
    sort = next((columns.named[name] for name in SORTS if name in columns.named), None)
    proven = ResponseKind.NPS if _is_on_scale(score, sort, replace(head, samples=head.samples[1:])) else None
    asked = [Asked(score, score, kind_of(questions, source.name, score, proven=proven))]
    if comment:
        asked.append(Asked(comment, comment, ResponseKind.TEXT))
    asked += [
        Asked(column, column, kind_of(questions, source.name, column))
        for column in head.columns
        if OTHER_SCORES.fullmatch(bare(column)) and column != score
    ]
    known = record_id(head)
    person = columns.first(PEOPLE) or columns.first(EMAILS) or ""
    shared = {**customer(columns), **segments(columns, without=(score, time, comment or "")), **whole(columns)}
    return replace(
        source,
        key=(known,) if known else (person, time),
        is_known_by_nature=known is None,
        event=time_of(head, time),
        targets=tuple(told for target in targets(asked, shared) for told in _by_sort(target, score, sort)),
        header_rows=1,
    )


def _is_on_scale(score: str, sort: str | None, records: Head) -> bool:
    """Whether the answers go from 0 to 10; of those that say their sort, those of NPS.

    A score of no name may be one of seven points, too.
    """
    if sort is None:
        return is_0_to_10(values_of(records, score), BEYOND_5 if bare(score) in NPS_SCORES else BEYOND_7)
    places = records.columns.index(sort), records.columns.index(score)
    answers = [[record[place] if place < len(record) else None for place in places] for record in records.samples]
    return is_0_to_10([value for kind, value in answers if value and (kind or "").strip().casefold() in NPS])


def _by_sort(target: Target, score: str, sort: str | None) -> list[Target]:
    """The same; of a score among several sorts of surveys that of NPS, and beside it the others, unscored."""
    if sort is None or "score" not in target.fields:
        return [target]
    words = ", ".join(literal(word) for word in NPS)
    is_nps = f"coalesce(lower(trim({quoted(sort)})) IN ({words}), FALSE)"
    kept = {name: field for name, field in target.fields.items() if name not in ("score", "kind")}
    named = f"coalesce(lower(nullif(trim({quoted(sort)}), '')), 'unknown survey type')"
    other = {**kept, "question": Field("sql", (sort,), expression=named), "choice": Field("verbatim", (score,))}
    counted = {**target.fields, "score": _of_nps(score, is_nps)}
    return [
        replace(target, fields=counted, where=f"{target.where} AND {is_nps}"),
        Target("responses", other, where=f"{target.where} AND NOT {is_nps}"),
    ]


def _of_nps(score: str, is_nps: str) -> Field:
    """A score from 0 to 10; one of another sort is no fault, and the condition keeps it out."""
    number = f"try_cast({quoted(score)} AS DECIMAL(9,3))"
    is_whole = f"{number} BETWEEN 0 AND 10 AND {number} = round({number}, 0)"
    expression = f"CASE WHEN NOT {is_nps} THEN 0 WHEN {is_whole} THEN CAST({number} AS INTEGER) END"
    return Field("sql", (score,), expression=expression, expected="a whole number from 0 to 10")


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
