"""Calls and tickets in several languages: which columns are what, and that the proposal loads them rightly."""

from decimal import Decimal
from pathlib import Path

from tests.etl.proposal.proposing import field_of, landed, proposed, source_of, targets_of, undecided

ANRUFE = """Ruf-Nr;Datum;Uhrzeit;Warteschlange;Mitarbeiter;Ergebnis;Wartezeit (Sek.);Gesprächsdauer (Sek.);Kunden-Nr
A1;31.01.2024;09:15;Technik;M. Klein;angenommen;12;180,5;K-17
A2;31.01.2024;09:20;Technik;;verpasst;45;;K-18
A3;01.02.2024;10:00;Vertrieb;J. Roth;angenommen;5;1.060,25;K-17
"""
LLAMADAS = """fecha_inicio,teléfono,agente,dirección,estado,tiempo de espera,duración conversación,motivo
2024-03-05 10:00:00,+34 600 111 222,Lucía,entrante,atendida,0:00:15,0:03:20,factura
2024-03-05 10:05:00,+34 600 111 333,Lucía,entrante,perdida,0:01:10,,
2024-03-05 10:09:00,+34 600 111 222,Marta,saliente,atendida,0:00:00,0:01:00,factura
"""
APPELS = """id appel,créé le,décroché le,raccroché le,numéro,file d'attente,durée
1,05/04/2024 09:00:00,05/04/2024 09:00:20,05/04/2024 09:03:20,+33 1 40 20 50 50,SAV,200
2,05/04/2024 09:10:00,,05/04/2024 09:10:30,+33 1 40 20 50 51,SAV,30
3,17/04/2024 09:10:00,17/04/2024 09:10:05,17/04/2024 09:12:05,+33 1 40 20 50 52,SAV,125
"""
TICKETS = """Ticket ID,Created,First reply,Closed at,Status,Channel,Requester email,Subject,Description,Priority
71,2024-02-01T08:00:00Z,2024-02-01T08:30:00Z,2024-02-02T10:00:00Z,Closed,Email,a@example.org,Refund,I want it back,high
72,2024-02-01T09:00:00Z,,,Open,Web,bob@example.org,Login,The page does not let me in since yesterday,low
"""
AMBIGUOUS = """Call ID,Start,Duration,Status
c1,01/02/2024 10:00,120,Answered
c2,03/02/2024 11:00,60,Missed
"""


def test_german_calls(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "anrufe_2024.csv", ANRUFE)
    source = source_of(proposal)
    assert (source.name, targets_of(proposal), source.key) == ("anrufe", ["interactions"], ("Ruf-Nr",))
    assert source.event.columns == ("Datum", "Uhrzeit")
    assert source.day_first is True
    assert undecided(proposal) == ["zone"]
    assert proposal.trial == "As it stands all 3 records can be read."
    rows = landed(tmp_path, "anrufe_2024.csv", proposal.text)
    assert (rows.read, rows.quarantined) == (3, 0)
    columns = ("started_at", "channel", "direction", "disposition", "queue", "wait_seconds", "talk_seconds")
    assert rows.rows("interactions", *columns) == [
        ("2024-01-31 09:15:00", "phone", "inbound", "answered", "Technik", Decimal(12), Decimal("180.5")),
        ("2024-01-31 09:20:00", "phone", "inbound", "abandoned", "Technik", Decimal(45), None),
        ("2024-02-01 10:00:00", "phone", "inbound", "answered", "Vertrieb", Decimal(5), Decimal("1060.25")),
    ]
    customers = [row[0] for row in rows.rows("interactions", "customer_identifier")]
    assert customers[0] == customers[2] != customers[1]


def test_spanish_calls_without_an_id(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "llamadas.csv", LLAMADAS)
    assert undecided(proposal) == ["key", "zone"]
    assert source_of(proposal).key[0] == "fecha_inicio"
    assert field_of(proposal, "interactions", "direction").map == {"entrante": "inbound", "saliente": "outbound"}
    assert field_of(proposal, "interactions", "customer_identifier").columns == ("teléfono",)
    rows = landed(tmp_path, "llamadas.csv", proposal.text)
    columns = ("direction", "disposition", "is_queued", "wait_seconds", "talk_seconds", "wrap_up_code")
    assert rows.rows("interactions", *columns) == [
        ("inbound", "answered", True, Decimal(15), Decimal(200), "factura"),
        ("inbound", "abandoned", True, Decimal(70), None, None),
        ("outbound", "answered", False, Decimal(0), Decimal(60), "factura"),
    ]


