"""Languages of short texts: those of customers' usual words, and "unknown" where nothing can be told."""

import pyarrow as pa
import pytest

from etl.enrich.language import UNKNOWN, languages

SENTENCES = (
    ("still waiting for my refund", "en"),
    ("lost luggage again", "en"),
    ("no complaints, great service 😀", "en"),
    ("App stürzt ab", "de"),
    ("Meine Bestellung ist immer noch nicht da", "de"),
    ("Je n'ai toujours pas reçu ma commande", "fr"),
    ("El vuelo salió con tres horas de retraso", "es"),
    ("O atendimento foi péssimo", "pt"),
    ("Il servizio clienti non risponde mai", "it"),
    ("De bezorging was te laat en de doos was kapot", "nl"),
    ("荷物が届きません", "ja"),
)
WORDLESS = (None, "", "  ", "👍👍", "?!", "12345", "https://t.co/abc @airline #fail", "[EMAIL] [PHONE]")


@pytest.mark.parametrize(("text", "language"), SENTENCES)
def test_the_language_of_a_few_words(text: str, language: str) -> None:
    assert languages(pa.array([text])).to_pylist() == [language]


def test_what_holds_no_words_is_unknown() -> None:
    assert languages(pa.array(WORDLESS, pa.string())).to_pylist() == [UNKNOWN] * len(WORDLESS)


def test_lines_addresses_and_handles_do_not_change_the_answer() -> None:
    texts = pa.chunked_array([["@bahn der Zug\nist\r\nwieder zu spät https://t.co/x #bahn"], ["where is my money?"]])
    assert languages(texts).to_pylist() == ["de", "en"]


def test_no_texts_no_languages() -> None:
    assert languages(pa.array([], pa.string())) == pa.array([], pa.string())
