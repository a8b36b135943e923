"""Texts as words: one array of word codes for all texts together, with the end of each clause as a word of its own."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]

END = "."
NUMBER = "0"
_SEPARATOR, _LETTER, _DIGIT, _END = range(4)
_ENDS = b".,;:!?\n()"
# In texts that are not ASCII: quotes as in ASCII, other signs apart, each picture a word without colour and gender.
_QUOTES = "[\u2018\u2019\u02bc\u00b4`]"
_NOTHING = "[\u200b-\u200f\u2060\ufe0e\ufe0f\u20e3\u00ad\U0001f3fb-\U0001f3ff\u2640\u2642]"
_SIGN = (
    "[\u00a0\u2000-\u206f\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u20ac\u00a3\u00a5\u2122\u00ae\u00a9\u3000-\u303f]"
)
_PICTURE = r"(\p{So})"
_ADDRESS = r"https?://\S+|www\.\S+"
_HANDLE = r"@\w+"
_ENTITY = "&(?:amp|lt|gt|quot|nbsp);"
_MASK = r"\[[A-Z]+\]"
_SAD, _GLAD = r"(?:^|\s)[:;=]['-]?[(\[/\\]", r"(?:^|\s)[:;=]-?[)\]D]"


def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(256, np.uint8)
    for first, last in ((b"a", b"z"), (b"A", b"Z")):
        kinds[first[0] : last[0] + 1] = _LETTER
    kinds[0x80:] = _LETTER
    kinds[ord("0") : ord("9") + 1] = _DIGIT
    kinds[list(_ENDS)] = _END
    return kinds


_KINDS = _kinds()


@dataclass(frozen=True)
class Words:
    """All words of some texts in order: `codes[i]` is the place of word i in `vocabulary`, `texts[i]` its text.

    `clauses[i]` counts the clause ends up to word i, so that two words of one text with the same count share a clause.
    """

    count: int
    codes: Ints
    texts: Ints
    clauses: Ints
    vocabulary: pa.Array


def words_of(texts: pa.Array) -> Words:
    """The words of each text: lower case, no apostrophes (don't is dont), no addresses, handles and masks.

    A run of digits is the word `0`, what ends a clause the word `.`; #LateFlight is two words, a picture is one.
    """
    plain = _plain(pc.fill_null(texts.cast(pa.string()), ""))
    sizes = pc.binary_length(plain).to_numpy(zero_copy_only=False).astype(np.int64)
    # A line break after each text ends its last clause and keeps it apart from the next one.
    joined = pc.binary_join_element_wise(plain, "\n", "")
    data = np.frombuffer(joined.buffers()[2] or b"", np.uint8)[: int(sizes.sum()) + len(sizes)]
    owner = np.repeat(np.arange(len(sizes)), sizes + 1)
    is_quote = data == ord("'")
    data, owner = data[~is_quote], owner[~is_quote]
    starts, ends, kinds = _runs(data)
    tokens = _tokens(data, starts, ends, kinds).dictionary_encode()
    return Words(
        count=len(sizes),
        codes=tokens.indices.to_numpy().astype(np.int64),
        texts=owner[starts],
        clauses=np.cumsum(kinds == _END),
        vocabulary=tokens.dictionary,
    )


def _plain(texts: pa.Array) -> pa.Array:
    """The texts without addresses, with pictures, signs and faces made of signs each apart."""
    texts = _replaced(texts, pc.match_substring(texts, "://"), (_ADDRESS, " "))
    texts = _replaced(texts, pc.match_substring(texts, "@"), (_HANDLE, " "))
    texts = _replaced(texts, pc.match_substring(texts, "&"), (_ENTITY, " "))
    texts = _replaced(texts, pc.match_substring(texts, "["), (_MASK, " "))
    texts = _replaced(
        texts, pc.match_substring_regex(texts, "[:;=]['-]?[()\\[\\]D/\\\\]"), (_SAD, " 🙁 "), (_GLAD, " 🙂 ")
    )
    rest = ((_QUOTES, "'"), (_NOTHING, ""), (_SIGN, " "), (_PICTURE, r" \1 "))
    return _replaced(texts, pc.invert(pc.string_is_ascii(texts)), *rest)


def _replaced(texts: pa.Array, where: pa.Array, *rules: tuple[str, str]) -> pa.Array:
    if not pc.any(where).as_py():
        return texts
    changed = texts.filter(where)
    for pattern, replacement in rules:
        changed = pc.replace_substring_regex(changed, pattern, replacement)
    return pc.replace_with_mask(texts, where, changed)


def _runs(data: NDArray[np.uint8]) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """Start, end and kind of each run of letters, digits or clause ends."""
    kinds = _KINDS[data]
    if not data.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), kinds
    is_digit = kinds == _DIGIT
    within_number = (kinds == _END) & (data != ord("\n"))
    within_number[1:-1] &= is_digit[:-2] & is_digit[2:]
    within_number[[0, -1]] = False
    kinds[within_number] = _DIGIT
    is_upper = (data >= ord("A")) & (data <= ord("Z"))
    is_lower = (data >= ord("a")) & (data <= ord("z"))
    begins = np.ones(data.size, np.bool_)
    begins[1:] = (kinds[1:] != kinds[:-1]) | (is_upper[1:] & is_lower[:-1])
    # Every line break stands alone, so that a clause never runs over into the next text.
    begins[1:] |= data[:-1] == ord("\n")
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], data.size)
    is_word = kinds[starts] != _SEPARATOR
    return starts[is_word], ends[is_word], kinds[starts[is_word]]


def _tokens(data: NDArray[np.uint8], starts: Ints, ends: Ints, kinds: NDArray[np.uint8]) -> pa.Array:
    """The runs as lower-case strings, numbers and clause ends as one sign each."""
    is_sign = kinds != _LETTER
    sizes = np.where(is_sign, 1, ends - starts)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    places = np.repeat(starts - offsets[:-1], sizes) + np.arange(offsets[-1])
    flat = data[places].copy()
    flat[offsets[:-1][kinds == _DIGIT]] = ord(NUMBER)
    flat[offsets[:-1][kinds == _END]] = ord(END)
    made = pa.StringArray.from_buffers(len(sizes), pa.py_buffer(offsets), pa.py_buffer(flat))
    return pc.utf8_lower(made)
