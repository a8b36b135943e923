"""What handling a contact takes, by hand: hold, transfers, waits of both sorts, other endings, and counted volumes."""

from contextlib import closing
from datetime import timedelta
from math import sqrt

import pytest
from scipy import stats

from etl.metrics.answer import Question
from etl.metrics.catalogue import METRICS
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.test_vectors import HUNDRED_OFFERED, PLAIN, asked, calls


def transferred() -> Rows:
    """A call of two legs, a call of one, and one that was given up."""
    rows = Rows(handle_parts="talk_seconds, hold_seconds")
    first = rows.leg(is_transferred=True, wait_seconds=10, talk_seconds=70, hold_seconds=30, handle_seconds=100)
    later = NOON + timedelta(minutes=5)
    rows.leg(contact_key=first, started_at=later, wait_seconds=50, talk_seconds=200, hold_seconds=0, handle_seconds=200)
    rows.leg(wait_seconds=20, talk_seconds=60, hold_seconds=0, handle_seconds=60)
    rows.leg(disposition="abandoned", wait_seconds=40)
    return rows


def test_hold_handle_time_and_transfers_are_of_whole_contacts() -> None:
    found = asked(transferred(), "hold_per_contact", "aht_contact", "aht", "transfers_per_contact")
    assert (found["hold_per_contact"].value, found["hold_per_contact"].n) == (15.0, 2)
    assert (found["aht_contact"].value, found["aht_contact"].n) == (180.0, 2)
    assert (found["aht"].value, found["aht"].n) == (120.0, 3)
    assert (found["transfers_per_contact"].value, found["transfers_per_contact"].n) == (0.5, 2)
    assert found["transfers_per_contact"].unit == "per contact"


def test_the_customer_waits_in_every_queue_and_on_hold_answered_or_not() -> None:
    found = asked(transferred(), "customer_wait", "asa")
    assert (found["customer_wait"].value, found["customer_wait"].n) == ((10 + 50 + 30 + 20 + 40) / 3, 3)
    assert found["asa"].value == pytest.approx(80 / 3)


def test_the_interval_of_seconds_per_contact_is_students_over_contacts() -> None:
    rows = Rows()
    for hold in (0, 10, 50, 120):
        rows.leg(hold_seconds=hold, handle_seconds=200)
    found = asked(rows, "hold_per_contact")["hold_per_contact"]
    error = sqrt(sum((hold - 45) ** 2 for hold in (0, 10, 50, 120)) / 3 / 4)
    reach = float(stats.t.ppf(0.975, 3)) * error
    assert found.value == 45.0
    assert found.low == pytest.approx(45 - reach)
    assert found.high == pytest.approx(45 + reach)


def test_a_leg_without_a_recorded_part_leaves_its_contact_out() -> None:
    rows = transferred()
    rows.leg(contact_key=3, started_at=NOON + timedelta(minutes=1), wait_seconds=5, talk_seconds=5)
    found = asked(rows, "hold_per_contact", "aht_contact", "customer_wait")
    assert (found["hold_per_contact"].value, found["hold_per_contact"].n) == (30.0, 1)
    assert (found["aht_contact"].value, found["aht_contact"].n) == (300.0, 1)
    assert (found["customer_wait"].value, found["customer_wait"].n) == ((90 + 40) / 2, 2)


def test_what_a_source_never_records_is_said_and_no_reason_to_leave_a_contact_out() -> None:
    rows = Rows(handle_parts="talk_seconds")
    rows.leg(wait_seconds=10, talk_seconds=70, handle_seconds=70)
    found = asked(rows, "customer_wait", "hold_per_contact", "aht_contact")
    assert (found["customer_wait"].value, found["customer_wait"].notes) == (10.0, ("without hold: calls",))
    assert (found["hold_per_contact"].value, found["hold_per_contact"].reason) == (None, "no source records it")
    assert found["aht_contact"].notes == ("without hold, wrap-up: calls",)


def test_an_unknown_wait_leaves_a_contact_out_of_its_wait() -> None:
    rows = Rows()
    rows.leg(wait_seconds=10)
    rows.leg()
    rows.leg(disposition="abandoned")
    rows.leg(is_queued=False)
    assert asked(rows, "customer_wait")["customer_wait"].n == 1


def test_time_to_abandon_is_of_those_who_did_not_hang_up_at_once() -> None:
    rows = calls(HUNDRED_OFFERED)
    rows.leg(disposition="abandoned")
    found = asked(rows, "time_to_abandon")["time_to_abandon"]
    assert (found.value, found.n) == ((4 * 6 + 6 * 21) / 10, 10)


def test_what_was_neither_answered_nor_abandoned_has_columns_of_its_own() -> None:
    rows = calls([("answered", 10, 1), ("callback", 30, 4), ("voicemail", 30, 3), ("flow_out", 30, 2)])
    rows.leg(disposition="contained", is_queued=False)
    rows.leg(disposition="voicemail", direction="outbound", is_queued=False)
    found = asked(rows, "callbacks", "voicemails", "flow_outs", "contained", "service_level")
    assert [row.value for row in found.values()] == [4.0, 3.0, 2.0, 1.0, 1.0]
    assert found["service_level"].n == 1


