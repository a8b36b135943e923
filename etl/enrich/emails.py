"""Finds e-mail addresses in a reading: written plainly, or spelled out as in "name (at) host (dot) com"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.enrich.reading import Span

_AT_SIGNS = r"at|ät|aet|a|arroba|arobase|arrobase|arobas|klammeraffe|@"
_AT_IN_BRACKETS = rf"[(\[{{<] ?(?:{_AT_SIGNS}) ?[)\]}}>]"
_AT_WORDS = r"ät|arroba|arr?obas?e?|klammeraffe"
_DOTS = "dot|punkt|punto|point|ponto|pt"
_JOINTS = (
    "underscore|unterstrich|gui[oó]n bajo|tiret(?: du)? bas|underline"
    "|dash|hyphen|minus|bindestrich|gui[oó]n|tiret|h[ií]fen"
)
PLAIN_PREFILTER = r"\S@\S+\.\S"
SPELLED_PREFILTER = (
    rf"(?i:[^\s(\[{{<] ?{_AT_IN_BRACKETS} ?[^\s)\]}}>]| (?:{_AT_WORDS}) +\S| at +\S+ +(?:dot|punkt) +\S"
    r"| at +[\w.-]+\.[a-z]|\w @ ?[\w.-]+\.\w|\w @ [\w-]+ (?:dot|\.) \w|\w@ [\w.-]+\.\w)"
)

_LONGEST_NAME = 128
_NAME_BACKWARDS = re.compile(r"[\w.%+'-]+")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+([A-Za-z]{2,24}|xn--[\w-]{2,59}|[^\W\d_A-Za-z]{2,24})(?![A-Za-z\d_@])")
_FILE_ENDING = re.compile(r"css|csv|docx?|gif|heic|html|jpe?g|js|json|pdf|png|svg|txt|webp|xml|zip", re.IGNORECASE)

_GENERIC_DOMAINS = "com|net|org|info|biz|edu|gov|mil|app|dev|email|online|shop|store|cloud|mail|tech|[a-z]{2}"


_LONGEST_SPELLED = 72


@dataclass(frozen=True)
class _Spelling:
    """One way to write the @ apart or in words, with what may stand before and after it."""

    at: re.Pattern[str]
    name: re.Pattern[str]
    host: re.Pattern[str]
    is_sure: bool


def _spelling(at: str, dots: str, is_sure: bool = False) -> _Spelling:
    dot = rf"(?:\.| ?[(\[{{<] ?(?:{_DOTS}|\.) ?[)\]}}>] ?| +(?:{dots}) +)"
    name = rf"(?<![\w.+-])\w(?:[\w.+-]*[\w+-])?(?:(?:{dot}| (?:{_JOINTS}) )[\w+-]+){{0,3}}$"
    host = rf"[\w-]{{1,63}}(?:{dot}[\w-]{{1,63}}){{0,3}}{dot}(?:{_GENERIC_DOMAINS})(?![\w-])"
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in (at, name, host)]
    return _Spelling(compiled[0], compiled[1], compiled[2], is_sure)


# "at ... point" is English prose ("at this point it"), so at goes with English and German words for a dot only.
_SPELLINGS = (
    _spelling(rf" ?{_AT_IN_BRACKETS} ?| +(?:{_AT_WORDS}) +", _DOTS, is_sure=True),
    _spelling(r" +at +", "dot|punkt"),
    _spelling(r" @ ?|@ ", r"dot|\."),
)
_MAIL_HOST = re.compile(
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|aol|gmx|web|proton(?:mail)?|posteo|orange|sapo)\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"e-?mail|\bmail|correo|courriel|adress|address|direcci|escr[ií]|écri|schreib|write", re.IGNORECASE)
_CUE_REACH = 40
_COMPOSED = re.compile(r"[\d._+-]|\W")
_PLAIN_ENDING = re.compile(r"\.\w+$")


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
    for spelling in _SPELLINGS:
        for at in spelling.at.finditer(text):
            host = spelling.host.match(text, at.end())
            name = spelling.name.search(text[max(0, at.start() - _LONGEST_SPELLED) : at.start()]) if host else None
            if host and name:
                start = at.start() - len(name[0])
                around = text[max(0, start - _CUE_REACH) : start] + text[host.end() : host.end() + _CUE_REACH // 2]
                if spelling.is_sure or _is_address(around, name[0], at[0], host[0]):
                    yield start, host.end()


def _is_address(around: str, name: str, at: str, host: str) -> bool:
    """Whether "name at host" is no prose: told as an address, or a name or host as only addresses have."""
    if _CUE.search(around):
        return True
    is_composed = _COMPOSED.search(name) is not None
    is_mail_host = _MAIL_HOST.match(host) is not None
    if "@" not in at and _PLAIN_ENDING.search(host):
        return is_composed and is_mail_host
    return is_composed or is_mail_host
