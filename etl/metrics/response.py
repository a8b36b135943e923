"""Response: how long customers who wrote waited for the first reply of a person, and for the end of it."""

from etl.metrics.base import OPEN_SECONDS, Variant
from etl.metrics.kinds import SettledRatio, Survival
from etl.vocabulary import Goodness, Unit

ANSWERED_ONLY = Variant(
    label="of the answered",
    meaning="The plain quantile of those who had a reply: who still waits is left out, and the worse we are the more.",
    reads={"bottom": ("ended",)},
    changes={"ignores_open": True},
)

BUSINESS_TIME = Variant(
    label="in opening time",
    meaning="Only the time in which we are open counts: nights, closed days and holidays pass for nobody.",
    changes={"in_business_time": True},
)

METRICS = (
    Survival(
        name="first_response_p50",
        label="First response, median",
        fact="contacts",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Half of the customers who wrote had a first human reply within this time.",
        variant_note="Unanswered ones count as still waiting; leaving them out, as many tools do, flatters.",
        add="first_response_seconds",
        where="needs_answer",
        q=0.5,
        variants={"answered_only": ANSWERED_ONLY, "business_time": BUSINESS_TIME},
    ),
    Survival(
        name="first_response_p90",
        label="First response, nine of ten",
        fact="contacts",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Nine of ten customers who wrote had a first human reply within this time.",
        variant_note="Unanswered ones count as still waiting; leaving them out, as many tools do, flatters.",
        add="first_response_seconds",
        where="needs_answer",
        q=0.9,
        variants={"answered_only": ANSWERED_ONLY, "business_time": BUSINESS_TIME},
    ),
    SettledRatio(
        name="answered_within_target",
        label="Answered within target",
        fact="contacts",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer service",
        meaning="Share of written contacts that had a first human reply within the target time.",
        variant_note="Unanswered ones older than the target are misses; younger ones are still pending.",
        settings={"threshold_seconds": 3600},
        top="needs_answer AND first_response_seconds <= {threshold_seconds}",
        bottom="needs_answer",
        excluding=f"first_response_seconds IS NULL AND {OPEN_SECONDS} < {{threshold_seconds}}",
        variants={"business_time": BUSINESS_TIME},
    ),
    Survival(
        name="resolution_time_p50",
        label="Resolution time, median",
        fact="cases",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Half of the cases were closed for good within this time of the first message.",
        variant_note="Open and reopened cases count as going on; only sources that record closures are asked.",
        add="resolution_seconds",
        where="TRUE",
        q=0.5,
    ),
    Survival(
        name="resolution_time_p90",
        label="Resolution time, nine of ten",
        fact="cases",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Nine of ten cases were closed for good within this time of the first message.",
        variant_note="Open and reopened cases count as going on; only sources that record closures are asked.",
        add="resolution_seconds",
        where="TRUE",
        q=0.9,
    ),
)
