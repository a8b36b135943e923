"""The names and ids of the customers whom the company knows, and where a text holds one of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

import pyarrow as pa

from etl.enrich.known_words import WordSets, word_sets
from etl.enrich.reading import Span
from etl.folders import Folders
from etl.references import read_customers, read_names
from etl.vocabulary import IdentityKind

NAME_MASK = "[NAME]"
ID_MASK = "[ID]"

_Word: TypeAlias = tuple[str, int, int]
"""A word as it compares, where it starts and where it ends."""

_Spelling: TypeAlias = tuple[tuple[str, ...], bool, str]
"""The words of a name or id, whether a comma stands behind the first, and how an id is written."""

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_IN_NAME = re.compile(r"[\s.'’-]{1,3}")
_COMMA = re.compile(r"\s?,\s?")
_FEWEST_ID_CHARACTERS = 6
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_NO_APOSTROPHES = str.maketrans("", "", "'’")
# Letters whose accent is no sign of its own.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


class _Entry(NamedTuple):
    """What makes two neighbouring words a known name or id.

    `rest` are the words after them, `has_comma` whether a comma stands between the two, `written` how an id is written.
    """

    rest: tuple[str, ...] = ()
    has_comma: bool = False
    written: str = ""


@dataclass(frozen=True)
class Known:
    """Known names and ids, ready to be looked for; `selects` is quick and may find a text too many.

    `pairs` are by the first two words, with a space between; `alone` are ids of one word.
    """

    pairs: Mapping[str, tuple[_Entry, ...]]
    alone: frozenset[str]
    sets: WordSets

    def selects(self, texts: pa.Array) -> pa.Array:
        """For each text whether it may hold a known name or id."""
        return self.sets.selects(texts, self._is_pair)

    def _is_pair(self, first: bytes, second: bytes) -> bool:
        """Whether two words begin a name or an id; signs that hang on them are left to `find`."""
        pair = _folded_bytes(first), _folded_bytes(second)
        return "" in pair or " ".join(pair) in self.pairs

    def find(self, text: str) -> Iterator[tuple[Span, str]]:
        """The spans of known names and ids with their masks, the longest at each place."""
        words = [(_folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            if words[place][0] in self.alone:
                yield words[place][1:], ID_MASK
            elif entry := self._longest(text, words, place):
                start, place = words[place][1], place + 1 + len(entry.rest)
                yield (start, words[place][2]), ID_MASK if entry.written else NAME_MASK
            place += 1

    def _longest(self, text: str, words: list[_Word], place: int) -> _Entry | None:
        if place + 1 < len(words):
            for entry in self.pairs.get(f"{words[place][0]} {words[place + 1][0]}", ()):
                found = words[place : place + 2 + len(entry.rest)]
                if tuple([word[0] for word in found[2:]]) == entry.rest and _is_whole(text, found, entry):
                    return entry
        return None


def known(names: Iterable[str], ids: Iterable[str]) -> Known:
    """The names and ids to be masked, compiled.

    A name counts with two words and more (a first name alone is everybody's), an id with six characters and more, one
    of them a digit.
    """
    pairs: dict[str, tuple[_Entry, ...]] = {}
    alone: set[str] = set()
    shared: dict[_Entry, tuple[_Entry, ...]] = {}
    for words, has_comma, written in chain(*map(_name, names), *map(_id, ids)):
        if len(words) == 1:
            alone.add(words[0])
            continue
        entry = _Entry(words[2:], has_comma, written)
        alike = pairs.setdefault(f"{words[0]} {words[1]}", shared.setdefault(entry, (entry,)))
        if entry not in alike:
            longest_first = sorted((*alike, entry), key=lambda one: (-len(one.rest), one))
            pairs[f"{words[0]} {words[1]}"] = tuple(longest_first)
    return Known(pairs, frozenset(alone), word_sets((pair.split(" ") for pair in pairs), alone))


def _name(name: str) -> list[_Spelling]:
    """A name as it may be written: in either order, with or without middle names, apostrophes and umlauts."""
    last, comma, first = name.partition(",")
    spelled = f"{first} {last}" if comma else name
    spellings = [spelled]
    if not spelled.isascii() or "'" in spelled:
        spellings += spelled.translate(_UMLAUTS), spelled.translate(_NO_APOSTROPHES)
    found: list[_Spelling] = []
    for words in map(_words, spellings):
        if len(words) > 1:
            found += (words, False, ""), ((words[-1], *words[:-1]), True, "")
        if len(words) > 2:
            found.append(((words[0], words[-1]), False, ""))
    return found


def _id(written: str) -> list[_Spelling]:
    written = written.strip().lower()
    words = _words(written)
    is_id = len(written) >= _FEWEST_ID_CHARACTERS and any(sign.isdigit() for sign in written)
    return [(words, False, written)] if words and is_id else []


def _is_whole(text: str, words: list[_Word], entry: _Entry) -> bool:
    """Whether nothing but what belongs there stands between the words."""
    if entry.written:
        return text[words[0][1] : words[-1][2]].lower() in entry.written
    gaps = [text[before[2] : after[1]] for before, after in pairwise(words)]
    begins_well = not entry.has_comma or _COMMA.fullmatch(gaps.pop(0)) is not None
    return begins_well and all(_IN_NAME.fullmatch(gap) for gap in gaps)


def known_customers(folders: Folders) -> Known | None:
    """The names and ids in the customers' table of a data folder; None where it holds none."""
    names = read_names(folders)
    identifiers = read_customers(folders)
    ids = {name.customer_id for name in names} | {identifier.customer_id for identifier in identifiers}
    ids |= {identifier.value for identifier in identifiers if identifier.kind is IdentityKind.ID}
    found = known([name.name for name in names], ids)
    return found if found.pairs or found.alone else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_folded(word) for word in _WORD.findall(text))


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    """A word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_STROKES)


@lru_cache(maxsize=65536)
def _folded_bytes(word: bytes) -> str:
    """The one word in these bytes, folded; nothing where other signs make them none or several."""
    found = _WORD.findall(word.decode("utf-8", "ignore"))
    return _folded(found[0]) if len(found) == 1 else ""
