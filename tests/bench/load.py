"""Loading a large CSV: staging to upsert, the whole load and a second delivery, against a bare load and dlt."""

import resource
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from etl.config import load_settings
from etl.delivery import FILE_STEPS
from etl.pipeline import load
from etl.reading.jail import JAIL
from etl.sources.declaration import parse_source
from tests.bench import dlt
from tests.bench.dlt import Peer

CALLS = """
    SELECT 'ID' || lpad(i::VARCHAR, 8, '0') AS "Call Id",
        ['Diane', 'Becky', 'Stewart', 'Greg'][1 + (hash(i) % 4)::INT] AS "Agent",
        (DATE '2021-01-01' + (i // 2800)::INT)::VARCHAR AS "Date",
        (TIME '08:00:00' + to_seconds((hash(i + 1) % 36000)::INT))::VARCHAR AS "Time",
        ['Contract related', 'Technical Support', 'Payment related', 'Online'][1 + (hash(i + 2) % 4)::INT] AS "Topic",
        CASE WHEN hash(i + 3) % 5 = 0 THEN 'N' ELSE 'Y' END AS "Answered (Y/N)",
        CASE WHEN hash(i + 3) % 5 = 0 THEN 'N' ELSE 'Y' END AS "Resolved",
        CASE WHEN hash(i + 3) % 5 <> 0 THEN hash(i + 4) % 120 END AS "Speed of answer in seconds",
        CASE WHEN hash(i + 3) % 5 <> 0
            THEN '0:0' || hash(i + 5) % 7 || ':' || lpad((hash(i + 6) % 60)::VARCHAR, 2, '0') END AS "AvgTalkDuration",
        CASE WHEN hash(i + 3) % 5 <> 0 THEN 1 + hash(i + 7) % 5 END AS "Satisfaction rating"
    FROM range({rows}) AS t(i)
"""
POSTS = """
    SELECT i AS tweet_id,
        CASE WHEN i % 2 = 1 THEN 'SomeHelp' ELSE (100000 + hash(i // 4) % 400000)::VARCHAR END AS author_id,
        CASE WHEN i % 2 = 1 THEN 'FALSE' ELSE 'TRUE' END AS inbound,
        strftime(TIMESTAMP '2017-10-01' + to_seconds(i * 3), '%a %b %d %H:%M:%S +0000 %Y') AS created_at,
        left(repeat(sha256(i::VARCHAR) || ' my phone has no signal since yesterday ', 2), 140) AS text,
        NULL AS response_tweet_id, CASE WHEN i % 4 <> 0 THEN i - 1 END AS in_response_to_tweet_id
    FROM range({rows}) AS t(i)
"""
WIDE = """
    SELECT 'C' || lpad(i::VARCHAR, 9, '0') AS call_id,
        (TIMESTAMP '2021-01-01' + to_seconds(i * 11))::VARCHAR AS started_at,
        (hash(i) % 500)::VARCHAR AS agent,
        ['Sales', 'Support', 'Billing', 'Returns'][1 + (hash(i + 1) % 4)::INT] AS queue,
        ['inbound', 'outbound'][1 + (hash(i + 2) % 2)::INT] AS direction,
        ['answered', 'abandoned'][1 + (hash(i + 3) % 6 = 0)::INT] AS outcome,
        hash(i + 4) % 300 AS wait, hash(i + 5) % 900 AS talk, hash(i + 6) % 60 AS hold, hash(i + 7) % 90 AS wrap_up,
        ['topic ' || hash(i + 8) % 40][1] AS topic, ['EU', 'US', 'APAC'][1 + (hash(i + 9) % 3)::INT] AS region,
        ['basic', 'plus', 'pro'][1 + (hash(i + 10) % 3)::INT] AS product, 'cust' || hash(i // 3) % 900000 AS customer,
        1 + hash(i + 11) % 5 AS score, {columns}
    FROM range({rows}) AS t(i)
"""
FILLERS = ", ".join(
    f"'{name} ' || hash(i + {number}) % 1000 AS {name}"
    for number, name in enumerate(
        ("site", "skill", "campaign", "device", "browser", "carrier", "shift", "team", "tariff", "note"), 20
    )
)
MAPPING = """
name = "wide"
title = "Wide calls"
form = "{form}"
required = ["call_id", "started_at", "agent", "queue", "direction", "outcome", "wait", "talk", "hold", "wrap_up"]
ignored = ["site", "skill", "campaign", "device", "browser", "carrier", "shift", "tariff", "note"]
key = ["call_id"]
event = {{ kind = "when", column = "started_at" }}
handle_parts = ["talk_seconds", "hold_seconds", "wrap_up_seconds"]
zone = "UTC"
[interactions]
channel = {{ kind = "constant", value = "phone" }}
direction = {{ kind = "code", column = "direction", map = {{ inbound = "inbound", outbound = "outbound" }} }}
disposition = {{ kind = "code", column = "outcome", map = {{ answered = "answered", abandoned = "abandoned" }} }}
is_queued = {{ kind = "constant", value = true }}
agent_id = {{ kind = "identity", column = "agent", identity = "id", scope = "agent" }}
customer_identifier = {{ kind = "identity", column = "customer", identity = "id" }}
queue = "queue"
topic = "topic"
region = "region"
product = "product"
team = "team"
wait_seconds = {{ kind = "seconds", column = "wait" }}
talk_seconds = {{ kind = "seconds", column = "talk" }}
hold_seconds = {{ kind = "seconds", column = "hold" }}
wrap_up_seconds = {{ kind = "seconds", column = "wrap_up" }}
[[responses]]
question = {{ kind = "constant", value = "score" }}
kind = {{ kind = "constant", value = "csat5" }}
score = {{ kind = "rating", column = "score", low = 1, high = 5 }}
"""
OF_WIDE = (
    "VARCHAR TIMESTAMP VARCHAR VARCHAR VARCHAR VARCHAR INTEGER INTEGER INTEGER INTEGER VARCHAR VARCHAR VARCHAR VARCHAR "
    "INTEGER" + " VARCHAR" * 10
)
TYPES = {
    "call_center": "VARCHAR VARCHAR DATE TIME VARCHAR VARCHAR VARCHAR INTEGER INTERVAL INTEGER",
    "twcs": "BIGINT VARCHAR VARCHAR VARCHAR VARCHAR VARCHAR BIGINT",
    "wide": OF_WIDE,
    "ndjson": OF_WIDE,
}
FILES = {
    "call_center": CALLS,
    "twcs": POSTS,
    "wide": WIDE.replace("{columns}", FILLERS),
    "ndjson": WIDE.replace("{columns}", FILLERS),
}


