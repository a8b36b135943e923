"""Journeys: the runaround index of a chain, and the worst chains with their contacts."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from etl.calendar import Calendar
from etl.metrics.answer import Question
from etl.metrics.histogram import bin_of, middle
from etl.vocabulary import Grain
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
