"""`python -m tests.teach EXPORTS` teaches the shipped model of sentiment anew, from a lexicon and from rated reviews.

The reviews are public exports of other companies: airline reviews of Skytrax (English), Trustpilot (German), Google
Play (Korean). Only weights of tokens that stand in many reviews are kept; no name of a reviewer is among them.
"""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from etl.enrich.sentiment import SHIPPED
from etl.enrich.text_model import kernel
from etl.enrich.text_model.features import Prior
from etl.enrich.text_model.learning import learn
from etl.enrich.text_model.model import MARGIN_STEP, NEGATIVE, NEUTRAL, POSITIVE, SENTIMENT, TextModel, write_model
from etl.enrich.text_model.tokens import words_tokens

LEAST = np.array([5, 5, 8, 8, 12])
MOST_VALENCE = 4.0
NEGATED_VALENCE = 0.74
"""How much of a word's valence "not" turns round: the lexicon's authors' own measure."""
MOST_TOKENS = 22_000
COARSE = 64
"""Weights are multiples of it, so that the file is small."""
NEUTRAL_BELOW = 0.72
"""Where fewer of the ratings agree with the sign of the words, they are taken for neutral."""
Rated = tuple[str, str]


def lexicon() -> Prior:
    """The words, emoticons and emoji of VADER that are one unit each, and what "not" makes of them."""
    analyzer = SentimentIntensityAnalyzer()
    valences = dict(analyzer.lexicon)
    for emoji, named in analyzer.emojis.items():
        valences[emoji] = sum(analyzer.lexicon.get(word, 0.0) for word in named.lower().split())
    tokens = words_tokens(list(valences))
    values: dict[int, float] = {}
    words: dict[int, str] = {}
    for (word, valence), token in zip(valences.items(), tokens.tolist(), strict=True):
        if token and valence and token not in values:
            values[token], words[token] = valence / MOST_VALENCE, word
            turned = int(kernel.negated(token))
            values[turned], words[turned] = -(1 + NEGATED_VALENCE) * valence / MOST_VALENCE, f"({word})"
    return Prior(values, words)


def reviews(exports: Path) -> Iterator[tuple[Rated, str]]:
    """Text, sentiment and the reviewer's name."""
    with (exports / "airline_reviews_skytrax/AirlineReviews.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            label = POSITIVE if row["recommended"] == "yes" else NEGATIVE
            yield (row["review"].strip('" '), label), row["Name"]
            text = row["long_review"].rpartition("|")[2]
            for part in (text, *re.split(r"(?<=[.!?])\s+", text)[-2:]):
                yield (part, label), row["Name"]
    with (exports / "trustpilot_flix_de/trustpilot.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["rating"] in ("1", "2"):
                yield (row["tweet"] or "", POSITIVE if row["rating"] == "1" else NEGATIVE), row["username"] or ""
    with (exports / "google_play_reviews/google_play_reviews.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["score"] != "3":
                yield (row["content"], POSITIVE if row["score"] in "45" else NEGATIVE), row["userName"]


def three_sided(model: TextModel) -> TextModel:
    """The model of two classes with neutral between them: zero weights, and a bias up to which signs say little."""
    head = model.heads[0]
    certain = np.array(head.certainty)
    width = int(np.searchsorted(certain, 1000 * NEUTRAL_BELOW)) * MARGIN_STEP
    middle = sum(head.biases) // 2
    size, negative, positive = model.weights.T
    lean = ((positive - negative) // (2 * COARSE) * COARSE).astype(np.int32)
    return replace(
        model,
        heads=(replace(head, classes=(NEGATIVE, NEUTRAL, POSITIVE), certainty=(), labels=0,
               biases=(head.biases[0] - middle, width // 2, head.biases[1] - middle)),),
        weights=np.column_stack([size, -lean, np.zeros_like(lean), lean]),
    )  # fmt: skip


def without_names(model: TextModel, names: set[str], known: Prior) -> TextModel:
    """The model without tokens that hold a reviewer's name, and of the others those that say most."""
    says = np.abs(model.weights[:, 1]).astype(np.int64)
    for place, (token, words) in enumerate(zip(model.tokens.tolist(), model.words, strict=True)):
        is_name = token not in known.values and not names.isdisjoint(words.split())
        # Numbers are read as 0s, so that a lexicon's "143" would speak for each number of three digits.
        if is_name or any(sign in "123456789" for sign in words):
            says[place] = -1
    kept = np.sort(np.argsort(-says, kind="stable")[: min(MOST_TOKENS, int((says > 0).sum()))])
    return replace(
        model, tokens=model.tokens[kept], weights=model.weights[kept], words=tuple(model.words[at] for at in kept)
    )


def teach(exports: Path) -> TextModel:
    """The shipped model."""
    pairs, names = zip(*reviews(exports), strict=True)
    texts, labels = zip(*pairs, strict=True)
    known = lexicon()
    learned = learn(
        pa.array(texts, pa.large_string()), {SENTIMENT: labels}, known, ("de", "en", "ko"), "ratings", LEAST
    )
    sys.stderr.write(f"{learned.quality[SENTIMENT]}\n")
    parts = {part for name in names for part in re.findall(r"\w{2,}", name.lower())}
    return without_names(three_sided(learned.model), parts, known)


if __name__ == "__main__":
    write_model(teach(Path(sys.argv[1])), SHIPPED)
