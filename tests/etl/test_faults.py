"""The catalogue of faults around files (F-031 to F-097): what each does to a load, all of them in one run."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.config import load_settings
from etl.pipeline import FileReport, load
from tests.etl.contents import data_folder
from tests.etl.sources.workbooks import workbook

HEADER = ["Call Id", "Date", "Time", "Topic", "Answered (Y/N)", "Speed of answer in seconds", "AvgTalkDuration"]


def calls(mark: str, *changes: Mapping[str, str], count: int = 2) -> list[list[str]]:
    """Header and calls of a day above 12, each with an id of its own; a change replaces cells of one call."""
    rows = []
    for number in range(max(count, len(changes))):
        cells = {
            "Call Id": f"{mark}-{number}", "Date": "2021-01-13", "Time": f"09:{number:02}:00", "Topic": "Payment",
            "Answered (Y/N)": "Y", "Speed of answer in seconds": "12", "AvgTalkDuration": "0:01:00",
        }  # fmt: skip
        cells |= changes[number] if number < len(changes) else {}
        rows.append([cells[column] for column in HEADER])
    return [HEADER, *rows]


def text(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in rows)


def packed(name: str, content: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return whole.getvalue()


def parquet(rows: list[list[str]], **others: pa.Array) -> bytes:
    """A Parquet file of texts, but for the columns that are given with a kind of their own."""
    whole = io.BytesIO()
    texts = zip(rows[0], zip(*rows[1:], strict=True), strict=True)
    pq.write_table(pa.table({name: others.get(name, pa.array(column)) for name, column in texts}), whole)
    return whole.getvalue()


def contact(mark: str, **changes: object) -> dict[str, object]:
    return {
        "ContactId": mark, "InitiationTimestamp": "2021-01-13T09:00:00Z", "LastUpdateTimestamp": "2021-01-13T09:10:00Z",
        "Channel": "VOICE", "InitiationMethod": "INBOUND", "InitialContactId": None, **changes,
    }  # fmt: skip


def lines(*documents: str) -> bytes:
    return "".join(f"{document}\n" for document in documents).encode()


@dataclass(frozen=True)
class Fault:
    """A file's content, and the status, the counts (read, loaded, unchanged, quarantined) and words of its report."""

    content: bytes
    status: str
    counts: tuple[int, int, int, int] | None
    reason: str = ""


