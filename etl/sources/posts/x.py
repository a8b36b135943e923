"""What posts of X have in common in all its answers and archives."""

import re

from etl.sources.posts.post import Network
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

# By the account's id, which is always there and never changes; linked with the handle, which may be missing.
NETWORK = Network("twitter", IdentityKind.ID, IdentityKind.HANDLE)
NAMED = re.compile(r"(?<![\w.@/])@\w{1,20}")
LINK = re.compile(r"https?://\S+")
TIMES = (
    "%a %b %d %H:%M:%S %z %Y", "%a, %d %b %Y %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S.%f%z",
)  # fmt: skip
EPOCH = 1_288_834_974_657  # milliseconds since 1970 from which ids count
FIRST_TIMED_ID = 30_000_000_000
NAIVE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?")
UTC = re.compile(r"( ?UTC|Z)$")
REPOST = re.compile(r"RT @\w+: ?")
# What X says of a text whose language it can't tell: undetermined, only names, tags, media, links, or very short.
NO_LANGUAGE = {"und", "zxx", "art", "qam", "qct", "qht", "qme", "qst"}


def told_at(value: object) -> str | None:
    """A time of X as one of TIMES, whatever a program made of it: without its zone it is in UTC, as X's all are."""
    text = instant(value)
    if text is None:
        return None
    return f"{text}+00:00" if NAIVE.fullmatch(text) else UTC.sub("+00:00", text)


def told_by_id(value: object) -> str | None:
    """The time that an id holds in its first bits, as those of X do since it counts by milliseconds (November 2010)."""
    text = words(value)
    if text is None or not text.isdigit() or int(text) < FIRST_TIMED_ID:
        return None
    return instant((int(text) >> 22) + EPOCH)


def names_someone(text: str | None) -> bool:
    """Whether a text @-names an account."""
    return bool(NAMED.search(text or ""))


def is_repost(text: str | None) -> bool:
    """Whether a text repeats another's, as reposts have been written from the beginning."""
    return bool(REPOST.match(text or ""))


def has_own_words(text: str | None) -> bool:
    """Whether more than links is left."""
    return bool(LINK.sub("", text or "").strip())


def whole(text: str | None, reposted: str | None) -> str | None:
    """A repost's words, which are cut, with the whole ones of the post that it repeats."""
    prefix = REPOST.match(text or "")
    return f"{prefix.group()}{reposted}" if prefix and reposted else text


def language(*codes: object) -> str | None:
    """The language of a post, if X could tell it."""
    code = words(*codes)
    return None if code in NO_LANGUAGE else code
