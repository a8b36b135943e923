"""What the leaderboard of breakdowns counts beside the metrics: each quantity by its key, label, meaning, formula."""

from dataclasses import dataclass

SUBJECT = "Breakdowns"


@dataclass(frozen=True)
class Quantity:
    """One number of a breakdown: its key in `cx breakdowns --json`, what it means, and how it is worked out."""

    name: str
    label: str
    meaning: str
    formula: str


QUANTITIES = (
    Quantity(
        "affected",
        "Customers failed",
        "Customers whom a cause failed at a touchpoint in the period; a contact that names nobody counts as one.",
        "distinct customers with a failed contact of the cause at the touchpoint",
    ),
    Quantity(
        "state",
        "State",
        "How persistent a breakdown is: new, relapsed, recurring, persistent, chronic, recovering or resolved.",
        "weeks above the upper Laney p' limit with at least 5 customers, or worse than the target, in a state machine",
    ),
    Quantity(
        "harm",
        "Harm per customer",
        "By how much those who were failed score lower than others of the same channel, touchpoint and segment.",
        "Σ answers of the failed × (mean of the others − their mean) ÷ Σ answers, over strata with 5 on either side, "
        "in 30 days; a low score alone is no failure here; under 10 answers that of the cause, else of all breakdowns",
    ),
    Quantity(
        "severity",
        "Severity",
        "What breakdowns are ranked by.",
        "customers failed × harm × (1 new, 1.25 relapsed or recurring, 1.5 persistent, 2 chronic); no survey, no harm",
    ),
    Quantity(
        "rank_low",
        "Rank interval",
        "The ranks that a row may have by chance, and those if the weights of the states were off by half.",
        "1 + rows whose log severity lies over 1.96 standard errors above; all rows − those as far below",
    ),
    Quantity(
        "silent_low",
        "Silent customers",
        "How many more were affected than are known, from the smallest low to the largest high of the methods.",
        "share of those asked × all there; known ÷ share who say they told us; two lists; repeats (at least) − known",
    ),
    Quantity(
        "growth",
        "Growth",
        "By what share more customers were failed than in the period before.",
        "customers failed ÷ those of the period before − 1",
    ),
    Quantity(
        "z",
        "How unusual",
        "By how many standard deviations the last known week differs from what is usual.",
        "(share − mean of the baseline) ÷ (σ of chance × max(1, σ_z))",
    ),
    Quantity(
        "minutes",
        "Customers' time",
        "Minutes that customers spent on the calls and chats of every chain in which the breakdown failed them.",
        "queue + hold + talk of these chains, each once",
    ),
    Quantity(
        "voices",
        "Voices in public",
        "People who are negative about it in public, with their posts and how often these were passed on.",
        "distinct people with a negative vote on the cause at the touchpoint",
    ),
    Quantity(
        "value_exposed",
        "Worth of those failed",
        "What the customers failed are worth: exposed, not lost.",
        "customers failed × [value] per_customer",
    ),
    Quantity(
        "to_first",
        "To be first it takes",
        "How many more customers would make it the most severe.",
        "the fewest more customers whose severity exceeds the greatest",
    ),
)
