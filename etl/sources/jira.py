"""Jira's CSV of issues, of Server, Data Center and Cloud: one row an issue, some columns repeated.

Dates are written as the user who exports has set it, in that user's zone, which stands nowhere.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import cells, own_name
from etl.sources.texts import literal, quoted
from etl.vocabulary import IdentityKind

# Two-digit years first: %Y takes 25 for the year 25. A month's point goes where its name is put into English.
DAYS = (
    "%d/%b/%y", "%d/%b/%Y", "%d-%b-%y", "%d-%b-%Y", "%d %b %y,", "%d %b %Y,", "%d %b %y", "%d %b %Y", "%b %d, %Y,",
    "%b %d, %Y", "%d. %b %Y,", "%d. %b %Y", "%d.%b%y", "%d.%b%Y", "%d/%B/%Y", "%d %B %Y", "%Y-%m-%d", "%Y/%m/%d",
)  # fmt: skip
TIMES = (" %I:%M %p", " %H:%M", " %I:%M:%S %p", " %H:%M:%S", " %H:%M:%S.%f", "")
FORMATS = (*(day + time for time in TIMES for day in DAYS), "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f")
ZONED = ("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z")
PLAIN = ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
NUMERIC = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
FIRST_RESPONSE = "Custom field ([CHART] Date of First Response)"
REQUEST_TYPE = "Custom field (Request Type)"
# Any of these shows that the project is a service desk, where people write and wait for an answer.
OF_SERVICE_DESK = (
    REQUEST_TYPE, "Custom field (Customer Request Type)", "Satisfaction rating", "Custom field (Satisfaction)",
    "Custom field (Time to first response)", "Custom field (Request participants)", "Custom field (Request language)",
)  # fmt: skip
# What is still in work, also a reopened issue, is not known to have failed.
RESOLVED = """CASE WHEN nullif(trim("Resolved"), '') IS NOT NULL OR lower(trim("Status Category")) = 'done'
OR regexp_full_match(trim("Status"), '(?i)closed|resolved|done') THEN TRUE END"""


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the people, labels and replies of this file's columns, and its way to write dates."""
    interactions, ratings = source.targets
    is_desk = any(own_name(source, column, head) for column in OF_SERVICE_DESK)
    # Spreadsheets rewrite dates with numbers alone; their order is settled from all of them.
    is_numeric = any(NUMERIC.match(cell) for cell in cells(source, "Created", head))
    fields = {
        **interactions.fields,
        "channel": Field("constant", value="email" if is_desk else "task"),
        "customer_identifier": _person(source, head, "Reporter", "jira"),
        "agent_id": _person(source, head, "Assignee", "agent"),
        "label": _labels(source, head),
        "answered_at": _first_reply(source, head, is_numeric),
    }
    if is_numeric:
        fields["closed_at"] = Field("when", ("Resolved",))
    targets = (replace(interactions, fields=fields), ratings)
    if not is_numeric:
        return replace(source, targets=targets)
    return replace(source, targets=targets, event=Field("when", ("Created",)), version=Field("when", ("Updated",)))


def _person(source: Source, head: Head, role: str, scope: str) -> Field:
    """Who it was by their id, which Cloud writes beside the name that others may share, else by user name."""
    column = f"{role} Id" if own_name(source, f"{role} Id", head) else role
    return Field("identity", (column,), identity=IdentityKind.ID, scope=scope)


def _repeated(source: Source, head: Head, column: str) -> tuple[str, ...]:
    """The file's columns of one name, under which each of them stands with its number."""
    name = own_name(source, column, head)
    return tuple(own for own in head.columns if name and (own == name or own.startswith(f"{name}#")))


def _labels(source: Source, head: Head) -> Field:
    columns = _repeated(source, head, "Labels") or ("Labels",)
    texts = ", ".join(f"nullif(trim({quoted(column)}), '')" for column in columns)
    return Field("sql", columns, expression=f"nullif(concat_ws(' ', {texts}), '')")


def _first_reply(source: Source, head: Head, is_numeric: bool) -> Field:
    """The first comment (date;author;text) that is not the reporter's, else the recorded first response.

    Comments stand in the zone of the creation, so that their distance to it is the distance of instants. The recorded
    response is in UTC whatever the zone of the rest (seen where both stand in one file; a server may do otherwise).
    """
    recorded = f"try_strptime(trim({quoted(FIRST_RESPONSE)}), [{', '.join(map(literal, PLAIN))}])"
    recorded = f"CASE WHEN {recorded} >= event_at THEN {recorded} END"
    comments = () if is_numeric else _repeated(source, head, "Comment")
    if not comments:
        return Field("sql", (FIRST_RESPONSE,), expression=recorded)
    reporters = [name for role in ("Reporter", "Reporter Id") if (name := own_name(source, role, head))]
    formats = ", ".join(map(literal, FORMATS))
    created = own_name(source, "Created", head) or "Created"
    replies = ", ".join(_reply(quoted(comment), reporters, formats) for comment in comments)
    after = f"least({replies}) - try_strptime(trim({quoted(created)}), [{formats}])"
    commented = f"CASE WHEN {after} >= INTERVAL 0 SECONDS THEN event_at + ({after}) END"
    columns = (FIRST_RESPONSE, created, *reporters, *comments)
    return Field("sql", columns, expression=f"coalesce({commented}, {recorded})")


def _reply(comment: str, reporters: Sequence[str], formats: str) -> str:
    own = " OR ".join(f"split_part({comment}, ';', 2) = {quoted(reporter)}" for reporter in reporters) or "FALSE"
    return (
        f"CASE WHEN NOT coalesce({own}, FALSE) THEN try_strptime(trim(split_part({comment}, ';', 1)), [{formats}]) END"
    )


