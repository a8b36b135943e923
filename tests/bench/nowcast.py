"""How often the nowcast of a day holds what the day became: on a demo company, and on exports of counts by interval."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from etl.calendar import Period
from etl.config import Settings, load_settings
from etl.demo.company import Demo, write_demo
from etl.engines import DuckEngine
from etl.metrics.ask import open_ask
from etl.metrics.catalogue import METRICS
from etl.metrics.nowcast import Known, backtest
from etl.metrics.unfinished import kind
from etl.pipeline import load
from etl.vocabulary import Grain
from etl.warehouse import Warehouse

CUTS = (0.25, 0.5, 0.75)
NOMINAL = 0.9
INTERVALS = """
    WITH counts AS (
        SELECT source, business_day AS day, coalesce(contact_count, offered_count) AS contacts,
            extract(hour FROM started_at) * 60 + extract(minute FROM started_at) AS begun
        FROM core_volumes WHERE interval_seconds < 86400
    ), hours AS (SELECT source, min(begun) AS first, max(begun) AS last FROM counts GROUP BY source)
    SELECT source, day, sum(contacts) FILTER (WHERE begun < first + ? * (last - first)), sum(contacts)
    FROM counts JOIN hours USING (source) GROUP BY source, day ORDER BY source, day
"""


@dataclass(frozen=True)
class Measured:
    """At one cut of the days of one series, how many were nowcast, and how many of the intervals held."""

    series: str
    cut: float
    pairs: int
    held: int

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"{self.series} at {self.cut:.0%} of the day: {self.held / max(1, self.pairs):.1%} of {self.pairs} "
            f"nowcasts held (nominal {NOMINAL:.0%})"
        )


def of_demo(days: int, records: int, seed: int, end: date) -> Iterator[Measured]:
    """The contacts of a demo company, all days of its history."""
    with tempfile.TemporaryDirectory() as name:
        written = write_demo(Demo(folder=Path(name), end=end, days=days, records=records, seed=seed))
        settings = load_settings(Path(name))
        load(settings, written.files)
        yield from _contacts("demo, contacts", settings)


def of_exports(folder: Path) -> Iterator[Measured]:
    """The counts by interval in some exports, each source for itself, cut between its first and last time of day."""
    with tempfile.TemporaryDirectory() as name:
        settings = load_settings(Path(name))
        load(settings, [folder])
        warehouse = Warehouse(settings.folders)
        published = warehouse.current()
        assert published is not None
        engine = DuckEngine(warehouse.read(published))
        for cut in CUTS:
            courses: dict[str, dict[date, Known]] = defaultdict(dict)
            for source, day, so_far, final in engine.rows(INTERVALS, [cut]):
                courses[source][day] = Known(int(so_far or 0), int(final or 0))
            for source, course in courses.items():
                yield _measured(source, cut, course)


def pooled(measured: list[Measured]) -> str:
    """All cuts of one series together."""
    pairs, held = sum(each.pairs for each in measured), sum(each.held for each in measured)
    return f"{measured[0].series}, all cuts: {held / max(1, pairs):.1%} of {pairs} nowcasts held"


def _contacts(series: str, settings: Settings) -> Iterator[Measured]:
    desk, metric = open_ask(settings), METRICS["contacts"]
    coverage = desk.coverage(metric, ())
    assert coverage.first_day is not None
    assert coverage.watermark is not None
    days = desk.calendar.between(coverage.first_day + timedelta(days=1), coverage.watermark, Grain.DAY)
    for cut in CUTS:
        yield _measured(series, cut, desk.so_far(metric.name, days, cut))


def _measured(series: str, cut: float, course: Mapping[date, Known]) -> Measured:
    """Days of a kind are told from those of their kind."""
    kinds: dict[int, list[Known]] = defaultdict(list)
    for day in sorted(course):
        kinds[kind(Period(Grain.DAY, day.isoformat(), day, day))].append(course[day])
    held = [one for days in kinds.values() for one in backtest(days)]
    return Measured(series, cut, len(held), sum(held))
