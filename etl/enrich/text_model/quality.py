"""How well labels agree with people's, and how certain a label is by its margin."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from etl.enrich.text_model.arrays import Flags, Floats, Integers
from etl.enrich.text_model.model import MARGIN_STEP, certainty_at

CERTAINTIES = 1024
BINS = 10


@dataclass(frozen=True)
class Quality:
    """How labels of texts held out agree with people's: shares of 0 to 1.

    `calibration_error` is the expected one of the label's certainty, in ten bins of equal size.
    """

    rows: int
    accuracy: float
    macro_f1: float
    calibration_error: float


def quality(wanted: Integers, values: Floats, margins: Floats, certain: tuple[int, ...]) -> Quality:
    """Of texts with these classes, values of each class, and margins; `certain` in thousandths by steps of margin."""
    found = values.argmax(axis=1)
    error = calibration_error(certainty_at(margins, certain), found == wanted)
    return Quality(len(wanted), float((found == wanted).mean()), macro_f1(wanted, found), error)


def macro_f1(wanted: Integers, found: Integers) -> float:
    """The mean over the classes of the harmonic mean of precision and recall."""
    hits = np.bincount(wanted[wanted == found], minlength=int(wanted.max()) + 1)
    both = np.bincount(wanted) + np.bincount(found, minlength=len(hits))[: len(hits)]
    return float((2 * hits / np.maximum(1, both))[np.bincount(wanted) > 0].mean())


def calibration_error(certain: Floats, is_right: Flags) -> float:
    """The mean distance of certainty and share of right labels, over ten bins of equal size."""
    order = np.argsort(certain, kind="stable")
    bins = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(len(part) * abs(certain[part].mean() - is_right[part].mean()) for part in bins) / len(certain))


def certainties(margins: Floats, is_right: Flags) -> tuple[int, ...]:
    """In thousandths, for each step of the margin, the share of right labels; never falling (isotonic regression)."""
    order = np.argsort(margins, kind="stable")
    shares = isotonic_regression(is_right[order].astype(np.float64)).x
    centres = (np.arange(CERTAINTIES) + 0.5) * MARGIN_STEP
    return tuple(int(share) for share in np.rint(1000 * np.interp(centres, margins[order], shares)))
