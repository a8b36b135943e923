"""Tells the cause of each text by a taxonomy: the one with the strongest evidence, and the words that made it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.enrich.causes.matching import Hits, Search, quoted
from etl.enrich.causes.taxonomy import CauseRule, Phrase, Taxonomy
from etl.enrich.causes.words import Ints, words_of
from etl.enrich.language import UNKNOWN, languages

LEAST_EVIDENCE = 2
"""The sum of weights from which a cause is told, and a complaint is one; in a complaint any evidence tells."""
BATCH = 8_192
"""So many texts at a time: their words fit into a processor's cache."""
SCHEMA = pa.schema([("cause", pa.string()), ("score", pa.float64()), ("why", pa.string())])
NONE = -1
"""In place of the column of a cause: no cause is told."""


@dataclass(frozen=True)
class _Lexicon:
    """The phrases of one language, each with the column of its cause; the last column is the complaint as such."""

    language: str
    phrases: tuple[Phrase, ...]
    columns: Ints
    weights: Ints


@dataclass(frozen=True)
class _Told:
    """For each text the evidence, the column of its cause, its share of the evidence and the words that speak."""

    evidence: Ints
    column: Ints
    share: NDArray[np.float64]
    why: NDArray[np.object_]


class Teller:
    """A taxonomy with the chapters that apply, ready to tell causes."""

    def __init__(self, taxonomy: Taxonomy, chapters: Iterable[str] = ()) -> None:
        """`chapters` are names of chapters of the taxonomy; causes of others are not told."""
        wanted = set(chapters)
        self.chapters = tuple(chapter for chapter in taxonomy.chapters if chapter.name in wanted)
        self.version = "+".join([taxonomy.version, *(chapter.name for chapter in self.chapters)])
        causes = [cause for cause in taxonomy.causes if cause.chapter is None or cause.chapter in wanted]
        stands_for = {name: cause.name for cause in causes for name in cause.covers}
        self.causes = tuple(cause for cause in causes if cause.name not in stands_for)
        names = [cause.name for cause in self.causes]
        otherwise = [chapter.otherwise for chapter in self.chapters if chapter.otherwise]
        self._otherwise = names.index(otherwise[0]) if otherwise else NONE
        self._negations = taxonomy.negations
        columns = [(cause, names.index(stands_for.get(cause.name, cause.name))) for cause in causes]
        self._lexicons = tuple(self._lexicon(taxonomy, language, columns) for language in taxonomy.languages)

    def __call__(self, texts: pa.Array, codes: pa.Array) -> pa.Table:
        """Cause, score and why of each text, given the codes of their languages; all null where nothing tells one.

        A text in a language without phrases has no cause; one whose language is not known is looked through in all.
        `score` is the share of the evidence that speaks for the cause, `why` the words that do, the strongest first.
        """
        batches = [self._table(self._told(*batch)) for batch in _batches(texts, codes)]
        return pa.concat_tables(batches) if batches else SCHEMA.empty_table()

    def of_causes(self, names: pa.ChunkedArray, attribute: Callable[[CauseRule], str | None]) -> pa.ChunkedArray:
        """What is said of each named cause; null where there is no name."""
        known = pa.array([cause.name for cause in self.causes], pa.string())
        return pc.take(pa.array([attribute(cause) for cause in self.causes], pa.string()), pc.index_in(names, known))

    def _lexicon(self, taxonomy: Taxonomy, language: str, columns: Sequence[tuple[CauseRule, int]]) -> _Lexicon:
        given = [(phrase, column) for cause, column in columns for phrase in cause.phrases.get(language, ())]
        given += [(phrase, len(self.causes)) for phrase in taxonomy.complaint.get(language, ())]
        return _Lexicon(
            language,
            tuple(phrase for phrase, _ in given),
            np.array([column for _, column in given], np.int64),
            np.array([phrase.weight for phrase, _ in given], np.int64),
        )

    def _told(self, texts: pa.Array, codes: pa.Array) -> _Told:
        """The best of what each language tells of the texts that may be in it."""
        count = len(texts)
        best = _Told(np.zeros(count, np.int64), np.full(count, NONE), np.zeros(count), np.full(count, None, object))
        for lexicon in self._lexicons:
            is_read = pc.is_in(codes, pa.array([lexicon.language, UNKNOWN])).to_numpy(zero_copy_only=False)
            rows = np.flatnonzero(is_read)
            told = self._in_language(texts.take(pa.array(rows)), lexicon)
            is_better = (told.column != NONE) & (told.evidence > best.evidence[rows])
            for kept, new in zip(vars(best).values(), vars(told).values(), strict=True):
                kept[rows[is_better]] = new[is_better]
        return best

    def _in_language(self, texts: pa.Array, lexicon: _Lexicon) -> _Told:
        words = words_of(texts)
        hits = _once_each(Search(words, self._negations.get(lexicon.language, ())).hits(lexicon.phrases))
        table = np.zeros((words.count, len(self.causes) + 1), np.int64)
        np.add.at(table, (hits.texts, lexicon.columns[hits.phrases]), lexicon.weights[hits.phrases])
        causes, complaint = table[:, :-1], table[:, -1]
        column = causes.argmax(axis=1)
        evidence = causes[np.arange(words.count), column]
        share = evidence / (np.maximum(causes, 0).sum(axis=1) + LEAST_EVIDENCE)
        # What only praises tells no cause, unless the evidence for one weighs more than the praise.
        is_complaint = complaint >= LEAST_EVIDENCE
        is_weak = evidence < np.where(is_complaint, 1, LEAST_EVIDENCE + np.maximum(-complaint, 0))
        column = np.where(is_weak, np.where(is_complaint, self._otherwise, NONE), column)
        evidence, share = np.where(is_weak, 1, evidence), np.where(is_weak, 0.0, share)
        speaking = np.where(is_weak, len(self.causes), column)
        why = _reasons(quoted(words, hits.starts, hits.ends), hits, lexicon, speaking)
        return _Told(evidence, column, share, why)

    def _table(self, told: _Told) -> pa.Table:
        names = pa.array([cause.name for cause in self.causes], pa.string())
        is_told = told.column != NONE
        places = pa.array(told.column, mask=~is_told)
        score, why = pa.array(told.share, mask=~is_told), pa.array(told.why, pa.string(), mask=~is_told)
        return pa.table([names.take(places), score, why], schema=SCHEMA)


