"""Plain survey tables: which column is the answer's id, time, person, words and segment, by what it is called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from etl.sources.base import Field, Head
from etl.vocabulary import IdentityKind

IDS = (
    "response_id",
    "survey_response_id",
    "responseid",
    "answer_id",
    "submission_id",
    "feedback_id",
    "id",
    "survey_id",
)
TIMES = (
    "response_date", "responded_at", "survey_responded_at", "response_received_at", "response_time", "response_at",
    "submitted_at", "submitted_on", "submission_date", "submit_date", "submission_time", "completed_at",
    "completed_date", "answered_at", "survey_date", "date_of_response", "created_at", "created", "created_date",
    "recorded_at", "feedback_date", "date", "datetime", "timestamp", "time", "response_timestamp",
    "date_submitted", "survey_completed_at", "updated_at",
)  # fmt: skip
PEOPLE = (
    "customer_id",
    "user_id",
    "account_id",
    "client_id",
    "person_id",
    "contact_id",
    "member_id",
    "customerid",
    "userid",
)
EMAILS = ("email", "email_address", "customer_email", "user_email", "respondent_email", "person_email", "e_mail")
COMMENTS = (
    "comment", "comments", "feedback", "verbatim", "reason", "reasons", "remarks", "feedback_text",
    "open_feedback", "nps_comment", "nps_feedback", "why", "response_text", "customer_comment", "additional_comments",
    "comment_text", "reason_for_score", "score_reason", "free_text",
)  # fmt: skip
SEGMENTS: Mapping[str, tuple[str, ...]] = {
    "product": ("product", "product_name", "app"),
    "region": ("region", "country", "market", "location"),
    "segment": ("segment", "customer_segment", "plan", "tier", "customer_type"),
    "language": ("language", "locale"),
}
WHOLE = re.compile(r"\s*(10|\d)(?:\.0+)?(?:\s*[-–:].*|\s*/\s*10)?\s*")
EPOCH = re.compile(r"\d{10}|\d{13}")
NUMBER = re.compile(r"\s*-?\d+([.,]\d+)?\s*%?\s*")


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they are called: bare names as they are in the file."""

    named: Mapping[str, str]

    def first(self, names: tuple[str, ...]) -> str | None:
        """The file's column with the first of these names."""
        return next((self.named[name] for name in names if name in self.named), None)


def columns_of(head: Head) -> Columns:
    """The columns of a head, their names in small letters with _ for all that is none."""
    return Columns({bare(column): column for column in reversed(head.columns)})


def bare(name: str) -> str:
    """A column's name in small letters with _ for spaces and marks: NPS Score and npsScore are nps_score."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().replace("eNPS", "ENPS"))
    return re.sub(r"[\W_]+", "_", parted).strip("_").casefold()


def values_of(head: Head, column: str) -> list[str]:
    """The answers in the first records of one column."""
    place = head.columns.index(column)
    return [cell for record in head.samples for cell in record[place : place + 1] if cell and cell.strip()]


def record_id(head: Head) -> str | None:
    """The column that tells answers apart; `survey_id` names the survey itself where two answers share it."""
    known = columns_of(head).first(IDS)
    values = values_of(replace(head, samples=head.samples[1:]), known) if known else []
    return None if known and bare(known) == "survey_id" and len(set(values)) < len(values) else known


def time_of(head: Head, column: str) -> Field:
    """The time in this column, which some tools write as seconds or milliseconds since 1970."""
    values = [value.strip() for value in values_of(replace(head, samples=head.samples[1:]), column)]
    if not values or not all(EPOCH.fullmatch(value) for value in values):
        return Field("when", (column,))
    return Field("when", (column,), epoch="ms" if len(values[0]) == 13 else "s")


BEYOND_5, BEYOND_7 = (0, 6, 7, 8, 9, 10), (0, 8, 9, 10)


def is_0_to_10(values: list[str], beyond: tuple[int, ...] = BEYOND_5) -> bool:
    """Whether most numbers are whole ones from 0 to 10, and some of them `beyond` the steps of a shorter scale."""
    numbers = [value for value in values if NUMBER.fullmatch(value) or WHOLE.fullmatch(value)]
    steps = [int(found[1]) for value in numbers for found in [WHOLE.fullmatch(value)] if found]
    return len(steps) > len(numbers) / 2 and any(step in beyond for step in steps)


def customer(columns: Columns) -> dict[str, Field]:
    """The customer's id and e-mail address, where the table has them."""
    found = [(columns.first(names), kind) for names, kind in ((PEOPLE, IdentityKind.ID), (EMAILS, IdentityKind.EMAIL))]
    fields = [Field("identity", (column,), identity=kind) for column, kind in found if column]
    return dict(zip(("customer_identifier", "other_customer"), fields, strict=False))


def segments(columns: Columns, without: tuple[str, ...] = ()) -> dict[str, Field]:
    """What the table says of the respondent's product, region, segment and language."""
    found = {name: columns.first(names) for name, names in SEGMENTS.items()}
    return {name: Field("text", (column,)) for name, column in found.items() if column and column not in without}
