"""Finds telephone numbers in a reading: a number must be one, and look or be announced like one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from phonenumbers import Leniency, PhoneNumberMatcher

from etl.enrich.reading import Span

PREFILTER = r"(?:^|[^\w@#])\d(?:[^\w,;:@#]{0,3}\d){6}"

_RUN = re.compile(
    r"(?<![\w@#])(?:\+ ?)?\(?\+?\d(?:[ ()./+\-]{0,3}\d){6,}(?: ?(?:x|ext\.?) ?\d{1,6})?(?!\w)", re.IGNORECASE
)
_NORTH_AMERICAN = re.compile(
    r"(?<![\d.-])(?:\+?1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}(?!\d)(?: ?(?:x|ext\.?) ?\d{1,6})?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[ ./-](?:0?[1-9]|1[0-2])[ ./-][0-3]?\d|[0-3]?\d[ ./-][0-3]?\d[ ./-](?:19|20)\d\d"
    r"|[0-3]?\d\.[01]?\d\.? [0-2]?\d\.[0-5]\d)(?!\d)"
)
_AMOUNT = re.compile(r"\d{1,3}\.\d{4,}|\d+\.\d{1,2}|[1-9]\d?(?:[. ]\d{3})+")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|\b(?:USD|EUR|GBP|Rs\.?)) ?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r" ?(?:[$€£¥%]|,\d|(?:USD|EUR|GBP|euros?|dollars?|pounds?)\b)", re.IGNORECASE)
_GLUED_BEFORE = re.compile(r"\w[-._/]$|#$")
_GLUED_AFTER = re.compile(r"[-_=]\w|\.\d")
_PHONE_CUE = re.compile(
    r"phone|\btel\b|\btél\b|\bcall|\bring\b|\bmobile|\bcell|whats ?app|wa\.me|\btext(?:ed)? |\bsms\b|\bdial|\bfax\b"
    r"|\breach (?:me|us|him|her|them)|telefon|\bhandy|\bmobil|anruf|\brufen?\b|rufnummer|erreich|tel[eé]f|m[oó]vil"
    r"|celular|\bllam|t[eé]l[eé]|\bportable|\bappel|joindre|\bligar|\bligue|\bliga-",
    re.IGNORECASE,
)
_WEAK_CUE = re.compile(
    r"\b(?:number|nummer|n[uú]mero|numéro)(?: (?:is|ist|lautet|es|est|é)\b|:)|\bcontact|\bkontakt", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|ticket|case|claim|ref(?:erence)?|tracking|invoice|booking|confirmation|serial|parcel|imei|isbn"
    r"|(?:customer|account|member|policy) (?:id|no|number)|bestell\w*|sendung\w*|rechnung\w*|kundennu\w*|konto\w*"
    r"|auftrag\w*|vorgang\w*|paket\w*|pedido|seguimiento|factura|cuenta|reserva|env[ií]o|commande|colis|suivi"
    r"|facture|compte|dossier|encomenda|fatura|conta|rastreio)\b(?P<rest>[^\d.!?]{0,24})$",
    re.IGNORECASE,
)
_CUE_REACH = 40
_POSSIBLE_DIGITS = 9


def phones(text: str, regions: tuple[str, ...]) -> Iterator[Span]:
    """Spans of telephone numbers, international or national in one of `regions`.

    A plus sign, a word for telephone shortly before, or separators must speak for the number; a date, an amount,
    a part of an id and a number announced as something else speak against it.
    """
    for run in _RUN.finditer(text):
        other, has_cue = _announced(text[max(0, run.start() - _CUE_REACH) : run.start()])
        for start, end in _candidates(run[0], regions, has_cue):
            span = run.start() + start, run.start() + end
            if _is_international(text[slice(*span)]) or not (other or _is_other_shape(text, span)):
                yield span


def _announced(before: str) -> tuple[bool, bool]:
    """Whether the words before a number call it something else, and whether they call it a telephone."""
    other = _OTHER_NUMBER.search(before)
    if other is not None:
        has_cue = _PHONE_CUE.search(other["rest"]) is not None
        return not has_cue, has_cue
    return False, (_PHONE_CUE.search(before) or _WEAK_CUE.search(before)) is not None


@lru_cache(maxsize=65536)
def _candidates(run: str, regions: tuple[str, ...], has_cue: bool) -> tuple[Span, ...]:
    """Spans inside one run of digits that may be telephone numbers, by the strictest reading that finds any."""
    if "+" in run:
        found = _matches(run, None, Leniency.POSSIBLE)
        if found:
            return found
    if not has_cue and run.isdigit() and not run.startswith("00"):
        return ()
    if "US" in regions and not run.startswith("0") and (shaped := _north_american(run)):
        return shaped
    # Ten digits in any grouping are a valid number in the United States, so there only a word proves one.
    for region in regions if has_cue else [region for region in regions if region != "US"]:
        found = _matches(run, region, Leniency.VALID)
        if found:
            return found
    if has_cue and sum(character.isdigit() for character in run) >= _POSSIBLE_DIGITS:
        return _matches(run, regions[0], Leniency.POSSIBLE)
    return ()


def _north_american(run: str) -> tuple[Span, ...]:
    """Numbers grouped 3-3-4, valid or not: people write invented ones (555) and mistype real ones."""
    return tuple(match.span() for match in _NORTH_AMERICAN.finditer(run))


def _matches(run: str, region: str | None, leniency: int) -> tuple[Span, ...]:
    matcher = PhoneNumberMatcher(run, region, leniency, max_tries=100)
    return tuple((match.start, match.end) for match in matcher)


def _is_international(raw: str) -> bool:
    return raw.lstrip("(").startswith(("+", "00"))


def _is_other_shape(text: str, span: Span) -> bool:
    """Whether the number reads as a date, a list, an amount, a coordinate or a piece of an id."""
    raw, before, after = text[slice(*span)], text[max(0, span[0] - 8) : span[0]], text[span[1] : span[1] + 8]
    return (
        _DATE.search(raw) is not None
        or raw.count("/") > 1
        or _AMOUNT.fullmatch(raw) is not None
        or _MONEY_BEFORE.search(before) is not None
        or _MONEY_AFTER.match(after) is not None
        or _GLUED_BEFORE.search(before) is not None
        or _GLUED_AFTER.match(after) is not None
    )
