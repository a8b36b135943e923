"""When the company is there: the holidays and opening hours that people keep beside the data, by region and channel."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from etl.calendar.business_hours import Interval, OpeningHours, business_seconds
from etl.config import WEEKDAYS, Settings, checked_zone
from etl.errors import UserError, unknown
from etl.lists import day_of, rows_of
from etl.metrics.answer import Rows

HOLIDAYS, HOURS = "holidays.csv", "hours.toml"
FOR_WHOM = ("region", "channel")
KEYS = (*FOR_WHOM, "zone", *WEEKDAYS)
SPAN = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
RESPONSE, BUSINESS_RESPONSE = "first_response_seconds", "first_response_business_seconds"
PASSED = "response_passed_seconds"
"""Of rows whose response is in opening time: the time that passed until then."""
NO_HOURS = f"no opening hours are known; write them into {HOURS}"
LENGTH = "timedelta64[us]"


@dataclass(frozen=True)
class Shift:
    """The hours of one region or channel; an empty one stands for all."""

    region: str
    channel: str
    hours: OpeningHours


@dataclass(frozen=True)
class Opening:
    """Holidays by region, those of all under the empty one, and shifts in the order in which they are written."""

    closed: Mapping[str, frozenset[date]]
    shifts: tuple[Shift, ...]

    def holidays(self, region: str | None = None) -> frozenset[date]:
        """The days that are holidays everywhere, with those of a region."""
        return self.closed.get("", frozenset()) | self.closed.get(region or "", frozenset())

    def hours(self, region: str | None, channel: str | None) -> OpeningHours | None:
        """The hours that fit best: of both, of the region, of the channel, of all; the last written of equals."""
        able = [
            (2 * bool(shift.region) + bool(shift.channel), place, shift)
            for place, shift in enumerate(self.shifts)
            if shift.region in ("", region) and shift.channel in ("", channel)
        ]
        if not able:
            return None
        _, _, shift = max(able, key=lambda each: each[:2])
        return OpeningHours(shift.hours.zone, shift.hours.weekly, self.holidays(region))


def read_opening(settings: Settings) -> Opening:
    """What `holidays.csv` and `hours.toml` say, empty without them; UserError naming the file and the place."""
    closed: dict[str, set[date]] = {}
    path = settings.folders.root / HOLIDAYS
    for number, row in rows_of(path, ("day", "name"), ("region",)):
        complaint = f"{path} line {number}: {row['day']!r} is not a day; expected one such as 2026-04-03."
        closed.setdefault(row["region"], set()).add(day_of(row["day"], complaint))
    shifts = tuple(_shifts(settings.folders.root / HOURS, settings.zone))
    return Opening({region: frozenset(days) for region, days in closed.items()}, shifts)


def lacks_hours(settings: Settings) -> bool:
    """Whether nobody has said when the company is there."""
    return not (settings.folders.root / HOURS).exists()


def in_business_time(found: Rows, opening: Opening) -> Rows:
    """The rows with their first responses in opening time beside the time that passed; unchanged without hours."""
    if not opening.shifts or not found.rows or RESPONSE not in found.rows[0] or BUSINESS_RESPONSE in found.rows[0]:
        return found
    starts = np.array([row["started_at"] for row in found.rows], dtype="datetime64[us]")
    passed = [row[RESPONSE] for row in found.rows]
    ends = starts + np.array([None if each is None else timedelta(seconds=float(each)) for each in passed], LENGTH)
    told = np.full(len(passed), np.nan)
    places: dict[tuple[str | None, str | None], list[int]] = {}
    for place, row in enumerate(found.rows):
        places.setdefault((row["region"], row["channel"]), []).append(place)
    for whom, own in places.items():
        if hours := opening.hours(*whom):
            told[own] = business_seconds(starts[own], ends[own], hours)
    business = [None if np.isnan(each) else round(float(each), 3) for each in told]
    rows = ({**row, BUSINESS_RESPONSE: each} for row, each in zip(found.rows, business, strict=True))
    return Rows(tuple(rows), found.unit)


def _shifts(path: Path, zone: str) -> Iterator[Shift]:
    if not path.exists():
        return
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not valid TOML ({error}). Mend that line.") from error
    entries = document.pop("hours", [])
    if document or not isinstance(entries, list):
        raise UserError(f"{path}: expected tables [[hours]] and nothing else.")
    for number, entry in enumerate(entries, 1):
        yield _shift(entry, zone, f"{path} hours {number}")


def _shift(entry: Mapping[str, Any], zone: str, where: str) -> Shift:
    for key in entry:
        if key not in KEYS:
            raise unknown("key", key, KEYS, where)
    named = {key: str(entry.get(key, "")) for key in FOR_WHOM}
    weekly = tuple(tuple(_intervals(entry.get(day, []), f"{where} {day}")) for day in WEEKDAYS)
    return Shift(**named, hours=OpeningHours(checked_zone(entry.get("zone", zone), f"{where} zone"), weekly))


def _intervals(given: Any, where: str) -> Iterator[Interval]:
    for text in given if isinstance(given, list) else [given]:
        match = SPAN.fullmatch(str(text))
        if match is None or match[3] == "24" and match[4] != "00":
            raise UserError(f"{where}: {text!r} are no hours; expected 08:00-18:00, or a list of such.")
        hours, minutes, until_hours, until_minutes = map(int, match.groups())
        yield hours * 3600 + minutes * 60, until_hours * 3600 + until_minutes * 60
