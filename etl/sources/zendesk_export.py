"""Zendesk tickets as a table: the account's full CSV export, and the columns of a view or a report."""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import cells, own_name
from etl.vocabulary import IdentityKind

REPLY = "First reply time in minutes"
BUSINESS_REPLY = "First reply time in minutes within business hours"
SCORE = "Satisfaction Score"
# Web, API and whatever is new are written and wait for an answer as e-mail does.
CHANNEL = """CASE WHEN regexp_matches("Via", '(?i)phone|voice|call|telefon|anruf') THEN 'phone'
WHEN regexp_matches("Via", '(?i)chat|messag|whatsapp|sms|text|line$') THEN 'chat'
WHEN regexp_matches("Via", '(?i)twitter|facebook|instagram|channel integration') THEN 'social' ELSE 'email' END"""
DIRECTION = "CASE WHEN regexp_matches(\"Via\", '(?i)outgoing|outbound|ausgehend') THEN 'outbound' ELSE 'inbound' END"
DISPOSITION = """CASE WHEN regexp_matches("Via", '(?i)voicemail') THEN 'voicemail'
WHEN regexp_matches("Via", '(?i)phone|call|telefon|anruf') THEN 'answered' ELSE 'message' END"""
SOLVED = "Solved at"
FULL_RESOLUTION = "Full resolution time in minutes"
# What is still in work is not known to have failed.
RESOLVED = """CASE WHEN lower(trim("Status")) IN ('solved', 'closed', 'gelöst', 'geschlossen', 'résolu', 'clos',
'fermé', 'resuelto', 'cerrado') THEN TRUE END"""
LIKED = ("good", "good with comment", "Gut", "Gut mit Kommentar", "Bon", "Bonne", "Bien", "Bueno", "Buena")
DISLIKED = (
    "bad", "bad with comment", "Schlecht", "Schlecht mit Kommentar", "Mauvais", "Mauvaise", "Mal", "Malo", "Mala",
)  # fmt: skip
OFFERED = (
    "Offered", "offered", "Not Offered", "Not offered", "not_offered", "Unoffered", "unoffered", "-",
    "Angeboten", "Nicht angeboten", "Proposé", "Proposée", "Non proposé", "Non proposée", "Offerte", "Non offerte",
    "Ofrecido", "Ofrecida", "No ofrecido", "No ofrecida",
)  # fmt: skip
THUMBS = Field(
    "rating", (SCORE,), low=0, high=1, map={**dict.fromkeys(LIKED, 1), **dict.fromkeys(DISLIKED, 0)}, blanks=OFFERED,
)  # fmt: skip
STARS = replace(THUMBS, low=1, high=5, map={})


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the first reply and the solution as the file tells them, and the scale of its ratings."""
    interactions, ratings = source.targets
    if own_name(source, REPLY, head) is None:
        answered_at = Field("sql", (BUSINESS_REPLY,), expression=_after_minutes(BUSINESS_REPLY))
        interactions = replace(interactions, fields={**interactions.fields, "answered_at": answered_at})
    if own_name(source, SOLVED, head) is None:
        closed_at = Field("sql", (FULL_RESOLUTION,), expression=_after_minutes(FULL_RESOLUTION))
        interactions = replace(interactions, fields={**interactions.fields, "closed_at": closed_at})
    if any(score.isdigit() for score in cells(source, SCORE, head)):
        kind = Field("constant", value="csat5")
        ratings = replace(ratings, fields={**ratings.fields, "kind": kind, "score": STARS})
    return replace(source, targets=(interactions, ratings))


def _after_minutes(column: str) -> str:
    minutes = f'try_cast("{column}" AS DOUBLE)'
    return f"CASE WHEN {minutes} >= 0 THEN event_at + to_milliseconds(CAST(60000 * {minutes} AS BIGINT)) END"


SOURCE = Source(
    name="zendesk_export",
    title="Zendesk ticket table (CSV)",
    form="table",
    required=("Id", "Requester", "Status", "Created at"),
    signatures=(
        ("Id", "Requester id", "Status", "Created at"),
        ("Id", "Via", "Status", "Created at"),
        ("Id", "Requester", "Subject", "Created at"),
    ),
    optional=("Requester", REPLY, BUSINESS_REPLY),
    ignored=(
        "Agent wait time in minutes",
        "Agent wait time in minutes within business hours",
        "Assigned at",
        "Due date",
        "First resolution time in minutes",
        "First resolution time in minutes within business hours",
        "Full resolution time in minutes within business hours",
        "Group stations",
        "Initially assigned at",
        "On hold time in minutes",
        "On hold time in minutes within business hours",
        "Organization",
        "Priority",
        "Reopens",
        "Replies",
        "Requester",
        "Requester domain",
        "Requester external id",
        "Requester wait time in minutes",
        "Requester wait time in minutes within business hours",
        "Resolution time",
        "Satisfaction Reason",
        "Submitter",
        "Summation column",
    ),
    aliases={
        "Id": ("ID", "Ticket ID", "Ticket id", "Ticket Id", "Ticket-ID"),
        "Requester": ("Anfragender", "Anfragesteller", "Demandeur", "Solicitante"),
        "Organization": ("Organisation", "Organización"),
        "Priority": ("Priorität", "Priorité", "Prioridad"),
        "Created at": (
            "Requested",
            "Request date",
            "Created At",
            "Ticket created - Timestamp",
            "Ticket created - Date",
            "Angefragt",
            "Angefordert",
            "Anfragedatum",
            "Erstellt",
            "Erstellt am",
            "Date de la demande",
            "Demandé",
            "Fecha de solicitud",
            "Solicitado",
        ),
        "Updated at": (
            "Updated",
            "Latest update",
            "Updated At",
            "Ticket updated - Timestamp",
            "Aktualisiert",
            "Aktualisiert am",
            "Mis à jour",
            "Mise à jour",
            "Actualizado",
        ),
        "Requester email": ("Requester Email", "E-Mail des Anfragenden"),
        "Requester id": ("Requester ID", "Requester Id"),
        "Via": ("Ticket channel", "Kanal", "Über", "Canal"),
        "Ticket type": ("Type", "Ticket Type", "Typ", "Tickettyp", "Tipo"),
        "Status": ("Ticket status", "Ticketstatus", "Statut", "Estado"),
        "Group": ("Ticket group", "Gruppe", "Groupe", "Grupo"),
        "Tags": ("Ticket tags", "Stichwörter", "Marqueurs", "Etiquetas"),
        "Subject": ("Ticket subject", "Betreff", "Sujet", "Objet", "Asunto"),
        SCORE: (
            "Satisfaction score",
            "Satisfaction",
            "Satisfaction rating",
            "Ticket satisfaction rating",
            "Zufriedenheit",
            "Zufriedenheitsbewertung",
            "Satisfacción",
        ),
        "Assignee": ("Assignee name", "Mitarbeiter", "Zuständiger Mitarbeiter", "Assigné", "Agente asignado"),
        SOLVED: ("Solved", "Gelöst", "Gelöst am"),
        "Assignee stations": ("Assignee Stations",),
        REPLY: ("First reply time (min)",),
    },
    key=("Id",),
    version=Field("when", ("Updated at",)),
    event=Field("when", ("Created at",)),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("sql", ("Via",), expression=CHANNEL),
                "direction": Field("sql", ("Via",), expression=DIRECTION),
                "disposition": Field("sql", ("Via",), expression=DISPOSITION),
                "customer_identifier": Field("identity", ("Requester id",), identity=IdentityKind.ID, scope="zendesk"),
                "other_customer": Field("identity", ("Requester email",), identity=IdentityKind.EMAIL),
                "agent_id": Field("identity", ("Assignee",), identity=IdentityKind.ID, scope="agent", blanks=("-",)),
                "team": Field("text", ("Group",), blanks=("-",)),
                "category": Field("text", ("Ticket type",), blanks=("-",)),
                "label": Field("text", ("Tags",), blanks=("-",)),
                "is_resolved": Field("sql", ("Status",), expression=RESOLVED),
                "is_transferred": Field(
                    "sql",
                    ("Assignee stations",),
                    expression='coalesce(try_cast("Assignee stations" AS DOUBLE) > 1, FALSE)',
                ),
                "answered_at": Field("sql", (REPLY,), expression=_after_minutes(REPLY)),
                "closed_at": Field("when", (SOLVED,), blanks=("-",)),
                "verbatim": Field("verbatim", ("Subject",)),
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="satisfaction rating"),
                "kind": Field("constant", value="thumbs"),
                "score": THUMBS,
                "customer_identifier": Field("identity", ("Requester id",), identity=IdentityKind.ID, scope="zendesk"),
            },
        ),
    ),
)