def told_of(texts: pa.Array, taxonomy: Taxonomy) -> pa.Table:
    """Cause, touchpoint, cause_score, why and language of the texts of one table, which decide the chapters.

    The cause of a chapter is written as the trade's records write it, so that it can be compared with coded ones.
    """
    codes = languages(texts)
    teller = Teller(taxonomy, chapters_of(taxonomy, texts, codes))
    told = teller(texts, codes)
    return pa.table(
        {
            "cause": teller.of_causes(told["cause"], lambda cause: cause.code or cause.name),
            "touchpoint": teller.of_causes(told["cause"], lambda cause: cause.touchpoint),
            "cause_score": told["score"],
            "why": told["why"],
            "language": codes,
        }
    )


def prepared(taxonomy: Taxonomy, sample: pa.Array) -> tuple[str, Callable[[pa.Array], pa.Table]]:
    """The version of a taxonomy with the chapters that a company's texts open, and what tells causes by it.

    Of each text: cause, touchpoint, score, why and language.
    """
    teller = Teller(taxonomy, chapters_of(taxonomy, sample, languages(sample)))

    def tell(texts: pa.Array) -> pa.Table:
        codes = languages(texts)
        told = teller(texts, codes)
        touchpoints = teller.of_causes(told["cause"], lambda cause: cause.touchpoint)
        names = ["cause", "touchpoint", "score", "why", "language"]
        return pa.table([told["cause"], touchpoints, told["score"], told["why"], codes], names=names)

    return teller.version, tell


def chapters_of(taxonomy: Taxonomy, texts: pa.Array, codes: pa.Array) -> tuple[str, ...]:
    """The chapters of which enough texts, of those in a language that has marks, hold one."""
    names = [chapter.name for chapter in taxonomy.chapters]
    read, marked = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for part, part_codes in _batches(texts, codes):
        for language in taxonomy.languages:
            search = Search(words_of(part.filter(pc.equal(part_codes, language))), ())
            for chapter in taxonomy.chapters:
                if language in chapter.marks:
                    read[chapter.name] += search.count
                    marked[chapter.name] += np.unique(search.hits(chapter.marks[language]).texts).size
    shares = {chapter.name: chapter.share for chapter in taxonomy.chapters}
    return tuple(name for name in names if marked[name] > shares[name] * read[name])


def _batches(texts: pa.Array, codes: pa.Array) -> Iterator[tuple[pa.Array, pa.Array]]:
    for start in range(0, len(texts), BATCH):
        yield texts.slice(start, BATCH), codes.slice(start, BATCH)


def _once_each(hits: Hits) -> Hits:
    """The first find of each phrase in each text, by text."""
    # Hits of a phrase come in the order of the texts, so that the first of equal keys is the first find.
    pairs = hits.texts * (hits.phrases.max(initial=0) + 1) + hits.phrases
    _, order = np.unique(pairs, return_index=True)
    return Hits(hits.texts[order], hits.phrases[order], hits.starts[order], hits.ends[order])


def _reasons(quotes: pa.Array, hits: Hits, lexicon: _Lexicon, column: Ints) -> NDArray[np.object_]:
    """For each text the words that speak for a column, the strongest first; what a stronger one holds is left out."""
    weights = lexicon.weights[hits.phrases]
    kept = np.flatnonzero((lexicon.columns[hits.phrases] == column[hits.texts]) & (weights > 0))
    kept = kept[np.lexsort((hits.starts[kept], -weights[kept], hits.texts[kept]))]
    kept = kept[_is_news(hits.starts[kept], hits.ends[kept])]
    offsets = np.searchsorted(hits.texts[kept], np.arange(column.size + 1)).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), quotes.take(pa.array(kept)))
    joined: NDArray[np.object_] = pc.binary_join(lists, " · ").to_numpy(zero_copy_only=False)
    return joined


def _is_news(starts: Ints, ends: Ints) -> NDArray[np.bool_]:
    """Whether a find begins or ends at a word where none before it in the list begins or ends."""
    first_start, first_end = np.zeros(starts.size, np.bool_), np.zeros(starts.size, np.bool_)
    first_start[np.unique(starts, return_index=True)[1]] = True
    first_end[np.unique(ends, return_index=True)[1]] = True
    return first_start & first_end
