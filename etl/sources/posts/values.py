"""Single values of a post's JSON: words, flags and times, however the network writes them."""

import re
from datetime import UTC, datetime
from typing import Any

OFFSET = re.compile(r"([+-]\d\d)(\d\d)$")
NUMBER = re.compile(r"\d+(\.\d+)?")
EPOCH_MILLISECONDS = 100_000_000_000


def words(*values: Any) -> str | None:
    """The first of some values that is a text or a number with anything in it."""
    for value in values:
        if isinstance(value, str) and value.strip("\ufeff \t\r\n"):
            return value.strip("\ufeff")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return None


def is_told(value: Any) -> bool:
    """Whether a flag is set, as JSON has it or as text."""
    return value is True or (isinstance(value, str) and value.casefold() in {"true", "yes", "1"})


def instant(*values: Any) -> str | None:
    """The first time among some values, as ISO text: seconds or milliseconds since 1970 and +0000 are made ISO.

    What is no time stays as it is, so that it can be refused.
    """
    text = words(*values)
    if text is None or not NUMBER.fullmatch(text):
        return OFFSET.sub(r"\1:\2", text) if text else None
    number = float(text)
    seconds = number / 1000 if number >= EPOCH_MILLISECONDS else number
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return text
