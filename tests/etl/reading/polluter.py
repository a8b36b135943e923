"""A clean sales log and what goes wrong with such files, one thing at a time, after the Pollock benchmark."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

HEADER = ("DATE", "TIME", "Qty", "PRODUCTID", "Price", "ProductType", "ProductDescription", "URL", "Comments")
ROWS = 84
Row = tuple[str, ...]

_TYPES = ("Lamp", "Chair", "Toy", "Screen", "Shoe", "Bag")
_DESCRIPTIONS = ("{0}, with care", '{0} of 21"', "plain {0}", 'the "good" {0}, large', "{0}", "{0} (new); blue")
_COMMENTS = (
    "", "", "fine", "came late, twice", "good\nbut loud", 'they said "soon", it took a week',
    "first line\n\nlast line, done", "ordered 2, got 1\nwrote, called, waited\nno answer", "ok", "would buy again",
)  # fmt: skip


def sales(rows: int = ROWS, seed: int = 7) -> list[Row]:
    """The header and that many different rows."""
    random = Random(seed)
    return [HEADER, *(_sale(number, random) for number in range(rows))]


def _sale(number: int, random: Random) -> Row:
    kind = random.choice(_TYPES)
    return (
        f"{random.randint(1, 28):02}/{random.randint(1, 12):02}/2018",
        f"{random.randint(0, 23):02}:{random.randint(0, 59):02}",
        str(random.randint(1, 30)),
        f"{kind[:2].upper()}-{1000 + number}",
        f"{random.randint(1, 900)}.{random.randint(0, 99):02}",
        kind,
        random.choice(_DESCRIPTIONS).format(kind),
        f"http://www.shop.example/{kind.lower()}/{number}?a=1&b={random.randint(1, 9)}",
        random.choice(_COMMENTS),
    )


@dataclass(frozen=True)
class Style:
    """How a file is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    line_end: str = "\n"
    is_all_quoted: bool = False
    quoted_columns: tuple[int, ...] = ()

    def cell(self, value: str, is_quoted: bool = False) -> str:
        """A value as it stands in the file."""
        marks = (self.delimiter[0], self.quote, "\n", "\r", "\\" if self.escape == "\\" else self.quote)
        if not (self.is_all_quoted or is_quoted) and not any(mark in value for mark in marks):
            return value
        if self.escape == "\\":
            value = value.replace("\\", "\\\\")
        return f"{self.quote}{value.replace(self.quote, self.escape + self.quote)}{self.quote}"

    def row(self, row: Row) -> str:
        """A record without its line end."""
        return self.delimiter.join(self.cells(row))

    def cells(self, row: Row) -> list[str]:
        """The values of a record as they stand in the file."""
        return [self.cell(value, column in self.quoted_columns) for column, value in enumerate(row)]

    def text(self, rows: list[Row]) -> str:
        """A whole file."""
        return "".join(self.row(row) + self.line_end for row in rows)


@dataclass(frozen=True)
class Polluted:
    """A file, how it is to be read, and the records that may come out of it; `touched` is what was tampered with."""

    name: str
    text: str
    style: Style
    right: list[Row]
    touched: frozenset[Row] = frozenset()
    columns: int = len(HEADER)
    skip: int = 0
    extra: tuple[Row, ...] = field(default=())


PLAIN = Style()
WINDOWS = replace(PLAIN, line_end="\r\n")
QUOTED = replace(WINDOWS, is_all_quoted=True)
MIXED = replace(WINDOWS, quoted_columns=(6, 7))


def clean_files() -> Iterator[Polluted]:
    """Files with nothing wrong."""
    rows = sales()
    for delimiter in (",", ";", "\t", "|", "^", "~", "\x1f", " "):
        for line_end in ("\n", "\r\n", "\r"):
            for is_all_quoted in (False, True):
                style = Style(delimiter, line_end=line_end, is_all_quoted=is_all_quoted)
                yield Polluted(f"clean {delimiter!r} {line_end!r} {is_all_quoted}", style.text(rows), style, rows)
    for style in (replace(PLAIN, quote="'", escape="'"), replace(PLAIN, escape="\\")):
        yield Polluted(f"clean {style}", style.text(rows), style, rows)
        all_quoted = replace(style, is_all_quoted=True)
        yield Polluted(f"clean {all_quoted}", all_quoted.text(rows), all_quoted, rows)
    for style in (PLAIN, WINDOWS, QUOTED):
        text = style.text(rows)
        yield Polluted("no last line end", text.rstrip("\r\n"), style, rows)
        yield Polluted("two last line ends", text + style.line_end, style, rows)
        yield Polluted("byte order mark", "\ufeff" + text, style, rows)
        yield Polluted("header only", style.text(rows[:1]), style, rows[:1])
        yield Polluted("one row", style.text(rows[:2]), style, rows[:2])
        yield Polluted("many rows", style.text(sales(3000)), style, sales(3000))
        yield Polluted("empty", "", style, [])


