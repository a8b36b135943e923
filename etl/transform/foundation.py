"""The tables that a new generation begins with: canonical tables, duration bins, the calendar, the code map."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from etl.calendar import calendar_of
from etl.config import Settings
from etl.engines import Connection
from etl.metrics.catalogue import METRICS, settings_of
from etl.metrics.histogram import ZERO_BIN, edges
from etl.references import MapLine
from etl.schema import TABLES
from etl.storage import JOINED, SINGLE, STORED, THREADED, VIEWS, column_names, create_table, empty_view
from etl.transform.runner import MODELS, single_contacts

FOLDER = Path(__file__).parent
PLAIN = {path.stem: path for path in sorted((FOLDER / "views").glob("*.sql"))}

KEPT = ("core_reported",)
"""What no raw copy holds: it outlives a generation that is filled anew."""
NO_DAY = date(2000, 1, 1)
"""Where the calendar of a generation without records begins."""
BELOW_ALL = -1_000_000
ABOVE_ALL = 999_999_999


def lay(connection: Connection) -> bool:
    """Create what is missing; returns whether the generation holds no record yet.

    A generation of another layout stays as it is, to be read once more and then filled anew.
    """
    if not has_layout(connection):
        return False
    for table in TABLES:
        if table not in (*VIEWS, *JOINED, *PLAIN):
            connection.execute(create_table(table))
    _complete_kept(connection)
    for view in VIEWS:
        connection.execute(empty_view(view))
    _join_views(connection)
    for view, path in PLAIN.items():
        connection.execute(f"CREATE VIEW IF NOT EXISTS {view} AS {path.read_text('utf-8')}")
    _note(connection, "layout", layout())
    if not connection.execute("SELECT 1 FROM core_bins LIMIT 1").fetchone():
        _fill_bins(connection)
    return connection.execute("SELECT 1 FROM core_records LIMIT 1").fetchone() is None


def layout() -> str:
    """What the tables of a generation are made by: their columns and every SELECT behind them."""
    texts = [
        path.read_text("utf-8") for path in sorted([*MODELS.glob("*.sql"), *FOLDER.glob("*.sql"), *PLAIN.values()])
    ]
    return sha256(repr((dict(TABLES), texts)).encode()).hexdigest()


def has_layout(connection: Connection) -> bool:
    """Whether a generation is empty or laid out as this version of the program lays it out."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'core_facts'").fetchone():
        return True
    return connection.execute("SELECT value FROM core_facts WHERE name = 'layout'").fetchone() == (layout(),)


def _note(connection: Connection, name: str, value: str) -> None:
    connection.execute("DELETE FROM core_facts WHERE name = ?", [name])
    connection.execute("INSERT INTO core_facts VALUES (?, ?)", [name, value])


def _complete_kept(connection: Connection) -> None:
    """Give tables that outlive a layout the columns that were declared since."""
    for table in KEPT:
        held = [name for (name,) in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()]
        for column in TABLES[table]:
            if column.name not in held:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {column.name} {column.type}")


def _join_views(connection: Connection) -> None:
    """The canonical tables of which one half is stored and the other is read off single records."""
    legs = column_names("core_interactions")
    halves = {
        "held_contacts": single_contacts(SINGLE),
        "held_scores": (FOLDER / "own_scores.sql").read_text("utf-8"),
        "held_chain_contacts": (FOLDER / "lone_contacts.sql").read_text("utf-8"),
    }
    connection.execute(
        f"CREATE VIEW IF NOT EXISTS core_interactions AS "
        f"SELECT {legs} FROM {SINGLE} UNION ALL SELECT {legs} FROM {THREADED}"
    )
    for stored, table in STORED.items():
        connection.execute(create_table(table, stored))
        connection.execute(
            f"CREATE VIEW IF NOT EXISTS {table} AS "
            f"SELECT {column_names(table)} FROM {stored} UNION ALL {halves[stored]}"
        )


