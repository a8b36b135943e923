"""Surveys: what customers answered when they were asked."""

from etl.metrics.kinds import Balance, Ratio
from etl.vocabulary import Goodness, Unit

METRICS = (
    Balance(
        name="nps",
        label="NPS",
        fact="scores",
        unit=Unit.SCORE,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Share of promoters (9–10) minus share of detractors (0–6), one answer per customer and period.",
        variant_note="Tools that count every answer weigh those who answer often more.",
        kind="nps",
        among="kind = 'nps'",
        promoters="score >= 9",
        detractors="score <= 6",
    ),
    Ratio(
        name="csat",
        label="CSAT",
        fact="scores",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Share of ratings in the top two steps of their scale.",
        variant_note="The mean of the stars hides how many were unhappy.",
        top="(kind = 'csat5' AND score >= 4) OR (kind = 'csat7' AND score >= 6)",
        bottom="kind IN ('csat5', 'csat7')",
        strata={"a 5-point scale": "kind = 'csat5'", "a 7-point scale": "kind = 'csat7'"},
    ),
)
