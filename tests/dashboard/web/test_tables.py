"""Tables on the web show the numbers of their block."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.tables import Cell, Column, Table
from dashboard.web.tables import _column
from etl.vocabulary import Unit


@pytest.mark.parametrize(
    ("column", "values", "shown", "form"),
    [
        (Column("CSAT", Unit.SHARE), (0.816, None), [81.6, None], "%.1f %%"),
        (Column("Change", Unit.SHARE, is_signed=True), (-0.011,), [-1.1], "%+.1f points"),
        (Column("NPS", Unit.SCORE), (19.0,), [19.0], "%+.0f"),
        (Column("AHT", Unit.SECONDS), (360.0, 30.0), [6.0, 0.5], "%.1f min"),
        (Column("ASA", Unit.SECONDS), (41.0,), [41.0], "%.1f s"),
        (Column("Contacts", Unit.COUNT), (6_049,), [6_049.0], "localized"),
    ],
)
def test_numbers_stay_numbers_in_one_unit(
    column: Column, values: tuple[Cell, ...], shown: list[float | None], form: str
) -> None:
    array, config = _column(column, values)
    assert array.to_pylist() == pytest.approx(shown)
    assert config["type_config"]["format"] == form


def test_days_and_mixed_cells_are_words() -> None:
    array, _ = _column(Column("Day"), (date(2026, 3, 4), "<b>**x**</b>", None))
    assert array.to_pylist() == ["Wed 4 Mar 2026", "<b>**x**</b>", None]


def test_an_empty_table_is_shown_too() -> None:
    def script() -> None:
        from dashboard.tables import Column, Table  # noqa: PLC0415
        from dashboard.web.tables import show_table  # noqa: PLC0415

        show_table(Table("nothing", (Column("a"), Column("b")), ()), "key")

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert app.dataframe[0].value.shape == (0, 2)
    assert Table("nothing", (), ()).rows == ()


def test_of_a_long_page_table_the_first_rows_are_shown_until_all_are_asked_for() -> None:
    def script() -> None:
        from dashboard.tables import Column, Table  # noqa: PLC0415
        from dashboard.web.tables import show_page_table  # noqa: PLC0415

        show_page_table(Table("short", (Column("a"),), tuple((f"short {row}.",) for row in range(12))), "short")
        show_page_table(Table("long", (Column("a"),), tuple((f"long {row}.",) for row in range(13))), "long")

    app = AppTest.from_function(script).run()
    assert [markup.proto.body.count("<tr><td") for markup in app.get("html")] == [12, 8]
    (switch,) = app.toggle
    assert switch.label == "Show all 13 rows"
    switch.set_value(True).run()
    assert [markup.proto.body.count("<tr><td") for markup in app.get("html")] == [12, 13]
