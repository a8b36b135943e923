"""Survey exports as locales, versions and other programs write them."""

from pathlib import Path
from typing import Any

import pytest

from tests.etl.sources.exported import query, report, told

TIMES = "SELECT DISTINCT CAST(responded_at AS VARCHAR) FROM core_responses ORDER BY 1"
SCORES = "SELECT question, kind, score, choice IS NOT NULL FROM core_responses ORDER BY ALL"


@pytest.mark.parametrize(
    ("header", "afternoon", "morning"),
    [
        ("타임스탬프", "2024. 3. 14 오후 10:00:00", "2024. 3. 4 오전 12:30:00"),
        ("時間戳記", "2024/3/14 下午 10:00:00", "2024/3/4 上午 12:30:00"),
        ("Informazioni cronologiche", "14/03/2024 22.00.00", "04/03/2024 0.30.00"),
        ("Cap waktu", "14/03/2024 22.00.00", "04/03/2024 0.30.00"),
        ("طابع زمني", "14/03/2024 10:00:00 م", "04/03/2024 12:30:00 ص"),
        ("Χρονική σήμανση", "14/3/2024 10:00:00 μ.μ.", "4/3/2024 12:30:00 π.μ."),
        ("Marca temporal", "14/03/2024 10:00:00 p. m.", "4/03/2024 12:30:00 a. m."),
        ("Időbélyeg", "2024. 03. 14. 22:00:00", "2024. 03. 04. 0:30:00"),
        ("Sygnatura czasowa", "2024.03.14 22:00:00", "2024.03.04 0:30:00"),
    ],
)
def test_times_of_a_form_in_any_locale(tmp_path: Path, header: str, afternoon: str, morning: str) -> None:
    rows = f"{header},a?,b?\n{afternoon},9,x\n{morning},8,y\n"
    assert told(tmp_path, rows) == ("loaded", "google_forms", 2, 2, 0)
    assert query(tmp_path, TIMES) == [("2024-03-04 00:30:00",), ("2024-03-14 22:00:00",)]


def test_numbers_before_the_rows_are_no_question(tmp_path: Path) -> None:
    rows = [
        ",StartDate,EndDate,Progress,Finished,RecordedDate,ResponseId,Q1",
        "0,Start Date,End Date,Progress,Finished,Recorded Date,Response ID,Are you well?",
        '1,"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}",,,,"{""ImportId"":""_recordId""}",'
        '"{""ImportId"":""QID1""}"',
        "2,2024-03-04 09:00:00,2024-03-04 09:05:00,100,True,2024-03-04 09:05:00,R_1,Yes",
    ]
    assert told(tmp_path, "\n".join(rows) + "\n") == ("loaded", "qualtrics", 1, 1, 0)
    assert query(tmp_path, "SELECT question, choice FROM core_responses") == [("are you well?", "Yes")]


def test_only_nps_counts_as_nps_among_several_sorts_of_surveys(tmp_path: Path) -> None:
    rows = ["Response ID,Survey Type,Score,Comment,Email,Created At"]
    scores = [("NPS", 9), ("NPS", 0), ("CSAT", 5), ("CES", 7), ("", 3)]
    rows += [
        f"{number},{sort},{score},,a{number}@example.com,2024-03-04" for number, (sort, score) in enumerate(scores)
    ]
    assert told(tmp_path, "\n".join(rows) + "\n") == ("loaded", "nps_table", 5, 5, 0)
    assert query(tmp_path, SCORES) == [
        ("ces", None, None, True),
        ("csat", None, None, True),
        ("score", "nps", 0, False),
        ("score", "nps", 9, False),
        ("unknown survey type", None, None, True),
    ]


@pytest.mark.parametrize(("scores", "kind"), [((7, 6, 3), None), ((7, 8, 3), "nps"), ((85, 40, 100), None)])
def test_a_score_without_a_name_counts_where_no_shorter_scale_fits(
    tmp_path: Path, scores: tuple[int, ...], kind: str | None
) -> None:
    rows = ["response_id,user_id,score,comment,response_date"]
    rows += [f"{number},{number},{score},fine,2024-03-0{number}" for number, score in enumerate(scores, 1)]
    assert told(tmp_path, "\n".join(rows) + "\n")[:2] == ("loaded", "nps_table")
    assert query(tmp_path, "SELECT DISTINCT kind FROM core_responses WHERE question = 'score'") == [(kind,)]


def test_the_first_column_of_times_that_holds_any_counts(tmp_path: Path) -> None:
    rows = "id,email,nps,Response Time,Created At\n1,a@example.com,9,,2024-03-04\n2,b@example.com,0,,2024-03-05\n"
    assert told(tmp_path, rows) == ("loaded", "nps_table", 2, 2, 0)
    assert query(tmp_path, TIMES) == [("2024-03-04 00:00:00",), ("2024-03-05 00:00:00",)]


