"""Whole sentences of a page: findings, titles that are conclusions and reasons; templates that take words."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, inside, joined, listed
from etl.vocabulary import Verdict

NOISE_CLAUSES: Mapping[str, str] = MappingProxyType(
    {Verdict.NOISE.value: "could be noise", Verdict.TOO_FEW.value: "rests on too few to be judged"}
)
CANNOT_TEST = "cannot be tested"


def moved(label: str, is_up: bool, value: str, change: str, versus: str, verdict: str) -> str:
    """The finding: what moved, to where, by how much, against what, and whether to believe it."""
    return f"{label} {verb(is_up=is_up)} to {value} ({change} against {versus}, {verdict})"


def verb(*, is_up: bool) -> str:
    """How a believable change is told."""
    return "rose" if is_up else "fell"


def also_moved(label: str, is_up: bool, value: str, change: str) -> str:
    """A second believable change, in short."""
    return f"{label} {verb(is_up=is_up)} to {value} ({change})"


def off_target(target: str) -> str:
    """Said when the value's whole interval misses the target."""
    return f"off its target of {target}"


def more_moved(count: str, *, is_one: bool) -> str:
    """How many further metrics moved."""
    return "one more moved" if is_one else f"{count}\u00a0more moved"


def held(values: Sequence[str]) -> str:
    """Metrics without a change beyond chance, as `NPS +24`."""
    return f"{joined(values)} held"


def nothing_moved(versus: str, values: Sequence[str]) -> str:
    """The headline when no change can be told from chance."""
    tail = f": {joined(values)}" if values else ""
    return f"Nothing moved beyond chance against {versus}{tail}."


def only_in_segment(versus: str, place: str, label: str, is_up: bool, value: str, change: str) -> str:
    """The headline when the whole stood still and one segment did not."""
    told = f"{label} {verb(is_up=is_up)} to {value} ({change}, {Verdict.REAL.value})"
    return f"Overall nothing moved beyond chance against {versus}, but {place}, {told}."


def not_compared(period: str, values: Sequence[str], versus: str) -> str:
    """The headline when there is a value but nothing to compare it with."""
    return f"{capitalised(period)}: {joined(values)}. There is too little data for a comparison with {versus}."


def no_values(period: str) -> str:
    """The headline when a period has no value at all."""
    return f"There is no number for {period}."


def no_value_in(label: str, period: str, reason: str) -> str:
    """The headline when the one metric asked for has no value."""
    return f"{label} has no value for {period}: {reason}."


def stands(label: str, value: str, period: str) -> str:
    """The headline when the one metric asked for has nothing to be compared with."""
    return f"{capitalised(period)}: {inside(label)} {value}; there is no earlier value to compare it with."


def may_be_noise(label: str, value: str, change: str, versus: str, verdict: str) -> str:
    """The headline when the one metric asked for did not move believably."""
    return f"{label}: {value}. The change of {change} against {versus} {NOISE_CLAUSES.get(verdict, CANNOT_TEST)}."


def unmoved(label: str, value: str, versus: str) -> str:
    """The headline when the one metric asked for is what it was."""
    return f"{label}: {value}, unchanged against {versus}."


def furthest(place: str, change: str) -> str:
    """Where the finding is strongest."""
    return f"most {place} ({change})"


def not_known_by(dimensions: Sequence[str]) -> str:
    """Why metrics fall away under a filter."""
    return f"not known by {joined(dimensions)}"


def not_fed(groups: Sequence[tuple[Sequence[str], str]]) -> str:
    """Metrics without any value, with the reason of each group."""
    parts = [f"{joined(labels)}: {reason}" for labels, reason in groups]
    return f"Not shown, because there is no number for it: {'; '.join(parts)}."


def moves_title(label: str, place: str, more: str) -> str:
    """The first of the changes of single segments that can be believed, and how many more there are."""
    return f"Moved beyond chance: {listed([f'{inside(label)} {place}'], more)}"


def moves_note(tested: str, shown: str, found: str) -> str:
    """How the list of moves was made, and how much of it is left out."""
    rest = f" The {shown} largest of {found} are shown." if shown != found else ""
    order = "Worse first, each metric's largest change before its next."
    return f"Out of {tested} comparisons, corrected for their number. {order}{rest}"


def no_moves(tested: str, dimensions: Sequence[str], versus: str) -> str:
    """Said instead of the list of moves when it would be empty."""
    return (
        f"No single segment moved beyond chance: {tested} comparisons by {joined(dimensions)} "
        f"against {versus}, corrected for their number."
    )


def nothing_tested(versus: str) -> str:
    """Said instead of the list of moves when no segment could be compared."""
    return f"No segment has enough data in both periods to be compared with {versus}."


def segment_bars_title(label: str, place: str, change: str, *, is_up: bool) -> str:
    """The conclusion over the bars of one metric's segments."""
    return f"{label} {verb(is_up=is_up)} most {place}: {change}"


