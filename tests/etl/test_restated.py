"""Late and corrected records change history openly: what was reported stays known, and why it changed."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.config import Settings, load_settings
from etl.metrics.answer import Principal, Question
from etl.metrics.ask import open_ask
from etl.metrics.catalogue import METRICS
from etl.pipeline import load
from etl.transform import foundation
from etl.vocabulary import Dimension, Grain
from etl.warehouse import Warehouse
from tests.etl import exports
from tests.etl.cli.calls import cx
from tests.etl.contents import data_folder
from tests.etl.exports import MONDAY, call

PHONE = "+1212555010"
TUESDAY = MONDAY.date() + timedelta(days=1)
FIRST = [call(f"c{day}", MONDAY + timedelta(days=day), f"{PHONE}{day}") for day in range(10)]
LATE = [
    call("l1", MONDAY + timedelta(days=1, hours=1), f"{PHONE}1"),
    call("l2", MONDAY + timedelta(days=1, hours=2), f"{PHONE}2"),
    call("c3", MONDAY + timedelta(days=3), f"{PHONE}3", version=1),
    call("c20", MONDAY + timedelta(days=20), f"{PHONE}0"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A first delivery of one call a day for ten days, then one with two late calls and one corrected."""
    folder = tmp_path_factory.mktemp("restated")
    root = data_folder(folder / "data").folders.root
    for place, records in enumerate((FIRST, LATE)):
        load(load_settings(root), [exports.write_calls(folder / f"{place}.json", records)])
    return load_settings(root)


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """The same in a folder of one's own."""
    shutil.copytree(settings.folders.root, tmp_path / "own")
    return load_settings(tmp_path / "own")


def test_the_differences_are_exactly_those_of_what_came_late(settings: Settings) -> None:
    found = open_ask(settings).restated(("contacts",), Grain.DAY)
    assert [(each.start, each.then.value, each.now, each.difference) for each in found] == [(TUESDAY, 1, 3, 2)]
    (tuesday,) = found
    assert (tuesday.then.generation, tuesday.then.n, tuesday.n) == (1, 1, 3)
    assert (tuesday.late, tuesday.corrected, tuesday.why) == (2, 0, ("2 late records",))


def test_a_week_tells_what_came_late_and_what_was_corrected(settings: Settings) -> None:
    (week,) = open_ask(settings).restated(("contacts",), Grain.WEEK)
    assert (week.start, week.then.value, week.now) == (MONDAY.date(), 7, 9)
    assert week.why == ("2 late records", "1 corrected record")


def test_only_complete_periods_are_reports_and_only_changes_are_kept(settings: Settings) -> None:
    warehouse = Warehouse(settings.folders)
    published = warehouse.current()
    assert published
    with warehouse.read(published) as connection:
        kept = connection.execute(
            "SELECT start_day, value, generation FROM core_reported WHERE metric = 'contacts' AND grain = 'day' "
            "ORDER BY ALL"
        ).fetchall()
    first = [(MONDAY.date() + timedelta(days=day), 1.0, 1) for day in range(9)]
    since = [(MONDAY.date() + timedelta(days=day), 1.0 if day == 9 else 0.0, 2) for day in range(9, 20)]
    assert kept == sorted([*first, (TUESDAY, 3.0, 2), *since])


def test_numbers_are_told_as_reported_beside_as_known_now(settings: Settings) -> None:
    desk = open_ask(settings)
    question = Question(("contacts",), (), Grain.DAY, TUESDAY, TUESDAY, as_reported=True)
    for asked, then in ((question, 1.0), (replace(question, as_of_generation=2), 3.0)):
        (row,) = desk(asked).rows
        assert row.first_reported
        assert (row.value, row.first_reported.value, row.is_restated) == (3.0, then, then != 3.0)
    (plain,) = desk(replace(question, as_reported=False)).rows
    assert plain.first_reported is None


def test_reports_are_of_the_whole_company(settings: Settings) -> None:
    scoped = open_ask(settings, Principal("north", ((Dimension.CHANNEL, ("phone",)),)))
    assert scoped.restated(("contacts",), Grain.DAY) == ()
    question = Question(("contacts",), (Dimension.CHANNEL,), Grain.DAY, TUESDAY, TUESDAY, as_reported=True)
    assert {row.first_reported for row in open_ask(settings)(question).rows} == {None}


