"""The sentences of the pages on root causes and breakdowns."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, inside, joined, listed
from etl.vocabulary import UNASSIGNED, UNKNOWN, State

PARETO_COLUMNS = ("Failed contacts", "Share of all", "Running total", "Before", "Change of the rate", "Verdict")
WHY_COLUMNS = ("Before", "Now", "n before", "n now", "By the mix", "Inside", "Together")
SILENT_COLUMN = 4
"""Where the leaderboard says how many kept silent; left out where no method tells it of any row."""
QUIET_COLUMNS = ("What broke", "Customers failed", "Share of those there", "26 weeks", "State", "First seen")
STATES: Mapping[State, str] = MappingProxyType(
    {state: state.value for state in State} | {State.NONE: "as usual", State.UNKNOWN: "unknown: a source is missing"}
)
NOTHING_FAILED = "No contact is known to have failed."
UNTOLD = "Whether contacts fail their customers can't be told: no loaded source records it."
NO_FAILURES = (
    "Failures are abandoned or unresolved contacts, bottom scores, complaints and repeats; call, ticket and survey "
    "exports bring them."
)
NO_CELLS = "No code says which cause failed customers where, so no breakdown can be told. Complete map.csv."
NO_WEEK_HEADLINE = "No breakdown can be judged yet."
NO_WEEK = "There is no complete week yet; a breakdown is judged week by week, against the weeks before."
NOBODY: Mapping[str, str] = MappingProxyType({UNASSIGNED: "code not in the map", UNKNOWN: "no code recorded"})
"""Bars of what no code assigns, told apart: a line in the map mends the first, only the recording the second."""
HIGH_FROM_START = "high from the start"
TIMES: Mapping[str, str] = MappingProxyType({"1": "once", "2": "twice"})


def failed(count: str, share: str, change: str, *, is_one: bool) -> str:
    """The finding over all failed contacts."""
    return (
        f"{count} {'contact' if is_one else 'contacts'}{share} failed {'its' if is_one else 'their'} customers{change}"
    )


def share_of_all(share: str) -> str:
    """The failure rate inside the finding."""
    return f", {share} of all,"


def rate_change(change: str, versus: str, verdict: str) -> str:
    """How the failure rate changed, inside the finding."""
    return f" ({change} against {versus}, {verdict})"


def none_failed(contacts: str) -> str:
    """Said when contacts are known and none of them failed."""
    return f"Contacts in this period: {contacts}. None is known to have failed its customer."


def most_over(cause: str, count: str) -> str:
    """The largest cause."""
    return f"most over {cause} ({count})"


def rose_most(name: str, before: str, after: str) -> str:
    """The segment that rose most, beyond chance."""
    return f"{name} rose from {before} to {after}"


def most_and_rose(name: str, before: str, after: str) -> str:
    """The largest cause is the one that rose most, too."""
    return f"most over {name}, which rose from {before} to {after}"


def pareto_title(names: Sequence[str], share: str, more: str) -> str:
    """The conclusion over a ranking: the few that make up half."""
    return f"{capitalised(listed(names, more))}: {share} of failed contacts"


def pareto_caption(dimension: str, versus: str, unassigned: str, *, is_cut: bool) -> str:
    """How to read a ranking of failed contacts."""
    cut = " The largest are drawn, all are in the table." if is_cut else ""
    rest = f" {unassigned}" if unassigned else ""
    return (
        f"Failed contacts by {dimension}: count, share, and what it was in {versus}. Strong bars make up half; "
        f"“rate up” is beyond chance.{cut}{rest}"
    )


def unassigned(count: str, share: str, dimension: str) -> str:
    """What nobody assigned, with its share."""
    return f"For {count} ({share}) no code names a {dimension}."


def rate_moved(*, is_up: bool) -> str:
    """A change of a failure rate that is no chance."""
    return "rate up" if is_up else "rate down"


def bar_note(share: str, before: str, change: str) -> str:
    """Beside a bar: its share, what it was, and where its rate went if that is no chance."""
    return ", ".join(part for part in (share, f"was {before}", change) if part)


def why_title(label: str, change: str, cause: str, mix: str, rate: str, *, is_up: bool) -> str:
    """What moved a number, mix told as mix."""
    return f"{label} {'rose' if is_up else 'fell'} by {change}, mostly {cause}; the mix makes {mix}, its parts {rate}"


def mix_shifted(dimension: str, less: str, more: str) -> str:
    """A change of who is counted."""
    return f"because the mix shifted from {dimension} {less} to {more}"


def changed_within(place: str, size: str) -> str:
    """A change of what happened to them."""
    return f"within its parts, most {place} ({size})"


def why_counts(label: str, change: str, *, is_up: bool) -> str:
    """What moved a plain count."""
    return f"{label} {'rose' if is_up else 'fell'} by {change}"


def why_noise(label: str, change: str, versus: str, verdict: str) -> str:
    """A change that nobody should explain."""
    return f"Why it moved: {label} {change} against {versus}, {verdict}, so there is nothing to explain yet."


def why_unknown(label: str, change: str, versus: str, verdict: str, by: str) -> str:
    """A change all of which lies where nobody recorded what it is split by."""
    return (
        f"Why it moved can't be told: {label} {change} against {versus}, {verdict}, all of it over contacts of which "
        f"no {by} is recorded."
    )


def simpson(label: str, dimension: str, *, is_up: bool) -> str:
    """Every segment went the other way than the whole."""
    verbs = ("fell", "rose") if is_up else ("rose", "fell")
    return f"In every {dimension} {inside(label)} {verbs[0]}, although the whole {verbs[1]}: only the mix moved it."


def why_caption(label: str, dimension: str, period: str, versus: str, verdict: str, bounds: str) -> str:
    """How to read the parts of a change."""
    reach = f" (95 % interval {bounds})" if bounds else ""
    return (
        f"{label} by {dimension}, {period} against {versus}: {verdict}{reach}. A bar is what the share of one "
        f"{dimension}, or the value within it, adds to the change; all of the table add up to it."
    )


def mix_note(before: str, after: str) -> str:
    """A segment's effect through how many of those counted belong to it."""
    return f"mix: {before} → {after} of all"


