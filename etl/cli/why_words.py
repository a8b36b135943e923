"""What moved a number, in words: one sentence of the change with mix against rate, and each fact in its unit."""

from types import MappingProxyType
from typing import Any

from etl.analysis.compare import is_per_day, per_day
from etl.analysis.why import Why
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Unit, Verdict

SIZES = MappingProxyType(
    {Unit.SHARE: " percentage points", Unit.SCORE: " points", Unit.SECONDS: " s", Unit.STARS: " stars"}
)
"""What stands behind the size of a change; nothing where the unit is a count or one of its own name."""
BEHIND = MappingProxyType({Unit.SHARE: " %", Unit.SECONDS: " s"})
BELIEF = MappingProxyType(
    {
        Verdict.REAL: ", which is probably real",
        Verdict.NOISE: ", which could be noise",
        Verdict.TOO_FEW: ", of too few to be judged",
    }
)
VALUES = ("before", "after")
VALUES_PER_DAY = ("before_per_day", "after_per_day")
DIFFERENCES = ("change", "mix", "rate", "contribution", "low", "high")


def fact(name: str, value: Any, unit: Unit) -> Any:
    """What `cx why` tells of a change under a name, as it is read: differences with their sign; other facts as is."""
    if value is None:
        return None
    if name in VALUES:
        return _value(value, unit)
    if name in VALUES_PER_DAY:
        return _value(value, Unit.PER_DAY)
    return f"{_size(value, unit, '+')}{SIZES.get(unit, '')}" if name in DIFFERENCES else value


def sentence(found: Why) -> str:
    """The change in words: mix told as mix, and said when each segment went the other way than the whole."""
    effects, unit = found.effects, METRICS[found.metric].unit
    size = _size(abs(effects.change), unit)
    values = f"from {_value(found.before.value, unit)} to {_value(found.after.value, unit)}"
    if is_per_day(found.after, found.before):
        values += f" ({_value(per_day(found.before).value, Unit.PER_DAY)} and "
        values += f"{_value(per_day(found.after).value, Unit.PER_DAY)} a day)"
    label = METRICS[found.metric].label
    if found.alike.basis:
        label += f" ({found.alike.basis})"
    if not float(size.replace(",", "")):
        return f"{label} hardly moved: {values}."
    verb = "rose" if effects.change > 0 else "fell"
    belief = BELIEF[found.comparison.verdict] if found.comparison.verdict else ""
    told = f"{label} {verb} by {size}{SIZES.get(unit, '')}, {values}{belief}"
    if effects.mix is None or effects.rate is None:
        return f"{told}."
    mostly = "by the mix of" if abs(effects.mix) > abs(effects.rate) else "by the rate within each"
    parts = f"mix {_size(effects.mix, unit, '+')}, rate {_size(effects.rate, unit, '+')}"
    told = f"{told}; mostly {mostly} {found.by.value} ({parts})"
    if not effects.is_paradox:
        return f"{told}."
    other = "fell" if effects.change > 0 else "rose"
    return f"{told}; in every {found.by.value} it {other}, so that only the mix moved the whole."


def _size(number: float, unit: Unit, sign: str = "") -> str:
    """A difference as its unit is read, a share's in percentage points."""
    digits = 0 if unit is Unit.COUNT else 2 if unit in (Unit.STARS, Unit.PER_CONTACT) else 1
    return f"{number * (100 if unit is Unit.SHARE else 1):{sign},.{digits}f}"


def _value(number: float | None, unit: Unit) -> str:
    """A value as its unit is read."""
    return f"{_size(number or 0.0, unit)}{BEHIND.get(unit, '')}"
