"""Pages open, fit a phone, keep what was chosen, follow the reader's mode and never run data as code."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from dashboard.charts.theme import DARK, LIGHT, Palette
from dashboard.views import VIEWS
from dashboard.web import labels
from etl.vocabulary import Grain
from tests.browser.conftest import DESK, PHONE, Opened, Served, settled
from tests.browser.served import PAYLOADS

pytestmark = pytest.mark.browser
PATHS = [name if place else "" for place, name in enumerate(VIEWS)]
LABELS = 'h1, h2, [data-testid="stMetricLabel"] p, [data-testid="stMetricValue"] p'
CUT = """labels => [...document.querySelectorAll(labels)]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"""

DRAWN = ".js-plotly-plot .main-svg, [data-testid='stHtml'] table, details"
BODY = {"brief": "[data-testid='stMain'] h2", "alerts": "[data-testid='stMain'] [data-testid='stMarkdown'] p"}
"""What stands below the headline: numbers, but on pages of words."""


def colour_of(page: Page, selector: str) -> str:
    shade = page.locator(selector).first.evaluate("each => getComputedStyle(each).backgroundColor")
    red, green, blue = (int(part) for part in re.findall(r"\d+", str(shade))[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_pages_open_and_fit(served: Served, opened: Opened, path: str, size: tuple[int, int]) -> None:
    page = opened(f"{served('full')}/{path}", size)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    expect(page.locator(BODY.get(path, DRAWN)).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(CUT, LABELS) == []
    expect(page.locator('[data-testid="stBottom"]')).to_be_visible(visible=size == PHONE)


def test_choices_survive_reload_and_page_change(served: Served, opened: Opened) -> None:
    page = opened(served("full"))
    page.get_by_text(labels.grain(Grain.MONTH, False), exact=True).click()
    page.wait_for_url("**/?grain=month")
    page.get_by_role("button", name=labels.FILTERS).click()
    page.locator(".st-key-choose-channel input").click()
    page.get_by_role("option", name="phone").click()
    page.wait_for_url("**/?grain=month&channel=phone")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator('[data-testid="stTopNavLink"]', has_text="Trends").click()
    page.wait_for_url("**/trends?grain=month&channel=phone")
    page.reload()
    settled(page)
    expect(page.get_by_role("button", name=labels.filters(1))).to_be_visible()
    expect(page.get_by_role("radio", name=labels.grain(Grain.MONTH, False))).to_be_checked()
    page.go_back()
    page.wait_for_url("**/?grain=month&channel=phone")


def test_the_phone_changes_pages_at_the_bottom_and_keeps_the_choice(served: Served, opened: Opened) -> None:
    page = opened(f"{served('full')}/?grain=quarter", PHONE)
    page.locator('[data-testid="stBottom"] [data-testid="stPageLink-NavLink"]', has_text="Trends").click()
    page.wait_for_url("**/trends?grain=quarter")


@pytest.mark.parametrize(("is_dark", "palette"), [(False, LIGHT), (True, DARK)])
def test_cards_stand_out_in_both_modes(served: Served, opened: Opened, is_dark: bool, palette: Palette) -> None:
    page = opened(f"{served('full')}/trends?metric=nps", is_dark=is_dark)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert colour_of(page, '[data-testid="stApp"]') == palette.page
    assert colour_of(page, '[class*="st-key-card-"]') == palette.card
    line = page.locator(".js-plotly-plot .scatterlayer path.js-line").last
    red, green, blue = (int(palette.accent[place : place + 2], 16) for place in (1, 3, 5))
    expect(line).to_have_css("stroke", f"rgb({red}, {green}, {blue})")


def test_a_chart_opens_its_table(served: Served, opened: Opened) -> None:
    page = opened(f"{served('full')}/trends?metric=nps")
    page.get_by_text(labels.TABLE).click()
    expect(page.locator('[data-testid="stDataFrame"]')).to_be_visible()


@pytest.mark.parametrize("path", ["", "trends?metric=nps&split=touchpoint", "root_causes", "breakdowns"])
def test_data_is_never_markup(served: Served, opened: Opened, path: str) -> None:
    page = opened(f"{served('hostile')}/{path}")
    expect(page.locator(".js-plotly-plot .main-svg, [data-testid='stHtml'] table").first).to_be_visible()
    assert page.evaluate("window.pwned") is None
    assert page.locator("main a[href*='canary'], main img[src*='canary'], svg a, .katex").count() == 0


def test_payloads_are_shown_as_written(served: Served, opened: Opened) -> None:
    query = urlencode({"touchpoint": PAYLOADS}, doseq=True)
    page = opened(f"{served('hostile')}/?{query}")
    context = page.locator(".st-key-headline").inner_text().replace("\u2060", "")
    assert [payload for payload in PAYLOADS if payload not in context] == []
    assert (
        page.locator(".st-key-headline").locator("a, img, strong, .katex, [data-testid='stIconMaterial']").count() == 0
    )


def test_no_numbers_says_what_to_do(served: Served, opened: Opened) -> None:
    page = opened(served("nothing"), PHONE)
    expect(page.locator("h1")).to_have_text(labels.NO_DATA_TITLE)
    expect(page.get_by_text("cx demo")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_foreign_host_name_is_turned_away(served: Served, opened: Opened) -> None:
    port = served("full").rpartition(":")[2]
    page = opened(served("full"))
    answer = page.request.get(
        f"http://127.0.0.1:{port}/_stcore/stream",
        headers={"Host": "rebound.invalid", "Connection": "Upgrade", "Upgrade": "websocket",
                 "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="},
    )  # fmt: skip
    assert answer.status == 403
