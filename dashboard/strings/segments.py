"""The sentences about the few segments that explain a change."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import inside, joined
from etl.vocabulary import Dimension

PLACED: Mapping[Dimension, str] = MappingProxyType(
    {
        Dimension.CAUSE: "{}",
        Dimension.TOUCHPOINT: "at the {}",
        Dimension.CHANNEL: "by {}",
        Dimension.PRODUCT: "for {}",
        Dimension.REGION: "in {}",
    }
)
"""How a condition is told, in this order; one of another dimension by the dimension's name."""
ANY_CAUSE = "contacts"
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


def placed(where: Mapping[Dimension, str]) -> str:
    """A segment by its conditions: `wrong invoice at the billing line by phone`, `contacts in North with team A`."""
    named = [form.format(where[dimension]) for dimension, form in PLACED.items() if dimension in where]
    others = [f"with {dimension.value} {value}" for dimension, value in where.items() if dimension not in PLACED]
    return " ".join([*([] if Dimension.CAUSE in where else [ANY_CAUSE]), *named, *others])
