"""Polluted files loaded by a mapping file, from bytes to landed records: what lands is right, nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from etl.delivery import Delivered
from etl.errors import FileRefused
from etl.sources.declaration import parse_source
from tests.etl.reading.polluter import HEADER, MIXED, PLAIN, QUOTED, WINDOWS, Polluted, Row, Style, polluted_rows, sales
from tests.etl.sources.landed import Landing

MAPPING = f"""
name = "sales"
title = "Sales"
form = "table"
required = [{", ".join(f'"{name}"' for name in HEADER)}]
key = ["PRODUCTID"]
event = {{ kind = "when", columns = ["DATE", "TIME"] }}
day_first = true
zone = "UTC"
[interactions]
channel = {{ kind = "constant", value = "phone" }}
direction = {{ kind = "constant", value = "inbound" }}
disposition = {{ kind = "constant", value = "answered" }}
is_queued = {{ kind = "constant", value = true }}
queue = "Qty"
topic = "Price"
category = "ProductType"
region = "ProductDescription"
product = "URL"
team = "Comments"
"""
CELLS = """
    SELECT strftime(event_at, '%d/%m/%Y'), strftime(event_at, '%H:%M'), queue, record_id, topic, category, region,
        product, coalesce(team, '')
    FROM core_interactions JOIN core_records USING (record_key)
"""
ROWS = sales()
APOSTROPHES = Style(quote="'", escape="'")
DIALECTS = (
    Style("\t"), Style(";"), Style("|"), Style(":"), Style(" "), Style(line_end="\r"), Style(escape="\\"),
    MIXED, replace(MIXED, delimiter=", "), APOSTROPHES, replace(APOSTROPHES, quoted_columns=(6, 7)),
)  # fmt: skip


def _shifted(text: str) -> str:
    """The records with other keys, so that they would land if they were read."""
    return text.replace("-10", "-20")


def _landed(folder: Path, text: str) -> tuple[list[Row], Delivered]:
    """The records that landed, as they stand in the clean file."""
    landing = Landing(folder)
    source = replace(parse_source(MAPPING, "sales.toml"), declaration=MAPPING)
    sources = {**landing.context.sources, source.name: source}
    landing.context = replace(landing.context, sources=sources, source_name=source.name)
    file = folder / "sales.csv"
    file.write_bytes(text.encode())
    delivered = landing.deliver(file)
    with landing.connection:
        return landing.connection.execute(CELLS).fetchall(), delivered


def _whole_files() -> Iterator[tuple[str, str]]:
    """Files in other dialects and with more around the table, all of which land whole."""
    for style in (PLAIN, QUOTED, WINDOWS):
        text, header = style.text(ROWS), style.row(HEADER) + style.line_end
        yield f"clean {style}", text
        yield f"preamble {style}", f"Sales{style.line_end}{style.line_end}{text}"
        yield f"wide preamble {style}", f"PREAMBLE{',' * 8}{style.line_end}{',' * 8}{style.line_end}{text}"
        yield f"three headers {style}", header * 2 + text
        yield f"second table {style}", text + style.line_end + "name,age" + style.line_end + "x,1" + style.line_end
        yield f"two last line ends {style}", text + style.line_end
    for style in DIALECTS:
        yield f"dialect {style}", style.text(ROWS)
    yield "second table, the same header in other quotes", QUOTED.text(ROWS) + _shifted(WINDOWS.text(ROWS))


def test_all_good_rows_of_a_polluted_file_land(tmp_path: Path) -> None:
    for number, (name, text) in enumerate(_whole_files()):
        landed, _ = _landed(tmp_path / str(number), text)
        assert Counter(landed) == Counter(_trimmed(ROWS[1:])), name


def test_a_polluted_row_lands_right_or_is_put_aside(tmp_path: Path) -> None:
    rows = [file for file in chain(polluted_rows(PLAIN, 37), polluted_rows(MIXED, 61)) if not _is_header(file)]
    polluted = rows[::7]
    for number, file in enumerate(polluted):
        landed, delivered = _landed(tmp_path / str(number), file.text)
        right = Counter(_trimmed(file.right[1:]))
        assert not Counter(landed) - right - Counter(_trimmed(file.extra)), file.name
        assert (right - Counter(landed)).total() <= delivered.counts.quarantined, file.name


def test_a_header_parted_by_blanks_above_other_records_is_refused(tmp_path: Path) -> None:
    lines = MIXED.text(ROWS).splitlines(keepends=True)
    with pytest.raises(FileRefused, match="not recognised"):
        _landed(tmp_path, "".join([lines[0].replace(",", " "), *lines[1:]]))


def test_blanks_behind_marks_that_part_no_cells_stay(tmp_path: Path) -> None:
    rows = [ROWS[0], *((*row[:6], f'{row[6]} ^ "so" | "so"', *row[7:]) for row in ROWS[1:9])]
    landed, _ = _landed(tmp_path, Style(":", is_all_quoted=True).text(rows))
    assert Counter(landed) == Counter(_trimmed(rows[1:]))


def test_apostrophes_in_a_file_that_quotes_with_them_land_nothing_wrong(tmp_path: Path) -> None:
    rows = [ROWS[0], *((*row[:6], f"{row[6]}, won't go", *row[7:]) for row in ROWS[1:40]), *ROWS[40:]]
    text = MIXED.text(rows).replace(',"', ",'").replace('",', "',")
    landed, delivered = _landed(tmp_path, text)
    assert not Counter(landed) - Counter(_trimmed(rows[1:]))
    assert 0 < len(landed) < len(rows) - 1
    assert delivered.counts.quarantined


def _is_header(file: Polluted) -> bool:
    return file.name.startswith("row 0:")


def _trimmed(rows: list[Row] | tuple[Row, ...]) -> list[Row]:
    return [tuple(cell.strip() for cell in row) for row in rows]
