"""The sentences about the few segments that explain a change."""

from collections.abc import Sequence

from dashboard.strings import inside, joined

COLUMNS = ("Where", "Before", "Now", "n before", "n now", "Adds to the whole", "Verdict")


def title(label: str, names: Sequence[str], *, is_up: bool) -> str:
    """The conclusion: where it happened."""
    return f"What {'raised' if is_up else 'lowered'} {inside(label)}: {joined(names)}"


def note(versus: str) -> str:
    """How the segments were found."""
    return (
        f"The few segments, by up to three conditions at once, that moved against {versus} by more than chance finds "
        "among as many; a whole that a part of it explains is left out."
    )
