"""Sums of a table of cells by some of its axes, each made from the smallest table of sums that has these axes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Axes: TypeAlias = tuple[int, ...]


def margins(values: Array, most: int) -> Mapping[Axes, Array]:
    """The sums by each choice of up to `most` axes, by axes in order; the shape of each is that of its axes.

    The empty choice is the sum of all. Choices of more axes may be among them where others were made from these.
    """
    dimensions = values.ndim
    found: dict[Axes, Array] = {tuple(range(dimensions)): values}
    for axes, parent, place in _plan(values.shape, min(most, dimensions)):
        found[axes] = np.add.reduce(found[parent], axis=place)
    return found


@lru_cache(maxsize=64)
def _plan(shape: tuple[int, ...], most: int) -> Sequence[tuple[Axes, Axes, int]]:
    """Which sums are made from which, and along which place of the parent, those of more axes first.

    Of more axes than asked for only as many are made as the next need: one parent for each, the smallest of all.
    """
    dimensions = len(shape)
    needed = {axes for size in range(most + 1) for axes in combinations(range(dimensions), size)}
    made: list[tuple[Axes, Axes, int]] = []
    for size in range(dimensions):
        for axes in sorted(each for each in needed if len(each) == size):
            parents = [tuple(sorted((*axes, axis))) for axis in range(dimensions) if axis not in axes]
            shared = [each for each in parents if each in needed] or parents
            parent = min(shared, key=lambda each: (prod(shape[axis] for axis in each), each))
            needed.add(parent)
            made.append((axes, parent, next(place for place, axis in enumerate(parent) if axis not in axes)))
    return tuple(reversed(made))
