"""One stretch of a file read at once, without a loop: where its records begin and end and which need a closer look."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.reading.bits import Bits, Flags
from etl.reading.dialect import LONGEST_RECORD, Bytes, Dialect, Offsets

LF, CR, APOSTROPHE, BACKSLASH = 10, 13, 39, 92
FIRST_SIGNS = 3  # of a header's first name, if it is as long
NO_OFFSETS: Offsets = np.zeros(0, np.int64)
NO_FLAGS: Flags = np.zeros(0, bool)


@dataclass(frozen=True)
class Layout:
    """What every window of a file is read with."""

    delimiter: int
    quote: int
    other_quote: int
    is_doubled: bool
    columns: int
    header: bytes


def layout(dialect: Dialect, columns: int, header: bytes) -> Layout:
    """The dialect in bytes, with the header that no later record may repeat."""
    other = ord('"') if dialect.quote == "'" else ord("'")
    is_doubled = dialect.escape == dialect.quote
    return Layout(ord(dialect.delimiter), ord(dialect.quote), other, is_doubled, columns, header)


@dataclass(frozen=True)
class Window:
    """The whole records from `start` on, read as if a record began there; offsets count from `start`.

    Record i holds the bytes from `starts[i]` to `ends[i]` and its line end; `breaks` counts the line ends inside
    its cells (None: none anywhere). `odd` are the records to be looked at one by one. What comes after `stop` is
    a record that the window does not hold to its end or, if `is_broken`, one with malformed quotes. The last three
    tell how its records end: with LF, CRLF or CR alone.
    """

    start: int
    stop: int
    starts: Offsets
    ends: Offsets
    breaks: Offsets | None
    odd: Offsets
    is_broken: bool
    has_nul: bool
    has_line_feed: bool
    has_crlf: bool
    has_cr: bool


@dataclass(frozen=True)
class _Marks:
    """Line ends outside quotes and the cells up to each, line ends inside, and the first quote that stands wrong.

    `full` are the ends of lines that begin inside quotes and hold delimiters enough for a record of their own.
    """

    ends: Offsets
    cells_to: Offsets
    inner_ends: Offsets
    full: Offsets
    wrong: int


def read_window(data: Bytes, start: int, is_last: bool, plan: Layout) -> Window:
    """The records of `data`, which begins at byte `start` of the file and, if `is_last`, reaches its end."""
    has_cr = bool((data == CR).any())
    marks = _marks(data, is_last, has_cr, plan)
    whole = marks.ends.size if marks.wrong < 0 else int(np.searchsorted(marks.ends, marks.wrong))
    ends, cells = marks.ends[:whole], np.diff(marks.cells_to[:whole], prepend=0)
    stop = min(int(ends[-1]) + 1, data.size) if ends.size else 0
    starts = np.empty_like(ends)
    starts[:1], starts[1:] = 0, ends[:-1] + 1
    breaks = _per_record(marks.inner_ends, ends) if marks.inner_ends.size else None
    cr_count, is_crlf = _line_ends(data, starts, ends) if has_cr else (0, NO_FLAGS)
    crlf_count = int(np.count_nonzero(is_crlf))
    lf_count = int(np.count_nonzero(ends < data.size)) - crlf_count - cr_count
    if crlf_count:
        ends = ends - is_crlf
    odd = cells != plan.columns
    full = np.searchsorted(ends, marks.full)
    odd[full[full < odd.size]] = True
    odd |= _like_header(data, starts, ends, plan) | _suspect(data, starts, ends, stop, plan)
    is_broken = marks.wrong >= 0 or (is_last and stop < data.size)
    return Window(
        start, start + stop, starts, ends, breaks, np.flatnonzero(odd), is_broken,
        has_nul=bool(stop and data.min() == 0),
        has_line_feed=lf_count > 0, has_crlf=crlf_count > 0, has_cr=cr_count > 0,
    )  # fmt: skip


def _marks(data: Bytes, is_last: bool, has_cr: bool, plan: Layout) -> _Marks:
    line_ends = data == LF
    if has_cr:
        lone = data == CR
        lone[:-1] &= ~line_ends[1:]
        line_ends |= lone
    ends = Bits(line_ends).places()
    is_cut_short = is_last and data.size > 0 and not line_ends[-1]
    delimiters = Bits(data == plan.delimiter)
    is_quote = data == plan.quote
    if not is_quote.any():
        if is_cut_short:
            ends = np.append(ends, data.size)
        return _Marks(ends, delimiters.before(ends) + np.arange(1, ends.size + 1), NO_OFFSETS, NO_OFFSETS, -1)
    quotes, escaped = _quotes(data, Bits(is_quote).places(), plan)
    wrong = _first_wrong(data, quotes, escaped, plan)
    if is_cut_short and quotes.size % 2 == 0:
        ends = np.append(ends, data.size)
    passed = np.searchsorted(quotes, ends)
    is_inside = (passed & 1).astype(bool)
    outer, inner = ends[~is_inside], ends[is_inside]
    counts, to_quotes = delimiters.before(ends), delimiters.before(quotes)
    within = np.zeros(quotes.size // 2 + 1, np.int64)
    np.cumsum(to_quotes[1::2] - to_quotes[: quotes.size // 2 * 2 : 2], out=within[1:])
    cells_to = counts[~is_inside] - within[passed[~is_inside] // 2] + np.arange(1, outer.size + 1)
    full = _full_lines(data, ends, counts, quotes, passed, plan) if inner.size else NO_OFFSETS
    return _Marks(outer, cells_to, inner, full, wrong)


def _full_lines(data: Bytes, ends: Offsets, counts: Offsets, quotes: Offsets, passed: Offsets, plan: Layout) -> Offsets:
    """The ends of lines inside records that may be records themselves, by their delimiters and their first quote.

    `counts` and `passed` are the delimiters and quotes before each end.
    """
    spare, quoted = np.diff(counts, prepend=0) - (plan.columns - 1), np.diff(passed, prepend=0) > 0
    is_inside = (passed & 1).astype(bool)
    begins_inside = np.append(False, is_inside[:-1])
    first = quotes[np.minimum(np.append(0, passed[:-1]), quotes.size - 1)]
    opens = (first == np.append(0, ends[:-1] + 1)) | (data[np.maximum(first - 1, 0)] == plan.delimiter)
    whole = begins_inside & np.where(quoted, (spare >= 0) & opens, spare == 0)
    record = np.cumsum(~is_inside) - ~is_inside
    is_begun = np.zeros(ends.size + 1, bool)
    is_begun[record[is_inside & ((spare >= 0) & ~begins_inside | begins_inside & quoted)]] = True
    torn = begins_inside & quoted & (spare >= 0) & is_begun[record]  # two lone quotes: first and last line are full
    full: Offsets = ends[whole | torn]
    return full


def _quotes(data: Bytes, quotes: Offsets, plan: Layout) -> tuple[Offsets, Offsets]:
    """The quotes that open or close, and those that a backslash escapes: which follow an odd run of them."""
    if plan.is_doubled:
        return quotes, NO_OFFSETS
    run = np.zeros(quotes.size, np.int64)
    going = np.arange(quotes.size)
    while going.size:
        before = quotes[going] - run[going] - 1
        going = going[(before >= 0) & (data[before] == BACKSLASH)]
        run[going] += 1
    is_escaped = run % 2 == 1
    return quotes[~is_escaped], quotes[is_escaped]


def _first_wrong(data: Bytes, quotes: Offsets, escaped: Offsets, plan: Layout) -> int:
    """The first quote that opens in mid-cell or closes before anything but a delimiter or line end; -1 for none."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[np.maximum(opening - 1, 0)]
    opens = (before == plan.delimiter) | (before == LF) | (before == CR) | (opening == 0)
    after = data[np.minimum(closing + 1, data.size - 1)]
    closes = (after == plan.delimiter) | (after == LF) | (after == CR) | (closing == data.size - 1)
    if plan.is_doubled:  # the second of a pair opens again
        opens |= before == plan.quote
        closes |= after == plan.quote
    outside = escaped[np.searchsorted(quotes, escaped) % 2 == 0]
    wrong = [part[0] for part in (opening[~opens], closing[~closes], outside) if part.size]
    return int(min(wrong)) if wrong else -1


