"""The brief in plain English: who was hit, what became of breakdowns and of earlier claims, how far to trust it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import either, inside, joined, listed
from etl.vocabulary import Proof, State, Verdict

NO_BRIEF_BEFORE = "There is no earlier brief to look back on."
NOTHING_HIT = "No contact is known to have failed its customer."
NOTHING_COMPLETE = "No source has a complete day yet."
NOTHING_OPEN = "No service breakdown is open."
NOTHING_ELSE = "Apart from what is told above, no breakdown is open."
NO_WEEK = "Breakdowns can't be judged yet: that takes complete weeks to compare with."
NOTHING_SAID = "Last time we reported no change beyond chance and no open breakdown, so there is nothing to take back."
VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {verdict: verdict.value for verdict in Verdict} | {Verdict.TOO_FEW: "too few to judge"}
)
PROOFS: Mapping[Proof, str] = MappingProxyType(
    {
        Proof.IMPROVED: "the weeks since show that it works",
        Proof.NONE_YET: "the weeks since prove nothing yet",
        Proof.WORSE: "it has got worse since",
        Proof.CANNOT_TELL: "whether it works can't be told",
    }
)
BEGAN: Mapping[str, str] = MappingProxyType(
    {
        "new": "{name} is a new breakdown: it failed {size}{since}.",
        "relapsed": "{name} is back: it failed {size}{since}.",
        "worse": "{name} got worse and is now {state}: it failed {size}{since}.",
        "recovering": "{name} is recovering, after {weeks}.",
        "resolved": "{name} is resolved: four quiet weeks in a row.",
    }
)
HELD: Mapping[bool, str] = MappingProxyType(
    {True: "the improvement has lasted ({now} {this})", False: "it has not recovered ({now} {this})"}
)
"""What became of a change that still stands, by whether it is for the better."""
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "back": "it has gone back since: {now} {this}, beyond chance",
        "faded": "that did not last: with {now} {this}, it can't be told from chance any more",
        "unlike": "other sources deliver now ({now} {this}), so nothing says whether that lasted",
        "unknown": "there is no number yet to say whether that held",
    }
)

FATES: Mapping[State, str] = MappingProxyType(
    {
        State.NONE: "is quiet by now",
        State.NEW: "is still open",
        State.RELAPSED: "is still open",
        State.RECURRING: "is still open, and recurring",
        State.PERSISTENT: "is still open, and persistent",
        State.CHRONIC: "is still open, and chronic",
        State.RECOVERING: "is recovering",
        State.RESOLVED: "is resolved",
        State.UNKNOWN: "can't be judged, because a source is missing",
    }
)
"""What became of a breakdown that the last brief named."""


def failed(customers: str, share: str, change: str, *, is_one: bool) -> str:
    """How many customers were failed."""
    of = f", {share} of all who contacted us," if share else ""
    return f"{customers} {'customer' if is_one else 'customers'}{of} had a contact that failed them{change}."


def failed_before(count: str, versus: str, verdict: str, *, is_day: bool) -> str:
    """How many there were before."""
    return f", after {count} {'on' if is_day else 'in'} {versus} ({verdict})"


def failed_over(basis: str, count: str, before: str) -> str:
    """How many those sources had that cover both periods, and before."""
    return f"; {basis} {count}{before}"


def failed_per_day(change: str, versus: str, verdict: str, *, is_more: bool) -> str:
    """How that changed between periods that are not equally long; the change has no sign."""
    return f"; a day that is {change} {'more' if is_more else 'fewer'} than in {versus} ({verdict})"


def mostly(names: Sequence[str]) -> str:
    """What most of them were failed by."""
    return f"What failed most of them: {joined(names)}."


def by_cause(cause: str, count: str) -> str:
    """A cause with its customers."""
    return f"{cause} ({count})"


def hardest(place: str, rate: str, base: str, whole: str) -> str:
    """The segment that was hit harder than all."""
    return f"Hit hardest: {place}, of which {rate} failed ({base}), against {whole} of all."


def even(dimensions: Sequence[str]) -> str:
    """That no segment was hit harder than all."""
    return f"No {either(dimensions)} was hit harder than the rest, beyond chance."


def known(share: str) -> str:
    """For how many of the failed it is known who they are."""
    return f"We know who they are for {share} of them; an unnamed contact counts as one customer."


def size(customers: str, share: str, exposed: str, grain: str) -> str:
    """How many a breakdown failed in a period."""
    of = f", {share} of the {exposed} there" if share else ""
    return f"{customers} this {grain}{of}"


def since(day: str) -> str:
    """Since when a breakdown is open."""
    return f", open since {day}"


def weeks(count: str, *, is_one: bool) -> str:
    """How long."""
    return "one week" if is_one else f"{count} weeks"


def stays_open(entries: Sequence[str], more: str) -> str:
    """The breakdowns that go on, worst first."""
    return f"Still open: {listed(entries, more)}."


def blind(name: str, state: str) -> str:
    """A breakdown whose weeks are unknown, and what it was before."""
    return f"{name} (last known as {state})"


def not_judged(entries: Sequence[str]) -> str:
    """The breakdowns that can't be judged."""
    return f"Can't be judged while a source is missing: {joined(entries)}."


