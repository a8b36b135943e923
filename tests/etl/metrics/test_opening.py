"""Holidays and opening hours from the files beside the data, and first responses in business time."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from etl.config import Settings
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics.answer import Question
from etl.metrics.histogram import bin_of, middle
from etl.metrics.opening import BUSINESS_RESPONSE, RESPONSE, read_opening
from etl.vocabulary import Dimension
from tests.etl.metrics.generations import Rows, ask_on, generation

PROMPT = {
    "first_response_p50": {"minimum_n": 1},
    "first_response_p90": {"minimum_n": 1},
    "answered_within_target": {"minimum_n": 1},
}
HOURS = """
[[hours]]
monday = "09:00-17:00"
friday = "09:00-17:00"

[[hours]]
channel = "chat"
monday = ["09:00-12:00", "13:00-24:00"]

[[hours]]
region = "North"
zone = "America/New_York"
monday = "22:00-06:00"
"""


def settings(root: Path, hours: str = HOURS, holidays: str = "") -> Settings:
    (root / "hours.toml").write_text(hours, encoding="utf-8")
    (root / "holidays.csv").write_text(f"day,name,region\n{holidays}", encoding="utf-8")
    return Settings(Folders(root), zone="Europe/Berlin")


def test_holidays_of_all_and_of_a_region(tmp_path: Path) -> None:
    told = "2026-12-25,Christmas,\n2026-01-06,Epiphany,South\n"
    opening = read_opening(settings(tmp_path, holidays=told))
    assert opening.holidays() == opening.holidays("North") == {date(2026, 12, 25)}
    assert opening.holidays("South") == {date(2026, 1, 6), date(2026, 12, 25)}
    assert read_opening(Settings(Folders(tmp_path / "nothing"))).holidays("South") == frozenset()


def test_the_hours_that_fit_best(tmp_path: Path) -> None:
    opening = read_opening(settings(tmp_path, holidays="2026-01-06,Epiphany,North\n"))
    common, chat, north = (opening.hours(*whom) for whom in ((None, "phone"), ("South", "chat"), ("North", "chat")))
    assert common
    assert chat
    assert north
    assert common.zone == "Europe/Berlin"
    assert common.weekly[0] == common.weekly[4] == ((9 * 3600, 17 * 3600),)
    assert common.weekly[1] == ()
    assert chat.weekly[0] == ((9 * 3600, 12 * 3600), (13 * 3600, 24 * 3600))
    assert (north.zone, north.weekly[0]) == ("America/New_York", ((22 * 3600, 6 * 3600),))
    assert common.holidays == frozenset()
    assert north.holidays == {date(2026, 1, 6)}


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ('[[hours]]\nmonday = "9-5"', "hours 1 monday: '9-5' are no hours; expected 08:00-18:00"),
        ('[[hours]]\nmonday = "09:00-24:30"', "are no hours"),
        ('[[hours]]\nmon = "09:00-17:00"', "hours 1: unknown key 'mon'; did you mean monday"),
        ('[[hours]]\nzone = "Berlin"', "hours 1 zone: 'Berlin' is not a time zone"),
        ('monday = "09:00-17:00"', "expected tables [[hours]] and nothing else"),
        ("[[hours]", "not valid TOML"),
    ],
)
def test_what_is_refused(tmp_path: Path, hours: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        read_opening(settings(tmp_path, hours))
    assert told in str(refused.value)


def test_a_day_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holidays\.csv line 3: '6 January' is not a day"):
        read_opening(settings(tmp_path, holidays="2026-12-25,Christmas,\n6 January,Epiphany,South\n"))


def test_rows_say_first_responses_in_business_time(tmp_path: Path) -> None:
    rows = Rows()
    friday, monday = datetime.fromisoformat("2026-03-06T15:00"), datetime.fromisoformat("2026-03-09T08:30")
    rows.leg(channel="email", started_at=friday, answered_at=monday)  # from 16:00 to 9:30 in Berlin
    rows.leg(channel="email", started_at=friday, answered_at=monday, region="North")
    rows.leg(channel="email", started_at=monday)
    rows.leg(started_at=datetime.fromisoformat("2026-03-20T12:00"))
    ask = ask_on(generation(rows), settings(tmp_path))
    found = ask.rows("first_response_p50", ask.calendar.parse("2026-03"), ())
    told = [(row["first_response_seconds"], row["first_response_business_seconds"]) for row in found.rows]
    assert sorted(told, key=str) == [(235800, 0.0), (235800, 5400.0), (None, None)]
    plain = ask_on(generation(rows)).rows("first_response_p50", ask.calendar.parse("2026-03"), ())
    assert "first_response_business_seconds" not in plain.rows[0]


def test_variants_count_only_opening_time(tmp_path: Path) -> None:
    """In Berlin from Friday 16:00 to Monday 9:30 is an hour and a half; in New York nobody was there."""
    rows = Rows()
    friday, monday = datetime.fromisoformat("2026-03-06T15:00"), datetime.fromisoformat("2026-03-09T08:30")
    rows.leg(channel="email", started_at=friday, answered_at=monday)
    rows.leg(channel="email", started_at=friday, answered_at=monday, region="North")
    rows.leg(channel="email", started_at=monday)  # open since: seven hours and a half until Monday 17:00
    rows.delivered("calls", datetime.fromisoformat("2026-03-11T12:00"))
    names = tuple(f"{name}:business_time" for name in ("first_response_p50", "first_response_p90"))
    told = replace(settings(tmp_path, holidays="2026-03-06,Founders' day,\n"), metrics=PROMPT)
    with closing(generation(rows)) as connection:
        ask = ask_on(connection, told)
        median, ninth, target = ask(Question((*names, "answered_within_target:business_time"))).rows
        (whole,) = ask(Question(("first_response_p50",))).rows
        south = ask(Question(names[:1], where=((Dimension.REGION, ("North",)),))).rows[0]
        behind = ask.rows("answered_within_target:business_time", ask.calendar.parse("2026-03"), (), "top")
        (tmp_path / "hours.toml").unlink()
        (lacking,) = ask_on(connection, told)(Question(names[:1])).rows
    half_an_hour = middle(bin_of(1_800_000))  # the Friday is a holiday
    assert (median.value, median.n) == (half_an_hour, 3)
    assert (ninth.value, ninth.n) == (None, 3)
    assert ninth.reason == f"longer than {middle(bin_of(27_000_000)):.0f} s"
    assert (target.value, target.n) == (2 / 3, 3)
    assert whole.value == middle(bin_of(235_800_000))
    assert (south.value, south.n) == (0.0, 1)
    assert sorted((row[RESPONSE], row[BUSINESS_RESPONSE]) for row in behind.rows) == [(235_800, 0), (235_800, 1800)]
    assert (lacking.value, lacking.n) == (None, 0)
    assert lacking.reason == "no opening hours are known; write them into hours.toml"
