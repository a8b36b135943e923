"""Which way a text leans: by the company's own model of words where it has one, else by the shipped one."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.enrich.text_model.model import NEGATIVE, NEUTRAL, POSITIVE, SENTIMENT, TextModel, read_model

SHIPPED = Path(__file__).parents[1] / "defaults" / "sentiment.parquet"
"""Learned from a lexicon and from ratings of other companies' reviews by `python -m tests.teach`."""
THOUSANDTHS = 1000
LABELS = {NEGATIVE: -1, NEUTRAL: 0, POSITIVE: 1}


def sentiment_model(own: Path | None = None) -> TextModel:
    """The model at `own` where there is one that tells sentiment, else the shipped one; UserError for a damaged one."""
    if own is not None and own.exists():
        model = read_model(own)
        if model.tells(SENTIMENT):
            return model
    return read_model(SHIPPED)


class Sentiment:
    """A model ready to score texts; what is compiled is imported with the first text, as that takes a second."""

    def __init__(self, model: TextModel) -> None:
        """Takes a model that tells sentiment; `version` is its name beside each score."""
        self._model = model
        self.version = model.version

    def __call__(self, texts: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Label (1, 0, -1) and score (-1,000 to 1,000) of each text; both null where the model knows nothing of it."""
        if len(texts) == 0:
            return pa.array([], pa.int32()), pa.array([], pa.int32())
        from etl.enrich.text_model.scoring import Scorer, is_read, lean

        head, scorer = self._model.head(SENTIMENT), Scorer(self._model)
        sums = scorer.sums(texts)
        told = scorer.tell(sums, head)
        is_nothing = ~is_read(texts, self._model) | ~sums.any(axis=1)
        labels = np.array([LABELS[name] for name in head.classes], np.int32)[told.labels]
        scores = np.rint(THOUSANDTHS * lean(told, head)).astype(np.int32)
        return pa.array(labels, mask=is_nothing), pa.array(scores, mask=is_nothing)