def test_other_settings_are_told_as_such(settings: Settings) -> None:
    changed = replace(settings, metrics={"service_level": {"threshold_seconds": 1, "minimum_n": 1}})
    found = open_ask(changed).restated(("service_level",), Grain.DAY)
    assert {each.why for each in found if not each.late + each.corrected} == {
        ("settings short_abandon_seconds 5, threshold_seconds 20, now short_abandon_seconds 5, threshold_seconds 1",)
    }


def test_a_replay_keeps_the_reports(own: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = open_ask(own).restated(("contacts",), Grain.DAY)
    monkeypatch.setattr(foundation, "layout", lambda: "another")
    run = load(own, [exports.write_calls(tmp_path / "more.json", [call("c21", MONDAY + timedelta(days=21), PHONE)])])
    assert run.generation == 3
    assert open_ask(own).restated(("contacts",), Grain.DAY) == before


def test_a_column_declared_since_is_added_to_the_reports_that_are_kept(own: Settings) -> None:
    with Warehouse(own.folders).build() as build:
        build.connection.execute("ALTER TABLE core_reported DROP COLUMN settings")
        foundation.lay(build.connection)
        (row,) = build.connection.execute("SELECT DISTINCT settings FROM core_reported").fetchall()
        assert row == (None,)


def test_cx_restated_lists_them(settings: Settings) -> None:
    root = settings.folders.root
    (row,) = cx(root, "restated", "contacts", "--grain", "day", "--json").document["rows"]
    assert (row["metric"], row["period"], row["then"], row["now"], row["difference"], row["why"]) == (
        "contacts", TUESDAY.isoformat(), 1.0, 3.0, 2.0, "2 late records",
    )  # fmt: skip
    assert (row["late"], row["corrected"], row["generation"]) == (2, 0, 1)
    assert "2 late records" in cx(root, "restated", "contacts", "--grain", "day").out
    assert cx(root, "restated", "--grain", "month").code == 0


def test_cx_ask_tells_what_was_reported(settings: Settings) -> None:
    words = ("ask", "contacts", "--grain", "day", "--from", TUESDAY.isoformat(), "--to", TUESDAY.isoformat(), "--json")
    (row,) = cx(settings.folders.root, *words, "--as-reported").document["rows"]
    assert (row["value"], row["reported"], row["reported_generation"], row["restated"]) == (3.0, 1.0, 1, True)
    (row,) = cx(settings.folders.root, *words, "--as-of-generation", "2").document["rows"]
    assert (row["value"], row["reported"], row["restated"]) == (3.0, 3.0, False)
    outcome = cx(settings.folders.root, *words, "--as-of-generation", "9")
    assert (outcome.code, outcome.told) == (2, "generation 9: the newest is 2. Name one up to it.\n")
    (row,) = cx(settings.folders.root, *words).document["rows"]
    assert "reported" not in row


def test_the_day_before_the_first_report_has_none(settings: Settings) -> None:
    (row,) = open_ask(settings)(
        Question(("contacts",), (), Grain.DAY, date(2020, 1, 1), date(2020, 1, 1), as_reported=True)
    ).rows
    assert (row.first_reported, row.is_restated) == (None, False)


@pytest.mark.parametrize("grain", Grain)
def test_what_is_reported_is_what_is_answered(small_demo: Settings, grain: Grain) -> None:
    desk = open_ask(small_demo)
    rows = [row for row in desk(Question(tuple(METRICS), grain=grain, as_reported=True)).rows if row.metric != "enps"]
    reported = [row for row in rows if row.first_reported]
    assert len(reported) >= (0 if grain in (Grain.QUARTER, Grain.YEAR) else len(METRICS) // 2)
    assert not [row for row in reported if row.is_restated]
    whole = [row for row in rows if row.start == desk.calendar.period_of(row.start, grain).start]
    assert not [row for row in whole if row.complete and row.value is not None and not row.first_reported]


def test_what_employees_answer_is_kept_in_no_report(small_demo: Settings) -> None:
    published = Warehouse(small_demo.folders).current()
    assert published
    with Warehouse(small_demo.folders).read(published) as connection:
        kept = {name for (name,) in connection.execute("SELECT DISTINCT metric FROM core_reported").fetchall()}
    assert ("nps" in kept, "enps" in kept) == (True, False)
    rows = open_ask(small_demo)(Question(("enps",), grain=Grain.MONTH, as_reported=True)).rows
    assert [row.first_reported for row in rows] == [None] * len(rows)
    assert open_ask(small_demo).restated(("enps",), Grain.MONTH) == ()
