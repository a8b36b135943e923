"""Typeform responses as its API, its first API and its webhooks give them: a document a response, answers by field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from etl.sources.base import Document, Field, Head, Questions, Source
from etl.sources.documents.parts import first, joined, objects, part, text
from etl.sources.surveys.answers import Asked, kind_of, plain, targets
from etl.vocabulary import IdentityKind, ResponseKind

MARK = "|"
ANSWER, HIDDEN = "answer", "hidden"
PROVEN = {"nps": ResponseKind.NPS, "short_text": ResponseKind.TEXT, "long_text": ResponseKind.TEXT}
# Fields in which a person names himself: his address becomes an identity, the others are nobody's answer.
PERSONAL = ("email", "phone_number", "contact_info", "file_upload", "signature")
CUSTOMER_ID = ("customer_id", "customerid", "user_id", "userid", "contact_id", "account_id")
CUSTOMER_EMAIL = ("email", "email_address", "customer_email", "user_email")
MADE_REF = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|^\d+$|^$")
NEVER = "0001-01-01"
FIRST_KINDS = {"textarea": "long_text", "textfield": "short_text"}


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a response; an answer's column is named by its field's id, type and words."""
    if "http_status" in document and "responses" in document:
        yield from _of_first_api(document)
        return
    response = part(document, "form_response") if isinstance(document.get("form_response"), Mapping) else document
    titles = {text(field, "id"): text(field, "title") for field in objects(response, "definition", "fields")}
    landed, submitted = text(response, "landed_at"), text(response, "submitted_at")
    is_submitted = submitted is not None and not submitted.startswith(NEVER)
    record: dict[str, Any] = {
        "token": first(text(response, "token"), text(response, "response_id"), text(response, "landing_id")),
        "answered_at": submitted if is_submitted else landed,
        "is_submitted": is_submitted and text(response, "response_type") in (None, "completed"),
    }
    for answer in objects(response, "answers"):
        field = part(answer, "field")
        ref = text(field, "ref") or ""
        words = titles.get(text(field, "id")) or (None if MADE_REF.search(ref) else ref) or text(field, "id") or ""
        column = MARK.join((ANSWER, text(field, "id") or "", text(field, "type") or "", plain(words)))
        record[column] = _value(answer)
    hidden = part(response, "hidden")
    for name in hidden if isinstance(hidden, Mapping) else ():
        record[MARK.join((HIDDEN, "", "", str(name)))] = text(hidden, name)
    yield record


def _of_first_api(document: Document) -> Iterator[Mapping[str, Any]]:
    """The responses of a page of the first API: answers by field, whose words stand beside them, times in UTC."""
    titles = {text(asked, "id"): text(asked, "question") for asked in objects(document, "questions")}
    for response in objects(document, "responses"):
        times = [text(response, "metadata", name) for name in ("date_submit", "date_land")]
        is_submitted = text(response, "completed") in ("1", "true")
        told = times[0] if is_submitted else times[1]
        record: dict[str, Any] = {
            "token": text(response, "token"),
            "answered_at": f"{told.replace(' ', 'T')}Z" if told else None,
            "is_submitted": is_submitted,
        }
        answers = part(response, "answers")
        for field in answers if isinstance(answers, Mapping) else ():
            kind = FIRST_KINDS.get(field.partition("_")[0], field.partition("_")[0])
            record[MARK.join((ANSWER, field, kind, plain(titles.get(field) or field)))] = text(answers, field)
        yield record


def _value(answer: Mapping[str, Any]) -> str | None:
    """What was answered: the label that was chosen, several as one text, or the plain value."""
    held = part(answer, text(answer, "type") or "")
    if not isinstance(held, Mapping):
        return text({"value": held}, "value")
    labels = part(held, "labels")
    chosen = [text({"label": label}, "label") for label in labels] if isinstance(labels, list) else []
    return joined([*chosen, text(held, "label"), text(held, "other"), text(held, "amount")], ", ")


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per field that this file has answers of."""
    parsed = [(column, *column.split(MARK, 3)) for column in head.columns if column.count(MARK) >= 3]
    asked = [
        Asked(column, words, kind_of(questions, source.name, words, field, PROVEN.get(kind)))
        for column, sort, field, kind, words in sorted(parsed)
        if sort == ANSWER and kind not in PERSONAL
    ]
    known = [
        Asked(column, name, questions.kind(source.name, name)) for column, sort, _, _, name in parsed if sort == HIDDEN
    ]
    shared = {"is_counted": Field("flag", ("is_submitted",), true=("true",), false=("false",)), **_customer(parsed)}
    return replace(
        source, targets=targets([*asked, *(one for one in known if one.kind)], shared), ignored=tuple(head.columns)
    )


def _customer(parsed: list[tuple[str, ...]]) -> dict[str, Field]:
    """The customer by what the link to the form named; else by the one address that the form asked for."""
    hidden = {words.casefold(): column for column, sort, _, _, words in parsed if sort == HIDDEN}
    emails = [column for column, sort, _, kind, _ in parsed if sort == ANSWER and kind == "email"]
    ids = [hidden[name] for name in CUSTOMER_ID if name in hidden][:1]
    emails = [hidden[name] for name in CUSTOMER_EMAIL if name in hidden][:1] or (emails if len(emails) == 1 else [])
    fields = [Field("identity", (column,), identity=IdentityKind.ID) for column in ids]
    fields += [Field("identity", (column,), identity=IdentityKind.EMAIL) for column in emails]
    return dict(zip(("customer_identifier", "other_customer"), fields, strict=False))


SOURCE = Source(
    name="typeform",
    title="Typeform surveys",
    form="json",
    required=("token", "landed_at", "submitted_at"),
    signatures=(
        ("landing_id", "landed_at", "submitted_at"),
        ("response_id", "landed_at", "submitted_at"),
        ("form_response.token", "form_response.submitted_at"),
        ("http_status", "questions[].question", "responses[].token"),
    ),
    key=("token",),
    event=Field("when", ("answered_at",), states_zone=True),
    targets=(),
    specialise=complete,
    flatten=flatten,
)
