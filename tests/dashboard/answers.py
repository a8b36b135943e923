"""Made-up answers for the canned company: NPS and CSAT, of which ease counts most and waiting a little."""

import numpy as np

from etl.metrics.answers import Answers, Array
from etl.metrics.catalogue import METRICS

EASE = "=it was <b>easy</b> & quick"
"""A question as hostile as a survey can hold."""


def answers(name: str, count: int) -> Answers:
    """So many of them, the same for each count."""
    rng = np.random.default_rng(count)
    ease, wait = rng.integers(1, 8, count).astype(float), np.round(rng.exponential(60, count))
    repeats = rng.integers(0, 2, count).astype(float)
    scores = np.clip(np.round(3.0 + 0.8 * ease - 0.02 * wait + rng.normal(0, 1.5, count)), 0, 10)
    metric = METRICS[name]
    parts: dict[str, Array] = {part.name: np.zeros(count) for part in metric.parts}
    parts |= {"top": (scores >= 9).astype(float), "bottom": np.ones(count)}
    if "detractors" in parts:
        parts["detractors"] = (scores <= 6).astype(float)
    hold = np.full(count, np.nan)
    operations = {"wait": wait, "hold": hold, "transfers": np.zeros(count), "repeats": repeats}
    causes = tuple("late delivery" if score < 4 else "" for score in scores)
    return Answers(metric, name, scores, parts, {EASE: ease}, operations, causes)
