"""What `cx check` looks at in a published generation: identities, watermarks, and marts against their facts."""

from collections.abc import Iterator

from etl.config import Settings
from etl.engines import Connection, EngineError
from etl.metrics.cells import WEEK_MARTS, week_select
from etl.metrics.marts import Mart, Slice, mart_sums, mart_totals, marts
from etl.transform.runner import run_checks

Finding = tuple[str, bool, str]


def audit(connection: Connection, settings: Settings) -> list[Finding]:
    """Name, whether it holds, and what was found, for each check on the data; nothing is written."""
    return [
        *run_checks(connection),
        _accounting(connection),
        *_watermarks(connection),
        *(_mart(connection, mart, settings) for mart in marts()),
        *(_week_mart(connection, name) for name in WEEK_MARTS),
    ]


def _accounting(connection: Connection) -> Finding:
    """read = loaded + updated + unchanged + superseded + quarantined, load by load."""
    rows = connection.execute(
        "SELECT load_id, read_count, loaded_count + updated_count + unchanged_count + superseded_count "
        "+ quarantined_count AS accounted FROM core_loads ORDER BY load_id"
    ).fetchall()
    wrong = [
        f"load {load}: {read} read, {accounted} accounted for" for load, read, accounted in rows if read != accounted
    ]
    return (
        "accounting",
        not wrong,
        "; ".join(wrong) or f"adds up in each load ({len(rows)}); records read: {sum(row[1] for row in rows)}",
    )


def _watermarks(connection: Connection) -> Iterator[Finding]:
    """No source is called complete beyond its newest event; a stale one is named, and is no failure."""
    rows = connection.execute(
        "SELECT source, watermark_day, newest_event_at, coalesce(watermark_at <= newest_event_at, TRUE), is_active, "
        "(SELECT count(*) FROM core_gaps WHERE core_gaps.source = core_sources.source) "
        "FROM core_sources ORDER BY source"
    ).fetchall()
    for source, day, newest, holds, is_active, gaps in rows:
        complete = "no complete day yet" if day is None else f"complete to {day}"
        state = "" if is_active else "; stale, it no longer holds the others back"
        missing = f"; {gaps} days without records that usually have some" if gaps else ""
        yield f"watermark {source}", holds, f"{complete}, newest event {newest:%Y-%m-%d %H:%M} UTC{state}{missing}"


def _mart(connection: Connection, mart: Mart, settings: Settings) -> Finding:
    """In each split of a mart the total of each part is the facts'."""
    columns = ["row_count"] if mart.is_binned else list(mart_sums(mart, settings))
    totals = ", ".join(f"coalesce(sum({column}), 0)" for column in columns)
    wrong = []
    try:
        expected = connection.execute(mart_totals(mart, settings)).fetchone() or ()
        for split in mart.splits:
            rows = f"{mart.name} WHERE {Slice(mart, split).condition}"
            held = connection.execute(f"SELECT {totals} FROM {rows}").fetchone() or ()
            wrong += [
                f"{column} by {', '.join(split)}: {is_now} in the mart, {ought} in the facts"
                for column, is_now, ought in zip(columns, held, expected, strict=True)
                if is_now != ought
            ]
    except EngineError as error:
        return mart.name, False, f"cannot be compared with its facts ({str(error).splitlines()[0]}); run cx load"
    return mart.name, not wrong, "; ".join(wrong) or f"equal to the facts in all parts ({len(columns)})"


def _week_mart(connection: Connection, name: str) -> Finding:
    """A week mart holds exactly the rows that its facts give."""
    select = week_select(name, "core_calendar").sql
    differing = f"(SELECT * FROM {name} EXCEPT ALL {select}) UNION ALL ({select} EXCEPT ALL SELECT * FROM {name})"
    try:
        (wrong,) = connection.execute(f"SELECT count(*) FROM ({differing})").fetchall()
    except EngineError as error:
        return name, False, f"cannot be compared with its facts ({str(error).splitlines()[0]}); run cx load"
    return name, not wrong[0], f"rows that differ from the facts: {wrong[0]}" if wrong[0] else "equal to the facts"
