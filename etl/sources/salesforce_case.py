"""Salesforce cases: weekly export and Data Loader (names of the API, UTC), and reports (labels, the user's zone).

A file for importing cases has no creation date and is none of these.
"""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import own_name
from etl.vocabulary import IdentityKind

NOTHING = ("#N/A", "-", "null", "NULL")
# A report has the labels of its user's language; `Vorgangsnummer` is in tables of anybody.
GERMAN_NUMBER = ("Kundenvorgangsnummer", "Kundenvorgangnummer")
GERMAN_OPENED = ("Datum/Uhrzeit der Eröffnung", "Eröffnungsdatum", "Erstelldatum", "Geöffnet am", "Datum/Zeit geöffnet")
GERMAN_CLOSED = ("Datum/Uhrzeit des Abschlusses", "Abschlussdatum", "Geschlossen am", "Datum/Zeit geschlossen")
# Only what has Salesforce's own wording of a date and time makes a report of other languages its own.
OPENED = (
    "Date/Heure d'ouverture",
    "Date/heure d'ouverture",
    "Date/Heure d’ouverture",
    "Fecha/Hora de apertura",
    "Fecha/hora de apertura",
    "Data/Hora de abertura",
    "Data/hora de abertura",
    "Data/Ora apertura",
)
CLOSED = (
    "Date/Heure de fermeture",
    "Date/heure de fermeture",
    "Fecha/Hora de cierre",
    "Fecha/hora de cierre",
    "Data/Hora de fechamento",
    "Data/hora de fechamento",
    "Data/Ora chiusura",
)
NUMBER = (
    "Numéro de la requête", "Numéro de requête", "Número del caso", "Número de caso", "Número do caso",
    "Numero caso",
)  # fmt: skip
OF_API = ("CreatedDate", "SystemModstamp", "LastModifiedDate")
# Without an origin a case is a piece of work; web forms and letters are written.
CHANNEL = """CASE WHEN regexp_matches("Origin", '(?i)phone|call|voice|tel[eé]fon|anruf') THEN 'phone'
WHEN regexp_matches("Origin", '(?i)chat|messag|whatsapp|sms|bot') THEN 'chat'
WHEN regexp_matches("Origin", '(?i)twitter|facebook|instagram|social|linkedin') THEN 'social'
WHEN nullif(nullif(trim("Origin"), ''), '#N/A') IS NULL THEN 'task' ELSE 'email' END"""
# What is still in work is not known to have failed.
RESOLVED = """CASE WHEN regexp_matches("Status", '(?i)unresolved') THEN FALSE
WHEN lower(trim("IsClosed")) IN ('true', '1', 'yes', 'wahr', 'ja')
OR regexp_matches("Status", '(?i)^\\s*(closed|resolved|solved|geschlossen|gelöst|fermée?|résolue?)')
OR regexp_matches("Status", '(?i)^\\s*(cerrado|resuelto|fechado|resolvido|chiuso|risolto)')
THEN TRUE END"""


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the key that the file has, and UTC for what goes by the names of the API."""
    key = ("CaseNumber",) if own_name(source, "CaseNumber", head) else ("Id",)
    is_of_api = any(name in head.columns for name in OF_API)
    interactions, *others = source.targets
    # The address on the case's contact serves all cases, the supplied one only those of web forms and e-mail.
    if own_name(source, "ContactEmail", head):
        known = replace(interactions.fields["other_customer"], columns=("ContactEmail",))
        interactions = replace(interactions, fields={**interactions.fields, "other_customer": known})
    zone = "UTC" if is_of_api else ""
    return replace(source, key=key, file_zone=zone, targets=(interactions, *others))


SOURCE = Source(
    name="salesforce_case",
    title="Salesforce cases",
    form="table",
    required=("CaseNumber", "CreatedDate", "Status"),
    signatures=(("CaseNumber", "CreatedDate", "Subject"), ("Id", "CreatedDate", "Status", "Origin")),
    optional=("Id", "Subject", "ContactEmail"),
    ignored=(
        "Account Name",
        "Priorité",
        "Prioridad",
        "Prioridade",
        "Priorità",
        "Accountname",
        "Account-Name",
        "Kontaktname",
        "Offen",
        "Priorität",
        "Alter",
        "Eskaliert",
        "AccountId",
        "Age",
        "Age (Hours)",
        "AssetId",
        "BusinessHoursId",
        "Case Owner Alias",
        "Comments",
        "ContactEmail",
        "ContactFax",
        "ContactMobile",
        "ContactPhone",
        "CreatedById",
        "Created By",
        "EntitlementId",
        "Escalated",
        "Id",
        "attributes",
        "IsDeleted",
        "IsEscalated",
        "IsStopped",
        "Language",
        "LastModifiedById",
        "LastModifiedDate",
        "LastReferencedDate",
        "LastViewedDate",
        "MasterRecordId",
        "Open",
        "ParentId",
        "Priority",
        "RecordTypeId",
        "SlaExitDate",
        "SlaStartDate",
        "SourceId",
        "StopStartDate",
        "SuppliedCompany",
        "SuppliedName",
        "SuppliedPhone",
        "Contact Name",
        "Case Record Type",
    ),
    aliases={
        "CaseNumber": ("Case Number", "Case: Case Number", "CASENUMBER", "CASE_NUMBER", *GERMAN_NUMBER, *NUMBER),
        "Id": ("Case ID", "CaseId", "ID"),
        "CreatedDate": (
            "Date/Time Opened",
            "Opened Date",
            "Created Date",
            "CREATEDDATE",
            "Case: Created Date",
            *GERMAN_OPENED,
            *OPENED,
        ),
        "SystemModstamp": (
            "Case Last Modified Date",
            "Last Modified Date",
            "SYSTEMMODSTAMP",
            "LastModifiedDate",
            "Datum der letzten Änderung",
        ),
        "Status": ("Case Status", "STATUS", "Statut", "Estado", "Stato"),
        "Origin": (
            "Case Origin",
            "ORIGIN",
            "Kundenvorgangsursprung",
            "Kundenvorgangsherkunft",
            "Ursprung",
            "Herkunft",
            "Origine de la requête",
            "Origen del caso",
            "Origem do caso",
            "Origine caso",
        ),
        "Reason": (
            "Case Reason",
            "REASON",
            "Kundenvorgangsgrund",
            "Grund",
            "Motif de la requête",
            "Motivo del caso",
            "Motivo do caso",
        ),
        "Type": ("Case Type", "TYPE", "Typ"),
        "Subject": ("Case Subject", "SUBJECT", "Betreff", "Objet", "Asunto", "Assunto", "Oggetto"),
        "Description": (
            "DESCRIPTION",
            "Case Description",
            "Beschreibung",
            "Description de la requête",
            "Descripción",
            "Descrição",
        ),
        "IsClosed": ("Closed", "ISCLOSED", "Geschlossen"),
        "ClosedDate": ("Date/Time Closed", "Closed Date", "CLOSEDDATE", *GERMAN_CLOSED, *CLOSED),
        "OwnerId": (
            "Case Owner",
            "OWNERID",
            "Owner",
            "Kundenvorgangsinhaber",
            "Inhaber",
            "Owner.Name",
            "Propriétaire de la requête",
            "Propietario del caso",
            "Proprietário do caso",
            "Titolare caso",
        ),
        "ContactId": ("CONTACTID", "Contact ID", "Kontakt-ID"),
        "SuppliedEmail": ("Web Email", "SUPPLIEDEMAIL", "Email", "Web-E-Mail", "E-Mail"),
        "ContactEmail": ("Contact Email", "Contact: Email", "CONTACTEMAIL", "Kontakt: E-Mail", "Contact.Email"),
        "Product__c": ("Product", "Product Name", "ProductId", "Produkt"),
    },
    key=("CaseNumber",),
    version=Field("when", ("SystemModstamp",)),
    event=Field("when", ("CreatedDate",)),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("sql", ("Origin",), expression=CHANNEL),
                "direction": Field("constant", value="inbound"),
                "disposition": Field("constant", value="message"),
                "customer_identifier": Field(
                    "identity", ("ContactId",), identity=IdentityKind.ID, scope="salesforce", blanks=NOTHING
                ),
                "other_customer": Field("identity", ("SuppliedEmail",), identity=IdentityKind.EMAIL, blanks=NOTHING),
                "agent_id": Field("identity", ("OwnerId",), identity=IdentityKind.ID, scope="agent", blanks=NOTHING),
                "topic": Field("text", ("Type",), blanks=NOTHING),
                "category": Field("text", ("Reason",), blanks=NOTHING),
                "product": Field("text", ("Product__c",), blanks=NOTHING),
                "is_resolved": Field("sql", ("Status", "IsClosed"), expression=RESOLVED),
                "closed_at": Field("when", ("ClosedDate",), blanks=NOTHING),
                "verbatim": Field("verbatim", ("Subject", "Description"), blanks=NOTHING),
            },
        ),
    ),
)