@dataclass(frozen=True)
class Result:
    """Seconds of one file in medians, and the process's peak memory in megabytes so far."""

    source: str
    bare: float
    upsert: float
    whole: float
    again: float
    memory: int
    rows: int
    peer: Peer | None = None

    def lines(self) -> Iterator[str]:
        """What is printed of it: the ratios and, of the wide file, how dlt fares with it."""
        yield self.line()
        if self.source == "wide":
            yield self.peer.line(self.rows / self.upsert) if self.peer else dlt.ABSENT

    def line(self) -> str:
        """The ratios, each the bare load's time over ours: 1 would be as fast as loading without any care."""
        return (
            f"{self.source}: bare {self.bare:.2f} s; staging to upsert {self.bare / self.upsert:.2f}, "
            f"whole load {self.bare / self.whole:.2f}, second delivery {self.again / self.whole:.2f} of the first, "
            f"peak memory {self.memory} MB"
        )


def measure(rows: int, repeats: int, sources: list[str]) -> Iterator[Result]:
    """Each file `repeats` times, in a temporary folder."""
    for source in sources or list(FILES):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{source}.csv"
            form = "FORMAT json" if source == "ndjson" else "HEADER"
            duckdb.sql(f"COPY ({FILES[source].format(rows=rows)}) TO '{file}' ({form})")
            runs = [_run(source, file, Path(folder) / str(number)) for number in range(repeats)]
            peer = dlt.measure(file, rows, Path(folder)) if source == "wide" and dlt.is_there() else None
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        bare, upsert, whole, again = (median(column) for column in zip(*runs, strict=True))
        yield Result(source, bare, upsert, whole, again, memory, rows, peer)


def _run(source: str, file: Path, folder: Path) -> tuple[float, float, float, float]:
    """Seconds of the bare load, of staging to upsert, of the whole load, and of a second delivery."""
    folder.mkdir()
    bare = _bare(source, file, folder / "bare.duckdb")
    settings = load_settings(folder)
    form = {"wide": "table", "ndjson": "json"}.get(source)
    text = MAPPING.format(form=form)
    extra = [replace(parse_source(text, "bench"), declaration=text)] if form else []
    name = "wide" if form else None
    JAIL.ready()
    started = perf_counter()
    run = load(settings, [file], name, extra)
    whole = perf_counter() - started
    again = file.with_name("again.csv")
    again.write_bytes(file.read_bytes() + b"\n")
    started = perf_counter()
    load(settings, [again], name, extra)
    return bare, sum(run.seconds[step] for step in FILE_STEPS), whole, perf_counter() - started


def _bare(source: str, file: Path, database: Path) -> float:
    """A typed CREATE TABLE AS into a file, with the types spelled out."""
    kinds = TYPES[source].split()
    if source == "ndjson":
        names = duckdb.execute(f"SELECT * FROM ({FILES[source].format(rows=1)})").fetch_df().columns.tolist()
        return _timed(
            database, f"read_json('{file}', format = 'newline_delimited', columns = {_columns(names, kinds)})"
        )
    columns = _columns([f"c{place}" for place in range(len(kinds))], kinds)
    marks = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
    return _timed(database, f"read_csv('{file}', columns = {columns}, {marks})")


def _columns(names: list[str], kinds: list[str]) -> str:
    return "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in zip(names, kinds, strict=True)) + "}"


def _timed(database: Path, reading: str) -> float:
    with duckdb.connect(database) as connection:
        started = perf_counter()
        connection.execute(f"CREATE TABLE bare AS SELECT * FROM {reading}")
        return perf_counter() - started
