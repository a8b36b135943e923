"""Teaches a company's model: its labels, with the shipped model of sentiment as what is known before."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa

from etl.enrich.language import UNKNOWN, languages
from etl.enrich.sentiment import sentiment_model
from etl.enrich.text_model.features import Prior
from etl.enrich.text_model.learning import LARGEST_WEIGHT, Learned, learn
from etl.enrich.text_model.model import NEGATIVE, POSITIVE, SENTIMENT, TextModel

LEAST_SHARE = 0.02
"""A language is one of the model's from this share of the texts on."""


def teach(texts: pa.ChunkedArray, labels: Mapping[str, Sequence[str | None]], taught_by: str) -> Learned:
    """Learn from texts and, for each head, their labels."""
    told = Counter(languages(texts).to_pylist())
    seen = [code for code, count in told.items() if code != UNKNOWN and count >= LEAST_SHARE * len(texts)]
    return learn(texts, labels, shipped_prior(sentiment_model()), seen, taught_by)


def shipped_prior(model: TextModel) -> Prior:
    """How positive each token of a model of sentiment is."""
    classes, columns = model.head(SENTIMENT).classes, model.weights[:, model.columns(SENTIMENT)]
    lean = columns[:, classes.index(POSITIVE)] - columns[:, classes.index(NEGATIVE)].astype(float)
    tokens = model.tokens.tolist()
    values = (lean / (2 * LARGEST_WEIGHT)).tolist()
    return Prior(dict(zip(tokens, values, strict=True)), dict(zip(tokens, model.words, strict=True)))
