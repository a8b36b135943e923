"""Finds the phrases of a taxonomy in texts, all texts at a time, and tells the cause with the strongest evidence."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.causes.phrases import Step
from etl.enrich.causes.taxonomy import Phrase
from etl.enrich.causes.words import END, Ints, Words

LAST_CHARACTER = "\U0010ffff"
NEGATED_WITHIN = 3
"""So many words after a word for "not", in its clause, it takes back what is said."""


@dataclass(frozen=True)
class Hits:
    """Where phrases stand: text, place in the list of phrases, first and last word of each find."""

    texts: Ints
    phrases: Ints
    starts: Ints
    ends: Ints


class Search:
    """The words of some texts in one language, laid out for finding phrases in them."""

    def __init__(self, words: Words, negations: Sequence[str]) -> None:
        """Takes all texts' words and the language's words for "not"."""
        self._words = words
        names = words.vocabulary.to_pylist()
        self._codes = {name: code for code, name in enumerate(names)}
        self._names = sorted(names)
        self._found: dict[tuple[tuple[str, ...], tuple[str, ...]], Ints] = {}
        self._negations = tuple(negations)

    @property
    def count(self) -> int:
        """How many texts there are."""
        return self._words.count

    def hits(self, phrases: Sequence[Phrase]) -> Hits:
        """Every find of every phrase that no word for "not" takes back; a text may hold a phrase more than once."""
        found = [(place, *self._standing(order)) for place, phrase in enumerate(phrases) for order in phrase.orders]
        found = [one for one in found if one[1].size]
        if not found:
            nothing = np.zeros(0, np.int64)
            return Hits(nothing, nothing, nothing, nothing)
        starts = np.concatenate([start for _, start, _ in found])
        return Hits(
            self._words.texts[starts],
            np.repeat([place for place, _, _ in found], [start.size for _, start, _ in found]),
            starts,
            np.concatenate([end for _, _, end in found]),
        )

    def _standing(self, order: tuple[Step, ...]) -> tuple[Ints, Ints]:
        """First and last word of each place where the words stand in this order; the rarest is looked for first."""
        places = [self._places(step) for step in order]
        rarest = int(np.argmin([place.size for place in places]))
        starts = ends = places[rarest]
        for index in range(rarest + 1, len(order)):
            following = self._near(ends, places[index], order[index - 1], order[index], forward=True)
            starts, ends = starts[following >= 0], following[following >= 0]
        for index in range(rarest, 0, -1):
            before = self._near(starts, places[index - 1], order[index - 1], order[index], forward=False)
            starts, ends = before[before >= 0], ends[before >= 0]
        if not order[0].is_negation:
            kept = ~self._is_negated[starts]
            starts, ends = starts[kept], ends[kept]
        return starts, ends

    def _near(self, here: Ints, places: Ints, first: Step, second: Step, *, forward: bool) -> Ints:
        """For each place the nearest one of `places` within the gap in the same text; -1 where there is none.

        A word for "not" belongs to its own clause.
        """
        if not here.size or not places.size:
            return np.full(here.size, -1, np.int64)
        index = np.searchsorted(places, here, "right") if forward else np.searchsorted(places, here, "left") - 1
        inside = (index >= 0) & (index < places.size)
        near = places[np.clip(index, 0, places.size - 1)]
        bounds = self._words.clauses if first.is_negation or second.is_negation else self._words.texts
        inside &= (np.abs(near - here) <= second.gap + 1) & (bounds[near] == bounds[here])
        return np.where(inside, near, -1)

    def _places(self, step: Step) -> Ints:
        words = (*step.words, *self._negations) if step.is_negation else step.words
        key = (words, step.prefixes)
        if key not in self._found:
            codes = dict.fromkeys(self._coded(words, step.prefixes))
            pieces = [self._postings[self._offsets[code] : self._offsets[code + 1]] for code in codes]
            self._found[key] = np.sort(np.concatenate(pieces)) if pieces else np.zeros(0, np.int64)
        return self._found[key]

    def _coded(self, words: Iterable[str], prefixes: Iterable[str]) -> Iterator[int]:
        yield from (self._codes[word] for word in words if word in self._codes)
        for prefix in prefixes:
            first, last = bisect_left(self._names, prefix), bisect_left(self._names, prefix + LAST_CHARACTER)
            yield from (self._codes[name] for name in self._names[first:last])

    @cached_property
    def _postings(self) -> Ints:
        """The places of all words, by code and within a code in order."""
        # Narrow numbers are sorted by their digits, in a pass or two.
        return np.argsort(self._words.codes.astype(np.min_scalar_type(len(self._names))), kind="stable")

    @cached_property
    def _offsets(self) -> Ints:
        counts = np.bincount(self._words.codes, minlength=len(self._names))
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def _is_negated(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Whether a word for "not" stands just before, in the same clause."""
        is_negated = np.zeros(self._words.codes.size, np.bool_)
        negations = self._places(Step(is_negation=True))
        for distance in range(1, NEGATED_WITHIN + 1):
            inside = negations[negations + distance < is_negated.size]
            same = self._words.clauses[inside + distance] == self._words.clauses[inside]
            is_negated[inside[same] + distance] = True
        return is_negated


def quoted(words: Words, starts: Ints, ends: Ints) -> pa.Array:
    """The words from each start to its end, as one string each."""
    sizes = ends - starts + 1
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    places = np.repeat(starts - offsets[:-1], sizes) + np.arange(offsets[-1])
    pieces = words.vocabulary.take(pa.array(words.codes[places]))
    lists = pa.ListArray.from_arrays(pa.array(offsets), pieces)
    return pc.replace_substring(pc.binary_join(lists, " "), f" {END}", END)
