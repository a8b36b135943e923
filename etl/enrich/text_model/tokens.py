"""Texts as the kernel takes them, and the table of their tokens, with which portable SQL and learning begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.text_model import characters, kernel
from etl.enrich.text_model.arrays import Alphabet, Bytes, Integers, Room

NO_NEGATIONS: Integers = np.zeros(1, np.int64)
NEGATIONS = (
    "not no never none nobody nothing neither nor cannot without hardly barely cant dont doesnt didnt isnt arent wasnt "
    "werent wont wouldnt couldnt shouldnt havent hasnt hadnt aint nicht kein keine keinen keiner keinem nie niemals "
    "nichts ohne weder pas jamais rien sans ni nunca nada sin não nem sem"
)
"""Words that turn what follows in their clause: English, German, French, Spanish, Portuguese."""
NEGATION_SLOTS = 512


@dataclass(frozen=True)
class Batch:
    """The UTF-8 of some texts end to end, and where each begins."""

    data: Bytes
    starts: Integers

    @classmethod
    def of(cls, texts: pa.Array | pa.ChunkedArray) -> Self:
        """Without a copy where the texts are large strings in one piece; a null is empty."""
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        whole = pc.fill_null(whole, "").cast(pa.large_string())
        _, starts, data = whole.buffers()
        every = np.frombuffer(starts, np.int64)[whole.offset : whole.offset + len(whole) + 1] if len(whole) else None
        bytes_ = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        return cls(bytes_, np.zeros(1, np.int64) if every is None else every)

    def parts(self, texts: int) -> list["Batch"]:
        """The same texts in batches of so many."""
        return [type(self)(self.data, self.starts[at : at + texts + 1]) for at in range(0, len(self), texts)]

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """The bytes of all texts."""
        return int(self.starts[-1] - self.starts[0])

    def room(self) -> Room:
        """Arrays for the plain characters, the units and the tokens of the longest text."""
        longest = int(np.diff(self.starts).max(initial=0)) + 4
        units = np.empty((longest, kernel.UNIT_COLUMNS), np.int64)
        return np.empty(longest, np.int32), units, np.empty((2, kernel.TOKENS_PER_UNIT * longest), np.int64)


@dataclass(frozen=True)
class Tokens:
    """A row for each token in each text: which text, its first and last byte in the batch, its kind."""

    texts: Integers
    tokens: Integers
    firsts: Integers
    lasts: Integers
    kinds: Integers

    def table(self) -> pa.Table:
        """Columns text (its place, from 0) and token, as SQL joins them with a model."""
        return pa.table({"text": self.texts, "token": self.tokens})


def tokens_of(batch: Batch) -> Tokens:
    """All tokens of all texts, in order; a token that stands twice in a text has two rows."""
    return _tokens(batch, negations())


def alphabet(negations: Integers) -> Alphabet:
    """The tables that the kernel reads characters by, with the tokens of words for "not"."""
    return characters.kinds(), characters.plain(), negations


def _tokens(batch: Batch, negations: Integers) -> Tokens:
    rows = np.empty((kernel.TOKENS_PER_BYTE * batch.size + 1, kernel.TOKEN_COLUMNS), np.int64)
    count = kernel.write_tokens(batch.data, batch.starts, alphabet(negations), batch.room(), rows)
    return Tokens(*np.ascontiguousarray(rows[:count].T))


def words_tokens(words: Sequence[str]) -> Integers:
    """The token of each text that is one unit; 0 for a text of none or several."""
    found = _tokens(Batch.of(pa.array(words, pa.large_string())), NO_NEGATIONS)
    is_whole = found.kinds == kernel.WHOLE
    count = np.bincount(found.texts[is_whole], minlength=len(words))
    tokens = np.zeros(len(words), np.int64)
    tokens[found.texts[is_whole]] = found.tokens[is_whole]
    return np.where(count == 1, tokens, 0)


@cache
def negations() -> Integers:
    """The tokens of the words for "not", as an open table."""
    slots, places = np.zeros(NEGATION_SLOTS, np.int64), np.zeros(NEGATION_SLOTS, np.int32)
    kernel.fill_table(words_tokens(NEGATIONS.split()), slots, places, np.zeros(1, np.uint8))
    return slots
