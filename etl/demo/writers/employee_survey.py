"""The employees' answers as the table of a survey tool: one answer a row."""

from pathlib import Path

import pyarrow as pa

from etl.demo.customers import REGIONS
from etl.demo.employees import TEAMS, Pulse
from etl.demo.writers.files import Span, file_of, write_files
from etl.demo.writers.lines import instant, joined_cells, looked_up

QUESTION = "How likely are you to recommend Meridian Mobile as a place to work?"
HEADER = f"response_id,employee_id,date,department,location,{QUESTION}\n"


def write_pulse(folder: Path, files: tuple[Span, ...], pulse: Pulse) -> list[Path]:
    """Write the answers into a file a span."""
    count = pulse.at.size
    lines = joined_cells(
        [
            pa.array([f"P{number:05d}" for number in range(1, count + 1)]),
            pa.array([f"E{number:03d}" for number in (pulse.employee + 1).tolist()]),
            instant(pulse.at),
            looked_up(TEAMS, pulse.team),
            looked_up(REGIONS, pulse.region),
            pa.array(pulse.score),
        ]
    )
    return list(write_files(folder, "employees", "csv", files, file_of(pulse.at, files), HEADER, lines))
