"""The compiled loops of the text model: a text's bytes to units, units to tokens, tokens to sums of weights.

All stands in one file, as what was compiled is renewed only when its own file changes. Integers have 64 bits and wrap,
so that each machine and engine gets the same tokens. A unit is what a reader takes for one: a word, a handle, a link,
an emoji or emoticon, a run of ! or ?, a character of a script without spaces. Words are in lower case, without
apostrophes, their digits as 0, no letter more than twice in a row. A unit's row: token, first and last byte in the
text, first and last plain character, flags.
"""

import numpy as np
import numpy.typing as npt

from etl.enrich.text_model.arrays import Alphabet, Bytes, Codes, Integers, Kinds, Known, Room, Vocabulary
from etl.enrich.text_model.characters import (
    AFTER_PICTURES,
    APOSTROPHE,
    AT,
    CLAUSE_END,
    CODES,
    EYES,
    FIRST_PICTURE,
    IDEOGRAPH,
    LETTER,
    MARK,
    OTHER,
    SYMBOL,
)  # fmt: skip
from etl.enrich.text_model.compiled import compiled

WORD, NEGATED, LOUD = 1, 2, 4
SHORTEST_PIECE, LONGEST_PIECE, NEGATION_REACH = 3, 5, 3
UNIT_COLUMNS, TOKEN_COLUMNS, TOKENS_PER_UNIT, TOKENS_PER_BYTE = 6, 5, 4, 10
WHOLE, SIGNAL, PAIR, SKIP, PIECE = range(5)

# FNV-1a (Fowler, Noll, Vo), its bits spread by an odd number at the end.
_SEED, _PRIME, _SPREAD = -3750763034362895579, 1099511628211, -49064778989728563
_NEGATION, _CAPITALS, _HANDLE, _LINK, _MARKS, _SMILE, _FROWN = 101, 102, 103, 104, 105, 115, 116
_SPACE, _EXCLAMATION, _MINUS, _SLASH, _ZERO, _COLON, _QUESTION = 32, 33, 45, 47, 48, 58, 63
_A, _Z, _UNDERSCORE = 65, 90, 95
_GLAD_MOUTHS, _SAD_MOUTHS = (41, 68, 93), (40, 91)  # ) D ] and ( [


@compiled
def _step(token: int, value: int) -> int:
    return (token ^ value) * _PRIME


@compiled
def _spread(token: int) -> int:
    """A token whose low bits depend on all of it, for its place in a table; positive."""
    token = (token ^ (token >> 32)) * _SPREAD
    token ^= token >> 29
    return token if token > 0 else 1


@compiled
def _slot(token: int, slots: Integers) -> int:
    """Where a token stands in an open table, or the empty slot where it would."""
    slot = token & (len(slots) - 1)
    while slots[slot] != 0 and slots[slot] != token:
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@compiled
def _combined(first: int, second: int, kind: int) -> int:
    return _spread(_step(_step(_step(_SEED, kind), first), second))


@compiled
def negated(token: int) -> int:
    """What stands for a word within reach of a word for "not", beside the word itself."""
    return _combined(token, 0, _NEGATION)


@compiled
def _character(data: Bytes, at: int, end: int, kinds: Kinds) -> tuple[int, int, int]:
    """The code point at a place of UTF-8, its bytes, its kind."""
    code = int(data[at])
    if code < 0x80:
        return code, 1, int(kinds[code])
    length = 2 if code < 0xE0 else 3 if code < 0xF0 else 4
    code &= 0x7F >> length
    for place in range(at + 1, min(at + length, end)):
        code = code << 6 | int(data[place] & 0x3F)
    if code >= CODES:
        return code, min(length, end - at), SYMBOL if FIRST_PICTURE <= code < AFTER_PICTURES else IDEOGRAPH
    return code, min(length, end - at), int(kinds[code])


@compiled
def _word(data: Bytes, at: int, end: int, alphabet: Alphabet, plain: Codes, filled: int) -> tuple[int, int, int, bool]:
    """Read one word: the place after it, the plain characters after it, its token, whether it is in capitals."""
    kinds, lower, _ = alphabet
    token, capitals, letters, last, before = _SEED, 0, 0, -1, -1
    while at < end:
        code, length, kind = _character(data, at, end, kinds)
        if kind == APOSTROPHE and at + length < end and _character(data, at + length, end, kinds)[2] == LETTER:
            at += length
            continue
        if kind != LETTER:
            break
        at, letters = at + length, letters + 1
        capitals += 1 if _A <= code <= _Z else 0
        code = int(lower[code])
        if code == last and code == before and code != _ZERO:
            continue
        last, before = code, last
        plain[filled] = code
        filled += 1
        token = _step(token, code)
    return at, filled, _spread(token), capitals == letters and letters > 2


