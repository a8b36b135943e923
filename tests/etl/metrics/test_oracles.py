"""Each metric is its oracle: on the demo, on the samples of real formats, on random rows; and the printed vectors."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import product
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.config import Settings
from etl.engines import Connection
from etl.folders import Folders
from etl.metrics.answer import Question, Where
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.base import VARIANT_MARK
from etl.metrics.catalogue import METRICS, metric_named
from etl.pipeline import load
from etl.vocabulary import Dimension, Grain
from tests.etl.contents import data_folder
from tests.etl.metrics.drawn import ANSWERS, INVITATIONS, KNOWN, LEGS, MENTIONS, PROMISES, VOLUMES, built
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.oracles import FOLDER, READINGS, Asked, Oracle, check_row, check_rows, only, oracle_on
from tests.etl.sources.landed import samples
from tests.loaded import ABSENT, unsuppressed

GRAINS = (None, *Grain)
FILTERS: tuple[Where, ...] = (
    (),
    only(Dimension.CHANNEL, "phone"),
    only(Dimension.CHANNEL, "social"),
    only(Dimension.CHANNEL, "review"),
    only(Dimension.TOUCHPOINT, "billing line"),
    only(Dimension.REGION, "North"),
)
PLAIN = unsuppressed(Settings(Folders(Path(__file__).parent / "opening")))


@pytest.fixture(scope="module")
def demo_oracle(small_demo: Settings) -> Iterator[Oracle]:
    oracle = oracle_on(small_demo)
    with closing(oracle.connection):
        yield oracle


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WarehouseAsk, Oracle]]:
    """All samples of real formats in one generation."""
    loaded = data_folder(tmp_path_factory.mktemp("samples") / "data")
    load(loaded, samples())
    oracle = oracle_on(loaded)
    with closing(oracle.connection):
        yield open_ask(unsuppressed(loaded)), oracle


def test_each_metric_has_one_oracle() -> None:
    apart = {name.replace(VARIANT_MARK, ".") for name in READINGS if metric_named(name).in_business_time}
    assert {path.stem for path in FOLDER.glob("*.sql")} == {*METRICS, *apart}


@pytest.fixture(scope="module")
def asked(small_ask: WarehouseAsk) -> Asked:
    return Asked(small_ask)


@pytest.mark.parametrize("grain", GRAINS, ids=str)
@pytest.mark.parametrize("metric", READINGS)
def test_demo(asked: Asked, demo_oracle: Oracle, metric: str, grain: Grain | None) -> None:
    found = [check_rows(asked(metric, grain, where), demo_oracle, where, most=2 if where else 4) for where in FILTERS]
    assert (found[0] > 0 and sum(found[1:]) > 0) is (metric not in ABSENT)


@pytest.mark.parametrize("metric", READINGS)
def test_samples(sampled: tuple[WarehouseAsk, Oracle], metric: str) -> None:
    """Over all that the samples hold, and on each of the first and the last days."""
    ask, oracle = sampled
    (whole,) = ask(Question((metric,))).rows
    check_rows([whole], oracle, (), most=1)
    if whole.period:
        for start in (whole.start, whole.end - timedelta(days=2)):
            days = ask(Question((metric,), (), Grain.DAY, start, start + timedelta(days=2))).rows
            assert len(days) == 3
            check_rows(days, oracle, (), most=3)


@pytest.mark.parametrize("q", [("aht_p50", 0.5), ("aht_p90", 0.9)], ids=["p50", "p90"])
def test_bucketed_quantile_is_near_the_exact_one(
    small_ask: WarehouseAsk, demo_oracle: Oracle, q: tuple[str, float]
) -> None:
    metric, share = q
    for row in small_ask(Question((metric,), grain=Grain.WEEK)).rows:
        (exact,) = demo_oracle.connection.execute(
            "SELECT quantile_disc(handle_seconds, ?) FROM core_interactions WHERE business_day BETWEEN ? AND ? "
            "AND handle_seconds IS NOT NULL AND disposition IN ('answered', 'callback')",
            [share, row.start, row.through],
        ).fetchall()[0]
        assert row.value is not None
        assert isclose(row.value, exact, rel_tol=0.05, abs_tol=1.0)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    legs=st.lists(LEGS, max_size=14),
    answers=st.lists(ANSWERS, max_size=7),
    mentions=st.lists(MENTIONS, max_size=7),
    volumes=st.lists(VOLUMES, max_size=5),
    invitations=st.lists(INVITATIONS, max_size=7),
    known=KNOWN,
    asked=st.lists(st.tuples(st.sampled_from(GRAINS), st.sampled_from(FILTERS)), min_size=2, max_size=2, unique=True),
)
def test_random_rows(
    legs: list[dict[str, Any]], answers: list[dict[str, Any]], mentions: list[dict[str, Any]],
    volumes: list[dict[str, Any]], invitations: list[dict[str, Any]], known: dict[str, str],
    asked: list[tuple[Grain | None, Where]],
) -> None:  # fmt: skip
    rows = built(legs, answers)
    rows.customers |= known
    for mention in mentions:
        rows.mention(**mention)
    for volume in volumes:
        rows.volume(**volume)
    for invitation in invitations:
        rows.invite(**invitation)
    with closing(generation(rows)) as connection:
        oracle, found = Oracle(connection, PLAIN), Asked(ask_on(connection, PLAIN))
        for grain, where in asked:
            for metric in READINGS:
                check_rows(found(metric, grain, where), oracle, where, most=4)


def test_nothing_loaded() -> None:
    with closing(generation(Rows())) as connection:
        for row in ask_on(connection)(Question(READINGS, grain=Grain.WEEK)).rows:
            assert (row.value, row.n, row.complete, row.reason) == (None, 0, False, "no source records it")


def test_invited_before_the_first_answer() -> None:
    rows = Rows()
    rows.invite("one", sent_at=days_after(0))
    rows.answer(responded_at=days_after(30), score=9)
    rows.delivered("survey", days_after(40))
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection, PLAIN)(Question(("response_rate",), start=days_after(0).date())).rows
        assert (row.value, row.n, row.reason) == (None, 1, "before the first delivery")
        assert Oracle(connection, PLAIN)("response_rate", row.start, row.end, ()) == (None, 1)


@pytest.fixture(scope="module")
def empty() -> Iterator[Connection]:
    """Two days of rows of each kind that say nothing but what every row must say."""
    rows = Rows(promises=[*PROMISES])
    for day in (0, 1):
        moment = days_after(day)
        for disposition, channel, is_queued in product(("answered", "abandoned"), ("phone", "chat"), (True, False)):
            rows.leg(disposition=disposition, channel=channel, is_queued=is_queued, started_at=moment)
        for kind in (None, "nps", "csat5", "ces7", "ces5", "enps", "text"):
            rows.answer(kind=kind, score=None, customer_identifier=None, responded_at=moment)
        rows.mention(posted_at=moment)
        rows.volume(started_at=moment)
        rows.invite(None, sent_at=moment)
    for source in ("calls", "survey", "posts", "counts"):
        rows.delivered(source, days_after(40))
    with closing(generation(rows)) as connection:
        yield connection


@pytest.mark.parametrize("metric", READINGS)
def test_nulls_everywhere(empty: Connection, metric: str) -> None:
    oracle, found = Oracle(empty, PLAIN), Asked(ask_on(empty, PLAIN))
    for grain, where in ((None, ()), (Grain.DAY, only(Dimension.CHANNEL, "phone"))):
        check_rows(found(metric, grain, where), oracle, where, most=2)


@pytest.fixture(scope="module")
def few() -> Iterator[Connection]:
    """A generation of hardly more than one row for each metric."""
    rows = Rows(promises=[*PROMISES])
    rows.leg(
        wait_seconds=3, talk_seconds=9, hold_seconds=2, handle_seconds=9, customer_identifier="c1",
        touchpoint="billing line",
    )  # fmt: skip
    rows.leg(disposition="contained", is_queued=False, customer_identifier="c2", cause="delivery")
    soon = NOON + timedelta(seconds=9)
    rows.leg(source="tickets", channel="email", is_queued=False, is_resolved=True, answered_at=soon, closed_at=soon)
    rows.leg(disposition="abandoned", wait_seconds=9)
    for disposition in ("callback", "voicemail", "flow_out"):
        rows.leg(disposition=disposition, is_queued=False)
    rows.leg(channel="chat", answered_at=NOON + timedelta(seconds=9), is_queued=False)
    rows.answer()
    rows.answer(kind="csat5", score=4, question="how satisfied")
    rows.answer(kind="csat5", score=5, question="how satisfied", customer_identifier="c1")
    rows.answer(kind="ces7", score=6, question="how easy")
    rows.answer(kind="ces5", score=1, question="how much effort")
    for score in range(1, 1 + METRICS["enps"].floor):
        rows.answer(kind="enps", score=score, question="as a place to work")
    rows.invite("c0")
    rows.leg(customer_identifier="c0", is_resolved=False, is_complaint=True)
    rows.mention(-1, author_identifier="c0", rating=1, answered_at=days_after(1), cause="late delivery")
    rows.volume(
        offered_count=9, answered_count=8, abandoned_count=1, answer_wait_seconds=40, reported_service_level=0.9
    )
    for source in ("calls", "tickets", "survey", "posts", "counts"):
        rows.delivered(source, days_after(32))
    with closing(generation(rows)) as connection:
        yield connection


@pytest.mark.parametrize("metric", READINGS)
def test_one_row(few: Connection, metric: str) -> None:
    check_rows(ask_on(few, PLAIN)(Question((metric,))).rows, Oracle(few, PLAIN), (), most=1)
    check_row(*both(few, metric))


def both(connection: Any, metric: str) -> tuple[Any, tuple[float | None, int]]:
    """The one row of a day from ask and from the oracle."""
    day = NOON.date()
    (row,) = ask_on(connection, PLAIN)(Question((metric,), start=day, end=day)).rows
    assert row.value is not None
    return row, Oracle(connection, PLAIN)(metric, day, day)
