"""How a text reads once disguises are off: NFKC, invisible characters gone, every dash a hyphen."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

Span: TypeAlias = tuple[int, int]
"""A half-open range of characters, start and end."""

KEYCAPS = "\ufe0f\u20e3"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
INVISIBLE_PATTERN = rf"[\p{{Cf}}{KEYCAPS}]"
# Characters that may read as an ASCII digit, sign or space, or as nothing; accents, quotes and pictures do not.
DISGUISE_PATTERN = (
    r"[\p{Cf}\x{a0}\x{b2}\x{b3}\x{b9}\x{bc}-\x{be}\x{2000}-\x{2015}\x{2024}\x{2025}\x{202f}\x{203c}\x{2047}-\x{2049}"
    r"\x{205f}\x{2070}-\x{209c}\x{20e3}\x{2100}-\x{218b}\x{2212}\x{2460}-\x{24ff}\x{2a74}-\x{2a76}\x{3000}"
    r"\x{3200}-\x{33ff}\x{fb29}\x{fe00}-\x{fe6f}\x{ff00}-\x{ffef}\x{1d400}-\x{1d7ff}\x{1f100}-\x{1f1ff}\x{1fbf0}-\x{1fbf9}]"
)
DASH_PATTERN = f"[{DASHES}]"


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Reading:
    """A text as it reads, with the place in the original of each of its characters.

    `origins` is None where each character reads as one.
    """

    text: str
    origins: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> Span:
        """The half-open span of the original that the span [start, end) of the reading came from."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def read(text: str) -> Reading:
    """The reading of one text; ASCII reads as itself."""
    if text.isascii():
        return Reading(text)
    pieces: list[str] = []
    origins: list[int] = []
    end = 0
    for found in _NOT_ASCII.finditer(text):
        piece = _character(found[0])
        if piece != found[0]:
            place = found.start()
            pieces += text[end:place], piece
            origins += [*range(end, place), *[place] * len(piece)]
            end = place + 1
    reading = "".join([*pieces, text[end:]])
    origins += range(end, len(text))
    return Reading(reading, None if origins == list(range(len(text))) else tuple(origins))


def disguised(texts: pa.Array) -> pa.Array:
    """For each text whether it holds a character that may read as another one; false for a null.

    A text without one is its own reading, but for letters with accents, dots run together and such, which no detector
    asks about; most texts that are not ASCII hold a quotation mark or a picture, and are their own reading.
    """
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False:
        return pa.repeat(pa.scalar(False), len(texts))
    return pc.fill_null(pc.match_substring_regex(texts, DISGUISE_PATTERN), False)


def readings(texts: pa.Array, is_disguised: pa.Array | None = None) -> pa.Array:
    """The readings of a whole array, without origins; nulls stay null."""
    changing = disguised(texts) if is_disguised is None else is_disguised
    if not pc.any(changing).as_py():
        return texts
    plain = pc.utf8_normalize(pc.filter(texts, changing), "NFKC")
    plain = pc.replace_substring_regex(plain, INVISIBLE_PATTERN, "")
    return pc.replace_with_mask(texts, changing, pc.replace_substring_regex(plain, DASH_PATTERN, "-"))


@lru_cache(maxsize=4096)
def _character(character: str) -> str:
    if character in DASHES:
        return "-"
    if character in KEYCAPS or unicodedata.category(character) == "Cf":
        return ""
    return "".join("-" if part in DASHES else part for part in unicodedata.normalize("NFKC", character))