def test_french_calls_whose_outcome_and_unit_their_times_tell(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "appels.csv", APPELS)
    assert undecided(proposal) == ["zone", "interactions.disposition"]
    rows = landed(tmp_path, "appels.csv", proposal.text)
    assert rows.rows("interactions", "started_at", "answered_at", "disposition", "wait_seconds", "talk_seconds") == [
        ("2024-04-05 09:00:00", "2024-04-05 09:00:20", "answered", Decimal(20), Decimal(180)),
        ("2024-04-05 09:10:00", None, "abandoned", Decimal(30), None),
        ("2024-04-17 09:10:00", "2024-04-17 09:10:05", "answered", Decimal(5), Decimal(120)),
    ]


def test_a_unit_that_the_times_beside_it_prove(tmp_path: Path) -> None:
    text = (
        APPELS.replace("décroché le", "note")
        .replace("durée", "duration")
        .replace("/04/2024 09:00:20", "")
        .replace("/04/2024 09:10:05", "")
    )
    proposal = proposed(tmp_path, "appels.csv", text)
    assert "its unit is proven by the times beside it" in proposal.text
    assert field_of(proposal, "interactions", "talk_seconds").unit == "s"


def test_tickets(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "helpdesk.csv", TICKETS)
    assert undecided(proposal) == []
    rows = landed(tmp_path, "helpdesk.csv", proposal.text)
    columns = ("started_at", "channel", "disposition", "is_resolved", "is_queued", "answered_at")
    assert rows.rows("interactions", *columns) == [
        ("2024-02-01 08:00:00", "email", "message", True, False, "2024-02-01 08:30:00"),
        ("2024-02-01 09:00:00", "task", "message", False, False, None),
    ]
    assert rows.rows("verbatims", "text")[1] == ("The page does not let me in since yesterday",)


def test_an_order_of_day_and_month_that_nothing_proves_stops_the_load_until_it_is_set(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "log.csv", AMBIGUOUS)
    assert "day_first" in undecided(proposal)
    assert "\n# day_first = true" in proposal.text
    assert "tells day from month" in proposal.trial
    completed = proposal.text.replace("# day_first = true", "day_first = true")
    rows = landed(tmp_path, "log.csv", completed)
    assert rows.rows("interactions", "started_at") == [("2024-02-01 10:00:00",), ("2024-02-03 11:00:00",)]
    turned = landed(tmp_path, "log.csv", completed.replace("day_first = true", "day_first = false"))
    assert turned.rows("interactions", "started_at")[1] == ("2024-03-02 11:00:00",)


def test_unknown_outcomes_are_asked_for_and_quarantined_until_told(tmp_path: Path) -> None:
    lines = "".join(
        f"c{n},2024-01-{n:02} 10:00,5,{word}\n" for n, word in enumerate(["Answered", "Missed", "Zorp"] * 4, 1)
    )
    proposal = proposed(tmp_path, "calls.csv", f"Call ID,Start,Talk time sec,Outcome\n{lines}")
    assert "interactions.disposition" in undecided(proposal)
    assert "'Zorp'" in next(question.question for question in proposal.opened if question.field.endswith("disposition"))
    assert (
        proposal.trial
        == "As it stands 8 of 12 records can be read; refused: 4 for Outcome (expected one of Answered, Missed)."
    )
    told = proposal.text.replace('Missed = "abandoned"', 'Missed = "abandoned", Zorp = "voicemail"')
    assert landed(tmp_path, "calls.csv", told).quarantined == 0


def test_mails_of_both_sides_in_their_conversations(tmp_path: Path) -> None:
    lines = [
        "m1,t1,2024-03-01T08:00:00+01:00,incoming,u1@x.example,help@us.example,Where is my order please,",
        "m2,t1,2024-03-01T09:00:00+01:00,outgoing,help@us.example,u1@x.example,It comes tomorrow in the morning,Ann",
        "m3,t2,2024-03-01T10:00:00+01:00,incoming,u2@x.example,help@us.example,I would like to cancel it,",
    ]
    header = "message_id,thread_id,sent_at,direction,from,to,body,handled_by"
    proposal = proposed(tmp_path, "emails.csv", "\n".join([header, *lines]) + "\n")
    source = source_of(proposal)
    assert (source.key, source.conversation, undecided(proposal)) == (("message_id",), ("thread_id",), [])
    rows = landed(tmp_path, "emails.csv", proposal.text)
    found = rows.rows("interactions", "started_at", "direction", "conversation_id", "customer_identifier")
    assert sorted(row[:3] for row in found) == [
        ("2024-03-01 07:00:00", "inbound", "t1"),
        ("2024-03-01 08:00:00", "outbound", "t1"),
        ("2024-03-01 09:00:00", "inbound", "t2"),
    ]
    by_time = {row[0]: row[3] for row in found}
    assert by_time["2024-03-01 07:00:00"] == by_time["2024-03-01 08:00:00"] != by_time["2024-03-01 09:00:00"]
    assert rows.rows("verbatims", "is_customer") == [(True,), (False,), (True,)]


