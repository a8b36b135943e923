"""Qualtrics CSV: three header rows (column ids, question texts, ImportIds), one row a response."""

import json
from dataclasses import replace

from etl.errors import FileRefused
from etl.sources.base import Field, Head, Questions, Source, Target, normalised
from etl.vocabulary import IdentityKind, ResponseKind

ZONE_IMPORT_ID = "recordedDate"
NO_ANSWER = ("-99", "99999")
SCALES = {"nps": (0, 10), "csat5": (1, 5), "csat7": (1, 7), "ces7": (1, 7)}
METADATA = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
)  # fmt: skip
REQUIRED = ("StartDate", "EndDate", "Status", "Finished", "RecordedDate", "ResponseId")


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per answered question of this file, and the zone that its third row states.

    Raises FileRefused when the third row holds no ImportIds (an older export with two header rows).
    """
    texts, imports = _header_rows(head)
    zone = imports[head.columns.index(ZONE_IMPORT_ID[0].upper() + ZONE_IMPORT_ID[1:])].get("timeZone", "")
    asked = [column for column in head.columns if column not in METADATA and not column.endswith("_NPS_GROUP")]
    kinds = {
        column: _kind(column, head, questions, texts[index], imports[index])
        for index, column in enumerate(head.columns)
        if column in asked
    }
    shared = _shared_fields(head, kinds)
    targets = tuple(
        _target(column, texts[head.columns.index(column)], kind, shared)
        for column, kind in kinds.items()
        if not (kind or "").startswith("dimension:") and kind != ResponseKind.JOIN
    )
    return replace(source, targets=targets, file_zone={"Z": "UTC"}.get(zone, zone))


def _header_rows(head: Head) -> tuple[tuple[str, ...], tuple[dict[str, str], ...]]:
    if len(head.samples) < 2 or not (head.samples[1][0] or "").lstrip().startswith('{"ImportId"'):
        raise FileRefused(
            'row 3: found no {"ImportId": …}; a Qualtrics CSV has three header rows. '
            "Export it again as CSV from Data & Analysis, not in the legacy format."
        )
    texts = tuple(text or column for text, column in zip(head.samples[0], head.columns, strict=False))
    imports = tuple(json.loads(cell or "{}") for cell in head.samples[1])
    return texts, imports


def _kind(column: str, head: Head, questions: Questions, text: str, imported: dict[str, str]) -> str | None:
    """What the question is: as declared, else what the format itself proves, else unknown (None)."""
    declared = questions.kind("qualtrics", text, imported.get("ImportId", ""))
    if declared:
        return declared
    if f"{column}_NPS_GROUP" in head.columns:
        return ResponseKind.NPS
    return ResponseKind.TEXT if imported.get("ImportId", "").endswith("_TEXT") else None


def _shared_fields(head: Head, kinds: dict[str, str | None]) -> dict[str, Field]:
    """What every response of a record carries: counted or not, the customer, the contact, its dimensions."""
    finished = "lower(\"Finished\") IN ('1', 'true')"
    status = "lower(coalesce(\"Status\", '0')) IN ('0', 'ip address')"
    shared = {"is_counted": Field("sql", ("Finished", "Status"), expression=f"{finished} AND {status}")}
    if "ExternalReference" in head.columns:
        shared["customer_identifier"] = Field("identity", ("ExternalReference",), identity=IdentityKind.ID)
    if "RecipientEmail" in head.columns:
        shared["other_customer"] = Field("identity", ("RecipientEmail",), identity=IdentityKind.EMAIL)
    if "UserLanguage" in head.columns:
        shared["language"] = Field("sql", ("UserLanguage",), expression='lower("UserLanguage")')
    for column, kind in kinds.items():
        if kind == ResponseKind.JOIN:
            shared["named_contact"] = Field("text", (column,))
        elif kind and kind.startswith("dimension:"):
            shared[kind.removeprefix("dimension:")] = Field("text", (column,))
    return shared


def _target(column: str, text: str, kind: str | None, shared: dict[str, Field]) -> Target:
    fields = {"question": Field("constant", value=normalised(text)), "kind": Field("constant", value=kind), **shared}
    if kind in SCALES:
        low, high = SCALES[kind]
        fields["score"] = Field("rating", (column,), low=low, high=high, blanks=NO_ANSWER)
    elif kind == ResponseKind.TEXT:
        fields["verbatim"] = Field("verbatim", (column,))
    else:
        fields["choice"] = Field("verbatim", (column,))
    return Target(
        "responses", fields, where=f"nullif(trim(\"{column.replace(chr(34), chr(34) * 2)}\"), '') IS NOT NULL"
    )


SOURCE = Source(
    name="qualtrics",
    title="Qualtrics surveys",
    form="table",
    required=REQUIRED,
    optional=("ExternalReference", "RecipientEmail", "UserLanguage"),
    ignored=METADATA,
    key=("ResponseId",),
    event=Field("when", ("RecordedDate",)),
    targets=(),
    header_rows=3,
    specialise=complete,
)
