"""Surveys: what customers and employees answered when they were asked."""

from etl.metrics.kinds import Balance
from etl.metrics.ratings import Ratings
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
    Ratings(
        name="csat",
        label="CSAT",
        fact="scores",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Share of ratings in the top two steps of their scale; of thumbs, those that are up.",
        variant_note="The mean of the stars hides how many were unhappy; it is said beside, scale by scale.",
        top=(
            "(kind = 'csat5' AND score >= 4) OR (kind = 'csat7' AND score >= 6) "
            "OR (kind = 'csat10' AND score >= 9) OR (kind = 'thumbs' AND score = 1)"
        ),
        bottom="kind IN ('csat5', 'csat7', 'csat10', 'thumbs')",
        strata={
            "a 5-point scale": "kind = 'csat5'",
            "a 7-point scale": "kind = 'csat7'",
            "a 10-point scale": "kind = 'csat10'",
            "thumbs": "kind = 'thumbs'",
        },
        averaged={"a 5-point scale": "of 5", "a 7-point scale": "of 7", "a 10-point scale": "of 10"},
    ),
    Ratings(
        name="ces",
        label="Made it easy (CES)",
        fact="scores",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Share of customers who agree that we made it easy: 5 to 7 of 7, where 7 is very easy.",
        variant_note="The version of 2010 asks for effort from 1 to 5, where low is good: never mix the two.",
        top="kind = 'ces7' AND score >= 5",
        bottom="kind = 'ces7'",
        strata={"a 7-point scale": "kind = 'ces7'"},
        averaged={"a 7-point scale": "of 7"},
    ),
    Ratings(
        name="ces5",
        label="Low effort (CES of 2010)",
        fact="scores",
        unit=Unit.SHARE,
        goodness=Goodness.HIGHER,
        owner="Customer experience",
        meaning="Share of customers who had little effort: 1 or 2 of 5, where 1 is very low effort.",
        variant_note="Its scale runs against that of the newer question: its mean is better when lower.",
        top="kind = 'ces5' AND score <= 2",
        bottom="kind = 'ces5'",
        strata={"effort": "kind = 'ces5'"},
        averaged={"effort": "of 5, lower is better"},
    ),
    Balance(
        name="enps",
        label="eNPS",
        fact="scores",
        unit=Unit.SCORE,
        goodness=Goodness.HIGHER,
        owner="Human resources",
        meaning="Share of employees who would recommend us (9–10) minus share of those who would not (0–6).",
        variant_note="Under 5 answers nothing is shown, nor what would give it away; single answers never are.",
        kind="enps",
        among="kind = 'enps'",
        promoters="score >= 9",
        detractors="score <= 6",
        hidden_under=5,
        floor=10,
    ),
)