def test_responses_of_the_first_api_of_typeform(tmp_path: Path) -> None:
    def response(token: str, completed: str, **answers: str) -> dict[str, Any]:
        times = {"date_land": "2016-03-04 10:00:00", "date_submit": "2016-03-04 10:05:00"}
        return {"completed": completed, "token": token, "metadata": times, "hidden": [], "answers": answers}

    page = {
        "http_status": 200,
        "questions": [{"id": "nps_1", "question": "Recommend us?"}, {"id": "textarea_2", "question": "<b>Why</b>?"}],
        "responses": [response("a", "1", nps_1="9", textarea_2="Fast"), response("b", "0", nps_1="2")],
    }
    assert told(tmp_path, page) == ("loaded", "typeform", 2, 2, 0)
    answers = query(
        tmp_path, "SELECT question, kind, score, is_counted, CAST(responded_at AS VARCHAR) FROM core_responses"
    )
    assert sorted(answers) == [
        ("recommend us?", "nps", 2, False, "2016-03-04 10:00:00"),
        ("recommend us?", "nps", 9, True, "2016-03-04 10:05:00"),
        ("why?", "text", None, True, "2016-03-04 10:05:00"),
    ]


def test_answers_of_surveymonkey_without_their_words(tmp_path: Path) -> None:
    answers = [{"choice_id": "x", "row_id": "r1"}, {"choice_id": "y", "row_id": "r2"}]
    questions = [{"id": "q1", "answers": answers}, {"id": "q2", "answers": [{"text": "Fast"}]}]
    response = {"id": "1", "response_status": "completed", "date_modified": "2024-03-04T09:00:00+01:00"}
    page = {"data": [{**response, "pages": [{"id": "p", "questions": questions}]}], "per_page": 50, "total": 1}
    assert told(tmp_path, page) == ("loaded", "surveymonkey_api", 1, 1, 0)
    assert query(tmp_path, TIMES) == [("2024-03-04 08:00:00",)]
    assert query(tmp_path, "SELECT question, kind, choice FROM core_responses ORDER BY ALL") == [
        ("q1 - r1", None, "x"),
        ("q1 - r2", None, "y"),
        ("q2", "text", None),
    ]


@pytest.mark.parametrize(
    ("days", "times"),
    [
        (("05.06.2024", "06.06.2024"), ["2024-06-05 08:05:00", "2024-06-06 08:05:00"]),
        (("05/06/2024", "06/06/2024"), ["2024-05-06 08:05:00", "2024-06-06 08:05:00"]),
        (("05/06/2024", "14/06/2024", "15/06/2024"), [f"2024-06-{day} 08:05:00" for day in ("05", "14", "15")]),
    ],
    ids=["points", "as usual", "proven otherwise"],
)
def test_surveymonkey_days_before_months(tmp_path: Path, days: tuple[str, ...], times: list[str]) -> None:
    rows = [f"{number},4,{day} 08:00,{day} 08:05,Yes" for number, day in enumerate(days, 1)]
    head = ["Respondent ID,Collector ID,Start Date,End Date,Are you happy?", ",,,,Response"]
    assert told(tmp_path, "\n".join([*head, *rows]) + "\n") == ("loaded", "surveymonkey", len(days), len(days), 0)
    assert query(tmp_path, TIMES) == [(time,) for time in times]


def test_what_stands_beside_a_recommendation_is_kept_unscored(tmp_path: Path) -> None:
    rows = "S1,7,9,4,6,1714557600\nS1,8,0,5,7,1714557700\nS1,9,7,1,2,1714557800\n"
    text = f"survey_id,customer_id,nps,csat_score,CES,created_at\n{rows}"
    assert told(tmp_path, text) == ("loaded", "nps_table", 3, 3, 0)
    kinds = "SELECT question, kind, count(score), count(choice) FROM core_responses GROUP BY ALL ORDER BY ALL"
    assert query(tmp_path, kinds) == [("ces", None, 0, 3), ("csat_score", None, 0, 3), ("nps", "nps", 3, 0)]
    assert query(tmp_path, TIMES)[0] == ("2024-05-01 10:00:00",)


def test_shares_of_employees_are_no_enps(tmp_path: Path) -> None:
    text = "Employee ID,Survey Date,eNPS Score\n7,2024-05-13,90\n8,2024-05-14,20\n"
    assert told(tmp_path, text) == ("loaded", "employee_survey", 2, 2, 0)
    assert query(tmp_path, SCORES) == [("enps score", None, None, True)] * 2


