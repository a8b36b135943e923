"""What counts for a score on a page: the sure drivers stand out, and the curve says what its ends are."""

from dashboard.blocks import Bars, Note
from dashboard.findings.drivers import _label, drivers_of_score
from etl.analysis.drivers.curve import Dose
from etl.calendar import Calendar
from etl.metrics.answer import Where
from etl.vocabulary import Dimension
from tests.dashboard.canned import CannedAsk

WEEK = Calendar().parse("2026-W10")


def charts(ask: CannedAsk, where: Where = ()) -> list[Bars]:
    return [block for block in drivers_of_score(ask, WEEK, where) if isinstance(block, Bars)]


def test_the_sure_drivers_stand_out_and_the_others_say_that_they_are_not() -> None:
    weights, _ = charts(CannedAsk())
    assert weights.title.startswith("“=it was <b>easy</b> & quick” and time in the queue count for NPS: 99")
    assert [(bar.is_highlight, bar.text_note) for bar in weights.bars] == [
        (True, "raises it"), (True, "lowers it"), (False, "not surely more than chance"),
    ]  # fmt: skip
    assert "Not weighed: time on hold (known for 0 of 819 answers); transfers (the same in all answers)." in (
        weights.caption
    )
    assert "8 Dec 2025 – 8 Mar 2026" in weights.caption, "13 weeks, as a week has too few answers"


def test_the_curve_is_of_the_heaviest_operation() -> None:
    _, curve = charts(CannedAsk())
    assert curve.title.startswith("NPS by time in the queue: ")
    assert curve.title.endswith("(probably real)")
    assert [bar.label for bar in curve.bars] == [
        "under 30\u00a0s", "30\u00a0s to 1.0\u00a0min", "1.0\u00a0min to 2.0\u00a0min", "2.0\u00a0min or more",
    ]  # fmt: skip
    values = [bar.value or 0.0 for bar in curve.bars]
    assert values == sorted(values, reverse=True)


def test_a_first_bin_of_less_than_a_second_is_none() -> None:
    bins = [(end, _label("wait", Dose(0, end, 9, 1.0, None, None, 1.0), is_first=True)) for end in (1.0, 30)]
    assert bins == [(1.0, "none"), (30, "under 30\u00a0s")]


def test_another_score_is_told_where_the_first_has_no_answers() -> None:
    weights, _ = charts(CannedAsk(unfed=frozenset({"nps"})))
    assert "count for CSAT" in weights.title


def test_too_few_answers_are_told() -> None:
    (note,) = drivers_of_score(CannedAsk(volume=0.05), WEEK, ())
    assert isinstance(note, Note)
    assert note.text.startswith("What counts for NPS can't be told yet: too few (n=41, 100 needed)")


def test_nothing_is_said_where_nobody_was_asked() -> None:
    unfed = frozenset({"nps", "csat", "ces", "ces5"})
    assert drivers_of_score(CannedAsk(unfed=unfed), WEEK, ()) == ()
    assert drivers_of_score(CannedAsk(first_day=None, as_of=None), WEEK, ()) == ()
    assert drivers_of_score(CannedAsk(), WEEK, ((Dimension.DIRECTION, ("inbound",)),)) == ()
