"""The canonical tables, column by column: meaning, unit and whether a value may be missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DECIMAL_SECONDS = "DECIMAL(12,3)"


@dataclass(frozen=True)
class Column:
    """One column: its SQL type, what it means, the unit of its numbers, whether it may be null."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    nullable: bool = True


def _key(meaning: str, name: str = "record_key") -> Column:
    return Column(name, "BIGINT", meaning, nullable=False)


def _text(name: str, meaning: str, nullable: bool = True) -> Column:
    return Column(name, "VARCHAR", meaning, nullable=nullable)


def _flag(name: str, meaning: str, nullable: bool = True) -> Column:
    return Column(name, "BOOLEAN", meaning, nullable=nullable)


def _seconds(name: str, meaning: str) -> Column:
    return Column(name, DECIMAL_SECONDS, meaning, "seconds")


def _instant(name: str, meaning: str, nullable: bool = True) -> Column:
    return Column(name, "TIMESTAMP", meaning, "UTC", nullable)


def _day(name: str, meaning: str, nullable: bool = True) -> Column:
    return Column(name, "DATE", meaning, "local day of the reporting zone", nullable)


SOURCE = _text("source", "name of the source that recorded it", nullable=False)
RECORD_KEY = _key("64-bit hash of source and record id; joins all tables of one landed record")
CUSTOMER_IDENTIFIER = _text(
    "customer_identifier", "keyed hash of the customer's identifier in this record, with its kind"
)

