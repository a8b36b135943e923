"""A social post in the one flat shape that all networks are brought into, and the fields that read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.vocabulary import IdentityKind

YES, NO = "yes", "no"
CONDITIONS = ("is_message", "is_mention")  # read by the targets' conditions, by no field


@dataclass(frozen=True)
class Names:
    """What the network calls a post's id, its time and its words: refusals speak of these columns."""

    key: str
    at: str
    text: str


@dataclass(frozen=True)
class Post:
    """One post.

    `author` is its stable identifier, `other_author` another one of the same person. `parent` is the id of the
    post it answers. A message is a post addressed to us, or ours; a mention one that the public could read.
    `answers` and `also_answers` identify the customer to whom a post of ours speaks.
    """

    key: str | None
    at: str | None
    text: str | None = None
    author: str | None = None
    other_author: str | None = None
    answers: str | None = None
    also_answers: str | None = None
    parent: str | None = None
    edited_at: str | None = None
    language: str | None = None
    is_own: bool = False
    is_repost: bool = False
    is_message: bool = True
    is_mention: bool = True
    is_public: bool = True
    rating: Any = None
    sentiment: str | None = None
    answered_at: str | None = None

    def flat(self, names: Names) -> dict[str, Any]:
        """The record that is staged: what it has."""
        customer = (self.answers, self.also_answers) if self.is_own else (self.author, self.other_author)
        told = {
            names.key: self.key,
            names.at: self.at,
            names.text: self.text,
            "author": self.author,
            "customer": customer[0],
            "other_customer": customer[1],
            "parent": self.parent if self.parent != self.key else None,
            "edited_at": self.edited_at,
            "language": self.language,
            "is_own": _told(self.is_own),
            "is_repost": _told(self.is_repost),
            "is_message": _told(self.is_message and not self.is_repost),
            "is_mention": _told(self.is_mention),
            "is_public": _told(self.is_public),
            "rating": self.rating,
            "sentiment": self.sentiment,
            "answered_at": self.answered_at,
        }
        return {name: value for name, value in told.items() if value is not None}


def _told(flag: bool) -> str:
    return YES if flag else NO


@dataclass(frozen=True)
class Network:
    """What is the same for all posts of a network: its name here, and what sort its authors' identifiers are of."""

    platform: str
    author: IdentityKind
    other_author: IdentityKind | None = None
    is_rated: bool = False


def post_source(
    name: str,
    title: str,
    network: Network,
    names: Names,
    signatures: tuple[tuple[str, ...], ...],
    flatten: Callable[[Document], Iterable[Document]],
    formats: tuple[str, ...] = (),
    is_versioned: bool = False,
    ignored: tuple[str, ...] = (),
) -> Source:
    """The declaration of a network's posts."""
    return Source(
        name=name,
        title=title,
        form="json",
        required=signatures[0],
        signatures=signatures[1:],
        key=(names.key,),
        event=Field("when", (names.at,), formats=formats, states_zone=True),
        version=Field("when", ("edited_at",), states_zone=True) if is_versioned else None,
        parent="parent",
        targets=(_interactions(network, names), _mentions(network)),
        optional=CONDITIONS,
        ignored=(*CONDITIONS, *ignored),
        flatten=flatten,
    )


def _interactions(network: Network, names: Names) -> Target:
    fields = {
        "channel": Field("constant", value="social"),
        "direction": Field("code", ("is_own",), map={YES: "outbound", NO: "inbound"}),
        "disposition": Field("constant", value="message"),
        "is_public": _flag("is_public"),
        "customer_identifier": Field("identity", ("customer",), identity=network.author, scope=network.platform),
        "language": Field("text", ("language",)),
        "verbatim": Field("verbatim", (names.text,)),
    }
    if network.other_author:
        fields["other_customer"] = Field(
            "identity", ("other_customer",), identity=network.other_author, scope=network.platform
        )
    return Target("interactions", fields, where=f"\"is_message\" = '{YES}'")


def _mentions(network: Network) -> Target:
    fields = {
        "platform": Field("constant", value=network.platform),
        "author_identifier": Field("identity", ("author",), identity=network.author, scope=network.platform),
        "is_own": _flag("is_own"),
        "is_repost": _flag("is_repost"),
        "language": Field("text", ("language",)),
    }
    if network.is_rated:
        fields["rating"] = Field("rating", ("rating",), low=1, high=5)
        fields["recorded_sentiment"] = Field(
            "code", ("sentiment",), map={word: word for word in ("positive", "neutral", "negative")}
        )
        fields["answered_at"] = Field("when", ("answered_at",), states_zone=True)
    return Target("mentions", fields, where=f"\"is_mention\" = '{YES}'")


def _flag(column: str) -> Field:
    return Field("flag", (column,), true=(YES,), false=(NO,))
