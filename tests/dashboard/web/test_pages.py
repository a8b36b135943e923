"""Pages in Streamlit's own test runner, on canned numbers of every kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import format as words
from dashboard.views import VIEWS
from dashboard.web import frame, labels, source
from dashboard.web.cache import Library, Publications
from dashboard.web.server import SCRIPT
from dashboard.web.state import NAMES
from etl.errors import CheckFailed
from etl.metrics.answer import Ask, Principal
from etl.vocabulary import Dimension, Grain
from tests.dashboard.canned import AS_OF, HOSTILE, CannedAsk

KINDS: dict[str, Callable[[], CannedAsk]] = {
    "full": lambda: CannedAsk(fall=12.0),
    "a storm": lambda: CannedAsk(fall=12.0, is_storm=True),
    "a hole": lambda: CannedAsk(hole="2026-W05"),
    "one day": lambda: CannedAsk(first_day=AS_OF),
    "empty": lambda: CannedAsk(first_day=None, as_of=None, values={}),
    "suppressed": lambda: CannedAsk(volume=0.002),
    "hostile": lambda: CannedAsk(
        fall=12.0, values={Dimension.TOUCHPOINT: ("delivery", HOSTILE, "![](http://x)", "**b**")}
    ),
    "unfed": lambda: CannedAsk(unfed=frozenset({"nps", "csat"})),
}


def script(name: str) -> None:
    from dashboard.views import VIEWS  # noqa: PLC0415 - Streamlit runs this function's source elsewhere
    from dashboard.web.frame import open_view  # noqa: PLC0415

    open_view(VIEWS[name])


def publish(open_ask: Callable[[Principal], Ask]) -> None:
    source.install(Library(Publications(lambda: 7, open_ask)))


def page(name: str, kind: str = "full", query: Mapping[str, str | list[str]] = MappingProxyType({})) -> AppTest:
    ask = KINDS[kind]()
    publish(lambda _: ask)
    app = AppTest.from_function(script, args=(name,), default_timeout=20)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def grain_of(app: AppTest) -> Any:
    """The control of the grain; Streamlit gives such controls no class of their own."""
    return app.get("segmented_control")[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", VIEWS)
def test_every_page_opens_on_every_kind_of_data(name: str, kind: str) -> None:
    app = page(name, kind)
    assert not app.exception
    assert len(app.title) == 1
    assert app.title[0].value != ""


def test_cards_say_what_they_rest_on() -> None:
    app = page("today")
    nps = next(metric for metric in app.metric if metric.label == "NPS")
    assert nps.value.startswith(r"\+")
    assert nps.delta.endswith("points")
    words = next(each.value for each in app.markdown if "probably real**" in each.value)
    assert words.startswith("**Worse, probably real**")
    assert ":red-badge[off target]" in words
    assert "95% interval" in words
    assert "n\u00a0\\=" in words


def test_the_url_chooses_and_widgets_show_it() -> None:
    app = page("today", query={"grain": "month", "channel": ["phone", "chat"]})
    assert grain_of(app).value == "month"
    assert app.multiselect(key="choose-channel").value == ["phone", "chat"]
    assert app.get_by_key("filters").proto.popover.label == "Filters (1)"


def test_a_choice_goes_to_the_url_and_another_grain_drops_the_period() -> None:
    app = page("today", query={"grain": "month", "period": "2026-01"})
    assert app.selectbox(key="choose-period").value == "2026-01"
    grain_of(app).set_value("week").run()
    assert not app.exception
    assert dict(app.query_params) == {}
    app.multiselect(key="choose-channel").select("phone").run()
    assert dict(app.query_params) == {"channel": "phone"}
    app.button(key="clear-filters").click().run()
    assert dict(app.query_params) == {}


def test_a_chart_gives_its_numbers_when_asked() -> None:
    app = page("trends", query={"metric": "nps"})
    assert len(app.dataframe) == 0
    app.session_state["numbers-trends-0"] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe[0].value) > 10


@pytest.mark.parametrize(
    ("generation", "error", "title"),
    [
        (0, "warehouse: nothing is loaded yet", labels.NO_DATA_TITLE),
        (7, "warehouse: w7 is damaged <b>", labels.DAMAGED_TITLE),
    ],
)
def test_no_numbers_is_a_friendly_page(generation: int, error: str, title: str) -> None:
    def open_ask(_: Principal) -> Ask:
        raise CheckFailed(error)

    source.install(Library(Publications(lambda: generation, open_ask)))
    app = AppTest.from_function(script, args=("today",), default_timeout=20).run()
    assert not app.exception
    assert app.title[0].value == title
    assert app.text[0].value == error
    assert app.code[0].value in ("cx demo", "cx doctor")


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=20), min_size=1, max_size=2), max_size=4))
def test_no_query_breaks_a_page(query: dict[str, str | list[str]]) -> None:
    app = page("today", query=query)
    assert not app.exception
    assert "NPS fell" in app.title[0].value


def test_periods_of_the_data_are_offered() -> None:
    app = page("today", "one day", {"grain": "day"})
    assert app.selectbox(key="choose-period").options == [labels.latest(Grain.DAY), words.day(AS_OF)]


def test_the_script_opens_on_the_first_page_with_links_to_all() -> None:
    publish(lambda _: CannedAsk(fall=12.0))
    app = AppTest.from_file(SCRIPT, default_timeout=20).run()
    assert not app.exception
    assert "NPS fell" in app.title[0].value
    assert [link.value for link in app.page_link] == [view.TITLE for view in VIEWS.values()]


@pytest.mark.parametrize(("places", "is_folded"), [(len(VIEWS), False), (len(VIEWS) - 1, True)])
def test_the_tab_bar_folds_what_has_no_place(places: int, is_folded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "TABS", places)
    publish(lambda _: CannedAsk())
    app = AppTest.from_file(SCRIPT, default_timeout=20).run()
    assert not app.exception
    assert [popover.proto.popover.label for popover in app.get("popover")].count(labels.MORE) == is_folded
    assert [link.value for link in app.page_link] == [view.TITLE for view in VIEWS.values()]
