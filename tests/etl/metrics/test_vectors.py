"""The numbers printed in the definitions, through Ask: worked examples that were computed by hand."""

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from etl.config import Settings
from etl.folders import Folders
from etl.metrics.answer import Question, Row
from etl.metrics.histogram import bin_of, middle
from etl.vocabulary import Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.loaded import unsuppressed

PLAIN = unsuppressed(Settings(Folders(Path())))
HUNDRED_OFFERED = (
    ("answered", 20, 70),
    ("answered", 21, 14),
    ("abandoned", 5, 6),
    ("abandoned", 6, 4),
    ("abandoned", 21, 6),
)
NOT_OFFERED = (("callback", 30), ("voicemail", 30), ("flow_out", 30), ("contained", None))


def asked(rows: Rows, *metrics: str) -> dict[str, Row]:
    """The value of the day on which all rows lie, with whole days after it."""
    for source in {row["source"] for row in (*rows.interactions, *rows.responses)}:
        rows.delivered(source, days_after(2))
    with closing(generation(rows)) as connection:
        day = NOON.date()
        return {row.metric: row for row in ask_on(connection, PLAIN)(Question(metrics, start=day, end=day)).rows}


def calls(waits: Sequence[tuple[str, int, int]]) -> Rows:
    """Calls by outcome, wait and number."""
    rows = Rows()
    for disposition, wait, count in waits:
        for _ in range(count):
            rows.leg(disposition=disposition, wait_seconds=wait)
    return rows


def test_hundred_offered_give_their_service_level_and_abandonment() -> None:
    found = asked(calls(HUNDRED_OFFERED), "service_level", "abandonment")
    assert found["service_level"].value == pytest.approx(70 / 94)
    assert f"{found['service_level'].value:.1%}" == "74.5%"
    assert f"{found['abandonment'].value:.1%}" == "10.6%"
    assert found["service_level"].n == found["abandonment"].n == 94


def test_what_was_not_offered_changes_neither() -> None:
    rows = calls(HUNDRED_OFFERED)
    for disposition, wait in NOT_OFFERED:
        rows.leg(disposition=disposition, wait_seconds=wait)
    rows.leg(is_queued=False, wait_seconds=1)
    rows.leg(direction="outbound", wait_seconds=1)
    found = asked(rows, "service_level", "abandonment")
    assert found["service_level"].value == pytest.approx(70 / 94)
    assert found["abandonment"].value == pytest.approx(10 / 94)


def test_unknown_wait_is_abandoned_and_not_short() -> None:
    rows = calls([("answered", 10, 1)])
    rows.leg(disposition="abandoned")
    found = asked(rows, "service_level", "abandonment", "asa")
    assert found["service_level"].value == 0.5
    assert found["abandonment"].value == 0.5
    assert (found["asa"].value, found["asa"].n) == (10.0, 1)


def test_a_threshold_under_five_seconds_shortens_short_abandons() -> None:
    rows = calls([("answered", 3, 3), ("abandoned", 4, 1)])
    for source in ("calls",):
        rows.delivered(source, days_after(2))
    settings = Settings(Folders(Path()), metrics={"service_level": {"threshold_seconds": 3, "minimum_n": 1}})
    with closing(generation(rows, settings)) as connection:
        (row,) = ask_on(connection, settings)(Question(("service_level",))).rows
    assert (row.value, row.n) == (0.75, 4)


def test_speed_of_answer_and_handle_time_are_means_of_what_is_known() -> None:
    rows = Rows()
    for wait, handle in ((10, 100), (20, 200), (60, None)):
        rows.leg(wait_seconds=wait, handle_seconds=handle)
    rows.leg(disposition="abandoned", wait_seconds=500)
    rows.leg(direction="outbound", is_queued=False, handle_seconds=600)
    found = asked(rows, "asa", "aht")
    assert (found["asa"].value, found["asa"].n) == (30.0, 3)
    assert (found["aht"].value, found["aht"].n) == (300.0, 3)
    assert found["aht"].notes == ("without hold, wrap-up: calls",)


def test_first_response_counts_those_still_open() -> None:
    """1, 2, 2+, 3, 4+, 5, 6+, 7, 8+, 10 hours, where + is still open: median 7, nine of ten 10."""
    rows = Rows()
    end = days_after(1, NOON.replace(hour=0))
    for hours, is_open in ((1, 0), (2, 0), (2, 1), (3, 0), (4, 1), (5, 0), (6, 1), (7, 0), (8, 1), (10, 0)):
        started = end - timedelta(hours=hours if is_open else 11)
        answered = None if is_open else started + timedelta(hours=hours)
        rows.leg(channel="chat", started_at=started, answered_at=answered, is_queued=False)
    rows.delivered("calls", end + timedelta(hours=1))
    with closing(generation(rows)) as connection:
        metrics = ("first_response_p50", "first_response_p90")
        found = {row.metric: row for row in ask_on(connection, PLAIN)(Question(metrics)).rows}
    assert found["first_response_p50"].value == middle(bin_of(7 * 3_600_000))
    assert found["first_response_p90"].value == middle(bin_of(10 * 3_600_000))
    assert found["first_response_p50"].n == 10