def none_began(count: str, *, is_one: bool) -> str:
    """That the leaderboard is as it was."""
    return f"No breakdown began or ended; {'one stays' if is_one else f'{count} stay'} open."


def said(label: str, verb: str, value: str, outcome: str) -> str:
    """A claim of the last brief and what became of it."""
    return f"We said {label} {verb} to {value}; {outcome}."


def said_broken(name: str, customers: str, outcome: str) -> str:
    """A breakdown that the last brief named and what became of it."""
    return f"We named {name} ({customers}); it {outcome}."


def corrected(value: str, now: str) -> str:
    """That a number of the last brief is another now."""
    return f"{value} (now known to be {now})"


def outside(period: str, first: str, last: str) -> str:
    """The headline of a period without a day of data."""
    return f"There is no number for {period}: the data run from {first} to {last}."


def complete(day: str, count: str, *, is_one: bool) -> str:
    """That all sources reach as far."""
    return f"{'The only source is' if is_one else f'All {count} sources are'} complete through {day}."


def late(entries: Sequence[str], more: str, *, is_one: bool) -> str:
    """Sources that are behind; of many only some by name."""
    be, need = ("is", "it") if is_one else ("are", "them")
    return f"{listed(entries, more)} {be} behind; numbers that need {need} wait."


def behind(title: str, days: str, *, is_one: bool, is_active: bool) -> str:
    """One source and how far it is behind, or that it has stopped."""
    far = f"{days} {'day' if is_one else 'days'}"
    return f"{title} (by {far})" if is_active else f"{title} (nothing for {far})"


def not_begun(title: str) -> str:
    """A source without a complete day."""
    return f"{title} (no complete day yet)"


def gaps(entries: Sequence[str]) -> str:
    """Days that are unknown."""
    return f"Without data, and so unknown rather than quiet: {joined(entries)}."


def gap(title: str, days: str, *, is_one: bool) -> str:
    """One source and how many of its days are missing."""
    return f"{title} ({days} {'day' if is_one else 'days'})"


def unfinished(done: str) -> str:
    """That the period is not over."""
    return f"The period is {done}, so counts will still grow."


def restated(entries: Sequence[str], more: str) -> str:
    """Numbers that are others now than were reported."""
    return f"Corrected since they were first reported: {listed(entries, more)}."


def correction(label: str, period: str, then: str, now: str) -> str:
    """One number that was corrected."""
    return f"{inside(label)} of {period}, {then} then and {now} now"


def put_aside(count: str, entries: Sequence[str], *, is_one: bool) -> str:
    """Records that could not be read."""
    verb = "record was" if is_one else "records were"
    return f"{count} {verb} put aside as unreadable ({joined(entries)}); cx quarantine lists them."


def plan(title: str, place: str, owner: str) -> str:
    """A plan by what it promises, for what, and by whom."""
    return f"\u201c{title}\u201d for {place} ({owner})"


def plan_overdue(name: str, due: str, proof: str) -> str:
    """A plan whose day is past."""
    return f"Overdue: {name} was promised for {due} and is still open; {proof}."


def plan_due(name: str, due: str, proof: str, *, is_soon: bool) -> str:
    """A plan that is not due yet."""
    return f"{'Due soon' if is_soon else 'On its way'}: {name}, promised for {due}; {proof}."


def plan_done(name: str, proof: str) -> str:
    """A plan that its owner calls done."""
    return f"Done: {name}; {proof}."


def more_plans(count: str, *, is_one: bool) -> str:
    """How many plans are not told."""
    return f"{count} more {'plan is' if is_one else 'plans are'} under way."


def silent(name: str, seen: str, low: str, high: str) -> str:
    """How many customers a breakdown probably touched, with those who kept silent."""
    reach = f"{low} to {high}" if high else f"at least {low}"
    return f"Counting those who kept silent, {name} probably reached {reach} customers; we saw {seen} of them."
