"""Pages open on the newest period, unless what still delivers then is next to nothing."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.blocks import Selection, Trend
from dashboard.findings.context import opens_early
from dashboard.findings.opening import opening_day
from dashboard.views.trends import build
from dashboard.web import labels
from etl.metrics.answer import SourceState
from etl.vocabulary import Dimension, Grain
from tests.dashboard.canned import CannedAsk

AS_OF = date(2025, 12, 3)
TICKETS = ("tickets", 45, date(2025, 9, 1), AS_OF, True)
CALLS = ("calls", 11_000, date(2021, 1, 1), date(2021, 4, 12), False)
CENTER = ("center", 5_000, date(2021, 1, 1), date(2021, 3, 30), False)
TWEETS = ("tweets", 8_500, date(2015, 2, 16), date(2015, 2, 23), False)
SUCCESSOR = ("successor", 900, date(2025, 11, 24), AS_OF, True)
UNFINISHED = ("unfinished", 90_000, None, None, False)


def _states(*sources: tuple[str, int, date | None, date | None, bool]) -> list[SourceState]:
    return [
        SourceState(name, name.title(), records, first, None, last, is_active, "UTC", False)
        for name, records, first, last, is_active in sources
    ]


@pytest.mark.parametrize(
    ("sources", "day"),
    [
        ((), AS_OF),
        ((TICKETS,), AS_OF),
        ((TICKETS, UNFINISHED), AS_OF),
        ((TICKETS, CALLS, CENTER), date(2021, 4, 12)),
        ((TICKETS, CALLS, CENTER, TWEETS), date(2021, 4, 12)),
        ((SUCCESSOR, CALLS), AS_OF),
    ],
    ids=["nothing", "one", "no complete day", "ended", "a burst long ago", "a successor at the pace of the ended one"],
)
def test_the_day_is_the_newest_unless_next_to_nothing_delivers_then(
    sources: tuple[tuple[str, int, date | None, date | None, bool], ...], day: date
) -> None:
    assert opening_day(_states(*sources), AS_OF) == day


def test_a_source_that_ended_opens_on_its_own_last_day() -> None:
    only = ((Dimension.SOURCE, ("tweets",)),)
    assert opening_day(_states(TICKETS, CALLS, TWEETS), AS_OF, only) == date(2015, 2, 23)


def test_pages_open_where_most_records_end_and_say_so_unless_a_period_is_chosen() -> None:
    page = build(Ended(), Selection())
    assert "opened where most records are, which end Sun 14 Dec 2025" in page.context
    (trend,) = [block for block in page.blocks if isinstance(block, Trend)]
    assert opens_early(Ended(), ())
    assert not opens_early(CannedAsk(), ())
    assert labels.best_covered(Grain.WEEK) == "Last week of most records"
    assert trend.table.rows[0][0] == "8\u201314 Dec 2025 (W50)", "the line ends there, too"
    chosen = build(Ended(), Selection(period="2026-W10"))
    assert "opened" not in chosen.context
    assert chosen.context.startswith("2\u20138 Mar 2026 (W10)")


class Ended(CannedAsk):
    """A company whose calls ended in December, and of which a few surveys go on."""

    @property
    def sources(self) -> tuple[SourceState, ...]:
        """The same two sources, the larger of them without a record since."""
        calls, surveys = super().sources
        return replace(calls, watermark=date(2025, 12, 14), is_active=False), replace(surveys, records=100)