SOURCE = Source(
    name="jira",
    title="Jira issues (CSV)",
    form="table",
    required=("Issue key", "Created", "Status"),
    signatures=(("Issue key", "Created", "Summary"), ("Issue key", "Created", "Issue Type")),
    optional=("Summary", "Reporter", "Assignee", "Comment", "Labels"),
    repeated=(
        "Comment",
        "Labels",
        "Satisfaction rating",
        "Component/s",
        REQUEST_TYPE,
        "Custom field (Request language)",
        FIRST_RESPONSE,
    ),  # fmt: skip
    ignored=(
        "Affects Version/s",
        "Affects versions",
        "Assignee",
        "Assignee Id",
        "Attachment",
        "Comment",
        "Creator",
        "Creator Id",
        "Due Date",
        "Due date",
        "Environment",
        "Fix Version/s",
        "Fix versions",
        "Issue id",
        "Labels",
        "Last Viewed",
        "Log Work",
        "Original Estimate",
        "Original estimate",
        "Parent",
        "Parent id",
        "Parent key",
        "Parent summary",
        "Priority",
        "Project description",
        "Project key",
        "Project lead",
        "Project lead id",
        "Project type",
        "Project url",
        "Remaining Estimate",
        "Reporter",
        "Reporter Id",
        "Resolution",
        "Security Level",
        "Sprint",
        "Status Category Changed",
        "Summary",
        "Time Spent",
        "Votes",
        "Watchers",
        "Watchers Id",
        "Work Ratio",
        "Σ Original Estimate",
        "Σ Remaining Estimate",
        "Σ Time Spent",
        "Custom field (Rank)",
        "Custom field (Satisfaction date)",
        "Custom field (Time to first response)",
        "Custom field (Time to resolution)",
        "Custom field (Development)",
    ),
    # Cloud writes the header in the language of its user; seen in Spanish, German and in part in French, else inferred.
    aliases={
        "Issue key": ("Key", "Issue Key", "Clave de incidencia", "Vorgangsschlüssel", "Schlüssel", "Clé de ticket"),
        "Issue Type": (
            "Issue type",
            "Work type",
            "Tipo de Incidencia",
            "Tipo de incidencia",
            "Vorgangstyp",
            "Type de ticket",
        ),
        "Summary": ("Resumen", "Zusammenfassung", "Résumé"),
        "Description": ("Descripción", "Beschreibung"),
        "Status": ("Estado", "État"),
        "Status Category": ("Categoría de estado", "Statuskategorie", "Catégorie d'état"),
        "Created": ("Creada", "Creado", "Erstellt", "Création"),
        "Updated": ("Actualizada", "Actualizado", "Aktualisiert", "Mise à jour"),
        "Resolved": ("Resuelta", "Resuelto", "Erledigt", "Gelöst", "Résolution effectuée", "Résolue"),
        "Reporter": ("Informador", "Autor", "Rapporteur"),
        "Reporter Id": ("ID del informador", "Autor-ID", "ID des Autors", "ID du rapporteur"),
        "Assignee": ("Persona asignada", "Zugewiesene Person", "Bearbeiter", "Personne assignée"),
        "Assignee Id": ("ID de la persona asignada", "ID der zugewiesenen Person", "ID de la personne assignée"),
        "Project name": ("Nombre del proyecto", "Projektname", "Nom du projet"),
        "Labels": ("Etiquetas", "Stichwörter", "Étiquettes"),
        "Comment": ("Comentario", "Kommentar", "Commentaire"),
        "Satisfaction rating": (
            "Custom field (Satisfaction)",
            "Custom field (Satisfaction rating)",
            "Satisfaction",
            "Calificación de satisfacción",
            "Zufriedenheitsbewertung",
        ),
        REQUEST_TYPE: ("Custom field (Customer Request Type)", "Request Type", "Campo personalizado (Request Type)"),
        "Component/s": ("Components", "Component", "Componentes", "Komponenten"),
        "Reporter (Email)": ("Reporter Email",),
        "Custom field (Request participants)": ("Campo personalizado (Request participants)",),
    },  # fmt: skip
    key=("Issue key",),
    version=Field("when", ("Updated",), formats=FORMATS, zoned_formats=ZONED),
    event=Field("when", ("Created",), formats=FORMATS, zoned_formats=ZONED),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("constant", value="task"),
                "direction": Field("constant", value="inbound"),
                "disposition": Field("constant", value="message"),
                "customer_identifier": Field("identity", ("Reporter",), identity=IdentityKind.ID, scope="jira"),
                "other_customer": Field("identity", ("Reporter (Email)",), identity=IdentityKind.EMAIL),
                "agent_id": Field("identity", ("Assignee",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("Project name",)),
                "category": Field("text", ("Issue Type",)),
                "topic": Field("text", (REQUEST_TYPE,)),
                "label": Field("text", ("Labels",)),
                "product": Field("text", ("Component/s",)),
                "language": Field("text", ("Custom field (Request language)",)),
                "is_resolved": Field("sql", ("Resolved", "Status", "Status Category"), expression=RESOLVED),
                "answered_at": Field("when", (FIRST_RESPONSE,), formats=PLAIN),
                "closed_at": Field("when", ("Resolved",), formats=FORMATS, zoned_formats=ZONED),
                "verbatim": Field("verbatim", ("Summary", "Description")),
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="satisfaction rating"),
                "kind": Field("constant", value="csat5"),
                "score": Field("rating", ("Satisfaction rating",), low=1, high=5, labelled=True),
            },
        ),
    ),
)
