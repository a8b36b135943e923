"""One row a call with its wait, talk and outcome, as call centers list their calls in words of their own.

Columns in minutes or milliseconds, and lengths of which no column says what they are, are left to a mapping file; so
are dispositions, which are an agent's codes in most systems and not the outcome.
"""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.telephony.columns import cells, is_told
from etl.sources.telephony.lengths import spelt
from etl.sources.texts import literal, quoted
from etl.vocabulary import IdentityKind

DECIMAL_COMMA = re.compile(r"\d+,\d+")
PART_OF_DAY = re.compile(r"0\.\d{6,}(E-\d+)?|\d(\.\d+)?E-\d+|0|0\.0+", re.IGNORECASE)
DAY = 86_400
LENGTHS = {"Wait": "wait_seconds", "Talk": "talk_seconds", "Hold": "hold_seconds", "Wrap-up": "wrap_up_seconds"}
BY_NATURE = ("Caller", "Agent", "Queue", "Wait", "Talk", "Status")
ANSWERED = (
    "Answered", "Completed", "Complete", "Connected", "Handled", "Accepted", "angenommen", "beantwortet", "erledigt",
    "verbunden", "Atendida", "Atendido", "Contestada", "Respondida", "Completada", "Répondu", "Répondue", "Décroché",
    "Traité", "Traitée", "Concluída",
)  # fmt: skip
ABANDONED = (
    "Abandoned", "Abandon", "Missed", "No Answer", "Not Answered", "Unanswered", "Cancelled", "Canceled", "Hung up",
    "aufgelegt", "abgebrochen", "verpasst", "verloren", "nicht angenommen", "Abandonada", "Abandonado", "Perdida",
    "No contestada", "No atendida", "Abandonné", "Abandonnée", "Manqué", "Manquée", "Perdu", "Não atendida",
)  # fmt: skip
OUTCOMES = {
    **dict.fromkeys(ANSWERED, "answered"),
    **dict.fromkeys(ABANDONED, "abandoned"),
    **dict.fromkeys(("Voicemail", "Anrufbeantworter", "Mailbox", "Buzón de voz", "Messagerie"), "voicemail"),
    **dict.fromkeys(("Callback", "Rückruf"), "callback"),
    **dict.fromkeys(
        ("Busy", "Failed", "Rejected", "Declined", "Redirected", "Transferred", "besetzt", "Ocupado", "Occupé"),
        "flow_out",
    ),
}
DIRECTIONS = {
    **dict.fromkeys(("Inbound", "Incoming", "In", "eingehend", "Entrante", "Entrant", "Recebida"), "inbound"),
    **dict.fromkeys(("Outbound", "Outgoing", "Out", "ausgehend", "Saliente", "Sortant", "Efetuada"), "outbound"),
    **dict.fromkeys(("Internal", "Local", "intern", "Interna", "Interne"), "internal"),
}

INBOUND = ", ".join(literal(word.upper()) for word, ours in DIRECTIONS.items() if ours == "inbound")
OF_DIRECTION = {
    "direction": Field("code", ("Direction",), map=DIRECTIONS),
    "is_queued": Field("sql", ("Direction",), expression=f'upper(trim("Direction")) IN ({INBOUND})'),
}
ALL_INBOUND = {"direction": Field("constant", value="inbound"), "is_queued": Field("constant", value=True)}


def _in_seconds(*names: str) -> tuple[str, ...]:
    """Names of lengths, alone and with seconds as their unit."""
    units = ("", " (s)", " (sec)", " (secs)", " (seconds)", " sec", " seconds", " in seconds", " (hh:mm:ss)")
    german = (" (Sek.)", " (Sekunden)", " in Sekunden", " (seg)", " (segundos)", " (secondes)")
    return spelt(*(f"{name}{unit}" for name in names for unit in (*units, *german)))


