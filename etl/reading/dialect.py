"""What the second reading of a delimited text is told and what it finds: dialect, rejected lines, survey."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

LONGEST_RECORD = 1 << 22  # bytes; the engine is told the same
LONGEST_RAW = 1 << 16  # characters of a rejected line that are kept


@dataclass(frozen=True)
class Dialect:
    """How cells are parted and quoted; an escape equal to the quote means doubled quotes, else it is a backslash."""

    delimiter: str
    quote: str = '"'
    escape: str = '"'


@dataclass(frozen=True)
class Rejected:
    """A physical line, or a record of several, that is not read: where it begins, why, and what it holds."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True)
class Survey:
    """The records of a file that are sound, header included, and where the engine shall read them.

    `path` is the input where all of it is sound, else a copy with the sound records only; `line_end` is how its
    records end. `lines` is the first physical line of each sound record, None when that is 1, 2, 3 and so on.
    """

    records: int
    rejected: list[Rejected]
    path: Path
    lines: Offsets | None
    dialect: Dialect
    notes: tuple[str, ...] = ()
    line_end: str = "\n"
