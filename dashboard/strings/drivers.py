"""The sentences about what counts for a score."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, inside, joined

DRIVER_COLUMNS = (
    "Driver", "Share of what is explained", "Weight", "Interval from", "to", "Alone (correlation)", "Which way", "Sure",
)  # fmt: skip
CURVE_COLUMNS = ("Interval from", "to", "n", "Smoothed one way")
OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "wait": "time in the queue",
        "hold": "time on hold",
        "transfers": "transfers",
        "repeats": "earlier contacts for the same reason",
    }
)
"""How operations are called on a page; a question stands in its own words."""
NONE = "none"
DIRECTIONS: Mapping[int, str] = MappingProxyType({1: "raises it", -1: "lowers it", 0: "which way is unclear"})
NOT_SURE = "not surely more than chance"


def question(text: str) -> str:
    """A question in its own words, as it stands in a sentence."""
    return f"“{capitalised(text)}”"


def weights_title(label: str, names: Sequence[str], share: str) -> str:
    """The conclusion: what counts most."""
    if not names:
        return f"Nothing known surely counts for {inside(label)}"
    verb = "counts" if len(names) == 1 else "count"
    return f"{capitalised(joined(names))} {verb} for {inside(label)}: {share} of what is explained"


def weights_caption(label: str, r_squared: str, n: str, answers: str, days: str) -> str:
    """How to read the weights, and how far they reach."""
    some = "" if n == answers else f" of {answers}"
    return (
        f"How much each counts beside the others, of all that they explain ({r_squared} of the differences in "
        f"{inside(label)}; {n}{some} answers, {days}). Pale: not surely more than a random number would. What goes "
        "together need not be the cause."
    )


def too_few(label: str, reason: str, days: str) -> str:
    """Why nothing is weighed."""
    return f"What counts for {inside(label)} can't be told yet: {reason}, {days}."


def left_out(entries: Sequence[str]) -> str:
    """What else is known, and why it was not weighed."""
    return f"Not weighed: {'; '.join(entries)}."


def curve_title(label: str, operation: str, first: str, last: str, ends: tuple[str, str], verdict: str) -> str:
    """The conclusion over a curve: its two ends."""
    return f"{label} by {operation}: {first} at {ends[0]}, {last} at {ends[1]} ({verdict})"


def curve_caption(operation: str, days: str) -> str:
    """How to read a curve."""
    return (
        f"The score by {operation}, with interval and base, {days}. The verdict compares the first bar "
        "with the last; pale bars may differ by chance."
    )


def from_to(start: str, end: str) -> str:
    """A bin with two ends."""
    return f"{start} to {end}"


def under(end: str) -> str:
    """The first bin."""
    return f"under {end}"


def or_more(start: str) -> str:
    """The last bin."""
    return f"{start} or more"


def dose_note(interval: str, n: str) -> str:
    """Beside a bar of a curve."""
    return f"{interval}, n {n}" if interval else f"n {n}"