def test_a_spanish_table_of_typeform(tmp_path: Path) -> None:
    head = "#,¿Qué tal?,Fecha de entrada (UTC),Fecha de envío (UTC),Network ID"
    text = f"{head}\na1,9,2024-05-01 10:00:00,2024-05-01 10:02:00,n\n"
    assert told(tmp_path, text) == ("loaded", "typeform_csv", 1, 1, 0)
    assert query(tmp_path, SCORES) == [("¿qué tal?", None, None, True)]
    assert query(tmp_path, TIMES) == [("2024-05-01 10:02:00",)]


PARTS = (
    "Respondent ID,Collector ID,Start Date,End Date,How likely is it that you would recommend us?,,Why?\n"
    ",,,,Category,Score,Open-Ended Response\n"
    "1,4,03/04/2024 09:00:00 AM,03/04/2024 09:05:00 AM,Promoters,10,Quick\n"
    "2,4,03/05/2024 09:00:00 AM,03/05/2024 09:05:00 AM,Passives,7,\n"
    "3,4,03/06/2024 11:00:00 PM,,Detractors,2,Slow\n"
)


def test_who_left_a_survey_before_its_end_is_marked_and_dated_by_the_start(tmp_path: Path) -> None:
    assert told(tmp_path, PARTS) == ("loaded", "surveymonkey", 3, 3, 0)
    assert query(tmp_path, "SELECT kind, score, is_counted, CAST(responded_at AS VARCHAR) FROM core_responses "
        "WHERE score IS NOT NULL ORDER BY score") == [
        ("nps", 2, False, "2024-03-06 23:00:00"),
        ("nps", 7, True, "2024-03-05 09:05:00"),
        ("nps", 10, True, "2024-03-04 09:05:00"),
    ]  # fmt: skip


def test_a_group_of_nps_beside_a_score_out_of_100_proves_nothing(tmp_path: Path) -> None:
    rows = PARTS.replace(",10,", ",100,").replace(",7,", ",70,").replace(",2,", ",20,")
    assert told(tmp_path, rows) == ("loaded", "surveymonkey", 3, 3, 0)
    assert query(tmp_path, "SELECT count(*) FROM core_responses WHERE kind = 'nps'") == [(0,)]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Befragten-ID,Collector-ID,Startdatum,Enddatum,IP-Adresse", "Antwort,Offene Beantwortung"),
        ("ID du répondant,ID du collecteur,Date de début,Date de fin,Adresse IP", "Réponse,Réponse ouverte"),
        (
            "ID del encuestado,ID del recopilador,Fecha de inicio,Fecha final,Dirección IP",
            "Respuesta,Respuesta abierta",
        ),
        ("ID do respondente,ID do coletor,Data de início,Data de término,Endereço IP", "Resposta,Resposta aberta"),
    ],
)
def test_surveymonkey_in_other_languages(tmp_path: Path, header: str, words: str) -> None:
    rows = f"{header},a?,b?\n,,,,,{words}\n1,4,14/03/2024 09:00,14/03/2024 09:05,192.0.2.1,9,x\n"
    assert told(tmp_path, rows) == ("loaded", "surveymonkey", 1, 1, 0)
    assert query(tmp_path, TIMES) == [("2024-03-14 09:05:00",)]
    assert query(tmp_path, "SELECT question, kind FROM core_responses ORDER BY 1") == [("a?", None), ("b?", "text")]


def test_only_english_surveymonkey_writes_the_month_first_without_proof(tmp_path: Path) -> None:
    rows = "{},Collector ID,{},{},a?\n,,,,Response\n1,4,3/4/2024 9:00,3/4/2024 9:05,9\n"
    assert told(tmp_path, rows.format("Respondent ID", "Start Date", "End Date"))[0] == "loaded"
    assert query(tmp_path, TIMES) == [("2024-03-04 09:05:00",)]
    french = report(tmp_path, rows.format("ID du répondant", "Date de début", "Date de fin"))
    assert french.status == "refused"
    assert "day_first = true" in str(french.reason)


