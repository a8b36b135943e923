"""The brief in plain English: its headline, what moved and why; what came of it is told by `brief_outcomes`."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, joined, listed

MOVED = "What moved"
FIVE_THINGS = "Five things"
WHY = "Why"
HIT = "Who was hit"
BROKE = "Breakdowns"
PROMISED = "Promises due"
SAID = "What we said last time"
DATA = "How far to trust this"
MIX_ONLY = "Don't act on the whole alone: who answered changed, not what they said."
MOVES: Mapping[bool | None, tuple[str, ...]] = MappingProxyType(
    {
        False: (
            "{label} {verb} from {before} to {value} ({base}), which is worse and {verdict}.",
            "Worse as well: {inside} {verb} to {value}, from {before} ({base}; {verdict}).",
            "{label} slipped, too, from {before} to {value} ({base}; {verdict}).",
        ),
        True: (
            "On the good side, {inside} {verb} from {before} to {value} ({base}), {verdict}.",
            "{label} improved, from {before} to {value} ({base}; {verdict}).",
            "Better, too: {inside} at {value}, after {before} ({base}; {verdict}).",
        ),
        None: ("{label} {verb} from {before} to {value} ({base}), {verdict}.",),
    }
)
"""How a change is told, by whether it is better, worse or neither; the next one each time, so that none reads alike."""
COUNTS = (
    "{label}: {value}, {change} against {versus}, {verdict}.",
    "There were {value} {inside}, {change} against {versus}, {verdict}.",
)
PLACES = (
    "Contacts {place} stand apart: {inside} {verb} from {before} to {value} ({base}; {verdict}).",
    "One place stands apart: contacts {place}, where {inside} {verb} from {before} to {value} ({base}; {verdict}).",
    "Look at contacts {place} as well: {inside} {verb} there from {before} to {value} ({base}; {verdict}).",
)
BY_RATE = (
    "{label} {verb} by {whole}, most of it {at} ({size}). A different mix of contacts explains {rest}.",
    "Of the {whole} by which {inside} {verb}, {size} came from contacts {at}; a different mix of them makes {rest}.",
)
BY_PART = (
    "{label} {verb} by {whole}; {size} of that came from {places}. A different mix of contacts explains {rest}.",
    "Of the {whole} by which {inside} {verb}, {size} came from {places}; a different mix of contacts makes {rest}.",
)
EVERYWHERE = (
    "{label} {verb} by {whole} nearly everywhere alike: no part of the business stands out, and a different mix of "
    "contacts explains {rest}.",
    "No part of the business explains why {inside} {verb} by {whole}; a different mix of contacts makes {rest}.",
)
BY_MIX = (
    "{label} {verb} by {whole} because we heard from other people, fewer of {by} {fewer} and more of {segment}: that "
    "alone makes {size}. What changed for them makes {rest}.",
)
NONE_OF_IT = "none of it"


def quiet_headline(length: str, period: str, *, has_failures: bool) -> str:
    """The headline when nothing moved and, where failures can be told, nothing broke."""
    broke = ", nothing new broke" if has_failures else ""
    return f"A quiet {length}, {period}: nothing moved beyond chance{broke}."


def thin_headline(period: str) -> str:
    """The headline when there is too little to compare."""
    return f"There is too little data to say what moved ({period})."


def headline(clauses: Sequence[str]) -> str:
    """The finding over all; its parts without full stops."""
    return f"{capitalised('; '.join(clauses))}."


def lead(label: str, verb: str, value: str, before: str, place: str) -> str:
    """The change that matters most, in short."""
    tail = f", most of all {place}" if place else ""
    return f"{label} {verb} from {before} to {value}{tail}" if before else f"{label} {verb} to {value}{tail}"


def steady(values: Sequence[str]) -> str:
    """The first part of a headline when the company's numbers stood still and something else did not."""
    return f"the company's numbers held ({joined(values)})" if values else "the company's numbers held"


def began(names: Sequence[str], count: str, more: str, *, is_one: bool) -> str:
    """The breakdowns that began, inside the headline."""
    return f"{'a breakdown' if is_one else f'{count} breakdowns'} began: {listed(names, more)}"


def ended(names: Sequence[str]) -> str:
    """The breakdowns that are resolved, inside the headline."""
    return f"{joined(names)} {'is' if len(names) == 1 else 'are'} resolved"


def worst_open(name: str, more: str, *, is_one: bool) -> str:
    """The breakdowns that go on, inside the headline."""
    rest = f", as {'is one more' if is_one else f'are {more} more'}" if more else ""
    return f"{name} is still broken{rest}"


def only_place(place: str, label: str, verb: str, value: str) -> str:
    """The first part of a headline when one segment moved and nothing else did."""
    return f"the company's numbers held, but {place}, {label} {verb} to {value}"


def marked_at(place: str, change: str) -> str:
    """Where a change was largest."""
    return f"It was largest {place} ({change})."


def marked_again(place: str, change: str) -> str:
    """That it was largest at a place that was named before: "there" right after its name."""
    return f"Again it was largest {place} ({change})."


def misses_target(target: str) -> str:
    """That a number misses its target for sure."""
    return f"It misses its target of {target}."


def held(values: Sequence[str]) -> str:
    """What did not move."""
    return f"The rest held: {joined(values)}."


def all_held(versus: str, values: Sequence[str]) -> str:
    """That nothing moved."""
    return f"Nothing moved beyond chance against {versus}: {joined(values)}."


def no_comparison(versus: str) -> str:
    """That there is nothing to compare with."""
    return f"There is too little data to compare with {versus}."


def verb(*, is_up: bool) -> str:
    """How a change is told."""
    return "rose" if is_up else "fell"
