"""What rules watch: planted facts raise alerts, nothing depends on later data, each condition by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from etl.alerting import Acknowledgement, Alerting, AlertRule, read_alerting
from etl.analysis.alerts.evaluate import AlertBoard, alert_board
from etl.analysis.alerts.watch import watch
from etl.analysis.signals.chart import signal_chart
from etl.config import Settings
from etl.errors import UserError
from etl.metrics.answer import Question, SourceState
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.vocabulary import AlertState, Condition, Dimension, Grain, State, Symbol
from tests.dashboard.canned import AS_OF, CannedAsk
from tests.loaded import unsuppressed

STORM_ENDS = date(2026, 10, 9)
NEW = "breakdown_began/cause=tariff change; touchpoint=customer line"


@pytest.fixture(scope="module")
def board(small_ask: WarehouseAsk) -> AlertBoard:
    return alert_board(small_ask)


def states(board: AlertBoard) -> dict[str, str]:
    return {alert.key: alert.state.value for alert in board.alerts}


def test_the_planted_breakdown_and_the_storm_are_raised_in_their_weeks(
    small_ask: WarehouseAsk, board: AlertBoard
) -> None:
    began = board.named(NEW)
    assert began.opened is not None
    assert (began.state, began.opened.start, began.opened.end) == (
        AlertState.FIRING, date(2026, 11, 9), date(2026, 11, 15),
    )  # fmt: skip
    assert states(alert_board(small_ask, date(2026, 11, 14))).get(NEW, "ok") == "ok"
    storm = alert_board(small_ask, STORM_ENDS).named("abandonment")
    assert storm.state is AlertState.FIRING
    assert storm.opened is not None
    assert date(2026, 10, 6) <= storm.opened.start <= date(2026, 10, 8)
    assert board.named("abandonment").state is AlertState.REARMED


@pytest.mark.parametrize("back", [1, 30])
def test_an_earlier_day_sees_what_was_seen_then(small_ask: WarehouseAsk, back: int) -> None:
    """No alert knows anything of later days: what it observed up to a day is how it began."""
    assert small_ask.as_of is not None
    through = small_ask.as_of - timedelta(days=back)
    for rule in small_ask.alerting.rules:
        later = {each.key: each.observations for each in watch(small_ask, rule, small_ask.as_of)}
        for each in watch(small_ask, rule, through):
            begun = [(seen.start, seen.symbol) for seen in each.observations]
            assert begun == [(seen.start, seen.symbol) for seen in later[each.key][: len(begun)]], each.key


def test_the_same_data_give_the_same_board(small_demo: Settings, board: AlertBoard) -> None:
    assert alert_board(open_ask(unsuppressed(small_demo))) == board


def test_observations_are_those_of_cx_signals(small_ask: WarehouseAsk) -> None:
    rule = AlertRule("a", "a", Condition.PATTERN, "abandonment", Grain.DAY)
    (seen,) = watch(small_ask, rule, date(2026, 11, 21))
    chart = signal_chart(small_ask, "abandonment", Grain.DAY)
    upwards = {point.row.start for point in chart.points if any(way > 0 for _, way in point.flags)}
    raised = {each.start for each in seen.observations if each.symbol is Symbol.SIGNAL}
    assert raised == upwards
    assert {each.start for each in seen.observations if each.symbol is Symbol.UNKNOWN} == {
        point.row.start for point in chart.points if not point.is_judged and point.row.complete
    }


def test_a_target_is_missed_where_the_whole_interval_misses_it(small_ask: WarehouseAsk) -> None:
    rule = next(rule for rule in small_ask.alerting.rules if rule.name == "service_level_target")
    (seen,) = watch(small_ask, rule, date(2026, 11, 21))
    rows = small_ask(Question(("service_level",), (), Grain.WEEK)).rows
    missed = {row.start for row in rows if row.high is not None and row.high < 0.8 and row.complete}
    assert {each.start for each in seen.observations if each.symbol is Symbol.SIGNAL} == missed
    assert all(each.end - each.start == timedelta(days=6) for each in seen.observations)
    assert seen.observations[-1].end == date(2026, 11, 15)


def test_by_watches_each_segment_alone(small_ask: WarehouseAsk) -> None:
    rule = AlertRule("a", "a", Condition.OUTSIDE, "abandonment", by=Dimension.CHANNEL)
    keys = [each.key for each in watch(small_ask, rule, date(2026, 11, 21))]
    assert keys == [f"a/channel={value}" for value in small_ask.dimension_values[Dimension.CHANNEL]]


def test_a_silent_source_is_an_alert_of_its_own() -> None:
    """Gaps are raised at once; a source that trails is unknown for three days, then missing."""
    first = AS_OF - timedelta(days=19)
    rule = AlertRule("silent", "silent", Condition.SILENCE, grain=Grain.DAY, after_days=3, rearm_after=7)

    def source(name: str, behind: int, *gaps: int) -> SourceState:
        days = tuple(AS_OF - timedelta(days=gap) for gap in gaps)
        return SourceState(name, name, 9, first, None, AS_OF - timedelta(days=behind), True, "UTC", False, (), days)

    class Ask(CannedAsk):
        sources = (source("a", 0), source("b", 3), source("c", 5), source("d", 0, 12, 11))

    found = {each.key: "".join(seen.symbol.value for seen in each.observations) for each in watch(Ask(), rule, AS_OF)}
    assert found == {
        "silent/source=a": "Q" * 20,
        "silent/source=b": "Q" * 17 + "???",
        "silent/source=c": "Q" * 15 + "???SS",
        "silent/source=d": "Q" * 7 + "SS" + "Q" * 11,
    }
    board = alert_board(Ask(alerting=Alerting((rule,))))
    assert states(board) == {
        "silent/source=c": "firing", "silent/source=d": "re-armed", "silent/source=a": "ok", "silent/source=b": "ok",
    }  # fmt: skip


def test_a_breakdown_is_raised_while_it_signals_in_the_state() -> None:
    ask = CannedAsk(is_storm=True)
    persists = AlertRule("p", "p", Condition.BREAKDOWN, state=State.PERSISTENT, recover_after=4, rearm_after=4)
    found = alert_board(replace(ask, alerting=Alerting((persists,))))
    unknown, firing = found.firing
    assert firing.key == "p/cause=wrong invoice; touchpoint=billing"
    assert firing.opened is not None
    assert firing.opened.start == date(2025, 11, 3)
    assert unknown.key == "p/cause=password reset; touchpoint=shop"
    assert unknown.observed is not None
    assert unknown.observed.end == date(2026, 2, 1)


def test_an_acknowledgement_holds_from_when_it_was_given_and_for_its_episode(small_ask: WarehouseAsk) -> None:
    def known(opened: date, as_of: date) -> str:
        mark = Acknowledgement(NEW, opened, as_of, "seen", "ada", small_ask.published_at, 1)
        shown = replace(small_ask.alerting, acknowledgements=(mark,))
        ask = open_ask(small_ask._settings)
        ask.__class__ = type("Known", (WarehouseAsk,), {"alerting": shown})
        return alert_board(ask, date(2026, 11, 20)).named(NEW).state.value

    assert known(date(2026, 11, 9), date(2026, 11, 18)) == "acknowledged"
    assert known(date(2026, 11, 9), date(2026, 11, 21)) == "firing"
    assert known(date(2026, 11, 2), date(2026, 11, 18)) == "firing"


def test_without_data_there_is_nothing_to_watch(small_demo: Settings) -> None:
    rules = read_alerting(small_demo.folders).rules
    board = alert_board(CannedAsk(as_of=None, first_day=None, alerting=Alerting(rules)))
    assert board == AlertBoard(None, ())


def test_an_unknown_metric_names_the_rule_and_the_nearest(small_ask: WarehouseAsk) -> None:
    rule = AlertRule("a", "a", Condition.OUTSIDE, "abandonement", origin="data/alerts.toml [rules.a]")
    with pytest.raises(UserError, match=r"alerts\.toml \[rules\.a\]: unknown metric 'abandonement'.*abandonment"):
        list(watch(small_ask, rule, AS_OF))


def test_a_board_names_what_is_open_when_a_key_is_unknown(board: AlertBoard) -> None:
    with pytest.raises(UserError, match="there is none of that key; open are: .*tariff change"):
        board.named("nonsense")
