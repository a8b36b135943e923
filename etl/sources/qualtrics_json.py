"""Qualtrics responses as JSON or NDJSON: one document a response, its values by question id, their labels beside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from etl.sources.base import Document, Field, Head, Questions, Source
from etl.sources.documents.parts import first, joined, part, text
from etl.sources.surveys.answers import Asked, targets
from etl.sources.surveys.qualtrics_words import is_counted
from etl.vocabulary import IdentityKind, ResponseKind

METADATA: Mapping[str, str] = {
    "startDate": "StartDate",
    "endDate": "EndDate",
    "recordedDate": "RecordedDate",
    "status": "Status",
    "progress": "Progress",
    "finished": "Finished",
    "distributionChannel": "DistributionChannel",
    "userLanguage": "UserLanguage",
    "recipientEmail": "RecipientEmail",
    "externalDataReference": "ExternalReference",
}
QUESTION = re.compile(r"QID\d+\w*")
MADE = re.compile(r"_(FIRST_CLICK|LAST_CLICK|PAGE_SUBMIT|CLICK_COUNT|META_\w+|DO(_\w+)?|NPS_GROUP)$|_TEXT_[0-9a-f]{8}")
TOLD = ("Finished", "Status", "Progress", "DistributionChannel")


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a response under the table's names; where a choice has a label, that is its answer."""
    values, labels = part(document, "values"), part(document, "labels")
    record: dict[str, Any] = dict.fromkeys(METADATA.values())
    record["response"] = first(text(document, "responseId"), text(values, "_recordId"))
    for name, value in values.items() if isinstance(values, Mapping) else ():
        if name in METADATA:
            record[METADATA[name]] = text(values, name)
        elif QUESTION.fullmatch(name) and not MADE.search(name):
            record[name] = _answer(value, part(labels, name))
        elif name.endswith("_NPS_GROUP"):
            record[f"scored {name.removesuffix('_NPS_GROUP')}"] = "nps"
        elif not isinstance(value, Mapping | list) and not name.startswith(("QID", "_")):
            record[f"embedded {name}"] = text(values, name)
    yield record


def _answer(value: Any, label: Any) -> str | None:
    """A number stays one, so that it can be scored; of what has several labels all are told."""
    told = label if isinstance(label, list) else value if isinstance(value, list) else None
    if told is not None:
        return joined([text({"part": entry}, "part") for entry in told], ", ")
    own = text({"own": value}, "own")
    shown = text({"shown": label}, "shown")
    return own if shown is None or re.match(r"\d", shown) or shown == own else shown


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question id of this file; the texts of the questions are not in it."""
    scored = {column.removeprefix("scored ") for column in head.columns if column.startswith("scored ")}
    by_id = {question.import_id: question for question in questions.of("qualtrics") if question.import_id}
    by_id |= {question.import_id or question.text: question for question in questions.of(source.name)}
    asked = []
    for column in sorted(head.columns):
        declared = by_id.get(column) or by_id.get(column.casefold()) or by_id.get(column.removeprefix("embedded "))
        proven = ResponseKind.NPS if column in scored else ResponseKind.TEXT if column.endswith("_TEXT") else None
        if declared or QUESTION.fullmatch(column):
            words = declared.text if declared else column
            asked.append(Asked(column, words, declared.kind if declared else proven))
    shared = {
        "is_counted": Field("sql", TOLD, expression=is_counted(dict.fromkeys(TOLD, True))),
        "customer_identifier": Field("identity", ("ExternalReference",), identity=IdentityKind.ID),
        "other_customer": Field("identity", ("RecipientEmail",), identity=IdentityKind.EMAIL),
        "language": Field("sql", ("UserLanguage",), expression='lower("UserLanguage")'),
    }
    return replace(source, targets=targets(asked, shared), ignored=tuple(head.columns))


SOURCE = Source(
    name="qualtrics_json",
    title="Qualtrics surveys (JSON)",
    form="json",
    required=("responseId", "values.recordedDate"),
    signatures=(("responseId", "values.endDate"), ("values._recordId", "values.startDate")),
    key=("response",),
    event=Field("when", ("RecordedDate",)),
    targets=(),
    zone="UTC",
    specialise=complete,
    flatten=flatten,
)
