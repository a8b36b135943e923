"""A table of cell counts as arrays with one axis a dimension: what is counted before and after in each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.errors import UserError

MOST_CELLS = 4_000_000
MOST_DIMENSIONS = 8
Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Cells:
    """Bad ones among all, before and after, by cell; `values` are the values along each axis."""

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    bad_before: Counts
    all_before: Counts
    bad_after: Counts
    all_after: Counts

    def reversed(self) -> "Cells":
        """The same with before and after exchanged: what fell is what rises backwards."""
        return Cells(self.names, self.values, self.bad_after, self.all_after, self.bad_before, self.all_before)


def cells(dimensions: Mapping[str, Sequence[str]], counts: Sequence[Sequence[float] | NDArray[Any]]) -> Cells:
    """Cells from columns: the value of each dimension a row, and the four counts a row; rows of one cell are added.

    `counts` are bad before, all before, bad after, all after. Raises UserError for counts that can't be, for too many
    dimensions and for more cells than fit into memory.
    """
    arrays = [np.asarray(column, dtype=np.float64) for column in counts]
    for bad, total in ((arrays[0], arrays[1]), (arrays[2], arrays[3])):
        wrong = np.flatnonzero(~((bad >= 0) & (bad <= total) & np.isfinite(total)))
        if wrong.size:
            row = int(wrong[0])
            raise UserError(f"row {row + 1}: {bad[row]:g} of {total[row]:g}; expected counts from 0 up to their total.")
    if not 1 <= len(dimensions) <= MOST_DIMENSIONS:
        raise UserError(f"{len(dimensions)} dimensions; expected 1 to {MOST_DIMENSIONS}.")
    coded = [np.unique(np.asarray(column, dtype=str), return_inverse=True) for column in dimensions.values()]
    shape = tuple(len(values) for values, _ in coded)
    if prod(shape) > MOST_CELLS:
        sizes = ", ".join(f"{name} {size}" for name, size in zip(dimensions, shape, strict=True))
        raise UserError(f"{prod(shape)} cells ({sizes}); expected at most {MOST_CELLS}. Leave out a dimension.")
    place = np.ravel_multi_index(tuple(codes for _, codes in coded), shape)
    before, all_before, after, all_after = (
        np.bincount(place, array, minlength=prod(shape)).astype(np.float64).reshape(shape) for array in arrays
    )
    values = tuple(tuple(map(str, known)) for known, _ in coded)
    return Cells(tuple(dimensions), values, before, all_before, after, all_after)
