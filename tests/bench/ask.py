"""What the pages ask, on the marts and on the facts of one synthetic warehouse; and two touched days against all."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

import duckdb

from etl.config import Settings
from etl.engines import Connection, DuckEngine
from etl.folders import Folders
from etl.metrics.answer import LOCAL_ANALYST, Question
from etl.metrics.ask import WarehouseAsk
from etl.metrics.cells import WEEK_MARTS
from etl.metrics.marts import marts
from etl.schema import TABLES
from etl.storage import SINGLE
from etl.transform import foundation, runner, scopes
from etl.vocabulary import Dimension, Grain
from etl.warehouse import Published

FIRST, DAYS = date(2024, 1, 1), 731
LAST = FIRST + timedelta(days=DAYS - 1)
LATELY_BY_CAUSE = ((Dimension.CAUSE,), None, LAST - timedelta(days=89), LAST)
CUSTOMERS = 400_000
CHEAPER, REFRESH_CHEAPER, NEAR = 4.0, 200.0, 0.05
"""The goals: how many times a question and a refresh are cheaper, and how near a quantile is to the exact one."""
CONTACTS = {
    "record_key": "i", "contact_key": "i", "source": "'calls'",
    "channel": "['phone', 'phone', 'phone', 'chat', 'email'][1 + (hash(i + 1) % 5)::INT]", "direction": "'inbound'",
    "started_at": "started", "business_day": "started::DATE",
    "customer_identifier": f"'c' || hash(i + 2) % {CUSTOMERS}",
    "reason": "'reason ' || hash(i + 3) % 5", "cause": "'cause ' || hash(i + 4) % 12",
    "touchpoint": "'line ' || hash(i + 5) % 4", "product": "'product ' || hash(i + 6) % 3",
    "region": "'region ' || hash(i + 7) % 6",
    "disposition": "CASE WHEN hash(i + 8) % 14 = 0 THEN 'abandoned' ELSE 'answered' END",
    "is_queued": "TRUE", "is_public": "FALSE", "is_automatic": "FALSE", "is_transferred": "hash(i + 9) % 12 = 0",
    "is_resolved": "hash(i + 10) % 15 <> 0", "is_complaint": "hash(i + 11) % 40 = 0",
    "wait_seconds": "hash(i + 12) % 90", "answered_at": "started + to_seconds((60 + hash(i + 13) % 7200)::INT)",
    "handle_seconds": "(60 * exp(((hash(i + 14) % 1000) / 1000.0 - 0.2) * 4))::DECIMAL(12, 3)",
}  # fmt: skip
EXACT = """
    SELECT calendar.month_start, channel, quantile_disc(handle_seconds, 0.5), quantile_disc(handle_seconds, 0.9)
    FROM core_interactions AS fact JOIN core_calendar AS calendar ON calendar.day = fact.business_day
    WHERE disposition IN ('answered', 'callback') AND handle_seconds IS NOT NULL GROUP BY 1, 2
"""
Result = TypeVar("Result")


@dataclass(frozen=True)
class Compared:
    """CPU seconds of the cheap way and of the other, and whether both say the same."""

    name: str
    cheap: float
    dear: float
    is_equal: bool
    goal: float = CHEAPER

    @property
    def holds(self) -> bool:
        """Whether it is as much cheaper as it should be, and equal."""
        return self.is_equal and self.dear >= self.goal * self.cheap

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"{'PASS' if self.holds else 'MISS'}  {self.name}: {1000 * self.cheap:,.1f} against "
            f"{1000 * self.dear:,.1f} CPU ms, {self.dear / self.cheap:,.1f} times cheaper (goal {self.goal:g}), "
            f"{'equal' if self.is_equal else 'NOT EQUAL'}"
        )


def measure(rows: int, repeats: int) -> list[Compared]:
    """All comparisons on so many contacts."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "facts.duckdb") as connection:
        settings = Settings(Folders(Path(folder)))
        fill(connection, settings, rows)
        refreshed = refresh(connection, settings, rows)
        published = Published(1, Path(folder), datetime(2026, 1, 1, tzinfo=UTC))
        stored, plain = (
            WarehouseAsk(DuckEngine(connection), published, settings, LOCAL_ANALYST) for _ in ("marts", "facts")
        )
        vars(plain.standing)["has_marts"] = False
        return [*(one(stored, plain, repeats) for one in (trend, pareto, failed, board, quantiles)), refreshed]


def fill(connection: Connection, settings: Settings, rows: int) -> None:
    """A generation with so many contacts, spread evenly over two years, and what failed among them."""
    foundation.lay(connection)
    connection.execute("DROP VIEW core_records")
    connection.execute(
        f"CREATE TABLE core_records AS SELECT * FROM (VALUES (DATE '{FIRST}'), ('{LAST}')) t(business_day)"
    )
    connection.execute(f"DROP VIEW {SINGLE}")
    connection.execute(f"CREATE TABLE {SINGLE} AS {_contacts(0, rows, f'i * {DAYS * 86_400 / rows}')}")
    connection.execute(
        f"INSERT INTO core_sources BY NAME SELECT 'calls' AS source, {rows} AS record_count, '{FIRST}' AS first_day, "
        f"'{LAST} 23:59:59' AS newest_event_at, '{LAST}' AS watermark_day, '{LAST + timedelta(days=1)}' "
        "AS watermark_at, 0 AS lateness_days, 'Calls' AS title, 'talk_seconds' AS handle_parts, TRUE AS is_active, "
        "'UTC' AS zone, FALSE AS is_zone_assumed"
    )
    foundation.write_limits(connection, settings)
    foundation.write_calendar(connection, settings)
    scopes.open_scopes(connection)
    scopes.narrow(connection, "scoped_outcomes", is_full=True)
    (failures,) = [model for model in runner.models() if model.table == "core_failures"]
    connection.execute(f"INSERT INTO core_failures {failures.select}")