@compiled
def _sign(data: Bytes, at: int, end: int, kind: int, code: int, length: int) -> tuple[int, int]:
    """The place after what is no word, and its token; 0 for what says nothing."""
    after = at + length
    if kind == MARK:
        while after < end and (data[after] == _EXCLAMATION or data[after] == _QUESTION):
            after += 1
        return after, _combined(_MARKS, (0 if code == _EXCLAMATION else 2) + min(after - at, 2), 0)
    if kind == EYES and after < end:
        mouth = after + 1 if data[after] == _MINUS and after + 1 < end else after
        if data[mouth] in _GLAD_MOUTHS:
            return mouth + 1, _combined(_SMILE, 0, 0)
        if data[mouth] in _SAD_MOUTHS:
            return mouth + 1, _combined(_FROWN, 0, 0)
    if kind in (SYMBOL, IDEOGRAPH):
        return after, _spread(_step(_SEED, code))
    return after, 0


@compiled
def _name_end(data: Bytes, at: int, end: int, kinds: Kinds) -> int:
    """The place after a handle's name, which may hold underscores."""
    while at < end and data[at] < 0x80 and (data[at] == _UNDERSCORE or kinds[data[at]] == LETTER):
        at += 1
    return at


@compiled
def read_units(data: Bytes, at: int, end: int, alphabet: Alphabet, plain: Codes, units: Integers) -> int:
    """Fill the rows of a text's units; returns how many there are."""
    kinds, _, negations = alphabet
    filled, count, reach = 0, 0, 0
    while at < end:
        code, length, kind = _character(data, at, end, kinds)
        if kind == OTHER:
            at += length
            continue
        first, first_plain, token, flags = at, filled, 0, 0
        if kind == LETTER:
            at, filled, token, is_loud = _word(data, at, end, alphabet, plain, filled)
            flags = WORD | LOUD if is_loud else WORD
            if at + 2 < end and data[at] == _COLON and data[at + 1] == _SLASH and data[at + 2] == _SLASH:
                token, flags = _combined(_LINK, 0, 0), 0
                while at < end and data[at] > _SPACE:
                    at += 1
        elif kind == AT and _name_end(data, at + 1, end, kinds) > at + 1:
            at, token = _name_end(data, at + 1, end, kinds), _combined(_HANDLE, 0, 0)
        else:
            at, token = _sign(data, at, end, kind, code, length)
        reach = 0 if kind in (CLAUSE_END, MARK, EYES) else reach
        if token == 0:
            continue
        if reach > 0 and flags & WORD:
            flags, reach = flags | NEGATED, reach - 1
        if flags & WORD and negations[_slot(token, negations)] != 0:
            reach = NEGATION_REACH
        units[count, 0], units[count, 1], units[count, 2] = token, first, at
        units[count, 3], units[count, 4], units[count, 5] = first_plain, filled, flags
        count += 1
    return count


@compiled
def _neighbours(units: Integers, count: int, tokens: Integers, owners: Integers) -> int:
    """Fill in what holds for a unit (negated, in capitals) and its pairs with the next two; returns how many.

    `owners` gets the place of the unit times four, and by how many units the token reaches further.
    """
    filled = 0
    for place in range(count):
        token, flags = units[place, 0], units[place, 5]
        if flags & NEGATED:
            tokens[filled], owners[filled] = negated(token), place * 4
            filled += 1
        if flags & LOUD:
            tokens[filled], owners[filled] = _combined(_CAPITALS, 0, 0), place * 4
            filled += 1
        for gap in range(1, min(3, count - place)):
            tokens[filled] = _combined(token, units[place + gap, 0], PAIR if gap == 1 else SKIP)
            owners[filled] = place * 4 + gap
            filled += 1
    return filled


@compiled
def _pieces(unit: Integers, plain: Codes, pieces: Integers) -> int:
    """Fill in the pieces of three to five characters of one word, its two edges counted in; returns how many."""
    filled, first, after = 0, unit[3] - 1, unit[4] + 1 if unit[5] & WORD else 0
    for begin in range(first, after - SHORTEST_PIECE + 1):
        token = _SEED
        for place in range(begin, min(begin + LONGEST_PIECE, after)):
            token = _step(token, _SPACE if place == first or place == after - 1 else int(plain[place]))
            if place - begin + 1 >= SHORTEST_PIECE:
                pieces[filled] = _spread(_step(token, PIECE))
                filled += 1
    return filled


