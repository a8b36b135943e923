"""The numbering plans that telephone numbers are read by: which digits a country gives out, and how they are grouped.

The rules are those of the phonenumbers library, compiled once; asking the library itself for each text takes a
millisecond.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan",
    "voicemail",
)  # fmt: skip
_NORTH_AMERICA = "1"
_NORTH_AMERICAN = r"[2-9]\d\d[2-9]\d{6}"
# Brazilians leave the zero out, the Irish before 1800 and 1890.
_ZERO_LEFT_OUT = ("BR", "IE")
_GEOGRAPHIC_CODES = re.compile("|".join(sorted(map(str, COUNTRY_CODE_TO_REGION_CODE), reverse=True)))

# How people group national numbers that have no leading zero; without a word for telephone, only these are taken.
_GROUPINGS = {
    "US": {(3, 3, 4), (1, 3, 3, 4)},
    "CA": {(3, 3, 4), (1, 3, 3, 4)},
    "ES": {(3, 3, 3), (3, 2, 2, 2), (2, 3, 2, 2), (3, 3, 2, 1), (3, 6), (2, 3, 4)},
    "PT": {(3, 3, 3), (2, 3, 4), (2, 3, 2, 2), (3, 2, 2, 2)},
    "BR": {(2, 5, 4), (2, 4, 4), (2, 1, 4, 4), (2, 9)},
    "MX": {(2, 4, 4), (3, 3, 4), (2, 2, 2, 2, 2), (3, 3, 2, 2)},
    "IT": {(3, 3, 4), (3, 7), (3, 6)},
}


@dataclass(frozen=True)
class Plan:
    """One country: what it dials before a national number, the numbers in use, and the lengths that may be."""

    trunk: str
    in_use: re.Pattern[str]
    lengths: frozenset[int]


@dataclass(frozen=True)
class NationalPlans:
    """The plans of several countries at once: numbers with a leading zero, numbers without, groupings of the latter."""

    with_zero: re.Pattern[str]
    without_zero: re.Pattern[str]
    groupings: frozenset[tuple[int, ...]]
    has_north_america: bool


@cache
def national_plans(regions: tuple[str, ...]) -> NationalPlans:
    """The national numbers of these regions (ISO 3166 codes)."""
    with_zero, without_zero = [], []
    for region in regions:
        metadata = PhoneMetadata.metadata_for_region(region)
        if metadata is None:
            continue
        pattern = _in_use(metadata)
        if str(metadata.country_code) == _NORTH_AMERICA:
            without_zero.append(f"1?{_NORTH_AMERICAN}")
        elif metadata.national_prefix == "0":
            with_zero.append(pattern)
            if region in _ZERO_LEFT_OUT:
                without_zero.append(pattern)
        else:
            without_zero.append(pattern)
    return NationalPlans(
        re.compile(f"0(?:{'|'.join(with_zero) or '(?!)'})"),
        re.compile("|".join(without_zero) or "(?!)"),
        frozenset().union(*(_GROUPINGS.get(region, set()) for region in regions)),
        any(region in ("US", "CA") for region in regions),
    )


def split_code(digits: str) -> tuple[str, str]:
    """An international number as country code and national number; the code is empty where no country has it."""
    found = _GEOGRAPHIC_CODES.match(digits)
    return (found[0], digits[found.end() :]) if found else ("", digits)


def is_in_use(digits: str) -> bool:
    """Whether an international number, without its plus sign, is of a series that its country gives out."""
    plan, number = _planned(digits)
    return plan is not None and plan.in_use.fullmatch(number) is not None


def is_possible(digits: str) -> bool:
    """Whether an international number, without its plus sign, has a length that its country uses."""
    plan, number = _planned(digits)
    return plan is not None and len(number) in plan.lengths


def _planned(digits: str) -> tuple[Plan | None, str]:
    """The plan of an international number, and its national part without the zero of +44 (0)20."""
    code, number = split_code(digits)
    if not code:
        return None, number
    plan = _plan(int(code))
    if plan.trunk and number.startswith(plan.trunk) and plan.trunk == "0":
        number = number[1:]
    return plan, number


@cache
def _plan(code: int) -> Plan:
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    found = [
        PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        for region in (regions if code != int(_NORTH_AMERICA) else regions[:1])
    ]
    known = [metadata for metadata in found if metadata is not None]
    patterns = [_in_use(metadata) for metadata in known]
    if code == int(_NORTH_AMERICA):
        patterns = [_NORTH_AMERICAN]
    general = [metadata.general_desc for metadata in known if metadata.general_desc is not None]
    lengths = frozenset(length for described in general for length in described.possible_length)
    return Plan(known[0].national_prefix or "", re.compile("|".join(patterns)), lengths)


def _in_use(metadata: PhoneMetadata) -> str:
    """One pattern of all national numbers that a country gives out."""
    described = (getattr(metadata, kind) for kind in _KINDS)
    return "|".join(_patterns(desc.national_number_pattern for desc in described if desc is not None))


def _patterns(patterns: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(f"(?:{pattern})" for pattern in patterns if pattern and pattern != "NA"))
