"""What a segment must gain: the share of a kind's candidates adds up to one, and a second one of a kind needs less."""

import numpy as np
import pytest

from etl.analysis.localise.chance import DOUBT, DOUBT_OF_MORE, by_chance, doubt, doubts, kind_of

CHAT, PHONE, LOAN = ((0, 1),), ((0, 2),), ((2, 0),)


def test_the_candidates_of_a_kind_share_one_chance() -> None:
    found = by_chance(np.array([[300.0, 100.0], [500.0, 100.0]]), 1_000.0)
    assert np.exp(-found).sum() == pytest.approx(1.0)
    assert found[0, 1] - found[1, 0] == pytest.approx(np.log(5))


def test_a_segment_without_anything_counted_is_never_named() -> None:
    assert by_chance(np.array([0.0]), 1_000.0)[0] > 20


def test_another_of_a_named_kind_is_doubted_less() -> None:
    assert kind_of(((0, 1), (2, 4))) == (0, 2)
    assert [doubt(kind_of(PHONE), named) for named in ([], [LOAN], [LOAN, CHAT])] == [DOUBT, DOUBT, DOUBT_OF_MORE]
    assert doubts([CHAT, PHONE, LOAN]) == 2 * DOUBT + DOUBT_OF_MORE
