"""Words of column names and code values, folded so that case, accents and ways of joining them make no difference."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
PATH = re.compile(r"[\w$@-]+(\.[\w$@-]+)+")
GENERIC = {
    "id", "uuid", "name", "number", "value", "key", "code", "type", "at", "time", "date", "label", "email", "phone",
    "text", "phone number", "address", "title", "display name", "count",
}  # fmt: skip
LESS = 0.5
NEGATIVE = re.compile(r"-\d+")
OTHER = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """The words of a name or value: small letters without accents, single spaces, camelCase taken apart.

    A negative number and a value without any letter, such as a thumb, stay as they are.
    """
    if NEGATIVE.fullmatch(text.strip()):
        return text.strip()
    apart = CAMEL.sub(" ", text).replace("ß", "ss")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(sign))
    return OTHER.sub(" ", bare.casefold()).strip() or text.strip()


@cache
def roles() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """For each role the phrases of names that tell it."""
    return {role: _phrases(phrases) for role, phrases in _document("names.toml").items()}


def named_roles(name: str) -> dict[str, float]:
    """The roles that a column's name speaks of, each with the share of the name that its longest phrase covers.

    The last step of a JSON path tells most, unless it is a word such as id or name.
    """
    found = _spoken(folded(name))
    last = folded(name.rpartition(".")[2])
    if not PATH.fullmatch(name) or last in GENERIC:
        return found
    return {role: LESS * share for role, share in found.items()} | _spoken(last)


def _spoken(text: str) -> dict[str, float]:
    longest = {
        role: max((len(match.group()) for phrase in phrases for match in phrase.finditer(text)), default=0)
        for role, phrases in roles().items()
    }
    return {role: length / len(text) for role, length in longest.items() if length}


@cache
def meanings(kind: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """For a kind of code (disposition, direction, channel, truth, …) our words and the values that mean them."""
    return {ours: _phrases(phrases) for ours, phrases in _document("values.toml")[kind].items()}


def meaning(kind: str, value: str) -> str | None:
    """Our word for a value of a code; None where its words do not say."""
    told = [(ours, phrase) for ours, phrases in meanings(kind).items() for phrase in phrases]
    texts = (folded(value), folded(value.casefold()))  # "WhatsApp" is one word, "NoAnswer" are two
    return next((ours for text in texts for ours, phrase in told if phrase.fullmatch(text)), None)


def translated(kind: str, values: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The values whose meaning is known, and those for which it is not."""
    told = {value: meaning(kind, value) for value in values}
    return {value: ours for value, ours in told.items() if ours}, [value for value, ours in told.items() if not ours]


def _document(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def _phrases(listed: "str | Mapping[str, str]") -> tuple[re.Pattern[str], ...]:
    phrases = str(listed).split("|")
    return tuple(_phrase(phrase.strip()) for phrase in phrases)


def _phrase(phrase: str) -> re.Pattern[str]:
    pattern = re.escape(phrase).replace(r"\*", r"\w*")
    return re.compile(rf"(?<!\w){pattern}s?(?!\w)")
