"""Masking texts of which one in ten holds something, beside a plain loop of one regular expression for each kind."""

import random
import re
from dataclasses import dataclass
from statistics import median
from time import process_time

import pyarrow as pa

from etl.enrich.known import Known, known
from etl.enrich.redact import redact
from tests.etl.enrich.held_out import REGIONS, cases

SEED = 11
HOLDING = 10
CHARACTERS = 120
WORDS = {
    "en": "the service was late and I waited for an hour before anyone answered please help me with my bill nobody",
    "de": "die Lieferung kam zu spät und ich möchte mein Geld zurück weil niemand auf meine Fragen geantwortet hat",
    "es": "el pedido llegó tarde y nadie me ayudó cuando pregunté por la devolución porque el artículo estaba roto",
    "fr": "merci de régler ce problème car la livraison était très en retard et personne ne répond à mes questions",
    "pt": "a encomenda chegou atrasada e ninguém respondeu às minhas perguntas sobre a devolução porque não funciona",
}
NAIVE = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[EMAIL]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b"), "[IBAN]"),
    (re.compile(r"\b(?:\d[ -]?){13,19}\b"), "[CARD]"),
    (re.compile(r"(?:\+|\b)\d[\d ()./-]{6,}\d\b"), "[PHONE]"),
)


@dataclass(frozen=True)
class Pace:
    """Texts that one core masks in a second of its time, by us and by the plain loop, and with many names known."""

    ours: float
    naive: float
    with_names: float
    names: int
    bytes_per_text: float

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"{self.ours:,.0f} texts/s of one core ({self.bytes_per_text:.0f} bytes each), "
            f"{self.ours / self.naive:.2f} times the plain loop ({self.naive:,.0f}); "
            f"with {self.names:,} names known {self.with_names:,.0f} texts/s"
        )


def measure(count: int, numbered: int, names: int, repeats: int) -> Pace:
    """The pace over `count` texts; of a hundred `numbered` hold numbers that are nobody's."""
    pa.set_cpu_count(1)
    texts = pa.array(_texts(count, numbered))
    people = _known(names)
    redact(texts.slice(0, 1_000))
    return Pace(
        count / median(_seconds(texts, None) for _ in range(repeats)),
        count / median(_naive_seconds(texts.to_pylist()) for _ in range(repeats)),
        count / median(_seconds(texts, people) for _ in range(repeats)),
        names,
        texts.nbytes / count,
    )


def _seconds(texts: pa.Array, people: Known | None) -> float:
    started = process_time()
    redact(texts, known=people)
    return process_time() - started


def _naive_seconds(texts: list[str]) -> float:
    started = process_time()
    for text in texts:
        for pattern, mask in NAIVE:
            text = pattern.sub(mask, text)
    return process_time() - started


def _texts(count: int, numbered: int) -> list[str]:
    """Sentences of customers filled up with words to the length of a short complaint."""
    rng = random.Random(SEED)
    drawn = cases(SEED, 12_000)
    holding = [case for case in drawn if case.hidden]
    kept = [case for case in drawn if not case.hidden]
    languages = tuple(REGIONS)
    texts = []
    for place in range(count):
        case = None
        if place % HOLDING == 0:
            case = rng.choice(holding)
        elif rng.randrange(100) < numbered:
            case = rng.choice(kept)
        language = case.language if case else languages[place % len(languages)]
        texts.append(_filled(rng, case.text if case else "", language))
    return texts


def _filled(rng: random.Random, text: str, language: str) -> str:
    words = WORDS[language].split()
    while len(text) < CHARACTERS:
        text += f" {rng.choice(words)}"
    return text


def _known(names: int) -> Known:
    """People who do not write, and their customer numbers."""
    rng = random.Random(SEED)
    syllables = ("ka", "lo", "mi", "ra", "ne", "so", "ti", "ber", "gar", "hol", "mann", "sen", "vel", "ño", "ü")
    people = {" ".join("".join(rng.choices(syllables, k=3)).title() for _ in range(2)) for _ in range(names)}
    return known(sorted(people), [f"C-{number:08d}" for number in range(names)])
