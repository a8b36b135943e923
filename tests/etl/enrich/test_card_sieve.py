"""The sieve for cards: every reading with a card passes, and of digits without one few do."""

import random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.enrich.card_sieve import sieve
from etl.enrich.cards import cards, is_luhn
from etl.enrich.redact import redact

READINGS = {
    "4111 1111-1111.1111": True,
    "é 4111111111111111": True,
    "4111 - 1111 1111 1111": True,
    "4111  -  1111 1111 1111": False,
    "4111111111111112": False,
    "41111111111111110": False,
    "12 4111111111111111 34": True,
    "4111": False,
    "1111 1111 1111": False,
    "": False,
    "no digit": False,
    "order 123-4567890-1234567": True,
    "order 123-4567890-1234568": False,
}


def _with_check_digit(digits: str) -> str:
    return next(f"{digits}{last}" for last in range(10) if is_luhn(f"{digits}{last}"))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_whole_groups_with_a_check_digit_pass_and_no_number_goes_on_in_the_next_reading(kind: pa.DataType) -> None:
    readings = pa.array(list(READINGS), kind)
    assert dict(zip(READINGS, sieve(readings).to_pylist(), strict=True)) == READINGS
    assert sieve(readings.slice(2, 5)).to_pylist() == list(READINGS.values())[2:7]


@given(
    st.text("0123456789", min_size=11, max_size=18).map(_with_check_digit),
    st.lists(st.sampled_from(["", "", "", "", " ", "-", ".", " - ", "    ", "é"]), min_size=19, max_size=19),
    st.sampled_from(["", "card ", "é", "12 ", "a-"]),
)
def test_each_reading_in_which_a_card_is_found_passes(digits: str, gaps: list[str], before: str) -> None:
    text = before + "".join(digit + gap for digit, gap in zip(digits, gaps, strict=False))
    assert sieve(pa.array([text])).to_pylist() == [True] or list(cards(text)) == []


def test_of_order_numbers_one_in_ten_passes_and_none_changes() -> None:
    rng = random.Random(3)
    texts = pa.array([f"order 9{rng.randrange(10**4):04}-4{rng.randrange(10**12):012}" for _ in range(2_000)])
    assert 150 < sum(sieve(texts).to_pylist()) < 500
    assert redact(texts).equals(texts)
