"""Tells cause, sentiment, language and the words that made them of any texts, by a taxonomy and a text model."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.causes.taxonomy import Taxonomy
from etl.enrich.causes.telling import told_of
from etl.enrich.language import UNKNOWN, languages
from etl.enrich.sentiment import sentiment_model
from etl.enrich.text_model.arrays import Floats
from etl.enrich.text_model.model import CAUSE, SENTIMENT, TextModel
from etl.enrich.text_model.scoring import Scorer, certainty, is_read, lean

DECIMALS = 6
BETWEEN = 0.5
"""The score of a text of which nothing is known."""


def classified(texts: pa.ChunkedArray, taxonomy: Taxonomy, own: TextModel | None) -> pa.Table:
    """Columns of text: cause, cause_score, sentiment, score, language, why; a row for each text.

    The company's own model tells what it was taught; else the taxonomy tells causes and the shipped model sentiment.
    """
    whole = texts.combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    if own is not None and own.tells(CAUSE):
        codes = languages(whole)
        told = _answer(whole, codes, own, CAUSE)
    else:
        found = told_of(whole, taxonomy)
        codes = found["language"].combine_chunks()
        told = _told_causes(found, codes, taxonomy)
    model = own if own is not None and own.tells(SENTIMENT) else sentiment_model()
    tone = _answer(whole, codes, model, SENTIMENT)
    why = [_why(cause_words, tone_words) for cause_words, tone_words in zip(told.words, tone.words, strict=True)]
    columns = told.label, told.certainty, tone.label, tone.negative, codes, pa.array(why, pa.string())
    return pa.table(list(columns), names=["cause", "cause_score", "sentiment", "score", "language", "why"])


class _Answer(NamedTuple):
    """What a head says of each text: its label, how certain that is, how negative the text, the words that made it."""

    label: pa.Array
    certainty: pa.Array
    negative: pa.Array
    words: Sequence[str]


def _answer(texts: pa.Array, codes: pa.Array, model: TextModel, name: str) -> _Answer:
    head, scorer = model.head(name), Scorer(model)
    told = scorer.tell(scorer.sums(texts), head)
    is_known = is_read(texts, model, codes)
    certain = certainty(told.margins, head)
    words = zip(scorer.reasons(texts, told.labels, head), is_known, strict=True)
    return _Answer(
        pc.if_else(pa.array(is_known), pa.array(head.classes, pa.string()).take(pa.array(told.labels)), UNKNOWN),
        pa.nulls(len(texts), pa.string()) if certain is None else _written(np.where(is_known, certain, 0.0)),
        _written(np.where(is_known, (1.0 - lean(told, head)) / 2, BETWEEN)),
        [own if known else "" for own, known in words],
    )


def _told_causes(told: pa.Table, codes: pa.Array, taxonomy: Taxonomy) -> _Answer:
    """The taxonomy's causes; a text in a language without phrases is unknown, one that tells none is left empty."""
    is_covered = pc.is_in(codes, pa.array([*taxonomy.languages, UNKNOWN]))
    cause = pc.if_else(is_covered, told["cause"], UNKNOWN)
    nothing = pa.nulls(len(codes), pa.string())
    return _Answer(cause, nothing, nothing, [words or "" for words in told["why"].to_pylist()])


def _written(values: Floats) -> pa.Array:
    return pa.array(np.round(values, DECIMALS)).cast(pa.string())


def _why(cause: str, tone: str) -> str:
    told = (f"{name}: {words}" for name, words in ((CAUSE, cause), (SENTIMENT, tone)) if words)
    return "; ".join(told)
