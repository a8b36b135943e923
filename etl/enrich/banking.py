"""Finds payment cards (issuer range, length, Luhn) and IBANs (country length, mod 97) in a reading."""

import re
from collections.abc import Iterator
from itertools import accumulate

from etl.enrich.reading import Span

CARD_PREFILTER = r"\d(?:[ .\-]{0,3}\d){12}"
IBAN_PREFILTER = r"\b[A-Za-z]{2}[ .\-]?\d{2}(?:[ .\-]?[A-Za-z0-9]){4,8}(?:[ .\-]?\d){4}"

_DIGIT_RUN = re.compile(r"(?<![\d+])\d(?:[ .\-]{0,3}\d){12,}")
_CARD_LENGTHS = range(13, 20)
# Ranges as the card schemes publish them (ISO/IEC 7812 issuer numbers): prefix and the lengths in use.
_ISSUERS = (
    (re.compile(r"4"), (13, 16, 19)),
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3(?:0[0-5]|095|[689])"), (14, 16)),
    (re.compile(r"6(?:011|4[4-9]|5|2)"), (16, 17, 18, 19)),
    (re.compile(r"35(?:2[89]|[3-8])"), (16, 17, 18, 19)),
    (re.compile(r"50(?:18|20|38)|5893|6304|6759|676[1-3]"), (16, 18, 19)),
)
_CARD_CUE = re.compile(r"card|karte|tarjeta|carte|cart[aã]o|visa|master|amex|maestro", re.IGNORECASE)
_CARD_CUE_REACH = 40
_LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .\-]?\d{2}(?=[ .\-]?[A-Za-z0-9])")
_IBAN_SEPARATORS = " .-"
# Total length by country, from the ISO 13616 register.
_IBAN_LENGTHS = {
    country: length
    for length, countries in (
        (15, "NO"),
        (16, "BE"),
        (18, "DK FI FK FO GL NL SD"),
        (19, "MK SI"),
        (20, "AT BA EE KZ LT LU MN XK"),
        (21, "CH HR LI LV"),
        (22, "BG BH CR DE GB GE IE ME RS VA"),
        (23, "AE GI IL IQ OM SO TL"),
        (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
        (25, "LY PT ST"),
        (26, "IS TR"),
        (27, "BI DJ FR GR IT MC MR SM"),
        (28, "AL AZ BY CY DO GT HN HU LB NI PL SV"),
        (29, "BR EG PS QA UA"),
        (30, "JO KW MU YE"),
        (31, "MT SC"),
        (32, "LC"),
        (33, "RU"),
    )
    for country in countries.split()
}


def cards(text: str) -> Iterator[Span]:
    """Spans of card numbers that begin and end at a group of digits; the longest at each place."""
    for run in _DIGIT_RUN.finditer(text):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in re.finditer(r"\d+", run[0])]
        first = 0
        while first < len(groups):
            last = _card_end(text, groups, first)
            if last is not None:
                yield groups[first][0], groups[last][1]
            first = first + 1 if last is None else last + 1


def ibans(text: str) -> Iterator[Span]:
    """Spans of IBANs, with or without single separators between any two characters."""
    for match in _IBAN_START.finditer(text):
        end = _iban_end(text, match.start())
        if end is not None:
            yield match.start(), end


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1, annex B)."""
    plain = sum(int(digit) for digit in digits[::-2])
    doubled = sum(_LUHN_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return (plain + doubled) % 10 == 0


def is_mod_97(iban: str) -> bool:
    """Whether a compact, upper-case IBAN leaves 1 when divided by 97 (ISO 7064, mod 97-10)."""
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1


def _card_end(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The index of the group that ends the longest card beginning at group `first`."""
    lengths = accumulate(end - start for start, end in groups[first : first + _CARD_LENGTHS.stop])
    fitting = [first + offset for offset, length in enumerate(lengths) if length in _CARD_LENGTHS]
    start = groups[first][0]
    for last in reversed(fitting):
        digits = re.sub(r"\D", "", text[start : groups[last][1]])
        if _has_issuer(digits) and is_luhn(digits) and _is_set_apart(text, start, digits):
            return last
    return None


def _has_issuer(digits: str) -> bool:
    return any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _ISSUERS)


def _is_set_apart(text: str, start: int, digits: str) -> bool:
    """A number glued to letters (an id) or of 13 digits (a bar code) counts only beside a word for card."""
    if len(digits) > _CARD_LENGTHS.start and not text[max(0, start - 1) : start].isalpha():
        return True
    return _CARD_CUE.search(text[max(0, start - _CARD_CUE_REACH) : start]) is not None


def _iban_end(text: str, start: int) -> int | None:
    length = _IBAN_LENGTHS.get(text[start : start + 2].upper(), 0)
    compact: list[str] = []
    place = start
    while place < len(text) and len(compact) < length:
        character = text[place]
        if character.isascii() and character.isalnum():
            compact.append(character.upper())
        elif character not in _IBAN_SEPARATORS or text[place - 1] in _IBAN_SEPARATORS:
            return None
        place += 1
    is_whole = 0 < length == len(compact) and not text[place : place + 1].isalnum()
    return place if is_whole and is_mod_97("".join(compact)) else None
