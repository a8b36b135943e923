"""Pages where a source ended or began: the numbers are those of all, the changes those of the sources in common."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from dashboard import format
from dashboard.blocks import Kpi, Note, Selection
from dashboard.findings.briefing.earlier import _outcome
from dashboard.findings.briefing.moved import before_of, label_of, now_of
from dashboard.findings.briefing.write import brief
from dashboard.findings.context import moment
from dashboard.findings.headline import headline
from dashboard.findings.overview import Overview, overview
from dashboard.views import root_causes
from etl.metrics.answer import Question
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension, Grain, Unit
from tests.etl.analysis.changing import CALLS, CHATS, MAILS, changing_sources
from tests.etl.metrics.generations import ask_on


@pytest.fixture(scope="module")
def ask() -> Iterator[WarehouseAsk]:
    with closing(changing_sources()) as connection:
        yield ask_on(connection)


def week(key: str, *sources: str, versus: str = "previous") -> Selection:
    where = ((Dimension.SOURCE, sources),) if sources else ()
    return Selection(grain=Grain.WEEK, period=key, versus=versus, where=where)


def seen(ask: WarehouseAsk, selection: Selection) -> Overview:
    at = moment(ask, selection)
    assert at is not None
    return overview(ask, selection, at)


def kpi(found: Overview, metric: str) -> Kpi:
    return next(each for each in found.kpis if each.metric == metric)


def test_a_card_has_the_number_of_all_and_the_change_of_those_in_common(ask: WarehouseAsk) -> None:
    found = seen(ask, week("2026-W15"))
    card = kpi(found, "abandonment")
    assert (card.value, card.change, card.verdict) == (0.1, 0.0, "could be noise")
    assert (card.basis, card.compared) == ("without chats", (0.1, 0.1))
    assert "compared without chats (nothing since 6 Apr 2026)" in card.notes
    told = headline(found.shown, found.at.words, found.at.versus.words)
    assert told.startswith("Nothing moved beyond chance against the week before")
    assert {move.value for move in found.moves if move.metric.name == "contacts"} == {"phone"}
    assert all(move.sources and not move.is_believable for move in found.moves)


def test_what_did_change_is_told_with_what_it_is_compared_over(ask: WarehouseAsk) -> None:
    found = seen(ask, week("2026-W18"))
    card = kpi(found, "abandonment")
    assert (card.basis, card.compared) == ("without calls", (0.5, 0.5))
    half = format.value(0.5, Unit.SHARE)
    assert (label_of(card), before_of(card), now_of(card)) == ("Abandonment without calls", half, half)


def test_without_a_source_in_common_a_card_says_so(ask: WarehouseAsk) -> None:
    found = seen(ask, week("2026-W17", CHATS, MAILS, versus="2026-W14"))
    card = kpi(found, "abandonment")
    assert (card.value, card.change, card.verdict) == (0.5, None, "no comparison")
    assert card.notes[-1] == "not comparable: no source covers both periods"
    assert not found.moves


def test_one_source_alone_says_nothing_of_it(ask: WarehouseAsk) -> None:
    card = kpi(seen(ask, week("2026-W15", CALLS)), "abandonment")
    assert (card.basis, card.compared) == ("", None)
    assert not [note for note in card.notes if "compar" in note]


def test_root_causes_tell_no_change_of_the_mix(ask: WarehouseAsk) -> None:
    page = root_causes.build(ask, week("2026-W15"))
    whole = format.value(0.1, Unit.SHARE)
    assert page.headline == (
        f"7 contacts, {whole} of all, failed their customers (0 against the week before without chats, could be noise)."
    )
    assert Note("Compared without chats (nothing since 6 Apr 2026)") in page.blocks
    none = root_causes.build(ask, week("2026-W17", CHATS, MAILS, versus="2026-W14"))
    assert Note("Not comparable: no source covers both periods") in none.blocks


def test_the_brief_does_not_say_that_numbers_held_which_it_cannot_compare(ask: WarehouseAsk) -> None:
    selection = week("2026-W15", CHATS, MAILS)
    at = moment(ask, selection)
    assert at is not None
    assert "held" not in brief(ask, selection, at).headline


def test_a_claim_of_sources_that_ended_is_told_as_such(ask: WarehouseAsk) -> None:
    where = ((Dimension.SOURCE, (CHATS, MAILS)),)
    origin, claimed, now = (
        ask(Question(("abandonment",), (), None, period.start, period.end, where)).rows[0]
        for period in map(ask.calendar.parse, ("2026-W13", "2026-W14", "2026-W17"))
    )
    assert _outcome(ask, 0.1, now, claimed, origin, where) == "unlike"
