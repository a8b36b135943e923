"""Texts as a sparse matrix of tokens for learning: counts, weighted by kind and rarity, by the size of the text."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array, csr_array, diags_array, hstack

from etl.enrich.text_model import kernel
from etl.enrich.text_model.arrays import Floats, Integers
from etl.enrich.text_model.model import MULTIPLIER, SIZE_STEP, SIZES, multipliers
from etl.enrich.text_model.tokens import Batch, Tokens, tokens_of

STRENGTH: Floats = np.array([1.0, 1.0, 0.7, 0.4, 0.33])
"""How much a whole word, a signal, a pair, a pair over a gap and a piece may say, before weights are learned."""
LEAST_TEXTS: Integers = np.array([2, 2, 2, 3, 3])
"""In so many texts a token must stand: what one person alone wrote is not learned."""
PRIOR_STRENGTH = 3.0
LENGTH = 1.4
"""The length of a text's row: the square root of two, as of a row of words and one of pieces each of length 1."""


@dataclass(frozen=True)
class Prior:
    """How positive tokens are known to be, from -1 to 1, and their words."""

    values: Mapping[int, float]
    words: Mapping[int, str]


@dataclass(frozen=True)
class Features:
    """The tokens of a model to be, and the texts over them: counts, without scales and sizes; the prior is summed."""

    tokens: Integers
    words: tuple[str, ...]
    sizes: Integers
    scales: Floats
    prior: Floats
    counts: csr_array

    def rows(self, chosen: Integers, *, with_prior: bool) -> csr_array:
        """The texts chosen, a column a token, and last what the prior says."""
        counts = self.counts[chosen]
        steps = np.minimum((counts @ self.sizes).astype(np.int64) // SIZE_STEP, SIZES - 1)
        size = diags_array(multipliers()[steps] / MULTIPLIER)
        matrix = size @ counts @ diags_array(self.scales)
        if not with_prior:
            return matrix.tocsr()
        return hstack([matrix, csr_array((size @ (counts @ self.prior))[:, None] * PRIOR_STRENGTH)]).tocsr()

    def by_token(self, weights: Floats, *, with_prior: bool) -> Floats:
        """The weight of one occurrence of each token, when these are the weights of the columns."""
        if not with_prior:
            return weights * self.scales[:, None]
        return weights[:-1] * self.scales[:, None] + np.outer(self.prior * PRIOR_STRENGTH, weights[-1])


def features(texts: pa.Array | pa.ChunkedArray, prior: Prior, least: Integers = LEAST_TEXTS) -> Features:
    """The tokens that stand in enough of the texts, and those of the prior, which need no text."""
    batch = Batch.of(texts)
    found = tokens_of(batch)
    tokens, first, place = np.unique(found.tokens, return_index=True, return_inverse=True)
    shape = len(batch), len(tokens)
    counts = coo_array((np.ones(len(place)), (found.texts, place)), shape).tocsr()
    in_texts = np.bincount(counts.indices, minlength=len(tokens))
    kinds = found.kinds[first]
    is_learned = in_texts >= least[kinds]
    scales = np.where(is_learned, STRENGTH[kinds] * LENGTH * (1 + np.log(len(batch) / np.maximum(1, in_texts))), 0.0)
    sizes = np.where(is_learned, np.maximum(1, np.rint((scales / LENGTH) ** 2)), 0).astype(np.int64)
    known = np.array([prior.values.get(int(token), 0.0) for token in tokens])
    kept = np.flatnonzero(is_learned | (known != 0))
    unseen = np.array(sorted(set(prior.values).difference(tokens.tolist())), np.int64)
    words = [prior.words.get(int(tokens[at])) or _words(batch, found, first[at]) for at in kept]
    return Features(
        np.concatenate([tokens[kept], unseen]), (*words, *(prior.words[int(token)] for token in unseen)),
        np.concatenate([sizes[kept], np.zeros(len(unseen), np.int64)]),
        np.concatenate([scales[kept], np.zeros(len(unseen))]),
        np.concatenate([known[kept], [prior.values[int(token)] for token in unseen]]),
        _widened(counts[:, kept], len(unseen)),
    )  # fmt: skip


def _widened(counts: csr_array, columns: int) -> csr_array:
    return csr_array((counts.data, counts.indices, counts.indptr), (counts.shape[0], counts.shape[1] + columns))


def _words(batch: Batch, found: Tokens, row: int) -> str:
    """How a reader sees a token, with no more of the text in it than the token holds; empty for pieces of words."""
    kind = found.kinds[row]
    if kind == kernel.PIECE:
        return ""
    text = batch.data[found.firsts[row] : found.lasts[row]].tobytes().decode(errors="replace").lower()
    words = ["@" if word[0] == "@" else "link" if word.startswith(("http", "www.")) else word for word in text.split()]
    plain = "".join("0" if sign.isdigit() else sign for sign in " ".join(words))
    if kind == kernel.SIGNAL:
        return f"({plain})"
    return f"{words[0]} … {words[-1]}" if kind == kernel.SKIP and len(words) > 2 else plain
