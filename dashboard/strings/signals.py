"""Words about signals: what is expected of a metric, what breaks it, since when, and what that means for a target."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised
from etl.analysis.signals.rules import Rule
from etl.vocabulary import Assurance, Variation

EXPECTED_BAND = "The band is the range that its own past makes one expect, the pale line its mean; dots are signals."
COLUMNS = ("Expected from", "to", "Signal")
FROZEN = "The expected range stays as it was before while that goes on."
PLACES: Mapping[tuple[Rule, bool], str] = MappingProxyType(
    {
        (Rule.OUTSIDE, True): "higher than expected",
        (Rule.OUTSIDE, False): "lower than expected",
        (Rule.SIDE, True): "above its mean",
        (Rule.SIDE, False): "below its mean",
        (Rule.TREND, True): "rising",
        (Rule.TREND, False): "falling",
        (Rule.NEAR, True): "at the upper end of the expected range",
        (Rule.NEAR, False): "at the lower end of the expected range",
    }
)
PROMISES: Mapping[Assurance, str] = MappingProxyType(
    {
        Assurance.HITS: "as it usually runs it will pass its target of {target}",
        Assurance.MISSES: "as it usually runs it will fail its target of {target}",
        Assurance.HIT_AND_MISS: "as it usually runs, some periods meet and others miss its target of {target}",
    }
)


def verdict(variation: Variation, finding: str) -> str:
    """`Concern: higher than expected since 12 Oct 2026.`"""
    return f"{capitalised(variation.value)}: {finding}."


def since(place: str, day: str, quiet: str) -> str:
    """Where it has been since when, and how long it has been quiet again."""
    return f"{place} since {day}{f', quiet again for {quiet}' if quiet else ''}"


def no_signal(count: str) -> str:
    """How long there has been no signal."""
    return f"no signal in {count}"


def counted(count: str, length: str, *, is_one: bool) -> str:
    """`one week`, `26 weeks`."""
    return f"one {length}" if is_one else f"{count} {length}s"


def alarm(day: str, *, is_up: bool) -> str:
    """That small deviations one way have added up."""
    return f"Small deviations {'upwards' if is_up else 'downwards'} have added up to an alarm in {day}."


def promise(assurance: Assurance, target: str) -> str:
    """What the expected range means for the target."""
    return f"{capitalised(PROMISES[assurance].format(target=target))}."


def provisional(count: str) -> str:
    """That the limits rest on few periods."""
    return f"The expected range is provisional: it rests on {count}."


def rebased(day: str, reason: str, who: str) -> str:
    """Since when there is a new baseline, and why."""
    return f"New baseline from {day}: {reason} ({who})."


def not_judged(reason: str) -> str:
    """Why there is no expected range."""
    return f"No expected range yet: {reason}."


def raised_at(flags: Sequence[str], marks: Sequence[str]) -> str:
    """The rules that a period completes, else those whose pattern it belongs to; nothing where there are none."""
    if flags:
        return "; ".join(flags)
    return f"part of {'; '.join(marks)}" if marks else ""


def expected(span: str) -> str:
    """The range expected of one period."""
    return f"expected {span}"


def signal(words: str) -> str:
    """What is raised at one period."""
    return f"signal: {words}"


def segment(name: str, value: str, expected_value: str, variation: str) -> str:
    """`SIM activation 21 where 3 was expected (concern)`."""
    return f"{name} {value} where {expected_value} was expected ({variation})"


def stand_out(tested: str, dimension: str, period: str, named: Sequence[str], *, is_cut: bool) -> str:
    """The segments that stand out, and how far to believe it."""
    more = "; …" if is_cut else ""
    return (
        f"Out of {tested} tested by {dimension} in {period}, these stand out from their own past: "
        f"{'; '.join(named)}{more}. On average at most one in ten named so is named by chance."
    )


def none_stands_out(tested: str, dimension: str, period: str, *, is_one: bool) -> str:
    """That no segment stands out."""
    if is_one:
        return f"The only one tested by {dimension} in {period} does not stand out from its own past."
    return f"None of the {tested} tested by {dimension} in {period} stands out from its own past."
