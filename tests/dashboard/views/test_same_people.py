"""What the pages say of scores that the same people, or people unlike those asked, gave in both periods."""

from contextlib import closing

from dashboard.blocks import Cards, Selection
from dashboard.findings.movers import compare_segments
from dashboard.strings import SAME_PEOPLE
from dashboard.views import VIEWS
from etl.metrics.answer import Question
from etl.metrics.ask import WarehouseAsk
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Grain, Verdict
from tests.etl.analysis.test_nonresponse import WARNING, ask
from tests.etl.analysis.test_same_people import panel
from tests.etl.metrics.generations import ask_on, generation

__all__ = ["ask"]


def test_a_card_says_that_it_compares_the_same_people() -> None:
    told = {}
    with closing(generation(panel())) as connection:
        for month in ("2026-04", "2026-05"):
            page = VIEWS["today"].build(ask_on(connection), Selection(grain=Grain.MONTH, period=month))
            kpis = [kpi for block in page.blocks if isinstance(block, Cards) for kpi in block.kpis]
            told[month] = [
                (kpi.verdict, kpi.is_believable, SAME_PEOPLE in kpi.notes) for kpi in kpis if kpi.metric == "nps"
            ]
    assert told == {
        "2026-04": [("better, probably real", True, True)],
        "2026-05": [("could be noise", False, False)],
    }


def test_a_segment_that_others_than_those_asked_moved_is_at_best_noise(ask: WarehouseAsk) -> None:
    months = [ask.calendar.parse(f"2026-0{month}") for month in (4, 3)]
    after, before = (ask(Question(("nps",), (Dimension.TOUCHPOINT,), None, each.start, each.end)) for each in months)
    (move,) = compare_segments(ask, [(Dimension.TOUCHPOINT, after, before)], METRICS, ())
    assert move.comparison.p is not None
    assert move.comparison.p < 0.001
    assert (move.comparison.verdict, move.comparison.note) == (Verdict.NOISE, WARNING)
    assert not move.is_believable
