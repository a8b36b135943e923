"""Loading a large CSV: staging to upsert, the whole load and a second delivery, against a bare DuckDB load."""

import resource
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from etl.config import load_settings
from etl.delivery import FILE_STEPS
from etl.pipeline import load

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
TYPES = {
    "call_center": "VARCHAR VARCHAR DATE TIME VARCHAR VARCHAR VARCHAR INTEGER INTERVAL INTEGER",
    "twcs": "BIGINT VARCHAR VARCHAR VARCHAR VARCHAR VARCHAR BIGINT",
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

    def line(self) -> str:
        """The ratios, each the bare load's time over ours: 1 would be as fast as loading without any care."""
        return (
            f"{self.source}: bare {self.bare:.2f} s; staging to upsert {self.bare / self.upsert:.2f}, "
            f"whole load {self.bare / self.whole:.2f}, second delivery {self.again / self.whole:.2f} of the first, "
            f"peak memory {self.memory} MB"
        )


def measure(rows: int, repeats: int) -> Iterator[Result]:
    """Both formats, `repeats` times each, in a temporary folder."""
    for source, select in (("call_center", CALLS), ("twcs", POSTS)):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{source}.csv"
            duckdb.sql(f"COPY ({select.format(rows=rows)}) TO '{file}' (HEADER)")  # noqa: S608 (our own text)
            runs = [_run(source, file, Path(folder) / str(number)) for number in range(repeats)]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        bare, upsert, whole, again = (median(column) for column in zip(*runs, strict=True))
        yield Result(source, bare, upsert, whole, again, memory)


def _run(source: str, file: Path, folder: Path) -> tuple[float, float, float, float]:
    """Seconds of the bare load, of staging to upsert, of the whole load, and of a second delivery."""
    folder.mkdir()
    bare = _bare(source, file, folder / "bare.duckdb")
    settings = load_settings(folder)
    started = perf_counter()
    run = load(settings, [file])
    whole = perf_counter() - started
    again = file.with_name("again.csv")
    again.write_bytes(file.read_bytes() + b"\n")
    started = perf_counter()
    load(settings, [again])
    return bare, sum(run.seconds[step] for step in FILE_STEPS), whole, perf_counter() - started


def _bare(source: str, file: Path, database: Path) -> float:
    """A typed CREATE TABLE AS into a file, with the types spelled out."""
    types = ", ".join(f"'c{place}': '{kind}'" for place, kind in enumerate(TYPES[source].split()))
    with duckdb.connect(database) as connection:
        started = perf_counter()
        connection.execute(
            f"CREATE TABLE bare AS SELECT * FROM read_csv('{file}', columns = {{{types}}}, "  # noqa: S608 (our own text)
            "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"')"
        )
        return perf_counter() - started
