"""Which way a text leans, by the words of a lexicon; English only, so a text without Latin letters has no answer."""

import re
from functools import cache
from importlib.metadata import version

import pyarrow as pa
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

MODEL = f"vader {version('vaderSentiment')}"
LEANS_AT = 0.05
"""From this compound score on a text is positive, from its negative on negative: the lexicon's authors' own limit."""
LATIN = re.compile(r"[A-Za-z]{2}")
THOUSANDTHS = 1000


def scored(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Label (1, 0, -1) and score (-1,000 to 1,000) of each text; both null where nothing can be told."""
    pairs = [_scored(text) for text in texts.to_pylist()]
    labels, scores = zip(*pairs, strict=True) if pairs else ((), ())
    return pa.array(labels, pa.int32()), pa.array(scores, pa.int32())


def _scored(text: str | None) -> tuple[int | None, int | None]:
    if text is None or not LATIN.search(text):
        return None, None
    compound = _analyzer().polarity_scores(text)["compound"]
    label = 1 if compound >= LEANS_AT else -1 if compound <= -LEANS_AT else 0
    return label, round(compound * THOUSANDTHS)


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()