def clear(connection: Connection) -> None:
    """Drop every table and view but what was reported; the generation is then filled anew from the raw copies."""
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary").fetchall()
    for (view,) in views:
        connection.execute(f'DROP VIEW "{view}"')
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    for (table,) in tables:
        if table not in KEPT:
            connection.execute(f'DROP TABLE "{table}"')


def is_outdated(connection: Connection, fingerprints: Mapping[str, str]) -> bool:
    """Whether rows were landed under another layout, declaration or setting of their source than those of now."""
    if not has_layout(connection):
        return True
    held = connection.execute("SELECT name, value FROM core_facts WHERE name LIKE 'source %'").fetchall()
    return any(fingerprints.get(name.removeprefix("source "), value) != value for name, value in held)


def note_fingerprints(connection: Connection, fingerprints: Mapping[str, str]) -> None:
    """Keep what the rows of each loaded source were landed under."""
    connection.execute("DELETE FROM core_facts WHERE name LIKE 'source %'")
    for (source,) in connection.execute("SELECT DISTINCT source FROM core_loads").fetchall():
        if source in fingerprints:
            connection.execute("INSERT INTO core_facts VALUES (?, ?)", [f"source {source}", fingerprints[source]])


def _fill_bins(connection: Connection) -> None:
    boundaries = [edge / 1000 for edge in edges()]
    lows, highs = [BELOW_ALL, *boundaries], [*boundaries, ABOVE_ALL]
    numbers = list(range(ZERO_BIN, ZERO_BIN + len(lows)))
    connection.execute("INSERT INTO core_bins SELECT unnest(?), unnest(?), unnest(?)", [numbers, lows, highs])


def write_calendar(connection: Connection, settings: Settings) -> None:
    """One row a day from the first record's year to a year after the last, in the company's weeks and fiscal years."""
    (span,) = connection.execute("SELECT min(business_day), max(business_day) FROM core_records").fetchall()
    first, last = span if span[0] else (NO_DAY, NO_DAY)
    calendar = calendar_of(settings)
    days = calendar.table(first.replace(month=1, day=1), last + timedelta(days=366))
    connection.register("days", days)
    connection.execute("CREATE OR REPLACE TABLE core_calendar AS SELECT * FROM days")
    connection.unregister("days")
    _note(connection, "calendar", calendar.signature)


def write_limits(connection: Connection, settings: Settings) -> bool:
    """Replace core_limits; returns whether a limit that was held is another now."""
    given = settings_of(METRICS["service_level"], settings)
    short_abandon_seconds = min(given["short_abandon_seconds"], given["threshold_seconds"])
    held = connection.execute("SELECT CAST(short_abandon_seconds AS DOUBLE) FROM core_limits").fetchone()
    connection.execute("DELETE FROM core_limits")
    connection.execute("INSERT INTO core_limits VALUES (?)", [short_abandon_seconds])
    return held is not None and held[0] != short_abandon_seconds


def write_list(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> bool:
    """Replace a small table of the analyst's; returns whether its rows are others now."""
    held = connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
    marks = ", ".join(f"CAST(? AS {column.type})" for column in TABLES[table])
    connection.execute(f"DELETE FROM {table}")
    for row in rows:
        connection.execute(f"INSERT INTO {table} SELECT {marks}", list(row))
    return held != connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()


def write_map(connection: Connection, lines: Sequence[MapLine]) -> bool:
    """Replace core_map; returns whether a line that was held is changed or gone, or a new one was added."""
    held = set(connection.execute("SELECT * FROM core_map").fetchall())
    wanted = {
        (line.source, line.field, line.value, line.reason, line.cause, line.touchpoint, line.is_complaint)
        for line in lines
    }
    if held == wanted:
        return False
    connection.execute("DELETE FROM core_map")
    columns = [list(column) for column in zip(*sorted(wanted, key=lambda line: line[:3]), strict=True)]
    if columns:
        marks = ", ".join(f"unnest(CAST(? AS {column.type}[]))" for column in TABLES["core_map"])
        connection.execute(f"INSERT INTO core_map SELECT {marks}", columns)
    return True