def by_dimension(label: str, dimension: str) -> str:
    """The title of a table of one metric's segments."""
    return f"{label} by {dimension}"


def segment_bars_caption(dimension: str, versus: str, *, is_cut: bool) -> str:
    """How to read the bars of one metric's segments."""
    cut = " The largest changes are drawn, all are in the table." if is_cut else ""
    return f"Change by {dimension} against {versus}. Strong bars are probably real, pale ones could be noise.{cut}"


def all_fresh(day: str, *, is_one: bool) -> str:
    """The title when every source has delivered through the same day."""
    return f"The source is complete through {day}" if is_one else f"All sources are complete through {day}"


def late_sources(sources: Sequence[str], *, is_any: bool) -> str:
    """The title when some sources trail the newest one, or none has a complete day."""
    if not is_any:
        return "No source has a complete day yet"
    return f"{joined(sources)} {'trails' if len(sources) == 1 else 'trail'} the newest source"


def many_late(count: str, all_: str, day: str) -> str:
    """The title when more sources trail than can be named."""
    return f"{count} of {all_} sources trail the newest, which is complete through {day}"


def many_trail(count: str, all_: str) -> str:
    """How many sources reach less far than the newest one, or have no complete day yet."""
    return f"{count} of {all_} sources trail"


def days_late(count: str, *, is_one: bool) -> str:
    """How far a source trails the newest one."""
    return f"{count} {'day' if is_one else 'days'} behind"


def stale(late: str) -> str:
    """A source that has not delivered for so long that it no longer holds back the others."""
    return f"stopped delivering, {late}"


def gaps(count: str, latest: Sequence[str], *, is_cut: bool) -> str:
    """How many days inside a source's span are unknown, the latest of them by name."""
    return f"{count}{', the last ' if is_cut else ': '}{joined(latest)}"


def zone(name: str, *, is_assumed: bool) -> str:
    """A source's time zone, and whether anybody said so."""
    return f"{name} (assumed)" if is_assumed else name


def trend_title(label: str, value: str, period: str, place: str) -> str:
    """The conclusion over a trend: where the metric stands, and how that compares with the periods shown."""
    return f"{capitalised(period)}: {inside(label)} {value}, {place}"


def lowest(count: str, grain: str) -> str:
    """The last value is the lowest of those shown."""
    return f"the lowest of {count} {grain}s"


def highest(count: str, grain: str) -> str:
    """The last value is the highest of those shown."""
    return f"the highest of {count} {grain}s"


def between(low: str, high: str, count: str, grain: str) -> str:
    """The last value lies inside the range of those shown."""
    return f"between {low} and {high} over {count} {grain}s"


def only_one(grain: str) -> str:
    """There is one value, and so no course over time."""
    return f"the only {grain} with a value, so nothing can be said about its course"


def unchanged(count: str, grain: str) -> str:
    """All values shown read the same."""
    return f"the same in all {count} {grain}s"


def split_alike(label: str, dimension: str, value: str) -> str:
    """The conclusion over a split trend whose lines end at the same value."""
    return f"{label} by {dimension}: all at {value}"


def trend_caption(meaning: str, remarks: Sequence[str]) -> str:
    """What is drawn and how to read it."""
    return " ".join((meaning, *remarks))


def muted_line(versus: str) -> str:
    """Explains the line drawn for comparison."""
    return f"The grey line is {versus}."


def far_from_last_year(count: str, total: str, length: str, days: str) -> str:
    """Weeks of one number, or fiscal periods of whole weeks, that do not lie 364 days apart."""
    return f"{count} of the {total} {length}s shown lie {days} days after last year's"


def split_title(label: str, dimension: str, lowest_name: str, low: str, highest_name: str, high: str) -> str:
    """The conclusion over a split trend."""
    return f"{label} by {dimension}: from {low} ({lowest_name}) to {high} ({highest_name})"


def rest_of_split(names: Sequence[str], share: str, *, is_cut: bool) -> str:
    """The segments that are not drawn."""
    listed = ", ".join(names) + (", …" if is_cut else "")
    return f"Not drawn, {share} of the base: {listed}."


def holes(count: str, grain: str, reason: str, *, is_one: bool) -> str:
    """How many periods have no value, and the most frequent reason."""
    return f"{count} {grain}{'' if is_one else 's'} without a value ({reason})."


def no_split_values(label: str, dimension: str) -> str:
    """A split without a value in any segment."""
    return f"No {dimension} has enough data for {inside(label)} in these periods."


def needs_dimension(label: str, dimension: str, known: Sequence[str]) -> str:
    """A metric that cannot be split as asked."""
    choice = f" It is known by {joined(known)}." if known else ""
    return f"{label} is not known by {dimension}.{choice}"


def no_metric_values(label: str, reason: str) -> str:
    """A metric without a value in any of the periods asked for."""
    return f"{label} has no value in these periods: {reason}."
