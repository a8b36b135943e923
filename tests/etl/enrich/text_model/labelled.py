"""Labelled texts made of a few phrases: two causes, three sentiments."""

from collections.abc import Iterator
from functools import cache

import pyarrow as pa

from etl.enrich.text_model.features import Prior
from etl.enrich.text_model.learning import Learned, learn

SAID = {
    ("late", "negative"): ("my parcel is late", "still waiting for the parcel", "three days late again"),
    ("billing", "negative"): ("you charged me twice", "the bill is wrong", "wrong amount on my card"),
    ("", "neutral"): ("when do you open", "where is the shop", "which sizes are there"),
    ("", "positive"): ("thank you, great help", "love it 😀", "very friendly people"),
}
ENDS = ("", " please", " today", " and so on", "!", " in Leeds", " since Monday", " 12345", " @shop", " ok")


def said() -> Iterator[tuple[str, str | None, str]]:
    """Text, cause and sentiment."""
    for (cause, sentiment), texts in SAID.items():
        for text in texts:
            for end in ENDS:
                yield text + end, cause or None, sentiment


@cache
def taught() -> Learned:
    """A model of both, without a prior."""
    texts, causes, sentiments = zip(*said(), strict=True)
    labels = {"cause": causes, "sentiment": sentiments}
    return learn(pa.array(texts), labels, Prior({}, {}), ("en",), "a test")
