"""What the downloads that Meta gives an account have in common: words in broken letters, records without ids."""

from hashlib import sha256
from typing import Any

from etl.sources.posts.values import words

DIGITS = 16


def mended(value: Any) -> str | None:
    """Words whose UTF-8 was written as if each byte were a letter (Ã¼ for ü); others as they are."""
    text = words(value)
    try:
        return text.encode("latin-1").decode("utf-8") if text else None
    except UnicodeError:
        return text


def made_key(kind: str, at: Any, text: str | None) -> str | None:
    """What stands for the id that the download leaves out: the sort of record, its second and its words."""
    second = words(at)
    return f"{kind} {second} {sha256((text or '').encode()).hexdigest()[:DIGITS]}" if second else None
