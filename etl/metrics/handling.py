"""Contact handling: how much came in, how fast it was answered, how long it took."""

from etl.metrics.base import Variant
from etl.metrics.kinds import Count, Mean, Quantile, Ratio
from etl.vocabulary import Goodness, Unit

OFFERED = "is_queued AND direction = 'inbound' AND disposition IN ('answered', 'abandoned')"
SHORT = "disposition = 'abandoned' AND wait_seconds <= least({short_abandon_seconds}, {threshold_seconds})"
ANSWERED = f"{OFFERED} AND disposition = 'answered'"
ABANDONED = f"{OFFERED} AND disposition = 'abandoned'"
IN_TIME = "wait_seconds <= {threshold_seconds}"
HANDLE_PARTS = ("talk_seconds", "hold_seconds", "wrap_up_seconds")
HANDLED = "disposition IN ('answered', 'callback')"

METRICS = (
    Count(
        name="contacts",
        label="Contacts",
        fact="contacts",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner="Customer service",
        meaning="Attempts of customers to reach us, any channel; all legs or messages of one conversation are one.",
        variant_note="Telephone systems count legs: a transferred call is one contact here.",
        where="direction = 'inbound'",
    ),
    Ratio(
        name="told_contact_causes",
        label="Contact causes told by words",
        fact="contacts",
        unit=Unit.SHARE,
        goodness=Goodness.NEUTRAL,
        owner="Customer experience",
        meaning="Share of the contacts with a cause of which no code records it: the customer's words tell it.",
        variant_note="Tools that guess each cause from words do not say how many a person had coded.",
        top="direction = 'inbound' AND is_cause_told",
        bottom="direction = 'inbound' AND cause IS NOT NULL AND cause <> 'unassigned'",
    ),
    Ratio(
        name="service_level",
        label="Service level",
        fact="interactions",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Workforce management",
        meaning="Share of offered contacts answered within the threshold; short abandons are not offered.",
        variant_note="Others divide by answered, count short abandons, or count early abandons as good.",
        settings={"threshold_seconds": 20, "short_abandon_seconds": 5},
        top=f"{ANSWERED} AND {IN_TIME}",
        bottom=OFFERED,
        excluding=SHORT,
        classes={
            "answered": ANSWERED,
            "short": f"{OFFERED} AND {SHORT}",
            "early": f"{ABANDONED} AND {IN_TIME} AND NOT ({SHORT})",
            "late": f"{ABANDONED} AND NOT coalesce({IN_TIME}, FALSE)",
        },
        variants={
            "of_answered": Variant(
                label="of the answered",
                meaning="Answered within the threshold of all answered: who gave up does not count at all.",
                reads={"bottom": ("answered",)},
            ),
            "of_offered": Variant(
                label="of all offered",
                meaning="Answered within the threshold of all offered: even who hung up at once counts as a miss.",
                reads={"bottom": ("bottom", "short")},
            ),
            "ignoring_abandons_within_threshold": Variant(
                label="without early abandons",
                meaning="Who gave up within the threshold is left out, as nobody could still have been late for him.",
                reads={"bottom": ("answered", "late")},
            ),
            "counting_abandons_within_threshold": Variant(
                label="early abandons as good",
                meaning="Who gave up within the threshold counts as if answered in time; the most flattering one.",
                reads={"top": ("top", "short", "early"), "bottom": ("bottom", "short")},
            ),
        },
    ),
    Ratio(
        name="abandonment",
        label="Abandonment",
        fact="interactions",
        unit=Unit.SHARE,
        goodness=Goodness.LOWER,
        owner="Workforce management",
        meaning="Share of offered contacts given up while waiting; short abandons count on neither side.",
        variant_note="The raw rate of many systems includes short abandons and is higher.",
        shares_settings_of="service_level",
        top=ABANDONED,
        bottom=OFFERED,
        excluding=SHORT,
        classes={"short": f"{OFFERED} AND {SHORT}"},
        variants={
            "raw": Variant(
                label="with short abandons",
                meaning="All who gave up of all offered, even those who hung up within seconds: wrong numbers and all.",
                reads={"top": ("top", "short"), "bottom": ("bottom", "short")},
            ),
        },
    ),
    Mean(
        name="asa",
        label="Average speed of answer",
        fact="interactions",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Workforce management",
        meaning="Mean wait in queue of the contacts that were answered.",
        variant_note="Some systems add ringing or the time in the voice menu.",
        add="wait_seconds",
        where=ANSWERED,
    ),
    Mean(
        name="aht",
        label="Average handle time",
        fact="interactions",
        unit=Unit.SECONDS,
        goodness=Goodness.NEUTRAL,
        owner="Customer service",
        meaning="Talk, hold and wrap-up of a handled leg, as far as its source records them.",
        variant_note="Where hold is part of talk it must not be added again; sources here say which parts they record.",
        add="handle_seconds",
        where=HANDLED,
        durations=HANDLE_PARTS,
    ),
    Mean(
        name="time_to_abandon",
        label="Time to abandon",
        fact="interactions",
        unit=Unit.SECONDS,
        goodness=Goodness.NEUTRAL,
        owner="Workforce management",
        meaning="Mean wait of those who gave up, short abandons and unknown waits left out.",
        variant_note="With short abandons it is shorter; longer patience is no merit, so neither way is better.",
        shares_settings_of="service_level",
        add="wait_seconds",
        where=f"{ABANDONED} AND NOT ({SHORT})",
    ),
    Quantile(
        name="aht_p50",
        label="Handle time, median",
        fact="interactions",
        unit=Unit.SECONDS,
        goodness=Goodness.NEUTRAL,
        owner="Customer service",
        meaning="Half of the handled legs took no longer than this.",
        variant_note="From bins of 5 %: within 2.5 % of the exact value.",
        add="handle_seconds",
        where=HANDLED,
        durations=HANDLE_PARTS,
        q=0.5,
    ),
    Quantile(
        name="aht_p90",
        label="Handle time, nine of ten",
        fact="interactions",
        unit=Unit.SECONDS,
        goodness=Goodness.NEUTRAL,
        owner="Customer service",
        meaning="Nine of ten handled legs took no longer than this.",
        variant_note="From bins of 5 %: within 2.5 % of the exact value.",
        add="handle_seconds",
        where=HANDLED,
        durations=HANDLE_PARTS,
        q=0.9,
    ),
)
