"""Records that are not sound, on their way to the engine: one JSON line each."""

import json
from collections.abc import Iterable
from pathlib import Path

from etl.reading.dialect import Rejected


def write_rejected(folder: Path, rejected: Iterable[Rejected]) -> Path:
    """Write them in their order into `rejected.ndjson`."""
    path = folder / "rejected.ndjson"
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for reject in rejected:
            raw = reject.raw.replace("\0", "\ufffd")
            file.write(
                json.dumps({"line": reject.line, "reason": reject.reason, "raw": raw}, ensure_ascii=False) + "\n"
            )
    return path
