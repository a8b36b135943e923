"""Failures: contacts that failed their customers, complaints, and anger that went public."""

from etl.metrics.base import OPEN_SECONDS
from etl.metrics.kinds import Count, Rate, Ratio, SettledRatio
from etl.vocabulary import Goodness, Unit

METRICS = (
    Count(
        name="failed_contacts",
        label="Failed contacts",
        fact="failures",
        fed_by="contacts",
        unit=Unit.COUNT,
        goodness=Goodness.LOWER,
        owner="Customer experience",
        meaning="Contacts that were abandoned, left unresolved, scored at the bottom, complained about or repeated.",
        variant_note="A contact that failed in several ways counts once.",
        where="TRUE",
    ),
    Ratio(
        name="failure_rate",
        label="Failure rate",
        fact="outcomes",
        unit=Unit.SHARE,
        goodness=Goodness.LOWER,
        owner="Customer experience",
        meaning="Share of contacts that failed their customer: abandoned, unresolved, low score, complaint or repeat.",
        variant_note="Most tools show each of these alone; a contact that failed in several ways counts once.",
        top="has_failed",
        bottom="TRUE",
    ),
    Rate(
        name="complaint_rate",
        label="Complaints per 1,000 contacts",
        fact="exposures",
        unit=Unit.PER_THOUSAND,
        goodness=Goodness.LOWER,
        owner="Customer experience",
        meaning="Chains with a complaint that began in the period, per 1,000 contacts of the period.",
        variant_note="Per contact, as the number of active customers is not known; one complaint a chain.",
        top="is_complaint_chain",
        bottom="is_contact",
    ),
    SettledRatio(
        name="private_to_public",
        label="Private to public",
        fact="private_contacts",
        fed_by="net_sentiment",
        unit=Unit.SHARE,
        goodness=Goodness.LOWER,
        owner="Customer experience",
        meaning="Share of private contacts after which the same customer complained in public within 72 hours.",
        variant_note="Only customers whose handle is known can be seen doing so.",
        maturity_days=3,
        top="posted_at IS NOT NULL",
        bottom="TRUE",
        excluding=f"{OPEN_SECONDS} < 259200",
    ),
)
