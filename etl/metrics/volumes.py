"""Volumes: what telephone systems had already counted per interval or day; no single contact lies behind them."""

from etl.metrics.kinds import Count
from etl.metrics.pooled import Pooled
from etl.vocabulary import Goodness, Unit

INBOUND = "direction = 'inbound'"
OFFERED = "COALESCE(offered_count, answered_count + abandoned_count)"
IN_TIME = f"CAST(round(reported_service_level * {OFFERED}, 3) AS DECIMAL(18, 3))"
OWNER = "Workforce management"

METRICS = (
    Count(
        name="volume_offered",
        label="Offered, as counted by the system",
        fact="volumes",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner=OWNER,
        meaning="Inbound contacts offered per interval or day, as telephone systems had added them up.",
        variant_note="Beside contacts, never added to them: systems count legs, and by rules of their own.",
        formula="sum of offered, else of answered and abandoned, over inbound intervals",
        where=f"{INBOUND} AND {OFFERED} IS NOT NULL",
        add=OFFERED,
    ),
    Count(
        name="volume_answered",
        label="Answered, as counted by the system",
        fact="volumes",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner=OWNER,
        meaning="Inbound contacts answered per interval or day, as telephone systems had added them up.",
        variant_note="A call belongs to the interval in which it came, or in which it was answered: systems differ.",
        formula="sum of answered over inbound intervals",
        where=f"{INBOUND} AND answered_count IS NOT NULL",
        add="answered_count",
    ),
    Pooled(
        name="volume_abandonment",
        label="Abandonment, as counted by the system",
        fact="volumes",
        unit=Unit.SHARE,
        goodness=Goodness.LOWER,
        owner=OWNER,
        meaning="Abandoned of all offered, over intervals that tell both; short abandons can't be told apart.",
        variant_note="Compare it with abandonment:raw, not with abandonment, which leaves out short ones.",
        formula="sum of abandoned ÷ sum of offered, over inbound intervals that tell both",
        over="abandoned_count",
        under=OFFERED,
        where=f"{INBOUND} AND abandoned_count <= {OFFERED}",
    ),
    Pooled(
        name="volume_asa",
        label="Speed of answer, as counted by the system",
        fact="volumes",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner=OWNER,
        meaning="Sum of the waits of all answered divided by their number, over intervals that tell both.",
        variant_note="Averages of intervals are weighted by their answered calls; a mean of averages would be wrong.",
        formula="sum of the waits of the answered ÷ sum of answered, over inbound intervals that tell both",
        over="answer_wait_seconds",
        under="answered_count",
        where=INBOUND,
    ),
    Pooled(
        name="volume_service_level",
        label="Service level, as reported by the system",
        fact="volumes",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner=OWNER,
        meaning="The service levels that systems report per interval, weighted by the contacts offered in each.",
        variant_note="Its threshold and what it does with abandons are the system's own and may differ from ours.",
        formula="sum of reported service level × offered ÷ sum of offered, over inbound intervals that tell both",
        over=IN_TIME,
        under=OFFERED,
        where=f"{INBOUND} AND reported_service_level BETWEEN 0 AND 1",
    ),
)
