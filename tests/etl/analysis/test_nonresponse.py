"""Who was invited and who answered: the definitions' vector from its rows, and what a warning caps."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from etl.analysis.compare import Comparison
from etl.analysis.nonresponse import capped, nonresponse, warnings
from etl.analysis.spans import side_by_side
from etl.analysis.why import why
from etl.metrics.answer import Question
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension, Verdict
from tests.etl.metrics.generations import Rows, ask_on, days_after, generation
from tests.etl.metrics.test_vectors import PLAIN

FIRST = days_after(0).date()
LAST = days_after(20).date()
WARNING = "those who answered are another mix than those who were asked"


@pytest.fixture(scope="module")
def ask() -> Iterator[WarehouseAsk]:
    """In March 800 by phone with 24/8/8 answers and 200 by chat with 14/8/18; in April more of those by phone only."""
    rows = Rows()
    for month, groups in (
        (0, (("phone", 800, (24, 8, 8)), ("chat", 200, (14, 8, 18)))),
        (35, (("phone", 300, (99,)),)),
    ):
        for channel, invited, answers in groups:
            scores = [score for score, count in zip((10, 8, 3), answers, strict=False) for _ in range(count)]
            for number in range(invited):
                name = f"{channel}{month}{number}"
                rows.invite(name, sent_at=days_after(month), channel=channel, is_opted_out=number in (50, 60))
                if number < len(scores):
                    moment = days_after(month + 3)
                    rows.answer(
                        responded_at=moment, score=scores[number], customer_identifier=name, touchpoint="web chat"
                    )
    rows.invite("bounced", is_delivered=False)
    rows.delivered("survey", days_after(60))
    with closing(generation(rows)) as connection:
        yield ask_on(connection, PLAIN)


def test_the_vector_from_its_invitations(ask: WarehouseAsk) -> None:
    found = nonresponse(ask, FIRST, LAST)
    assert found is not None
    assert (found.invited, found.answered, found.usual_rate) == (1000, 80, None)
    rate = found.rate
    assert (rate.rate, rate.raw, rate.opted_out, rate.warnings) == (0.08, 15.0, 4, (WARNING,))
    assert rate.post_stratified == pytest.approx(30.0)
    assert rate.distance == pytest.approx(0.30)
    assert [(kind, stratum.answered) for kind, stratum in found.strata.items()] == [
        (("chat", "(unknown)"), 40), (("phone", "(unknown)"), 40),
    ]  # fmt: skip


def test_the_rate_with_its_opt_outs_and_pending_ones(ask: WarehouseAsk) -> None:
    (row,) = ask(Question(("response_rate",), start=FIRST, end=LAST)).rows
    assert (row.value, row.n, row.notes[-1]) == (0.08, 1000, "4 opted out")
    (later,) = ask(Question(("response_rate",), start=LAST, end=days_after(59).date())).rows
    assert (later.value, later.n) == (0.33, 300)
    chat = nonresponse(ask, FIRST, LAST, ((Dimension.CHANNEL, ("chat",)),))
    assert chat is not None
    assert (chat.rate.rate, chat.rate.distance) == (0.2, 0.0)
    assert nonresponse(ask, FIRST, LAST, ((Dimension.TOUCHPOINT, ("web chat",)),)) is None
    assert nonresponse(ask, FIRST - timedelta(days=9), FIRST - timedelta(days=1)) is None


def test_a_score_that_stands_for_others_is_at_best_noise(ask: WarehouseAsk) -> None:
    march, april = ask.calendar.parse("2026-03"), ask.calendar.parse("2026-04")
    (pair,) = side_by_side(ask, ["nps"], april, march)
    assert pair.comparison.p is not None
    assert pair.comparison.p < 0.001
    assert (pair.comparison.verdict, pair.comparison.note) == (Verdict.NOISE, WARNING)
    assert pair.warnings == (WARNING,)
    split = why(ask, "nps", april, march, Dimension.CHANNEL)
    assert (split.comparison.verdict, split.comparison.note) == (Verdict.NOISE, WARNING)
    named = ((Dimension.TOUCHPOINT, ("web chat",)),)
    assert warnings(ask, (pair.after, pair.before), named) == (WARNING,)


def test_only_what_seems_real_is_capped() -> None:
    real = Comparison(1.0, None, 0.01, Verdict.REAL)
    assert capped(real, ()) is real
    assert capped(real, (WARNING,)).verdict is Verdict.NOISE
    few = Comparison(1.0, None, None, Verdict.TOO_FEW)
    assert capped(few, (WARNING,)) is few


def test_an_answer_is_to_the_last_invitation_before_it() -> None:
    rows = Rows()
    rows.invite("c0", sent_at=days_after(-10))
    rows.invite("c0", sent_at=days_after(-3))
    rows.invite("c1", sent_at=days_after(-14))
    rows.invite("c2", sent_at=days_after(-14) - timedelta(seconds=1))
    rows.invite("c3", sent_at=days_after(1))
    rows.invite("c4", source="calls", sent_at=days_after(-1))
    rows.invite("c5", sent_at=days_after(-1))
    for number in range(5):
        rows.answer(customer_identifier=f"c{number}")
    rows.answer(customer_identifier="c5", kind="enps")
    rows.leg()
    rows.delivered("survey", days_after(16))
    rows.delivered("calls", days_after(16))
    with closing(generation(rows)) as connection:
        found = ask_on(connection, PLAIN).rows("response_rate", ask_on(connection).calendar.parse("2026"), (), "top")
    assert [(row["customer_id"], row["started_at"]) for row in found.rows] == [
        ("c1", days_after(-14)), ("c0", days_after(-3)),
    ]  # fmt: skip
