"""The language of support, as the shipped model hears it, and which model is used."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

from etl.enrich.sentiment import SHIPPED, Sentiment, sentiment_model
from etl.enrich.text_model.model import read_model, write_model
from etl.errors import UserError
from tests.etl.enrich.text_model.labelled import taught

NEGATIVE = (
    "not resolved",
    "my problem is not resolved",
    "still waiting",
    "still waiting for my refund",
    "nobody answers the phone",
    "my flight is cancelled again",
    "I have been on hold for 40 minutes",
    "not good",
    ":(",
    "immer noch keine Antwort",
    "Das Problem ist leider nicht gelöst",
)
NOT_NEGATIVE = (
    "no complaints",
    "No complaints at all, great service",
    "no problems, everything worked",
    "not bad at all",
    "😀",
    "👍",
    "Keine Beschwerden, alles super",
    "Sehr freundliche Mitarbeiter, gerne wieder",
)
UNKNOWN = ("Où est mon colis, je l'attends depuis trois semaines", "", "   ", None, "……")


def labels(*texts: str | None) -> list[int | None]:
    """The label of each text by the shipped model."""
    found: list[int | None] = Sentiment(sentiment_model())(pa.array(texts, pa.string()))[0].to_pylist()
    return found


@pytest.mark.parametrize("text", NEGATIVE)
def test_support_language_is_heard_as_negative(text: str) -> None:
    assert labels(text) == [-1]


@pytest.mark.parametrize("text", NOT_NEGATIVE)
def test_a_negation_of_trouble_is_no_trouble(text: str) -> None:
    assert labels(text)[0] in (0, 1)


def test_what_is_not_covered_has_no_label() -> None:
    assert labels(*UNKNOWN) == [None] * len(UNKNOWN)
    assert labels() == []


def test_scores_follow_the_labels() -> None:
    found, scores = Sentiment(sentiment_model())(pa.array(["worst company ever", "thank you so much!"]))
    assert found.to_pylist() == [-1, 1]
    assert -1000 <= scores[0].as_py() < -500
    assert 500 < scores[1].as_py() <= 1000


def test_the_shipped_model_holds_integers_of_tokens_and_no_numbers() -> None:
    model = read_model(SHIPPED)
    assert model.languages == ("de", "en", "ko")
    assert not any(re.search("[1-9]", words) for words in model.words)
    assert SHIPPED.stat().st_size < 400_000


def test_a_companys_own_model_counts_where_it_tells_sentiment(tmp_path: Path) -> None:
    own = tmp_path / "model.parquet"
    assert sentiment_model(own).version == sentiment_model().version
    write_model(taught().model, own)
    assert sentiment_model(own).version == taught().model.version
    own.write_bytes(b"no model")
    with pytest.raises(UserError, match="no text model"):
        sentiment_model(own)
