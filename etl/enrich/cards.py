"""Finds payment cards in a reading: issuer range, length, grouping and check digit."""

import re
from collections.abc import Iterator

from etl.enrich.card_sieve import LENGTHS
from etl.enrich.phone_cues import Announced, announced_before
from etl.enrich.reading import Span

PREFILTER = r"(?:^|[^0-9])(?:[2-6][ .\-]{0,3}[0-9]|1800|060)(?:[ .\-]{0,3}[0-9]){8,17}(?:[^0-9]|$)"

_RUN = re.compile(r"[0-9](?:[ .\-]{0,3}[0-9]){11,}")
_GROUP = re.compile(r"[0-9]+")
_FIRST_DIGITS = ("2", "3", "4", "5", "6", "1800", "060")
# Ranges as the card schemes publish them (ISO/IEC 7812 issuer numbers): prefix and the lengths in use. The first are
# told by them alone; the others are so wide or so short that an order number may fall into them.
_SURE_ISSUERS = (
    (re.compile(r"4"), (16,)),
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3(?:0[0-5]|095|[689])"), (14, 16)),
    (re.compile(r"6(?:011|4[4-9]|5)|35(?:2[89]|[3-8])"), (16, 19)),
    (re.compile(r"62"), (16, 17, 18, 19)),
)
_OTHER_ISSUERS = (
    (re.compile(r"4"), (13, 19)),
    (re.compile(r"50(?:18|20|38)|5[678]|6304|639|67"), tuple(LENGTHS)),
    (re.compile(r"2131|1800"), (15,)),
    (re.compile(r"35"), (16,)),
)
_CUE = re.compile(
    r"card|karte|tarjeta|carte|cart[aã]o|visa|master|amex|maestro|cr[eé]dit|kredit|d[eé]bit"
    r"|paid (?:with|by)|bezahlt mit|pag\w+ co[nm]|pay\w+ avec",
    re.IGNORECASE,
)
_CUE_REACH = 40
_GROUP_SIZES = (4, 6, 8)
_GLUED = re.compile(r"(?:\w|[0-9][.\-]|\+)$")
_BAR_CODE_LENGTHS = (12, 13)
# What a digit counts once it is doubled, as ASCII.
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


def cards(text: str) -> Iterator[Span]:
    """Spans of card numbers that begin and end at a group of digits; the longest at each place."""
    for run in _RUN.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        first = 0
        while first < len(groups):
            last = _end(text, groups, first)
            if last is not None:
                yield groups[first][0], groups[last][1]
            first = first + 1 if last is None else last + 1


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1, annex B)."""
    signs = digits.encode()
    total = sum(signs[::-2]) + sum(signs[-2::-2].translate(_DOUBLED))
    return (total - ord("0") * len(signs)) % 10 == 0


def _end(text: str, groups: list[Span], first: int) -> int | None:
    """The index of the group that ends the longest card beginning at group `first`."""
    start = groups[first][0]
    if not text.startswith(_FIRST_DIGITS, start):
        return None
    for last in range(min(len(groups), first + LENGTHS.stop) - 1, first - 1, -1):
        digits = "".join([text[begin:end] for begin, end in groups[first : last + 1]])
        if len(digits) in LENGTHS and is_luhn(digits):
            before = text[max(0, start - _CUE_REACH) : start]
            is_whole = last == first or groups[first][1] - start in _GROUP_SIZES
            if (is_whole and _is_set_apart(before, digits)) or _CUE.search(before):
                return last
    return None


def _has_issuer(digits: str, issuers: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...]) -> bool:
    return any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in issuers)


def _is_set_apart(before: str, digits: str) -> bool:
    """Whether an issuer gives such digits out, and they are no piece of an id, no bar code, and not called another."""
    if _GLUED.search(before[-2:]):
        return False
    if _has_issuer(digits, _SURE_ISSUERS):
        return True
    if not _has_issuer(digits, _OTHER_ISSUERS):
        return False
    return not _is_bar_code(digits) and announced_before(before) is not Announced.OTHER


def _is_bar_code(digits: str) -> bool:
    """Whether the last of 12 or 13 digits is the check digit of a GTIN (weights 3 and 1 from the right)."""
    values = [int(digit) for digit in digits]
    return len(digits) in _BAR_CODE_LENGTHS and (3 * sum(values[-2::-2]) + sum(values[::-2])) % 10 == 0
