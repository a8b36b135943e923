"""Whether a driver weighs more than noise: noise itself hardly ever does, what counts nearly always."""

import numpy as np
import pytest

from etl.analysis.drivers import significance
from etl.analysis.drivers.significance import weigh
from tests.bench.drivers import sample


@pytest.mark.parametrize("correlation", [0.0, 0.3])
def test_noise_is_not_called_a_driver_and_drivers_are(correlation: float) -> None:
    runs = [weigh(*sample(np.random.default_rng(seed), correlation=correlation)).drivers for seed in range(20)]
    sure = [each.name for found in runs for each in found if each.is_significant]
    assert "noise" not in sure
    assert len(sure) >= 36, "two drivers in each of 20 runs, of which nine in ten are to be found"


def test_shares_add_up_to_all_that_is_explained() -> None:
    found = weigh(*sample(np.random.default_rng(1)))
    assert sum(each.weight for each in found.drivers) == pytest.approx(found.r_squared)
    assert sum(each.share for each in found.drivers) == pytest.approx(1.0)
    assert [each.weight for each in found.drivers] == sorted((each.weight for each in found.drivers), reverse=True)
    assert all(each.low <= each.high for each in found.drivers)


def test_the_same_answers_give_the_same_drivers() -> None:
    assert weigh(*sample(np.random.default_rng(2))) == weigh(*sample(np.random.default_rng(2)))


def test_which_way_is_said_only_where_it_is_sure() -> None:
    rng = np.random.default_rng(4)
    wait, noise = rng.normal(size=400), rng.normal(size=400)
    found = {each.name: each for each in weigh({"wait": wait, "noise": noise}, -wait + rng.normal(size=400)).drivers}
    assert (found["wait"].direction, found["noise"].direction) == (-1, 0)
    assert found["wait"].correlation == pytest.approx(found["wait"].coefficient, abs=0.02)


def test_many_answers_are_drawn_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    columns, score = sample(np.random.default_rng(3), n=1_000)
    whole = {each.name: each for each in weigh(columns, score).drivers}
    monkeypatch.setattr(significance, "MOST_BLOCKS", 250)
    for each in weigh(columns, score).drivers:
        assert each.is_significant == whole[each.name].is_significant
        assert (each.low, each.high) == pytest.approx((whole[each.name].low, whole[each.name].high), abs=0.03)


@pytest.mark.parametrize(("count", "n", "reason"), [(1, 99, "n=99, 100"), (12, 119, "n=119, 120")])
def test_too_few_answers_give_no_driver(count: int, n: int, reason: str) -> None:
    columns = {f"x{number}": np.arange(float(n)) % (number + 2) for number in range(count)}
    found = weigh(columns, np.arange(float(n)))
    assert found.drivers == ()
    assert reason in found.reason


def test_without_any_driver_it_says_so() -> None:
    assert weigh({}, np.arange(200.0)).reason == "nothing that stands beside the score varies"
