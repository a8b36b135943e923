"""The sentences about detractors by cause."""

from dashboard.strings import capitalised

COLUMNS = ("Cause", "Detractors", "Share of detractors", "Share of promoters", "NPS with it rather than without")
UNCATEGORISED = "no code says"


def title(cause: str, share: str) -> str:
    """The conclusion: the cause of most detractors."""
    return f"{capitalised(cause)} stands behind {share} of detractors, more than any other named cause"


def note(detractors: str, answers: str, days: str) -> str:
    """How the two readings differ."""
    return (
        f"{detractors} detractors among {answers} answers, {days}. Shares add up to all detractors, and to all "
        "promoters. The last column is another reading: NPS of all answers minus NPS of those without the cause. These "
        "impacts do not add up, neither to each other nor to the shares."
    )
