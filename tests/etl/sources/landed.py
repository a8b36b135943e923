"""The canonical rows that a file lands as, readable; run as a module it writes the goldens beside the samples."""

import json
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from etl.config import Folders
from etl.schema import TABLES
from etl.warehouse import Warehouse
from tests.etl.contents import loaded

SAMPLES = Path(__file__).parent / "samples"
GOLDEN_TABLES = ("core_interactions", "core_mentions", "core_responses", "core_verbatims", "core_quarantine")
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
    """The rows of the landing tables as JSON has them, sorted, values that are missing left out."""
    warehouse = Warehouse(folders)
    published = warehouse.current()
    assert published is not None
    found: Golden = {}
    with closing(warehouse.read(published)) as connection:
        for table in GOLDEN_TABLES:
            columns = ", ".join(READABLE.get(column.name, column.name) for column in TABLES[table])
            rows = connection.execute(f"SELECT to_json(row) FROM (SELECT {columns} FROM {table} AS landed) AS row")
            known = [{name: value for name, value in json.loads(row).items() if value is not None} for row, in rows.fetchall()]
            if known:
                found[table] = sorted(known, key=lambda row: json.dumps(row, sort_keys=True))
    return found


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
                loaded(Path(folder) / "data", sample)
                text = json.dumps(landed(Folders(Path(folder) / "data")), indent=1, ensure_ascii=False)
                golden_of(sample).write_text(f"{text}\n", encoding="utf-8")
