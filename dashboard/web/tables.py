"""Tables: a chart's numbers as the browser's own grid that sorts, a page's own tables as text that wraps."""

from dataclasses import replace
from html import escape
from typing import Any, cast

import pyarrow as pa
import streamlit as st

from dashboard import format as words
from dashboard.charts.vector_course import heights
from dashboard.strings import MISSING
from dashboard.tables import Cell, Column, Course, Table
from dashboard.web import labels
from etl.vocabulary import Unit

STEPS = ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min"))
ROW_HEIGHT = 36
MOST_ROWS_SHOWN = 14
MOST_PAGE_ROWS, FIRST_ROWS = 12, 8
"""A page's own table of more rows than the first opens with as many as the second."""
SHORT = 14
"""Words of at most so many characters stay on one line."""


def show_table(table: Table, key: str) -> None:
    """The table without its title; its first column stays in sight while the others scroll."""
    cells = [tuple(row[place] for row in table.rows) for place in range(len(table.columns))]
    columns = [_column(column, values) for column, values in zip(table.columns, cells, strict=True)]
    names = [f"{place}" for place in range(len(columns))]
    st.dataframe(
        pa.table([values for values, _ in columns], names=names),
        hide_index=True,
        column_config={
            name: cast(Any, config | {"label": column.title, "pinned": place == 0 and len(columns) > 2})
            for place, (name, (_, config), column) in enumerate(zip(names, columns, table.columns, strict=True))
        },
        height=ROW_HEIGHT * (min(len(table.rows), MOST_ROWS_SHOWN) + 1) + 2,
        row_height=ROW_HEIGHT,
        placeholder=MISSING,
        alt=table.title,
        key=key,
    )


@st.fragment
def show_page_table(table: Table, key: str) -> None:
    """A page's own table as markup that wraps and, on a phone, stands as one small list a row; nothing in it is cut.

    Of a long one the first rows, until the reader asks for all.
    """
    is_long = len(table.rows) > MOST_PAGE_ROWS
    whole = f"whole-{key}"
    is_whole = not is_long or st.session_state.get(whole, False)
    st.html(page_table(table if is_whole else replace(table, rows=table.rows[:FIRST_ROWS])))
    if is_long:
        st.toggle(labels.all_rows(words.count(len(table.rows))), key=whole)


def page_table(table: Table) -> str:
    """The markup; every word of the data is escaped, and each cell repeats its column's title for the phone."""
    heads = "".join(f'<th scope="col" class="{_kind(column)}">{escape(column.title)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{''.join(map(_page_cell, table.columns, row))}</tr>" for row in table.rows)
    return f'<table aria-label="{escape(table.title)}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _page_cell(column: Column, cell: Cell) -> str:
    if isinstance(cell, Course):
        return f'<td class="course" data-label="{escape(column.title)}">{_columns(cell)}</td>'
    text = _text(column, cell)
    kind = f"{_kind(column)} short" if len(text) <= SHORT else _kind(column)
    return f'<td class="{kind}" data-label="{escape(column.title)}"><span>{escape(text)}</span></td>'


def _columns(course: Course) -> str:
    """The course as columns; Streamlit takes drawings out of markup, but not these."""
    columns = "".join(
        f'<i class="{"mark" if is_marked else "column"}" style="height:{100 * (share or 0):.0f}%"></i>'
        for share, is_marked in zip(heights(course), course.is_marked, strict=True)
    )
    return f'<span class="columns" role="img" aria-label="{escape(course.words)}">{columns}</span>'


def _text(column: Column, cell: Cell) -> str:
    """A cell in words."""
    return cell.words if isinstance(cell, Course) else words.cell(cell, column.unit, is_signed=column.is_signed)


def _kind(column: Column) -> str:
    return "number" if column.unit else "words"


def _column(column: Column, values: tuple[Cell, ...]) -> tuple[Any, dict[str, Any]]:
    """The values as an Arrow array, and how the browser shows them."""
    values = tuple(value.words if isinstance(value, Course) else value for value in values)
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if len(numbers) + sum(value is None for value in values) < len(values) or not numbers:
        texts = [None if value is None else _text(replace(column, is_signed=False), value) for value in values]
        return pa.array(texts, pa.string()), dict(st.column_config.TextColumn())
    factor, form = _form(column, max(abs(number) for number in numbers))
    scaled = [None if value is None else float(str(value)) * factor for value in values]
    return pa.array(scaled, pa.float64()), dict(st.column_config.NumberColumn(format=form))


def _form(column: Column, largest: float) -> tuple[float, str]:
    """What the numbers are multiplied by and how they are printed."""
    sign = "+" if column.is_signed else ""
    if column.unit is Unit.SHARE or (column.is_signed and column.unit is Unit.COUNT):
        return 100.0, f"%{sign}.1f {'points' if column.is_signed and column.unit is Unit.SHARE else '%%'}"
    if column.unit is Unit.SCORE:
        return 1.0, "%+.1f" if column.is_signed else "%+.0f"
    if column.unit is Unit.SECONDS:
        step, name = next(((step, name) for step, name in STEPS if largest >= step), (1.0, "s"))
        return 1.0 / step, f"%{sign}.1f {name}"
    if column.unit is Unit.PER_CONTACT:
        return 1.0, f"%{sign}.2f"
    if column.unit in (Unit.PER_THOUSAND, Unit.PER_DAY, Unit.STARS, Unit.POINTS):
        return 1.0, f"%{sign}.1f"
    return 1.0, "localized"
