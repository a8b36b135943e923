"""What the address says becomes a selection, and hostile words become defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.blocks import Selection
from dashboard.web.state import NAMES, Choices, active_filters, query_from, selection_from
from etl.calendar import Calendar, WeekYears
from etl.vocabulary import Dimension, Grain

CHOICES = Choices(
    calendar=Calendar(),
    first_day=date(2025, 3, 1),
    last_day=date(2026, 3, 11),
    metrics={"contacts": "Contacts", "nps": "NPS"},
    values={Dimension.CHANNEL: ("phone", "chat"), Dimension.REGION: ("North", "Süd & West")},
)
CHOSEN = Selection(
    grain=Grain.MONTH,
    period="2026-02",
    versus="last_year",
    metric="nps",
    split="region",
    where=((Dimension.CHANNEL, ("phone", "chat")), (Dimension.REGION, ("Süd & West",))),
    span=24,
)
HOSTILE = ("", "evil", "WEEK", "' OR 1=1 --", "<script>", "\x00", "9" * 5_000, "2026-W99", "F2026-Q1", "-1", "²", "⅔")


def test_a_selection_survives_the_url() -> None:
    assert selection_from(query_from(CHOSEN), CHOICES) == CHOSEN


FISCAL = replace(CHOICES, calendar=Calendar(fiscal_start=4))


@pytest.mark.parametrize(("grain", "period"), [(Grain.QUARTER, "F2026-Q2"), (Grain.YEAR, "F2026")])
def test_a_fiscal_selection_survives_the_url(grain: Grain, period: str) -> None:
    chosen = Selection(grain=grain, period=period, fiscal=True)
    assert query_from(chosen) == {"grain": [f"fiscal_{grain}"], "period": [period]}
    assert selection_from(query_from(chosen), FISCAL) == chosen


def test_fiscal_periods_are_offered_where_they_are_not_the_calendars() -> None:
    assert list(CHOICES.lengths) == list(Grain)
    assert list(FISCAL.lengths) == [*Grain, "fiscal_quarter", "fiscal_year"]
    weeks = replace(CHOICES, calendar=Calendar(0, 1, WeekYears("4-4-5", 6)))
    assert list(weeks.lengths)[5:] == ["fiscal_month", "fiscal_quarter", "fiscal_year"]
    assert [period.key for period in FISCAL.periods(Grain.QUARTER, 2, fiscal=True)] == ["F2026-Q4", "F2026-Q3"]


@pytest.mark.parametrize("grain", ["fiscal_quarter", "fiscal_week", "fiscal_"])
def test_a_fiscal_length_that_is_not_offered_is_the_default(grain: str) -> None:
    assert selection_from({"grain": [grain]}, CHOICES) == Selection()


def test_a_period_of_the_other_calendar_is_the_latest() -> None:
    assert selection_from({"grain": ["quarter"], "period": ["F2026-Q2"]}, FISCAL).period is None
    assert selection_from({"grain": ["fiscal_quarter"], "period": ["2026-Q1"]}, FISCAL).period is None


def test_the_default_leaves_the_url_empty() -> None:
    assert query_from(Selection()) == {}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_the_default(name: str, value: str) -> None:
    assert selection_from({name: [value]}, CHOICES) == Selection()


@pytest.mark.parametrize("name", ["grain", "period", "versus", "metric", "split", "span"])
def test_a_repeated_value_is_the_default(name: str) -> None:
    assert selection_from({name: query_from(CHOSEN)[name] * 2}, CHOICES) == Selection()


@pytest.mark.parametrize(
    ("grain", "period"),
    [("week", "2026-02"), ("week", "2019-W01"), ("week", "2030-W01"), ("day", "2026-02-30"), ("quarter", "2026-Q9")],
)
def test_a_period_of_another_grain_or_without_data_is_the_latest(grain: str, period: str) -> None:
    assert selection_from({"grain": [grain], "period": [period]}, CHOICES).period is None


def test_known_values_are_kept_in_the_order_offered_and_each_once() -> None:
    query = {"channel": ["chat", "fax", "phone", "chat"]}
    assert selection_from(query, CHOICES).where == ((Dimension.CHANNEL, ("phone", "chat")),)


def test_filters_are_counted_by_dimension_and_only_when_known() -> None:
    assert active_filters({"channel": ["chat", "phone"], "region": ["North"], "team": ["x"]}, CHOICES) == 2


def test_periods_are_offered_newest_first() -> None:
    assert [period.key for period in CHOICES.periods(Grain.MONTH, 3)] == ["2026-03", "2026-02", "2026-01"]


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), st.lists(st.text() | st.sampled_from(HOSTILE), max_size=4)))
def test_any_query_gives_a_selection_that_can_be_asked(query: Mapping[str, Sequence[str]]) -> None:
    selection = selection_from(query, CHOICES)
    assert selection.metric in CHOICES.metrics
    assert selection.split is None or selection.split in CHOICES.values
    assert all(set(values) <= set(CHOICES.values[dimension]) for dimension, values in selection.where)
    assert selection_from(query_from(selection), CHOICES) == selection


def test_a_way_to_count_is_kept_in_the_url_as_its_metric_is() -> None:
    choices = replace(CHOICES, variants={"csat": {"csat": "As defined here", "csat:mean": "Mean"}})
    chosen = selection_from({"metric": ["csat:mean"]}, choices)
    assert chosen.metric == "csat:mean"
    assert query_from(chosen) == {"metric": ["csat:mean"]}
    assert list(choices.variants_of("csat:mean")) == list(choices.variants_of("csat")) == ["csat", "csat:mean"]
    assert choices.variants_of("nps") == {}
    assert selection_from({"metric": ["csat:median"]}, choices).metric == "contacts"