def _contacts(begin: int, end: int, second: str) -> str:
    started = f"TIMESTAMP '{FIRST}' + to_seconds(CAST(floor({second}) AS BIGINT))"
    columns = [
        f"CAST({CONTACTS.get(column.name, 'NULL')} AS {column.type}) AS {column.name}"
        for column in TABLES["core_interactions"]
    ]
    return f"SELECT {', '.join(columns)} FROM (SELECT i, {started} AS started FROM range({begin}, {end}) AS r(i))"


def refresh(connection: Connection, settings: Settings, rows: int) -> Compared:
    """The marts after records of two more days came, refreshed on these days and built anew."""
    runner.run_marts(connection, settings, is_full=True)
    days = [LAST - timedelta(days=back) for back in (9, 8)]
    second = f"{(days[0] - FIRST).days * 86_400} + (i % 1000) * 170"
    connection.execute(f"INSERT INTO {SINGLE} {_contacts(rows, rows + 1_000, second)}")
    connection.execute(f"INSERT INTO scope_days VALUES ('{days[0]}'), ('{days[1]}')")
    cheap, _ = spent(lambda: runner.run_marts(connection, settings, is_full=False))
    found = _held(connection)
    dear, _ = spent(lambda: runner.run_marts(connection, settings, is_full=True))
    return Compared("marts of two touched days", cheap, dear, found == _held(connection), REFRESH_CHEAPER)


def _held(connection: Connection) -> dict[str, Any]:
    """How many rows each mart has, and the sum of their hashes."""
    names = [*(mart.name for mart in marts()), *WEEK_MARTS]
    return {name: connection.execute(f"SELECT count(*), sum(hash(m)) FROM {name} AS m").fetchone() for name in names}


def trend(stored: WarehouseAsk, plain: WarehouseAsk, repeats: int) -> Compared:
    """Contacts, service level and abandonment of each quarter by channel and product."""
    by = (Dimension.CHANNEL, Dimension.PRODUCT)
    return asked("quarterly trend by channel and product", stored, plain, repeats, Question(
        ("contacts", "service_level", "abandonment"), by, Grain.QUARTER
    ))  # fmt: skip


def pareto(stored: WarehouseAsk, plain: WarehouseAsk, repeats: int) -> Compared:
    """Failed contacts and failure rate of 90 days by cause, as the page of root causes asks for its Pareto."""
    question = Question(("failed_contacts", "failure_rate"), *LATELY_BY_CAUSE)
    return asked("Pareto of 90 days by cause", stored, plain, repeats, question)


def failed(stored: WarehouseAsk, plain: WarehouseAsk, repeats: int) -> Compared:
    """Its failed contacts alone: they are stored apart and few, so that planning the question is most of its cost."""
    question = Question(("failed_contacts",), *LATELY_BY_CAUSE)
    return asked("failed contacts alone of 90 days by cause", stored, plain, repeats, question)


def asked(name: str, stored: WarehouseAsk, plain: WarehouseAsk, repeats: int, question: Question) -> Compared:
    """The same question on marts and on facts."""
    return compared(name, lambda: stored(question).rows, lambda: plain(question).rows, repeats)


def board(stored: WarehouseAsk, plain: WarehouseAsk, repeats: int) -> Compared:
    """The history of all breakdown cells that the leaderboard of two quarters is judged by."""
    return compared("leaderboard of 2 quarters", lambda: stored.weeks(LAST), lambda: plain.weeks(LAST), repeats)


def quantiles(stored: WarehouseAsk, plain: WarehouseAsk, repeats: int) -> Compared:
    """P50 and P90 of the handle time by month and channel, from histograms and exactly."""
    question = Question(("aht_p50", "aht_p90"), (Dimension.CHANNEL,), Grain.MONTH)
    engine = vars(plain)["_engine"]
    cheap, rows = best(lambda: stored(question).rows, repeats)
    dear, found = best(lambda: engine.rows(EXACT), repeats)
    exact = {("aht_p50", start, channel): p50 for start, channel, p50, _ in found}
    exact |= {("aht_p90", start, channel): p90 for start, channel, _, p90 in found}
    told = {(row.metric, row.start, row.group[0][1]): row.value for row in rows}
    near = told.keys() == exact.keys() and all(
        value is not None and abs(value / float(exact[key]) - 1) <= NEAR for key, value in told.items()
    )
    return Compared("P50 and P90 by month and channel (within 5 %)", cheap, dear, near)


def compared(name: str, cheap: Callable[[], Any], dear: Callable[[], Any], repeats: int) -> Compared:
    """Both ways, each at its best."""
    (one, told), (other, expected) = best(cheap, repeats), best(dear, repeats)
    return Compared(name, one, other, told == expected)


def best(action: Callable[[], Result], repeats: int) -> tuple[float, Result]:
    """The least CPU seconds of some runs after a first one, and the result."""
    action()
    return min((spent(action) for _ in range(repeats)), key=lambda run: run[0])


def spent(action: Callable[[], Result]) -> tuple[float, Result]:
    """CPU seconds of all threads, and the result."""
    started = process_time()
    result = action()
    return process_time() - started, result
