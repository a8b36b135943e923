"""From a bar or a row of a table to the contacts behind it: as many as it counts, in the address, never as code."""

from collections.abc import Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import drill, labels, source
from dashboard.web.cache import Library, Publications
from etl.cli.tables import csv_text
from etl.metrics.answer import LOCAL_ANALYST, Rows
from etl.vocabulary import Dimension
from tests.dashboard.canned import HOSTILE, VALUES, CannedAsk

CAUSES, TOUCHPOINTS, BOARD = "root_causes-0-0", "root_causes-0-1", "breakdowns-0"
STORM = CannedAsk(is_storm=True)


def script(name: str) -> None:
    from dashboard.views import VIEWS  # noqa: PLC0415 - Streamlit runs this function's source elsewhere
    from dashboard.web.frame import open_view  # noqa: PLC0415

    open_view(VIEWS[name])


def page(name: str, query: Mapping[str, str] = MappingProxyType({}), ask: CannedAsk = STORM) -> AppTest:
    source.install(Library(Publications(lambda: 7, lambda _: ask)))
    app = AppTest.from_function(script, args=(name,), default_timeout=20)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def told(app: AppTest) -> list[str]:
    """What is said over the rows."""
    return [each.value.replace("\\", "") for each in app.markdown if each.value.endswith("contacts**")]


def parameters(app: AppTest) -> dict[str, Any]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


@pytest.mark.parametrize(
    ("name", "key", "choice", "count"),
    [
        ("root_causes", CAUSES, "wrong invoice", 127),
        ("root_causes", TOUCHPOINTS, "delivery", 62),
        ("breakdowns", BOARD, "late delivery at the delivery", 62),
    ],
)
def test_a_choice_shows_its_rows_and_goes_to_the_address(name: str, key: str, choice: str, count: int) -> None:
    app = page(name)
    assert len(app.dataframe) == 0
    app.selectbox(key=f"drill-{key}").select(choice).run()
    assert told(app) == [f"**{choice}: {count} contacts**"]
    assert len(app.dataframe[0].value) == count
    assert parameters(app) == {"rows": f"{key}~{choice}"}
    app.selectbox(key=f"drill-{key}").set_value(None).run()
    assert parameters(app) == {}
    assert len(app.dataframe) == 0


def test_the_address_opens_the_rows_and_a_filter_keeps_them() -> None:
    app = page("root_causes", {"rows": f"{CAUSES}~late delivery"})
    assert told(app) == ["**late delivery: 62 contacts**"]
    app.multiselect(key="choose-channel").select("chat").run()
    assert told(app) == ["**late delivery: 21 contacts**"]
    assert parameters(app) == {"channel": "chat", "rows": f"{CAUSES}~late delivery"}


@pytest.mark.parametrize("value", ["", "x", f"{CAUSES}~", f"{CAUSES}~nothing", f"{TOUCHPOINTS}~late delivery", "~~"])
def test_an_address_that_leads_nowhere_is_no_error(value: str) -> None:
    assert len(page("root_causes", {"rows": value}).dataframe) == 0


@pytest.mark.parametrize(("clicked", "choice"), [([{"point_index": 1}], "late delivery"), ([], None), ([{}], None)])
def test_a_click_on_a_bar_is_the_choice(
    monkeypatch: pytest.MonkeyPatch, clicked: list[dict[str, int]], choice: str | None
) -> None:
    state = {"chart-x": SimpleNamespace(selection=SimpleNamespace(points=clicked))}
    query: dict[str, str] = {}
    monkeypatch.setattr(drill, "st", SimpleNamespace(session_state=state, query_params=query))
    made: Any = object()
    drill.clicked("x", (("wrong invoice", made), ("late delivery", made)))
    assert state["drill-x"] == choice
    assert query == ({"rows": "x~late delivery"} if choice else {})


def test_a_long_list_says_its_full_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drill, "MOST_ROWS", 50)
    app = page("root_causes", {"rows": f"{CAUSES}~wrong invoice"})
    assert told(app) == ["**wrong invoice: 127 contacts**"]
    assert len(app.dataframe[0].value) == 50
    assert labels.first_rows("50") in [each.value.replace("\\", "") for each in app.caption]


def test_keys_are_not_shown_and_what_a_reader_looks_for_comes_first() -> None:
    shown = page("root_causes", {"rows": f"{CAUSES}~wrong invoice"}).dataframe[0].value
    assert list(shown.columns)[:3] == ["Started at", "Channel", "Touchpoint"]
    assert list(shown.columns)[-1] == "File"
    assert not {"Contact key", "Customer id", "Segment"} & set(shown.columns)
    assert set(shown["Source"]) == {"Amazon Connect"}


def test_the_file_guards_what_a_spreadsheet_takes_for_a_formula() -> None:
    found = STORM.rows("failed_contacts", STORM.calendar.parse("2026-W10"), ())
    lines = csv_text(found.rows).splitlines()
    assert len(lines) == len(found.rows) + 1
    assert "'=r" in lines[1]


def test_rows_are_read_once_for_all_visitors() -> None:
    read: list[str] = []

    class Counting(CannedAsk):
        def rows(self, metric: str, *more: Any, **named: Any) -> Rows:
            read.append(metric)
            return super().rows(metric, *more, **named)

    page("root_causes", {"rows": f"{CAUSES}~wrong invoice"}, Counting(is_storm=True))
    app = AppTest.from_function(script, args=("root_causes",), default_timeout=20)
    app.query_params["rows"] = f"{CAUSES}~wrong invoice"
    app.run()
    assert told(app) == ["**wrong invoice: 127 contacts**"]
    assert read.count("failed_contacts") == 1


def test_a_newer_load_is_said_where_the_counts_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "rows", lambda *_: Rows(({"channel": "phone"},), "contact"))
    app = page("root_causes", {"rows": f"{CAUSES}~wrong invoice"})
    assert labels.NEWER_ROWS.split(";")[0] in " ".join(each.value.replace("\\", "") for each in app.caption)


def test_hostile_names_are_chosen_and_shown_as_written() -> None:
    ask = CannedAsk(is_storm=True, values={**VALUES, Dimension.CAUSE: ("a~b", HOSTILE, "**c**")})
    app = page("root_causes", {"rows": f"{CAUSES}~{HOSTILE}"}, ask)
    assert app.selectbox(key=f"drill-{CAUSES}").value == HOSTILE
    assert set(app.dataframe[0].value["Cause"]) == {HOSTILE}
    app.selectbox(key=f"drill-{CAUSES}").select("a~b").run()
    assert set(app.dataframe[0].value["Cause"]) == {"a~b"}
    assert LOCAL_ANALYST.scope == ()