def test_resolution_takes_from_the_first_message_to_the_last_closure() -> None:
    """As with first responses, with open cases in between; a reopened case is open, whatever was recorded before."""
    rows = Rows()
    end = days_after(1, NOON.replace(hour=0))
    for hours, is_open in ((1, 0), (2, 0), (2, 1), (3, 0), (4, 1), (5, 0), (6, 1), (7, 0), (8, 1), (10, 0)):
        started = end - timedelta(hours=hours if is_open else 11)
        closed = started + timedelta(hours=1 if is_open else hours)
        rows.leg(
            channel="email", started_at=started, is_queued=False, closed_at=closed, is_resolved=not is_open or None
        )
    rows.leg(source="chats", channel="chat", is_resolved=True)
    rows.delivered("calls", end + timedelta(hours=1))
    with closing(generation(rows)) as connection:
        metrics = ("resolution_time_p50", "resolution_time_p90")
        found = {row.metric: row for row in ask_on(connection, PLAIN)(Question(metrics)).rows}
    assert found["resolution_time_p50"].value == middle(bin_of(7 * 3_600_000))
    assert found["resolution_time_p90"].value == middle(bin_of(10 * 3_600_000))
    assert found["resolution_time_p50"].n == 10


def test_a_reply_after_the_watermark_is_not_known_yet() -> None:
    rows = Rows()
    late = NOON.replace(hour=23, minute=30)
    rows.leg(channel="chat", started_at=late, answered_at=late + timedelta(minutes=40), is_queued=False)
    rows.leg(channel="chat", started_at=NOON, answered_at=NOON + timedelta(minutes=10), is_queued=False)
    rows.delivered("calls", days_after(1, NOON))
    with closing(generation(rows)) as connection:
        found = ask_on(connection, PLAIN)(Question(("answered_within_target", "first_response_p90"))).rows
    assert (found[0].value, found[0].n) == (1.0, 1)
    assert (found[1].value, found[1].n) == (None, 2)
    assert found[1].reason == f"longer than {middle(bin_of(1_800_000)):.0f} s"


def test_promoters_passives_and_detractors_of_a_hundred() -> None:
    rows = Rows()
    for score, count in ((9, 50), (7, 30), (6, 20)):
        for _ in range(count):
            rows.answer(score=score)
    found = asked(rows, "nps")["nps"]
    assert found.value == 30.0
    assert found.low == pytest.approx(14.05, abs=0.005)
    assert found.high == pytest.approx(44.20, abs=0.005)


def test_satisfaction_is_the_top_two_with_scales_pooled_by_name() -> None:
    rows = Rows()
    for score, count in ((5, 10), (4, 8), (3, 2)):
        for _ in range(count):
            rows.answer(kind="csat5", score=score)
    found = asked(rows, "csat")["csat"]
    assert (found.value, found.n, found.notes) == (0.9, 20, ("mean 4.40 of 5",))
    assert (f"{found.low:.1%}", f"{found.high:.1%}") == ("69.9%", "97.2%")
    for kind, score in (("csat7", 5), ("csat10", 9), ("thumbs", 1), ("thumbs", 0)):
        rows.answer(kind=kind, score=score)
    both = asked(rows, "csat")["csat"]
    assert (both.value, both.notes) == (
        20 / 24,
        (
            "pools a 5-point scale and a 7-point scale and a 10-point scale and thumbs",
            "mean 4.40 of 5 and 5.00 of 7 and 9.00 of 10",
        ),
    )


def test_satisfaction_counts_on_the_day_of_the_answer_or_of_the_contact_it_is_about() -> None:
    """A call of Tuesday is praised on Friday; a second one 8 days after, about no known contact any more."""
    rows = Rows()
    rows.leg(customer_identifier="c1")
    rows.answer(kind="csat5", score=5, customer_identifier="c1", responded_at=days_after(3))
    rows.answer(kind="csat5", score=1, customer_identifier="c1", responded_at=days_after(8))
    rows.leg(customer_identifier="c2", started_at=days_after(4))
    rows.answer(kind="csat5", score=2, customer_identifier="c2", responded_at=days_after(4))
    for source in ("calls", "survey"):
        rows.delivered(source, days_after(9))
    metrics = ("csat", "csat_by_contact")
    with closing(generation(rows)) as connection:
        found = ask_on(connection, PLAIN)(Question(metrics, grain=Grain.DAY, start=NOON.date())).rows
    told = {(row.metric, (row.start - NOON.date()).days): (row.value, row.n) for row in found if row.n}
    assert told == {
        ("csat", 3): (1.0, 1), ("csat", 4): (0.0, 1), ("csat", 8): (0.0, 1), ("csat_by_contact", 0): (1.0, 1),
    }  # fmt: skip
    (young,) = [row for row in found if row.metric == "csat_by_contact" and row.start == days_after(4).date()]
    assert (young.value, young.reason) == (None, "not complete before 2026-03-14")


