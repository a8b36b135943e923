"""Journeys: the runaround index, the worst chains, steps between channels, what went public, what is still open."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from etl.calendar import Calendar
from etl.metrics.answer import Principal, Question
from etl.metrics.histogram import bin_of, middle
from etl.vocabulary import Dimension, Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.test_vectors import PLAIN

WEEK = Calendar().period_of(NOON.date(), Grain.WEEK)


def vector() -> Rows:
    """22 minutes, one transfer, two repeats, one change of channel, one story told again: 22+10+30+5+10 = 77."""
    rows = Rows()
    first = rows.leg(customer_identifier="c0", agent_id="a1", talk_seconds=300, wait_seconds=120, is_transferred=True)
    rows.leg(
        contact_key=first, started_at=NOON + timedelta(minutes=8), customer_identifier="c0", agent_id="a2",
        talk_seconds=600, hold_seconds=60, is_queued=False,
    )  # fmt: skip
    rows.leg(started_at=days_after(1), customer_identifier="c0", disposition="abandoned", wait_seconds=180)
    rows.leg(
        started_at=days_after(3), customer_identifier="c0", agent_id="a2", channel="chat", talk_seconds=60,
        answered_at=days_after(3),
    )  # fmt: skip
    rows.leg(started_at=days_after(1), customer_identifier="c1", agent_id="a1", talk_seconds=600)
    rows.leg(started_at=days_after(1), agent_id="a1", talk_seconds=9_999)
    rows.delivered("calls", days_after(30))
    return rows


def test_runaround_adds_minutes_and_points_for_each_detour() -> None:
    with closing(generation(vector())) as connection:
        ask = ask_on(connection, PLAIN)
        found = {row.metric: row for row in ask(Question(("runaround_p50", "runaround_p90"))).rows}
        worst, other = ask.journeys.worst(WEEK)
    assert worst.index == 77.0
    assert (worst.minutes, worst.transfer_count, worst.switch_count, worst.retold_count) == (22.0, 1, 1, 1)
    assert [(stop.channel, stop.is_answered) for stop in worst.stops] == [
        ("phone", True), ("phone", False), ("chat", True),
    ]  # fmt: skip
    assert (other.index, len(other.stops)) == (10.0, 1)
    assert found["runaround_p90"].value == middle(bin_of(77_000))
    assert found["runaround_p50"].value == middle(bin_of(10_000))
    assert found["runaround_p50"].n == 2
    words = "minutes + 10 a transfer + 15 a repeat + 5 a channel switch + 10 a story told again"
    assert found["runaround_p50"].notes == (words,)


def test_weights_are_settings_printed_with_the_number() -> None:
    weights = {**PLAIN.metrics["runaround_p50"], "transfer_points": 20, "retold_points": 0}
    settings = replace(PLAIN, metrics={**PLAIN.metrics, "runaround_p50": weights})
    with closing(generation(vector())) as connection:
        ask = ask_on(connection, settings)
        (row,) = ask(Question(("runaround_p90",))).rows
        assert [journey.index for journey in ask.journeys.worst(WEEK, most=1)] == [77.0 + 10 - 10]
    assert "20 a transfer" in row.notes[-1]


def test_a_chain_counts_only_seven_days_after_its_last_contact() -> None:
    rows = vector()
    rows.newest = {"calls": days_after(10)}
    with closing(generation(rows)) as connection:
        (journey,) = ask_on(connection, PLAIN).journeys.worst(WEEK)
    assert journey.index == 10.0


def test_time_of_ours_is_not_the_customers() -> None:
    """An e-mail takes an agent's time; nobody waits on a line for it."""
    rows = Rows()
    rows.leg(channel="email", customer_identifier="c0", talk_seconds=900, is_queued=False, answered_at=NOON)
    rows.delivered("calls", days_after(30))
    with closing(generation(rows)) as connection:
        (journey,) = ask_on(connection, PLAIN).journeys.worst(WEEK)
    assert (journey.index, journey.minutes) == (0.0, 0.0)


