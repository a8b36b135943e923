"""Whether a fix worked: a measure before and after a plan opened, with errors that hang together from week to week."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special
from scipy.optimize import brentq

from etl.vocabulary import Goodness, Proof

CORRELATIONS = tuple(tenths / 10 for tenths in range(-3, 10))
"""From one week to the next; the truth is not known, so each of them is weighed by how well it fits."""
FEWEST_BEFORE, FEWEST_AFTER = 8, 4
TREND_BEFORE, TREND_AFTER = 26, 8
"""Fewer weeks can't tell a trend from the fix."""
SIGNIFICANCE = 0.05
MOVING = 0.10
"""A slope before the plan below this p is taken for one, where there is no room for a trend in the model."""
REGRESSION_WEEKS = 2
NO_NOISE = 1e-9
"""The least residual, as a share of the largest deviation: what fits perfectly would have no likelihood."""

Array: TypeAlias = NDArray[np.float64]
Column: TypeAlias = tuple[float, ...]


@dataclass(frozen=True)
class Effect:
    """How much higher the weeks after are than those before foretell, in the measure's unit, with 95 % interval."""

    change: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Judgement:
    """The verdict on a fix; `why` says what keeps one from telling, `effect` is None without enough weeks.

    `has_trend`: the weeks before were allowed a slope of their own.
    """

    verdict: Proof
    why: str = ""
    effect: Effect | None = None
    has_trend: bool = False


@dataclass(frozen=True)
class _Model:
    """What least squares need of weeks and columns, one entry a correlation: coefficients = `solve` · values and
    residual sum of squares = values · `residual` · values; `spread` is the variance of the coefficient of interest in
    units of the errors', `log_scale` what the likelihood loses by the scales of errors and coefficients."""

    solve: Array
    residual: Array
    spread: Array
    log_scale: Array
    freedom: int


@lru_cache(maxsize=64)
def _model(at: tuple[int, ...], columns: tuple[Column, ...]) -> _Model:
    """A constant and some columns over weeks by their numbers; the first column is of interest."""
    design = np.column_stack([np.ones(len(at)), *columns])
    apart = np.abs(np.subtract.outer(at, at))
    errors = np.array([np.where(apart == 0, 1.0, float(each) ** apart) for each in CORRELATIONS])
    weights = np.linalg.inv(errors)
    information = design.T @ weights @ design
    solve = np.linalg.solve(information, design.T @ weights)
    return _Model(
        solve=solve,
        residual=weights @ (np.eye(len(at)) - design @ solve),
        spread=np.linalg.inv(information)[:, 1, 1],
        log_scale=np.linalg.slogdet(errors).logabsdet + np.linalg.slogdet(information).logabsdet,
        freedom=len(at) - design.shape[1],
    )


def estimate(at: Sequence[int], columns: Sequence[Column], values: Sequence[float]) -> Effect:
    """The coefficient of the first column beside a constant and the other columns, in weeks by their numbers.

    The correlation of the errors from week to week is integrated, not estimated: each one's least squares count as much
    as their restricted likelihood. Plugging in the likeliest one calls a change real too often in so few weeks.
    """
    model = _model(tuple(at), tuple(columns))
    centred = np.asarray(values, dtype=np.float64) - np.mean(values)
    scale = float(np.abs(centred).max())
    if not scale:
        return Effect(0.0, 0.0, 0.0, 1.0)
    left = np.maximum(centred @ model.residual @ centred, (NO_NOISE * scale) ** 2)
    variance = left / model.freedom
    likelihood = -0.5 * (model.freedom * np.log(variance) + model.log_scale)
    weights = np.exp(likelihood - likelihood.max())
    weights /= weights.sum()
    changes, errors = model.solve[:, 1] @ centred, np.sqrt(variance * model.spread)
    above = float(weights @ special.stdtr(model.freedom, -changes / errors))
    low, high = (_quantile(share, weights, changes, errors, model.freedom) for share in (0.025, 0.975))
    return Effect(float(weights @ changes), low, high, 2 * min(above, 1 - above))


def _quantile(share: float, weights: Array, changes: Array, errors: Array, freedom: int) -> float:
    """The quantile of the weighted Student distributions; it lies between those of its parts."""
    parts = changes + errors * special.stdtrit(freedom, share)
    least, most = float(parts.min()), float(parts.max())

    def beyond(value: float) -> float:
        return float(weights @ special.stdtr(freedom, (value - changes) / errors)) - share

    return least if beyond(least) >= 0 or beyond(most) <= 0 else float(brentq(beyond, least, most))


def judge(before: Sequence[float], after: Sequence[float], goodness: Goodness, left_out: int = 0) -> Judgement:
    """The verdict on the weeks after a plan opened against those before, oldest first, none of them missing.

    `left_out` weeks lie between them and count for neither: those from the trigger of the plan to its opening.
    """
    if len(before) < FEWEST_BEFORE:
        return Judgement(Proof.CANNOT_TELL, f"{_weeks(len(before))} before the plan, of {FEWEST_BEFORE} needed")
    if len(after) < FEWEST_AFTER:
        return Judgement(Proof.CANNOT_TELL, f"{_weeks(len(after))} after the opening, of {FEWEST_AFTER} needed")
    earlier = list(range(len(before)))
    at = [*earlier, *(len(before) + left_out + week for week in range(len(after)))]
    is_after = (0.0,) * len(before) + (1.0,) * len(after)
    has_trend = len(before) >= TREND_BEFORE and len(after) >= TREND_AFTER
    columns = (is_after, tuple(map(float, at))) if has_trend else (is_after,)
    effect = estimate(at, columns, [*before, *after])
    if not has_trend and estimate(earlier, (tuple(map(float, earlier)),), before).p < MOVING:
        return Judgement(Proof.CANNOT_TELL, "it was already moving before the plan", effect)
    return Judgement(_verdict(effect, goodness), "", effect, has_trend)


def _verdict(effect: Effect, goodness: Goodness) -> Proof:
    if effect.p >= SIGNIFICANCE:
        return Proof.NONE_YET
    return Proof.IMPROVED if (effect.change > 0) == (goodness is Goodness.HIGHER) else Proof.WORSE


def may_regress(values: Sequence[float], goodness: Goodness, last_weeks: int = REGRESSION_WEEKS) -> bool:
    """Whether one of the last weeks up to the opening is the worst of all: such weeks get better by themselves."""
    bad = [-value for value in values] if goodness is Goodness.HIGHER else list(values)
    earlier, last = bad[:-last_weeks], bad[-last_weeks:]
    return bool(earlier) and max(last) > max(earlier)


def _weeks(count: int) -> str:
    return f"{count} {'week' if count == 1 else 'weeks'}"