def test_the_two_versions_of_customer_effort_are_never_mixed() -> None:
    rows = Rows()
    for kind, scores in (("ces7", (7, 5, 4, 1)), ("ces5", (1, 2, 3, 5, 5))):
        for score in scores:
            rows.answer(kind=kind, score=score, question=kind)
    found = asked(rows, "ces", "ces5")
    assert (found["ces"].value, found["ces"].n, found["ces"].notes) == (0.5, 4, ("mean 4.25 of 7",))
    assert (found["ces5"].value, found["ces5"].n) == (0.4, 5)
    assert found["ces5"].notes == ("mean 3.20 of 5, lower is better",)


def test_one_person_who_posts_much_has_one_vote_a_day() -> None:
    """A: three posts on day 1, two on day 2; B one; C only reposts A. Votes -1, 0 and +1."""
    rows = Rows()
    for who, day, tones in (("A", 0, (-1, -1, 0)), ("A", 1, (1, -1)), ("B", 0, (1,))):
        for tone in tones:
            rows.mention(tone, author_identifier=who, posted_at=days_after(day))
    rows.mention(-1, author_identifier="C", is_repost=True)
    rows.delivered("posts", days_after(3))
    with closing(generation(rows)) as connection:
        question = Question(("mentions", "voices", "net_sentiment"), start=NOON.date(), end=days_after(1).date())
        found = {row.metric: (row.value, row.n) for row in ask_on(connection, PLAIN)(question).rows}
    assert found == {"mentions": (6.0, 6), "voices": (2.0, 2), "net_sentiment": (0.0, 3)}
    said = [row["tone"] for row in rows.mentions if not row["is_repost"]]
    assert round(100 * sum(said) / len(said), 1) == -16.7


def test_reviews_without_a_reply_still_wait() -> None:
    """Three replies after 1, 2 and 3 hours, one review that waits: half are answered within two hours (bin of 5 %)."""
    rows = Rows()
    for hours in (1, 2, 3, None):
        replied = None if hours is None else NOON + timedelta(hours=hours)
        rows.mention(1, author_identifier=f"a{hours}", rating=4, answered_at=replied)
    rows.delivered("posts", days_after(3))
    found = asked(rows, "review_answer_time_p50", "reviews")
    assert found["review_answer_time_p50"].value == pytest.approx(7200, rel=0.025)
    assert (found["review_answer_time_p50"].n, found["reviews"].value) == (4, 4.0)


def test_a_transferred_call_is_one_contact_on_the_day_it_began() -> None:
    rows = Rows()
    first = rows.leg(is_transferred=True)
    rows.leg(contact_key=first, started_at=days_after(1))
    rows.leg(direction="outbound")
    assert asked(rows, "contacts")["contacts"].value == 1.0


def test_first_contact_resolution_says_its_bounds() -> None:
    """80 chains of known customers, 60 of them of one contact, and 30 contacts that name nobody."""
    rows = Rows()
    for number in range(80):
        for day in range(1 if number < 60 else 2):
            rows.leg(customer_identifier=f"c{number}", started_at=days_after(day))
    for _ in range(30):
        rows.leg()
    rows.delivered("calls", days_after(12))
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection, PLAIN)(Question(("fcr7",), start=NOON.date(), end=NOON.date())).rows
    assert (row.value, row.n) == (0.75, 80)
    assert "between 37.5 % and 81.8 % whatever the others did" in row.notes


def test_complaints_are_told_per_thousand_with_the_interval_of_their_count() -> None:
    rows = Rows()
    for number in range(500):
        rows.leg(is_complaint=number < 10)
    found = asked(rows, "complaint_rate")["complaint_rate"]
    assert (found.value, found.n) == (20.0, 500)
    assert found.low == pytest.approx(2 * 4.7954, abs=0.0001)
    assert found.high == pytest.approx(2 * 18.3904, abs=0.0001)


def test_complaints_are_told_per_thousand_customers_too_with_the_interval_of_their_count() -> None:
    """500 contacts of 200 customers, ten of whom complain; who calls again makes the rate no smaller."""
    rows = Rows()
    for number in range(500):
        rows.leg(is_complaint=number < 10, customer_identifier=f"c{number % 200}")
    found = asked(rows, "complaint_rate_customers")["complaint_rate_customers"]
    assert (found.value, found.n) == (50.0, 200)
    assert found.low == pytest.approx(5 * 4.7954, abs=0.0005)
    assert found.high == pytest.approx(5 * 18.3904, abs=0.0005)


def test_one_complaint_a_chain() -> None:
    rows = Rows()
    for minutes in range(4):
        at = NOON + timedelta(minutes=minutes)
        rows.leg(is_complaint=minutes > 1, customer_identifier="c0", started_at=at)
    assert asked(rows, "complaint_rate")["complaint_rate"].value == 250.0