CODES = (
    _text("queue", "name of the queue it entered"),
    _text("topic", "recorded topic"),
    _text("category", "recorded category"),
    _text("wrap_up_code", "agent's coded reason"),
    _text("label", "label given afterwards"),
)
MAPPED = (
    _text("reason", "contact reason that the map gives the recorded codes"),
    _text("cause", "root cause that the map gives the recorded codes"),
    _text("touchpoint", "touchpoint that the map gives the recorded codes, else the cause's default"),
    _flag("is_complaint", "whether the map marks the recorded codes as a complaint"),
)
SEGMENTS = (
    _text("product", "product as of the event"),
    _text("region", "region as of the event"),
    _text("segment", "customer segment as of the event"),
    _text("language", "language as recorded"),
)

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "core_loads": (
            Column("load_id", "INTEGER", "number of the load, in order", nullable=False),
            _text("sha256", "content hash of the raw file", nullable=False),
            _text("file_name", "name the file had in the inbox", nullable=False),
            SOURCE,
            _text("status", "loaded or quarantined", nullable=False),
            Column("read_count", "BIGINT", "records found in the file", "records", nullable=False),
            Column("loaded_count", "BIGINT", "records that were new", "records", nullable=False),
            Column("updated_count", "BIGINT", "records that replaced an older version", "records", nullable=False),
            Column(
                "unchanged_count", "BIGINT", "records already held with the same content", "records", nullable=False
            ),
            Column("superseded_count", "BIGINT", "records older than what is held", "records", nullable=False),
            Column("quarantined_count", "BIGINT", "records put aside with a reason", "records", nullable=False),
            _instant("newest_event_at", "newest event in the file"),
            _day("newest_day", "local day of that event"),
            _text("title", "what the source is, in words", nullable=False),
            _text("handle_parts", "durations that the source records", nullable=False),
            _text("zone", "zone its naive times were read in", nullable=False),
            _flag("is_zone_assumed", "whether that zone is only the reporting zone", nullable=False),
            _instant("loaded_at", "when it was loaded", nullable=False),
            _text("mapping", "the mapping file it was loaded with, as TOML; null for a built-in source"),
        ),
        "core_quarantine": (
            Column("load_id", "INTEGER", "load that put the record aside", nullable=False),
            Column("line", "BIGINT", "line of the file where the record begins, 1 is the first"),
            _text("column_name", "column whose value was refused; null when the whole record was"),
            _text("reason", "why, in words", nullable=False),
        ),
        "core_records": (
            RECORD_KEY,
            SOURCE,
            _text("record_id", "the record's own key in its source", nullable=False),
            Column("content_hash", "BIGINT", "hash of the typed values before redaction", nullable=False),
            _instant("version_at", "the source's own updated-at"),
            _instant("event_at", "when it happened"),
            _day("business_day", "day it belongs to"),
            Column("load_id", "INTEGER", "load that brought the version held", nullable=False),
            Column("record_number", "BIGINT", "position in that file, 1 is the first record", nullable=False),
            _instant("delivered_to", "newest event of the newest delivery that held this version"),
            _instant("first_delivered_to", "newest event of the oldest delivery that held the record"),
        ),
        "core_interactions": (
            RECORD_KEY,
            _key("contact it is a leg of", "contact_key"),
            Column("parent_key", "BIGINT", "record key of the message it answers"),
            _text("conversation_id", "the source's id of the conversation; null when it is the record itself"),
            SOURCE,
            _text("channel", "phone, chat, email, task or social", nullable=False),
            _text("direction", "inbound, outbound or internal", nullable=False),
            _instant("started_at", "start of the leg", nullable=False),
            _day("business_day", "day of the start", nullable=False),
            CUSTOMER_IDENTIFIER,
            _text("agent_id", "keyed hash of the agent's name"),
            _text("team", "team as of the event"),
            *CODES,
            *MAPPED,
            *SEGMENTS,
            _text("disposition", "recorded outcome", nullable=False),
            _flag(
                "is_queued",
                "whether it entered a queue and counts as offered when answered or abandoned",
                nullable=False,
            ),
            _flag("is_public", "whether others could read it", nullable=False),
            _flag("is_automatic", "whether a machine wrote it", nullable=False),
            _flag("is_resolved", "whether it was recorded as resolved"),
            _flag("is_transferred", "whether it was handed to another agent or queue", nullable=False),
            _instant("answered_at", "first moment a person of ours was there"),
            _seconds("wait_seconds", "time in queue until answer or abandon"),
            _seconds("talk_seconds", "time talking"),
            _seconds("hold_seconds", "time on hold"),
            _seconds("wrap_up_seconds", "work after the contact"),
            _seconds("handle_seconds", "sum of the parts that the source records; null if one of them is"),
        ),
        "core_mentions": (
            RECORD_KEY,
            SOURCE,
            _text("platform", "where it was published", nullable=False),
            _instant("posted_at", "when", nullable=False),
            _day("business_day", "day it was posted", nullable=False),
            _text("author_identifier", "keyed hash of the author"),
            _flag("is_own", "whether we wrote it", nullable=False),
            *CODES,
            *MAPPED,
            *SEGMENTS,
        ),
        "core_responses": (
            RECORD_KEY,
            Column("contact_key", "BIGINT", "contact of the same record; null when the record is only an answer"),
            SOURCE,
            _text("question", "normalised text of the question", nullable=False),
            _text("kind", "what it measures and on which scale; null for an unscored answer"),
            Column("score", "INTEGER", "the answer on its scale", "points"),
            _text("choice", "the answer as given, where it is not a verbatim and not a score"),
            _instant("responded_at", "when it was answered", nullable=False),
            _day("business_day", "day it was answered", nullable=False),
            _flag("is_counted", "false for previews, tests and unfinished answers", nullable=False),
            CUSTOMER_IDENTIFIER,
            _text("named_contact", "the source's id of the contact that the response names"),
            *CODES,
            *MAPPED,
            *SEGMENTS,
        ),
        "core_verbatims": (
            RECORD_KEY,
            SOURCE,
            _text("field", "where it stood: message or the question", nullable=False),
            _flag("is_customer", "whether the customer wrote it", nullable=False),
            _day("business_day", "day of the event", nullable=False),
            _text("text", "the words, personal data masked", nullable=False),
        ),
        "core_links": (
            _key("one record in which the two stood together"),
            _text("identifier", "one identifier", nullable=False),
            _text("other_identifier", "another that names the same customer", nullable=False),
            _text("reason", "where the link was recorded", nullable=False),
        ),
        "core_identities": (
            _text("identifier", "identifier that is linked to others", nullable=False),
            _text("customer_id", "the customer it names: the smallest linked identifier", nullable=False),
        ),
        "core_contacts": (
            _key("hash of source and conversation", "contact_key"),
            SOURCE,
            _text("channel", "channel of its first interaction", nullable=False),
            _text(
                "direction",
                "inbound if the customer began or ever wrote, else that of its first interaction",
                nullable=False,
            ),
            _instant("started_at", "first inbound interaction, else the first", nullable=False),
            _day("business_day", "day of that start", nullable=False),
            CUSTOMER_IDENTIFIER,
            _text("customer_id", "the customer, after identities are joined"),
            _text("team", "team of the first handled leg that names one"),
            _text("queue", "queue of the first leg that names one"),
            *MAPPED,
            *SEGMENTS,
            Column("interaction_count", "BIGINT", "legs or messages", "interactions", nullable=False),
            Column("transfer_count", "BIGINT", "legs handed on", "transfers", nullable=False),
            _flag("needs_answer", "a written inbound contact, which has to be answered", nullable=False),
            _seconds("first_response_seconds", "from the first inbound to the first human reply"),
            _flag("is_resolved", "recorded outcome of the last leg that records one"),
        ),
        "core_customers": (
            _text("customer_id", "the customer", nullable=False),
            _day("first_day", "day of the first contact", nullable=False),
            _day("last_day", "day of the last contact", nullable=False),
            Column("contact_count", "BIGINT", "contacts of this customer", "contacts", nullable=False),
        ),
        "core_scores": (
            RECORD_KEY,
            SOURCE,
            _text("question", "normalised text of the question", nullable=False),
            _text("kind", "what it measures and on which scale", nullable=False),
            Column("score", "INTEGER", "the answer on its scale", "points", nullable=False),
            _instant("responded_at", "when it was answered", nullable=False),
            _day("business_day", "day it was answered", nullable=False),
            _text("customer_id", "the customer, own or of the contact"),
            Column("contact_key", "BIGINT", "the contact it is about"),
            _flag("is_inferred", "whether that contact is the customer's last of the 7 days before", nullable=False),
            _text("channel", "channel of the contact, else survey", nullable=False),
            _text("team", "team of the contact"),
            _text("queue", "queue of the contact"),
            *MAPPED[:3],
            *SEGMENTS,
        ),
        "core_map": (
            _text("source", "source whose codes are mapped", nullable=False),
            _text("field", "queue, topic, category, wrap_up_code or label", nullable=False),
            _text("value", "the recorded code", nullable=False),
            *MAPPED,
        ),
        "core_sources": (
            SOURCE,
            Column("record_count", "BIGINT", "records held", "records", nullable=False),
            _day("first_day", "first day with records"),
            _instant("newest_event_at", "newest event"),
            _day("watermark_day", "last complete day; null before the first one"),
            _instant("watermark_at", "end of that day"),
            Column("lateness_days", "BIGINT", "days that records trail their delivery", "days", nullable=False),
            _text("title", "what it is, in words", nullable=False),
            _text("handle_parts", "durations that it records", nullable=False),
            _flag("is_active", "whether it still holds back the common watermark", nullable=False),
            _text("zone", "zone its naive times were read in", nullable=False),
            _flag("is_zone_assumed", "whether that zone is only the reporting zone", nullable=False),
        ),
        "core_gaps": (
            SOURCE,
            _day("business_day", "day without records that usually has some", nullable=False),
        ),
        "core_bins": (
            Column("bin", "INTEGER", "number of the duration bin; -1 is below one second", nullable=False),
            Column("low_seconds", DECIMAL_SECONDS, "lower edge, inclusive", "seconds", nullable=False),
            Column("high_seconds", DECIMAL_SECONDS, "upper edge, exclusive", "seconds", nullable=False),
        ),
        "core_facts": (
            _text("name", "what is noted about this generation", nullable=False),
            _text("value", "its value", nullable=False),
        ),
    }
)
