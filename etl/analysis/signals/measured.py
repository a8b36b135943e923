"""Scans of what is measured, means, scores and quantiles: which of many segments differ from their own past."""

import numpy as np
from scipy import special

from etl.analysis.compare import adjust
from etl.analysis.signals.scan import Array, Scan
from etl.analysis.signals.xmr import FEWEST


def scan_measured(values: Array, bases: Array, value: Array, base: Array) -> Scan:
    """Hold one value of each segment against its baseline.

    `values` and their `bases` have a row a segment and a column a baseline period, `value` and `base` an entry a
    segment; a value that is not known is not a number. Tested is by Student's t how far the value lies from the mean of
    12 periods or more, once with each period weighing as its base and once with all alike; the larger p counts, since
    it is not known how much of the spread is that of few answers.
    """
    known = ~np.isnan(values) & (bases > 0)
    n = known.sum(axis=1)
    tested = (n >= FEWEST) & ~np.isnan(value) & (base > 0)
    p, expected = np.full(len(value), np.nan), np.full(len(value), np.nan)
    filled = np.where(known, values, 0.0)
    for weights, own in ((np.where(known, 1.0, 0.0), np.ones_like(base)), (np.where(known, bases, 0.0), base)):
        expected[tested], found = _t_test(filled[tested], weights[tested], value[tested], own[tested], n[tested])
        p[tested] = np.fmax(p[tested], found)
    adjusted = np.full(len(value), np.nan)
    adjusted[tested] = adjust(p[tested].tolist())
    return Scan(expected, p, adjusted, 1.0)


def _t_test(values: Array, weights: Array, value: Array, weight: Array, n: Array) -> tuple[Array, Array]:
    """The weighted mean of each row and the two-sided p of one more value of a weight; 1 where nothing varies."""
    total = weights.sum(axis=1)
    mean = (weights * values).sum(axis=1) / total
    spread = (weights * (values - mean[:, None]) ** 2).sum(axis=1) / (n - 1)
    error = np.sqrt(spread * (1 / weight + 1 / total))
    t = np.divide(value - mean, error, out=np.zeros_like(mean), where=error > 0)
    return mean, np.asarray(2 * special.stdtr(n - 1, -np.abs(t)))
