"""Tickets and complaints as tables: the header versions, date formats and settings that the samples do not show."""

import json
from pathlib import Path

import pytest

from etl.sources.base import Head
from etl.sources.catalogue import SOURCES, NotRecognised, choose
from tests.etl.sources.exported import LANDINGS, file, land, loaded_under, query, report, told
from tests.etl.sources.landed import SAMPLES, golden_rows


@pytest.mark.parametrize(
    ("hours", "seconds"), [("00:30:00", 1800), ("26:00", 93_600), ("1.5", 5400), ("", None), ("-1", None)]
)
def test_freshdesk_counts_hours_where_it_does_not_tell_the_time(
    tmp_path: Path, hours: str, seconds: int | None
) -> None:
    header = "Ticket ID,Status,Created time,First response time (in hrs)\n"
    assert report(tmp_path, f"{header}1,Open,2024-05-06 08:00:00,{hours}\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(epoch(answered_at - started_at) AS INTEGER) FROM core_interactions") == [
        (seconds,)
    ]


@pytest.mark.parametrize(
    ("name", "column"),
    [("freshdesk", "Closed time"), ("cfpb", "Sub-product"), ("salesforce_case", "attributes")],
)
def test_what_these_exports_always_have_is_known(name: str, column: str) -> None:
    assert column in {source.name: source for source in SOURCES.values()}[name].ignored


def test_freshdesk_times_are_of_the_accounts_zone(tmp_path: Path) -> None:
    loaded_under(tmp_path, '[sources.freshdesk]\nzone = "Asia/Kolkata"\n', SAMPLES / "freshdesk.csv")
    times = "SELECT CAST(min(started_at) AS VARCHAR), CAST(min(answered_at) AS VARCHAR) FROM core_interactions"
    assert query(tmp_path, times) == [("2024-05-06 02:30:00", "2024-05-06 03:15:00")]


def test_freshdesk_hours_begin_with_the_instant_of_creation(tmp_path: Path) -> None:
    content = "Ticket ID,Status,Created time,First response time (in hrs)\n1,Open,2024-05-06 08:00:00,00:30:00\n"
    loaded_under(tmp_path, '[sources.freshdesk]\nzone = "Asia/Kolkata"\n', file(tmp_path, content))
    assert query(tmp_path, "SELECT CAST(answered_at AS VARCHAR) FROM core_interactions") == [("2024-05-06 03:00:00",)]


