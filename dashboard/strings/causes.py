"""The sentences of the pages on root causes and breakdowns."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, inside, joined
from etl.vocabulary import State

PARETO_COLUMNS = ("Failed contacts", "Share of all", "Before", "Change of the rate", "Verdict")
WHY_COLUMNS = ("Before", "Now", "n before", "n now", "From the mix", "From inside", "Together")
BOARD_COLUMNS = (
    "What broke", "Rank", "Customers failed", "Of all there", "95 % interval", "26 weeks", "State", "Weeks",
    "First seen", "Identified",
)  # fmt: skip
QUIET_COLUMNS = ("What broke", "Customers failed", "Of all there", "26 weeks", "State", "First seen")
STATES: Mapping[State, str] = MappingProxyType(
    {state: state.value for state in State} | {State.NONE: "as usual", State.UNKNOWN: "unknown: a source is missing"}
)
NOTHING_FAILED = "No contact is known to have failed"
NO_FAILURES = (
    "No loaded source records what failed: abandoned or unresolved contacts, bottom scores, complaints and repeats "
    "come from call, ticket and survey exports."
)
NO_CELLS = "No code says which cause failed customers where, so no breakdown can be told. Complete map.csv."
NO_WEEK = "There is no complete week yet, so no breakdown can be judged."
UNASSIGNED_BAR = "no code says"
HIGH_FROM_START = "high from the start"
BOARD_NOTE = (
    "Severity is the customers failed times a factor for persistence: new 1, relapsed and recurring 1.25, persistent "
    "1.5, chronic 2. Red weeks are above the limit that chance explains; open stretches are weeks in "
    "which a source was missing. A contact that names nobody counts as a customer of its own; 'Identified' is the "
    "share of those that do."
)


def failed(count: str, share: str, change: str, versus: str, verdict: str) -> str:
    """The finding over all failed contacts."""
    told = f" ({change} against {versus}, {verdict})" if change else ""
    return f"{count} contacts, {share} of all, failed their customers{told}"


def most_over(cause: str, count: str) -> str:
    """The largest cause."""
    return f"most over {cause} ({count})"


def rose_most(name: str, before: str, after: str) -> str:
    """The segment that rose most, beyond chance."""
    return f"{name} rose from {before} to {after}"


def pareto_title(names: Sequence[str], share: str) -> str:
    """The conclusion over a ranking: the few that make up half."""
    return f"{capitalised(joined(names))}: {share} of failed contacts"


def pareto_caption(dimension: str, versus: str, unassigned: str, *, is_cut: bool) -> str:
    """How to read a ranking of failed contacts."""
    cut = " The largest are drawn, all are in the table." if is_cut else ""
    rest = f" {unassigned}" if unassigned else ""
    return (
        f"Failed contacts by {dimension}; strong bars make up half. What was and believable changes of the "
        f"failure rate are against {versus}.{cut}{rest}"
    )


def unassigned(count: str, share: str, dimension: str) -> str:
    """What nobody assigned, with its share."""
    return f"For {count} ({share}) no code names a {dimension}."


def bar_note(share: str, before: str, change: str) -> str:
    """Beside a bar: its share, what it was, and its rate's change where that is no chance."""
    told = f", rate {change}" if change else ""
    return f"{share}, was {before}{told}"


def why_title(label: str, change: str, mix: str, rate: str, *, is_mix: bool, is_up: bool) -> str:
    """What moved a number, mix told as mix."""
    verb = "rose" if is_up else "fell"
    parts = f"mix {mix}, inside the segments {rate}"
    if is_mix:
        return f"{label} {verb} by {change.lstrip('+−')} mostly because the mix shifted ({parts})"
    return f"{label} {verb} by {change.lstrip('+−')} mostly inside the segments ({parts})"


def why_counts(label: str, change: str, *, is_up: bool) -> str:
    """What moved a plain count."""
    return f"{label} {'rose' if is_up else 'fell'} by {change}"


def why_noise(label: str, change: str, verdict: str, mix: str, rate: str) -> str:
    """A change that nobody should explain, with its parts."""
    return f"{label} changed by {change}, {verdict} (mix {mix}, inside the segments {rate})"


def simpson(label: str, dimension: str, *, is_up: bool) -> str:
    """Every segment went the other way than the whole."""
    return f"In every {dimension} {inside(label)} {'fell' if is_up else 'rose'}, yet the whole went the other way."


def why_caption(label: str, dimension: str, period: str, versus: str, verdict: str, bounds: str) -> str:
    """How to read the parts of a change."""
    reach = f" (95 % interval {bounds})" if bounds else ""
    return f"{label} by {dimension}, {period} against {versus}: {verdict}{reach}. The parts add up to the change."


def mix_of(segment: str) -> str:
    """A segment's effect through how many of its customers answered or called."""
    return f"{segment}: its share"


def rate_of(segment: str) -> str:
    """A segment's effect through what happened inside it."""
    return f"{segment}: inside it"


def broke(cause: str, touchpoint: str) -> str:
    """A breakdown by name."""
    return f"{cause} at the {touchpoint}"


def board_headline(name: str, count: str, grain: str, state: str, since: str) -> str:
    """The worst breakdown."""
    return f"{capitalised(name)} failed {count} customers in this {grain}; it is {state} since {since}"


def further(count: str, *, is_one: bool) -> str:
    """How many more breakdowns there are."""
    return "one more breakdown is open" if is_one else f"{count} more breakdowns are open"


def no_breakdown(customers: str, grain: str) -> str:
    """The headline when nothing broke beyond chance."""
    told = f"{customers} customers were failed, but over no cause more than usual"
    return f"No service breakdown this {grain}: {told}."


def board_title(named: Sequence[str], count: str, *, is_one: bool) -> str:
    """The conclusion over the leaderboard: those whose rank is sure by name, else that they are tied."""
    if named:
        return f"{capitalised(named[0])} is the worst" + (f", before {joined(named[1:])}" if len(named) > 1 else "")
    return "One open breakdown" if is_one else f"{count} open breakdowns, too close to name the worst"


def quiet_title(count: str, *, is_one: bool) -> str:
    """The title over what is resolved or unknown."""
    return "One more, resolved or unknown" if is_one else f"{count} more, resolved or unknown"


def unassigned_customers(count: str, share: str) -> str:
    """What no code assigns to a cause and a touchpoint."""
    return f"{count} failed contacts ({share}) belong to no cause or touchpoint that a code names; they are not ranked."


def rank_words(rank: str, low: str, high: str) -> str:
    """A rank with its interval where that is wider."""
    return rank if low == high else f"{rank} ({low}–{high})"


def relapsed(count: str) -> str:
    """How often it came back."""
    return f"relapsed ×{count}"


def quiet(weeks: str, *, is_one: bool) -> str:
    """How long it has been quiet."""
    return f"quiet {weeks} {'week' if is_one else 'weeks'}"


def as_of(day: str) -> str:
    """The last week that is known."""
    return f"as of the week of {day}"


def course(weeks: str, signals: str, last: str) -> str:
    """A course for those who do not see it."""
    return f"{weeks} weeks, {signals} above the limit, last {last}"
