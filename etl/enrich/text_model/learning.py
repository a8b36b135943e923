"""Learns a text model from labelled texts: each class against the others, rare ones weighted up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize
from scipy.sparse import csr_array

from etl.enrich.text_model.arrays import Floats, Integers
from etl.enrich.text_model.features import LEAST_TEXTS, Features, Prior, features
from etl.enrich.text_model.model import MULTIPLIER, SENTIMENT, Head, TextModel
from etl.enrich.text_model.quality import Quality, certainties, macro_f1, quality

COSTS = (0.05, 0.2)
FOLDS = 4
LARGEST_WEIGHT = 20_000
LARGEST_CHOICE = 6_000
"""So many texts choose the cost; with more its choice no longer changes."""
STEPS = 60


@dataclass(frozen=True)
class Learned:
    """A model, and for each of its heads how it did on texts that its weights had not seen."""

    model: TextModel
    quality: dict[str, Quality]


@dataclass(frozen=True)
class _Taught:
    """One head with real weights, a row a token of the model, on the scale of its integers."""

    head: Head
    weights: Floats
    quality: Quality


def learn(
    texts: pa.Array | pa.ChunkedArray,
    labels: Mapping[str, Sequence[str | None]],
    prior: Prior,
    languages: Sequence[str],
    taught_by: str,
    least: Integers = LEAST_TEXTS,
) -> Learned:
    """Learn one head for each column of labels; a text without a label teaches nothing to that head.

    Each head needs two classes of FOLDS texts at least. Equal texts and labels give an equal model.
    """  # fmt: skip
    seen = features(texts, prior, least)
    taught = [_teach(seen, name, column) for name, column in labels.items()]
    weights = np.column_stack([seen.sizes, *(one.weights for one in taught)])
    said = np.flatnonzero(np.rint(weights[:, 1:]).any(axis=1))
    kept = said[np.argsort(seen.tokens[said])]
    words = tuple(seen.words[row] for row in kept.tolist())
    model = TextModel(
        tuple(one.head for one in taught), tuple(sorted(set(languages))), seen.tokens[kept], words,
        np.rint(weights[kept]).astype(np.int32), taught_by,
    )  # fmt: skip
    return Learned(model, {one.head.name: one.quality for one in taught})


def _teach(seen: Features, name: str, column: Sequence[str | None]) -> _Taught:
    labelled = [(row, label) for row, label in enumerate(column) if label is not None]
    rows = np.array([row for row, _ in labelled], np.int64)
    classes = sorted({label for _, label in labelled})
    wanted = np.array([classes.index(label) for _, label in labelled], np.int64)
    matrix = seen.rows(rows, with_prior=name == SENTIMENT)
    cost = _cost(matrix, wanted, len(classes))
    # Fewer texts pull less at the weights; the cost makes up for it, so that margins are as wide as with all texts.
    values = _held_out(matrix, wanted, len(classes), cost * FOLDS / (FOLDS - 1))
    weights, biases = _fit(matrix, wanted, len(classes), cost)
    by_token = seen.by_token(weights, with_prior=name == SENTIMENT)
    scale = LARGEST_WEIGHT / max(float(np.abs(by_token).max()), 1e-9)
    best = np.sort(values, axis=1)
    margins = (best[:, -1] - best[:, -2]) * scale * MULTIPLIER
    is_right = values.argmax(axis=1) == wanted
    certain = certainties(margins, is_right)
    head = Head(
        name, tuple(classes), tuple(int(bias) for bias in np.rint(biases * scale * MULTIPLIER)),
        certain, len(rows), round(scale * MULTIPLIER),
    )  # fmt: skip
    return _Taught(head, by_token * scale, quality(wanted, values, margins, certain))


def _cost(matrix: csr_array, wanted: Integers, classes: int) -> float:
    """Of the costs the one whose labels of held-out texts have the best macro-F1."""
    some = np.random.default_rng(0).permutation(len(wanted))[:LARGEST_CHOICE]
    chosen, subset = wanted[some], matrix[some]
    found = [macro_f1(chosen, _held_out(subset, chosen, classes, cost).argmax(axis=1)) for cost in COSTS]
    return COSTS[int(np.argmax(found))]


def _held_out(matrix: csr_array, wanted: Integers, classes: int, cost: float) -> Floats:
    """The values of each text under weights learned from the other folds; each class is in each fold alike."""
    order = np.lexsort((np.random.default_rng(0).permutation(len(wanted)), wanted))
    fold = np.empty(len(wanted), np.int64)
    fold[order] = np.arange(len(wanted)) % FOLDS
    values = np.zeros((len(wanted), classes))
    for out in range(FOLDS):
        weights, biases = _fit(matrix[fold != out], wanted[fold != out], classes, cost)
        values[fold == out] = matrix[fold == out] @ weights + biases
    return values


def _fit(matrix: csr_array, wanted: Integers, classes: int, cost: float) -> tuple[Floats, Floats]:
    """Weights and biases of squared hinges, each class against the rest; all classes weigh alike."""
    rows, width = matrix.shape
    signs = np.where(wanted[:, None] == np.arange(classes), 1.0, -1.0)
    shares = rows / (classes * np.maximum(1, np.bincount(wanted, minlength=classes)))
    costs = cost * np.where(signs > 0, shares, 1.0)
    turned = matrix.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(width + 1, classes)
        short = np.maximum(0.0, 1.0 - signs * (matrix @ weights[:-1] + weights[-1]))
        slope = -2.0 * costs * signs * short
        steepness = np.vstack([turned @ slope, slope.sum(axis=0)]) + weights
        return float((costs * short * short).sum() + 0.5 * (weights * weights).sum()), steepness.ravel()

    found = minimize(
        loss, np.zeros((width + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": 1e-5}
    )
    weights = found.x.reshape(width + 1, classes)
    return weights[:-1], weights[-1]