def test_without_agents_another_team_hears_the_story_again() -> None:
    rows = Rows()
    for place, (agent, team) in enumerate((("a1", "x"), (None, "x"), (None, "y"), ("a2", None))):
        rows.leg(started_at=days_after(place), customer_identifier="c0", agent_id=agent, team=team)
    rows.delivered("calls", days_after(30))
    with closing(generation(rows)) as connection:
        (journey,) = ask_on(connection, PLAIN).journeys.worst(WEEK)
    assert journey.retold_count == 1


def test_steps_lead_from_each_contact_to_the_next() -> None:
    with closing(generation(vector())) as connection:
        ask = ask_on(connection, PLAIN)
        steps = ask.journeys.steps(WEEK.start, WEEK.end)
        north = ask.journeys.steps(WEEK.start, WEEK.end, ((Dimension.REGION, ("N",)),))
    assert [(step.origin, step.goal, step.count) for step in steps] == [("phone", "chat", 1), ("phone", "phone", 1)]
    assert north == ()


def test_a_stop_says_how_long_it_waited_and_where_its_record_stands() -> None:
    with closing(generation(vector())) as connection:
        worst = ask_on(connection, PLAIN).journeys.worst(WEEK)[0]
    assert worst.stops[1].wait_seconds == 180
    assert worst.stops[0].record.startswith("calls.csv:")


def outcry() -> Rows:
    """A call of c0 and what he said in public a day later; c1 said it four days later."""
    rows = Rows()
    for customer, days in (("c0", 1), ("c1", 4)):
        rows.leg(customer_identifier=customer, cause="late delivery", touchpoint="shop")
        rows.mention(-1, author_identifier=customer, posted_at=days_after(days))
    for source in ("calls", "posts"):
        rows.delivered(source, days_after(30))
    return rows


def test_what_went_public_within_72_hours() -> None:
    with closing(generation(outcry())) as connection:
        ask = ask_on(connection, PLAIN)
        (found,) = ask.journeys.outcries(WEEK.start, WEEK.end)
        assert ask.journeys.outcries(WEEK.end, WEEK.end) == ()
    assert (found.customer_id, found.cause, found.touchpoint, found.platform) == (
        "c0", "late delivery", "shop", "twitter",
    )  # fmt: skip
    assert found.posted_at - found.started_at == timedelta(days=1)


def still_open() -> Rows:
    """Five failures: one open, one called since, one who came back and was helped, one content, one of nobody known."""
    rows = Rows()
    for customer in ("open", "called", "back", "content", None):
        rows.leg(customer_identifier=customer, is_resolved=False, cause="late delivery", touchpoint="shop")
    rows.leg(customer_identifier="called", direction="outbound", started_at=days_after(1))
    rows.leg(customer_identifier="back", is_resolved=True, started_at=days_after(1))
    rows.answer(customer_identifier="content", score=10, responded_at=days_after(1))
    rows.mention(0, author_identifier="open", posted_at=days_after(-20))
    for source in ("calls", "posts", "survey"):
        rows.delivered(source, days_after(30))
    return rows


def test_open_is_only_what_nothing_good_followed() -> None:
    with closing(generation(still_open())) as connection:
        ask = ask_on(connection, PLAIN)
        (found,) = ask.journeys.open_failures(WEEK.start, WEEK.end)
        scoped = ask_on(connection, PLAIN, Principal("south", ((Dimension.REGION, ("S",)),)))
        assert scoped.journeys.open_failures(WEEK.start, WEEK.end) == ()
    assert (found.customer_id, found.is_unresolved, found.is_abandoned, found.contacts) == ("open", True, False, 1)
    assert (found.went_public_at, found.posted_at) == (None, days_after(-20))
    assert found.record.startswith("calls.csv:")
