"""The smallest XLSX that holds a table: dates, times and numbers as Excel keeps them, all else as text."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FIRST_DAY = date(1899, 12, 30)
DATE_STYLE, TIME_STYLE = 1, 2
TIME = re.compile(r"(\d+):(\d\d):(\d\d)")

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Calls" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="21"/></cellXfs></styleSheet>',
}


def workbook(rows: Sequence[Sequence[str]], dimension: str = "", counts_from_1904: bool = False) -> bytes:
    """A workbook of one sheet with these rows; a `dimension` is the size that it claims.

    Where it counts from 1904 its days lie 1,462 later than they are written here.
    """
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    claim = f'<dimension ref="{dimension}"/>' if dimension else ""
    sheet = f'<worksheet xmlns="{MAIN}">{claim}<sheetData>{lines}</sheetData></worksheet>'
    parts = {**PARTS, "xl/worksheets/sheet1.xml": sheet}
    if counts_from_1904:
        parts["xl/workbook.xml"] = PARTS["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    if re.fullmatch(r"-?\d+", text):
        return f"<c><v>{text}</v></c>"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f'<c s="{DATE_STYLE}"><v>{(date.fromisoformat(text) - FIRST_DAY).days}</v></c>'
    if time := TIME.fullmatch(text):
        hours, minutes, seconds = map(int, time.groups())
        return f'<c s="{TIME_STYLE}"><v>{(hours * 3600 + minutes * 60 + seconds) / 86400!r}</v></c>'
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