def whole_files() -> Iterator[Polluted]:
    """Files that are polluted as a whole."""
    rows = sales()
    for style in (PLAIN, QUOTED):
        text, end = style.text(rows), style.line_end
        header = style.row(HEADER) + end
        preamble = f"Sales, all shops{end}as of 2018{end}"
        yield Polluted("preamble", preamble + text, style, rows)
        yield Polluted("preamble passed over", preamble + text, style, rows, skip=2)
        wide = (f"PREAMBLE{',' * 8}{end}") * 3
        yield Polluted("wide preamble", wide + text, style, rows)
        yield Polluted("headers", header * 3 + text, style, rows)
        yield Polluted("no header", text[len(header) :], style, rows)
        yield Polluted("footnote", text + f"Total 84{end}checked, twice{end}", style, rows)
        yield Polluted("footnote behind a blank line", text + f"{end}Total 84{end}", style, rows)
        for width in (4, 6, 9, 12):
            other = [tuple(f"H{chr(97 + column)}" for column in range(width))]
            other += [tuple(str(column * number) for column in range(width)) for number in range(1, 11)]
            other[0] = tuple(name.replace("H", "Name ") for name in other[0])
            yield Polluted(f"second table of {width}", text + end + style.text(other), style, rows)
        yield from _other_dialects(style, rows)


def _other_dialects(style: Style, rows: list[Row]) -> Iterator[Polluted]:
    """Dialects that the reading is not told of."""
    for delimiter in (", ", "\t\t", ":", ";"):
        yield Polluted(f"delimiter {delimiter!r}", replace(style, delimiter=delimiter).text(rows), style, rows)
    for delimiter in ("\t", ";", " ", "|"):
        other = replace(style, delimiter=delimiter)
        yield Polluted(f"told of {delimiter!r}", other.text(rows), other, rows)
    yield Polluted("quote '", replace(style, quote="'", escape="'").text(rows), style, rows)
    yield Polluted("escape backslash", replace(style, escape="\\").text(rows), style, rows)
    yield Polluted("escape NUL", replace(style, escape="\0").text(rows), style, rows)
    for line_end in ("\r", "\n", "\r\n"):
        yield Polluted(f"line end {line_end!r}", replace(style, line_end=line_end).text(rows), style, rows)


def polluted_rows(style: Style, step: int = 1) -> Iterator[Polluted]:
    """Files with one row, every `step`-th in turn, polluted in every way and at every cell."""
    rows = sales()
    lines = [style.row(row) + style.line_end for row in rows]
    for number in range(0, len(rows), step):
        for name, line, extra in _lines(rows[number], style):
            text = "".join((*lines[:number], line, *lines[number + 1 :]))
            right = rows if line.strip() else [*rows[:number], *rows[number + 1 :]]
            touched = frozenset([rows[number]])
            yield Polluted(f"row {number}: {name}", text, style, right, touched, extra=extra)


def _lines(row: Row, style: Style) -> Iterator[tuple[str, str, tuple[Row, ...]]]:
    """The ways to pollute a row: what it is, the line, and what else than the row it may rightly be read as."""
    cells = style.cells(row)
    join, end, quote = style.delimiter.join, style.line_end, style.quote
    for column in range(len(cells)):
        before, cell, after = cells[:column], cells[column], cells[column + 1 :]
        if column:
            yield f"less before {column}", join([*before[:-1], before[-1] + cell, *after]) + end, ()
        yield f"more before {column}", join([*before, "", cell, *after]) + end, ()
        opened = cell[:1] + quote + cell[1:] if cell[:1] == quote else quote + cell
        yield f"quote in {column}", join([*before, opened, *after]) + end, ()
        yield f"quote after {column}", join([*before, cell + quote, *after]) + end, ()
    yield "one empty cell more", join([*cells, ""]) + end, ()
    yield "other delimiter", replace(style, delimiter=";").row(row) + end, ()
    yield "blanks for delimiters", " ".join(cells) + end, ()
    yield "other quote", replace(style, quote="'", escape="'", is_all_quoted=True).row(row) + end, ()
    ended = tuple(value + quote for value in row)
    yield "other escape", replace(style, escape="\\", is_all_quoted=True).row(ended) + end, (ended,)
    yield "other line end", join(cells) + ("\r\n" if end == "\n" else "\n"), ()
    yield "CR alone", join(cells) + "\r", ()
    yield "no cells", end, ()
    yield "five cells", join(cells[:5]) + end, ()
