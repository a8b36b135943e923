"""Places of a mark in a stretch of bytes, one bit a byte: where they are, and how many stand before a place."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from etl.reading.dialect import Offsets

Flags = npt.NDArray[np.bool_]
WORD = 64

_LOWEST_BIT = np.array([(byte & -byte).bit_length() - 1 for byte in range(256)], np.int64)


class Bits:
    """The flags of a stretch of bytes, packed."""

    def __init__(self, flags: Flags) -> None:
        """Pack them, with room to ask for the count before the end."""
        packed = np.packbits(flags, bitorder="little")
        self._flags = flags
        self._words = np.zeros(flags.size // WORD + 1, np.uint64)
        self._words.view(np.uint8)[: packed.size] = packed

    def places(self) -> Offsets:
        """Where the flags are set."""
        packed = self._words.view(np.uint8)
        filled = np.flatnonzero(packed)
        held = packed[filled]
        if np.any(held & (held - 1)):  # a byte of eight flags with two that are set
            return np.flatnonzero(self._flags)
        return filled * 8 + _LOWEST_BIT[held]

    @cached_property
    def _before_word(self) -> npt.NDArray[np.int32]:
        counts = np.zeros(self._words.size + 1, np.int32)
        np.cumsum(np.bitwise_count(self._words), out=counts[1:])
        return counts

    def before(self, places: Offsets) -> Offsets:
        """How many flags are set before each place."""
        word = places >> 6
        below = (np.uint64(1) << (places & (WORD - 1)).astype(np.uint64)) - np.uint64(1)
        counts: Offsets = self._before_word[word] + np.bitwise_count(self._words[word] & below).astype(np.int64)
        return counts
