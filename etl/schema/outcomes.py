"""The tables of what became of contacts and what was said: chains, failures, sentiment, votes, escalations."""

from collections.abc import Mapping

from etl.schema.columns import MAPPED, RECORD_KEY, SEGMENTS, SOURCE, Column, day, flag, instant, key, text

PLACED = (
    text("channel", "channel", nullable=False),
    text("direction", "inbound, as all of these", nullable=False),
    text("team", "team"),
    text("queue", "queue"),
    *MAPPED[:3],
    *SEGMENTS,
)

OUTCOMES: Mapping[str, tuple[Column, ...]] = {
    "core_chain_contacts": (
        key("the contact", "contact_key"),
        key("the chain: the key of its first contact", "chain_key"),
        SOURCE,
        day("business_day", "day of the chain's first contact, to which the whole chain belongs", nullable=False),
        instant("chain_started_at", "start of the chain's first contact", nullable=False),
        instant("started_at", "start of this contact", nullable=False),
        instant("last_at", "start of the chain's last contact", nullable=False),
        text("customer_id", "the customer; null for a contact that names none and stands alone"),
        flag("is_identified", "whether the customer is known", nullable=False),
        Column("position", "BIGINT", "place in the chain, 1 is the first", "contacts", nullable=False),
        Column("chain_length", "BIGINT", "contacts of the chain", "contacts", nullable=False),
        Column("channel_count", "BIGINT", "channels of the chain", "channels", nullable=False),
        flag("is_answered", "whether this contact was answered", nullable=False),
        flag("has_complaint", "whether any contact of the chain is a complaint", nullable=False),
        *PLACED,
    ),
    "core_failures": (
        key("the contact that failed", "contact_key"),
        SOURCE,
        day("business_day", "day of the contact", nullable=False),
        instant("started_at", "its start", nullable=False),
        text("customer_id", "the customer, if known"),
        text("person", "the customer; an unlinked contact counts as a customer of its own", nullable=False),
        flag("is_abandoned", "given up while waiting, not shortly", nullable=False),
        flag("is_unresolved", "recorded as unresolved", nullable=False),
        flag("is_low_score", "answered by a score of the bottom band", nullable=False),
        flag("is_complaint", "recorded as a complaint", nullable=False),
        flag("is_repeated", "followed by another contact of its chain within 7 days", nullable=False),
        *PLACED,
    ),
    "core_sentiments": (
        RECORD_KEY,
        SOURCE,
        day("business_day", "day of the mention", nullable=False),
        Column("label", "INTEGER", "1 positive, 0 neutral, -1 negative; null where nothing could be told"),
        Column("score", "INTEGER", "strength from -1,000 to 1,000", "thousandths"),
        text("model", "recorded by the source, stars of a review, or lexicon and version", nullable=False),
    ),
    "core_votes": (
        text("person", "who spoke: the customer, else the author on the platform", nullable=False),
        SOURCE,
        day("business_day", "day of the vote", nullable=False),
        Column("vote", "INTEGER", "sign of the sum of the day's labels: 1, 0 or -1", nullable=False),
        Column("mention_count", "BIGINT", "mentions behind it", "mentions", nullable=False),
        *PLACED,
    ),
    "core_escalations": (
        key("private contact after which the customer complained in public", "contact_key"),
        RECORD_KEY,
        day("business_day", "day of the contact", nullable=False),
        instant("posted_at", "when the first negative public mention followed", nullable=False),
    ),
    "core_reviews": (
        RECORD_KEY,
        SOURCE,
        instant("started_at", "when it was posted", nullable=False),
        day("business_day", "day it was posted", nullable=False),
        Column("rating", "INTEGER", "stars, 1 to 5", "stars", nullable=False),
        instant("answered_at", "when we replied in public"),
        *PLACED,
    ),
    "core_private_contacts": (
        key("an inbound contact of a known customer on a channel that others do not see", "contact_key"),
        SOURCE,
        instant("started_at", "its start", nullable=False),
        day("business_day", "its day", nullable=False),
        text("customer_id", "the customer", nullable=False),
        instant("posted_at", "first negative public mention of the same customer within 72 hours"),
        *PLACED,
    ),
    "core_exposures": (
        key("the contact, or the first contact of the chain", "contact_key"),
        SOURCE,
        instant("started_at", "its start", nullable=False),
        day("business_day", "its day", nullable=False),
        text("customer_id", "the customer, if known"),
        flag("is_contact", "whether it stands for an inbound contact", nullable=False),
        flag("is_complaint_chain", "whether it stands for a chain with a complaint that began then", nullable=False),
        *PLACED,
    ),
}
