"""The rows of one statement of a dump: values in parentheses behind VALUES, or lines with tabs behind COPY."""

import re
from datetime import UTC, datetime, timedelta

# A text in quotes (PostgreSQL's E'' has escapes), a mark, a bare number or word, or a quote that is never closed.
ESCAPED_TEXT = r"[^'\\]*(?:(?:\\.|'')[^'\\]*)*"
PLAIN_TEXT = r"[^']*(?:''[^']*)*"
REST = r"([(),;])|([^\s(),;']+)|'"
TOKEN = re.compile(rf"[eE]'({ESCAPED_TEXT})'|'({ESCAPED_TEXT})'|{REST}", re.DOTALL)
PLAIN_TOKEN = re.compile(rf"[eE]'({ESCAPED_TEXT})'|'({PLAIN_TEXT})'|{REST}", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a"}
COPY_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))")
COPY_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
CONVERSIONS = {"", "cast", "convert", "date", "datetime", "str_to_date", "timestamp", "to_date", "to_timestamp"}
# SQL Server's DateTime as bytes: days since 1900 (up to 9999), then three-hundredths of a second of the day.
BYTES_OF_TIME = re.compile(r"0x(00[0-9A-F]{6})([0-9A-F]{8}) AS \[?DATETIME\]?", re.IGNORECASE)
LAST_DAY, DAY_TICKS = 2_958_463, 300 * 86_400
SURROGATES = 0xD800

Piece = tuple[bool, str]
"""A part of a value: whether it is a text (from quotes or a function), and what it says."""


def inserted(text: str, start: int, is_plain: bool) -> tuple[list[list[str]], int]:
    """The rows of one INSERT, from behind its VALUES on, and where they end; `is_plain`: its backslashes are letters.

    A row that breaks off lacks its last value, so that it is seen to be too short.
    """
    rows: list[list[str]] = []
    opened: list[tuple[str, list[list[Piece]]]] = []  # the row, and the calls of functions inside it, with their values
    for token in (PLAIN_TOKEN if is_plain else TOKEN).finditer(text, start):
        escaped, quoted, mark, bare = token.groups()
        if not opened:
            if mark == "(":
                opened.append(("", [[]]))
            elif mark != ",":
                return rows, token.start()
            continue
        values = opened[-1][1]
        if quoted is not None:
            values[-1].append((True, quoted.replace("''", "'") if is_plain else _unescaped(quoted)))
        elif escaped is not None:
            values[-1].append((True, _unescaped(escaped)))
        elif bare:
            values[-1].append((False, bare))
        elif mark == ",":
            values.append([])
        elif mark == "(":
            opened.append((values[-1].pop()[1] if values[-1] else "", [[]]))
        elif mark == ")" and len(opened) == 1:
            rows.append([_value(pieces) for pieces in values])
            opened.clear()
        elif mark == ")":
            called = _called(*opened.pop())
            opened[-1][1][-1].append(called)
        else:
            return [*rows, _broken(opened[0][1])], token.end()
    return ([*rows, _broken(opened[0][1])] if opened else rows), len(text)


def copied(text: str, start: int) -> tuple[list[list[str]], int]:
    r"""The rows of one COPY of PostgreSQL, from its first line on, and where they end: at the line `\.`.

    A row that breaks off lacks its last value, so that it is seen to be too short.
    """
    end = text.find("\n\\.", start - 1)
    block = text[start : max(start, end)] if end >= 0 else text[start:]
    rows = [line.split("\t") for line in block.split("\n")] if block else []
    if end < 0 and rows:
        last = rows.pop()
        rows += [last[:-1] or [""]] if last != [""] else []
    if "\\" in block:
        rows = [[_copied_value(cell) if "\\" in cell else cell for cell in row] for row in rows]
    return rows, end + 3 if end >= 0 else len(text)


def _value(pieces: list[Piece]) -> str:
    """A value without its type and prefixes (N'…', DATE '…', '…'::date, '…' AS DateTime); empty for NULL."""
    if len(pieces) == 1:
        is_text, told = pieces[0]
        if is_text:
            return told
    elif any(is_text for is_text, _ in pieces):
        return "".join(told for is_text, told in pieces if is_text)
    words = [told for _, told in pieces]
    if "AS" in (upper := [word.upper() for word in words]):
        words = words[: upper.index("AS")]
    told = " ".join(words).split("::")[0].strip()
    return "" if told.upper() == "NULL" else told


def _broken(values: list[list[Piece]]) -> list[str]:
    return [_value(pieces) for pieces in values[:-1]] or [""]


def _called(name: str, arguments: list[list[Piece]]) -> Piece:
    """What a function gives; one that is not known stays as it is written."""
    known = name.lower().lstrip("|+").removeprefix("try_")
    values = [_value(pieces) for pieces in arguments]
    if known in CONVERSIONS:
        texts = [value for value, pieces in zip(values, arguments, strict=True) if any(text for text, _ in pieces)]
        bare = values[1] if known == "convert" and len(values) > 1 else _moment(arguments[0]) or values[0]
        return (True, texts[0]) if texts else (False, bare or "NULL")
    if known in ("char", "chr", "nchar") and values[0].isdecimal() and int(values[0]) < SURROGATES:
        return True, chr(int(values[0]))
    if known == "replace" and len(values) == 3:
        return True, values[0].replace(values[1], values[2])
    return False, f"{name}({', '.join(values)})"


def _moment(pieces: list[Piece]) -> str:
    """The time that bytes of a DateTime stand for; empty for what are none."""
    found = BYTES_OF_TIME.fullmatch(" ".join(told for _, told in pieces))
    days, ticks = (int(found[1], 16), int(found[2], 16)) if found else (LAST_DAY, DAY_TICKS)
    if days >= LAST_DAY or ticks >= DAY_TICKS:
        return ""
    return f"{datetime(1900, 1, 1, tzinfo=UTC) + timedelta(days, ticks / 300):%Y-%m-%d %H:%M:%S.%f}"


def _unescaped(text: str) -> str:
    plain = text.replace("''", "'")
    return ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[1]), plain) if "\\" in plain else plain


def _copied_value(cell: str) -> str:
    return "" if cell == "\\N" else COPY_ESCAPE.sub(_copied_letter, cell)


def _copied_letter(found: re.Match[str]) -> str:
    octal, hexadecimal, letter = found.groups()
    if letter:
        return COPY_ESCAPES.get(letter, letter)
    return chr(int(octal, 8) if octal else int(hexadecimal, 16))
