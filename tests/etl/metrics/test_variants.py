"""A metric as others count it: the printed vectors, one sum for all readings, names, rows and settings."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from etl.config import Settings
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics import compile
from etl.metrics.answer import Question, Row
from etl.metrics.ask import WarehouseAsk
from etl.metrics.catalogue import METRICS, metric_named, minimum_n, readings
from etl.metrics.histogram import bin_of, middle, plain_quantile
from etl.metrics.targets import of_settings, pick
from etl.vocabulary import Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.oracles import READINGS
from tests.etl.metrics.test_vectors import HUNDRED_OFFERED, PLAIN, asked, calls

VARIANTS = tuple(name for name in READINGS if name not in METRICS)


def values(found: Mapping[str, Row]) -> dict[str, str]:
    return {name: f"{row.value:.1%}" for name, row in found.items()}


def test_the_hundred_offered_under_each_service_level() -> None:
    names = tuple(reading.name for reading in readings(METRICS["service_level"]))
    found = asked(calls(HUNDRED_OFFERED), *names)
    assert values(found) == {
        "service_level": "74.5%",
        "service_level:of_answered": "83.3%",
        "service_level:of_offered": "70.0%",
        "service_level:ignoring_abandons_within_threshold": "77.8%",
        "service_level:counting_abandons_within_threshold": "80.0%",
    }
    assert [row.n for row in found.values()] == [94, 84, 100, 90, 100]
    assert all(row.low < row.value < row.high for row in found.values() if row.low and row.high and row.value)


def test_the_raw_abandonment_counts_short_ones() -> None:
    assert values(asked(calls(HUNDRED_OFFERED), "abandonment", "abandonment:raw")) == {
        "abandonment": "10.6%",
        "abandonment:raw": "16.0%",
    }


def test_an_unknown_wait_is_neither_early_nor_in_time() -> None:
    rows = calls([("answered", 10, 2)])
    rows.leg()
    rows.leg(disposition="abandoned")
    found = asked(rows, *(reading.name for reading in readings(METRICS["service_level"])))
    assert [(row.value, row.n) for row in found.values()] == [(0.5, 4), (2 / 3, 3), (0.5, 4), (0.5, 4), (0.5, 4)]


def test_the_median_of_the_answered_alone_flatters() -> None:
    """1, 2, 2+, 3, 4+, 5, 6+, 7, 8+, 10 hours, where + is still open: 7 by Kaplan and Meier, 4 of the answered."""
    rows = Rows()
    end = days_after(1, NOON.replace(hour=0))
    for hours, is_open in ((1, 0), (2, 0), (2, 1), (3, 0), (4, 1), (5, 0), (6, 1), (7, 0), (8, 1), (10, 0)):
        started = end - timedelta(hours=hours if is_open else 11)
        answered_at = None if is_open else started + timedelta(hours=hours)
        rows.leg(channel="chat", started_at=started, answered_at=answered_at, is_queued=False)
    rows.delivered("calls", end + timedelta(hours=1))
    with closing(generation(rows)) as connection:
        names = ("first_response_p50", "first_response_p50:answered_only", "first_response_p90:answered_only")
        honest, naive, ninth = ask_on(connection, PLAIN)(Question(names)).rows
    hour = {hours: middle(bin_of(hours * 3_600_000)) for hours in (3, 5, 7, 10)}
    assert (honest.value, honest.n) == (hour[7], 10)
    assert (naive.value, naive.n) == ((hour[3] + hour[5]) / 2, 6)
    assert naive.value == pytest.approx(4 * 3600, rel=0.025)
    assert (ninth.value, ninth.n) == (hour[10], 6)


def test_a_plain_quantile_between_two_values_is_their_mean() -> None:
    assert plain_quantile({}, 0.5) is None
    assert plain_quantile({10: 1, 20: 1}, 0.5) == (middle(10) + middle(20)) / 2
    assert plain_quantile({10: 1, 20: 2}, 0.5) == middle(20)
    assert plain_quantile({10: 1}, 1.0) == middle(10)


def test_first_contact_resolution_as_others_count_it_and_its_bounds() -> None:
    """80 chains of known customers, 60 of one contact and answered, 5 of one and not; 30 contacts name nobody."""
    rows = Rows()
    for number in range(80):
        disposition = "abandoned" if 60 <= number < 65 else "answered"
        for day in range(1 if number < 65 else 3):
            rows.leg(customer_identifier=f"c{number}", started_at=days_after(day), disposition=disposition)
    for _ in range(30):
        rows.leg()
    rows.delivered("calls", days_after(12))
    names = tuple(reading.name for reading in readings(METRICS["fcr7"]))
    with closing(generation(rows)) as connection:
        question = Question(names, start=NOON.date(), end=NOON.date())
        found = {row.metric: row for row in ask_on(connection, PLAIN)(question).rows}
    assert {name: (row.value, row.n) for name, row in found.items()} == {
        "fcr7": (0.75, 80),
        "fcr7:without_repeat": (65 / 80, 80),
        "fcr7:of_contacts": (60 / 110, 110),
        "fcr7:lowest": (0.375, 80),
        "fcr7:highest": (90 / 110, 110),
    }
    assert any("between 37.5 % and 81.8 %" in note for note in found["fcr7"].notes)
    assert not any("between" in note for note in found["fcr7:lowest"].notes)


def test_an_unknown_variant_names_the_nearest() -> None:
    with pytest.raises(UserError, match="service_level: unknown variant 'of_answerd'; did you mean of_answered"):
        metric_named("service_level:of_answerd")
    with pytest.raises(UserError, match="nps: has no variants, so 'nps:raw' is unknown; ask for nps"):
        metric_named("nps:raw")
    with pytest.raises(UserError, match="unknown metric 'service_levl'; did you mean service_level"):
        metric_named("service_levl:of_answered")


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_reads_the_parts_of_its_metric(name: str) -> None:
    variant, metric = metric_named(name), metric_named(name.partition(":")[0])
    assert variant.parts == metric.parts
    assert (variant.unit, variant.goodness, variant.owner) == (metric.unit, metric.goodness, metric.owner)
    assert variant.label.startswith(f"{metric.label} (")
    assert len({each.meaning for each in readings(metric)}) == len(readings(metric))


def test_all_readings_are_summed_once(small_ask: WarehouseAsk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[list[str]] = []
    original = compile.sums

    def sums(metrics, *others):  # type: ignore[no-untyped-def]
        asked_for.append([metric.base_name for metric in metrics])
        return original(metrics, *others)

    monkeypatch.setattr(compile, "sums", sums)
    names = (*(reading.name for reading in readings(METRICS["service_level"])), "abandonment:raw", "abandonment")
    rows = small_ask(Question(names, grain=Grain.MONTH)).rows
    assert asked_for == [["service_level", "abandonment"]]
    assert list(dict.fromkeys(row.metric for row in rows)) == list(names)


@pytest.mark.parametrize("name", VARIANTS)
def test_as_many_rows_stand_behind_a_variant_as_it_says(small_ask: WarehouseAsk, name: str) -> None:
    period = small_ask.calendar.parse("2026-10")
    (row,) = small_ask(Question((name,), start=period.start, end=period.end)).rows
    assert len(small_ask.rows(name, period, (), "bottom").rows) == row.n > 0
    if row.unit == "share" and name != "fcr7:lowest":
        assert len(small_ask.rows(name, period, (), "top").rows) == round((row.value or 0) * row.n)


def test_what_nobody_can_point_at_is_refused(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="fcr7:lowest: unknown side 'top'"):
        small_ask.rows("fcr7:lowest", small_ask.calendar.parse("2026-10"), (), "top")


def test_a_variant_has_the_limits_of_its_metric_and_no_target() -> None:
    settings = Settings(Folders(Path()), metrics={"service_level": {"minimum_n": 3, "target": 0.8}})
    assert minimum_n("service_level:of_answered", settings) == 3
    found = [pick([of_settings(settings)], name) for name in ("service_level", "service_level:of_answered")]
    assert [target and target.value for target in found] == [0.8, None]
