"""The shapes of numbers that are no telephone's: dates, amounts, addresses of computers, pieces of ids."""

import re
from collections.abc import Iterator

from etl.enrich.reading import Span

_DATE = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}([./-])(?:0?[1-9]|1[0-2])\1[0-3]?[0-9]"
    r"|[0-3]?[0-9]([./-])[0-3]?[0-9]\2 ?(?:19|20)[0-9]{2}"
    r"|[0-3]?[0-9]\.[01]?[0-9]\.? [0-2]?[0-9]\.[0-5][0-9]"
    r"|[0-2]?[0-9]\.[0-5][0-9] ?- ?[0-2]?[0-9]\.[0-5][0-9])(?![0-9])"
    r"|(?<![0-9./-])[0-3]?[0-9]([./-])[01]?[0-9]\3[0-9]{2}(?![0-9./-])"
)
DATES_PATTERN = (
    r"(^|[^0-9+./(-])(?:(?:19|20)[0-9]{2}-(?:0?[1-9]|1[0-2])-[0-3]?[0-9]|[0-3]?[0-9]\.[0-3]?[0-9]\. ?(?:19|20)[0-9]{2}"
    r"|[0-3]?[0-9]/[0-3]?[0-9]/(?:19|20)[0-9]{2}|[0-3]?[0-9][./][01]?[0-9][./][0-9]{2}"
    r"|(?:[1-9][0-9]{0,2}|0)\.[0-9]{4,})([^0-9./-]|$)"
)
"""An RE2 pattern of most dates and long decimals, with a group for what stands before and one for what stands after."""
_STAMP = re.compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{4}(?:[0-9]{2})?)?|1[0-9]{9}(?:[0-9]{3})?"
)
_AMOUNT = re.compile(
    r"(?:[1-9][0-9]{0,2}|0)\.[0-9]{4,}|[0-9]+\.[0-9]{1,2}|[1-9][0-9]?(?:\.[0-9]{3})+|[1-9](?: [0-9]{3})+"
)
_COMPUTER = re.compile(r"(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-5][0-9])\.){3}(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-5][0-9])")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|BRL|MXN|Rs\.?)) ?$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r" ?(?:[$€£¥%]|,[0-9]{1,2}(?![0-9])|(?:USD|EUR|GBP|CHF|BRL|MXN|euros?|dollars?|pounds?|francs?|franken|pesos?|reais"
    r"|points?|puntos|pontos|punkte|miles|meilen|km|kg|[kmg]b|kwh|ms)\b)",
    re.IGNORECASE,
)
_CUT_AFTER = re.compile(r"[-_=]\w|[.-][0-9]")


def outside_dates(run: str) -> Iterator[Span]:
    """The pieces of a run of digits that no date or time of day takes."""
    end = 0
    if "." in run or "-" in run or "/" in run:
        for date in _DATE.finditer(run):
            yield end, date.start()
            end = date.end()
    yield end, len(run)


def is_other_shape(text: str, start: int, end: int) -> bool:
    """Whether these digits read as an amount, a timestamp, a list, a computer's address or the head of an id."""
    raw = text[start:end]
    return (
        _STAMP.fullmatch(raw) is not None
        or _AMOUNT.fullmatch(raw) is not None
        or _COMPUTER.fullmatch(raw) is not None
        or raw.count("/") > 1
        or _CUT_AFTER.match(text, end) is not None
        or _UNIT_AFTER.match(text, end) is not None
        or _MONEY_BEFORE.search(text[max(0, start - 5) : start]) is not None
    )


def is_glued(text: str, start: int) -> bool:
    """Whether the digits go on with an id, a name or an address that began before them."""
    before = text[start - 1 : start]
    if before.isalnum() or before in ("_", "@", "#"):
        return True
    further = text[start - 2 : start - 1]
    if before == ":" and further.isdigit():
        return True
    return (before in ("-", "/") and further.isalnum() and not (before == "/" and further.isdigit())) or (
        before == "." and further.isdigit()
    )
