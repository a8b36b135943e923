"""Dose and response: bins that hold enough, each with the metric's own value, and a fit that never turns back."""

import numpy as np
import pytest

from etl.analysis.drivers.curve import curve
from etl.metrics.answers import Answers
from etl.metrics.catalogue import METRICS
from etl.metrics.intervals import nps
from etl.vocabulary import Verdict

NONE = np.array([])


def answers(waits: list[float], promoters: list[int], detractors: list[int]) -> Answers:
    parts = {"top": np.array(promoters), "detractors": np.array(detractors), "bottom": np.ones(len(waits))}
    return Answers(METRICS["nps"], "nps", np.zeros(len(waits)), parts, {}, {"wait": np.array(waits, dtype=float)})


def test_each_bin_has_the_metric_of_its_answers() -> None:
    waits = [0.0] * 40 + [29.9] * 10 + [30.0] * 40 + [700.0] * 40 + [np.nan] * 5
    found = curve(answers(waits, [1] * 30 + [0] * 105, [0] * 50 + [0] * 40 + [1] * 45), "wait", 10)
    assert found is not None
    assert [(dose.start, dose.end, dose.n) for dose in found.doses] == [(0, 30, 50), (30, 60, 40), (60, None, 40)]
    assert [dose.value for dose in found.doses] == [60.0, 0.0, -100.0]
    assert (found.doses[0].low, found.doses[0].high) == (nps(30, 0, 50).low, nps(30, 0, 50).high)
    assert found.verdict is Verdict.REAL


def test_the_fit_never_turns_back() -> None:
    waits = [0.0] * 40 + [30.0] * 40 + [60.0] * 40
    found = curve(
        answers(waits, [1] * 20 + [0] * 20 + [1] * 10 + [0] * 30 + [1] * 14 + [0] * 26, [0] * 120), "wait", 10
    )
    assert found is not None
    assert [dose.fitted for dose in found.doses] == pytest.approx([50.0, 30.0, 30.0])


def test_few_answers_are_joined_and_one_bin_alone_is_no_curve() -> None:
    assert curve(answers([0.0] * 30 + [45.0] * 9, [0] * 39, [0] * 39), "wait", 10) is None
    assert curve(answers([np.nan] * 30, [0] * 30, [0] * 30), "wait", 10) is None
    found = curve(answers([0.0] * 12 + [45.0] * 12, [0] * 24, [0] * 24), "wait", 10)
    assert found is not None
    assert found.verdict is Verdict.TOO_FEW
