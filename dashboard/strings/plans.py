"""Words about plans: who mends what by when, and what the weeks since prove."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, joined
from etl.vocabulary import PlanState, Proof

COLUMNS = ("What broke", "Owner", "Plan", "Due", "Weeks old", "What the weeks since prove")
NO_PLAN = "no plan yet"
NOTE = (
    "What proves a plan is fixed when it opens: its metric in so many weeks since, against up to 26 weeks before, of "
    "all contacts whatever the filters say. Weeks hang together, so a verdict needs 8 before and 4 since."
)
NOBODY = (
    "Nobody answers for these breakdowns yet. Enter a plan above, or name owners by cause or touchpoint in owners.csv."
)
VERDICTS: Mapping[Proof, str] = MappingProxyType({proof: proof.value for proof in Proof})
AT_THE_WORST = "it began at its worst week, so part of the way back would have come by itself"
REACHED: Mapping[bool, str] = MappingProxyType({True: "reached", False: "not reached"})
BREAKDOWN_RATE = "Breakdown rate"


def title(planned: int, proved: int, worse: int, overdue: int, bare: int) -> str:
    """The conclusion over the plans: how many worked, made it worse, are late, and what nobody mends."""
    if not planned:
        return "One breakdown is open without a plan" if bare == 1 else f"{bare} breakdowns are open without a plan"
    told = [
        f"{count} {words}"
        for count, words in (
            (proved, "proved to work"), (worse, "proved to make it worse"), (overdue, "overdue"),
        )
        if count
    ]  # fmt: skip
    rest = f"; {bare} {'breakdown has' if bare == 1 else 'breakdowns have'} none" if bare else ""
    return f"{planned} {'plan' if planned == 1 else 'plans'}: {joined(told or ['none proved yet'])}{rest}"


def overdue(names: Sequence[str]) -> str:
    """What was promised and is not done."""
    is_one = len(names) == 1
    return f"{'A plan is' if is_one else f'{len(names)} plans are'} overdue: {joined(names)}."


def late(title: str, owner: str, due: str) -> str:
    """One plan that is overdue."""
    return f"{title} ({owner}, due {due})"


def due(day: str, state: PlanState, *, is_overdue: bool) -> str:
    """The day of a plan with where it stands."""
    stands = "overdue" if is_overdue else "" if state is PlanState.OPEN else state.value
    return f"{day}, {stands}" if stands else day


def moved(before: str, after: str, weeks: str, window: str) -> str:
    """The means of the weeks before and since."""
    return f"{before} before, {after} in {weeks} of {window} weeks since"


def effect(change: str, low: str, high: str) -> str:
    """How much the weeks since differ from what those before foretell."""
    return f"{change} ({low} to {high})"


def cannot_tell(why: str) -> str:
    """Why there is no verdict."""
    return f"{Proof.CANNOT_TELL.value}: {why}"


def target(value: str, *, is_reached: bool) -> str:
    """Whether the mean since passes the target."""
    return f"target {value} {REACHED[is_reached]}"


def beside(place: str, verdict: str) -> str:
    """The same, as a difference to what was left alone."""
    return f"against {place}: {verdict}"


def proof(verdict: str, clauses: Sequence[str]) -> str:
    """The verdict first, then what stands behind it."""
    first, rest = clauses[:1], clauses[1:]
    told = "; ".join([": ".join([verdict, *first]), *rest])
    return f"{capitalised(told)}."
