"""Root causes on canned data: what failed, the way from each bar to its contacts, and mix told as mix."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.blocks import Bars, Block, Note, Page, Selection, Side
from dashboard.findings import segments
from dashboard.findings.readings import Versus
from dashboard.findings.reasons import reasons
from dashboard.tables import Table
from dashboard.views.root_causes import build
from etl.analysis.compare import Comparison
from etl.analysis.decompose import decompose
from etl.analysis.segments import Reason
from etl.analysis.why import Why
from etl.calendar import Calendar
from etl.labels import Label, text_id
from etl.metrics.answer import Question
from etl.metrics.catalogue import METRICS
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, Verdict
from tests.dashboard.canned import AS_OF, CannedAsk

WEEK = Calendar().parse("2026-W10")


def blocks(page: Page) -> list[Block]:
    return [inner for block in page.blocks for inner in (block.blocks if isinstance(block, Side) else (block,))]


def paretos(page: Page) -> list[Bars]:
    return [block for block in blocks(page) if isinstance(block, Bars) and block.drills]


def notes(page: Page) -> str:
    return " ".join(block.text for block in blocks(page) if isinstance(block, Note))


def test_the_headline_says_how_many_over_what_and_what_rose() -> None:
    page = build(CannedAsk(is_storm=True), Selection())
    assert page.headline == (
        "296 contacts, 29.7\u202f% of all, failed their customers (+6.2\u00a0points against the week before, "
        "probably real); most over wrong invoice (127); late delivery rose from 22 to 62."
    )


def test_the_few_that_make_up_half_stand_out_and_what_nobody_assigned_comes_last() -> None:
    causes, touchpoints = paretos(build(CannedAsk(is_storm=True), Selection()))
    assert [bar.label for bar in causes.bars if bar.is_highlight] == ["wrong invoice", "no internet"]
    assert causes.title == "Wrong invoice and no internet: 68.2\u202f% of failed contacts"
    assert causes.bars[-1].label.startswith(UNASSIGNED)
    assert "(3.4\u202f%) no code names a cause" in causes.caption
    assert touchpoints.table.rows[0][0] == "billing"


def test_what_nobody_assigned_never_stands_out_however_large() -> None:
    values = {Dimension.CAUSE: (UNASSIGNED, UNKNOWN, "late delivery", "password reset")}
    causes = paretos(build(CannedAsk(values=values), Selection()))[0]
    nobody = [f"{UNASSIGNED}: code not in the map", f"{UNKNOWN}: no code recorded"]
    assert [bar.label for bar in causes.bars][-2:] == nobody
    assert not {bar.label for bar in causes.bars if bar.is_highlight} & set(nobody)


@pytest.mark.parametrize("period", [None, "2026-W07", "2026-W11"])
@pytest.mark.parametrize("where", [(), ((Dimension.CHANNEL, ("phone",)),), ((Dimension.CAUSE, ("no internet",)),)])
def test_each_bar_counts_exactly_the_rows_it_leads_to(
    period: str | None, where: tuple[tuple[Dimension, tuple[str, ...]], ...]
) -> None:
    ask = CannedAsk(is_storm=True)
    for chart in paretos(build(ask, Selection(period=period, where=where))):
        for bar in chart.bars:
            assert bar.drill is not None
            rows = ask.rows(bar.drill.metric, bar.drill.period, bar.drill.where).rows
            assert bar.value == bar.drill.count == len(rows) > 0


def test_the_segments_behind_the_change_lead_to_their_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = CannedAsk()(Question(("failure_rate",), (), None, WEEK.start, WEEK.end)).rows
    where = {Dimension.CAUSE: "late delivery", Dimension.CHANNEL: "phone"}
    real = Comparison(0.2, None, 0.001, Verdict.REAL)
    found = Reason(where, row, replace(row, n=120), 0.031, 12.345, real)
    monkeypatch.setattr(segments, "segments", lambda *_: (found,))
    page = build(CannedAsk(is_storm=True), Selection(where=((Dimension.CHANNEL, ("phone", "chat")),)))
    (table,) = [block for block in blocks(page) if isinstance(block, Table) and block.title.startswith("What raised")]
    assert table.title == "What raised failure rate: late delivery by phone"
    assert table.rows[0][5:] == (0.031, "worse, probably real")
    ((name, drill),) = table.drills
    assert (name, drill.count) == ("late delivery by phone", 120)
    assert dict(drill.where) == {Dimension.CAUSE: ("late delivery",), Dimension.CHANNEL: ("phone",)}


def test_what_counts_for_the_score_stands_below() -> None:
    *_, weights, curve = [block for block in blocks(build(CannedAsk(), Selection())) if isinstance(block, Bars)]
    assert "count for NPS" in weights.title
    assert curve.title.startswith("NPS by time in the queue")


def test_the_running_total_ends_at_all() -> None:
    for chart in paretos(build(CannedAsk(), Selection())):
        assert chart.table.rows[-1][3] == 1.0
        assert [row[3] for row in chart.table.rows] == sorted(row[3] for row in chart.table.rows)  # type: ignore[type-var]


def test_an_unfinished_week_is_compared_like_for_like() -> None:
    ask = CannedAsk()
    build(ask, Selection(period="2026-W11"))
    spans = {
        (str(question.start), str(question.end)) for question in ask.asked if "failed_contacts" in question.metrics
    }
    assert ("2026-03-02", "2026-03-04") in spans


def test_without_failures_it_says_so_and_why() -> None:
    none = build(CannedAsk(volume=0.002), Selection())
    assert none.headline == "No contact is known to have failed."
    assert "None is known to have failed its customer" in notes(none)
    unfed = build(CannedAsk(unfed=frozenset({"failed_contacts", "failure_rate"})), Selection())
    assert "no loaded source brings survey answers" in notes(unfed)


def test_one_day_and_no_day() -> None:
    assert "17 contacts" in build(CannedAsk(first_day=AS_OF), Selection()).headline
    assert build(CannedAsk(first_day=None, as_of=None), Selection()).headline == "There is nothing to report yet"


def test_a_change_that_may_be_chance_is_not_explained() -> None:
    page = build(CannedAsk(), Selection())
    titles = [block.title for block in blocks(page) if isinstance(block, Bars)]
    assert not any("mostly" in title for title in titles)
    assert "could be noise, so there is nothing to explain yet" in notes(page)


def moved(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> Block:
    """A change of NPS by segment that is real."""
    (row,) = CannedAsk()(Question(("nps",), (), None, WEEK.start, WEEK.end)).rows
    effects = decompose(before, after)
    real = Comparison(effects.change, None, 0.001, Verdict.REAL)
    found = Why("nps", Dimension.SEGMENT, row, row, real, effects, -15.0, -2.0)
    return reasons(found, METRICS["nps"], "2–8 Mar 2026 (W10)", Versus(WEEK, "the week before"))


def explained(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> Bars:
    """The same where it is drawn."""
    block = moved(before, after)
    assert isinstance(block, Bars)
    return block


def test_mix_is_told_as_mix_and_the_paradox_in_words() -> None:
    chart = explained({"business": (3600, 60), "consumer": (0, 40)}, {"business": (1890, 30), "consumer": (140, 70)})
    assert chart.title == (
        "NPS fell by 15.7\u00a0points, mostly because the mix shifted from segment business to consumer; "
        "the mix makes \u221218.2\u00a0points, its parts +2.5\u00a0points"
    )
    assert chart.caption.startswith("In every segment NPS rose, although the whole fell: only the mix moved it.")
    assert sum(bar.value or 0.0 for bar in chart.bars) == pytest.approx(20.3 - 36.0)
    assert "mix: 60.0\u202f% → 30.0\u202f% of all" in {bar.text_note for bar in chart.bars}


def test_what_changed_within_is_told_with_where_it_did_most() -> None:
    chart = explained({"business": (3000, 50), "consumer": (500, 50)}, {"business": (1000, 50), "consumer": (450, 50)})
    assert "mostly within its parts, most with segment business (20.0\u00a0points); the mix makes 0" in chart.title
    assert "although the whole" not in chart.caption


def test_effects_that_read_as_nothing_are_listed_but_not_drawn_and_the_largest_is_named() -> None:
    before = {UNKNOWN: (3000.0, 100.0), "late": (0.02, 2.0), "rude": (50.0, 2.0)}
    chart = explained(before, before | {UNKNOWN: (1000.0, 100.0), "rude": (20.0, 2.0)})
    assert [bar.label for bar in chart.bars] == [UNKNOWN, "rude"]
    assert [row[0] for row in chart.table.rows] == [UNKNOWN, "rude", "late"]
    assert f"{UNKNOWN} (19.2\u00a0points)" in chart.title


def test_what_lies_where_nothing_is_recorded_is_not_drawn_as_a_reason() -> None:
    before = {UNKNOWN: (3000.0, 100.0), "late": (0.02, 2.0)}
    assert moved(before, before | {UNKNOWN: (1000.0, 100.0)}) == Note(
        "Why it moved can't be told: NPS \u221219.6\u00a0points against the week before, probably real, all of it over "
        "contacts of which no segment is recorded."
    )


def test_parts_and_effects_add_up_in_the_table() -> None:
    chart = explained({"a": (3000, 50), "b": (500, 50)}, {"a": (1000, 20), "b": (450, 90)})
    for row in chart.table.rows:
        assert row[5] + row[6] == pytest.approx(row[7])  # type: ignore[operator]


def test_many_causes_are_drawn_in_part_and_listed_whole() -> None:
    values = {Dimension.CAUSE: tuple(f"cause {number}" for number in range(7)), Dimension.TOUCHPOINT: ("a", "b")}
    ask = replace(CannedAsk(is_storm=True), values=values)
    causes = paretos(build(ask, Selection()))[0]
    assert len(causes.bars) <= 10
    counted = [row[1] for row in causes.table.rows if isinstance(row[1], int)]
    assert sum(counted) == len(ask.rows("failed_contacts", WEEK, ()).rows)


def posts() -> tuple[dict[str, Any], ...]:
    """Six people on the cold coffee, which has no cause; 41 on late parcels, one of them hostile in every sense."""
    said = [("it was cold coffee", None, -500)] * 6 + [("my parcel is very late once more", "late parcel", -300)] * 40
    said += [("=cmd <b>outrage</b>", "late parcel", -900)]
    return tuple(
        {
            "record_key": key, "business_day": WEEK.end, "person": f"p{key}", "tone": -1, "intensity": intensity,
            "text": text, "cause": cause, "told_cause": None,
            "wording": None, "person_count": None,
        }
        for key, (text, cause, intensity) in enumerate(said)
    )  # fmt: skip


def test_posts_are_quoted_by_cause_and_new_themes_named() -> None:
    page = build(CannedAsk(posts=posts()), Selection(period=WEEK.key))
    quoted, found = [block for block in page.blocks if isinstance(block, Table)][-2:]
    assert "not labelled yet" in notes(page)
    assert quoted.rows == (("late parcel", 41, "my parcel is very late once more", "=cmd <b>outrage</b>", None),)
    assert found.title == "6 of 47 negative posts have no cause"
    assert found.rows == (("cold coffee", 6, 6, "it was cold coffee"),)


def alike(key: int, wording: int, people: int, tone: int = 1) -> dict[str, Any]:
    return {
        "record_key": key, "business_day": WEEK.end, "person": f"q{key}", "tone": tone, "intensity": 0,
        "text": f"Words {wording}", "cause": None, "told_cause": None, "wording": wording, "person_count": people,
    }  # fmt: skip


def test_a_campaign_is_named_with_its_people_also_where_nobody_is_negative() -> None:
    page = build(CannedAsk(posts=tuple(alike(100 + each, 1, 6) for each in range(7))), Selection(period=WEEK.key))
    found = page.blocks[-1]
    assert isinstance(found, Table)
    assert found.title == "7 of 7 posts with words are one campaign: the same words from 6 people in a day"
    assert found.rows == (("Words 1", 6, 7, "8 Mar 2026"),)


def test_several_campaigns_stand_in_the_order_of_their_people() -> None:
    said = [*posts(), *(alike(100 + each, 1, 5) for each in range(8)), *(alike(200 + each, 2, 9) for each in range(9))]
    found = build(CannedAsk(posts=tuple(said)), Selection(period=WEEK.key)).blocks[-1]
    assert isinstance(found, Table)
    assert found.title == "17 of 64 posts with words are 2 campaigns: the same words from up to 9 people in a day"
    assert [row[:3] for row in found.rows] == [("Words 2", 9, 9), ("Words 1", 5, 8)]


def test_without_negative_posts_nothing_is_said_of_them() -> None:
    page = build(CannedAsk(), Selection(period=WEEK.key))
    assert "negative posts" not in notes(page)


def test_labels_tell_how_right_told_causes_are() -> None:
    said = [{**post, "told_cause": post["cause"]} for post in posts()]
    read = datetime(2026, 3, 9, tzinfo=UTC)
    labels = [
        Label(text_id(WEEK.end, key), WEEK.end, cause, "ada", read)
        for key, cause in enumerate((None, None, "cold coffee", None, None, None, *["late parcel"] * 9, None))
    ]
    page = build(CannedAsk(posts=tuple(said), labels=tuple(labels)), Selection(period=WEEK.key))
    _, judged, _ = [block for block in page.blocks if isinstance(block, Table)][-3:]
    assert judged.title == "How right the words' causes are: 89.1\u202f% of posts (63–98\u202f%); 16 labelled"
    assert judged.rows == (
        ("late parcel", 10, 0.9, "60–98\u202f%", 9, 1.0, "91–100\u202f%"),
        ("cold coffee", 0, None, "", 1, 0.0, "0.0–0.0\u202f%"),
    )
