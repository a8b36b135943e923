"""What the cells of a file's records look like, to tell a record from a line of prose with as many commas."""

import re
from collections import Counter
from collections.abc import Sequence

MOST_SHAPES = 500  # more distinct ones make a column free text
MOST_LEARNT = 2000
MOST_LOOKED_AT = 200  # bytes of a cell
ENOUGH = 3
RARE = 0.02
RECORDS_A_SHAPE = 20  # at least so many for each shape of a column that is not free text
NEW_CELLS = 4  # one in so many cells may have a shape not seen before

_KINDS = bytes(
    ord("9") if 48 <= code <= 57 else ord("A") if 65 <= code <= 90 else ord("a") if 97 <= code <= 122 or code > 127
    else code for code in range(256)
)  # fmt: skip
_DIGIT = re.compile(rb"[0-9]")
_RUNS = tuple((re.compile(kind + b"+"), kind) for kind in (b"a", b"A", b"9"))


def shape(cell: bytes) -> bytes:
    """Digits as 9, letters as a or A, each run as one: `12.05.2024` is `9.9.9`."""
    form = cell[:MOST_LOOKED_AT].translate(_KINDS)
    for run, kind in _RUNS:
        form = run.sub(kind, form)
    return form


class Shapes:
    """The shapes seen in each column of the records that are known to be sound."""

    def __init__(self, columns: int) -> None:
        """Nothing is known yet."""
        self._seen: list[Counter[bytes]] = [Counter() for _ in range(columns)]
        self._begun: list[Counter[bytes]] = [Counter() for _ in range(columns)]
        self._single = [0] * columns
        self._with_digit = [0] * columns
        self.learnt = 0

    def learn(self, cells: Sequence[bytes]) -> None:
        """Take in one sound record."""
        if self.is_full():
            return
        self.learnt += 1
        for column, cell in enumerate(cells):
            form = shape(cell)
            self._begun[column][form[:1]] += 1
            self._with_digit[column] += b"9" in form
            seen = self._seen[column]
            if form in seen or len(seen) < MOST_SHAPES:
                seen[form] += 1
                self._single[column] += (seen[form] == 1) - (seen[form] == 2)

    def know(self, cells: Sequence[bytes], torn: int = -1) -> bool:
        """Whether cells look like those of a record.

        A column with few shapes must show one of them; in one of free text the cell must begin as others do. If
        quotes may have torn the cell in column `torn`, where lines are counted too, some cells may look new.
        """
        if self.learnt < ENOUGH:
            return not any(cell.startswith(b" ") for cell in cells[1:])
        strange = [cell for column, cell in enumerate(cells) if not self._is_known(column, shape(cell), column == torn)]
        most = len(cells) // NEW_CELLS if torn >= 0 else 0
        return len(strange) <= most and not any(cell.startswith(b" ") for cell in strange)

    def _is_known(self, column: int, form: bytes, is_torn: bool) -> bool:
        if b"\n" in form or b"\r" in form:  # only single lines have been learnt
            return True
        if not is_torn and self._is_closed(column):
            return form in self._seen[column]
        return self._begun[column][form[:1]] > RARE * self.learnt

    def _is_closed(self, column: int) -> bool:
        """Whether a column has shown all its shapes, judged by how many came only once."""
        few = 1 + self.learnt // RECORDS_A_SHAPE
        return len(self._seen[column]) <= min(few, MOST_SHAPES - 1) and self._single[column] <= RARE * self.learnt

    def is_full(self) -> bool:
        """Whether nothing more is learnt."""
        return self.learnt >= MOST_LEARNT

    def is_telling(self) -> bool:
        """Whether enough is known, of the first column too, to tell a record from prose."""
        return self.learnt >= ENOUGH and self._is_closed(0)

    def begins(self, line: bytes) -> bool:
        """Whether a line may begin a record: with a shape of the first column; so may any, if too little is known."""
        form = shape(line)
        return not self.is_telling() or any(form.startswith(seen) for seen in self._seen[0])

    def is_text(self, column: int) -> bool:
        """Whether enough is known to call a column free text."""
        return self.learnt >= ENOUGH and not self._is_closed(column)

    def is_header_like(self, cells: Sequence[bytes]) -> bool:
        """Whether no cell holds a digit although one column of nearly all known records does."""
        if any(_DIGIT.search(cell) for cell in cells):
            return False
        nearly_all = self.learnt - 1 - RARE * self.learnt
        return any(count >= max(1, nearly_all) for count in self._with_digit)
