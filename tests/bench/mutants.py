"""Damaged exports: samples of all sources with bytes, lines, marks and values changed, through the landing."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from etl.errors import FileRefused, UserError
from tests.etl.sources.landed import Landing, samples

SLOWEST_SECONDS = 60.0
MOST_CHANGES = 6
FILES_TOGETHER = 50  # landed one onto the other, so that they update each other
FINE = ("landed", "refused")
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "cp1252", "shift-jis", "utf-7", "latin-1")
VALUES = (
    b"null",
    b"-1",
    b"1e999",
    b"[]",
    b"{}",
    b'""',
    b"99999999999999999999",
    b"NaN",
    b"true",
    b"\xff\xfe",
    b"[[[[[[",
)
MARKS = (b",", b";", b"\t", b"|", b'"', b"'", b"\\", b"\n", b"\r", b"\r\n", b"\0", b":", b"{", b"}", b"[", b"]", b" ")
Damage = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Outcome:
    """What became of one damaged file: `fate` is landed or refused, or else names what went wrong."""

    name: str
    fate: str
    seconds: float

    @property
    def is_wrong(self) -> bool:
        """Whether it crashed, hung or lost records without a word."""
        return self.fate not in FINE or self.seconds > SLOWEST_SECONDS


def measure(files: int, seed: int, folder: Path) -> Iterator[Outcome]:
    """That many damaged files, one after the other; the same seed damages the same."""
    paths = samples()
    contents = [path.read_bytes() for path in paths]
    kinds: dict[str, Damage] = {**DAMAGES, "spliced": partial(_splice, contents)}
    drawn = random.Random(seed)
    landing = Landing(folder / "0")
    for number in range(files):
        place = drawn.randrange(len(paths))
        damages = drawn.choices(list(kinds), k=drawn.choice((1, 1, 1, 2, 3)))
        data = contents[place]
        for damage in damages:
            data = kinds[damage](data, drawn) or b"\n"
        mutant = landing.folder / f"mutant{paths[place].suffix}"
        mutant.write_bytes(data)
        started = perf_counter()
        fate = _fate(landing, mutant, _whole_lines(contents[place], data))
        seconds = perf_counter() - started
        name = f"{number}: {paths[place].name}, {', '.join(damages)}"
        yield Outcome(name, fate, seconds)
        if fate not in FINE or number % FILES_TOGETHER == FILES_TOGETHER - 1:
            landing.connection.close()
            landing = Landing(folder / str(number + 1))


def summary(outcomes: list[Outcome]) -> str:
    """How many landed and were refused, how many went wrong, and the slowest."""
    fates = Counter("wrong" if outcome.is_wrong else outcome.fate for outcome in outcomes)
    slowest = max(outcome.seconds for outcome in outcomes)
    return (
        f"{len(outcomes)} damaged files: {fates['landed']} landed, {fates['refused']} refused, {fates['wrong']} wrong; "
        f"slowest {slowest:.1f} s"
    )


def _fate(landing: Landing, mutant: Path, whole_lines: int) -> str:
    try:
        counts = landing.deliver(mutant).counts
    except (FileRefused, UserError) as refused:
        return "refused" if str(refused).strip() else "refused without a word"
    except Exception as error:  # whatever it is, it is what is looked for
        return f"{type(error).__name__}: {error}"
    if not counts.add_up:
        return f"does not add up: {counts}"
    return "landed" if counts.read >= whole_lines else f"read {counts.read} of {whole_lines} records that are whole"


def _whole_lines(before: bytes, after: bytes) -> int:
    """How many records of one line each stand in the damaged file as they stood before; 0 where lines tell nothing.

    Lines count that begin and end a JSON object: what they hold can be part of nothing else.
    """
    lines = {line for line in before.splitlines() if line.startswith(b"{") and line.endswith(b"}") and _is_object(line)}
    if len(lines) < 2:  # a document on one line is no file of lines
        return 0
    return len({line for line in after.splitlines() if line in lines})


def _is_object(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _span(data: bytes, drawn: random.Random) -> tuple[int, int]:
    start = drawn.randrange(len(data) + 1)
    return start, min(len(data), start + drawn.choice((1, 1, 2, 8, 64, 1000)))


def _flip(data: bytes, drawn: random.Random) -> bytes:
    flipped = bytearray(data or b"\n")
    for _ in range(drawn.randint(1, MOST_CHANGES)):
        flipped[drawn.randrange(len(flipped))] ^= 1 << drawn.randrange(8)
    return bytes(flipped)


def _cut(data: bytes, drawn: random.Random) -> bytes:
    start, end = _span(data, drawn)
    return drawn.choice((data[:start], data[start:], data[:start] + data[end:]))


def _repeat(data: bytes, drawn: random.Random) -> bytes:
    start, end = _span(data, drawn)
    return data[:start] + data[start:end] * drawn.choice((2, 2, 50)) + data[end:]


def _splice(others: list[bytes], data: bytes, drawn: random.Random) -> bytes:
    other = drawn.choice(others)
    start, end = _span(other, drawn)
    place = drawn.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place:]


def _lines(data: bytes, drawn: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b"\n"]
    for _ in range(drawn.randint(1, MOST_CHANGES)):
        one, other = drawn.randrange(len(lines)), drawn.randrange(len(lines))
        change = drawn.choice(("drop", "repeat", "swap"))
        if change == "drop" and len(lines) > 1:
            del lines[one]
        elif change == "repeat":
            lines.insert(other, lines[one])
        else:
            lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _marks(data: bytes, drawn: random.Random) -> bytes:
    """One mark for another, everywhere or here and there; or set in or left out."""
    old, new = drawn.choice(MARKS), drawn.choice((*MARKS, b""))
    parts = data.split(old)
    share = drawn.choice((0.02, 0.2, 1.0))
    joined = parts[0] + b"".join((new if drawn.random() < share else old) + part for part in parts[1:])
    place = drawn.randrange(len(joined) + 1)
    return joined[:place] + drawn.choice((b"", old, old * 100)) + joined[place:]


def _values(data: bytes, drawn: random.Random) -> bytes:
    """Values in JSON and cells in tables replaced by what does not belong there."""
    found = list(re.finditer(rb'"[^"\n]*"|[\w.+-]+', data))
    for match in sorted(drawn.sample(found, min(len(found), MOST_CHANGES)), key=re.Match.start, reverse=True):
        data = data[: match.start()] + drawn.choice(VALUES) + data[match.end() :]
    return data


def _encode(data: bytes, drawn: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(drawn.choice(ENCODINGS), "replace")


def _nest(data: bytes, drawn: random.Random) -> bytes:
    depth = drawn.choice((1, 30, 5000))
    return drawn.choice((b"[" * depth + data + b"]" * depth, b'{"a":' * depth + data + b"}" * depth, data + data))


DAMAGES: dict[str, Damage] = {
    "bits flipped": _flip,
    "cut": _cut,
    "bytes repeated": _repeat,
    "lines changed": _lines,
    "marks changed": _marks,
    "values changed": _values,
    "encoded anew": _encode,
    "nested": _nest,
}