def rate_note(before: str, after: str) -> str:
    """A segment's effect through what happened within it."""
    return f"within: {before} → {after}"


def broke(cause: str, touchpoint: str) -> str:
    """A breakdown by name."""
    return f"{cause} at the {touchpoint}"


def board_headline(name: str, customers: str, grain: str, silent: str, state: str, since: str) -> str:
    """The worst breakdown; `silent` is inserted as it is."""
    return f"{capitalised(name)} failed {customers} this {grain}{silent} and is {state}, open since {since}"


def customers(count: str, *, is_one: bool) -> str:
    """How many were failed."""
    return f"{count} {'customer' if is_one else 'customers'}"


def tied_headline(count: str, entries: Sequence[str], more: str, grain: str) -> str:
    """Breakdowns of which none is surely the worst."""
    return f"{count} breakdowns are open, none surely the worst this {grain}: {listed(entries, more)}."


def entry(name: str, customers: str, state: str) -> str:
    """One breakdown in a sentence."""
    return f"{name} ({customers}, {state})"


def further(count: str, *, is_one: bool) -> str:
    """How many more breakdowns there are."""
    return "one more breakdown is open" if is_one else f"{count} more breakdowns are open"


def no_breakdown(customers: str, grain: str, *, is_any: bool) -> str:
    """The headline when nothing broke beyond chance."""
    told = f"{customers} had a failed contact, but none beyond chance" if is_any else "nobody had a failed contact"
    return f"No service breakdown this {grain}: {told}."


def board_title(named: Sequence[str], count: str, *, is_one: bool) -> str:
    """The conclusion over the leaderboard: those whose rank is sure by name, else that they are tied."""
    if named:
        return f"{capitalised(named[0])} is the worst" + (f", before {joined(named[1:])}" if len(named) > 1 else "")
    return "One open breakdown" if is_one else f"{count} open breakdowns, none surely the worst"


def so_far(days: str, grain: str, through: str, week: str, *, is_one: bool) -> str:
    """How an unfinished period is ranked."""
    reach = f"the first day of this {grain}" if is_one else f"the first {days} days of this {grain}"
    return (
        f"Ranked by {reach}, through {through}, and compared with as many days of the {grain} before. States are those "
        f"at the end of {week}, the last complete week."
    )


def board_columns(grain: str, *, is_unfinished: bool = False) -> tuple[str, ...]:
    """The titles of the leaderboard's columns."""
    before = "Same days before" if is_unfinished else f"The {grain} before"
    return (
        "What broke", "Rank", "Customers failed", before, "Kept silent", "Score lower by", "26 weeks",
        "State", "Open since", "Owner",
    )  # fmt: skip


def board_note(*, has_harm: bool) -> str:
    """How to read the leaderboard."""
    by = "customers failed times harm" if has_harm else "customers failed"
    harm = (
        "Harm is by how much those who were failed score lower than others like them; where too few of them answered, "
        "it is that of the cause or of all breakdowns, and says so. "
        if has_harm
        else "No survey tells yet how much harm each does. "
    )
    return (
        f"Ranked by {by} times persistence: new 1, relapsed or recurring 1.25, persistent 1.5, chronic 2. {harm}A "
        "rank of 1–3 may be any of these; tied are those that cannot be told apart. Red columns are weeks above what "
        "chance explains, gaps are weeks in which a source was missing."
    )


def quiet_title(count: str, *, is_one: bool, is_more: bool) -> str:
    """The title over what is resolved or unknown."""
    noun = "more" if is_more else "breakdown" if is_one else "breakdowns"
    return f"{'One' if is_one else count} {noun}, resolved or unknown"


def none_open(grain: str, customers: str, quiet: str, *, is_one: bool) -> str:
    """The headline when what broke is no longer open."""
    told = f"{quiet} {'breakdown is' if is_one else 'breakdowns are'} resolved or unknown"
    return f"No service breakdown is open at the end of this {grain}: {told}, {customers} had a failed contact."


def unassigned_customers(count: str, share: str) -> str:
    """What no code assigns to a cause and a touchpoint."""
    return f"Unassigned, not ranked: {count} of the failed contacts ({share}), as no code names both cause and place."


def told_by_words(count: str, share: str) -> str:
    """How many failed contacts have a cause that nobody recorded."""
    return f"Of {count} failed contacts ({share}) no code records the cause: the customer's own words tell it."


def relapsed(count: str) -> str:
    """How often it came back."""
    return f"relapsed {TIMES.get(count, f'{count} times')}"


def quiet(weeks: str, *, is_one: bool) -> str:
    """How long it has been quiet."""
    return f"quiet {weeks} {'week' if is_one else 'weeks'}"


def last_known(state: str) -> str:
    """The state before a source went missing."""
    return f"last {state}"


def as_of(day: str) -> str:
    """The last week that is known."""
    return f"as of the week of {day}"


def course(weeks: str, signals: str, last: str) -> str:
    """A course for those who do not see it."""
    return f"{weeks} weeks, {signals} above the limit, last {last}"