@pytest.mark.parametrize(
    ("created", "started"),
    [
        ("22/Dec/25 2:38 PM", "2025-12-22 14:38:00"),
        ("22/Dec/2025 14:38", "2025-12-22 14:38:00"),
        ('"22 Dec 2025, 14:38"', "2025-12-22 14:38:00"),
        ("2025-12-22 18:45:55.01", "2025-12-22 18:45:55.01"),
        ("2025-12-22T18:45:55.010+0100", "2025-12-22 17:45:55.01"),
        ("12/22/2025 14:38", "2025-12-22 14:38:00"),
        ("22.12.25 14:38", "2025-12-22 14:38:00"),
    ],
)
def test_jira_writes_dates_as_each_user_likes(tmp_path: Path, created: str, started: str) -> None:
    header = "Issue key,Summary,Status,Reporter,Created,Updated,Custom field ([CHART] Date of First Response)\n"
    assert report(tmp_path, f"{header}A-1,Help,Open,mia,{created},{created},2025-12-22 19:00:00.5\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [(started,)]


def test_jira_without_dates_is_refused(tmp_path: Path) -> None:
    found = report(tmp_path, "Issue Type,Issue key,Issue id,Summary,Status,Resolution\nBug,A-1,1,x,Open,Fixed\n")
    assert found.status == "refused"
    assert "jira" in (found.reason or "")
    assert "'Created'" in (found.reason or "")


def test_the_first_comment_of_another_is_the_first_reply(tmp_path: Path) -> None:
    rows = (
        "Issue key,Summary,Status,Reporter,Created,Comment,Comment,Comment\n"
        "A-1,Help,Open,mia,22/Dec/25 2:38 PM,22/Dec/25 2:39 PM;mia;me again,22/Dec/25 3:00 PM;ada;ok,"
        "22/Dec/25 2:50 PM;bob;looking\n"
    )
    assert report(tmp_path, rows).loaded == 1
    assert query(tmp_path, "SELECT epoch(answered_at - started_at) FROM core_interactions") == [(720,)]


def test_a_comment_tells_the_first_reply_in_the_users_zone_and_the_chart_in_utc(tmp_path: Path) -> None:
    chart = "Custom field ([CHART] Date of First Response)"
    rows = (
        f"Issue key,Summary,Status,Reporter,Created,{chart},Comment\n"
        "A-1,Help,Open,mia,22/Dec/25 2:38 PM,2025-12-22 18:45:55.01,22/Dec/25 3:45 PM;ada;looking\n"
        "A-2,Help,Open,mia,22/Dec/25 2:38 PM,2025-12-22 18:45:55.01,\n"
    )
    loaded_under(tmp_path, '[sources.jira]\nzone = "America/Sao_Paulo"\n', file(tmp_path, rows))
    reply = "SELECT CAST(answered_at AS VARCHAR) FROM core_interactions ORDER BY ALL"
    assert query(tmp_path, reply) == [("2025-12-22 18:45:00",), ("2025-12-22 18:45:55.01",)]


def test_jira_in_spanish(tmp_path: Path) -> None:
    rows = (
        "Resumen,Clave de incidencia,Tipo de Incidencia,Estado,Informador,ID del informador,Creada,Resuelta,"
        "Calificación de satisfacción,Comentario,Comentario\n"
        "VPN,IHS-4,Red,Resuelta,Mía,qm:1,18/jul/26 9:09 AM,18/jul/26 10:45 AM,4,18/jul/26 9:10 AM;qm:1;yo,"
        "18/jul/26 9:39 AM;71:2;listo\n"
    )
    assert told(tmp_path, rows) == ("loaded", "jira", 1, 1, 0)
    held = "SELECT channel, is_resolved, epoch(answered_at - started_at) FROM core_interactions"
    assert query(tmp_path, held) == [("email", True, 1800)]
    assert query(tmp_path, "SELECT kind, score FROM core_scores") == [("csat5", 4)]


def test_salesforce_reports_use_labels_and_the_users_zone(tmp_path: Path) -> None:
    rows = (
        '"Case Owner","Case Number","Subject","Status","Case Origin","Date/Time Opened","Closed"\n'
        '"Ada","00001001","Help","Closed","Email","5/22/2024, 3:04 PM","1"\n'
    )
    found = loaded_under(tmp_path, '[sources.salesforce_case]\nzone = "America/New_York"\n', file(tmp_path, rows))
    assert (found.source, found.loaded) == ("salesforce_case", 1)
    held = "SELECT CAST(started_at AS VARCHAR), channel, is_resolved FROM core_interactions"
    assert query(tmp_path, held) == [("2024-05-22 19:04:00", "email", True)]


def test_salesforce_exports_are_in_utc_whatever_the_users_zone(tmp_path: Path) -> None:
    loaded_under(tmp_path, '[company]\nzone = "America/New_York"\n', SAMPLES / "salesforce_case.csv")
    first = "SELECT CAST(min(started_at) AS VARCHAR), CAST(min(business_day) AS VARCHAR) FROM core_interactions"
    assert query(tmp_path, first) == [("2024-05-06 08:00:00", "2024-05-06")]


def test_a_salesforce_export_without_cases_is_loaded_empty(tmp_path: Path) -> None:
    header = (SAMPLES / "salesforce_case.csv").read_text(encoding="utf-8").splitlines()[0]
    assert told(tmp_path, header + "\n") == ("loaded", "salesforce_case", 0, 0, 0)


def test_salesforce_cases_for_import_are_refused(tmp_path: Path) -> None:
    found = report(
        tmp_path, '"Guid","AccountId","Description","Origin","Status","Subject"\n1,"#N/A","#N/A",Phone,New,x\n'
    )
    assert found.status == "refused"
    assert found.reason


@pytest.mark.parametrize("sample", ["complaints.csv", "cfpb.csv", "cfpb_api.json"])
def test_each_complaint_is_one(tmp_path: Path, sample: str) -> None:
    land(tmp_path, SAMPLES / sample)
    assert query(tmp_path, "SELECT DISTINCT is_complaint FROM core_contacts") == [(True,)]
    assert query(tmp_path, "SELECT DISTINCT is_complaint FROM core_failures") == [(True,)]


@pytest.mark.parametrize(
    ("date", "time"),
    [("22-04-15", "03:53:50 PM"), ("22-04-2015", "15:53:50"), ("4/22/2015", "3:53:50 PM"), ("2015-04-22", "15:53:50")],
)
def test_complaints_without_the_months_name(tmp_path: Path, date: str, time: str) -> None:
    header = "Ticket #,Customer Complaint,Date,Time,Received Via,Status\n"
    assert report(tmp_path, f"{header}1,Slow,{date},{time},Internet,Open\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [("2015-04-22 15:53:50",)]


def test_dates_that_a_workbook_rewrote_are_read_beside_the_others(tmp_path: Path) -> None:
    header = "Ticket #,Customer Complaint,Date,Date_month_year,Time,Received Via\n"
    assert report(tmp_path, f"{header}1,Slow,04-08-2015,2015-08-04,15:53:50,Internet\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [("2015-08-04 15:53:50",)]


def test_complaints_of_the_cfpb_nested_in_a_search_result(tmp_path: Path) -> None:
    hits = json.loads((SAMPLES / "cfpb_api.json").read_text(encoding="utf-8"))
    land(tmp_path / "nested", file(tmp_path, {"took": 3, "hits": {"total": 6, "hits": hits}}))
    land(tmp_path / "plain", SAMPLES / "cfpb_api.json")
    assert golden_rows(LANDINGS[tmp_path / "nested"].connection) == golden_rows(LANDINGS[tmp_path / "plain"].connection)


@pytest.mark.parametrize(
    ("written", "month"),
    [("12/ene/24 2:15 PM", 1), ("12/févr./24 2:15 PM", 2), ("12/Mär/24 14:15", 3), ("12/set/24 14:15", 9)],
)
def test_months_in_the_language_of_the_user(tmp_path: Path, written: str, month: int) -> None:
    assert told(tmp_path, f"Issue key,Summary,Created\nP-1,a,{written}\n") == ("loaded", "jira", 1, 1, 0)
    assert query(tmp_path, "SELECT started_at::VARCHAR FROM core_interactions") == [(f"2024-{month:02}-12 14:15:00",)]


def test_complaints_of_open_data(tmp_path: Path) -> None:
    header = "Ticket ID,Ticket Created,Date of Issue,Time of Issue,Form,Method,Issue,City,State,Zip"
    row = "3,2014-10-31T01:41:00.000,10/30/2014,5:30 PM,Phone,Wireless,Availability,Austin,TX,78701"
    assert told(tmp_path, f"{header}\n{row}\n") == ("loaded", "complaints", 1, 1, 0)
    found = query(tmp_path, "SELECT started_at::VARCHAR, topic, product, region, is_complaint FROM core_interactions")
    assert found == [("2014-10-31 01:41:00", "Availability", "Phone", "TX", True)]


def test_complaints_of_open_data_as_documents(tmp_path: Path) -> None:
    row = {"id": "3", "ticket_created": "2014-10-31T01:41:00.000", "issue_date": "10/30/2014", "form": "Phone"}
    told_of = told(tmp_path, [{**row, "method": "Wireless", "issue": "Availability", "state": "TX", "zip": "78701"}])
    assert told_of == ("loaded", "complaints", 1, 1, 0)
    found = query(tmp_path, "SELECT started_at::VARCHAR, topic, product, region, is_complaint FROM core_interactions")
    assert found == [("2014-10-31 01:41:00", "Availability", "Phone", "TX", True)]


def test_a_zendesk_view_in_german(tmp_path: Path) -> None:
    rows = (
        "ID;Betreff;Anfragender;Angefragt;Aktualisiert;Gruppe;Mitarbeiter;Status;Priorität;Kanal;Zufriedenheit\n"
        "7;Rechnung;Mia;2024-05-06 08:00;2024-05-07 09:00;Kasse;Ada;Gelöst;Hoch;Telefonanruf (eingehend);Gut\n"
        "8;Paket;Ben;2024-05-06 09:30;2024-05-07 09:00;Lager;-;Offen;Normal;E-Mail;Angeboten\n"
    )
    assert told(tmp_path, rows) == ("loaded", "zendesk_export", 2, 2, 0)
    found = "SELECT started_at::VARCHAR, channel, team, is_resolved FROM core_interactions ORDER BY started_at"
    assert query(tmp_path, found) == [
        ("2024-05-06 08:00:00", "phone", "Kasse", True),
        ("2024-05-06 09:30:00", "email", "Lager", None),
    ]
    assert query(tmp_path, "SELECT kind, score FROM core_responses") == [("thumbs", 1)]


def test_a_salesforce_report_in_german(tmp_path: Path) -> None:
    rows = (
        '"Kundenvorgangsnummer","Eröffnungsdatum","Betreff","Status","Kundenvorgangsursprung","Geschlossen"\n'
        '"00001","13.05.2024","Rechnung","Geschlossen","Telefon","1"\n"00002","14.05.2024","Paket","Neu","Web","0"\n'
    )
    assert told(tmp_path, rows) == ("loaded", "salesforce_case", 2, 2, 0)
    found = "SELECT started_at::VARCHAR, channel, is_resolved FROM core_interactions ORDER BY started_at"
    assert query(tmp_path, found) == [("2024-05-13 00:00:00", "phone", True), ("2024-05-14 00:00:00", "email", None)]


@pytest.mark.parametrize(
    "columns",
    [
        ("Vorgangsnummer", "Erstelldatum", "Status", "Kanal", "Kunde"),
        ("Fallnummer", "Eröffnungsdatum", "Betreff", "Kanal"),
        ("Ticketnummer", "Kanal", "Status", "Erstellt", "Queue", "Besitzer"),
    ],
)
def test_german_tables_of_other_systems_are_left_to_a_mapping(columns: tuple[str, ...]) -> None:
    with pytest.raises(NotRecognised):
        choose(Head("table", columns), SOURCES.values())


def test_survey_results_of_freshdesk_are_the_steps_of_its_api(tmp_path: Path) -> None:
    words = ("Extremely Happy", "Happy", "Neutral", "Very unhappy", "Just Okay", "Top!", "")
    rows = ["Ticket ID,Subject,Status,Priority,Created time,Survey results"]
    rows += [f"{number},a,Closed,Low,2024-03-14 09:00:00,{word}" for number, word in enumerate(words)]
    assert told(tmp_path, "\n".join(rows) + "\n") == ("loaded", "freshdesk", 7, 7, 0)
    assert query(tmp_path, "SELECT kind, score, choice FROM core_responses ORDER BY ALL") == [
        ("csat7", 2, None), ("csat7", 4, None), ("csat7", 4, None), ("csat7", 5, None), ("csat7", 7, None),
        (None, None, "Top!"),
    ]  # fmt: skip


def test_complaints_of_open_data_state_their_offset_after_twelve_hours(tmp_path: Path) -> None:
    rows = "Ticket ID,Ticket Created,Form,Method,Issue\n1,03/14/2024 09:30:00 PM +0000,Phone,Wired,Robocalls\n"
    assert told(tmp_path, rows) == ("loaded", "complaints", 1, 1, 0)
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [("2024-03-14 21:30:00",)]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Numéro de la requête;Objet;Statut;Origine de la requête;Date/Heure d'ouverture", "Aide;Fermé;Téléphone"),
        ("Número del caso;Asunto;Estado;Origen del caso;Fecha/Hora de apertura", "Ayuda;Cerrado;Teléfono"),
        ("Número do caso;Assunto;Status;Origem do caso;Data/Hora de abertura", "Ajuda;Fechado;Telefone"),
    ],
)
def test_reports_of_salesforce_in_romance_languages(tmp_path: Path, header: str, row: str) -> None:
    assert told(tmp_path, f"{header}\n00001;{row};14/03/2024 09:00\n") == ("loaded", "salesforce_case", 1, 1, 0)
    found = "SELECT CAST(started_at AS VARCHAR), channel, is_resolved FROM core_interactions"
    assert query(tmp_path, found) == [("2024-03-14 09:00:00", "phone", True)]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("ID,Sujet,Demandeur,Demandé,Statut,Satisfaction", (("Résolu", "Bonne"), ("Ouvert", "Non proposée"))),
        ("ID,Asunto,Solicitante,Solicitado,Estado,Satisfacción", (("Cerrado", "Buena"), ("Abierto", "No ofrecida"))),
    ],
)
def test_views_of_zendesk_in_romance_languages(tmp_path: Path, header: str, rows: tuple[tuple[str, str], ...]) -> None:
    lines = [f"{number},a,b,2024-03-14T09:00:00Z,{','.join(row)}" for number, row in enumerate(rows)]
    assert told(tmp_path, "\n".join([header, *lines]) + "\n") == ("loaded", "zendesk_export", 2, 2, 0)
    assert query(tmp_path, "SELECT is_resolved FROM core_interactions ORDER BY 1") == [(True,), (None,)]
    assert query(tmp_path, "SELECT kind, score FROM core_responses") == [("thumbs", 1)]


@pytest.mark.parametrize(
    "time", ["14. März 2024, 09:00", "14. Mär. 2024, 09:00", "14.Mrz.24 09:00", "14/mar./24 09:00", "14/Mär/24 9:00 AM"]
)
def test_dates_of_jira_with_points_after_days_and_months(tmp_path: Path, time: str) -> None:
    text = f'Vorgangsschlüssel,Zusammenfassung,Status,Erstellt\nSD-1,a,Offen,"{time}"\n'
    assert told(tmp_path, text) == ("loaded", "jira", 1, 1, 0)
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [("2024-03-14 09:00:00",)]
