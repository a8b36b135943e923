"""How phrases are written: words one after the other, with wildcards, choices, numbers, pictures and distances.

    lost bag*            a word, then a word that begins with "bag"
    late|delayed flight  one of several words; each choice may end in *
    # hour*              any number
    wait* ~3 refund      the second within 3 words after the first
    lost <3> bag*        the same, in either order
    {not} resolved       one of the language's words for "not"

A phrase that does not itself begin with a word for "not" counts only where none stands just before it in its clause.
"""

import re
from dataclasses import dataclass

from etl.enrich.causes.words import NUMBER

NOT = "{not}"
FARTHEST = 9
_DISTANCE = re.compile(r"~(\d+)|<(\d+)>")
_CHOICE = re.compile(r"[^\W\d_]+\*?|[^\x00-\x7f\w\s]\S?")


class BadPhrase(ValueError):
    """A phrase that cannot be read; the message says what was found and what was expected."""


@dataclass(frozen=True)
class Step:
    """The next word of a phrase: one of `words`, or one that begins with one of `prefixes`, or a word for "not".

    `gap` is how many words may stand between it and the one before.
    """

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    is_negation: bool = False
    gap: int = 0


def steps_of(phrase: str) -> tuple[tuple[Step, ...], ...]:
    """The orders of words in which a phrase may stand: one, or two where it says "in either order"."""
    parts = phrase.lower().replace("'", "").replace("’", "").split()
    if not parts:
        raise BadPhrase("found nothing; expected words")
    steps, gap, turns_at = [], -1, 0
    for part in parts:
        distance = _DISTANCE.fullmatch(part)
        if distance is None:
            steps.append(_step(part, max(gap, 0)))
            gap = -1
            continue
        if not steps or gap >= 0:
            raise BadPhrase(f"found {part!r} without a word before it; expected it between two words")
        gap = int(distance[1] or distance[2])
        if not 1 <= gap <= FARTHEST:
            raise BadPhrase(f"found the distance {gap}; expected 1 to {FARTHEST} words")
        if distance[2] is not None:
            if turns_at:
                raise BadPhrase(f"found {part!r}; expected one <n> in a phrase")
            turns_at = len(steps)
    if gap >= 0:
        raise BadPhrase(f"found {parts[-1]!r} at the end; expected a word after it")
    return (tuple(steps),) if not turns_at else (tuple(steps), _turned(steps, turns_at))


def _turned(steps: list[Step], at: int) -> tuple[Step, ...]:
    def near(step: Step, gap: int) -> Step:
        return Step(step.words, step.prefixes, step.is_negation, gap)

    first, second = steps[:at], steps[at:]
    return (near(second[0], 0), *second[1:], near(first[0], second[0].gap), *first[1:])


def _step(part: str, gap: int) -> Step:
    choices = [NUMBER if choice == "#" else choice for choice in part.split("|") if choice != NOT]
    for choice in choices:
        if choice != NUMBER and not _CHOICE.fullmatch(choice):
            raise BadPhrase(f"found {choice!r}; expected a word, a word that ends in *, #, {NOT} or a picture")
    return Step(
        tuple(choice for choice in choices if not choice.endswith("*")),
        tuple(choice[:-1] for choice in choices if choice.endswith("*")),
        is_negation=NOT in part.split("|"),
        gap=gap,
    )
