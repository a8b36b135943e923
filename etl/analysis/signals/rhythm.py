"""How long a memory the limits of each grain have."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from etl.vocabulary import Grain


@dataclass(frozen=True)
class Rhythm:
    """How many periods a baseline holds, how many in a row must be quiet to close a bout, how often limits are set."""

    window: int
    quiet_to_close: int = 4
    step: int = 1


RHYTHMS: Mapping[Grain, Rhythm] = MappingProxyType(
    {
        Grain.DAY: Rhythm(182, quiet_to_close=7, step=7),
        Grain.WEEK: Rhythm(52),
        Grain.MONTH: Rhythm(36),
        Grain.QUARTER: Rhythm(20),
        Grain.YEAR: Rhythm(20),
    }
)
