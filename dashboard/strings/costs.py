"""The sentences on what a breakdown costs: harm, silent customers, time, public voices, and how sure its rank is."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, joined
from etl.analysis.harm import Basis
from etl.analysis.silent import Method

SILENT_COLUMNS = ("What broke", "Affected in all", "Of them known", "How it is told", "Rests on")
BEHIND_COLUMNS = (
    "What broke", "Share of those there", "Score lower by", "Customers' time", "Voices in public", "Rose most in",
    "How unusual", "Rank, weights half off", "To be first it takes", "First seen", "Known customers",
)  # fmt: skip
MOSTLY = 5
"""Where the table says in which product or region a breakdown sits; left out where none does."""
VALUE_COLUMNS = ("What broke", "Customers failed", "What they are worth")
AS_USUAL = "as usual"
BEHIND_TITLE = "What is behind the ranking"
BEHIND_NOTE = (
    "Share: customers failed among all who were in touch there. Harm: how much lower those who were failed score in 30 "
    "days than others of the same channel, touchpoint and segment; a low score alone is no failure here. Time: "
    "queue, hold and talk over all contacts about it. How unusual: standard deviations from what is usual, last week. "
    "Weights half off: the ranks that it may have if each of those of new to chronic were half too high or low. "
    "Contacts that name nobody count as a customer each; known customers is the share of the others."
)
SILENT_NOTE = (
    "Each line is one way to tell, and together they are the range above: the smallest low to the largest high. "
    "Two lists: customers whom the records know and those whom a survey or a post shows; the fewer are on both, the "
    "more are on none. Lists that replace each other are refused."
)
NO_SILENT = (
    "How many kept silent cannot be told for this period: it takes 30 survey answers at the touchpoint, 7 customers "
    "whom both the records and a survey or a post show, or 90 days. A longer period, or a survey that asks whether "
    "people told us, helps."
)
POOLED: Mapping[Basis, str] = MappingProxyType(
    {Basis.OWN: "", Basis.CAUSE: "as the whole cause", Basis.ALL: "as all breakdowns"}
)
METHODS: Mapping[Method, str] = MappingProxyType(
    {
        Method.SHARE: "share of those asked at the touchpoint",
        Method.TOLD: "share of those with the problem who say they told us",
        Method.LISTS: "two lists",
        Method.REPEATS: "customers failed once and twice",
    }
)
LISTS: Mapping[str, str] = MappingProxyType(
    {"contacts": "our records", "survey": "survey answers", "public": "public posts"}
)


def points(value: str, scale: str) -> str:
    """A harm on its scale: points of 0 to 10, or points of the share who are satisfied."""
    return f"{value} of 10" if scale == "nps" else f"{value} points"


def pooled(value: str, basis: Basis) -> str:
    """A value that is not the row's own says whose it is."""
    return f"{value} ({POOLED[basis]})" if POOLED[basis] else value


def harm_interval(value: str, low: str, high: str, basis: Basis, scored: str, affected: str) -> str:
    """A harm with its interval and how many of those failed were asked."""
    whose = f"{POOLED[basis]}; " if POOLED[basis] else ""
    return f"{value} ({low}–{high}; {whose}{scored} of {affected} asked)"


def share(value: str, interval: str, base: str) -> str:
    """A share with its interval and what it is of."""
    return f"{value} ({interval} of {base})"


def silent(low: str, high: str | None) -> str:
    """How many more kept silent."""
    if high is None:
        return f"at least {low} more"
    if low == "0":
        return f"up to {high} more"
    return f"{low} more" if low == high else f"{low}–{high} more"


def affected(low: str, high: str | None) -> str:
    """How many were affected in all."""
    return f"at least {low}" if high is None else f"{low}–{high}"


def told_by(method: Method, lists: Sequence[str]) -> str:
    """A method by name."""
    return f"{METHODS[method]}: {joined([LISTS[each] for each in lists])}" if lists else METHODS[method]


def rests_on(method: Method, n: str) -> str:
    """What a method has to go on."""
    words = {Method.SHARE: "answers", Method.TOLD: "answers", Method.LISTS: "on both", Method.REPEATS: "failed twice"}
    return f"{n} {words[method]}"


def silent_title(name: str, total: str) -> str:
    """The conclusion over the silent ranges: that of the worst."""
    return f"{capitalised(name)} affected {total} customers with those who kept silent"


def with_silent(total: str) -> str:
    """Inside the headline, after those who are known."""
    return f", {total} with those who kept silent,"


def tied(ranks: str) -> str:
    """The ranks of a row that cannot be told apart from others."""
    return f"{ranks}, tied"


def ranks(low: str, high: str) -> str:
    """The ranks that a row may have."""
    return low if low == high else f"{low}–{high}"


def more_customers(count: str, *, is_one: bool) -> str:
    """What would put a row into the first place."""
    return f"{count} more {'customer' if is_one else 'customers'}"


def mostly(places: Sequence[tuple[str, str]], failed: str, whole: str) -> str:
    """The product or region that explains a breakdown."""
    named = " in ".join(f"{dimension} {value}" for dimension, value in places)
    return f"{named} ({failed} of {whole} contacts)"


def open_since(day: str, weeks: str, *, is_one: bool) -> str:
    """Since when a breakdown is open."""
    return f"{day}, {weeks} {'week' if is_one else 'weeks'}"


def unusual(z: str, *, is_above: bool) -> str:
    """How far from the usual, in standard deviations with one decimal."""
    return AS_USUAL if z == "0.0" else f"{z} SD {'above' if is_above else 'below'}"


def voices(people: str, posts: str, reposts: str) -> str:
    """People, what they wrote, and how often it was passed on."""
    if (people, reposts) == ("0", "0"):
        return "none"
    return f"{people} ({posts} posts, {reposts} shared)" if reposts != "0" else f"{people} ({posts} posts)"


def value_title(name: str, worth: str) -> str:
    """The conclusion over the ranking by value."""
    return f"{capitalised(name)} exposes {worth}"


def value_note(total: str) -> str:
    """How to read the ranking by value, and what all whom anything failed are worth, each counted once."""
    return (
        "What the customers failed in this period are worth, as the settings have it: exposed, not lost. How many of "
        "them leave is not known. A ranking of its own, never mixed with the other. All whom anything failed, each "
        f"counted once, are worth {total}."
    )


def money(amount: str, currency: str) -> str:
    """An amount in the company's currency."""
    return f"{currency} {amount}".strip()