def test_a_type_of_call_that_names_outcomes(tmp_path: Path) -> None:
    types = ["inbound", "outbound", "missed", "voicemail"] * 3
    lines = "".join(f"{n:032x},{word},2024-01-{n + 1:02} 10:00,+1415555000{n % 9}\n" for n, word in enumerate(types))
    header = "Interaction ID,Call Type,Start Time (UTC),Customer Phone Number\n"
    proposal = proposed(tmp_path, "calls.csv", header + lines)
    assert (source_of(proposal).key, source_of(proposal).zone) == (("Interaction ID",), "UTC")
    assert undecided(proposal) == ["interactions.disposition"]
    rows = landed(tmp_path, "calls.csv", proposal.text)
    assert rows.rows("interactions", "direction", "disposition", "is_queued")[:4] == [
        ("inbound", "answered", True),
        ("outbound", "answered", False),
        ("inbound", "abandoned", True),
        ("inbound", "voicemail", True),
    ]


def test_durations_in_minutes_by_name_and_an_undecidable_unit(tmp_path: Path) -> None:
    text = "Call ID,Date,Talk (min),Hold\n" + "".join(f"x{n},2024-05-{n:02},{n}.5,{n}\n" for n in range(1, 9))
    proposal = proposed(tmp_path, "c.csv", text)
    assert field_of(proposal, "interactions", "talk_seconds").unit == "min"
    rows = landed(tmp_path, "c.csv", proposal.text)
    assert rows.rows("interactions", "talk_seconds")[0] == (Decimal(90),)
    bare = proposed(tmp_path, "d.csv", text.replace("Talk (min)", "Talk"))
    assert {"interactions.talk_seconds", "interactions.hold_seconds"} <= set(undecided(bare))


OF_A_DIALLER = """CALL ID,TIMESTAMP,DISPOSITION,OUR PHONE,CUSTOMER PHONE,RING TIME,QUEUE WAIT TIME,TALK TIME,ABANDONED
1,"Tue, 14 May 2024 09:01:22",Resolved,+12065550199,+12065550100,00:00:04,00:00:31,00:03:50,0
2,"Tue, 14 May 2024 09:05:00",Abandon,+12065550199,+12065550101,00:00:00,00:00:50,00:00:00,1
3,"Wed, 15 May 2024 10:05:00",Resolved,+12065550198,+12065550102,00:00:03,00:00:10,00:01:30,0
"""


def test_a_queue_a_flag_and_the_customer_go_before_what_is_like_them(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "dialler.csv", OF_A_DIALLER)
    of = {name: field_of(proposal, "interactions", name).columns for name in ("wait_seconds", "customer_identifier")}
    assert of == {"wait_seconds": ("QUEUE WAIT TIME",), "customer_identifier": ("CUSTOMER PHONE",)}
    # That a call was resolved does not say that somebody answered it, the flag does.
    assert field_of(proposal, "interactions", "disposition").map == {"0": "answered", "1": "abandoned"}
    without = OF_A_DIALLER.replace(",ABANDONED", "").replace(",0\n", "\n").replace(",1\n", "\n")
    unclear = proposed(tmp_path, "without.csv", without)
    assert undecided(unclear) == ["zone", "interactions.disposition"]
    assert field_of(unclear, "interactions", "disposition").map == {"Abandon": "abandoned"}


def test_may_does_not_tell_whether_months_are_cut_short(tmp_path: Path) -> None:
    event = source_of(proposed(tmp_path, "may.csv", OF_A_DIALLER)).event
    assert event.formats == ("%a, %d %b %Y %H:%M:%S", "%a, %d %B %Y %H:%M:%S")
