"""Employee surveys: answers from 0 to 10 to whether one would recommend the employer, with their date and team."""

import re
from dataclasses import replace

from etl.errors import FileRefused
from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import Asked, kind_of, plain, recommends_employer, targets
from etl.sources.surveys.form_words import form_columns
from etl.sources.surveys.tables import (
    COMMENTS,
    TIMES,
    Columns,
    bare,
    columns_of,
    is_0_to_10,
    record_id,
    time_of,
    values_of,
)
from etl.vocabulary import IdentityKind, ResponseKind

SCORES = ("enps", "enps_score", "enps_rating", "employee_nps", "employee_net_promoter_score", "employee_nps_score",
    "enps_wert", "enps_bewertung", "puntuación_enps", "score_enps", "note_enps", "nota_enps")  # fmt: skip
EMPLOYEES = ("employee_id", "employeeid", "employee", "staff_id", "worker_id", "respondent_id", "participant_id",
    "mitarbeiter_id", "mitarbeiternummer", "personalnummer", "id_empleado", "id_de_empleado", "matricule",
    "id_salarié", "id_funcionário")  # fmt: skip
TEAMS = (
    "team",
    "department",
    "dept",
    "business_unit",
    "division",
    "function",
    "org_unit",
    "group",
    "abteilung",
    "equipe",
    "bereich",
    "departamento",
    "equipo",
    "département",
    "service",
    "équipe",
)
PERSONAL = ("name", "employee_name", "first_name", "last_name", "email", "email_address", "manager", "manager_name")
REGIONS = ("region", "location", "country", "office", "site", "standort", "ubicación", "lieu")
REMARK = re.compile(r"comment|feedback|why|reason|improve|\bother\b|anything|kommentar|warum|pourquoi", re.IGNORECASE)
MOST_COLUMNS = 200


def name_columns(head: Head) -> tuple[str, ...] | None:
    """The header as it is; None where nobody is asked about the employer, or nothing says when."""
    found = replace(head, columns=tuple(column.strip() for column in head.columns))
    if len(set(found.columns)) < len(found.columns) or len(found.columns) > MOST_COLUMNS or form_columns(head):
        return None
    columns = columns_of(found)
    is_dated = columns.first(TIMES) is not None
    return found.columns if is_dated and any(values_of(found, score) for score in _scores(found)) else None


def _scores(head: Head) -> list[str]:
    """The columns that ask whether one would recommend the employer."""
    return [column for column in head.columns if bare(column) in SCORES or recommends_employer(column)]


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question of this file; what is no question describes the employee."""
    columns = columns_of(head)
    scores, time = _scores(head), columns.first(TIMES) or ""
    records = replace(head, samples=head.samples[1:])
    known, employee = record_id(head), columns.first(EMPLOYEES)
    if not (known or employee):
        _refuse_alike(records)
    told = {time, known, employee, columns.first(TEAMS), columns.first(REGIONS)}
    asked = []
    for column in head.columns:
        if column in told or bare(column) in PERSONAL or column.startswith("column "):
            continue
        proven = _proven(column, scores, records)
        if proven or column in scores or "?" in column or questions.kind(source.name, column):
            asked.append(Asked(column, plain(column), kind_of(questions, source.name, column, proven=proven)))
    others = (column for column in head.columns if column not in (time, employee))
    key = (known,) if known else (employee, time) if employee else (time, *others)
    return replace(
        source,
        key=key,
        is_known_by_nature=known is None,
        event=time_of(head, time),
        targets=targets(asked, _shared(columns, employee)),
        header_rows=1,
    )


def _refuse_alike(records: Head) -> None:
    """Raise FileRefused where nameless answers are alike: one counted once would change the score."""
    if len(set(records.samples)) < len(records.samples):
        raise FileRefused(
            "found answers that are alike in every column, and nothing that tells them apart; expected a column "
            "such as response_id. Export the survey again with one."
        )


def _proven(column: str, scores: list[str], records: Head) -> str | None:
    if column in scores:
        return ResponseKind.ENPS if is_0_to_10(values_of(records, column)) else None
    return ResponseKind.TEXT if bare(column) in COMMENTS or REMARK.search(column) else None


def _shared(columns: Columns, employee: str | None) -> dict[str, Field]:
    """An employee is known apart from customers, whatever ids the two have; a team is his segment."""
    told = {"segment": columns.first(TEAMS), "region": columns.first(REGIONS)}
    shared = {name: Field("text", (column,)) for name, column in told.items() if column}
    if employee:
        shared["customer_identifier"] = Field("identity", (employee,), identity=IdentityKind.HANDLE, scope="employee")
    return shared


SOURCE = Source(
    name="employee_survey",
    title="Employee surveys",
    form="table",
    required=(),
    key=("response_id",),
    event=Field("when", ("date",)),
    targets=(),
    name_columns=name_columns,
    specialise=complete,
)
