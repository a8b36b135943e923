"""Reads texts with a text model: the labels, how certain they are, and the words that made them."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.language import UNKNOWN, languages
from etl.enrich.text_model import kernel
from etl.enrich.text_model.arrays import Flags, Floats, Integers
from etl.enrich.text_model.model import (
    NEGATIVE,
    POSITIVE,
    SIZE_STEP,
    SIZES,
    Head,
    TextModel,
    certainty_at,
    least_margin,
    least_value,
    multipliers,
)
from etl.enrich.text_model.tokens import Batch, alphabet, negations, tokens_of

LANES = 16
"""Rows of weights are as wide as a multiple of what a processor adds up in one step."""
TEXTS_PER_PART, FEWEST_TEXTS = 1 << 16, 1 << 12
"""A thread reads at most so many texts at once, and at least, as each part has to learn its words anew."""
KNOWN_WORDS = 1 << 15
HINTS = 1 << 17
LEAST_LABELS = 1_000
"""From so many labels on certainty is told."""
TOP_WORDS = 3
SURE_CHARACTERS = 30
MOST_LEAN = 4
"""So many units between positive and negative are as clear as can be."""
_SPAN_BITS = 24


@dataclass(frozen=True)
class Told:
    """What a head says of some texts: place of the class, margin over the next best, value of each class."""

    labels: Integers
    margins: Integers
    values: Integers


class Scorer:
    """A model laid out for reading many texts; what it says of a text does not depend on the others."""

    def __init__(self, model: TextModel) -> None:
        """Lays the model's tokens out as an open table, at most half full."""
        self.model = model
        self._slots = np.zeros(1 << max(4, (2 * len(model.tokens)).bit_length()), np.int64)
        self._places = np.zeros(len(self._slots), np.int32)
        self._width = model.weights.shape[1]
        self._weights = np.pad(model.weights.astype(np.int32), ((0, 0), (0, -self._width % LANES)))
        self._bits = np.zeros(HINTS, np.uint8)
        kernel.fill_table(np.ascontiguousarray(model.tokens), self._slots, self._places, self._bits)

    def sums(self, texts: pa.Array | pa.ChunkedArray) -> Integers:
        """A row for each text: its size, then the sum of weights of each class of each head."""
        cores = os.cpu_count() or 1
        parts = Batch.of(texts).parts(part_size(len(texts), cores))
        with ThreadPoolExecutor(cores) as threads:
            found = list(threads.map(self._part, parts))
        return np.concatenate([np.zeros((0, self._width), np.int64), *found])

    def tell(self, sums: Integers, head: Head) -> Told:
        """What a head says of texts with these sums."""
        return told(sums[:, 0], sums[:, self.model.columns(head.name)], head)

    def _part(self, batch: Batch) -> Integers:
        width = self._weights.shape[1]
        sums = np.zeros((len(batch), width), np.int64)
        slots = np.zeros(2 * KNOWN_WORDS, np.int64)
        known = slots, np.zeros(len(slots), np.int32), np.empty((KNOWN_WORDS + 1, width), np.int64)
        table = self._slots, self._places, self._weights, self._bits
        kernel.weigh(batch.data, batch.starts, alphabet(negations()), batch.room(), table, known, sums)
        return sums[:, : self._width]

    def reasons(self, texts: pa.Array | pa.ChunkedArray, labels: Integers, head: Head) -> Iterator[str]:
        """For each text the words that spoke most for its label over the other classes, as they stand in it."""
        columns = self._weights[:, self.model.columns(head.name)].astype(np.float64)
        leads = columns - (columns.sum(1, keepdims=True) - columns) / max(1, len(head.classes) - 1)
        order = np.argsort(self.model.tokens)
        for part, at in zip(Batch.of(texts).parts(TEXTS_PER_PART), range(0, len(texts), TEXTS_PER_PART), strict=False):
            yield from _reasons(part, leads, labels[at : at + TEXTS_PER_PART], order, self.model.tokens[order])


