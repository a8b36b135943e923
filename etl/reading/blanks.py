"""Delimited text with a blank after each delimiter, where it keeps quotes from opening: told, and written without."""

import re
from functools import cache
from pathlib import Path

LEAST_SHARE = 0.95  # of the delimiters outside quotes


def has_blanks_before_quotes(text: str, delimiter: str) -> bool:
    """Whether quoted cells follow the delimiter after a blank, as nearly all other cells do, and none without one."""
    if f'{delimiter} "' not in text or f'{delimiter}"' in text or delimiter.isspace():
        return False
    left, spaced = _spaced(delimiter).subn(b"", text.encode())
    return spaced >= LEAST_SHARE * (spaced + left.count(delimiter.encode()))


def without_blanks(path: Path, target: Path, delimiter: str) -> Path:
    """A copy whose cells, quoted or not, follow the delimiter at once; blanks inside quoted cells stay."""
    target.write_bytes(_unspaced(path.read_bytes(), delimiter))
    return target


def unspaced(text: str, delimiter: str) -> str:
    """The same of a text."""
    return _unspaced(text.encode(), delimiter).decode()


def _unspaced(text: bytes, delimiter: str) -> bytes:
    return _spaced(delimiter).sub(delimiter.encode() + rb"\1", text)


@cache
def _spaced(delimiter: str) -> re.Pattern[bytes]:
    """A delimiter with its blanks and, if it is quoted to its end, the cell, so that no blank is found inside that."""
    mark = re.escape(delimiter.encode())
    return re.compile(rb'%b +("(?:[^"]|"")*+"(?=%b|[\r\n]|\Z))?' % (mark, mark))
