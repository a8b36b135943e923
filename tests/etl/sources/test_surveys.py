"""Surveys: the versions, languages and settings of their exports that the samples do not show."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.sources.delighted import flatten as flat_delighted
from etl.sources.qualtrics_json import flatten as flat_qualtrics
from etl.sources.surveys.tables import bare, is_0_to_10
from etl.sources.typeform import flatten as flat_typeform
from tests.etl.contents import data_folder
from tests.etl.sources.exported import LANDINGS, file, land, loaded_under, query, report, told
from tests.etl.sources.landed import Landing
from tests.etl.sources.workbooks import workbook

ANSWERS = (
    "SELECT record_id, question, kind, coalesce(CAST(score AS VARCHAR), choice), is_counted "
    "FROM core_responses JOIN core_records USING (record_key) ORDER BY ALL"
)
TIMES = "SELECT DISTINCT CAST(responded_at AS VARCHAR) FROM core_responses ORDER BY ALL"
META = ("StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId")
ODD: list[Any] = [
    {},
    {"values": [], "labels": 3, "responseId": {}},
    {"values": {"QID1": {"a": 1}, "QID2": [None, 2], "finished": None}, "labels": {"QID1": []}},
    {"answers": [None, 3, {"field": 5}, {"type": "choice", "choice": []}], "hidden": [], "token": None},
    {"form_response": {"definition": {"fields": [1]}, "answers": "no"}},
    {"person": [], "score": {}, "survey_type": 5},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("flatten", [flat_delighted, flat_qualtrics, flat_typeform])
def test_nothing_of_another_shape_raises_or_vanishes(flatten: Any, odd: Mapping[str, Any]) -> None:
    (flat,) = list(flatten(odd))
    assert isinstance(flat, dict)


def qualtrics(columns: Mapping[str, str], *rows: str, zone: str = "Z") -> str:
    """An export with these questions (column: text) and their ImportIds above the rows."""
    names = [*META, *columns]
    imports = [{"ImportId": name[0].lower() + name[1:]} for name in META]
    imports[5]["timeZone"] = zone
    imports += [{"ImportId": f"QID{number}"} for number, _ in enumerate(columns, 1)]
    third = ",".join('"' + json.dumps(each).replace('"', '""') + '"' for each in imports)
    return "\n".join([",".join(names), ",".join([*META, *columns.values()]), third, *rows]) + "\n"


def test_labels_of_another_language_and_the_zone_of_the_third_row(tmp_path: Path) -> None:
    start = "2024-07-04 20:00:00,2024-07-04 20:02:00"
    text = qualtrics(
        {"Q1": "Empfehlen Sie uns?", "Q1_NPS_GROUP": "Gruppe", "Q2_1": "Wo? - Telefon"},
        f"{start},IP-Adresse,100,Wahr,2024-07-04 20:02:00,R_1,10 - Äußerst wahrscheinlich,Promotoren,Telefon",
        f"{start},Umfragevorschau,100,Wahr,2024-07-04 20:02:00,R_2,0,Kritiker,-99",
        f"{start},IP-Adresse,60,Falsch,2024-07-04 20:02:00,R_3,5,Kritiker,99999",
        f"{start},Importiert,100,Wahr,2024-07-04 20:02:00,R_4,7,Passive,",
        zone="Europe/Zurich",
    )
    assert told(tmp_path, text) == ("loaded", "qualtrics", 4, 4, 0)
    assert query(tmp_path, ANSWERS) == [
        ("R_1", "empfehlen sie uns?", "nps", "10", True),
        ("R_1", "wo? - telefon", None, "Telefon", True),
        ("R_2", "empfehlen sie uns?", "nps", "0", False),
        ("R_3", "empfehlen sie uns?", "nps", "5", False),
        ("R_4", "empfehlen sie uns?", "nps", "7", True),
    ]
    assert query(tmp_path, TIMES) == [("2024-07-04 18:02:00",)]


def test_recommending_the_employer_is_no_nps(tmp_path: Path) -> None:
    text = qualtrics(
        {"Q1": "How likely are you to recommend us as a place to work?", "Q1_NPS_GROUP": "g"},
        "2024-03-04 20:00:00,2024-03-04 20:02:00,0,100,1,2024-03-04 20:02:00,R_1,8,2",
    )
    assert told(tmp_path, text) == ("loaded", "qualtrics", 1, 1, 0)
    assert [row[2:4] for row in query(tmp_path, ANSWERS)] == [("enps", "8")]


def test_the_legacy_export_has_two_header_rows(tmp_path: Path) -> None:
    asked = "How likely are you to recommend us to a friend or colleague?"
    text = (
        "\ufeffV1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2_TEXT,LocationAccuracy,\n"
        "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,"
        f"{asked},Why?,LocationAccuracy,\n"
        "R_1,Default,Anonymous,K-1,jo@example.com,192.0.2.1,0,2017-07-18 08:28:09,2017-07-18 08:28:48,1,9,Fine,-1,\n"
        "R_2,Default,Anonymous,,,192.0.2.1,1,2017-07-18 08:28:09,2017-07-18 08:29:48,1,3,,-1,\n"
    )
    assert told(tmp_path, text) == ("loaded", "qualtrics", 2, 2, 0)
    assert query(tmp_path, ANSWERS) == [
        ("R_1", asked.casefold(), "nps", "9", True),
        ("R_1", "why?", "text", None, True),
        ("R_2", asked.casefold(), "nps", "3", False),
    ]
    assert query(tmp_path, "SELECT count(DISTINCT customer_identifier) FROM core_responses") == [(1,)]


@pytest.mark.parametrize("rows", [1, 2])
def test_an_export_whose_header_rows_somebody_took_out(tmp_path: Path, rows: int) -> None:
    whole = qualtrics({"Q1": "Happy?"}, "2024-03-04 20:00:00,2024-03-04 20:02:00,0,100,1,2024-03-04 20:02:00,R_1,Yes")
    lines = whole.splitlines(keepends=True)
    assert told(tmp_path, "".join([*lines[:rows], lines[3]])) == ("loaded", "qualtrics", 1, 1, 0)
    assert [row[1] for row in query(tmp_path, ANSWERS)] == [{1: "q1", 2: "happy?"}[rows]]


def test_columns_without_names_are_no_legacy_export(tmp_path: Path) -> None:
    found = report(tmp_path, "V1,V2,V3,V4,V5,V6,V7,V8\na,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8\n")
    assert (found.status, str(found.reason)[:40]) == ("refused", "row 2: found a, b, c; expected ResponseI")


def test_partial_answers_and_american_dates_of_surveymonkey(tmp_path: Path) -> None:
    text = (
        "RespondentID,CollectorID,StartDate,EndDate,Response Status,How happy?,Which?,,Why?\n"
        ",,,,,Response,A,B,Open-Ended Response\n"
        "3,4,5/10/18 4:01,5/10/18 4:06,completed,Happy,A,,Fine\n"
        "4,4,5/11/18 14:01,5/11/18 14:06,partial,N/A,,B,\n"
    )
    assert told(tmp_path, text) == ("loaded", "surveymonkey", 2, 2, 0)
    assert query(tmp_path, ANSWERS) == [
        ("3", "how happy?", None, "Happy", True),
        ("3", "which? - a", None, "A", True),
        ("3", "why?", "text", None, True),
        ("4", "which? - b", None, "B", False),
    ]
    assert query(tmp_path, TIMES) == [("2018-05-10 04:06:00",), ("2018-05-11 14:06:00",)]


def test_a_webhook_of_typeform_tells_its_questions(tmp_path: Path) -> None:
    fields = [{"id": "aa", "title": "How was <b>it</b>?", "type": "rating"}]
    answers = [{"type": "number", "number": 4, "field": {"id": "aa", "type": "rating"}}]
    response = {"token": "t", "landed_at": "2024-03-04T08:58:00Z", "submitted_at": "2024-03-04T09:00:00Z"}
    hook = {"event_id": "e", "form_response": {**response, "definition": {"fields": fields}, "answers": answers}}
    assert told(tmp_path, hook) == ("loaded", "typeform", 1, 1, 0)
    assert query(tmp_path, ANSWERS) == [("t", "how was it?", None, "4", True)]


def test_sheets_of_other_languages(tmp_path: Path) -> None:
    text = "Zeitstempel,Wie zufrieden sind Sie?,Kommentar\n14.03.2024 09:00:00,5,Gut\n15.03.2024 9:00:00,4,\n"
    assert told(tmp_path, text) == ("loaded", "google_forms", 2, 2, 0)
    assert query(tmp_path, TIMES) == [("2024-03-14 09:00:00",), ("2024-03-15 09:00:00",)]


def test_the_own_csv_of_a_form_states_its_zone(tmp_path: Path) -> None:
    text = (
        '"Timestamp","How are you today?"\n"2024/03/04 12:06:16 AM GMT+2","Good"\n'
        '"2024/03/04 9:06:16 PM EST","Bad"\n"2024/03/04 9:06:16 p.m. GMT-3:30","Ok"\n"2024/03/04 9:06:16 PM XYZ","?"\n'
    )
    assert told(tmp_path, text) == ("loaded", "google_forms", 4, 3, 1)
    assert query(tmp_path, TIMES) == [("2024-03-03 22:06:16",), ("2024-03-05 00:36:16",), ("2024-03-05 02:06:16",)]


def test_days_that_may_be_months_need_a_word(tmp_path: Path) -> None:
    text = "Timestamp,Are you happy?\n3/4/2024 9:00:00,Yes\n"
    (tmp_path / "unsettled").mkdir()
    found = report(tmp_path / "unsettled", text)
    assert found.status == "refused"
    assert "[sources.google_forms] day_first = true (or false)" in str(found.reason)
    settled = loaded_under(tmp_path, "[sources.google_forms]\nday_first = true\n", file(tmp_path, text))
    assert (settled.status, settled.loaded) == ("loaded", 1)
    assert query(tmp_path, TIMES) == [("2024-04-03 09:00:00",)]


def test_a_log_that_begins_with_a_timestamp_is_no_form(tmp_path: Path) -> None:
    log = "Timestamp,Agent Name,Queue Name,Wait Time\n3/14/2024 9:00:00,Jo,Support,12\n"
    assert report(tmp_path, log).status == "refused"


@pytest.mark.parametrize(
    ("scores", "kind"), [(("10", "0", "7"), "nps"), (("88", "35", "7"), None), (("5", "3", "1"), None)]
)
def test_a_score_is_nps_only_from_0_to_10(tmp_path: Path, scores: tuple[str, ...], kind: str | None) -> None:
    """F-082: scores from 0 to 100, or all up to 5, are kept and stay unscored."""
    rows = "".join(f"R{place},U{place},{score},2024-03-04\n" for place, score in enumerate(scores))
    text = f"response_id,user_id,score,response_date,comment\n{rows.replace(chr(10), ',x' + chr(10))}"
    assert told(tmp_path, text) == ("loaded", "nps_table", 3, 3, 0)
    kinds = "SELECT DISTINCT kind FROM core_responses WHERE question = 'score'"
    assert query(tmp_path, kinds) == [(kind,)]


def test_nameless_answers_of_employees_that_are_alike_are_not_counted_once(tmp_path: Path) -> None:
    text = "Date,Department,eNPS Score\n2024-03-04,Sales,9\n2024-03-04,Sales,0\n"
    found = report(tmp_path, text + "2024-03-04,Sales,0\n")
    assert (found.status, "response_id" in str(found.reason)) == ("refused", True)


def test_employees_are_nobodys_customers(tmp_path: Path) -> None:
    text = "Date,Employee ID,Department,eNPS Score\n2024-03-04,7,Sales,9\n2024-03-05,8,Sales,0\n"
    assert told(tmp_path, text) == ("loaded", "employee_survey", 2, 2, 0)
    answers = "SELECT kind, score, segment, left(customer_identifier, 7) FROM core_responses ORDER BY score"
    assert query(tmp_path, answers) == [("enps", 0, "Sales", "handle:"), ("enps", 9, "Sales", "handle:")]


@pytest.mark.parametrize(
    ("name", "known"),
    [("NPS Score", "nps_score"), ("npsScore", "nps_score"), ("eNPS", "enps"), (" Response-Date ", "response_date")],
)
def test_names_of_columns(name: str, known: str) -> None:
    assert bare(name) == known


@pytest.mark.parametrize(
    ("values", "is_scale"),
    [(["10", "9"], True), (["10 - Likely", "0 - Not"], True), (["5", "1"], False), (["50", "7"], False), ([], False)],
)
def test_which_answers_go_from_0_to_10(values: list[str], is_scale: bool) -> None:
    assert is_0_to_10(values) is is_scale


@pytest.mark.parametrize(
    ("days", "status", "loaded"),
    [
        (("3/14/2024",) * 5 + ("14/14/2024", "14/3/2024"), "loaded", 1),
        (("14/3/2024", "3/14/2024"), "refused", None),
    ],
)
def test_a_broken_date_does_not_turn_the_others(
    tmp_path: Path, days: tuple[str, ...], status: str, loaded: int | None
) -> None:
    found = report(tmp_path, "Timestamp,Are you happy?\n" + "".join(f"{day} 9:00:00,Yes\n" for day in days))
    assert (found.status, found.loaded) == (status, loaded)


def test_a_workbook_of_a_form_begins_with_its_header(tmp_path: Path) -> None:
    rows = [["Timestamp", "Are you happy?"], ["3/14/2024 9:00:00", "Yes"], ["3/15/2024 9:00:00", "No"]]
    path = tmp_path / "answers.xlsx"
    path.write_bytes(workbook(rows))
    (found,) = land(tmp_path, path)
    assert (found.source, found.read, found.loaded) == ("google_forms", 2, 2)


def test_a_question_that_is_first_answered_late_is_one(tmp_path: Path) -> None:
    moments = {"landed_at": "2024-03-04T08:58:00Z", "submitted_at": "2024-03-04T09:00:00Z"}
    late = {"type": "number", "number": 9, "field": {"id": "zz", "type": "nps"}}
    items = [{"token": f"t{number}", **moments, "answers": [late] if number == 250 else []} for number in range(251)]
    assert told(tmp_path, {"items": items, "total_items": 251}) == ("loaded", "typeform", 251, 251, 0)
    assert query(tmp_path, ANSWERS) == [("t250", "zz", "nps", "9", True)]


def test_a_form_that_asks_employees_is_enps(tmp_path: Path) -> None:
    asked = "How likely are you to recommend us as a place to work?"
    text = f"Timestamp,Team name,{asked}\n3/14/2024 9:00:00,Sales,9\n3/14/2024 10:00:00,Sales,0\n"
    assert told(tmp_path, text) == ("loaded", "google_forms", 2, 2, 0)
    kinds = "SELECT kind, score FROM core_responses WHERE kind IS NOT NULL ORDER BY ALL"
    assert query(tmp_path, kinds) == [("enps", 0), ("enps", 9)]


def test_a_score_between_two_steps_is_none(tmp_path: Path) -> None:
    text = "response_id,user_id,score,comment,response_date\nR1,U1,7.5,x,2024-03-04\nR2,U2,10,x,2024-03-04\n"
    assert told(tmp_path, text + "R3,U3,0.0,x,2024-03-04\n") == ("loaded", "nps_table", 3, 2, 1)
    assert query(tmp_path, "SELECT score FROM core_responses WHERE kind = 'nps' ORDER BY ALL") == [(0,), (10,)]


def test_whether_people_told_us_is_a_yes_or_no(tmp_path: Path) -> None:
    declared = '[[question]]\nsource = "qualtrics"\ntext = "Did you tell us about it?"\nkind = "told"\n'
    root = data_folder(tmp_path / "data").folders.root
    (root / "questions.toml").write_text(declared, encoding="utf-8")
    start = "2024-07-04 20:00:00,2024-07-04 20:02:00"
    rows = [f"{start},0,100,1,2024-07-04 20:02:00,R_{place},{word}" for place, word in enumerate(("Yes", "no", "1"))]
    LANDINGS[tmp_path] = Landing(root)
    land(tmp_path, file(tmp_path, qualtrics({"Q1": "Did you tell us about it?"}, *rows)))
    assert [row[2:4] for row in query(tmp_path, ANSWERS)] == [("told", "1"), ("told", "0"), ("told", "1")]
