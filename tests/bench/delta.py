"""A delivery of 100,000 records onto a short and onto a ten times longer history: what the longer one costs more."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import duckdb

from etl.config import load_settings
from etl.pipeline import load

DERIVED_STEPS = ("sentiment", "join_customers", "watermarks", "models", "marts", "check")
A_DAY = 10_000
CUSTOMERS = 400_000
FIRST_DAY = "2023-01-02"
# One customer in a few comes back within days, one contact in twelve is passed on and has a second leg.
CONTACTS = """
    SELECT
        'c-' || (i - CASE WHEN hash(i) % 12 = 0 AND i > 0 THEN 1 ELSE 0 END) AS "InitialContactId",
        'c-' || i AS "ContactId", 'VOICE' AS "Channel", 'INBOUND' AS "InitiationMethod",
        strftime(started, '%Y-%m-%dT%H:%M:%SZ') AS "InitiationTimestamp",
        strftime(started + INTERVAL 20 MINUTE, '%Y-%m-%dT%H:%M:%SZ') AS "LastUpdateTimestamp",
        {{'Address': '+49890' || lpad((hash(i + 1) % {customers})::VARCHAR, 7, '0'), 'Type': 'TELEPHONE_NUMBER'}}
            AS "CustomerEndpoint",
        {{'Name': ['Billing', 'Technical Support', 'Customer Care', 'Web Chat'][1 + (hash(i + 2) % 4)::INT],
            'EnqueueTimestamp': strftime(started, '%Y-%m-%dT%H:%M:%SZ'), 'Duration': hash(i + 3) % 90}} AS "Queue",
        CASE WHEN hash(i + 4) % 14 <> 0 THEN {{'Username': 'agent' || hash(i + 5) % 300,
            'ConnectedToAgentTimestamp': strftime(started + INTERVAL 1 MINUTE, '%Y-%m-%dT%H:%M:%SZ'),
            'AgentInteractionDuration': hash(i + 6) % 600, 'CustomerHoldDuration': hash(i + 7) % 60,
            'AfterContactWorkDuration': hash(i + 8) % 90}} END AS "Agent",
        {{'topic': 'topic ' || hash(i + 9) % 12, 'product': 'product ' || hash(i + 10) % 3,
            'region': 'region ' || hash(i + 11) % 6, 'resolved': CASE WHEN hash(i + 12) % 15 = 0 THEN 'false'
            ELSE 'true' END}} AS "Attributes"
    FROM (SELECT i, TIMESTAMP '{first} 06:00:00' + to_days((i // {a_day})::INT)
        + to_seconds((hash(i + 13) % 50000)::INT) AS started FROM range({begin}, {end}) AS t(i))
"""


@dataclass(frozen=True)
class Delta:
    """Seconds of one delivery: the whole run, one copy of the generation, and what is derived from landed rows."""

    held: int
    whole: float
    copy: float
    derived: float
    steps: dict[str, float]

    @property
    def beside_copy(self) -> float:
        """The run without one copy of the generation."""
        return self.whole - self.copy

    def line(self) -> str:
        """The figures in one line."""
        steps = ", ".join(f"{name} {self.steps[name]:.2f}" for name in DERIVED_STEPS if name in self.steps)
        return (
            f"onto {self.held:,}: {self.whole:.2f} s, of it one copy {self.copy:.2f} s; derived {self.derived:.2f} s "
            f"({steps})"
        )


def measure(records: int, short: int, long: int) -> tuple[Delta, Delta]:
    """The same delivery onto both histories."""
    return _onto(short, records), _onto(long, records)


def ratios(short: Delta, long: Delta) -> str:
    """What the longer history costs more; 1 would be nothing."""
    return (
        f"longer history: whole run without one copy {long.beside_copy / short.beside_copy:.2f} times, "
        f"derived tables and marts {long.derived / short.derived:.2f} times"
    )


def _onto(held: int, records: int) -> Delta:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history, delivery = folder / "history.json", folder / "delivery.json"
        _write(history, 0, held)
        _write(delivery, held, held + records)
        _write_map(folder)
        settings = load_settings(folder)
        load(settings, [history])
        history.unlink()
        started = perf_counter()
        run = load(settings, [delivery])
        whole = perf_counter() - started
        derived = sum(run.seconds.get(step, 0.0) for step in DERIVED_STEPS)
        return Delta(held, whole, run.seconds["generation"], derived, run.seconds)


def _write(path: Path, begin: int, end: int) -> None:
    select = CONTACTS.format(customers=CUSTOMERS, first=FIRST_DAY, a_day=A_DAY, begin=begin, end=end)
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT json)")


def _write_map(folder: Path) -> None:
    lines = ["source,field,value,reason,cause,touchpoint,is_complaint"]
    lines += [
        f"amazon_connect,topic,topic {number},reason {number % 5},cause {number},,{str(number == 0).lower()}"
        for number in range(12)
    ]
    lines += [
        f"amazon_connect,queue,{queue},,,{queue.lower()} line,"
        for queue in ("Billing", "Technical Support", "Customer Care", "Web Chat")
    ]
    (folder / "map.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