GOOD = text(calls("good"))
SWISS = [[*row] for row in calls("f068", {"Topic": "Gebühr für Umzüge"}, {"Topic": "Zürich, später".replace(",", "")})]
BROKEN = (
    text(calls("f069", {"Topic": "Größe"}, {"Topic": "@@"}, {"Topic": "Käse"})).encode().replace(b"@@", b"\xff\xfe")
)
FAULTS: dict[str, Fault] = {
    "F-033 cut off in the last record": Fault(text(calls("f033"))[:-25].encode(), "loaded", (2, 1, 0, 1)),
    "F-034 the same content twice": Fault(GOOD.encode(), "duplicate", None, "the content of load"),
    "F-035 the same records in gzip": Fault(gzip.compress(GOOD.encode(), mtime=0), "loaded", (2, 0, 2, 0)),
    "F-035 the same records in a ZIP": Fault(
        packed("good.csv", GOOD.encode()), "loaded", (2, 0, 2, 0), "'good.csv' inside"
    ),
    "F-042 a record twice": Fault(text([*calls("f042"), calls("f042")[1]]).encode(), "loaded", (3, 2, 1, 0)),
    "F-042 a key with two contents": Fault(
        text([*calls("f042b"), *calls("f042b", {"Topic": "Else"}, count=1)[1:]]).encode(), "loaded", (3, 1, 0, 2)
    ),
    "F-043 a blank id": Fault(text(calls("f043", {"Call Id": " "})).encode(), "loaded", (2, 1, 0, 1)),
    "F-044 empty": Fault(b"", "refused", None, "the file is empty"),
    "F-044 a mark and nothing": Fault(b"\xef\xbb\xbf\r\n", "refused", None, "the file is empty"),
    "F-044 a header only": Fault(text(calls("f044")[:1]).encode(), "loaded", (0, 0, 0, 0)),
    "F-049 a workbook called CSV": Fault(workbook(calls("f049")), "loaded", (2, 2, 0, 0)),
    "F-049 a web page called XLS": Fault(b"<html><body>1</body></html>", "refused", None, "an HTML page"),
    "F-055 a name in other case": Fault(
        text(calls("f055")).replace("Call Id", "CALL ID").encode(), "refused", None, "did you mean 'CALL ID'?"
    ),
    "F-058 a column twice": Fault(
        text([[*row, row[3]] for row in calls("f058")]).encode(), "refused", None, "column 'Topic' occurs twice"
    ),
    "F-059 lines before the header": Fault(
        ("Calls of January\n\n" + text(calls("f059"))).encode(), "loaded", (2, 2, 0, 0), "before the header"
    ),
    "F-059 a total below": Fault(
        text([*calls("f059b"), ["Total", "", "", "", "", "24", ""]]).encode(), "loaded", (3, 2, 0, 1)
    ),
    "F-059 the header again": Fault(text([*calls("f059c"), HEADER]).encode(), "loaded", (3, 2, 0, 1)),
    "F-060 a cell missing": Fault(text([*calls("f060"), ["x", "y"]]).encode(), "loaded", (3, 2, 0, 1)),
    "F-061 an empty cell more": Fault(
        text([*calls("f061"), [*calls("f061b")[1], ""]]).encode(), "loaded", (3, 2, 0, 1)
    ),
    "F-062 two lone quotes": Fault(
        text(calls("f062", {"Topic": '"Pay'}, {}, {"Topic": 'Pay"'}, {}, count=4)).encode(), "loaded", (4, 2, 0, 2)
    ),
    "F-063 a quote without end": Fault(
        text(calls("f063", {}, {"Topic": '"Payment'}, count=4)).encode(), "loaded", (4, 3, 0, 1)
    ),
    "F-064 a quote inside a cell": Fault(text(calls("f064", {"Topic": 'a 5" pipe'})).encode(), "loaded", (2, 1, 0, 1)),
    "F-065 semicolons": Fault(text(calls("f065a"), ";").encode(), "loaded", (2, 2, 0, 0)),
    "F-065 tabs": Fault(text(calls("f065b"), "\t").encode(), "loaded", (2, 2, 0, 0)),
    "F-065 bars": Fault(text(calls("f065c"), "|").encode(), "loaded", (2, 2, 0, 0)),
    "F-066 line ends mixed": Fault(
        (text(calls("f066")[:2], end="\r\n") + text(calls("f066")[2:])).encode(), "loaded", (2, 2, 0, 0)
    ),
    "F-066 CR alone": Fault(text(calls("f066b"), end="\r").encode(), "loaded", (2, 2, 0, 0)),
    "F-067 # at the start of a line": Fault(
        text(calls("f067", {"Call Id": "#1"})).encode(), "loaded", (2, 2, 0, 0)
    ),
    "F-068 cp1252": Fault(text(SWISS).encode("cp1252"), "loaded", (2, 2, 0, 0), "read as cp1252"),
    "F-068 UTF-16 with a mark": Fault(text(calls("f068b")).encode("utf-16"), "loaded", (2, 2, 0, 0)),
    "F-068 UTF-16 without": Fault(text(calls("f068c")).encode("utf-16-le"), "loaded", (2, 2, 0, 0), "UTF-16 LE"),
    "F-068 Shift-JIS": Fault(
        text(calls("f068d", {"Topic": "支払いについて"}, {"Topic": "配送が遅れています"})).encode("shift_jis"),
        "loaded", (2, 2, 0, 0), "read as",
    ),
    "F-069 bytes that are no UTF-8 in one record": Fault(BROKEN, "loaded", (3, 2, 0, 1)),
    "F-070 words encoded twice": Fault(
        lines(json.dumps({
            "id": "f070", "created_at": "2021-01-13T09:00:00.000Z", "account": {"acct": "ada", "username": "ada"},
            "content": "<p>FÃ¼r die GrÃ¶ÃŸe</p>", "in_reply_to_id": None, "url": "https://social.example/@ada/1",
            "uri": "https://social.example/users/ada/statuses/1", "visibility": "public", "reblog": None,
        })), "loaded", (1, 1, 0, 0), "1 texts look encoded twice",
    ),
    "F-071 a zero byte": Fault(text(calls("f071", {"Topic": "a\0b"})).encode(), "loaded", (2, 2, 0, 0), "NUL"),
    "F-072 marks of direction and joined emoji": Fault(
        text(calls("f072", {"Topic": "pay\u202e\u200b"}, {"Topic": "\U0001f469\u200d\U0001f467 e\u0301"})).encode(),
        "loaded", (2, 2, 0, 0),
    ),
    "F-072 half a surrogate pair": Fault(
        lines(json.dumps(contact("f072b")), json.dumps(contact("f072c", Attributes={"topic": "a\ud800"}))),
        "loaded", (2, 1, 0, 1),
    ),
    "F-073 a line of 5 MB": Fault(
        text(calls("f073", {"Topic": "x" * 5_000_000})).encode(), "loaded", (2, 1, 0, 1)
    ),
    "F-073 a text of 5 MB": Fault(
        lines(json.dumps(contact("f073b", Attributes={"topic": "x" * 5_000_000}))), "loaded", (1, 1, 0, 0)
    ),
    "F-074 a number with a comma": Fault(
        text(calls("f074", {"Speed of answer in seconds": "1,5"}), ";").encode(), "loaded", (2, 1, 0, 1)
    ),
    "F-074 groups of digits, and digits of Arabic": Fault(
        text(calls("f074b", *({"Speed of answer in seconds": word} for word in ("1'234.50", "٣٫٥", "3.5")))).encode(),
        "loaded", (3, 1, 0, 2),
    ),
    "F-075 day and month undecidable": Fault(
        text(calls("f075", {"Date": "01/02/2021"}, {"Date": "03/04/2021"})).encode(), "refused", None, "day_first"
    ),
    "F-076 days as a spreadsheet counts them, without its file": Fault(
        text(calls("f076", {"Date": "44209"})).encode(), "loaded", (2, 1, 0, 1)
    ),
    "F-076 a workbook that counts from 1904": Fault(
        workbook(calls("f076d"), counts_from_1904=True), "loaded", (2, 2, 0, 0)
    ),
    "F-076 a time of day after 24 hours": Fault(
        text(calls("f076b", {"Time": "25:01:00"})).encode(), "loaded", (2, 1, 0, 1)
    ),
    "F-076 a duration of more than 24 hours": Fault(
        text(calls("f076c", {"AvgTalkDuration": "25:01:00"})).encode(), "loaded", (2, 2, 0, 0)
    ),
    "F-077 a year beyond reason": Fault(text(calls("f077", {"Date": "9999-12-31"})).encode(), "loaded", (2, 1, 0, 1)),
    "F-083 words for nothing, and a number below 0": Fault(
        text(calls("f083", *({"Speed of answer in seconds": word} for word in ("N/A", "NULL", "", "-1")))).encode(),
        "loaded", (4, 3, 0, 1),
    ),
    "F-084 an id that a spreadsheet damaged": Fault(
        text(calls("f084", {"Call Id": "1.23457E+14"})).encode(), "refused", None, "a spreadsheet damaged (1.23457E+14)"
    ),
    "F-084 zeros before an id": Fault(
        text(calls("f084b", {"Call Id": "0084"}, {"Call Id": "84"})).encode(), "loaded", (2, 2, 0, 0)
    ),
    "F-085 a sheet that says it is smaller": Fault(
        workbook(calls("f085", count=5), dimension="A1:G2"), "loaded", (5, 5, 0, 0)
    ),
    "F-093 a broken line": Fault(
        lines(json.dumps(contact("f093")), '{"ContactId": ', json.dumps(contact("f093b"))), "loaded", (3, 2, 0, 1)
    ),
    "F-094 a key twice": Fault(
        lines(json.dumps(contact("f094")), '{"Channel": "CHAT", ' + json.dumps(contact("f094b"))[1:]),
        "loaded", (2, 1, 0, 1),
    ),
    "F-094 large numbers stay": Fault(lines(json.dumps(contact("f094c", Note=2**53 + 1))), "loaded", (1, 1, 0, 0)),
    "F-095 Parquet": Fault(parquet(calls("f095")), "loaded", (2, 2, 0, 0)),
    "F-096 Parquet of decimals, days and a dictionary": Fault(
        parquet(
            calls("f096"), Date=pa.array([date(2021, 1, 13)] * 2), Topic=pa.array(["a", "b"]).dictionary_encode(),
            **{"Speed of answer in seconds": pa.array([Decimal("12.00")] * 2)},
        ),
        "loaded", (2, 2, 0, 0),
    ),
    "F-096 Parquet with a list for a word": Fault(
        parquet(calls("f096b"), Topic=pa.array([[1], [2]])), "refused", None, "'Topic' is missing"
    ),
    "F-097 letters from right to left": Fault(
        text(calls("f097", {"Topic": "الدفع"}, {"Topic": "支払い"})).encode(), "loaded", (2, 2, 0, 0)
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileReport]:
    """What one load says of all of them, the good file first."""
    root = tmp_path_factory.mktemp("faults")
    data_folder(root / "data")
    good = root / "good.csv"
    good.write_text(GOOD, encoding="utf-8")
    paths = [root / f"{number:03}" for number in range(len(FAULTS))]
    for path, fault in zip(paths, FAULTS.values(), strict=True):
        path.write_bytes(fault.content)
    run = load(load_settings(root / "data"), [good, *paths])
    return dict(zip(FAULTS, run.files[1:], strict=True))


@pytest.mark.parametrize("name", FAULTS)
def test_fault(reports: dict[str, FileReport], name: str) -> None:
    report, fault = reports[name], FAULTS[name]
    counts = None if report.read is None else (report.read, report.loaded, report.unchanged, report.quarantined)
    assert (report.status, counts) == (fault.status, fault.counts), report.reason
    assert fault.reason in (report.reason or "")
