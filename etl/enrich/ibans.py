"""Finds IBANs in a reading: a country's structure and the check digits (mod 97)."""

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.reading import Span

PREFILTER = r"[A-Za-z]{2}[ .\-]?[0-9]{2}(?:[ .\-]?[A-Za-z0-9]){4,8}(?:[ .\-]?[0-9]){2}"

# What follows the check digits by country, from the ISO 13616 register: n digits, a letters, c either.
_STRUCTURES = {
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
_SIGNS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}
_PIECE = re.compile(r"([0-9]+)([nac])")


def _rest(structure: str) -> str:
    """The pattern of what follows the check digits, with a separator before any of its characters."""
    return "".join(f"(?:[ .\\-]?{_SIGNS[sign]}){{{count}}}" for count, sign in _PIECE.findall(structure))


_RESTS = {country: re.compile(_rest(structure) + r"(?![A-Za-z0-9])") for country, structure in _STRUCTURES.items()}
_DIGITS = re.compile(r"[0-9]{2,}")
_SEPARATORS = (" ", ".", "-")
_COMPACT = {ord(sign): None for sign in _SEPARATORS}
_LETTERS = {ord(letter): str(number) for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 10)}


_HEADS = (
    (re.compile(r"1[0-9]n|2[0-9]n"), r"(?:[ .\-]?[0-9]){10}"),
    (re.compile(r"[24]a(?:[6-9]|1[0-9]|20)n"), r"(?:[ .\-]?[A-Za-z]){2,4}(?:[ .\-]?[0-9]){6}"),
    (re.compile(r""), r"(?:[ .\-]?[A-Za-z0-9]){11}"),
)


def _sieve_pattern() -> str:
    """An RE2 pattern of countries with what their IBANs begin with; whole structures would take long to compile."""
    countries: dict[str, list[str]] = {}
    for country, structure in _STRUCTURES.items():
        head = next(head for shape, head in _HEADS if shape.match(structure))
        countries.setdefault(head, []).append(country)
    starts = "|".join(rf"(?i:{'|'.join(codes)})[ .\-]?[0-9]{{2}}{head}" for head, codes in countries.items())
    return f"(?:^|[^A-Za-z0-9])(?:{starts})"


_SIEVE_PATTERN = _sieve_pattern()


def sieve(readings: pa.Array) -> pa.Array:
    """For each reading whether it holds what some country's IBAN begins with."""
    return pc.match_substring_regex(readings, _SIEVE_PATTERN)


def ibans(text: str) -> Iterator[Span]:
    """Spans of IBANs, with or without single separators between any two characters."""
    for digits in _DIGITS.finditer(text):
        start = digits.start() - 2
        if text[start + 1 : start + 2] in _SEPARATORS:
            start -= 1
        rest = _RESTS.get(text[max(0, start) : start + 2].upper())
        if rest is None or text[max(0, start - 1) : max(0, start)].isalnum():
            continue
        found = rest.match(text, digits.start() + 2)
        if found and is_mod_97(text[start : found.end()].translate(_COMPACT).upper()):
            yield start, found.end()


def is_mod_97(iban: str) -> bool:
    """Whether a compact, upper-case IBAN leaves 1 when divided by 97 (ISO 7064, mod 97-10)."""
    return int(f"{iban[4:]}{iban[:4]}".translate(_LETTERS)) % 97 == 1
