"""Words about definitions: the page that lists them, and the break in a chart where one changed."""

from collections.abc import Sequence

CONTEXT = "Each number is counted by one definition wherever it is shown, in files and on the command line, too."
FORMULA = "Formula"
WINDOW = "Dated"
EXCLUSIONS = "Leaves out"
VARIANT = "Elsewhere"
OTHERS = "Also read as"
TARGET = "Target"
NO_TARGET = "none set"
MINIMUM = "Shown from"
INTERVAL = "95 % interval"
DIRECTION = "Direction"
OWNER = "Owner"
VERSION = "Version"
NAME = "Asked as"


def headline(metrics: str, subjects: str) -> str:
    """What the page lists."""
    return f"{metrics} numbers, each defined once, in {subjects} subjects"


def minimum(count: str) -> str:
    """The smallest base with a value."""
    return f"n = {count}"


def any_base() -> str:
    """Counts are shown whatever they are."""
    return "any number"


def version(number: int, changes: Sequence[str]) -> str:
    """Which definition it is, and what changed when."""
    return "; ".join([str(number), *changes])


def change(number: int, day: str, what: str) -> str:
    """One change of a definition."""
    return f"{number} since {day}: {what}"


def redefined(number: int, label: str, what: str, day: str) -> str:
    """A mark in the chart: from here on it was told by another definition, and all before it was counted anew."""
    said = f": {what}" if what else ""
    return f"definition {number} of {label}{said} (in use since {day}; earlier periods are counted by it, too)"
