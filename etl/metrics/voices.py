"""Voices: what customers say in public, by stars and by the tone of their words."""

from etl.metrics.kinds import Net, Ratio, ShrunkMean
from etl.vocabulary import Goodness, Unit

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
    ),
)
