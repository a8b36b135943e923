"""The copy of a file's sound records: lines end with LF, no NUL bytes, nothing else changed."""

import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.reading.dialect import Bytes
from etl.reading.tally import Segment
from etl.reading.window import CR, LF, Layout, read_window

REPLACEMENT = "\ufffd".encode()


@dataclass
class Changes:
    """How many line ends and NUL bytes the copy holds otherwise than the file."""

    crlf_count: int = 0
    cr_count: int = 0
    nul_count: int = 0


def write_sound(text: mmap.mmap, segments: Iterable[Segment], plan: Layout, out: Path) -> Changes:
    """Write the segments one after another."""
    changes = Changes()
    with out.open("wb", buffering=1 << 20) as copy:
        for segment in segments:
            data = text[segment.start : segment.stop]
            if segment.has_cr:
                data = _with_line_feeds(np.frombuffer(data, np.uint8), plan, changes)
            elif not data.endswith(b"\n"):
                data += b"\n"
            if segment.has_nul:
                changes.nul_count += data.count(b"\0")
                data = data.replace(b"\0", REPLACEMENT)
            copy.write(data)
    return changes


def _with_line_feeds(data: Bytes, plan: Layout, changes: Changes) -> bytes:
    """The records with LF for their line ends; line ends inside cells stay."""
    ends = read_window(data, 0, True, plan).ends
    changed = np.append(data, np.uint8(LF)) if ends[-1] == data.size else data.copy()
    at_cr = ends[changed[ends] == CR]
    before_lf = at_cr[changed[np.minimum(at_cr + 1, changed.size - 1)] == LF]
    before_lf = before_lf[before_lf + 1 < data.size]
    changed[at_cr] = LF
    kept = np.ones(changed.size, bool)
    kept[before_lf] = False
    changes.crlf_count += before_lf.size
    changes.cr_count += at_cr.size - before_lf.size
    return changed[kept].tobytes()
