"""The alarm: when it sounds, that it starts anew, that it is two-sided."""

from etl.analysis.signals.cusum import Cusum


def test_small_deviations_add_up() -> None:
    cusum = Cusum()
    # 1.5 less the allowance of 0.75 passes 2.6 at the fourth.
    assert [cusum.step(1.5) for _ in range(8)] == [0, 0, 0, 1, 0, 0, 0, 1]


def test_downwards() -> None:
    cusum = Cusum()
    assert [cusum.step(residual) for residual in (-2.0, -2.0, 0.0, -1.0)] == [0, 0, 0, 0]
    assert cusum.step(-2.0) == -1


def test_what_is_within_the_allowance_never_sounds() -> None:
    cusum = Cusum()
    assert not any(cusum.step(0.75) for _ in range(200))
    assert cusum.step(3.4) == 1
