"""The brief on canned and on planted data: what it names, in which words, and what it says when there is nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.blocks import Note, Page, Section, Selection
from dashboard.findings.briefing import why as briefing_why
from dashboard.findings.briefing.earlier import _changes, _outcome
from dashboard.findings.briefing.moves import events, told_event
from dashboard.findings.context import moment
from dashboard.findings.overview import whole
from dashboard.snapshots.words import document, plain
from dashboard.strings import brief as words
from dashboard.strings.voices import IN_THEIR_WORDS
from dashboard.views.brief import build
from etl.analysis.breakdowns import Breakdown, Leaderboard, leaderboard
from etl.analysis.compare import Comparison
from etl.analysis.persistence import standing
from etl.analysis.segments import Reason
from etl.metrics.answer import Cell, Question, Row
from etl.metrics.ask import WarehouseAsk
from etl.metrics.restatement import Report, Restatement
from etl.vocabulary import Dimension, Grain, State, Symbol, Verdict
from tests.dashboard.canned import AS_OF, HOSTILE, CannedAsk
from tests.dashboard.snapshots.test_html import html_of

QUIET = CannedAsk(values={Dimension.CAUSE: ("unassigned",)})
"""A company in which nothing breaks and nothing moves."""


def sections(page: Page) -> dict[str, tuple[str, ...]]:
    return {block.title: block.sentences for block in page.blocks if isinstance(block, Section)}


def told(page: Page) -> str:
    return " ".join(document(page)["headline"] + sentence for each in sections(page).values() for sentence in each)


def week(*, fall: float = 0.0, is_storm: bool = False) -> Page:
    return build(CannedAsk(fall, is_storm=is_storm), Selection())


def test_what_moved_is_told_with_size_base_verdict_and_place() -> None:
    page = week(fall=9.0)
    assert page.headline.startswith("NPS fell from +31 to +22, most of all at the delivery;")
    first = sections(page)[words.MOVED][0].replace("\u00a0", " ").replace("\u202f", " ")
    assert first == (
        "NPS fell from +31 to +22 (n 1 800), which is worse and probably real. It was largest at the delivery "
        "(\u221224.0 points). It misses its target of +35."
    )


def test_why_names_parts_of_the_business_only_where_they_stand_out(monkeypatch: pytest.MonkeyPatch) -> None:
    (found_by_search,) = sections(week(is_storm=True))[words.WHY]
    assert found_by_search.startswith(
        "Failure rate rose by 7.1\u00a0points; 7.6\u00a0points of that came from late delivery at the delivery and "
        "no internet at the app."
    )
    monkeypatch.setattr(briefing_why, "segments", lambda *_: ())
    (alone,) = sections(week(is_storm=True))[words.WHY]
    assert alone.startswith("Failure rate rose by 7.1\u00a0points nearly everywhere alike: no part of the business")
    (row,) = CannedAsk()(Question(("failure_rate",), (), None, AS_OF, AS_OF)).rows
    where = {Dimension.TOUCHPOINT: "web chat", Dimension.CAUSE: "late delivery"}
    found = Reason(where, row, row, 0.05, 12.3, Comparison(0.2, None, 0.001, Verdict.REAL))
    monkeypatch.setattr(briefing_why, "segments", lambda *_: (found,))
    (placed,) = sections(week(is_storm=True))[words.WHY]
    assert placed.startswith(
        "Failure rate rose by 7.1\u00a0points; 5.0\u00a0points of that came from late delivery at the web chat."
    )


def test_a_number_of_the_brief_leads_to_its_rows() -> None:
    page = week(fall=9.0)
    (section,) = [block for block in page.blocks if isinstance(block, Section) and block.title == words.MOVED]
    drills = dict(section.drills)
    assert (drills["NPS"].metric, drills["NPS"].count, drills["NPS"].period.key) == ("nps", 1800, "2026-W10")


def test_what_broke_is_told_once_and_what_goes_on_below() -> None:
    page = week(is_storm=True)
    found = sections(page)
    assert "2 breakdowns began: late delivery at the delivery and no internet at the app." in page.headline
    moved = next(each for title, each in found.items() if title in (words.MOVED, words.FIVE_THINGS))
    assert any(each.startswith("Late delivery at the delivery is back: it failed 56 customers") for each in moved)
    assert any(each.startswith("No internet at the app is a new breakdown: it failed 50") for each in moved)
    going_on, unknown = found[words.BROKE]
    assert going_on == "Still open: wrong invoice at the billing (115 customers, chronic)."
    assert (
        unknown == "Can't be judged while a source is missing: password reset at the shop (last known as recovering)."
    )
    assert "is back" not in " ".join(found[words.BROKE])


def test_a_quiet_day_has_five_lines() -> None:
    page = build(QUIET, Selection(grain=Grain.WEEK))
    (lines,) = sections(page).values()
    assert page.headline == "A quiet week, 2–8 Mar 2026 (W10): nothing moved beyond chance, nothing new broke."
    assert len(lines) == 5
    assert [line.split()[0] for line in lines] == ["Nothing", "595", "No", "Last", "Qualtrics"]
    assert len(list(plain(page))) == len(("headline", "context", "", "title")) + 5


def test_there_are_never_more_than_five_things() -> None:
    for ask in (CannedAsk(fall=20.0, is_storm=True), CannedAsk(fall=9.0), CannedAsk(is_storm=True)):
        found = sections(build(ask, Selection()))
        assert len(found.get(words.FIVE_THINGS, ())) in (0, 5)
        assert len(found.get(words.MOVED, ())) <= 5


@pytest.mark.parametrize(
    ("ask", "headline", "note"),
    [
        (CannedAsk(first_day=None, as_of=None), "There is nothing to report yet", "No source has a complete day yet"),
        (
            CannedAsk(first_day=AS_OF),
            "There is too little data to say what moved",
            "There is too little data to compare",
        ),
        (CannedAsk(volume=0.002), "There is too little data to say what moved", "There is too little data to compare"),
    ],
)
def test_without_enough_data_it_says_so(ask: CannedAsk, headline: str, note: str) -> None:
    page = build(ask, Selection())
    assert page.headline.startswith(headline)
    notes = [block.text for block in page.blocks if isinstance(block, Note)]
    assert any(note in text for text in (*notes, *(line for each in sections(page).values() for line in each)))


def test_each_grain_has_a_brief() -> None:
    for grain in Grain:
        page = build(CannedAsk(), Selection(grain=grain))
        assert page.headline
        assert all(sentence.endswith(".") for each in sections(page).values() for sentence in each)


def row(value: float, n: int = 1_000, error: float = 0.01) -> Row:
    day = date(2026, 3, 2)
    return Row("csat", "2026-W10", day, day, (), value, n, None, None, True, None, "share", value, error)


@pytest.mark.parametrize(
    ("now", "outcome"), [(0.70, "held"), (0.62, "held"), (0.80, "back"), (0.79, "back"), (0.775, "back"), (0.9, "back")]
)
def test_a_claim_holds_fades_or_goes_back(now: float, outcome: str) -> None:
    assert _outcome(CannedAsk(), -0.1, row(now), row(0.70), row(0.80), ()) == outcome


def test_a_claim_between_both_has_faded_and_one_without_a_number_is_unknown() -> None:
    ask, claim = CannedAsk(), (row(0.70), row(0.80))
    assert _outcome(ask, -0.1, row(0.78, error=0.04), *claim, ()) == "faded"
    assert _outcome(ask, -0.1, None, *claim, ()) == "unknown"


def test_the_next_brief_says_that_the_fall_went_back() -> None:
    page = build(CannedAsk(fall=20.0, as_of=date(2026, 3, 15)), Selection(period="2026-W11"))
    assert any(
        line.startswith("We said NPS fell to +11; it has gone back since: +31 this week, beyond chance.")
        for line in sections(page)[words.SAID]
    )


@pytest.mark.parametrize(
    ("fall", "sentence"),
    [
        (20.0, "We said NPS fell to +11; it has not recovered (+11 this week)."),
        (-20.0, "We said NPS rose to +51; the improvement has lasted (+51 this week)."),
    ],
)
def test_of_a_change_that_stands_the_next_brief_says_whether_that_is_good(fall: float, sentence: str) -> None:
    ask = CannedAsk(fall=fall, as_of=date(2026, 3, 15))
    chosen = Selection(period="2026-W11"), Selection(period="2026-W10")
    now, then = (whole(ask, each, at) for each in chosen if (at := moment(ask, each)))
    stayed = replace(now, found={**now.found, ("nps", "2026-W11"): then.found["nps", "2026-W10"]})
    assert list(_changes(ask, stayed, then, [kpi for kpi in then.shown if kpi.metric == "nps"], ())) == [sentence]


def test_a_claim_that_was_corrected_says_what_was_printed() -> None:
    ask = CannedAsk(fall=20.0, as_of=date(2026, 3, 15))
    last = ask.calendar.parse("2026-W10")
    then = Report(15.0, 1_700, 6, datetime(2026, 3, 9, tzinfo=UTC), 3, "1", "")
    corrected = Restatement("nps", last.key, last.start, last.end, then, 11.0, 1_800, 28, 0, ("28 late records",))
    found = sections(build(replace(ask, restatements=(corrected,)), Selection(period="2026-W11")))
    assert any("We said NPS fell to +15 (now known to be +11)" in line for line in found[words.SAID])
    assert any("Corrected since they were first reported: NPS of 2–8 Mar" in line for line in found[words.DATA])


def test_what_is_late_or_missing_is_said() -> None:
    found = sections(week(fall=9.0))[words.DATA]
    assert found[0] == "Qualtrics (by 2\u00a0days) is behind; numbers that need it wait.".replace("\u00a0", " ")


HISTORIES = {
    "S": "new", "SQQQQS": "relapsed", "SSS": "worse", "SSSQ": "recovering", "SQQQQ": "resolved", "SS": None, "SQ": None,
    "Q": None, "SQQQQQ": None, "SSSQQ": None, "SSSSSSSS": "worse",
}  # fmt: skip


@pytest.mark.parametrize(("history", "kind"), HISTORIES.items())
def test_what_happened_in_the_last_week_of_a_history(history: str, kind: str | None) -> None:
    """Literally: the board after all weeks against the board after all but the last."""
    now, before = board_of(history), board_of(history[:-1])
    found = events(now, before)
    assert [event.kind for event in found] == ([] if kind is None else [kind])
    for event in found:
        assert told_event(event, now.period).startswith("Late bill at the shop ")


def board_of(history: str) -> Leaderboard:
    ask = CannedAsk()
    weeks = [ask.calendar.shift(ask.calendar.parse("2025-W01"), place).start for place in range(len(history))]
    stands = standing([Symbol(sign) for sign in history])

    def day(place: int | None) -> date | None:
        return None if place is None else weeks[place]

    cell = Breakdown(
        Cell("late bill", "shop"), 7, 7, 7, 100, 0.03, 0.14, stands, False, day(stands.first), day(stands.opened),
        day(stands.observed), (), rank=1 if stands.state not in (State.RESOLVED, State.NONE) else None,
    )  # fmt: skip
    whole = leaderboard(ask, ask.calendar.parse("2026-W10"))
    return replace(whole, rows=(cell,) if stands.first is not None else (), weeks=tuple(weeks))


def test_planted_facts_are_named_in_the_period_they_belong_to(small_ask: WarehouseAsk) -> None:
    """The new breakdown in its week, the storm with its place, the mix shift as mix; none of them where it is not."""
    began, storm, month, before = (
        build(small_ask, Selection(small_ask.calendar.parse(key).grain, key))
        for key in ("2026-W46", "2026-W41", "2026-10", "2026-W45")
    )
    assert "a breakdown began: tariff change at the customer line" in began.headline
    assert "tariff change at the customer line" not in told(before).lower()
    assert "most of all at the billing line" in storm.headline
    assert "billing line" not in told(before)
    assert any(line.startswith("In every segment NPS rose, although the whole fell") for line in sections(month)["Why"])


def test_the_document_has_headline_sections_and_claims(small_ask: WarehouseAsk) -> None:
    page = build(small_ask, Selection(Grain.WEEK, "2026-W41"))
    read = json.loads(json.dumps(document(page)))
    assert list(read) == ["headline", "sections"]
    assert all(list(each) == ["title", "sentences", "claims"] for each in read["sections"])
    assert read["sections"][0]["claims"][0]["claim"].startswith("g1/promise_kept/2026-10-05..2026-10-11/")
    assert not {"\u202f", "\u00a0"} & set("".join(plain(page)))
    assert build(small_ask, Selection(Grain.WEEK, "2026-W41")) == page


@pytest.mark.parametrize("period", ["2020-W10", "2027-W01"])
def test_a_period_without_data_says_how_far_the_data_reach(period: str) -> None:
    page = build(CannedAsk(is_storm=True), Selection(period=period))
    assert page.headline.startswith("There is no number for ")
    assert page.headline.endswith("the data run from Mon 4 Mar 2024 to Wed 11 Mar 2026.")
    assert list(sections(page)) == [words.DATA]


def test_an_unfinished_period_has_the_states_of_the_last_complete_week() -> None:
    page = build(CannedAsk(is_storm=True), Selection(period="2026-W11"))
    going_on = sections(page)[words.BROKE][0]
    assert going_on.startswith("Still open: wrong invoice at the billing (")
    assert "as of" not in going_on
    assert any("so counts will still grow" in line for line in sections(page)[words.DATA])


def written(texts: Sequence[tuple[str, str]]) -> tuple[dict[str, object], ...]:
    """Negative posts, each of another person, about causes."""
    return tuple(
        {
            "record_key": key, "business_day": date(2026, 3, 4), "person": f"p{key}", "tone": -1, "intensity": -500,
            "text": text, "cause": cause, "told_cause": None,
            "wording": None, "person_count": None,
        }
        for key, (cause, text) in enumerate(texts)
    )  # fmt: skip


def test_at_most_two_causes_are_told_in_the_customers_words() -> None:
    texts = [("bill", f"bill\n\n- wrong {HOSTILE}")] * 3 + [("parcel", "late parcel")] * 2 + [("app", "it crashed")]
    page = build(CannedAsk(is_storm=True, posts=written(texts)), Selection())
    assert sections(page)[IN_THEIR_WORDS] == (
        f"On bill (3 people complained): “bill - wrong {HOSTILE}”.",
        "On parcel (2 people complained): “late parcel”.",
    )
    drawn = html_of(page)
    assert "<script>alert" not in drawn
    assert "&lt;script&gt;alert" in drawn


def test_a_quiet_day_quotes_nobody_and_without_posts_there_are_no_quotes() -> None:
    quiet = build(replace(QUIET, posts=written([("bill", "wrong bill")])), Selection())
    assert [len(lines) for lines in sections(quiet).values()] == [5]
    assert IN_THEIR_WORDS not in sections(week(is_storm=True))


def test_a_very_long_quote_is_cut() -> None:
    page = build(CannedAsk(is_storm=True, posts=written([("bill", "x" * 400)])), Selection())
    assert sections(page)[IN_THEIR_WORDS] == (f"On bill (1 person complained): “{'x' * 280}…”.",)
