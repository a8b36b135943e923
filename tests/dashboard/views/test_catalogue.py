"""Definitions: every metric, and after them what is told of breakdowns, each with its formula and key."""

from dashboard.blocks import Glossary, Selection
from dashboard.views.catalogue import build
from etl.analysis.quantities import QUANTITIES, SUBJECT
from etl.metrics.catalogue import METRICS
from tests.dashboard.canned import CannedAsk


def test_every_number_is_listed_once_with_its_formula_and_key() -> None:
    page = build(CannedAsk(), Selection())
    glossaries = [block for block in page.blocks if isinstance(block, Glossary)]
    *metrics, breakdowns = glossaries
    assert breakdowns.title == SUBJECT
    assert [(label, meaning) for label, meaning, _ in breakdowns.entries] == [
        (each.label, each.meaning) for each in QUANTITIES
    ]
    assert [details for _, _, details in breakdowns.entries] == [
        (("Formula", each.formula), ("Asked as", each.name)) for each in QUANTITIES
    ]
    assert sum(len(each.entries) for each in metrics) == len(METRICS)
    count = len(METRICS) + len(QUANTITIES)
    assert page.headline.startswith(f"{count} numbers, each defined once, in {len(glossaries)} subjects")
