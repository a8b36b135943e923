"""The usual labels of scored answers, which exports show instead of numbers where they were asked to."""

from collections.abc import Mapping

from etl.vocabulary import ResponseKind


def _steps(*labels: str) -> dict[str, int]:
    """Labels of one scale, the lowest step first; wordings of one step are parted by |."""
    return {wording: step for step, label in enumerate(labels, 1) for wording in label.split("|")}


_SATISFIED_5 = _steps(
    "Extremely dissatisfied|Very dissatisfied|Very unsatisfied|Sehr unzufrieden|Très insatisfait|Muy insatisfecho",
    "Somewhat dissatisfied|Dissatisfied|Unsatisfied|Eher unzufrieden|Unzufrieden|Insatisfait|Insatisfecho",
    "Neither satisfied nor dissatisfied|Neutral|Weder zufrieden noch unzufrieden|Ni satisfait ni insatisfait",
    "Somewhat satisfied|Satisfied|Eher zufrieden|Zufrieden|Satisfait|Satisfecho",
    "Extremely satisfied|Very satisfied|Sehr zufrieden|Très satisfait|Muy satisfecho",
)
_SATISFIED_7 = _steps(
    "Extremely dissatisfied|Very dissatisfied",
    "Moderately dissatisfied|Dissatisfied",
    "Slightly dissatisfied|Somewhat dissatisfied",
    "Neither satisfied nor dissatisfied|Neutral",
    "Slightly satisfied|Somewhat satisfied",
    "Moderately satisfied|Satisfied",
    "Extremely satisfied|Very satisfied",
)
_AGREE_7 = _steps(
    "Strongly disagree",
    "Disagree",
    "Somewhat disagree",
    "Neither agree nor disagree|Neutral",
    "Somewhat agree",
    "Agree",
    "Strongly agree",
)
_EFFORT_5 = _steps("Very low effort", "Low effort", "Neutral", "High effort", "Very high effort")
_THUMBS = {"good": 1, "up": 1, "yes": 1, "like": 1, "👍": 1, "bad": 0, "down": 0, "no": 0, "dislike": 0, "👎": 0}
_TOLD = {"yes": 1, "no": 0, "ja": 1, "nein": 0, "oui": 1, "non": 0, "sí": 1, "sim": 1, "não": 0}
LABELS: Mapping[str, Mapping[str, str | int]] = {
    ResponseKind.CSAT5: _SATISFIED_5,
    ResponseKind.CSAT7: _SATISFIED_7,
    ResponseKind.CES7: _AGREE_7,
    ResponseKind.CES5: _EFFORT_5,
    ResponseKind.THUMBS: _THUMBS,
    ResponseKind.TOLD: _TOLD,
}
