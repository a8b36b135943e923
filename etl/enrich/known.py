"""The names and ids of the customers whom the company knows, and where a text holds one of them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import pyarrow as pa

from etl.enrich.known_words import WordSets, word_sets
from etl.enrich.reading import Span

NAME_MASK = "[NAME]"
ID_MASK = "[ID]"

_WORD = re.compile(r"[^\W_]+")
_IN_NAME = re.compile(r"[\s.'’-]{1,3}")
_COMMA = re.compile(r"\s?,\s?")
_FEWEST_ID_CHARACTERS = 6
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# Letters whose accent is no sign of its own.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True)
class _Entry:
    """One known name or id: its words, its mask, what may stand between the words, and how an id is written."""

    words: tuple[str, ...]
    mask: str
    joint: re.Pattern[str]
    written: str = ""


@dataclass(frozen=True)
class Known:
    """Known names and ids, ready to be looked for; `selects` is quick and finds some texts too many."""

    pairs: Mapping[tuple[str, str], tuple[_Entry, ...]]
    alone: Mapping[str, str]
    sets: WordSets

    def selects(self, texts: pa.Array) -> pa.Array:
        """For each text whether it may hold a known name or id."""
        return self.sets.selects(texts)

    def find(self, text: str) -> Iterator[tuple[Span, str]]:
        """The spans of known names and ids with their masks, the longest at each place."""
        words = [(_folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            found = self._longest(text, words, place)
            if found is None:
                place += 1
                continue
            last, mask = found
            yield (words[place][1], words[last][2]), mask
            place = last + 1

    def _longest(self, text: str, words: list[tuple[str, int, int]], place: int) -> tuple[int, str] | None:
        if place + 1 < len(words):
            for entry in self.pairs.get((words[place][0], words[place + 1][0]), ()):
                last = place + len(entry.words) - 1
                if tuple([word[0] for word in words[place : last + 1]]) == entry.words and _is_whole(
                    text, words[place : last + 1], entry
                ):
                    return last, entry.mask
        mask = self.alone.get(words[place][0])
        return None if mask is None else (place, mask)


def known(names: Iterable[str], ids: Iterable[str]) -> Known:
    """The names and ids to be masked, compiled.

    A name counts with two words and more (a first name alone is everybody's), an id with six characters and more, one
    of them a digit.
    """
    pairs: dict[tuple[str, str], dict[_Entry, None]] = defaultdict(dict)
    alone: dict[str, str] = {}
    for entry in (*_names(names), *_ids(ids)):
        if len(entry.words) == 1:
            alone[entry.words[0]] = entry.mask
        else:
            pairs[entry.words[0], entry.words[1]][entry] = None
    longest_first = {
        pair: tuple(sorted(entries, key=lambda entry: -len(entry.words))) for pair, entries in pairs.items()
    }
    return Known(longest_first, alone, word_sets(longest_first, alone))


def _names(names: Iterable[str]) -> Iterator[_Entry]:
    for name in names:
        last, comma, first = (part.strip() for part in name.partition(","))
        spelled = f"{first} {last}" if comma else name
        for spelling in {spelled, spelled.translate(_UMLAUTS), spelled.replace("'", "").replace("’", "")}:
            words = _words(spelling)
            if len(words) > 1:
                yield _Entry(words, NAME_MASK, _IN_NAME)
                yield _Entry((words[0], words[-1]), NAME_MASK, _IN_NAME)
                yield _Entry((words[-1], *words[:-1]), NAME_MASK, _COMMA)


def _ids(ids: Iterable[str]) -> Iterator[_Entry]:
    for written in {written.strip().lower() for written in ids}:
        words = _words(written)
        if words and len(written) >= _FEWEST_ID_CHARACTERS and any(sign.isdigit() for sign in written):
            yield _Entry(words, ID_MASK, _IN_NAME, written)


def _is_whole(text: str, words: list[tuple[str, int, int]], entry: _Entry) -> bool:
    """Whether nothing but what belongs there stands between the words."""
    if entry.written:
        return entry.written.endswith(text[words[0][1] : words[-1][2]].lower())
    gaps = [text[before[2] : after[1]] for before, after in pairwise(words)]
    if entry.joint is _COMMA:
        return _COMMA.fullmatch(gaps[0]) is not None and all(_IN_NAME.fullmatch(gap) for gap in gaps[1:])
    return all(_IN_NAME.fullmatch(gap) for gap in gaps)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_folded(word) for word in _WORD.findall(text))


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    """A word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_STROKES)
