"""Chains: whether customers had to come back, by how many channels, and whether the first contact was enough."""

from etl.metrics.base import OPEN_SECONDS, Variant
from etl.metrics.kinds import ChainRatio
from etl.vocabulary import Goodness, Unit

MATURE_SECONDS = 604_800
YOUNG = f"{OPEN_SECONDS} < {MATURE_SECONDS}"

METRICS = (
    ChainRatio(
        name="repeat_rate",
        label="Repeat rate",
        fact="chain_contacts",
        fed_by="contacts",
        unit=Unit.SHARE,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Share of contacts that were a further one of the same customer for the same reason within 7 days.",
        variant_note="It is not 100 % minus FCR: a chain of four has three repeats and one first contact.",
        clock="last_at",
        maturity_days=7,
        top="position > 1",
        bottom="TRUE",
        excluding=YOUNG,
    ),
    ChainRatio(
        name="fcr7",
        label="First contact resolution",
        fact="chain_contacts",
        fed_by="contacts",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer service",
        meaning="Share of chains whose first contact was answered and that saw no further contact within 7 days.",
        variant_note="Surveys ask the customer instead; other windows, such as 24 hours or 30 days, make other chains.",
        clock="chain_started_at",
        maturity_days=7,
        top="position = 1 AND is_answered AND chain_length = 1",
        bottom="position = 1",
        excluding=YOUNG,
        has_bounds=True,
        classes={"never_answered": "position = 1 AND NOT is_answered AND chain_length = 1"},
        variants={
            "without_repeat": Variant(
                label="no repeat at all",
                meaning="Share of chains of one contact, answered or not: who never got through and gave up is one.",
                reads={"top": ("top", "never_answered")},
            ),
            "of_contacts": Variant(
                label="of all contacts",
                meaning="Chains resolved at first contact of all contacts of known customers: repeats weigh again.",
                reads={"bottom": ("linked",)},
                changes={"has_bounds": False},
            ),
            "lowest": Variant(
                label="at the lowest",
                meaning="As if each contact without a customer had been the repeat of a chain that seems resolved.",
                reads={"top": ("top", "-unlinked")},
                changes={"has_bounds": False},
            ),
            "highest": Variant(
                label="at the highest",
                meaning="As if each contact without a customer had been a chain of its own, resolved at once.",
                reads={"top": ("top", "unlinked"), "bottom": ("bottom", "unlinked")},
                changes={"has_bounds": False},
            ),
        },
    ),
    ChainRatio(
        name="channel_switch",
        label="Channel switch",
        fact="chain_contacts",
        fed_by="contacts",
        unit=Unit.SHARE,
        goodness=Goodness.LOWER,
        owner="Customer experience",
        meaning="Share of chains in which the customer had to use two or more channels.",
        variant_note="Tools that follow one channel can't see it.",
        clock="last_at",
        maturity_days=7,
        top="position = 1 AND channel_count >= 2",
        bottom="position = 1",
        excluding=YOUNG,
    ),
)
