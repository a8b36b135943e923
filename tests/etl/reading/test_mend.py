"""Where quotes went wrong: the line is set aside, records begin again, and multi-line comments stay whole."""

import csv
import io
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from etl.reading.survey import Dialect, Survey
from tests.etl.reading.engine import surveyed

COMMA = Dialect(",")
WORDS = ("service", "was", "very", "good", "but", "and", "we", "waited", "10", "minutes", "again", "Bob", "thanks")
KINDS = {
    2: ("id", "text"),
    3: ("id", "name", "text"),
    5: ("date", "name", "stars", "text", "yes"),
    8: ("id", "name", "date", "stars", "title", "text", "yes", "city"),
    12: ("id", "name", "date", "stars", "title", "text", "yes", "city", "stars", "yes", "text", "name"),
}


def _landed(found: Survey) -> list[tuple[str, ...]]:
    text = io.StringIO(found.path.read_bytes().decode(), newline="")
    return [tuple(row) for row in csv.reader(text, strict=True)]


def _reasons(found: Survey) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in found.rejected]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'2,x"y,z', "a quote inside an unquoted cell"),
        (b'2,"x"y,z', "text after a closing quote"),
        (b'2,"x,z', "a quote that is never closed"),
        (b'2, "x",z', "a quote inside an unquoted cell"),
    ],
)
def test_a_broken_line_goes_alone(tmp_path: Path, line: bytes, reason: str) -> None:
    found = surveyed(tmp_path, b"a,b,c\n1,x,y\n" + line + b"\n3,x,y\n4,x,y\n", COMMA, 3)
    assert _reasons(found) == [(3, reason)]
    assert found.rejected[0].raw == line.decode()
    assert [row[0] for row in _landed(found)] == ["a", "1", "3", "4"]


def test_lines_of_a_broken_comment_are_no_records(tmp_path: Path) -> None:
    data = b'a,b\n1,ok\n2,fine\n3,ok\n4,"good "stuff\nyes, really\nend"\n5,ok\n'
    found = surveyed(tmp_path, data, COMMA, 2)
    assert _reasons(found) == [
        (5, "text after a closing quote"),
        (6, "follows the broken quotes of line 5"),
        (7, "follows the broken quotes of line 5"),
    ]
    assert [row[0] for row in _landed(found)] == ["a", "1", "2", "3", "5"]


def test_a_record_over_several_lines_is_found_again(tmp_path: Path) -> None:
    data = b'a,b\n1,ok\n2,fine\n3,ok\n4,x"\n5,"good\n\nbut slow"\n6,ok\n'
    found = surveyed(tmp_path, data, COMMA, 2)
    assert _reasons(found) == [(5, "a quote inside an unquoted cell")]
    assert _landed(found)[4:] == [("5", "good\n\nbut slow"), ("6", "ok")]


@pytest.mark.parametrize("apart", range(1, 40))
@pytest.mark.parametrize("column", [0, 1, 3])
def test_two_lone_quotes_swallow_nothing(tmp_path: Path, apart: int, column: int) -> None:
    rows = [[str(number), f"2024-01-{number % 28 + 1:02}", "open", f"x{number}"] for number in range(60)]
    polluted = [list(row) for row in rows]
    polluted[7][column] = '"' + polluted[7][column]
    polluted[7 + apart][column] += '"'
    data = "\n".join(",".join(row) for row in [["id", "day", "state", "code"], *polluted]) + "\n"
    found = surveyed(tmp_path, data.encode(), COMMA, 4)
    assert [each.line for each in found.rejected] == [9, 9 + apart]
    sound = [row for number, row in enumerate(rows) if number not in (7, 7 + apart)]
    assert _landed(found)[1:] == [tuple(row) for row in sound]


def _sentence(random: Random) -> str:
    words = [random.choice(WORDS) for _ in range(random.randrange(2, 12))]
    signs = random.choices([" ", ", ", ". ", ' "x" '], [32, 8, 2, 1], k=len(words))
    return "".join(word + sign for word, sign in zip(words, signs, strict=True)).strip().capitalize() + "."


def _cell(kind: str, number: int, random: Random) -> str:
    if kind == "text":
        return random.choice(["\n", "\n\n", "\r\n"]).join(_sentence(random) for _ in range(random.choice([1, 1, 2, 5])))
    return {
        "id": str(number),
        "name": random.choice(["Anna Smith", "Bob", "Dörte O'Neil", "J. Lee", "van Dyk"]),
        "date": f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
        "stars": str(random.randint(1, 5)),
        "title": _sentence(random),
        "yes": random.choice(["yes", "no"]),
        "city": random.choice(["Berlin", "New York", ""]),
    }[kind]


@pytest.mark.parametrize("columns", KINDS)
def test_comments_over_several_lines_stay_whole(tmp_path: Path, columns: int) -> None:
    random = Random(columns)
    rows = [tuple(_cell(kind, number, random) for kind in KINDS[columns]) for number in range(1500)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([KINDS[columns], *rows])
    found = surveyed(tmp_path, text.getvalue().encode(), COMMA, columns)
    held = Counter(rows) - Counter(_landed(found))
    assert held.total() <= len(rows) * 0.005


def test_a_file_wrong_in_each_line_is_set_aside_line_by_line(tmp_path: Path) -> None:
    data = b"a,b\n" + b"".join(b'%d,5" tv\n' % number for number in range(5000))
    found = surveyed(tmp_path, data, COMMA, 2)
    assert (found.records, [each.line for each in found.rejected]) == (1, list(range(2, 5002)))
