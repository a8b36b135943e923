"""Response rate and non-response warning against the definitions' vector."""

import pytest

from etl.analysis.response_rate import Stratum, response_rate

PHONE, CHAT = Stratum(800, 24, 8, 8, opted_out=3), Stratum(200, 14, 8, 18)


def test_the_vector_warns_of_another_mix_than_was_asked() -> None:
    found = response_rate({"phone": PHONE, "chat": CHAT})
    assert (found.rate, found.raw, found.opted_out) == (0.08, 15.0, 3)
    assert found.post_stratified == pytest.approx(30.0)
    assert found.distance == pytest.approx(0.30)
    assert found.warnings == ("those who answered are another mix than those who were asked",)


def test_strata_that_answer_alike_raise_nothing() -> None:
    found = response_rate([Stratum(800, 24, 8, 8), Stratum(200, 6, 2, 2)])
    assert (found.rate, found.raw, found.distance, found.warnings) == (0.05, 40.0, 0.0, ())
    assert found.post_stratified == pytest.approx(40.0)


@pytest.mark.parametrize(
    ("strata", "usual", "words"),
    [
        ([Stratum(1001, 30, 10, 10)], None, "only 5.0% answered"),
        ([Stratum(1000, 30, 20, 29)], 0.12, "far fewer answered than the usual 12.0%"),
        (
            [Stratum(5000, 400, 0, 0), Stratum(4000, 0, 0, 400)],
            None,
            "weighed by those who were asked it would be 11.1",
        ),
    ],
)
def test_each_reason_for_a_warning(strata: list[Stratum], usual: float | None, words: str) -> None:
    assert response_rate(strata, usual).warnings == (words,)


def test_a_fall_by_a_third_and_no_more_is_no_warning() -> None:
    assert response_rate([Stratum(1000, 30, 20, 30)], 0.12).warnings == ()


def test_a_stratum_of_nine_answers_is_not_weighed() -> None:
    assert response_rate([Stratum(90, 9, 0, 0), Stratum(90, 0, 10, 0)]).post_stratified == 0.0
    assert response_rate([Stratum(90, 9, 0, 0)]).post_stratified is None


def test_nobody_answered_and_nobody_was_asked() -> None:
    silent = response_rate([Stratum(300, 0, 0, 0)])
    assert (silent.rate, silent.raw, silent.post_stratified, silent.distance) == (0.0, None, None, 0.0)
    with pytest.raises(ValueError, match="no invitation was delivered"):
        response_rate([])
