"""That the certainty of labels holds on texts that were not learned from."""

import numpy as np
import pyarrow as pa

from etl.enrich.text_model.features import Prior
from etl.enrich.text_model.learning import learn
from etl.enrich.text_model.scoring import Scorer, certainty

CLASSES = np.array(["billing", "crew", "delay", "refund"])


def texts_and_classes(count: int) -> tuple[pa.Array, list[int]]:
    """Texts of eight of 400 rare words, of which each class has a hundred that it says rather more often."""
    draw = np.random.default_rng(5)
    classes = draw.integers(0, len(CLASSES), count)
    own = draw.random((count, 8)) < 0.25
    words = np.where(own, classes[:, None] * 100 + draw.integers(0, 100, (count, 8)), draw.integers(0, 400, (count, 8)))
    names = ["".join(chr(97 + int(digit)) for digit in f"{word:03}") + "q" for word in range(400)]
    return pa.array([" ".join(names[word] for word in row) for row in words]), classes.tolist()


def test_as_many_labels_are_right_as_their_certainty_says() -> None:
    texts, classes = texts_and_classes(4_000)
    labels = [str(CLASSES[place]) for place in classes[:1_000]]
    model = learn(texts.slice(0, 1_000), {"cause": labels}, Prior({}, {}), ("en",), "a test").model
    scorer, head = Scorer(model), model.heads[0]
    told = scorer.tell(scorer.sums(texts.slice(1_000)), head)
    certain = certainty(told.margins, head)
    assert certain is not None
    assert abs(certain.mean() - (told.labels == np.array(classes[1_000:])).mean()) < 0.02
