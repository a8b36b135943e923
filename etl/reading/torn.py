"""Records whose last text goes on in the next line without quotes: what reads like a whole record is only its start."""

import mmap

from etl.reading.tally import Tally
from etl.reading.verdict import Judge

GOES_ON = "its last text seems to go on in the next line; expected quotes around text of several lines"
LONGEST_LINE = 1 << 16  # of a record that is looked at
LINES_AHEAD = 20  # in which another record must follow; what comes after the last one is a note below the table


def hold_torn(text: mmap.mmap, place: int, judge: Judge, tally: Tally) -> None:
    """Set aside the last sound record if the line at `place`, which is none, may be the rest of its last cell."""
    stop = _end_before(text, place)
    reach = max(0, stop - LONGEST_LINE)
    start = max(text.rfind(b"\n", reach, stop), text.rfind(b"\r", reach, stop)) + 1
    end, after = judge.exact.line(text, place)
    if (
        tally.records > 1
        and tally.ends_with(start, judge.exact.line(text, start)[1])
        and _is_rest(text[place:end], judge)
        and _is_open(text[start:stop], judge)
        and _goes_on(text, after, judge)
    ):
        tally.give_back(start, GOES_ON, text[start:stop])


def _end_before(text: mmap.mmap, place: int) -> int:
    """Where the last line before a place ends that is not blank."""
    while place and text[place - 1 : place] in (b"\n", b"\r"):
        place -= 1
    return place


def _is_rest(line: bytes, judge: Judge) -> bool:
    """Whether a line is too short for a record and begins like none."""
    return line.count(judge.exact.delimiter) < judge.columns // 2 and not judge.shapes.begins(line)


def _is_open(record: bytes, judge: Judge) -> bool:
    """Whether a record of one line ends with a text without quotes."""
    cells = judge.exact.cells(record)
    if len(cells) != judge.columns or not cells[-1].strip() or cells[-1].endswith(judge.exact.quote):
        return False
    return judge.shapes.is_text(judge.columns - 1)


def _goes_on(text: mmap.mmap, place: int, judge: Judge) -> bool:
    """Whether a record follows soon."""
    for _ in range(LINES_AHEAD):
        if place >= len(text):
            return False
        end, after = judge.exact.line(text, place)
        if judge.is_record(text[place:end]):
            return True
        place = after
    return False