def _per_record(inner_ends: Offsets, ends: Offsets) -> Offsets:
    return np.diff(np.searchsorted(inner_ends, ends), prepend=0)


def _line_ends(data: Bytes, starts: Offsets, ends: Offsets) -> tuple[int, Flags]:
    """How many records end with CR alone, and which end with CRLF."""
    closing = data[np.minimum(ends, data.size - 1)]
    is_crlf = (closing == LF) & (ends > starts) & (data[np.maximum(ends - 1, 0)] == CR)
    return int(np.count_nonzero((closing == CR) & (ends < data.size))), is_crlf


def _like_header(data: Bytes, starts: Offsets, ends: Offsets, plan: Layout) -> Flags:
    """Which records may be the header again, quoted like it or otherwise: by their length, first and last signs."""
    bare, sizes = plan.header.replace(bytes([plan.quote]), b""), ends - starts
    same: Flags = (sizes >= len(bare)) & (sizes <= max(len(plan.header), len(bare) + 2 * plan.columns))
    found = np.flatnonzero(same) if bare else NO_OFFSETS
    last = data[ends[found] - 1]
    found = found[(last == plan.quote) | (last == bare[-1])] if found.size else found
    begins = starts[found] + (data[starts[found]] == plan.quote)
    for place, sign in enumerate(bare[:FIRST_SIGNS]):
        kept = data[np.minimum(begins + place, data.size - 1)] == sign
        found, begins = found[kept], begins[kept]
    same[:] = False
    same[found] = True
    return same


def _suspect(data: Bytes, starts: Offsets, ends: Offsets, stop: int, plan: Layout) -> Flags:
    """Which records are too long, begin with another quote sign, double it beside apostrophes or are not UTF-8."""
    suspect: Flags = (ends - starts) > LONGEST_RECORD
    if starts.size:
        suspect |= data[starts] == plan.other_quote
    if plan.quote == APOSTROPHE and stop > 1:
        doubled = np.flatnonzero((data[: stop - 1] == plan.other_quote) & (data[1:stop] == plan.other_quote))
        suspect[np.searchsorted(starts, doubled, side="right") - 1] = True
    if stop and data[:stop].max() >= 128 and not _is_utf8(data[:stop]):
        wide = np.flatnonzero(data[:stop] >= 128)
        suspect[np.searchsorted(starts, wide, side="right") - 1] = True
    return suspect


def _is_utf8(data: Bytes) -> bool:
    offsets = pa.py_buffer(np.array([0, data.size], np.int64))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(np.ascontiguousarray(data))])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