ALIASES = {
    "Call ID": (
        *spelt("Call ID", "ID", "Call Number", "Call No", "Call Ref", "Anruf-ID", "Anruf ID", "ID Llamada"),
        *spelt("ID de llamada", "ID appel", "ID de l'appel", "ID da chamada", "ID chamada"),
    ),
    "Start": (
        *spelt("Start", "Call Start", "Start Time", "Call Start Time", "Call Time", "Started at"),
        *spelt("Timestamp", "Call Date Time", "DateTime", "Date Time", "Call DateTime", "Anrufbeginn"),
        *spelt("Beginn", "Startzeit", "Zeitpunkt", "Inicio", "Inicio de llamada", "Fecha y hora", "Fecha/Hora"),
        *spelt("Début", "Début d'appel", "Date et heure", "Início", "Início da chamada", "Data e hora", "Data/Hora"),
    ),
    "Date": (
        *spelt("Date", "Call Date", "Day", "Datum", "Anrufdatum", "Fecha", "Date d'appel", "Date de l'appel"),
        *spelt("Data", "Data da chamada"),
    ),
    "Time": spelt("Time", "Time of Call", "Uhrzeit", "Hora", "Heure", "Heure d'appel"),
    "Wait": (
        *_in_seconds("Wait Time", "Wait", "Waiting Time", "Queue Time", "Time in Queue", "Queue Wait Time"),
        *_in_seconds("Wartezeit", "Tiempo de espera", "Temps d'attente", "Attente", "Tempo de espera", "Espera"),
    ),
    "Talk": (
        *_in_seconds("Talk Time", "Talk", "Talk Duration", "Talking Time", "Conversation Time", "Gesprächszeit"),
        *_in_seconds("Gesprächsdauer", "Sprechzeit", "Tiempo de conversación", "Duración de la conversación"),
        *_in_seconds("Tiempo de habla", "Durée de communication", "Temps de conversation", "Durée de conversation"),
        *_in_seconds("Tempo de conversação", "Tempo de conversa"),
    ),
    "Hold": (
        *_in_seconds("Hold Time", "Hold", "Hold Duration", "Haltezeit", "Tiempo en espera", "Tiempo de retención"),
        *_in_seconds("Temps de mise en attente", "Temps de garde", "Tempo em espera"),
    ),
    "Wrap-up": (
        *_in_seconds("Wrap-up", "Wrap-up Time", "Wrap Up Time", "Wrapup Time", "ACW", "ACW Time", "After Call Work"),
        *_in_seconds("After Call Work Time", "Nachbearbeitung", "Nachbearbeitungszeit", "Trabajo posterior"),
        *_in_seconds("Post-appel", "Temps post-appel", "Pós-atendimento"),
    ),
    "Status": (
        *spelt("Status", "Outcome", "Result", "Call Status", "Call Outcome", "Call Result", "Ergebnis"),
        *spelt("Estado", "Resultado", "Statut", "Résultat", "Situação"),
    ),
    "Direction": spelt("Direction", "Call Direction", "Richtung", "Dirección", "Sens", "Direção"),
    "Duration": spelt("Duration", "Duration Seconds"),
    "Caller": (
        *spelt("Caller", "Caller ID", "Caller Number", "From", "From Number", "Phone Number", "Customer Number", "ANI"),
        *spelt("Rufnummer", "Anrufer", "Telefonnummer", "Número", "Teléfono", "Numéro appelant", "Numéro", "Telefone"),
    ),
    "Agent": (
        *spelt("Agent", "Agent Name", "Agent ID", "Operator", "Mitarbeiter", "Bearbeiter", "Agente", "Conseiller"),
        *spelt("Operador", "Atendente"),
    ),
    "Queue": spelt(
        "Queue", "Queue Name", "Skill", "Department", "Warteschlange", "Gruppe", "Cola", "File d'attente", "Fila",
    ),
    "End": spelt("End", "Call End", "End Time", "Call End Time", "Ended", "Anrufende", "Endzeit", "Fin", "Fim"),
}  # fmt: skip


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the times, lengths, id and direction that this file has."""
    times = ("Start",) if cells(source, head, "Start") else ("Date", "Time")
    (target,) = source.targets
    has_direction = bool(cells(source, head, "Direction"))
    ways = OF_DIRECTION if has_direction else ALL_INBOUND
    lengths = {LENGTHS[column]: _length(source, head, column) for column in LENGTHS if cells(source, head, column)}
    kept = {name: field for name, field in target.fields.items() if name not in LENGTHS.values()}
    completed = replace(target, fields={**kept, **ways, **lengths})
    parts = tuple(part for part in source.handle_parts if part in lengths)
    event = replace(source.event, columns=times)
    named = replace(source, event=event, targets=(completed,), handle_parts=parts)
    if is_told(source, head, "Call ID"):
        return named
    return replace(named, key=(*times, *BY_NATURE), is_known_by_nature=True)


def _length(source: Source, head: Head, column: str) -> Field:
    """Seconds or h:mm:ss; with a decimal comma, or as parts of a day, where the first records have it so."""
    found = [cell.strip() for cell in cells(source, head, column) if cell and cell.strip()]
    if any(DECIMAL_COMMA.fullmatch(cell) for cell in found):
        return Field("seconds", (column,), decimal=",")
    if any(float(cell) for cell in found if PART_OF_DAY.fullmatch(cell)) and all(map(PART_OF_DAY.fullmatch, found)):
        days = f"try_cast({quoted(column)} AS DOUBLE)"
        seconds = f"CASE WHEN {days} BETWEEN 0 AND 1 THEN CAST(round({days} * {DAY}, 1) AS DECIMAL(12,3)) END"
        return Field("sql", (column,), expression=seconds, expected="a part of a day")
    return Field("seconds", (column,))


SOURCE = Source(
    name="call_table",
    title="Table of calls",
    form="table",
    required=("Start", "Wait", "Talk", "Status"),
    signatures=(
        ("Date", "Time", "Wait", "Talk", "Status"),
        ("Call ID", "Start", "Wait", "Talk", "Direction", "Status"),
        ("Call ID", "Start", "Wait", "Talk", "Direction", "Status", "Duration"),
    ),
    optional=("Call ID", "Date", "Time", "Direction", "Hold", "Wrap-up", *BY_NATURE),
    ignored=("Duration", "End"),
    aliases=ALIASES,
    key=("Call ID",),
    event=Field("when", ("Start",)),
    handle_parts=("talk_seconds", "hold_seconds", "wrap_up_seconds"),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("constant", value="phone"),
                **OF_DIRECTION,
                "customer_identifier": Field("identity", ("Caller",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("Agent",), identity=IdentityKind.ID, scope="agent"),
                "queue": Field("text", ("Queue",)),
                "disposition": Field("code", ("Status",), map=OUTCOMES),
                **{name: Field("seconds", (column,)) for column, name in LENGTHS.items()},
            },
        ),
    ),
)