@pytest.mark.parametrize(
    "header",
    [
        "Antwort-ID;Kundennummer;Datum;Weiterempfehlungsbereitschaft;Kommentar",
        "id_respuesta;id_cliente;fecha_respuesta;puntuacion_nps;comentario",
        "ID réponse;Identifiant client;Date de réponse;Score NPS;Commentaire",
        "id_resposta;id_do_cliente;data_resposta;nota_nps;comentário",
    ],
)
def test_nps_tables_in_other_languages(tmp_path: Path, header: str) -> None:
    assert told(tmp_path, f"{header}\n1;K1;14.03.2024 09:00;10;x\n2;K2;15.03.2024 09:00;0;\n")[:3] == (
        "loaded", "nps_table", 2,
    )  # fmt: skip
    assert query(tmp_path, "SELECT score FROM core_responses WHERE kind = 'nps' ORDER BY 1") == [(0,), (10,)]
    assert query(tmp_path, "SELECT count(*) FROM core_responses WHERE kind = 'text'") == [(1,)]
    assert query(tmp_path, TIMES) == [("2024-03-14 09:00:00",), ("2024-03-15 09:00:00",)]


def test_answers_of_asknicely_are_dated_by_the_answer(tmp_path: Path) -> None:
    answer = {"name": "Ann", "comment": "Well", "sent": "1714550000", "created": "1714550000", "data": None}
    answers = [
        {**answer, "response_id": str(number), "email": f"a{number}@example.com", "answer": score, "responded": time}
        for number, score, time in ((1, "10", "1714557600"), (2, "0", "1714557700"))
    ]
    assert told(tmp_path, {"success": True, "data": answers}) == ("loaded", "nps_table", 2, 2, 0)
    assert query(tmp_path, TIMES) == [("2024-05-01 10:00:00",), ("2024-05-01 10:01:40",)]
    assert query(tmp_path, "SELECT score FROM core_responses WHERE kind = 'nps' ORDER BY 1") == [(0,), (10,)]


def test_whether_somebody_answered_is_not_when(tmp_path: Path) -> None:
    text = "id,email,responded,created_at,nps\n1,a@example.com,Yes,2024-03-14,10\n2,b@example.com,Yes,2024-03-15,0\n"
    assert told(tmp_path, text) == ("loaded", "nps_table", 2, 2, 0)
    assert query(tmp_path, TIMES) == [("2024-03-14 00:00:00",), ("2024-03-15 00:00:00",)]


def test_what_wootric_leaves_out_of_its_numbers_does_not_count(tmp_path: Path) -> None:
    answers = [
        {"id": number, "end_user_id": number, "survey_id": 4, "score": score, "text": "Well",
         "excluded_from_calculations": is_out, "created_at": "2024-03-14 09:00:00 -0700"}
        for number, score, is_out in ((1, 10, False), (2, 0, True))
    ]  # fmt: skip
    assert told(tmp_path, answers) == ("loaded", "nps_table", 2, 2, 0)
    assert query(tmp_path, "SELECT score, is_counted FROM core_responses WHERE kind = 'nps' ORDER BY 1") == [
        (0, False), (10, True),
    ]  # fmt: skip
    assert query(tmp_path, TIMES) == [("2024-03-14 16:00:00",)]


@pytest.mark.parametrize(
    ("scores", "kind"),
    [(("5", "1", "4"), "csat5"), (("5/5", "2/5", "1/5"), "csat5"), (("4", "3", "2"), None), (("5", "7", "1"), None),
     (("Very satisfied", "Neutral", "Very dissatisfied"), "csat5"), (("90", "5", "1"), None)],
)  # fmt: skip
def test_csat_is_scored_only_on_a_scale_that_shows(tmp_path: Path, scores: tuple[str, ...], kind: str | None) -> None:
    rows = [f"{number},a@example.com,2024-03-1{number},{score}" for number, score in enumerate(scores)]
    text = "\n".join(["response_id,email,survey_date,CSAT Score", *rows]) + "\n"
    assert told(tmp_path, text) == ("loaded", "csat_table", 3, 3, 0)
    assert query(tmp_path, "SELECT DISTINCT kind FROM core_responses") == [(kind,)]


@pytest.mark.parametrize("column", ["first_response_time", "Department", "Purchase Amount"])
def test_a_table_of_other_things_with_a_rating_is_no_csat_table(tmp_path: Path, column: str) -> None:
    text = f"id,email,created_at,satisfaction_score,{column}\n1,a@example.com,2024-03-14,5,10\n"
    assert told(tmp_path, text)[:2] == ("refused", None)


def test_a_german_survey_of_employees(tmp_path: Path) -> None:
    text = "Mitarbeiter-ID;Abteilung;Datum;eNPS;Kommentar\n1;Vertrieb;14.03.2024;10;gut\n2;IT;15.03.2024;0;\n"
    assert told(tmp_path, text) == ("loaded", "employee_survey", 2, 2, 0)
    assert query(tmp_path, "SELECT score, segment FROM core_responses WHERE kind = 'enps' ORDER BY 1") == [
        (0, "IT"), (10, "Vertrieb"),
    ]  # fmt: skip
