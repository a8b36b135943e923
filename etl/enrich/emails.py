"""Finds e-mail addresses in a reading: written plainly, or spelled out as in "name (at) host (dot) com"."""

import re
from collections.abc import Iterator

from etl.enrich.reading import Span

# "at ... point" is English prose ("at this point it"), so a word for @ goes with its own language's word for a dot.
_WORD_PAIRS = (("at", "dot|punkt"), ("arroba", "punto|ponto|dot"), ("arobase", "point"))
_ANY_DOT = "dot|punkt|punto|point|ponto"
_AT_IN_BRACKETS = r"[(\[{<] ?(?:at|ät|arroba|arobase|@) ?[)\]}>]"
PLAIN_PREFILTER = r"\S@\S+\.\S"
_BARE_PREFILTER = "|".join(rf"\b{at} +\S+ +(?:{dot}) +\S" for at, dot in _WORD_PAIRS)
SPELLED_PREFILTER = f"(?i:{_AT_IN_BRACKETS}|{_BARE_PREFILTER})"

# A handle on another server (@name@host.org) and the end of a longer word are no start of an address.
_PLAIN = re.compile(
    r"(?<![\w.%+@-])\w[\w.%+'-]{0,63}@(?:[\w-]{1,63}\.)+([A-Za-z]{2,24}|xn--[\w-]{2,59}|[^\W\d_A-Za-z]{2,24})"
    r"(?![A-Za-z\d_@])"
)
_FILE_ENDING = re.compile(r"css|csv|docx?|gif|heic|html|jpe?g|js|json|pdf|png|svg|txt|webp|xml|zip", re.IGNORECASE)

_GENERIC_DOMAINS = "com|net|org|info|biz|edu|gov|mil|app|dev|email|online|shop|store|cloud|mail|tech|[a-z]{2}"


def _spelled(at: str, dots: str) -> re.Pattern[str]:
    dot = rf"(?:\.| ?[(\[{{<] ?(?:{dots}|\.) ?[)\]}}>] ?| (?:{dots}) )"
    name = rf"(?<![\w.+-])(?P<name>\w(?:[\w.+-]{{0,62}}[\w+-])?(?:{dot}[\w+-]{{1,64}}){{0,3}})"
    host = rf"(?P<host>[\w-]{{1,63}}(?:{dot}[\w-]{{1,63}}){{0,3}}?){dot}(?:{_GENERIC_DOMAINS})(?![\w-])"
    return re.compile(name + at + host, re.IGNORECASE)


_BRACKETED = _spelled(rf" ?{_AT_IN_BRACKETS} ?", _ANY_DOT)
_BARE = tuple(_spelled(rf" +{at} +", dots) for at, dots in _WORD_PAIRS)
_MAIL_HOST = re.compile(
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|aol|gmx|web|proton(?:mail)?|posteo|orange|sapo)\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"e-?mail|\bmail|correo|courriel|adress|address|direcci|escr[ií]|écri|schreib|write", re.IGNORECASE)
_CUE_REACH = 40


def plain_emails(text: str) -> Iterator[Span]:
    """Spans of addresses with an @; file names such as icon@2x.png are none."""
    for match in _PLAIN.finditer(text):
        if _FILE_ENDING.fullmatch(match[1]) is None:
            yield match.span()


def spelled_emails(text: str) -> Iterator[Span]:
    """Spans of addresses whose @ is spelled out.

    Brackets around it are proof enough; without them ("the shop at amazon dot com") the name, the host or
    the words before must speak for an address.
    """
    for match in _BRACKETED.finditer(text):
        yield match.span()
    for match in (match for pattern in _BARE for match in pattern.finditer(text)):
        is_composed = re.search(r"[\d._+]|\W", match["name"]) is not None
        before = text[max(0, match.start() - _CUE_REACH) : match.start()]
        if is_composed or _MAIL_HOST.match(match["host"]) or _CUE.search(before):
            yield match.span()
