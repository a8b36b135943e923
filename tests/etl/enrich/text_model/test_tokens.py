"""What units, signals, pairs and pieces a text has, and that hostile bytes are read to their end."""

import pyarrow as pa
import pytest

from etl.enrich.text_model import kernel
from etl.enrich.text_model.tokens import Batch, tokens_of, words_tokens


def spans(text: str, kind: int) -> list[str]:
    """The tokens of one kind as they stand in the text."""
    batch = Batch.of(pa.array([text]))
    found = tokens_of(batch)
    rows = zip(found.firsts[found.kinds == kind], found.lasts[found.kinds == kind], strict=True)
    return [batch.data[first:last].tobytes().decode() for first, last in rows]


def test_units_are_words_handles_links_signs_and_single_ideographs() -> None:
    text = "I've WAITED :( @shop_uk https://x.co/a?b 😀 now!! 天気"
    assert spans(text, kernel.WHOLE) == [
        "I've",
        "WAITED",
        ":(",
        "@shop_uk",
        "https://x.co/a?b",
        "😀",
        "now",
        "!!",
        "天",
        "気",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DON'T", "dont"),
        ("don’t", "dont"),
        ("soooo", "soo"),
        ("Ärger", "ärger"),
        ("ПЛОХО", "плохо"),
        ("£25", "99"),
        ("@a", "@b"),
        ("http://a.b", "https://c.d/e"),
        (":)", ":-)"),
    ],
)
def test_what_reads_alike_is_one_token(one: str, other: str) -> None:
    first, second = words_tokens([one, other]).tolist()
    assert first == second != 0


def test_words_of_different_meaning_have_different_tokens() -> None:
    words = ["good", "goods", "no", "on", "!", "?", ":(", ":)", "😀", "😡", "天", "気"]
    assert len(set(words_tokens(words).tolist()) - {0}) == len(words)


def test_not_reaches_three_words_and_ends_with_the_clause() -> None:
    turned = {int(kernel.negated(token)) for token in words_tokens(["resolved", "good", "far", "late"]).tolist()}

    def count(text: str) -> int:
        return len(turned.intersection(tokens_of(Batch.of(pa.array([text]))).tokens.tolist()))

    assert count("this is not resolved") == 1
    assert count("not really very good") == 1
    assert count("not a b c far") == 0
    assert count("no, late") == 0


def test_pieces_of_a_word_count_its_edges_in() -> None:
    found = tokens_of(Batch.of(pa.array(["cat", "concat"])))
    cat, concat = ({*found.tokens[(found.kinds == kernel.PIECE) & (found.texts == row)].tolist()} for row in (0, 1))
    assert len(cat) == 6  # " ca", "cat", "at ", " cat", "cat ", " cat "
    assert len(cat & concat) == 3  # "cat", "at ", "cat "


def test_nulls_empty_texts_and_slices_have_their_own_rows() -> None:
    texts = pa.array(["skipped", "one", None, "", "two three"]).slice(1)
    found = tokens_of(Batch.of(texts))
    whole = found.kinds == kernel.WHOLE
    assert found.texts[whole].tolist() == [0, 3, 3]
    assert found.table().column_names == ["text", "token"]


@pytest.mark.parametrize("text", ["😀", "a😀", "@", ":", ":-", "<", "é", "天", "x" * 5000, "!" * 5000, "http://", "'"])
def test_each_end_of_a_text_is_read(text: str) -> None:
    assert len(tokens_of(Batch.of(pa.array([text, text]))).texts) % 2 == 0
