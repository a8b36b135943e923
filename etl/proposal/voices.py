"""The lines of what people say in public: posts, comments and reviews."""

from typing import Any

from etl.proposal.codes import code_line, flag_line, text_line, text_lines
from etl.proposal.draft import Line
from etl.proposal.durations import time_of
from etl.proposal.facts import Facts
from etl.proposal.legs import words_line
from etl.proposal.people import author_lines
from etl.proposal.scales import rating, scale_of
from etl.proposal.times import time_field
from etl.proposal.words import folded

CODE_FIELDS = ("topic", "category", "label", "product", "region", "segment", "language")
PLATFORMS = (
    "twitter", "facebook", "instagram", "trustpilot", "google", "tripadvisor", "reddit", "youtube", "linkedin",
    "tiktok", "mastodon", "bluesky", "threads", "yelp", "amazon", "skytrax", "glassdoor", "capterra", "g2",
    "appstore", "kununu",
)  # fmt: skip


def voice_lines(facts: Facts) -> list[Line]:
    """The lines of the target."""
    platform = _platform(facts)
    scope = str(platform.value["value"]) if isinstance(platform.value, dict) and "value" in platform.value else ""
    flags = {"own": "is_own", "repost": "is_repost"}
    return [
        platform,
        *author_lines(facts, "" if platform.question else scope),
        *(flag_line(key, named, facts) for role, key in flags.items() for named in facts.roles.all(role)[:1]),
        *_rating(facts),
        *(code_line("recorded_sentiment", "sentiment", named, facts) for named in facts.roles.all("sentiment")[:1]),
        *_replied(facts),
        *text_lines(facts, CODE_FIELDS),
        *words_line(facts),
    ]


def _platform(facts: Facts) -> Line:
    named = facts.roles.one("platform")
    if named and named.column.is_full:
        return text_line("platform", named)
    words = {word for name in (facts.title, *(c.name for c in facts.roles.columns)) for word in folded(name).split()}
    spoken = next((platform for platform in PLATFORMS if platform in words), "")
    if not spoken and facts.speaks_of("tweet", "retweet"):
        spoken = "twitter"
    value = {"kind": "constant", "value": spoken or "unknown"}
    question = "" if spoken else "On which platform were these published?"
    return Line("platform", value, f"the names speak of {spoken}" if spoken else "no column tells", question)


def _rating(facts: Facts) -> list[Line]:
    """The stars of a review: whole ones from 1 to 5, and no other scale."""
    scored = facts.roles.all("stars", "score", "csat")
    scales = [(named, scale_of(named, facts)) for named in scored]
    for named, scale in scales:
        if scale.kind == "csat5" and "map" not in scale.field:
            return [Line("rating", rating("csat5", named), scale.reason)]
    for named, scale in scales:
        question = f"How do the values of {named.name!r} become 1 to 5 stars? They are no whole numbers from 1 to 5."
        value = scale.field or rating("csat5", named)
        return [Line("rating", value, "an example", question, is_waiting=True)]
    return []


def _replied(facts: Facts) -> list[Line]:
    read = time_of("answered_at", facts)
    named = facts.roles.one("answered_at")
    if not read or not named or named.column.blanks or not read[1].has_date:
        return []
    value: dict[str, Any] = time_field(read[1], read[0], facts.day_first, facts.zone)
    return [Line("answered_at", value, f"{named.reason}; when we replied")]
