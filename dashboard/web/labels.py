"""The words on the web's own controls and on its pages without numbers."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.strings import capitalised, length
from etl.vocabulary import Dimension, Grain

PRODUCT = "CX Command Center"
MORE = "More"
GRAIN = "Period length"
PERIOD = "Period"
VERSUS = "Compare with"
VERSUS_WORDS: Mapping[str, str] = MappingProxyType({"previous": "vs the one before", "last_year": "vs last year"})
METRIC = "Metric"
VARIANT = "Counted"
SPLIT = "Split by"
NO_SPLIT = "No split"
SPAN = "Length"
USUAL_SPAN = "Usual span"
FILTERS = "Filters"
NO_FILTER = "All"
CLEAR = "Clear all filters"
NOTHING_TO_FILTER = "The loaded sources name nothing to filter by."
TABLE = "Show the numbers as a table"
DRILL = "What stands behind a number"
DRILL_CHOICE = f"{DRILL}: click or choose"
DRILL_ROW = f"{DRILL}: choose a row"
DRILL_SENTENCE = f"{DRILL}: choose one told"
DRILL_CARD = f"{DRILL}: choose a card"
DRILL_POINT = f"{DRILL}: choose a period"
DOWNLOAD = "Download as CSV"
CLAIM = "This number's claim: the command replays it, with its definition and SQL, then and now."
NEWER_ROWS = "A newer load has changed these contacts since the page was opened; reload it for its numbers."
YES, NO = "yes", "no"
ANNOTATE_NOW = "Note"
ANNOTATE = "Annotate: keep what happened, for everybody's charts"
WHAT_HAPPENED = "What happened"
KIND = "Kind"
DAYS = "First and last day"
REMARK = "Remark"
ONLY_FILTERED = "Only where the page is filtered now"
PLAN_NOW = "Plan"
PLAN = "Plan: say who mends a breakdown by when, and what shall prove it"
PLAN_CAUSE = "What broke"
PLAN_TOUCHPOINT = "Where it broke"
PLAN_TITLE = "What shall be done"
PLAN_OWNER = "Who does it"
PLAN_OPENED = "From"
PLAN_DUE = "Due"
PLAN_METRIC = "What shall prove it"
PLAN_TARGET = "Target, in its unit (0.02 is 2 %)"
PLAN_WINDOW = "In so many weeks"
PLAN_COMPARATOR = "Against the same cause at"
NO_COMPARATOR = "Nothing"
PLAN_CLOSE = "Close one"
PLAN_DONE = "It is done"
PLAN_DROP = "Give it up"
PHRASE_NOW = "Add a phrase"
PHRASE = "Add a phrase: give posts without a cause one"
PHRASE_TEXT = "Words that tell it, such as: new ~2 sim"
PHRASE_CAUSE = "Their cause"
NEW_CAUSE = "Or a new cause"
PHRASE_KEPT = "Kept; it holds from the next load on"
LABEL_NOW = "Label texts"
LABEL = "Label texts: say what they tell, to see how right the words' causes are"
LABEL_CAUSE = "What it tells"
NOTHING_TOLD = "Nothing that is on the list"
NOTHING_TO_LABEL = "All texts of this period's sample are labelled, or there is none."
NEW_THEME = "added by hand"
KEEP = "Keep it for everybody"
KEPT = "Kept"
TAKE_BACK = "Take one back"
TAKE_BACK_NOW = "Take it back"
TAKEN_BACK = "Taken back"
ACKNOWLEDGE_NOW = "Acknowledge"
ACKNOWLEDGE = "Acknowledge an alert: tell everybody that somebody is on it"
WHICH_ALERT = "Alert"
WHAT_IS_DONE = "What is done about it"
ACKNOWLEDGED = "Acknowledged"
NOTHING_OPEN = "No alert is open."
DIMENSIONS: Mapping[Dimension, str] = MappingProxyType(
    {dimension: dimension.value.capitalize() for dimension in Dimension}
)
AGAINST = "vs"
TARGET = "target"
INTERVAL = "95% interval"
BASE = "n\u00a0="
NO_VALUE = "no value"
NO_DATA_TITLE = "No numbers yet"
NO_DATA_HELP = (
    "To look around with a made-up company, run",
    "cx demo",
    "To see your own, put export files into the inbox and run",
    "cx load",
    "Then reload this page.",
)
DAMAGED_TITLE = "The numbers cannot be read"
DAMAGED_HELP = ("To see what is wrong, run", "cx doctor", "To publish afresh from the loaded files, run", "cx load")
FAILED_TITLE = "This page could not be made"
FAILED = "Something went wrong that we did not expect. The server's log names the place under"


def grain(grain: Grain, is_fiscal: bool) -> str:
    """A length of periods to choose."""
    return capitalised(length(grain, is_fiscal=is_fiscal))


def versus(period: str) -> str:
    """The choice of a period to compare with."""
    return f"vs {period}"


def latest(grain: Grain, *, is_fiscal: bool = False) -> str:
    """The choice of no particular period, as long as its box is wide."""
    return f"Latest {length(grain, is_fiscal=True)}" if is_fiscal else f"Latest complete {grain.value}"


def best_covered(grain: Grain, *, is_fiscal: bool = False) -> str:
    """The same where pages open earlier, since next to nothing delivers any more."""
    return f"Last {length(grain, is_fiscal=is_fiscal)} of most records"


def all_rows(count: str) -> str:
    """The switch under a long table that shows only its first rows."""
    return f"Show all {count} rows"


def span(count: str, length: str) -> str:
    """How many periods a course holds."""
    return f"{count} {length}s"


def by(dimension: Dimension) -> str:
    """A dimension to split by."""
    return f"By {dimension.value}"


def filters(active: int) -> str:
    """The popover's label with the number of filters that are on."""
    return f"{FILTERS} ({active})" if active else FILTERS


def trend_in_words(values: int, first: str, last: str) -> str:
    """A sparkline for those who do not see it."""
    return f"Over {values} periods: from {first} to {last}."


def rows_behind(name: str, count: str, unit: str, *, is_one: bool) -> str:
    """What the list of rows holds."""
    return f"{name}: {count} {unit}{'' if is_one else 's'}"


def first_rows(count: str) -> str:
    """Said where not all rows are on the screen."""
    return f"The first {count} are shown; the file has all of them."


def labelled(done: int, count: int) -> str:
    """How far the labelling of a sample is."""
    return f"{done} of {count} texts of this period's sample are labelled"
