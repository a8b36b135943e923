"""Finds e-mail addresses in a reading: written plainly, or spelled out as in "name (at) host (dot) com"."""

import re
from collections.abc import Iterator

from etl.enrich.reading import Span

_AT_SIGNS = r"at|ät|aet|a|arroba|arobase|arrobase|arobas|klammeraffe|@"
_AT_IN_BRACKETS = rf"[(\[{{<] ?(?:{_AT_SIGNS}) ?[)\]}}>]"
_AT_WORDS = r"ät|arroba|arr?obas?e?|klammeraffe"
_DOTS = "dot|punkt|punto|point|ponto|pt"
_JOINTS = "underscore|unterstrich|gui[oó]n bajo|tiret(?: du)? bas|underline|dash|hyphen|minus|bindestrich|gui[oó]n|tiret|h[ií]fen"
PLAIN_PREFILTER = r"\S@\S+\.\S"
SPELLED_PREFILTER = (
    rf"(?i:[^\s(\[{{<] ?{_AT_IN_BRACKETS} ?[^\s)\]}}>]| (?:{_AT_WORDS}) +\S| at +\S+ +(?:dot|punkt) +\S| at +[\w-]+\.\w"
    r"|\w @ ?[\w.-]+\.\w|\w @ [\w-]+ (?:dot|\.) \w|\w@ [\w.-]+\.\w)"
)

_LONGEST_NAME = 128
_NAME_BACKWARDS = re.compile(r"[\w.%+'-]+")
_HOST = re.compile(
    r"(?:[\w-]{1,63}\.)+([A-Za-z]{2,24}|xn--[\w-]{2,59}|[^\W\d_A-Za-z]{2,24})(?![A-Za-z\d_@])"
)
_FILE_ENDING = re.compile(r"css|csv|docx?|gif|heic|html|jpe?g|js|json|pdf|png|svg|txt|webp|xml|zip", re.IGNORECASE)

_GENERIC_DOMAINS = "com|net|org|info|biz|edu|gov|mil|app|dev|email|online|shop|store|cloud|mail|tech|[a-z]{2}"


def _spelled(at: str, dots: str) -> re.Pattern[str]:
    dot = rf"(?:\.| ?[(\[{{<] ?(?:{_DOTS}|\.) ?[)\]}}>] ?| +(?:{dots}) +)"
    name = rf"(?<![\w.+-])(?P<name>\w(?:[\w.+-]{{0,62}}[\w+-])?(?:(?:{dot}| (?:{_JOINTS}) )[\w+-]{{1,64}}){{0,3}})"
    host = rf"(?P<host>[\w-]{{1,63}}(?:{dot}[\w-]{{1,63}}){{0,3}}){dot}(?:{_GENERIC_DOMAINS})(?![\w-])"
    return re.compile(name + at + host, re.IGNORECASE)


# "at ... point" is English prose ("at this point it"), so at goes with English and German words for a dot only.
_SURE = _spelled(rf"(?: ?{_AT_IN_BRACKETS} ?| +(?:{_AT_WORDS}) +)", _DOTS)
_BARE = _spelled(r" +at +", "dot|punkt")
_SPACED = _spelled(r"(?: @ ?|@ )", r"dot|\.")
_MAIL_HOST = re.compile(
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|aol|gmx|web|proton(?:mail)?|posteo|orange|sapo)\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"e-?mail|\bmail|correo|courriel|adress|address|direcci|escr[ií]|écri|schreib|write", re.IGNORECASE)
_CUE_REACH = 40


def plain_emails(text: str) -> Iterator[Span]:
    """Spans of addresses with an @; file names such as icon@2x.png are none, nor is a handle on another server."""
    at = text.find("@")
    while at >= 0:
        host = _HOST.match(text, at + 1)
        if host is not None and _FILE_ENDING.fullmatch(host[1]) is None:
            backwards = _NAME_BACKWARDS.match(text[max(0, at - _LONGEST_NAME) : at][::-1])
            name = backwards[0].rstrip("'.%+-") if backwards else ""
            if name and text[at - len(name) - 1 : at - len(name)] != "@":
                yield at - len(name), host.end()
        at = text.find("@", at + 1)


def spelled_emails(text: str) -> Iterator[Span]:
    """Spans of addresses whose @ is spelled out or stands apart.

    Brackets around it and words that mean nothing else are proof enough; without them ("the shop at amazon dot com")
    the name, the host or the words before must speak for an address.
    """
    for match in _SURE.finditer(text):
        yield match.span()
    for match in (match for pattern in (_BARE, _SPACED) for match in pattern.finditer(text)):
        is_composed = re.search(r"[\d._+-]|\W", match["name"]) is not None
        is_mail_host = _MAIL_HOST.match(match["host"]) is not None
        has_cue = _CUE.search(text[max(0, match.start() - _CUE_REACH) : match.start()]) is not None
        is_spelled = re.search(r"\bat\b.*\.\w+$", match[0], re.IGNORECASE) is None
        if has_cue or (is_composed and is_mail_host) or (is_spelled and (is_composed or is_mail_host)):
            yield match.span()
