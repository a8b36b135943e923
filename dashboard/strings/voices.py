"""Words about what posts say: quotes of causes, and themes that no cause explains."""

QUOTES = "What people write about it"
QUOTE_COLUMNS = ("About", "People", "Typical", "Most severe", "Positive")
THEME_COLUMNS = ("New theme", "People", "Posts", "For example")
QUOTES_NOTE = (
    "Of negative posts that a code or their words give a cause to: the one whose words most others share, and the most "
    "severe of the rest; beside them the most positive post about the same. Personal data is masked."
)
THEMES_NOTE = (
    "Words that at least 5 people used in negative posts without a cause, and more than other posts do. "
    "The form beside the filters adds a phrase that gives such posts a cause."
)
NO_THEME = "Nothing that 5 people wrote stands out among them."


def themes(uncategorised: str, negative: str) -> str:
    """How many negative posts no cause explains."""
    return f"{uncategorised} of {negative} negative posts have no cause"
