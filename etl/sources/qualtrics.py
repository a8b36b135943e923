"""Qualtrics tables: ids, question texts and ImportIds above one row a response; legacy ones without ImportIds."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from etl.errors import FileRefused
from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import Asked, kind_of, plain, targets
from etl.sources.surveys.qualtrics_words import is_counted
from etl.vocabulary import IdentityKind, ResponseKind

METADATA = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
)  # fmt: skip
LEGACY_METADATA = ("ResponseSet", "Name", "LocationAccuracy")
# What the legacy export's second row, and its header where that has the names, call what the new one has.
LEGACY_NAMES: Mapping[str, str] = {
    "ResponseID": "ResponseId",
    "ExternalDataReference": "ExternalReference",
    "EmailAddress": "RecipientEmail",
    "RecipientEmailAddress": "RecipientEmail",
}
REQUIRED = ("StartDate", "EndDate", "Finished", "RecordedDate", "ResponseId")
LEGACY = tuple(f"V{number}" for number in range(1, 9))
LEGACY_NAMED = ("ResponseID", "ResponseSet", "StartDate", "EndDate", "Finished")
DATE = re.compile(r"\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
# Made by Qualtrics beside the answers: timings, browsers, topics found in texts, scores, embedded data of its own.
MADE = re.compile(
    r"_(FIRST_CLICK|LAST_CLICK|PAGE_SUBMIT|CLICK_COUNT|META_\w+|DO(_\w+)?)$|^QID\w+_TEXT_[0-9a-f]{8}|^SC_|^Q_|_NPS_GROUP$"
)
MADE_COLUMN = re.compile(r"_NPS_GROUP$|^Q_|^SC\d+$|_(First Click|Last Click|Page Submit|Click Count)$| - \w*Topics?$")


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question of this file, the zone that its third row states, and its header rows.

    Raises FileRefused when the legacy export's second row has no ResponseID.
    """
    texts, imports, header_rows = _header_rows(head)
    names = _names(head, texts)
    zones = [imported.get("timeZone", "") for imported in imports if imported.get("timeZone")]
    asked = [
        Asked(column, texts[place], _kind(column, head, questions, texts[place], imports[place]))
        for place, column in enumerate(head.columns)
        if names[column] == column and _is_question(column, place, texts[place], imports[place])
    ]
    own = {ours: (column,) for column, ours in names.items() if ours != column}
    asked = [question for question in asked if question.kind or not _is_embedded(question.column, head, imports)]
    unasked = set(head.columns) - {question.column for question in asked}
    event = "RecordedDate" if "RecordedDate" in names.values() else "EndDate"
    return replace(
        source,
        aliases={**source.aliases, **own},
        ignored=(*source.ignored, *sorted(unasked)),
        event=Field("when", (event,)),
        targets=targets(asked, _shared_fields(set(names.values()))),
        file_zone={"Z": "UTC"}.get(zones[0], zones[0]) if zones else "",
        header_rows=header_rows,
    )


def _header_rows(head: Head) -> tuple[list[str], list[dict[str, str]], int]:
    """The question text and the third row's object of each column, and how many rows stand above the responses."""
    nothing: list[dict[str, str]] = [{} for _ in head.columns]
    first = list(head.samples[0]) if head.samples else []
    if not first or _is_response(head, first):
        return list(head.columns), nothing, 1
    first += [None] * (len(head.columns) - len(first))
    texts = [plain(text or "") or column for text, column in zip(first, head.columns, strict=False)]
    third = head.samples[1] if len(head.samples) > 1 else ()
    if not any((cell or "").lstrip().startswith('{"ImportId"') for cell in third):
        return texts, nothing, 2
    imports = [_imported(cell) for cell in third]
    return texts, imports + nothing[len(imports) :], 3


