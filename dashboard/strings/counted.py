"""The words for a metric that others count otherwise."""

from dashboard.strings import inside

AS_DEFINED = "As defined here"
UNDER_EACH_COLUMNS = ("Counted", "Value", "Interval from", "to", "n", "Meaning")


def under_each(label: str) -> str:
    """What the comparison of all readings is called."""
    return f"{label} as others count it"


def under_each_title(period: str, label: str, own: str, low: str, high: str) -> str:
    """How far the readings of one period lie apart."""
    if low == high:
        return f"{period}: {inside(label)} {own}, however it is counted"
    return f"{period}: {inside(label)} {own} as defined here, {low} to {high} as others count it"


def under_each_caption(meaning: str) -> str:
    """What is the same under all readings, and what the metric itself is."""
    return f"The same rows under each way of counting. Here: {meaning}"
