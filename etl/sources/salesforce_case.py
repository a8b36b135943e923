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
OF_API = ("CreatedDate", "SystemModstamp", "LastModifiedDate")
# Without an origin a case is a piece of work; web forms and letters are written.
CHANNEL = """CASE WHEN regexp_matches("Origin", '(?i)phone|call|voice|telefon|anruf') THEN 'phone'
WHEN regexp_matches("Origin", '(?i)chat|messag|whatsapp|sms|bot') THEN 'chat'
WHEN regexp_matches("Origin", '(?i)twitter|facebook|instagram|social|linkedin') THEN 'social'
WHEN nullif(nullif(trim("Origin"), ''), '#N/A') IS NULL THEN 'task' ELSE 'email' END"""
# What is still in work is not known to have failed.
RESOLVED = """CASE WHEN regexp_matches("Status", '(?i)unresolved') THEN FALSE
WHEN lower(trim("IsClosed")) IN ('true', '1', 'yes', 'wahr', 'ja')
OR regexp_matches("Status", '(?i)^\\s*(closed|resolved|solved|geschlossen|gelöst)')
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
        "CaseNumber": ("Case Number", "Case: Case Number", "CASENUMBER", "CASE_NUMBER", *GERMAN_NUMBER),
        "Id": ("Case ID", "CaseId", "ID"),
        "CreatedDate": (
            "Date/Time Opened",
            "Opened Date",
            "Created Date",
            "CREATEDDATE",
            "Case: Created Date",
            *GERMAN_OPENED,
        ),
        "SystemModstamp": (
            "Case Last Modified Date",
            "Last Modified Date",
            "SYSTEMMODSTAMP",
            "LastModifiedDate",
            "Datum der letzten Änderung",
        ),
        "Status": ("Case Status", "STATUS"),
        "Origin": ("Case Origin", "ORIGIN", "Kundenvorgangsursprung", "Kundenvorgangsherkunft", "Ursprung", "Herkunft"),
        "Reason": ("Case Reason", "REASON", "Kundenvorgangsgrund", "Grund"),
        "Type": ("Case Type", "TYPE", "Typ"),
        "Subject": ("Case Subject", "SUBJECT", "Betreff"),
        "Description": ("DESCRIPTION", "Case Description", "Beschreibung"),
        "IsClosed": ("Closed", "ISCLOSED", "Geschlossen"),
        "ClosedDate": ("Date/Time Closed", "Closed Date", "CLOSEDDATE", *GERMAN_CLOSED),
        "OwnerId": ("Case Owner", "OWNERID", "Owner", "Kundenvorgangsinhaber", "Inhaber"),
        "ContactId": ("CONTACTID", "Contact ID", "Kontakt-ID"),
        "SuppliedEmail": ("Web Email", "SUPPLIEDEMAIL", "Email", "Web-E-Mail", "E-Mail"),
        "ContactEmail": ("Contact Email", "Contact: Email", "CONTACTEMAIL", "Kontakt: E-Mail"),
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
