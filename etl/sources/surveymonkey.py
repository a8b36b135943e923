"""SurveyMonkey tables: question texts over two header rows, one row a respondent; and the numbered columns q0001 …."""

import re
from collections.abc import Mapping
from dataclasses import replace

from etl.errors import FileRefused
from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import NO_ANSWER, Asked, kind_of, plain, targets
from etl.vocabulary import IdentityKind, ResponseKind

ALIASES: Mapping[str, tuple[str, ...]] = {
    "Respondent ID": ("RespondentID", "respondent_id"),
    "Collector ID": ("CollectorID", "collector_id"),
    "Start Date": ("StartDate", "date_created", "Date Created"),
    "End Date": ("EndDate", "date_modified", "Date Modified"),
    "IP Address": ("IP_Address", "ip_address"),
    "Email Address": ("EmailAddress", "Email_Address", "email_address"),
    "First Name": ("FirstName", "first_name"),
    "Last Name": ("LastName", "last_name"),
    "Custom Data 1": ("CustomData", "Custom Data", "custom_1", "Custom Value"),
    "Response Status": ("Status", "response_status"),
}
METADATA = (*ALIASES, "Respondent", "Custom Data 2", "Custom Data 3", "Custom Data 4", "Custom Data 5", "weight")
# Numbered exports say of an option that was not chosen, and of a question that was not put, that it was not.
NOT_CHOSEN = (*NO_ANSWER, "NA", "Not selected", "Not Selected", "No answer")
NUMBERED = re.compile(r"q\d{4}(_\d{4})*")
WHOLE = ("Response", "Antwort", "Réponse", "Respuesta", "Resposta", "Risposta", "Reactie", "Svar", "回答")
WORDS = re.compile(
    r"open-ended|please specify|offene antwort|freie antwort|sonstiges \(bitte|réponse ouverte|"
    r"autre \(veuillez|respuesta abierta|otro \(especifique|resposta aberta|outro \(especifique|risposta aperta|"
    r"altro \(specificare|open antwoord|anders \(geef",
    re.IGNORECASE,
)
IS_WHOLE = (
    "lower(coalesce(\"Response Status\", 'completed')) NOT IN "
    "('partial', 'disqualified', 'overquota', 'incomplete', 'unvollständig', 'partielle', 'parcial')"
)


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question of this file and its header rows.

    Raises FileRefused for a file in which nothing says when a respondent answered.
    """
    own = {ours: name for ours, name in ((ours, _own(head, ours)) for ours in ALIASES) if name}
    if not {"Start Date", "End Date"} & set(own):
        raise FileRefused(
            "found no Start Date and no End Date, so nothing says when anybody answered; expected both. "
            "Export the responses again with their dates (Save As, All responses data)."
        )
    numbered = [column for column in head.columns if NUMBERED.fullmatch(column)]
    second = _second_row(head, own.get("Respondent ID", head.columns[0]))
    if numbered:
        asked = [Asked(column, column, questions.kind(source.name, column)) for column in numbered]
    else:
        asked = list(_asked(head, second, questions, source.name))
    known = own.get("Respondent ID")
    is_unnamed = known is None
    return replace(
        source,
        key=(head.columns[0], "Start Date") if is_unnamed else ("Respondent ID",),
        event=Field("when", ("End Date" if "End Date" in own else "Start Date",)),
        targets=targets(asked, _shared_fields(own), NOT_CHOSEN if numbered else NO_ANSWER),
        header_rows=2 if second else 1,
    )


def _own(head: Head, ours: str) -> str | None:
    return next((name for name in (ours, *ALIASES[ours]) if name in head.columns), None)


def _second_row(head: Head, known: str) -> list[str]:
    """The second header row; empty where the row under the first is a respondent already."""
    if not head.samples:
        return []
    row = [cell or "" for cell in head.samples[0]] + [""] * len(head.columns)
    return [] if row[head.columns.index(known)].strip() else row[: len(head.columns)]


def _asked(head: Head, second: list[str], questions: Questions, source: str) -> list[Asked]:
    """The questions: an option's column has no name of its own and belongs to the question on its left."""
    asked = []
    question = ""
    metadata = {*METADATA, *(name for names in ALIASES.values() for name in names)}
    for place, column in enumerate(head.columns):
        option = plain(second[place]) if second else ""
        is_unnamed = column == f"column {place + 1}"
        if column in metadata or (is_unnamed and not question):
            question = ""
            continue
        question = question if is_unnamed else plain(re.sub(r"#\d+$", "", column))
        is_one = not option or option in WHOLE or WORDS.search(option)
        text = question if is_one and not _is_other(option) else f"{question} - {option}"
        proven = ResponseKind.TEXT if WORDS.search(option) else None
        asked.append(Asked(column, text, kind_of(questions, source, text, proven=proven)))
    return asked


def _is_other(option: str) -> bool:
    """Whether a free text stands beside the options of a question, not for itself."""
    return bool(WORDS.search(option)) and "(" in option


def _shared_fields(own: Mapping[str, str]) -> dict[str, Field]:
    shared = {}
    if "Email Address" in own:
        shared["customer_identifier"] = Field("identity", ("Email Address",), identity=IdentityKind.EMAIL)
    if "Response Status" in own:
        shared["is_counted"] = Field("sql", ("Response Status",), expression=IS_WHOLE)
    return shared


SOURCE = Source(
    name="surveymonkey",
    title="SurveyMonkey surveys",
    form="table",
    required=("Respondent ID", "Start Date"),
    signatures=(
        ("Respondent ID", "End Date"),
        ("RespondentID",),
        ("Respondent ID", "Collector ID"),
        ("Start Date", "End Date", "q0001", "q0002"),
    ),
    optional=("Response Status",),
    ignored=tuple(dict.fromkeys([*METADATA, *(name for names in ALIASES.values() for name in names)])),
    aliases=ALIASES,
    key=("Respondent ID",),
    event=Field("when", ("End Date",)),
    targets=(),
    day_first=False,
    header_rows=2,
    specialise=complete,
)
