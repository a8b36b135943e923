"""Journeys on canned data: runarounds as timelines, whom to call and why, ways between channels, nothing unescaped."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.blocks import Bars, Note, Page, Selection
from dashboard.charts.plotly import figure
from dashboard.charts.svg import FRAMES
from dashboard.charts.vector_timelines import draw_timelines
from dashboard.findings.journeys import sent_around
from dashboard.snapshots.html import Origin, render_html
from dashboard.tables import Table
from dashboard.timelines import Timelines
from dashboard.views.journeys import build
from tests.dashboard.canned import AS_OF, CannedAsk

ORIGIN = Origin("Northwind", 7, datetime(2026, 3, 12, tzinfo=UTC))


def chart(page: Page) -> Timelines:
    (found,) = [block for block in page.blocks if isinstance(block, Timelines)]
    return found


def tables(page: Page) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table)]


def test_the_headline_says_the_worst_whom_to_call_and_what_went_public() -> None:
    page = build(CannedAsk(), Selection(period="2026-W09"))
    assert page.headline == (
        "The worst runaround of this week cost its customer 120 points: 3 contacts by chat, email and phone; "
        "3 customers are worth a call today; one private contact went public within 72 hours."
    )


def test_of_a_week_that_is_too_young_the_week_before_is_told() -> None:
    page = build(CannedAsk(), Selection())
    assert "runaround of 23 Feb – 1 Mar 2026 (W9) cost" in page.headline
    assert "began in 23 Feb – 1 Mar 2026 (W9)" in chart(page).caption
    asked_for = build(CannedAsk(), Selection(period="2026-W10"))
    assert "No runaround of this week can be told yet" in asked_for.headline
    assert [block.text[:30] for block in asked_for.blocks if isinstance(block, Note)] == [
        "No journey of this period is a"
    ]


def test_a_journey_of_no_point_is_no_runaround() -> None:
    worst = CannedAsk().journeys.worst(CannedAsk().calendar.parse("2026-W09"))
    indices = (15.0, 0.6, 0.4, 0.0)
    told = sent_around([replace(worst[0], index=index) for index in indices])
    assert [each.index for each in told] == [15.0, 0.6]


def test_each_contact_is_a_dot_and_a_row() -> None:
    found = chart(build(CannedAsk(), Selection()))
    assert [len(line.dots) for line in found.lines] == [3, 2, 1]
    assert len(found.table.rows) == 6
    assert found.channels == ("email", "chat", "phone"), "colours by how often a channel occurs"
    first, second, _ = found.lines[0].dots
    assert (first.days, first.sign, first.is_hollow) == (0.0, "→1", False)
    assert second.days == pytest.approx(2 + 1 / 24)
    assert (second.sign, second.is_hollow) == ("", True)
    assert first.words == "23 Feb 2026 08:00 UTC: phone at billing, waited 1.6\u00a0min, transferred 1×"
    assert found.lines[0].label == "120 points · =<b>wrong</b> invoice · customer 0bcdef01"
    assert found.lines[0].note == ("22.5\u00a0min · 2 returns · 1 transfer · 2 channel switches · 1 retelling")
    assert found.table.rows[0][-1] == "calls.csv:0", "the record, without the folder"


def test_whom_to_call_and_why() -> None:
    calls, _ = tables(build(CannedAsk(), Selection()))
    assert calls.title == "Worth a call, as of Wed 11 Mar 2026: 3 customers"
    shown = [(row[0], row[5], row[6], row[7], row[8], row[9]) for row in calls.rows]
    assert shown == [
        ("b2", 0.9, 0.5, "×3", "1.35", "complained, 3 days ago, went public"),
        ("a1", 0.8, 1.0, "×1", "0.80", "gave up waiting, today"),
        ("c3", 1.0, 0.25, "×2", "0.50", "recorded as unresolved, 6 days ago, posts about us"),
    ]


def test_the_ways_between_channels() -> None:
    (ways,) = [block for block in build(CannedAsk(), Selection()).blocks if isinstance(block, Bars)]
    assert ways.title == "20 returns (33.3\u202f%) were by another channel, most of them chat → phone"
    assert [(bar.label, bar.value, bar.is_highlight) for bar in ways.bars] == [
        ("phone, again", 40, False), ("chat → phone", 15, True), ("phone → social", 5, True),
    ]  # fmt: skip
    assert ways.table.rows == (("chat", 0, 15, 0), ("phone", 0, 40, 5), ("social", 0, 0, 0))


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (CannedAsk(first_day=AS_OF), "No runaround of this week can be told yet"),
        (CannedAsk(volume=0.002), "nobody is worth a call today; no private complaint went public"),
        (CannedAsk(first_day=None, as_of=None), "There is nothing to report yet"),
    ],
    ids=("one day", "nobody", "no data"),
)
def test_where_there_is_little_to_tell(ask: CannedAsk, told: str) -> None:
    page = build(ask, Selection())
    assert told in page.headline
    assert render_html(page, ORIGIN)


def test_words_of_the_data_are_escaped_in_each_output() -> None:
    page = build(CannedAsk(), Selection())
    found = chart(page)
    assert b"<b>wrong</b>" not in render_html(page, ORIGIN)
    svg = draw_timelines(found, FRAMES["narrow"])
    assert "<b>" not in svg
    assert svg.count("<circle") == 6 + len(found.channels) + 1, "each contact, the channels, what hollow means"
    assert "first contact</text>" in svg
    drawn = figure(found)
    assert list(drawn.layout.xaxis.ticktext) == ["first contact", "1 d", "2 d", "3 d", "4 d"]
    notes = [note.text for note in drawn.layout.annotations]
    assert notes[0].startswith("<b>120 points · =&lt;b&gt;wrong&lt;/b&gt; invoice")
    assert sum(len(trace.x) for trace in drawn.data if trace.mode == "markers+text") == 6
