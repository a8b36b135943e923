"""Annotations on pages: numbered in the chart, told below it, offered where a change is real, drawn by both faces."""

from datetime import date

from dashboard.blocks import Note, Selection, Trend
from dashboard.charts.plotly import figure
from dashboard.charts.svg import Frame
from dashboard.charts.vector import draw_trend
from dashboard.views import VIEWS
from etl.annotations import Annotation
from etl.vocabulary import AnnotationKind, Dimension, Grain
from tests.dashboard.canned import HOSTILE, CannedAsk

RELEASE = Annotation("a", date(2026, 2, 26), date(2026, 2, 26), AnnotationKind.RELEASE, "App 4.2")
OUTAGE = Annotation(
    "b", date(2026, 3, 2), date(2026, 3, 4), AnnotationKind.OUTAGE, HOSTILE, where={Dimension.REGION: ("North",)}
)
OLD = Annotation("c", date(2020, 1, 1), date(2020, 1, 1), AnnotationKind.CAMPAIGN, "Long ago")
ASK = CannedAsk(fall=12.0, is_storm=True, annotations=(OLD, RELEASE, OUTAGE))


def trends(selection: Selection) -> tuple[Trend, list[str]]:
    page = VIEWS["trends"].build(ASK, selection)
    (chart,) = [block for block in page.blocks if isinstance(block, Trend)]
    return chart, [block.text for block in page.blocks if isinstance(block, Note)]


def test_what_happened_stands_numbered_in_the_chart_and_below_it() -> None:
    chart, notes = trends(Selection(grain=Grain.WEEK, metric="nps"))
    assert [(mark.sign, mark.start, mark.end) for mark in chart.marks] == [
        ("1", RELEASE.start, RELEASE.end), ("2", OUTAGE.start, OUTAGE.end),
    ]  # fmt: skip
    assert (
        f"1\u00a0Release: App 4.2 (26 Feb 2026) · 2\u00a0Outage: {HOSTILE} (2–4 Mar 2026), only region North" in notes
    )


def test_a_filter_leaves_out_what_happened_elsewhere() -> None:
    chart, _ = trends(Selection(grain=Grain.WEEK, metric="nps", where=((Dimension.REGION, ("South",)),)))
    assert [mark.words for mark in chart.marks] == ["release: App 4.2 (26 Feb 2026)"]


def test_both_faces_draw_the_marks() -> None:
    chart, _ = trends(Selection(grain=Grain.WEEK, metric="nps"))
    svg = draw_trend(chart, Frame(620, 300))
    assert (svg.count('class="happened"'), svg.count('class="happened-area"')) == (2, 1)
    assert HOSTILE not in svg
    drawn = figure(chart).layout
    assert [shape.type for shape in drawn.shapes if shape.xref == "x"] == ["line", "line", "rect"]
    words = [note.hovertext for note in drawn.annotations if note.hovertext]
    assert len(words) == 2
    assert "<script>" not in words[1]


def test_candidates_are_offered_beside_a_real_change_only() -> None:
    def told(ask: CannedAsk) -> list[str]:
        page = VIEWS["root_causes"].build(ask, Selection(grain=Grain.WEEK))
        return [b.text for b in page.blocks if isinstance(b, Note) and "may have to do with it" in b.text]

    (sentence,) = told(ASK)
    assert "release: App 4.2 (26 Feb 2026)" in sentence
    assert "Long ago" not in sentence
    assert told(CannedAsk(annotations=(RELEASE,))) == []
