"""Answers to scored questions as columns: each with the other answers of its record, and how its contact went."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from etl.metrics.base import Metric

Array = NDArray[np.float64]
SECONDS = ("wait", "hold")
"""Of the operations those that are durations."""


@dataclass(frozen=True)
class Answers:
    """Scored answers on one scale, an element an answer; NaN is what is not known of it.

    `scores` are turned so that more is better. `parts` are what each answer adds to the parts of `metric`; `items` are
    the other questions of its record, `operations` of its contact. `causes` are those that codes name, empty if none;
    `customers` who answered, empty if not known, and `moments` when, in seconds since 1970.
    """

    metric: Metric
    kind: str
    scores: Array
    parts: Mapping[str, Array]
    items: Mapping[str, Array]
    operations: Mapping[str, Array]
    causes: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    moments: Array = field(default_factory=lambda: np.empty(0))
