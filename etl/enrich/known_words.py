"""Looks for known words in many texts at once: which texts hold two neighbouring words, or a word, of a large set.

A word is known by its first eight bytes without regard to case. Where a letter with an accent stands among them, only
what comes before it counts, so that a text is found whether or not it is written with accents. Words are numbered by a
hash, so that some other texts are found, too: whoever asks looks at each text that is found.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

_BLOCK_TEXTS = 8_192
_BITS = 22
_HEAD_BYTES = 8
_FEWEST_BYTES_ALONE = 6
_SHIFT = np.uint64(64 - _BITS)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_OTHER_ODD = np.uint64(0xC2B2AE3D27D4EB4F)
_LOWER = np.uint64(0x2020202020202020)
_HIGH = np.uint64(0x8080808080808080)
_CUT_MARK = np.uint64(0xFF00FF00FF00FF00)
# Signs of three bytes that begin with E2 are quotation marks and dashes, of two bytes with C2 as well.
_IS_WORD = bytes(
    chr(byte).isalnum() if byte < 0x80 else byte not in (0xC2, 0xE2)  # noqa: PLR2004
    for byte in range(256)
)


@dataclass(frozen=True)
class WordSets:
    """Which numbers the first words, the second words, the pairs of them and the words alone have."""

    firsts: Flags
    seconds: Flags
    pairs: Flags
    alone: Flags

    def selects(self, texts: pa.Array) -> pa.Array:
        """For each text whether it may hold a known pair of words or a known word; false for a null."""
        found = np.zeros(len(texts), dtype=bool)
        for begin in range(0, len(texts), _BLOCK_TEXTS):
            self._look(texts.slice(begin, _BLOCK_TEXTS), found[begin : begin + _BLOCK_TEXTS])
        return pa.array(found)

    def _look(self, texts: pa.Array, found: Flags) -> None:
        data, ends_of_texts = _bytes(texts)
        starts, ends = _words(data, ends_of_texts)
        if not len(starts):
            return
        heads, is_cut = _heads(data, starts, ends)
        numbers = _number(heads, is_cut)
        is_first = self.firsts[numbers[:-1]]
        candidates = np.flatnonzero(is_first)
        candidates = candidates[self.seconds[numbers[candidates + 1]]]
        is_loose = is_cut[candidates] | is_cut[candidates + 1]
        pairs = _pair_number(heads[candidates], heads[candidates + 1])
        places = starts[candidates[is_loose | self.pairs[pairs]]]
        if self.alone.any():
            long = np.flatnonzero(ends - starts >= _FEWEST_BYTES_ALONE)
            numbers = _alone_number(heads[long], _tails(data, starts[long], ends[long]))
            places = np.concatenate([places, starts[long[self.alone[numbers]]]])
        found[np.searchsorted(ends_of_texts, places, side="right")] = True


def word_sets(pairs: Iterable[tuple[str, str]], alone: Iterable[str]) -> WordSets:
    """The sets for pairs of words and for words alone, all in lower case and without accents."""
    pairs = list(pairs)
    first_heads, second_heads = (_packed([pair[side] for pair in pairs]) for side in (0, 1))
    words = list(alone)
    tails = np.array([int.from_bytes(_ascii(word)[-_HEAD_BYTES:], "little") for word in words], dtype=np.uint64)
    return WordSets(
        _flags(_with_cuts({pair[0] for pair in pairs})),
        _flags(_with_cuts({pair[1] for pair in pairs})),
        _flags(_pair_number(first_heads, second_heads)),
        _flags(_alone_number(_packed(words), tails)),
    )


def _flags(numbers: Numbers) -> Flags:
    flags = np.zeros(1 << _BITS, dtype=bool)
    flags[numbers] = True
    return flags


def _ascii(word: str) -> bytes:
    return word.encode("ascii", "replace")


def _packed(words: list[str]) -> Numbers:
    heads = [int.from_bytes(_ascii(word)[:_HEAD_BYTES], "little") for word in words]
    return np.array(heads, dtype=np.uint64) | _lower_mask(np.array([len(word) for word in words], dtype=np.int64))


def _lower_mask(lengths: npt.NDArray[np.int64]) -> Numbers:
    return _LOWER & _below(lengths)


def _below(lengths: npt.NDArray[np.int64]) -> Numbers:
    """Numbers whose lowest `lengths` bytes are all ones."""
    unused = ((_HEAD_BYTES - np.minimum(lengths, _HEAD_BYTES)) * 8).astype(np.uint64)
    return np.where(unused == 64, np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF) >> np.minimum(unused, np.uint64(63)))  # noqa: PLR2004


_MASKS = _below(np.arange(_HEAD_BYTES + 1))


def _with_cuts(words: set[str]) -> Numbers:
    """The numbers of words, whole and cut before each letter that may bear an accent."""
    whole = _packed(list(words))
    cuts = list({word[:length] for word in words for length in range(min(len(word), _HEAD_BYTES - 1) + 1)})
    cut = _packed(cuts)
    return np.concatenate([_number(whole, np.zeros(len(whole), bool)), _number(cut, np.ones(len(cut), bool))])


def _number(heads: Numbers, is_cut: Flags) -> Numbers:
    return ((heads ^ (_CUT_MARK * is_cut.astype(np.uint64))) * _ODD) >> _SHIFT


def _pair_number(first: Numbers, second: Numbers) -> Numbers:
    return (first * _ODD + second * _OTHER_ODD) * _ODD >> _SHIFT


def _alone_number(heads: Numbers, tails: Numbers) -> Numbers:
    return (heads * _ODD ^ (tails | _LOWER) * _OTHER_ODD) * _ODD >> _SHIFT


def _bytes(texts: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of all texts with eight zeros before and behind, and where each text ends among them."""
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    _, offsets, data = texts.buffers()
    places = np.frombuffer(offsets, dtype=width)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    zeros = bytes(_HEAD_BYTES)
    held = b"" if data is None else memoryview(data)[places[0] : places[-1]]
    return np.frombuffer(b"".join([zeros, held, zeros]), dtype=np.uint8), places[1:] - places[0] + _HEAD_BYTES