def part_size(texts: int, cores: int) -> int:
    """How many texts a thread reads at once, so that all end together: the parts are as many times the cores."""
    rounds = -(-texts // (cores * TEXTS_PER_PART))
    return max(FEWEST_TEXTS, -(-texts // max(1, cores * rounds)))


def told(sizes: Integers, sums: Integers, head: Head) -> Told:
    """The label of each text: the class of the highest value, the first of equals."""
    scale = multipliers()[np.minimum(sizes // SIZE_STEP, SIZES - 1)]
    values = sums * scale[:, None] + np.array(head.biases, np.int64)
    labels = values.argmax(axis=1) if len(values) else np.zeros(0, np.int64)
    best = np.sort(values, axis=1)
    return Told(labels, best[:, -1] - best[:, -2], values)


def is_read(texts: pa.Array | pa.ChunkedArray, model: TextModel, codes: pa.Array | None = None) -> Flags:
    """Whether a text is in a language that the model has seen; of a few words the language is too uncertain to tell.

    `codes` are the languages of the texts, where they are known already.
    """
    codes = languages(texts) if codes is None else codes
    is_seen = pc.is_in(codes, pa.array([*model.languages, UNKNOWN]))
    is_short = pc.less(pc.utf8_length(pc.fill_null(texts, "")), SURE_CHARACTERS)
    is_readable = pc.and_(pc.or_(is_seen, is_short), pc.is_valid(texts))
    return np.asarray(is_readable.to_numpy(zero_copy_only=False), np.bool_)


def is_sure(sums: Integers, told: Told, head: Head) -> Flags:
    """Whether a text's label may be told: its words speak for it, against all other classes, and the margin is wide."""
    biases = np.maximum(0, np.array(head.biases, np.int64))[told.labels]
    is_for = (sums[:, 0] > 0) & (told.values.max(axis=1, initial=-1) - biases > least_value(head))
    found: Flags = np.logical_and(is_for, told.margins >= least_margin(head))
    return found


def lean(told: Told, head: Head) -> Floats:
    """How positive each text is, from -1 to 1, by the values of positive and negative; 0 is between them."""
    positive, negative = (
        told.values[:, head.classes.index(name)] if name in head.classes else np.zeros(len(told.labels))
        for name in (POSITIVE, NEGATIVE)
    )
    return np.clip((positive - negative) / (MOST_LEAN * head.unit), -1.0, 1.0)


def certainty(margins: Integers, head: Head) -> Floats | None:
    """How often labels of these margins are right; None where too few labels taught the head to tell."""
    if head.labels < LEAST_LABELS or not head.certainty:
        return None
    return certainty_at(margins, head.certainty)


def _reasons(batch: Batch, leads: Floats, labels: Integers, order: Integers, ordered: Integers) -> Iterator[str]:
    """Pieces speak for the word that they stand in."""
    found = tokens_of(batch)
    place = np.minimum(np.searchsorted(ordered, found.tokens), max(0, len(ordered) - 1))
    known = np.flatnonzero(ordered[place] == found.tokens) if len(ordered) else np.zeros(0, np.int64)
    firsts, lasts, texts = found.firsts[known], found.lasts[known], found.texts[known]
    _, one, which = np.unique(firsts << _SPAN_BITS | (lasts - firsts), return_index=True, return_inverse=True)
    spans, own = np.column_stack([firsts[one], lasts[one]]), texts[one]
    total = np.bincount(which, leads[order[place[known]], labels[texts]], len(one)).astype(np.float64)
    ends = np.searchsorted(own, np.arange(len(batch) + 1))
    for text in range(len(batch)):
        rows = slice(ends[text], ends[text + 1])
        yield ", ".join(_best(batch, spans[rows], total[rows]))


def _best(batch: Batch, spans: Integers, totals: Floats) -> list[str]:
    """The words of the highest totals, none inside another."""
    chosen: list[tuple[int, int]] = []
    for place in np.argsort(-totals, kind="stable"):
        first, last = int(spans[place, 0]), int(spans[place, 1])
        if totals[place] <= 0 or len(chosen) == TOP_WORDS:
            break
        if all(last <= start or first >= end for start, end in chosen):
            chosen.append((first, last))
    return [" ".join(batch.data[first:last].tobytes().decode(errors="replace").split()) for first, last in chosen]
