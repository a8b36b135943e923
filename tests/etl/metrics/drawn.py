"""Rows of all kinds as hypothesis draws them, and how they are put together into consistent ones."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.etl.metrics.generations import Rows, days_after

DAYS = st.sampled_from([0, 1, 2, 3, 4, 7, 8, 14, 21, 28, 30, 33, 37, 40])
MOMENTS = st.builds(
    lambda days, seconds, milliseconds: days_after(days - 40) + timedelta(seconds=seconds, milliseconds=milliseconds),
    DAYS, st.sampled_from([0, 0, 1, -1]) | st.integers(-40_000, 40_000), st.sampled_from([0, 0, 1, 500]),
)  # fmt: skip
SECONDS = st.none() | st.sampled_from([0, 0.999, 1, 1.05, 1.103, 5, 5.001, 20, 20.5, 3600]) | st.integers(0, 90_000)
CUSTOMERS = st.sampled_from([None, "c0", "c1", "c2"])
AGENTS = st.sampled_from([None, "a1", "a1", "a2"])
TOUCHPOINTS = st.sampled_from([None, "unassigned", "billing line", "web chat"])
REGIONS = st.sampled_from([None, "North", "South"])
TOPICS = st.sampled_from([None, "unassigned", "refund", "delivery"])
LEGS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["calls", "chats"]),
        "started_at": MOMENTS,
        "root": st.none() | st.integers(0, 5),
        "channel": st.sampled_from(["phone", "phone", "chat", "email", "social"]),
        "direction": st.sampled_from(["inbound", "inbound", "outbound", "internal"]),
        "disposition": st.sampled_from(
            ["answered", "answered", "abandoned", "callback", "message", "voicemail", "flow_out", "contained"]
        ),
        "is_queued": st.booleans(),
        "is_automatic": st.booleans(),
        "is_transferred": st.sampled_from([False, False, True]),
        "agent_id": AGENTS,
        "team": AGENTS,
        "answered_after": SECONDS,
        "closed_after": SECONDS,
        "wait_seconds": SECONDS,
        "talk_seconds": SECONDS,
        "hold_seconds": SECONDS,
        "handle_seconds": SECONDS,
        "customer_identifier": CUSTOMERS,
        "reason": TOPICS,
        "cause": TOPICS,
        "is_resolved": st.sampled_from([None, None, True, False]),
        "is_complaint": st.sampled_from([None, False, False, True]),
        "touchpoint": TOUCHPOINTS,
        "region": REGIONS,
    }
)
ANSWERS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["survey", "calls"]),
        "responded_at": MOMENTS,
        "leg": st.none() | st.integers(0, 5),
        "question": st.sampled_from(["how likely", "and now"]),
        "rated": st.sampled_from(
            [("nps", 10), ("nps", 8), ("nps", 6), ("nps", 0), ("csat5", 4), ("csat5", 3), ("csat7", 6), ("csat7", 5),
             ("csat5", 2), ("csat7", 1), ("csat10", 9), ("csat10", 8), ("thumbs", 1), ("thumbs", 0), ("ces7", 5),
             ("ces7", 4), ("ces5", 2), ("ces5", 3), ("enps", 9), ("enps", 6), ("nps", None), ("text", None),
             (None, None)]
        ),
        "is_counted": st.sampled_from([True, True, True, False]),
        "named": st.none() | st.integers(1, 6),
        "customer_identifier": CUSTOMERS,
        "touchpoint": TOUCHPOINTS,
        "region": REGIONS,
    }
)  # fmt: skip
MENTIONS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["posts", "reviews", "chats"]),
        "posted_at": MOMENTS,
        "author_identifier": CUSTOMERS,
        "tone": st.sampled_from([-1, -1, 0, 1, None]),
        "rating": st.sampled_from([None, None, 1, 3, 5]),
        "answered_at": st.none() | MOMENTS,
        "is_own": st.sampled_from([False, False, False, True]),
        "is_repost": st.sampled_from([False, False, False, True]),
        "cause": TOPICS,
        "touchpoint": TOUCHPOINTS,
        "region": REGIONS,
    }
)
PROMISES = [
    ("billing line", "answer_within_seconds", 20), ("billing line", "most_transfers", 0),
    ("web chat", "first_response_within_seconds", 3600), ("web chat", "answer_within_seconds", 5),
    ("web chat", "resolved_within_days", 2),
]  # fmt: skip
COUNTS = st.none() | st.integers(0, 40)
VOLUMES = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["counts", "counts", "calls"]),
        "started_at": MOMENTS,
        "channel": st.sampled_from(["phone", "phone", "chat"]),
        "direction": st.sampled_from(["inbound", "inbound", "outbound"]),
        "offered_count": COUNTS,
        "answered_count": COUNTS,
        "abandoned_count": COUNTS,
        "answer_wait_seconds": SECONDS,
        "reported_service_level": st.sampled_from([None, 0.0, 0.8333333, 1.0]),
        "touchpoint": TOUCHPOINTS,
        "region": REGIONS,
    }
)
INVITATIONS = st.fixed_dictionaries(
    {
        "customer": CUSTOMERS,
        "source": st.sampled_from(["survey", "survey", "calls"]),
        "sent_at": MOMENTS,
        "channel": st.sampled_from(["phone", "chat"]),
        "region": REGIONS,
        "is_delivered": st.sampled_from([True, True, False]),
        "is_opted_out": st.booleans(),
    }
)
KNOWN = st.sampled_from([{}, {"c1": "c0"}, {"c0": "c9", "c2": "c9"}])


def built(legs: list[dict[str, Any]], answers: list[dict[str, Any]]) -> Rows:
    """Drawn rows as consistent ones: legs of one contact share its source, an answer in a leg's record its event."""
    rows = Rows(promises=[*PROMISES], causes=[("refund", False), ("delivery", True)])
    for leg in legs:
        root, after, closed = leg.pop("root"), leg.pop("answered_after"), leg.pop("closed_after")
        key = len(rows.interactions) + 1
        if root is not None and root < len(rows.interactions):
            leg |= {"contact_key": rows.interactions[root]["contact_key"], "source": rows.interactions[root]["source"]}
        answered_at = None if after is None else leg["started_at"] + timedelta(seconds=after)
        closed_at = None if closed is None else leg["started_at"] + timedelta(seconds=closed)
        assert rows.leg(**leg, answered_at=answered_at, closed_at=closed_at) == key
    for answer in answers:
        place, named, (kind, score) = answer.pop("leg"), answer.pop("named"), answer.pop("rated")
        if place is not None and place < len(rows.interactions):
            leg = rows.interactions[place]
            answer |= {"record_key": leg["record_key"], "source": leg["source"], "responded_at": leg["started_at"]}
        rows.answer(**answer, kind=kind, score=score, named_contact=named and f"r{named}")
    return rows
