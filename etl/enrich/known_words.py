"""Looks for known words in many texts at once: which texts hold two neighbouring words, or a word, of a large set.

A word is known by its first eight bytes without regard to case. Where a letter with an accent stands among them, only
what comes before it counts, so that a text is found whether or not it is written with accents. Words are numbered by a
hash; whoever asks says of each pair that the numbers speak for whether it is one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Bytes: TypeAlias = npt.NDArray[np.uint8]

IsPair: TypeAlias = Callable[[bytes, bytes], bool]

_BLOCK_TEXTS = 8_192
_BITS = 22
_PAIR_BITS = 24
_HEAD_BYTES = 8
_FEWEST_BYTES_ALONE = 6
_ODD = np.uint64(0x9E3779B97F4A7C15)
_OTHER_ODD = np.uint64(0xC2B2AE3D27D4EB4F)
_LOWER = np.uint64(0x2020202020202020)
_HIGH = np.uint64(0x8080808080808080)
_CUT_MARK = np.uint64(0xFF00FF00FF00FF00)
_MASKS: Numbers = np.array([(1 << 8 * length) - 1 for length in range(_HEAD_BYTES + 1)], dtype=np.uint64)
# Quotation marks and dashes begin with the byte C2 or E2, and are no part of a word.
_IS_WORD = bytes(chr(byte).isalnum() if byte < 128 else byte not in (0xC2, 0xE2) for byte in range(256))


@dataclass(frozen=True)
class WordSets:
    """Which numbers the first words, the second words, the pairs of them and the words alone have."""

    firsts: Flags
    seconds: Flags
    pairs: Flags
    alone: Flags

    def selects(self, texts: pa.Array, is_pair: IsPair) -> pa.Array:
        """For each text whether it may hold a known pair of words or a known word; false for a null."""
        found = np.zeros(len(texts), dtype=bool)
        for begin in range(0, len(texts), _BLOCK_TEXTS):
            self._look(texts.slice(begin, _BLOCK_TEXTS), is_pair, found[begin : begin + _BLOCK_TEXTS])
        return pa.array(found)

    def _look(self, texts: pa.Array, is_pair: IsPair, found: Flags) -> None:
        data, ends_of_texts = _bytes(texts)
        starts, ends = _words(data, ends_of_texts)
        heads, is_cut = _heads(data, starts, ends)
        marked = heads ^ (_CUT_MARK * is_cut)
        numbers = _number(marked)
        candidates = np.flatnonzero(self.firsts[numbers[:-1]])
        candidates = candidates[self.seconds[numbers[candidates + 1]]]
        is_loose = is_cut[candidates] & is_cut[candidates + 1]
        pairs = _pair_number(marked[candidates], marked[candidates + 1])
        places = _confirmed(data, starts, ends, candidates[is_loose | self.pairs[pairs]], is_pair)
        long = np.flatnonzero(ends - starts >= _FEWEST_BYTES_ALONE)
        is_alone = self.alone[_alone_number(heads[long], _tails(data, starts[long], ends[long]))]
        places = np.concatenate([places, starts[long[is_alone]]])
        found[np.searchsorted(ends_of_texts, places, side="right")] = True


def _confirmed(data: Bytes, starts: Places, ends: Places, firsts: Places, is_pair: IsPair) -> Places:
    """Where those of the words `firsts` start that make a pair with the next."""
    raw = data.tobytes()
    spans = zip(*(side[firsts + next_word].tolist() for next_word in (0, 1) for side in (starts, ends)), strict=True)
    places = [start for start, end, begin, stop in spans if is_pair(raw[start:end], raw[begin:stop])]
    return np.array(places, dtype=np.int64)


def word_sets(pairs: Iterable[Sequence[str]], alone: Iterable[str]) -> WordSets:
    """The sets for pairs of words and for words alone, all in lower case and without accents."""
    held = list(pairs)
    words = [word.encode("ascii", "replace") for word in alone]
    firsts, first_cuts = _sides([pair[0] for pair in held])
    seconds, second_cuts = _sides([pair[1] for pair in held])
    numbered = [_pair_number(firsts, seconds)]
    for (is_long, cut), (is_second_long, second_cut) in zip(first_cuts, second_cuts, strict=True):
        numbered += _pair_number(cut, seconds[is_long]), _pair_number(firsts[is_second_long], second_cut)
    tails = np.array([word[-_HEAD_BYTES:] for word in words], dtype="S8").view("<u8")
    return WordSets(
        _flags(_number(np.concatenate([firsts, *(cut for _, cut in first_cuts)])), _BITS),
        _flags(_number(np.concatenate([seconds, *(cut for _, cut in second_cuts)])), _BITS),
        _flags(np.concatenate(numbered), _PAIR_BITS),
        _flags(_alone_number(_packed(words), tails), _BITS),
    )


def _sides(words: list[str]) -> tuple[Numbers, list[tuple[Flags, Numbers]]]:
    """The heads of words, and those cut before each letter that may bear an accent with which words are so long."""
    heads = _packed([word.encode("ascii", "replace") for word in words])
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    cuts = [(lengths >= length, _MASKS[length]) for length in range(_HEAD_BYTES)]
    return heads, [(is_long, (heads[is_long] & mask) ^ _CUT_MARK) for is_long, mask in cuts]


def _packed(words: list[bytes]) -> Numbers:
    heads: Numbers = np.array([word[:_HEAD_BYTES] for word in words], dtype="S8").view("<u8")
    return heads


def _flags(numbers: Numbers, bits: int) -> Flags:
    flags = np.zeros(1 << bits, dtype=bool)
    flags[numbers] = True
    return flags


def _number(marked: Numbers) -> Numbers:
    return (marked * _ODD) >> np.uint64(64 - _BITS)


def _pair_number(first: Numbers, second: Numbers) -> Numbers:
    return ((first * _ODD + second * _OTHER_ODD) * _ODD) >> np.uint64(64 - _PAIR_BITS)


def _alone_number(heads: Numbers, tails: Numbers) -> Numbers:
    return _number((heads * _ODD) ^ ((tails | _LOWER) * _OTHER_ODD))


def _bytes(texts: pa.Array) -> tuple[Bytes, Places]:
    """The bytes of all texts with eight zeros before and behind, and where each text ends among them."""
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    _, offsets, data = texts.buffers()
    places = np.frombuffer(offsets, dtype=width)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    zeros = bytes(_HEAD_BYTES)
    held = b"" if data is None else memoryview(data)[places[0] : places[-1]]
    return np.frombuffer(b"".join([zeros, held, zeros]), dtype=np.uint8), places[1:] - places[0] + _HEAD_BYTES


def _words(data: Bytes, ends_of_texts: Places) -> tuple[Places, Places]:
    """Where each word starts and ends; a word ends with its text."""
    is_word = np.frombuffer(data.tobytes().translate(_IS_WORD), dtype=np.bool_)
    is_start = is_word[1:] & ~is_word[:-1]
    is_end = is_word[:-1] & ~is_word[1:]
    seams = ends_of_texts[:-1]
    seams = seams[is_word[seams] & is_word[seams - 1]]
    is_start[seams - 1] = True
    is_end[seams - 1] = True
    return np.flatnonzero(is_start) + 1, np.flatnonzero(is_end) + 1


def _eights(data: Bytes) -> Numbers:
    """The eight bytes that begin at each place, as a number."""
    return np.ndarray((len(data) - _HEAD_BYTES + 1,), dtype="<u8", buffer=data, strides=(1,))


def _heads(data: Bytes, starts: Places, ends: Places) -> tuple[Numbers, Flags]:
    """The first eight bytes of each word as a number, in lower case, and whether an accent cuts them short."""
    within = _MASKS[np.minimum(ends - starts, _HEAD_BYTES)]
    heads = _eights(data)[starts] & within
    high = heads & _HIGH
    is_cut = high != 0
    before_accent = ((high & (~high + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)
    before_accent[~is_cut] = within[~is_cut]
    return (heads | _LOWER) & before_accent, is_cut


def _tails(data: Bytes, starts: Places, ends: Places) -> Numbers:
    """The last eight bytes of each word as a number."""
    before_word = (_HEAD_BYTES - np.minimum(ends - starts, _HEAD_BYTES)) * 8
    tails: Numbers = _eights(data)[ends - _HEAD_BYTES] >> before_word.astype(np.uint64)
    return tails
