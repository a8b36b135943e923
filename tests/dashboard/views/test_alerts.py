"""Alerts on canned data: what needs somebody, in which words, and how they show on Today and in the brief."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from dashboard.blocks import Note, Page, Section, Selection
from dashboard.strings import alerts as words
from dashboard.tables import Table
from dashboard.views import brief, today
from dashboard.views.alerts import build
from etl.alerting import Acknowledgement, Alerting, AlertRule, QuietHours
from etl.metrics.plans import Commitments
from etl.owners import Owner
from etl.vocabulary import Condition, Dimension, Grain, State
from tests.dashboard.canned import AS_OF, WATCHED, CannedAsk

STORM = CannedAsk(is_storm=True, alerting=WATCHED)
WORST = "began/cause=late delivery; touchpoint=delivery"


def table(page: Page, title: str) -> Table:
    return next(block for block in page.blocks if isinstance(block, Table) and block.title.startswith(title))


def notes(page: Page) -> str:
    return " ".join(block.text for block in page.blocks if isinstance(block, Note))


def known(ask: CannedAsk, alert: str, opened: date) -> CannedAsk:
    mark = Acknowledgement(alert, opened, AS_OF, "second van", "ada", datetime(2026, 3, 12, tzinfo=UTC), 1)
    return replace(ask, alerting=replace(ask.alerting, acknowledgements=(*ask.alerting.acknowledgements, mark)))


def test_what_needs_somebody_is_the_headline_and_the_first_row() -> None:
    page = build(STORM, Selection())
    assert page.headline == "4 alerts need somebody; the newest: breakdown began (late delivery at the delivery)."
    opened = table(page, "Open: 4 firing, none acknowledged")
    first = dict(zip(words.COLUMNS, opened.rows[0], strict=True))
    assert first["Where"] == "late delivery at the delivery"
    assert (first["State"], first["Since"], first["Last value"], first["n"]) == (
        "firing", "2 Mar 2026", "14.0\u202f%", 400,
    )  # fmt: skip
    assert str(first["Expected"]).startswith("up to ")
    assert first["Acknowledged"] == "nobody yet"
    assert page.context.startswith("As of Wed 11 Mar 2026, the newest complete day")


def test_who_knows_stands_beside_it_and_it_is_told_no_more() -> None:
    page = build(known(STORM, WORST, date(2026, 3, 2)), Selection())
    rows = [dict(zip(words.COLUMNS, row, strict=True)) for row in table(page, "Open: 3 firing").rows]
    assert rows[-1]["Where"] == "late delivery at the delivery"
    assert (rows[-1]["State"], rows[-1]["Acknowledged"]) == ("acknowledged", "ada: second van")
    (section,) = [block for block in page.blocks if isinstance(block, Section)]
    assert "late delivery" not in " ".join(section.sentences)
    assert page.headline.endswith("; 1 more is acknowledged.")


def test_a_breakdown_that_two_rules_tell_of_is_one_row_with_its_history() -> None:
    began = WATCHED.rules[0]
    soon = replace(began, name="again", title="Breakdown is back")
    page = build(replace(STORM, alerting=replace(WATCHED, rules=(began, soon))), Selection())
    assert page.headline.startswith("4 alerts need somebody")
    opened = table(page, "Open: 4 firing, none acknowledged")
    first = dict(zip(words.COLUMNS, opened.rows[0], strict=True))
    assert (first["Alert"], first["Since"]) == ("Breakdown is back", "2 Mar 2026 (breakdown began 2 Mar 2026)")
    assert len({row[1] for row in opened.rows}) == len(opened.rows) == 4
    (told,) = next(block for block in page.blocks if isinstance(block, Section)).sentences
    assert told.count("late delivery") == 1


def test_the_owner_of_the_place_answers_before_that_of_the_rule() -> None:
    rule = replace(WATCHED.rules[0], owner="Customer experience")
    owners = Commitments(owners=(Owner("Head of logistics", "late delivery", "delivery"),))
    page = build(replace(STORM, alerting=Alerting((rule,)), commitments=owners), Selection())
    rows = [dict(zip(words.COLUMNS, row, strict=True)) for row in table(page, "Open: 4 firing").rows]
    assert [row["Owner"] for row in rows] == ["Head of logistics", *["Customer experience"] * 3]


def test_messages_say_their_group_and_when_they_are_due() -> None:
    held = replace(WATCHED, quiet_hours=QuietHours(time(20), time(7)))
    for alerting, due in (
        (WATCHED, "at once (12 Mar 2026 06:00 UTC)"),
        (held, "held by quiet hours until 12 Mar 2026"),
    ):
        page = build(replace(STORM, alerting=alerting), Selection())
        (section,) = [block for block in page.blocks if isinstance(block, Section)]
        (message,) = section.sentences
        assert message.startswith(f"Breakdowns, {due}")


def test_of_many_places_of_a_rule_a_sentence_names_some_and_counts_the_rest() -> None:
    assert words.named("Source does not deliver", ("a", "b"), "") == "source does not deliver (a and b)"
    assert words.named("Source does not deliver", ("a", "b"), "3") == "source does not deliver (a, b and 3 more)"


def test_rules_are_scored_and_what_they_missed_is_said() -> None:
    page = build(STORM, Selection())
    (row,) = table(page, words.RULES_TITLE).rows
    assert row[0] == "Breakdown began"
    alarms, followed, during, pending = (int(str(cell)) for cell in row[1:5])
    assert alarms >= followed + during + pending
    assert "No breakdown became persistent without an alarm before it." in notes(page)
    elsewhere = ((Dimension.TOUCHPOINT, ("shop",)),)
    rule = AlertRule("shop", "Shop", Condition.OUTSIDE, "contacts", Grain.MONTH, elsewhere)
    blind = replace(STORM, alerting=Alerting((rule,)))
    assert "Came without any alarm before: " in notes(build(blind, Selection()))


@pytest.mark.parametrize(
    ("ask", "headline", "note"),
    [
        (CannedAsk(first_day=None, as_of=None), "There is nothing to report yet", words.NO_DATA),
        (CannedAsk(), words.NOTHING_WATCHED, words.NO_RULE),
        (CannedAsk(first_day=AS_OF, alerting=WATCHED), words.NOTHING_WATCHED, words.NONE_RAISED),
    ],
)
def test_without_anything_to_watch_it_says_so(ask: CannedAsk, headline: str, note: str) -> None:
    page = build(ask, Selection())
    assert page.headline.startswith(headline)
    assert note in notes(page)


def test_today_tells_them_in_a_line_for_the_whole_company_now() -> None:
    line = next(block for block in today.build(STORM, Selection()).blocks if isinstance(block, Note) and block.is_alert)
    assert line.text == (
        "As of Wed 11 Mar 2026: "
        "4 alerts need somebody: breakdown began (late delivery at the delivery, no internet at the app and password "
        "reset at the shop) and 1 more. See Alerts."
    )
    for selection in (Selection(period="2026-W10"), Selection(where=((Dimension.REGION, ("North",)),))):
        assert "need somebody" not in notes(today.build(STORM, selection))


def test_the_brief_tells_those_of_metrics_and_sources() -> None:
    rules = (
        AlertRule("nps", "NPS misses its target", Condition.TARGET, "nps"),
        *WATCHED.rules,
    )
    ask = CannedAsk(fall=12.0, alerting=Alerting(rules))
    page = brief.build(ask, Selection())
    (section,) = [block for block in page.blocks if isinstance(block, Section) and block.title == words.ALERTS]
    assert len(section.sentences) == 1
    assert section.sentences[0].startswith("Nobody has answered yet: NPS misses its target (since 9 Feb 2026)")
    assert "breakdown" not in section.sentences[0]
    assert State.NEW.value not in section.sentences[0]
