"""Which posts are ours where the network does not say: those of the accounts that the settings name."""

from collections.abc import Sequence

from etl.sources.base import Source
from etl.sources.posts.post import NO, YES
from etl.sources.texts import literal, quoted

AUTHORS = ("author", "other_customer")
CUSTOMERS = ("customer", "other_customer")


def tells_own_posts(source: Source) -> bool:
    """Whether a source is one of posts in the one flat shape, where being ours is a column."""
    return {"author", "is_own", "is_message"} <= set(source.columns)


def with_own_posts(relation: str, source: Source, accounts: Sequence[str]) -> str:
    """A staged relation in which the posts of our accounts are ours: messages of no customer.

    An account is known by what its network gives: a handle with or without @, user@server, a DID or a number.
    """
    names = ", ".join(literal(account.strip().lstrip("@").lower()) for account in accounts)
    told = [quoted(column) for column in AUTHORS if column in source.columns]
    by_us = " OR ".join(f"coalesce(ltrim(lower({column}), '@') IN ({names}), FALSE)" for column in told)
    ours = f"is_own = {literal(NO)} AND ({by_us})"
    customers = [quoted(column) for column in CUSTOMERS if column in source.columns]
    instead = {column: f"CASE WHEN NOT ({ours}) THEN {column} END" for column in customers} | {
        "is_own": f"CASE WHEN {ours} THEN {literal(YES)} ELSE is_own END",
        "is_message": f"CASE WHEN {ours} AND is_repost = {literal(NO)} THEN {literal(YES)} ELSE is_message END",
    }
    replaced = ", ".join(f"{value} AS {column}" for column, value in instead.items())
    return f"(SELECT * REPLACE ({replaced}) FROM {relation}) AS staged"
