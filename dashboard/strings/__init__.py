"""Every word that a page shows: labels, column titles and small phrases; whole sentences are in `sentences`."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from etl.vocabulary import Grain, Verdict

MISSING = "–"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_SHORT = tuple(month[:3] for month in MONTHS)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_SHORT = tuple(day[:3] for day in WEEKDAYS)
SEPARATOR = " · "

STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {"on target": "on target", "off target": "off target", "cannot tell": "too close to call", "no target": ""}
)
DIRECTION_WORDS: Mapping[bool | None, str] = MappingProxyType({True: "better", False: "worse", None: ""})
NO_COMPARISON = "no comparison"
NOT_ANSWERED = "no loaded source brings what it is counted from"
NO_OWNER = "nobody yet"
NO_ROW = "no data"
NO_DATA_MARK = "no data"
TOO_FEW_MARK = "too few"
NO_DATA_HEADLINE = "There is nothing to report yet"
NO_DATA = (
    "No source has a complete day yet, so there is no number to show. Put export files into the inbox and load them; "
    "this page fills by itself."
)
FRESHNESS_COLUMNS = ("Source", "Records", "Complete through", "Delivery", "Days without data", "Time zone")
MOVES_COLUMNS = ("Metric", "Where", "Before", "Now", "Change", "That is", "n", "Owner")
TREND_COLUMNS = ("Period", "Value", "Interval from", "to", "n", "Complete", "Remark")
SPLIT_COLUMNS = ("Period", "Value", "Interval from", "to", "n", "Remark")
PER_DAY = "Per day"
YES, NO = "yes", "no"
EARLIER_VALUE = "its value"
SPAN_VERSUS: Mapping[str, str] = MappingProxyType({"previous": "the span before", "last_year": "a year earlier"})
SEGMENT_COLUMNS = ("Before", "Now", "Change", "Verdict", "n")
NO_COMPLETE_DAY = "no complete day yet"
UP_TO_DATE = "up to date"
NO_GAPS = "none"
TABLE_SUMMARY = "All numbers as a table"
DRILL_SUMMARY = "What stands behind each number"
CLAIM = "Claim"
CLAIM_SUMMARY = "To replay this number:"
ABOUT_SUMMARY = "What is this?"
MORE = "How it is counted"
FOOTER = "Every interval is a 95 % interval. A change is called probably real when chance alone would rarely make it."
SO_FAR = "so far"
UNFINISHED = "unfinished"
INTERVAL_BAND = "The band is the 95 % interval."
HOLLOW_MARKS = "Hollow points belong to unfinished periods."


def joined(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def listed(words: Sequence[str], more: str) -> str:
    """`a, b and 3 more`; where `more` is empty, only what is named."""
    return joined([*words, f"{more} more"] if more else words)


def either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def inside(label: str) -> str:
    """A label as it stands inside a sentence: `service level`, but `NPS`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def capitalised(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def only(dimension: str, values: Sequence[str]) -> str:
    """A filter in words."""
    return f"only {dimension} {' or '.join(values)}"


def contacts(count: str) -> str:
    """How many contacts the page rests on."""
    return f"{count} contacts"


def data_through(day: str) -> str:
    """Through which day all sources have delivered."""
    return f"data through {day}"


def opened(day: str) -> str:
    """Why a page opens on a period before the newest one."""
    return f"opened where most records are, which end {day}"


def source_through(source: str, day: str) -> str:
    """Through which day one source has delivered."""
    return f"{source} through {day}"


def without_sources(count: str) -> str:
    """Many sources that have no data for some of the days and metrics shown."""
    return f"Without {count} sources that had ended or have no complete day"


def published(moment: str) -> str:
    """When these numbers were made."""
    return f"published {moment}"


def some_of(count: str, total: str) -> str:
    """How many of the metrics shown a remark holds for."""
    return f"{count} of these {total} metrics"


def compared_with(period: str, versus: str) -> str:
    """The period of a page and the one that its changes are measured against."""
    return f"{period}, compared with {versus}"


def owner_of(label: str, name: str) -> str:
    """Who is on the finding, for the context line."""
    return f"{label} is owned by {name}"


def owner(name: str) -> str:
    """Who looks after a metric."""
    return f"Owner: {name}"


def generation(number: str, moment: str) -> str:
    """Which state of the data a file shows."""
    return f"Generation {number}, published {moment}"


def interval(bounds: str) -> str:
    """The interval of a number."""
    return f"95\u202f% interval {bounds}"


def base(count: str) -> str:
    """The base of a number."""
    return f"n\u00a0{count}"


def target(value: str) -> str:
    """The label of a target line."""
    return f"target {value}"


def target_status(target: str, status: str) -> str:
    """Where a number stands to its target."""
    return f"Target {target}: {status}"


def changes_against(versus: str) -> str:
    """What all changes of the cards are measured against."""
    return f"Changes are against {versus}; each line ends with the period shown."


def from_to(name: str, first: str, last: str) -> str:
    """A line in words."""
    return f"{name}: from {first} to {last}."


def comparison_words(verdict: Verdict | None, direction: bool | None) -> str:
    """`worse, probably real`; a change that may be noise has no direction."""
    if verdict is None:
        return NO_COMPARISON
    word = DIRECTION_WORDS[direction]
    return f"{word}, {verdict.value}" if word else verdict.value


def over(comparison: str, basis: str) -> str:
    """A comparison, and over what it is made where not all sources cover both periods."""
    return f"{comparison} {basis}" if basis else comparison


def side_by_side(versus: str, spans: str, *, is_per_day: bool) -> str:
    """A comparison of spans that are not equally long."""
    return f"{versus} ({spans}, per day)" if is_per_day else f"{versus} ({spans})"


def first_days(versus: str, count: str, *, is_one: bool) -> str:
    """The like-for-like part of the comparison period."""
    return f"the first day of {versus}" if is_one else f"the first {count} days of {versus}"


def length(grain: Grain, *, is_fiscal: bool) -> str:
    """What a period is called: `quarter`, `fiscal quarter`."""
    return f"fiscal {grain.value}" if is_fiscal else grain.value


def span_up_to(period: str) -> str:
    """The line of an earlier span that ends with a chosen period."""
    return f"up to {period}"


def previous(length: str) -> str:
    """The period before one of that length."""
    return f"the {length} before"


def last_year(grain: Grain, length: str) -> str:
    """The same period a year earlier."""
    return previous(length) if grain is Grain.YEAR else f"the same {length} last year"


def other_weekday(versus: str, weekday: int) -> str:
    """A day of last year, which is another day of the week."""
    return f"{versus} (a {WEEKDAYS[weekday]})"


def this(length: str) -> str:
    """The period that a page is about."""
    return f"this {length}"


def far_apart(days: str) -> str:
    """The remark on a week of last year that does not lie 364 days back."""
    return f" ({days} days earlier)"


def other_week(earlier: str, own: str) -> str:
    """The week of last year that stands for a 53rd one which that year lacks."""
    return f"{earlier} of last year, which had no {own}"


SAME_PEOPLE = "the same people answered in both periods, so that each is compared with what they said before"
REAL_ALONE = "probably real by itself, as Root causes says; among all numbers compared here it could be noise"


def matures(days: str, length: str) -> str:
    """Why a number is of an earlier period than the page."""
    return f"for an earlier {length}, as its contacts count only after {days} days"


def of_period(label: str, period: str) -> str:
    """A metric with a period of its own."""
    return f"{label} of {period}" if period else label


def unfinished(done: str, total: str) -> str:
    """How much of a period has been counted."""
    return f"unfinished: {done} of {total} days"