@compiled
def write_tokens(data: Bytes, starts: Integers, alphabet: Alphabet, room: Room, rows: Integers) -> int:
    """Fill rows of text, token, first and last byte, kind; returns how many."""
    filled, (plain, units, spare) = 0, room
    tokens, owners = spare[0], spare[1]
    for text in range(len(starts) - 1):
        count = read_units(data, starts[text], starts[text + 1], alphabet, plain, units)
        for unit in units[:count]:
            filled = _write(rows, filled, text, unit[0], unit, unit, WHOLE)
            for piece in range(_pieces(unit, plain, tokens)):
                filled = _write(rows, filled, text, tokens[piece], unit, unit, PIECE)
        for row in range(_neighbours(units, count, tokens, owners)):
            place, gap = owners[row] // 4, owners[row] % 4
            kind = SIGNAL if gap == 0 else PAIR if gap == 1 else SKIP
            filled = _write(rows, filled, text, tokens[row], units[place], units[place + gap], kind)
    return filled


@compiled
def _write(rows: Integers, filled: int, text: int, token: int, first: Integers, last: Integers, kind: int) -> int:
    row = rows[filled]
    row[0], row[1], row[2], row[3], row[4] = text, token, first[1], last[2], kind
    return filled + 1


@compiled
def fill_table(tokens: Integers, slots: Integers, places: Codes, bits: Bytes) -> None:
    """Enter tokens and their places into an open table: a power of two of slots, 0 where empty."""
    for place in range(len(tokens)):
        slot = _slot(tokens[place], slots)
        slots[slot], places[slot] = tokens[place], place
        bits[tokens[place] >> 27 & (len(bits) - 1)] |= np.uint8(1 << (tokens[place] >> 24 & 7))


@compiled
def _add(sums: Integers, to: int, weights: npt.NDArray[np.integer], row: int) -> None:
    for column in range(sums.shape[1]):
        sums[to, column] += weights[row, column]


@compiled
def weigh(
    data: Bytes, starts: Integers, alphabet: Alphabet, room: Room, vocabulary: Vocabulary, known: Known, sums: Integers
) -> None:  # fmt: skip
    """Add up the weights of each text's tokens, a column a class.

    A word with all its pieces is added up once and then known, until the rows for them are full.
    """
    (plain, units, spare), (words, word_rows, word_sums), weights = room, known, vocabulary[2]
    tokens, owners, filled = spare[0], spare[1], 0
    for text in range(len(starts) - 1):
        count = read_units(data, starts[text], starts[text + 1], alphabet, plain, units)
        for place in range(count):
            slot = _slot(units[place, 0], words)
            row = int(word_rows[slot])
            if words[slot] == 0:
                row = filled
                _add_word(units[place], plain, tokens, vocabulary, word_sums, row)
                if filled < len(word_sums) - 1:
                    words[slot], word_rows[slot], filled = units[place, 0], row, filled + 1
            _add(sums, text, word_sums, row)
        for pair in range(_known_rows(tokens, _neighbours(units, count, tokens, owners), vocabulary)):
            _add(sums, text, weights, tokens[pair])


@compiled
def _add_word(unit: Integers, plain: Codes, tokens: Integers, vocabulary: Vocabulary, sums: Integers, to: int) -> None:
    """Add up the weights of a word and its pieces in one row of sums."""
    sums[to] = 0
    pieces = _pieces(unit, plain, tokens)
    tokens[pieces] = unit[0]
    for place in range(_known_rows(tokens, pieces + 1, vocabulary)):
        _add(sums, to, vocabulary[2], tokens[place])


@compiled
def _known_rows(tokens: Integers, count: int, vocabulary: Vocabulary) -> int:
    """Put in the place of tokens the rows of weights of those that the model knows; returns how many."""
    slots, places, _, bits = vocabulary
    found = 0
    for place in range(count):
        token = tokens[place]
        if bits[token >> 27 & (len(bits) - 1)] >> (token >> 24 & 7) & 1:
            slot = _slot(token, slots)
            if slots[slot] != 0:
                tokens[found] = places[slot]
                found += 1
    return found
