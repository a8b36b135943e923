"""The canonical rows that a file lands as, readable; run as a module it writes the goldens beside the samples."""

import hashlib
import json
import sys
import tempfile
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.config import load_settings
from etl.delivery import Context, Delivered, deliver
from etl.engines import Connection, scratch
from etl.folders import Folders
from etl.inbox import take
from etl.load import held, typed
from etl.pipeline import FileReport, receive
from etl.references import read_map, read_questions
from etl.schema import TABLES
from etl.schema.landed import LANDED
from etl.sources.catalogue import SOURCES
from etl.transform import foundation, runner, scopes, watermarks
from etl.warehouse import Warehouse
from tests.etl.contents import DELIVERY, IDENTIFIER_KEY, LEDGER, rows_of

SAMPLES = Path(__file__).parent / "samples"
GOLDEN_TABLES = ("core_interactions", "core_mentions", "core_responses", "core_verbatims", "core_quarantine")
WHERE_ANY = ("core_volumes",)
# A key is written as the id of the record it means; a contact without a record of its own as its conversation.
RECORD = "SELECT record_id FROM core_records WHERE core_records.record_key = landed."
CONTACT = "SELECT min(conversation_id) FROM core_interactions AS legs WHERE legs.contact_key = landed.contact_key"
READABLE = {
    "record_key": f"({RECORD}record_key) AS record",
    "contact_key": f"coalesce(({RECORD}contact_key), ({CONTACT})) AS contact",
    "parent_key": f"({RECORD}parent_key) AS parent",
}

Golden = dict[str, list[dict[str, Any]]]


def landed(folders: Folders) -> Golden:
    """The rows of the landing tables of the published generation, as `golden_rows` has them."""
    warehouse = Warehouse(folders)
    published = warehouse.current()
    assert published is not None
    with closing(warehouse.read(published)) as connection:
        return golden_rows(connection)


def golden_rows(connection: Connection) -> Golden:
    """The rows of the landing tables as JSON has them, sorted by record or line, values that are missing left out."""
    found = {table: sorted(_rows(connection, table), key=_place) for table in (*GOLDEN_TABLES, *WHERE_ANY)}
    return {table: rows for table, rows in found.items() if rows or table not in WHERE_ANY}


class Landing:
    """Files delivered one after the other into a database in memory: all of a load but what is made from its rows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        settings = load_settings(folder)
        self.context = Context(settings, read_questions(settings.folders), SOURCES)
        self.connection = scratch()
        typed.set_identifier_key(self.connection, IDENTIFIER_KEY)
        foundation.lay(self.connection)
        foundation.write_map(self.connection, read_map(settings.folders))
        scopes.open_scopes(self.connection)

    def deliver(self, file: Path) -> Delivered:
        """What became of one file."""
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        raw = self.folder / f"{sha256}.bin"
        raw.write_bytes(file.read_bytes())
        delivered = deliver(self.connection, raw, sha256, file.name, self.context)
        held.show(self.connection)
        return delivered

    def receive(self, file: Path) -> FileReport:
        """What is told of one file, as a load tells it."""
        report = receive(self.connection, take(file, self.context.settings.folders), self.context, is_full=True)
        held.show(self.connection)
        return report

    def conclude(self) -> None:
        """Work out contacts, scores, chains and failures from all that has landed."""
        foundation.write_limits(self.connection, self.context.settings)
        watermarks.refresh(self.connection, self.context.settings)
        runner.run_models(self.connection, is_full=True)

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """The sorted rows of each landing table but the ledger, without how and in which order they came."""
        return {table: rows_of(self.connection, table, DELIVERY) for table in LANDED if table not in LEDGER}


def _rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    columns = [READABLE.get(column.name, column.name) for column in TABLES[table] if column.name != "load_id"]
    relation = connection.table(table).set_alias("landed").project(", ".join(columns))
    rows = (zip(relation.columns, row, strict=True) for row in relation.fetchall())
    return [{name: _plain(value) for name, value in row if value is not None} for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, date) else value


def _place(row: dict[str, Any]) -> tuple[str, int, str]:
    return row.get("record", ""), row.get("line", 0), json.dumps(row, sort_keys=True)


def written(golden: Golden) -> str:
    """A golden as JSON, one row a line."""
    tables = []
    for table, rows in golden.items():
        lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
        tables.append(f'  "{table}": [\n{lines}\n  ]' if rows else f'  "{table}": []')
    return "{\n" + ",\n".join(tables) + "\n}\n"


def golden_of(sample: Path) -> Path:
    """Where the golden of a sample lies."""
    return sample.with_name(f"{sample.stem}.golden.json")


def samples() -> list[Path]:
    """One sample of each source."""
    return sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".golden.json"))


if __name__ == "__main__":
    for sample in samples():
        if len(sys.argv) == 1 or sample.stem in sys.argv[1:]:
            with tempfile.TemporaryDirectory() as folder:
                landing = Landing(Path(folder) / "data")
                landing.deliver(sample)
                golden_of(sample).write_text(written(golden_rows(landing.connection)), encoding="utf-8")