def test_a_source_without_such_endings_is_not_said_to_have_none() -> None:
    row = asked(calls([("answered", 10, 1)]), "callbacks")["callbacks"]
    assert (row.value, row.reason) == (None, "no source records it")


def counted() -> Rows:
    """Three half hours that a system counted, of which one says little, and a day of another system."""
    rows = Rows()
    for minutes, offered, answered, abandoned, waits, level in (
        (0, 100, 90, 10, 900, 0.8),
        (30, 50, 50, 0, 250, 0.9),
        (60, 20, None, None, None, None),
    ):
        rows.volume(
            started_at=NOON + timedelta(minutes=minutes), offered_count=offered, answered_count=answered,
            abandoned_count=abandoned, answer_wait_seconds=waits, reported_service_level=level,
        )  # fmt: skip
    rows.volume(source="daily", interval_seconds=86_400, answered_count=30, abandoned_count=10)
    return rows


VOLUMES = tuple(name for name, metric in METRICS.items() if metric.fact == "volumes")


def of_the_day(rows: Rows) -> dict[str, tuple[float | None, int]]:
    for source in ("counts", "daily"):
        rows.delivered(source, days_after(2))
    with closing(generation(rows)) as connection:
        day = NOON.date()
        found = ask_on(connection, PLAIN)(Question(VOLUMES, start=day, end=day)).rows
    return {row.metric: (row.value, row.n) for row in found}


def test_counted_volumes_are_summed_and_divided_last() -> None:
    assert of_the_day(counted()) == {
        "volume_offered": (210.0, 210),
        "volume_answered": (170.0, 170),
        "volume_abandonment": (20 / 190, 190),
        "volume_asa": (1150 / 140, 140),
        "volume_service_level": (pytest.approx((80 + 45) / 150), 150),
    }


def test_the_interval_of_a_ratio_is_over_the_intervals() -> None:
    rows = counted()
    rows.delivered("counts", days_after(2))
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection, PLAIN)(Question(("volume_asa",), start=NOON.date(), end=NOON.date())).rows
    ratio = 1150 / 140
    error = sqrt(2 * ((900 - 90 * ratio) ** 2 + (250 - 50 * ratio) ** 2)) / 140
    assert row.standard_error == pytest.approx(error, rel=1e-3)
    assert row.high == pytest.approx(ratio + float(stats.t.ppf(0.975, 1)) * error, rel=1e-3)


def test_a_share_of_one_interval_has_no_bounds_and_those_of_several_stay_shares() -> None:
    rows = Rows()
    rows.volume(offered_count=20, answered_count=19, abandoned_count=1)
    rows.delivered("counts", days_after(2))
    with closing(generation(rows)) as connection:
        (one,) = ask_on(connection, PLAIN)(Question(("volume_abandonment",), start=NOON.date(), end=NOON.date())).rows
    rows.volume(offered_count=10, answered_count=0, abandoned_count=10)
    with closing(generation(rows)) as connection:
        (two,) = ask_on(connection, PLAIN)(Question(("volume_abandonment",), start=NOON.date(), end=NOON.date())).rows
    assert (one.value, one.low, one.high) == (0.05, None, None)
    assert (two.low, two.high) == (0.0, 1.0)


def test_volumes_wait_for_their_own_source_and_show_their_intervals() -> None:
    rows = counted()
    rows.leg()
    rows.delivered("counts", days_after(3))
    rows.delivered("daily", days_after(2))
    with closing(generation(rows)) as connection:
        ask = ask_on(connection, PLAIN)
        offered, contacts = ask(
            Question(("volume_offered", "contacts"), start=NOON.date(), end=days_after(6).date())
        ).rows
        behind = ask.rows("volume_offered", ask.calendar.parse(NOON.date().isoformat()), ())
    assert (offered.value, offered.complete, offered.through) == (210.0, False, days_after(1).date())
    assert contacts.value is None
    assert behind.unit == "interval"
    assert [(row["source"], row["offered_count"]) for row in behind.rows if row["source"] == "counts"] == [
        ("counts", 100), ("counts", 50), ("counts", 20)
    ]  # fmt: skip
    assert len(behind.rows) == 4


def test_nothing_in_an_interval_is_no_number() -> None:
    rows = Rows()
    rows.volume()
    rows.volume(offered_count=0, answered_count=0, abandoned_count=0, answer_wait_seconds=0, reported_service_level=0)
    rows.volume(offered_count=1, answered_count=1, abandoned_count=3)
    assert of_the_day(rows) == {
        "volume_offered": (1.0, 1),
        "volume_answered": (1.0, 1),
        "volume_abandonment": (None, 0),
        "volume_asa": (None, 0),
        "volume_service_level": (None, 0),
    }
