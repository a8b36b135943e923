"""SurveyMonkey responses as its API lists them with their details: one document a response, its answers by page.

With `simple=true` the answers hold their words; else an answer that was chosen is the id of a choice, whose words are
in another file. No score is in it that the format proves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from etl.sources.base import Document, Field, Head, Questions, Source
from etl.sources.documents.parts import first, joined, objects, text
from etl.sources.surveys.answers import Asked, kind_of, plain, targets
from etl.vocabulary import IdentityKind, ResponseKind

MARK = "|"
ANSWER = "answer"
OPEN = "open_ended"
PARTS = ("simple_text", "text", "choice_id")


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a response; an answer's column is named by its question's id, family and words."""
    record: dict[str, Any] = {
        "id": text(document, "id"),
        "changed_at": text(document, "date_modified"),
        "created_at": text(document, "date_created"),
        "status": text(document, "response_status"),
        "person": first(text(document, "custom_value"), text(document, "metadata", "contact", "custom_value", "value")),
        "email": first(text(document, "email_address"), text(document, "metadata", "contact", "email", "value")),
    }
    for page in objects(document, "pages"):
        for question in objects(page, "questions"):
            record |= _answered(question)
    yield record


def _answered(question: Document) -> dict[str, str | None]:
    """The answers to a question, those to each row of a matrix apart; what several answers say is told as one."""
    rows: dict[str, list[str | None]] = {}
    family = text(question, "family")
    for answer in objects(question, "answers"):
        told = first(*(text(answer, name) for name in PARTS))
        is_open = text(answer, "text") is not None and text(answer, "choice_id") is None
        row = "" if is_open or text(answer, "choice_id") is None else text(answer, "row_id") or ""
        column = (ANSWER, text(question, "id") or "", OPEN if is_open else family or "", row, _words(question))
        rows.setdefault(MARK.join(column), []).append(told)
    return {column: joined(told, ", ") for column, told in rows.items()}


def _words(question: Document) -> str:
    return plain(first(text(question, "heading"), text(question, "id")) or "")


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question that this file has answers of."""
    asked = []
    for column in sorted(head.columns):
        if column.count(MARK) < 4:
            continue
        _, key, family, row, words = column.split(MARK, 4)
        proven = ResponseKind.TEXT if family == OPEN else None
        told = f"{words} - {row}" if row and _rows_of(key, head) > 1 else words
        asked.append(Asked(column, told, kind_of(questions, source.name, words, key, proven)))
    shared = {
        "is_counted": Field("flag", ("status",), true=("completed",), false=("partial", "disqualified", "overquota")),
        "customer_identifier": Field("identity", ("person",), identity=IdentityKind.ID),
        "other_customer": Field("identity", ("email",), identity=IdentityKind.EMAIL),
    }
    return replace(source, targets=targets(asked, shared), ignored=tuple(head.columns))


def _rows_of(key: str, head: Head) -> int:
    own = f"{ANSWER}{MARK}{key}{MARK}"
    return len({column.split(MARK, 4)[3] for column in head.columns if column.startswith(own)})


SOURCE = Source(
    name="surveymonkey_api",
    title="SurveyMonkey surveys (API)",
    form="json",
    required=("id", "response_status", "date_modified", "pages"),
    signatures=(("id", "response_status", "date_modified", "collector_id"),),
    key=("id",),
    event=Field("when", ("changed_at",), states_zone=True),
    version=Field("when", ("changed_at",), states_zone=True),
    targets=(),
    optional=("created_at",),
    specialise=complete,
    flatten=flatten,
)
