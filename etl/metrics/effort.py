"""Effort: what a contact as a whole cost the customer and us, over all of its legs."""

from etl.metrics.handling import HANDLE_PARTS
from etl.metrics.kinds import Mean
from etl.vocabulary import Goodness, Unit

INBOUND = "direction = 'inbound'"
SPOKEN = "channel IN ('phone', 'chat', 'task')"

METRICS = (
    Mean(
        name="transfers_per_contact",
        label="Transfers per contact",
        fact="contacts",
        unit=Unit.PER_CONTACT,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="How often an answered call, chat or task was handed on to another agent or queue, on average.",
        variant_note="Others give the share of contacts that were transferred; where no system records it, it is none.",
        add="transfer_count",
        where=f"{INBOUND} AND is_answered AND {SPOKEN}",
    ),
    Mean(
        name="hold_per_contact",
        label="Hold time per contact",
        fact="contacts",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Mean time on hold over all legs of a handled contact, where its source records hold.",
        variant_note="Per leg, or over the contacts that were put on hold at all, it is another number.",
        add="hold_seconds",
        where=INBOUND,
    ),
    Mean(
        name="aht_contact",
        label="Handle time per contact",
        fact="contacts",
        unit=Unit.SECONDS,
        goodness=Goodness.NEUTRAL,
        owner="Customer service",
        meaning="Talk, hold and wrap-up of all legs of a handled inbound contact, as far as its source records them.",
        variant_note="Average handle time is per leg: a transferred call is two short ones there, one long one here.",
        add="handle_seconds",
        where=INBOUND,
        durations=HANDLE_PARTS,
    ),
    Mean(
        name="customer_wait",
        label="Customer wait",
        fact="contacts",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer experience",
        meaning="Mean time in queues and on hold of a contact, answered or not; no source tells menus and ringing.",
        variant_note="Speed of answer is of the answered only, stops at the first answer, and knows no hold.",
        add="customer_wait_seconds",
        where=INBOUND,
        durations=("hold_seconds",),
    ),
)