def _words(
    data: npt.NDArray[np.uint8], ends_of_texts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where each word starts and ends; a word ends with its text."""
    is_word = np.frombuffer(data.tobytes().translate(_IS_WORD), dtype=np.bool_)
    is_start = is_word[1:] & ~is_word[:-1]
    is_end = is_word[:-1] & ~is_word[1:]
    seams = ends_of_texts[:-1]
    is_whole = is_word[seams] & is_word[seams - 1]
    is_start[seams[is_whole] - 1] = True
    is_end[seams[is_whole] - 1] = True
    return np.flatnonzero(is_start) + 1, np.flatnonzero(is_end) + 1


def _heads(
    data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> tuple[Numbers, Flags]:
    """The first eight bytes of each word as a number, in lower case, and whether an accent cuts them short."""
    eights = np.ndarray((len(data) - _HEAD_BYTES + 1,), dtype="<u8", buffer=data, strides=(1,))
    within = _MASKS[np.minimum(ends - starts, _HEAD_BYTES)]
    heads = eights[starts] & within
    high = heads & _HIGH
    is_cut = high != 0
    before_accent = ((high & (~high + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)
    before_accent[~is_cut] = within[~is_cut]
    return (heads | _LOWER) & before_accent, is_cut


def _tails(
    data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> Numbers:
    """The last eight bytes of each word as a number."""
    eights = np.ndarray((len(data) - _HEAD_BYTES + 1,), dtype="<u8", buffer=data, strides=(1,))
    before_word = (_HEAD_BYTES - np.minimum(ends - starts, _HEAD_BYTES)) * 8
    return eights[ends - _HEAD_BYTES] >> before_word.astype(np.uint64)
