"""Voices: what customers say in public, by stars and by the tone of their words."""

from collections.abc import Mapping

from etl.metrics.base import Variant
from etl.metrics.kinds import Count, Distinct, Net, Ratio, ShrunkMean, Survival
from etl.vocabulary import Goodness, Unit

WITHOUT_CAMPAIGNS = "without_campaigns"
"""The variant of what people post that leaves out the same words from many people in a day."""
LEFT_OUT = "the same words, but for case, links, mentions and digits, from 5 people or more within 24 hours"
OWN_WORDS = {"own_words": "NOT is_campaign"}
OWN_VOTES = {
    "own_for": "own_vote > 0",
    "own_against": "own_vote < 0",
    "own_votes": "own_vote IS NOT NULL",
}


def _without_campaigns(meaning: str, **reads: str) -> Mapping[str, Variant]:
    """The one variant: what it means, and the class that it reads for each side of the metric."""
    sides = {side: (name,) for side, name in reads.items()}
    return {WITHOUT_CAMPAIGNS: Variant(label="without campaigns", meaning=f"{meaning}: {LEFT_OUT}.", reads=sides)}


METRICS = (
    ShrunkMean(
        name="review_score",
        label="Review score",
        fact="reviews",
        unit=Unit.STARS,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Mean of the stars that reviews gave.",
        variant_note="App stores weigh recent reviews more and do not say how.",
        settings={"C": 20},
        add="rating",
        where="TRUE",
    ),
    Ratio(
        name="reviews_answered",
        label="Reviews answered",
        fact="reviews",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer service",
        meaning="Share of reviews to which the company replied in public.",
        variant_note="A reply may still come: young reviews are counted as they stand.",
        top="answered_at IS NOT NULL",
        bottom="TRUE",
    ),
    Count(
        name="reviews",
        label="Reviews",
        fact="reviews",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner="Customer experience",
        meaning="Number of reviews with stars.",
        variant_note="Stores also count stars that come without a review.",
        where="TRUE",
    ),
    Survival(
        name="review_answer_time_p50",
        label="Review answer time, median",
        fact="reviews",
        unit=Unit.SECONDS,
        goodness=Goodness.LOWER,
        owner="Customer service",
        meaning="Half of the reviews had a public reply of ours within this time.",
        variant_note="Unanswered ones count as still waiting; leaving them out, as many tools do, flatters.",
        add="answer_seconds",
        where="TRUE",
        q=0.5,
    ),
    Count(
        name="mentions",
        label="Posts about us",
        fact="posts",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner="Customer experience",
        meaning="Posts, comments and reviews that others wrote about us in public.",
        variant_note="Reposts without own words are reach and not counted; one person may have written many.",
        where="TRUE",
        classes=OWN_WORDS,
        variants=_without_campaigns("Posts about us without campaigns", bottom="own_words"),
        told_beside=WITHOUT_CAMPAIGNS,
    ),
    Distinct(
        name="voices",
        label="People who posted about us",
        fact="posts",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner="Customer experience",
        meaning="Different people who wrote about us in public: the customer where he is known, else the author.",
        variant_note="Counting posts instead lets one person who posts all day look like a storm.",
        where="TRUE",
        of="person",
        classes=OWN_WORDS,
        variants=_without_campaigns("People who posted about us other than in campaigns", bottom="own_words"),
        told_beside=WITHOUT_CAMPAIGNS,
    ),
    Ratio(
        name="told_causes",
        label="Causes told by words",
        fact="posts",
        unit=Unit.SHARE,
        goodness=Goodness.NEUTRAL,
        owner="Customer experience",
        meaning="Share of the posts with a cause whose cause no code recorded: the words of a negative post tell it.",
        variant_note="Tools that guess each cause from words do not say how many a person had coded.",
        top="is_cause_told",
        bottom="cause IS NOT NULL AND cause <> 'unassigned'",
    ),
    Net(
        name="net_sentiment",
        label="Net sentiment",
        fact="votes",
        unit=Unit.SCORE,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Positive minus negative voices in public, one vote a person, cause and day; neutral ones count below.",
        variant_note="Tools that count posts let one loud person outvote many.",
        promoters="vote > 0",
        detractors="vote < 0",
        classes=OWN_VOTES,
        variants=_without_campaigns(
            "The votes that are left without posts of campaigns",
            top="own_for",
            detractors="own_against",
            bottom="own_votes",
        ),
        told_beside=WITHOUT_CAMPAIGNS,
    ),
)
