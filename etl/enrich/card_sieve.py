"""Tells over whole arrays of readings which hold digits that may be a payment card's, by their check digit."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

LENGTHS = range(12, 20)
"""How many digits a card's number has."""

_ZERO, _NINE = ord("0"), ord("9")
_SEPARATORS = np.isin(np.arange(256), [ord(sign) for sign in " .-"])
_WIDEST_GAP = 3
_HIGHEST_FIRST = 6
# What a digit counts once it is doubled.
_DOUBLED = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9])


def sieve(readings: pa.Array) -> pa.Array:
    """For each reading whether whole groups of digits in it are as many as a card's and bear the Luhn check digit."""
    offsets, data = _bytes(readings)
    places = np.flatnonzero((data >= _ZERO) & (data <= _NINE))
    firsts = np.searchsorted(places, offsets)
    is_start, run = _groups(data, places, firsts)
    is_end = np.append(is_start[1:], True)
    values = data[places].astype(np.int64) - _ZERO
    sums = _alternating_sums(values)
    starts = np.flatnonzero(is_start & (values <= _HIGHEST_FIRST))
    found = np.zeros(len(places) + 1, dtype=np.int64)
    for length in LENGTHS:
        starts = starts[starts + length <= len(places)]
        lasts = starts + length - 1
        is_whole = is_end[lasts] & (run[starts] == run[lasts])
        begin, last = starts[is_whole], lasts[is_whole]
        total = sums[last % 2, last + 1] - sums[last % 2, begin]
        found[begin[total % 10 == 0] + 1] = 1
    counts = np.cumsum(found)[firsts]
    return pa.array(counts[1:] > counts[:-1])


def _bytes(readings: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Where each reading begins and the last one ends, and the bytes of them all."""
    kind = np.int64 if pa.types.is_large_string(readings.type) else np.int32
    _, begins, data = readings.buffers()
    offsets = np.frombuffer(begins, kind)[readings.offset : readings.offset + len(readings) + 1].astype(np.int64)
    whole = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    return offsets - offsets[0], whole[offsets[0] : offsets[-1]]


def _groups(
    data: npt.NDArray[np.uint8], places: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """For each digit whether a group begins with it, and the number of its run of groups with little between them."""
    gaps = np.diff(places, prepend=-1) - 1
    is_apart = gaps > _WIDEST_GAP
    for back in range(1, _WIDEST_GAP + 1):
        near = np.flatnonzero((gaps >= back) & (gaps <= _WIDEST_GAP))
        is_apart[near] |= ~_SEPARATORS[data[places[near] - back]]
    is_apart[firsts[firsts < len(places)]] = True
    return is_apart | (gaps > 0), np.cumsum(is_apart)


def _alternating_sums(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Running sums of the digits, every other one doubled: those at odd places in row 0, at even ones in row 1."""
    sums = np.zeros((2, len(values) + 1), dtype=np.int64)
    is_odd = np.arange(len(values)) % 2 == 1
    for row in (0, 1):
        np.cumsum(np.where(is_odd == bool(row), values, _DOUBLED[values]), out=sums[row, 1:])
    return sums
