"""HTML files: self-contained, escaped, and with the same numbers in card, table and drawing."""

import re
import shlex
from base64 import b64encode
from hashlib import sha256
from html import unescape

from dashboard import format
from dashboard.blocks import Cards, Page, Selection, Trend
from dashboard.snapshots.html import Origin
from dashboard.snapshots.render import RENDERERS
from dashboard.views import VIEWS
from etl.vocabulary import Dimension
from tests.dashboard.canned import HOSTILE, VALUES, WATCHED, CannedAsk

MEASURED = tuple(view for view in VIEWS if view != "definitions")
"""The pages that show numbers; definitions hold without any."""


def page_of(view: str, ask: CannedAsk, selection: Selection) -> Page:
    """One page."""
    return VIEWS[view].build(ask, selection)


def html_of(page: Page) -> str:
    """The file's text."""
    ask = CannedAsk()
    return RENDERERS["html"](page, Origin(ask.company, ask.generation, ask.published_at)).decode()


def test_a_file_refers_to_nothing_outside() -> None:
    for view in VIEWS:
        text = html_of(page_of(view, CannedAsk(fall=9.0), Selection(metric="nps", split="touchpoint")))
        outside = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(|<link|<img|<iframe| src=", outside)
        assert text.count("<h1>") == 1


def test_the_policy_allows_this_script_and_nothing_else() -> None:
    text = html_of(page_of("today", CannedAsk(), Selection()))
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert policy in unescape(text)
    assert not re.search(r"<[^>]+ on[a-z]+=", text)


def test_the_same_page_gives_the_same_bytes() -> None:
    page = page_of("today", CannedAsk(fall=9.0), Selection())
    assert html_of(page) == html_of(page)


def test_hostile_values_are_text_everywhere() -> None:
    values = dict(VALUES) | {Dimension.TOUCHPOINT: ("delivery", HOSTILE, "app")}
    for view in VIEWS:
        ask = CannedAsk(fall=30.0, is_storm=True, values=values, alerting=WATCHED)
        text = html_of(page_of(view, ask, Selection(metric="nps", split="touchpoint")))
        assert "<script>alert" not in text
        assert ("&lt;script&gt;alert" in text) == (view in MEASURED)
        assert text.count("<script>") == 1


def test_card_table_and_drawing_say_the_same() -> None:
    ask = CannedAsk(fall=9.0)
    today, trends = page_of("today", ask, Selection()), page_of("trends", ask, Selection(metric="nps"))
    kpi = next(kpi for block in today.blocks if isinstance(block, Cards) for kpi in block.kpis if kpi.metric == "nps")
    chart = next(block for block in trends.blocks if isinstance(block, Trend))
    point = next(point for point in chart.series[0].points if point.period == "2026-W10")
    row = next(row for row in chart.table.rows if row[0] == point.label)
    assert (point.value, point.low, point.high, point.n) == (kpi.value, kpi.low, kpi.high, kpi.n) == row[1:5]
    value, bounds = format.value(kpi.value, kpi.unit), format.interval(kpi.low, kpi.high, kpi.unit)
    assert f'<p class="figure">{value}</p>' in html_of(today)
    drawn = html_of(trends)
    assert f"NPS: {value} ({bounds}), n {format.count(kpi.n)}" in drawn
    assert f">{value}</text>" in drawn
    assert f"<span>{value}</span>" in drawn


def test_status_and_direction_stand_in_words() -> None:
    text = html_of(page_of("today", CannedAsk(fall=9.0), Selection()))
    assert "worse, probably real" in text
    assert "Target +35: off target" in text
    assert "Target 7\u202f%: on target" in text


def test_pages_without_data_render() -> None:
    for view in VIEWS:
        text = html_of(page_of(view, CannedAsk(as_of=None), Selection()))
        assert ("No source has a complete day yet" in text) == (view in MEASURED)
    assert "each defined once" in html_of(page_of("definitions", CannedAsk(as_of=None), Selection()))


def test_each_number_prints_the_command_for_its_contacts() -> None:
    text = html_of(page_of("root_causes", CannedAsk(is_storm=True), Selection()))
    assert "cx rows failed_contacts --period 2026-W10 --where &#39;cause=wrong invoice&#39;</code>" in text
    text = html_of(page_of("breakdowns", CannedAsk(is_storm=True), Selection()))
    assert "--where &#39;cause=late delivery&#39; --where touchpoint=delivery</code>" in text
    assert "late delivery at the delivery (n\u00a062)" in text


def test_a_hostile_cause_is_quoted_for_the_shell_and_escaped() -> None:
    values = dict(VALUES) | {Dimension.CAUSE: ("x'; rm -rf / #", HOSTILE)}
    for view in ("root_causes", "breakdowns"):
        page = page_of(view, CannedAsk(is_storm=True, values=values), Selection())
        text = html_of(page)
        assert "<script>alert" not in text
        printed = re.findall(r"<code>(.*?)</code>", text, re.DOTALL)
        wheres = [shlex.split(unescape(command))[6] for command in printed if "cause=" in command]
        assert set(wheres) <= {f"cause={value}" for value in values[Dimension.CAUSE]}
        assert wheres


def test_courses_are_drawn_with_their_words() -> None:
    text = html_of(page_of("breakdowns", CannedAsk(is_storm=True), Selection()))
    (chronic, *_) = re.findall(r'<svg[^>]*class="course">.*?</svg>', text)
    assert "<title>26 weeks, 20 above the limit, last 28.8\u202f%</title>" in chronic
    assert chronic.count('class="course-mark"') == 20
    assert chronic.count('class="course-column"') == 6


def test_a_card_of_an_earlier_week_says_which() -> None:
    text = html_of(page_of("today", CannedAsk(), Selection()))
    assert text.count('<p class="quiet">23 Feb – 1 Mar 2026 (W9)</p>') == 2
