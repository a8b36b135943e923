"""Finds payment cards (issuer range, length, Luhn) and IBANs (country length, mod 97) in a reading."""

import re
from collections.abc import Iterator
from itertools import accumulate

from etl.enrich.phone_cues import Announced, announced_before
from etl.enrich.reading import Span

CARD_PREFILTER = r"[0-9](?:[ .\-]{0,3}[0-9]){11}"
IBAN_PREFILTER = r"\b[A-Za-z]{2}[ .\-]?\d{2}(?:[ .\-]?[A-Za-z0-9]){4,8}(?:[ .\-]?\d){4}"

_DIGIT_RUN = re.compile(r"[0-9](?:[ .\-]{0,3}[0-9]){11,}")
_CARD_LENGTHS = range(12, 20)
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
    (re.compile(r"50(?:18|20|38)|5[678]|6304|639|67"), tuple(range(12, 20))),
    (re.compile(r"2131|1800"), (15,)),
    (re.compile(r"35"), (16,)),
)
_CARD_CUE = re.compile(
    r"card|karte|tarjeta|carte|cart[aã]o|visa|master|amex|maestro|cr[eé]dit|kredit|d[eé]bit"
    r"|paid (?:with|by)|bezahlt mit|pag\w+ co[nm]|pay\w+ avec",
    re.IGNORECASE,
)
_CARD_CUE_REACH = 40
_CARD_GROUPS = (4, 6, 8)
_GLUED = re.compile(r"(?:\w|[0-9][.\-]|\+)$")
_BAR_CODE_LENGTHS = (12, 13)
_LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

_IBAN_SEPARATORS = (" ", ".", "-")
# What follows the check digits by country, from the ISO 13616 register: n digits, a letters, c either.
_IBAN_STRUCTURES = {
    country: structure
    for structure, countries in (
        ("11n", "NO"), ("12n", "BE"), ("14n", "DK FI FO GL SD"), ("2a12n", "FK"), ("4a10n", "NL"), ("15n", "SI"),
        ("3n10c2n", "MK"), ("16n", "AT BA EE LT MN XK"), ("3n13c", "KZ LU"), ("5n12c", "CH LI"), ("17n", "HR"),
        ("4a13c", "LV"), ("18n", "CR DE ME RS VA"), ("4a6n8c", "BG"), ("4a14c", "BH"), ("4a14n", "GB IE"),
        ("2a16n", "GE"), ("19n", "AE IL SO TL"), ("4a15c", "GI"), ("4a15n", "IQ"), ("3n16c", "OM"), ("8n12c", "AD"),
        ("20n", "CZ ES SE SK TN"), ("20c", "MD"), ("4a16c", "PK RO"), ("2n18c", "SA"), ("4a16n", "VG"),
        ("21n", "LY PT ST"), ("22n", "IS"), ("6n16c", "TR"), ("23n", "BI DJ MR"), ("10n11c2n", "FR MC"),
        ("7n16c", "GR"), ("1a10n12c", "IT SM"), ("8n16c", "AL CY"), ("4a20c", "AZ"), ("4c4n16c", "BY"),
        ("4c20n", "DO"), ("24c", "GT"), ("4a20n", "HN NI SV"), ("24n", "HU PL"), ("4n20c", "LB"), ("23n1a1c", "BR"),
        ("25n", "EG"), ("4a21c", "PS QA"), ("6n19c", "UA"), ("4a4n18c", "JO YE"), ("4a22c", "KW"), ("4a5n18c", "MT"),
        ("4a20n3a", "SC"), ("4a19n3a", "MU"), ("4a24c", "LC"), ("14n15c", "RU"),
    )
    for country in countries.split()
}  # fmt: skip
_IBAN_SIGNS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}
_IBAN_PIECE = re.compile(r"([0-9]+)([nac])")


def _iban_rest(structure: str) -> str:
    """The pattern of what follows the check digits, with a separator before any of its characters."""
    return "".join(
        f"(?:[ .\\-]?{_IBAN_SIGNS[sign]}){{{count}}}" for count, sign in _IBAN_PIECE.findall(structure)
    )


_IBAN_RESTS = {
    country: re.compile(_iban_rest(structure) + r"(?![A-Za-z0-9])") for country, structure in _IBAN_STRUCTURES.items()
}
_DIGITS = re.compile(r"[0-9]{2,}")
_COMPACT = {ord(sign): None for sign in " .-"}


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
    for digits in _DIGITS.finditer(text):
        start = digits.start() - 2
        if text[start + 1 : start + 2] in _IBAN_SEPARATORS:
            start -= 1
        country = text[max(0, start) : start + 2].upper()
        rest = _IBAN_RESTS.get(country) if not text[max(0, start - 1) : max(0, start)].isalnum() else None
        found = rest.match(text, digits.start() + 2) if rest is not None else None
        if found and is_mod_97(text[start : found.end()].translate(_COMPACT).upper()):
            yield start, found.end()


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
    for last in reversed(fitting):
        digits = "".join([text[start:end] for start, end in groups[first : last + 1]])
        if is_luhn(digits):
            before = text[max(0, groups[first][0] - _CARD_CUE_REACH) : groups[first][0]]
            is_whole = last == first or groups[first][1] - groups[first][0] in _CARD_GROUPS
            if _CARD_CUE.search(before) or (is_whole and _is_set_apart(before, digits)):
                return last
    return None


def _has_issuer(digits: str, issuers: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...]) -> bool:
    return any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in issuers)


def _is_set_apart(before: str, digits: str) -> bool:
    """Whether an issuer gives such digits out, and they are no piece of an id, no bar code, and not called another."""
    if _GLUED.search(before):
        return False
    if _has_issuer(digits, _SURE_ISSUERS):
        return True
    is_other = _is_bar_code(digits) or announced_before(before) is Announced.OTHER
    return _has_issuer(digits, _OTHER_ISSUERS) and not is_other


def _is_bar_code(digits: str) -> bool:
    """Whether the last of 12 or 13 digits is the check digit of a GTIN (weights 3 and 1 from the right)."""
    odd, even = digits[-2::-2], digits[-3::-2]
    return len(digits) in _BAR_CODE_LENGTHS and (3 * sum(map(int, odd)) + sum(map(int, even)) + int(digits[-1])) % 10 == 0
