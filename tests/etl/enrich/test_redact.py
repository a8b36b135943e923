"""Redaction: labelled cases, nothing else altered, nulls and types kept."""

import re
import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.enrich.cards import is_luhn
from etl.enrich.ibans import is_mod_97
from etl.enrich.reading import DISGUISE_PATTERN, read, readings
from etl.enrich.redact import detectors, redact
from tests.etl.enrich.held_out import cases
from tests.etl.enrich.redaction_cases import MASKED, UNTOUCHED


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_is_masked(text: str, expected: str) -> None:
    assert redact(pa.array([text])).to_pylist() == [expected]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_texts_come_back_byte_for_byte(text: str) -> None:
    assert redact(pa.array([text])).to_pylist() == [text]


@pytest.mark.parametrize("text", [text for text, _ in MASKED])
def test_masking_again_changes_nothing(text: str) -> None:
    once = redact(pa.array([text]))
    assert redact(once).equals(once)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_nulls_and_type_are_kept(kind: pa.DataType) -> None:
    masked = redact(pa.array(["a@b.de", None, "fine", "naïve"], kind))
    assert masked.equals(pa.array(["[EMAIL]", None, "fine", "naïve"], kind))


def test_chunks_slices_and_emptiness() -> None:
    chunked = pa.chunked_array([["x", "a@b.de"], [None, "c@d.fr"]])
    assert redact(chunked).to_pylist() == ["x", "[EMAIL]", None, "[EMAIL]"]
    assert redact(chunked.slice(1, 2)).to_pylist() == ["[EMAIL]", None]
    assert redact(pa.chunked_array([], pa.string())).to_pylist() == []
    assert redact(pa.nulls(2)).to_pylist() == [None, None]


def test_regions_decide_national_numbers() -> None:
    text = pa.array(["06 12 34 56 78"])
    assert redact(text, ("US",)).to_pylist() == text.to_pylist()
    assert redact(text, ("FR",)).to_pylist() == ["[PHONE]"]


def test_a_prefilter_selects_each_text_in_which_its_detector_finds_something() -> None:
    plain = readings(pa.array([text for text, _ in MASKED] + [case.text for case in cases(3, 600)]))
    for detector in detectors():
        is_selected = detector.selects(plain).tolist()
        is_found = [bool(list(detector.find(text))) for text in plain.to_pylist()]
        assert sum(is_found) > 10
        assert [
            text
            for text, chosen, found in zip(plain.to_pylist(), is_selected, is_found, strict=True)
            if found and not chosen
        ] == []


def test_a_handle_does_not_pass_the_prefilter() -> None:
    prefilters = "|".join(detector.prefilter for detector in detectors())
    tweets = pa.array(["@sprintcare I did.", "@115712 We'd like a DM. -AA", "so .@VirginAtlantic, 12 hours…"])
    assert pa.compute.match_substring_regex(tweets, prefilters).to_pylist() == [False] * 3


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("a1 5.@-+()é\u200b５\u2011ﬁ😀"), max_size=60))
def test_masks_replace_spans_and_keep_the_rest(text: str) -> None:
    masked = redact(pa.array([text])).to_pylist()[0]
    kept = [re.escape(piece) for piece in re.split(r"\[(?:EMAIL|PHONE|CARD|IBAN)\]", masked)]
    assert re.fullmatch("(?s:.+)".join(kept), text)


@given(st.text(max_size=40))
def test_a_reading_knows_where_each_character_came_from(text: str) -> None:
    reading = read(text)
    for place in range(len(reading.text)):
        start, end = reading.original(place, place + 1)
        assert reading.text[place] in read(text[start:end]).text


def test_every_character_that_reads_as_a_digit_or_a_sign_is_a_disguise() -> None:
    # Accents standing alone (a space and a mark) and dots run together do not make up any of the detected data.
    characters = [chr(code) for code in range(128, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    read_otherwise = [
        character
        for character, plain in ((character, unicodedata.normalize("NFKC", character)) for character in characters)
        if plain != character and re.search(r"^ *$|[0-9@.+()\[\]-]", plain) and character != "…"
    ]
    assert len(read_otherwise) > 400
    assert pa.compute.match_substring_regex(pa.array(read_otherwise), DISGUISE_PATTERN).to_pylist() == [True] * len(
        read_otherwise
    )


def test_long_hostile_texts_end() -> None:
    hostile = ["a" * 20_000 + "@" * 20_000, "1 " * 5_000, "a.b" * 10_000 + " at x dot", "DE89 " * 5_000, "(" * 9_999]
    assert len(redact(pa.array(hostile))) == len(hostile)


@pytest.mark.parametrize(("digits", "expected"), [("4111111111111111", True), ("4111111111111112", False)])
def test_luhn(digits: str, expected: bool) -> None:
    assert is_luhn(digits) is expected


@pytest.mark.parametrize(("iban", "expected"), [("GB82WEST12345698765432", True), ("GB83WEST12345698765432", False)])
def test_mod_97(iban: str, expected: bool) -> None:
    assert is_mod_97(iban) is expected
