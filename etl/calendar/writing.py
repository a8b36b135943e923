"""How periods are written, by people and in keys."""

import re
from dataclasses import dataclass

from etl.errors import UserError
from etl.vocabulary import Grain

FORMS = "2026-03-04, 2026-W10, 2026-03, 2026-Q1, 2026, or for fiscal periods F2026-P03, F2026-Q1, F2026"

_YEAR = "(?P<year>[0-9]{4})"
_PATTERNS = (
    (Grain.DAY, re.compile(_YEAR + "-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})")),
    (Grain.WEEK, re.compile(_YEAR + "-W(?P<number>[0-9]{2})")),
    (Grain.MONTH, re.compile(_YEAR + "-(?P<number>[0-9]{2})")),
    (Grain.MONTH, re.compile("(?P<fiscal>F)" + _YEAR + "-P(?P<number>[0-9]{2})")),
    (Grain.QUARTER, re.compile("(?P<fiscal>F?)" + _YEAR + "-Q(?P<number>[1-4])")),
    (Grain.YEAR, re.compile("(?P<fiscal>F?)" + _YEAR)),
)


@dataclass(frozen=True)
class Written:
    """What a text says: the so-many-th period of a year; of a day, `number` is its month."""

    grain: Grain
    is_fiscal: bool
    year: int
    number: int
    day: int


def read(text: str) -> Written:
    """The period that a text writes, which need not exist; UserError naming the forms when it writes none."""
    for grain, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            year, number, day = (int(found.get(name) or 1) for name in ("year", "number", "day"))
            return Written(grain, bool(found.get("fiscal")), year, number, day)
    raise UserError(f"{text!r} is not a period. Expected: {FORMS}.")