def _is_response(head: Head, row: list[str | None]) -> bool:
    """Whether the row under the ids is a response already: somebody took the texts out."""
    cells = {column: cell or "" for column, cell in zip(head.columns, row, strict=False)}
    dates = [cells.get(column, "") for column in ("StartDate", "EndDate", "RecordedDate")]
    return cells.get("ResponseId", "").startswith("R_") or any(DATE.match(date) for date in dates)


def _imported(cell: str | None) -> dict[str, str]:
    """What the third row says of a column: its ImportId, and the zone of a time."""
    try:
        found = json.loads(cell or "{}")
    except ValueError:
        return {}
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _names(head: Head, texts: list[str]) -> dict[str, str]:
    """Each column's name in the new export; the legacy one has V1 and so on, and names in its second row."""
    if head.columns[: len(LEGACY)] != LEGACY:
        return {column: LEGACY_NAMES.get(column, column) for column in head.columns}
    if "ResponseID" not in texts:
        raise FileRefused(
            f"row 2: found {', '.join(texts[:3])}; expected ResponseID and the other names of a legacy Qualtrics "
            "export under V1, V2, …. Export it again as CSV from Data & Analysis."
        )
    return {
        column: LEGACY_NAMES.get(text, text) if re.fullmatch(r"V\d+", column) else column
        for column, text in zip(head.columns, texts, strict=True)
    }


def _is_question(column: str, place: int, text: str, imported: Mapping[str, str]) -> bool:
    # A program that wrote the table anew may have numbered its rows before them.
    is_unnamed = column == f"column {place + 1}" and (text == column or place == 0)
    is_made = MADE.search(imported.get("ImportId", "")) or MADE_COLUMN.search(column)
    return not (is_unnamed or is_made or column in (*METADATA, *LEGACY_METADATA, *LEGACY_NAMES))


def _is_embedded(column: str, head: Head, imports: list[dict[str, str]]) -> bool:
    """Whether a column holds what the company knew before: its ImportId is its own name, not that of a question."""
    return imports[head.columns.index(column)].get("ImportId") == column


def _kind(column: str, head: Head, questions: Questions, text: str, imported: Mapping[str, str]) -> str | None:
    """What the question is: as declared, else what the format itself proves, else unknown (None)."""
    import_id = imported.get("ImportId", "")
    if f"{column}_NPS_GROUP" in head.columns:
        return kind_of(questions, "qualtrics", text, import_id, ResponseKind.NPS)
    is_text = import_id.endswith("_TEXT") or column.endswith("_TEXT")
    return kind_of(questions, "qualtrics", text, import_id, ResponseKind.TEXT if is_text else None)


def _shared_fields(names: set[str]) -> dict[str, Field]:
    """What every response of a record carries: whether it counts, the customer, the language."""
    told = ("Finished", "Status", "Progress", "DistributionChannel")
    has = {name: name in names for name in told}
    columns = tuple(name for name in told if has[name])
    shared = {"is_counted": Field("sql", columns, expression=is_counted(has))}
    if "ExternalReference" in names:
        shared["customer_identifier"] = Field("identity", ("ExternalReference",), identity=IdentityKind.ID)
    if "RecipientEmail" in names:
        other = "other_customer" if "customer_identifier" in shared else "customer_identifier"
        shared[other] = Field("identity", ("RecipientEmail",), identity=IdentityKind.EMAIL)
    if "UserLanguage" in names:
        shared["language"] = Field("sql", ("UserLanguage",), expression='lower("UserLanguage")')
    return shared


SOURCE = Source(
    name="qualtrics",
    title="Qualtrics surveys",
    form="table",
    required=REQUIRED,
    signatures=(("StartDate", "EndDate", "Progress", "ResponseId"), LEGACY, LEGACY_NAMED),
    optional=("ExternalReference", "RecipientEmail", "UserLanguage"),
    ignored=(*METADATA, *LEGACY_METADATA),
    aliases={"ResponseId": ("ResponseID",)},
    key=("ResponseId",),
    event=Field("when", ("RecordedDate",)),
    targets=(),
    header_rows=3,
    specialise=complete,
)
