"""Words on numbers that are not final: what an unfinished count will probably be, and what was reported before."""

from collections.abc import Sequence

PROBABLE = "probably"
PROBABLE_MARK = "The diamond with a dotted line is what it will probably be, with its 90 % interval."
RESTATED_MARK = "Filled diamonds mark numbers that were reported otherwise before."
PROBABLE_COLUMNS = ("Probably", "at least", "at most")
RESTATED_COLUMNS = ("Period", "Reported", "On", "Now", "Difference", "Why")


def probable(so_far: str, point: str, span: str) -> str:
    """`812 so far, probably 1,130 (1,050–1,220)`."""
    return f"{so_far} so far, probably {point} ({span})"


def foretold(label: str, words: str, m: str) -> str:
    """The nowcast of one period as a sentence."""
    return f"{label}: {words}. 90 % interval, from how {m} earlier periods grew from the same point."


def not_foretold(label: str, so_far: str, reason: str) -> str:
    """Why there is no nowcast of a period."""
    return f"{label}: {so_far} so far; what it will become is not told: {reason}."


def reported(then: str, day: str, now: str, why: str) -> str:
    """`reported 812 on 3 Mar 2026, now 840: 28 late records`."""
    return f"reported {then} on {day}, now {now}: {why}"


def restated_title(count: str, length: str, *, is_one: bool) -> str:
    """Title of the table of numbers that were reported otherwise."""
    return f"{count} {length} {'was' if is_one else 'were'} reported otherwise before"


def through(groups: Sequence[tuple[str, str]]) -> str:
    """`calls and chats through Thu, posts through Fri`."""
    return ", ".join(f"{names} through {day}" for names, day in groups)
