"""What SurveyMonkey calls its own columns and parts of questions, in the languages of its accounts (inferred)."""

import re
from collections.abc import Mapping

ALIASES: Mapping[str, tuple[str, ...]] = {
    "Respondent ID": (
        "RespondentID", "respondent_id", "Befragten-ID", "Teilnehmer-ID", "ID du répondant", "Identifiant du répondant",
        "ID del encuestado", "Identificación del encuestado", "ID do respondente", "ID del rispondente",
    ),
    "Collector ID": (
        "CollectorID", "collector_id", "Collector-ID", "Collektor-ID", "Kollektor-ID", "ID du collecteur",
        "ID del recopilador", "ID do coletor", "ID del collettore",
    ),
    "Start Date": (
        "StartDate", "date_created", "Date Created", "Startdatum", "Anfangsdatum", "Date de début", "Fecha de inicio",
        "Data de início", "Data inicial", "Data di inizio",
    ),
    "End Date": (
        "EndDate", "date_modified", "Date Modified", "Enddatum", "Date de fin", "Fecha de finalización", "Fecha final",
        "Fecha de fin", "Data de término", "Data final", "Data di fine",
    ),
    "IP Address": (
        "IP_Address", "ip_address", "IP-Adresse", "Adresse IP", "Dirección IP", "Endereço IP", "Indirizzo IP",
    ),
    "Email Address": (
        "EmailAddress", "Email_Address", "email_address", "E-Mail-Adresse", "E-Mail", "Adresse e-mail",
        "Adresse électronique", "Dirección de correo electrónico", "Correo electrónico", "Endereço de email",
        "Endereço de e-mail", "Indirizzo email",
    ),
    "First Name": ("FirstName", "first_name", "Vorname", "Prénom", "Nombre", "Nome"),
    "Last Name": ("LastName", "last_name", "Nachname", "Nom", "Apellido", "Apellidos", "Sobrenome", "Cognome"),
    "Custom Data 1": (
        "CustomData", "Custom Data", "custom_1", "Custom Value", "Benutzerdefinierte Daten 1",
        "Benutzerdefinierte Daten", "Données personnalisées 1", "Données personnalisées", "Datos personalizados 1",
        "Datos personalizados", "Dados personalizados 1", "Dados personalizados", "Dati personalizzati 1",
    ),
    "Response Status": (
        "Status", "response_status", "Antwortstatus", "Statut de la réponse", "Estado de la respuesta",
        "Status da resposta",
    ),
}  # fmt: skip
WHOLE = ("Response", "Antwort", "Réponse", "Respuesta", "Resposta", "Risposta", "Reactie", "Svar", "回答")
WORDS = re.compile(
    r"open-ended|please specify|offene (antwort|beantwortung)|freie antwort|sonstiges \(bitte|bitte (an)?geben|"
    r"réponse (ouverte|libre)|autre \(veuillez|veuillez (préciser|spécifier)|respuesta abierta|otro \(especifique|"
    r"especifi(que|car)|resposta aberta|outro \(especifique|risposta aperta|altro \(specificare|open antwoord|"
    r"anders \(geef",
    re.IGNORECASE,
)
PARTIAL = (
    "partial", "disqualified", "overquota", "incomplete", "unvollständig", "teilweise", "partielle", "partiel",
    "incomplet", "incomplète", "parcial", "incompleto", "incompleta", "parziale",
)  # fmt: skip
# The part of a question of recommendation that says in which group an answer falls, beside its score.
NPS_GROUPS = re.compile(
    r"\s*(promoters?|passives?|detractors?|förderer|promotor(e[ns]?)?|kritiker|indifferente|neutral[eo]?|"
    r"promoteurs?|passifs?|détracteurs?|pasivos?|detractor(es)?|passivos?|detratores|detrator|neutros?)"
    r"\s*(\(.*\))?\s*",
    re.IGNORECASE,
)
