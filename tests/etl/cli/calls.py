"""Small exports in each broken way, and `cx` called as from a shell."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from etl.cli.app import app

HEADER = (
    "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,"
    "Satisfaction rating\n"
)


class Outcome:
    """What a call of `cx` left: its exit code and what it wrote."""

    def __init__(self, code: int, out: str, told: str) -> None:
        self.code = code
        self.out = out
        self.told = told

    @property
    def document(self) -> Any:
        """What it wrote on stdout, which must be one JSON document."""
        return json.loads(self.out)

    @property
    def file(self) -> Any:
        """What a load says of its only file."""
        (file,) = self.document["files"]
        return file


def cx(data: Path, *words: str | Path) -> Outcome:
    """Call `cx` on a data folder; a known problem must end in an exit code, any other one fails the test."""
    arguments: Sequence[str] = [*map(str, words), "--data", str(data)]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def calls(*numbers: int) -> str:
    """The lines of a call-center table with these calls."""
    return "".join(
        f"C-{number},Ada,2024-03-{number:02},09:00:00,Streaming,Y,Y,{number},0:02:00,4\n" for number in numbers
    )


def contact_records(*numbers: int) -> str:
    """Amazon Connect contact records, one a line."""
    records = [
        {
            "ContactId": f"v-{number}",
            "Channel": "VOICE",
            "InitiationMethod": "INBOUND",
            "InitiationTimestamp": f"2024-03-{number:02}T09:00:00Z",
            "LastUpdateTimestamp": f"2024-03-{number:02}T09:30:00Z",
        }
        for number in numbers
    ]
    return "".join(f"{json.dumps(record)}\n" for record in records)
