"""Pages of a company that has one source only: each says what that source tells, and what it can't."""

import pytest

from dashboard.blocks import Cards, Page, Section, Selection, Trend
from dashboard.findings.overview import KPIS
from dashboard.strings import causes
from dashboard.strings import journeys as ways
from dashboard.views import VIEWS
from etl.metrics.catalogue import METRICS
from tests.dashboard.canned import CannedAsk


def page(name: str, *fed: str) -> Page:
    return VIEWS[name].build(CannedAsk(unfed=frozenset(METRICS) - set(fed)), Selection())


def cards(found: Page) -> list[str]:
    return [kpi.metric for block in found.blocks if isinstance(block, Cards) for kpi in block.kpis]


def test_today_tells_the_numbers_that_there_are() -> None:
    assert cards(page("today", "volume_offered", "volume_abandonment")) == ["volume_abandonment", "volume_offered"]
    assert cards(page("today", "nps", "review_score")) == ["nps", "review_score"]
    assert "review_score" not in cards(page("today", "review_score", *KPIS)), "enough is told without"


def test_trends_begin_with_a_number_that_there_is() -> None:
    found = page("trends", "volume_offered")
    assert found.selection.metric == "volume_offered"
    assert any(isinstance(block, Trend) for block in found.blocks)
    assert page("trends", "nps", "volume_offered").selection.metric == "nps"
    assert page("trends", "nps", "contacts").selection.metric == "contacts"


@pytest.mark.parametrize(
    ("name", "headline"),
    [("root_causes", causes.UNTOLD), ("journeys", ways.UNTOLD)],
)
def test_what_no_source_records_is_not_called_fine(name: str, headline: str) -> None:
    assert page(name, "volume_offered").headline == headline


def test_a_brief_without_a_source_of_failures_calls_nothing_whole() -> None:
    found = page("brief", "volume_offered")
    (section,) = [block for block in found.blocks if isinstance(block, Section)]
    assert found.headline == "A quiet week, 2\u20138 Mar 2026 (W10): nothing moved beyond chance."
    assert causes.UNTOLD in section.sentences
    assert not any("breakdown is open" in sentence for sentence in section.sentences)


def test_few_numbers_are_drawn_with_their_course() -> None:
    (trend,) = [block for block in page("today", "volume_offered").blocks if isinstance(block, Trend)]
    assert trend.title.startswith("2\u20138 Mar 2026 (W10): offered")
    three = page("today", "volume_offered", "volume_abandonment", "nps")
    assert not any(isinstance(block, Trend) for block in three.blocks)


def test_a_period_without_data_is_not_laid_on_the_sources() -> None:
    told = VIEWS["root_causes"].build(CannedAsk(), Selection(period="2019-W10")).headline
    assert told == "There is no number for 4\u201310 Mar 2019 (W10)."


def test_a_number_of_too_few_says_so_in_the_headline() -> None:
    ask = CannedAsk(unfed=frozenset(METRICS) - {"nps"}, hole="2026-W10")
    told = VIEWS["today"].build(ask, Selection()).headline
    assert told == "NPS has no value for 2\u20138 Mar 2026 (W10): no data: Amazon Connect has a gap."
