"""Texts nobody wrote the detectors by: numbers from other sources than their patterns, in sentences of customers."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from tests.etl.enrich.held_out_words import EMAIL, KEPT, PHONE, SECRET, SPELLED

REGIONS = {
    "en": ("US", "GB", "IE", "CA"),
    "de": ("DE", "AT", "CH"),
    "es": ("ES", "MX"),
    "fr": ("FR", "BE", "CH"),
    "pt": ("PT", "BR"),
}
KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE)
SEPARATORS = (" ", "-", ".", "", "\u00a0", "\u2011", "\u200b ", " \u2013 ")
# Length and a pattern of the part after the check digits: n a digit, a a letter.
IBANS = {
    "DE": "n" * 18, "AT": "n" * 16, "CH": "n" * 17, "ES": "n" * 20, "FR": "n" * 10 + "a" + "n" * 12, "PT": "n" * 21,
    "GB": "aaaa" + "n" * 14, "NL": "aaaa" + "n" * 10, "BE": "n" * 12, "IT": "a" + "n" * 22, "IE": "aaaa" + "n" * 14,
    "BR": "n" * 23 + "aa", "PL": "n" * 24, "NO": "n" * 11, "SE": "n" * 20, "LU": "n" * 16,
}  # fmt: skip
CARDS = (
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("2720", 16),
    ("34", 15),
    ("37", 15),
    ("6011", 16),
    ("65", 16),
)
SENTENCES = {"PHONE": PHONE, "EMAIL": EMAIL, "IBAN": SECRET, "CARD": SECRET}
NAMES = ("anna.schmidt", "j.doe", "maria_garcia", "luc-durand", "rui99", "x", "o.neil+shop", "h.müller", "jsmith")
HOSTS = ("example", "gmail", "mail.firma", "sapo", "orange", "gmx", "uni-koeln")
ENDINGS = ("com", "de", "co.uk", "fr", "com.br", "pt", "es", "org", "online")
SPELLED_NAMES = ("anna.schmidt", "j.doe", "maria_garcia", "luc.durand", "rui99")
SPELLED_HOSTS = ("gmail", "hotmail", "example", "outlook")


@dataclass(frozen=True)
class Case:
    """One text, what it must become, and what was hidden in it; nothing is hidden in a text to be kept."""

    kind: str
    language: str
    text: str
    expected: str
    hidden: str = ""


def cases(seed: int, count: int) -> list[Case]:
    """About `count` cases, half of them with something to mask, the languages in turn."""
    rng = random.Random(seed)
    makers = (_phone, _kept, _email, _kept, _iban, _kept, _card, _kept, _phone, _kept, _spelled, _kept)
    languages = tuple(REGIONS)
    return [makers[n % len(makers)](rng, languages[(n // len(makers)) % len(languages)]) for n in range(count)]


def _case(rng: random.Random, kind: str, language: str, hidden: str) -> Case:
    sentence = rng.choice(SENTENCES[kind][language])
    return Case(kind, language, sentence.format(hidden), sentence.format(f"[{kind}]"), hidden)


def _phone(rng: random.Random, language: str) -> Case:
    region = rng.choice(REGIONS[language])
    while (number := phonenumbers.example_number_for_type(region, rng.choice(KINDS))) is None:
        continue
    changed = phonenumbers.PhoneNumber()
    changed.merge_from(number)
    while True:
        digits = list(str(number.national_number))
        for place in range(rng.randrange(4, 6), len(digits)):
            digits[place] = str(rng.randrange(10))
        changed.national_number = int("".join(digits))
        if phonenumbers.is_valid_number(changed):
            return _case(rng, "PHONE", language, _written(rng, changed))


def _written(rng: random.Random, number: phonenumbers.PhoneNumber) -> str:
    form = rng.choice((PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, *[PhoneNumberFormat.NATIONAL] * 3))
    text = phonenumbers.format_number(number, form)
    way = rng.random()
    if way < 0.4:
        separator = rng.choice(SEPARATORS)
        text = text.replace("-", " ").replace(" ", separator)
    elif way < 0.5 and text.startswith("+"):
        text = "00" + text[1:]
    elif way < 0.55:
        text = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)
    elif way < 0.6 and text.startswith("0"):
        head, _, rest = text.partition(" ")
        text = f"{head}/{rest.replace(' ', '')}" if rest else text
    return text


def _email(rng: random.Random, language: str) -> Case:
    address = f"{rng.choice(NAMES)}@{rng.choice(HOSTS)}.{rng.choice(ENDINGS)}"
    return _case(rng, "EMAIL", language, address.upper() if rng.random() < 0.1 else address)


def _spelled(rng: random.Random, language: str) -> Case:
    spelled = rng.choice(SPELLED[language]).format(rng.choice(SPELLED_NAMES), rng.choice(SPELLED_HOSTS))
    return _case(rng, "EMAIL", language, spelled)


def _iban(rng: random.Random, language: str) -> Case:
    country, pattern = rng.choice(tuple(IBANS.items()))
    own = "".join(rng.choice("0123456789" if sign == "n" else "ABCDEFGHJKLMNP") for sign in pattern)
    numbers = "".join(str(ord(sign) - 55) if sign.isalpha() else sign for sign in f"{own}{country}00")
    iban = f"{country}{98 - int(numbers) % 97:02d}{own}"
    spaced = " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
    written = rng.choice((iban, spaced, spaced, iban.lower(), spaced.lower(), spaced.replace(" ", "-")))
    return _case(rng, "IBAN", language, written)


def _card(rng: random.Random, language: str) -> Case:
    prefix, length = rng.choice(CARDS)
    body = prefix + "".join(str(rng.randrange(10)) for _ in range(length - len(prefix) - 1))
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    number = f"{body}{-total % 10}"
    groups = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
    pieces, start = [], 0
    for size in groups:
        pieces.append(number[start : start + size])
        start += size
    return _case(rng, "CARD", language, rng.choice(("", " ", "-", ".", " ")).join(pieces))


def _kept(rng: random.Random, language: str) -> Case:
    text = rng.choice(KEPT[language])
    while "{" in text:
        name = text[text.index("{") + 1 : text.index("}")]
        text = text.replace(f"{{{name}}}", _thing(rng, name, language), 1)
    return Case("", language, text, text)


def _thing(rng: random.Random, name: str, language: str) -> str:
    return dict(_things(rng, language))[name]


def _things(rng: random.Random, language: str) -> Iterator[tuple[str, str]]:
    def digits(count: int) -> str:
        return str(rng.randrange(10 ** (count - 1), 10**count))

    year, month, day = rng.randrange(1990, 2027), rng.randrange(1, 13), rng.randrange(1, 29)
    hour, minute = rng.randrange(24), rng.randrange(60)
    yield (
        "order",
        rng.choice((digits(8), digits(9), digits(10), f"{digits(3)}-{digits(7)}-{digits(7)}", f"0{digits(9)}")),
    )
    yield "tracking", rng.choice((f"JD{digits(18)}", digits(20), f"1Z999AA1{digits(10)}", digits(12)))
    yield "invoice", rng.choice((f"{year}-{digits(6)}", f"RE{digits(8)}", f"INV-{year}-{digits(5)}", digits(9)))
    yield "serial", rng.choice((f"SN{digits(10)}", f"{digits(4)}-{digits(4)}-{digits(3)}", digits(11)))
    point = language == "en"
    amount = f"{rng.randrange(1000, 9999999):,}.{rng.randrange(100):02d}"
    yield "amount", amount if point else amount.translate(str.maketrans(",.", ".,"))
    yield (
        "date",
        rng.choice(
            (
                f"{year}-{month:02d}-{day:02d}",
                f"{day:02d}.{month:02d}.{year}",
                f"{day}/{month}/{year}",
                f"{month:02d}/{day:02d}/{year % 100:02d}",
            )
        ),
    )
    yield "time", f"{hour:02d}:{minute:02d}"
    yield "epoch", rng.choice((f"1{digits(9)}", f"1{digits(12)}"))
    yield "version", f"{rng.randrange(20)}.{rng.randrange(10)}.{digits(5)}.{digits(4)}"
    yield "flight", rng.choice(("BA", "LH", "IB", "AF", "TP")) + digits(rng.randrange(3, 5))
    yield "year", str(year)
    yield "ip", ".".join(str(rng.randrange(1, 255)) for _ in range(4))
    yield "place", f"{rng.uniform(-89, 89):.7f}, {rng.uniform(-179, 179):.7f}"


def scores(found: Mapping[Case, str]) -> tuple[float, float]:
    """Recall and precision over cases with what they became: a case counts when it became what it must."""
    hit = sum(1 for case, text in found.items() if case.hidden and text == case.expected)
    missed = sum(1 for case, text in found.items() if case.hidden and text != case.expected)
    false = sum(1 for case, text in found.items() if not case.hidden and text != case.text)
    return hit / (hit + missed), hit / (hit + false)
