"""Records that are not sound, on their way to the engine: one JSON line each."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol


class Reject(Protocol):
    """What was set aside: the line where it begins, why, and the record as it stood."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def raw(self) -> str: ...  # noqa: D102


def write_rejected(folder: Path, rejected: Iterable[Reject]) -> Path:
    """Write them in their order into `rejected.ndjson`."""
    path = folder / "rejected.ndjson"
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for reject in rejected:
            raw = reject.raw.replace("\0", "\ufffd")
            file.write(
                json.dumps({"line": reject.line, "reason": reject.reason, "raw": raw}, ensure_ascii=False) + "\n"
            )
    return path
