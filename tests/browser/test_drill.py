"""A bar and the contacts behind it: a click or a choice shows as many rows as the bar says, and the file has them."""

import csv
import re
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from dashboard.web import labels
from tests.browser.conftest import DESK, PHONE, Opened, Served, settled

pytestmark = pytest.mark.browser
CHART, LIST = ".st-key-card-root_causes-0-0", ".st-key-drill-root_causes-0-0"
TRIES = 4


def said(page: Page, name: str) -> int:
    """The count over the rows."""
    words = page.get_by_text(re.compile(rf"^{name}: \d+ contacts$"))
    expect(words).to_be_visible()
    return int(re.findall(r"\d+", words.inner_text())[-1])


def drawn(page: Page, place: int) -> int:
    """The number at the end of a bar of the first chart."""
    labels_of_bars = page.locator(f"{CHART} .barlayer .bartext")
    expect(labels_of_bars.nth(place)).to_be_visible()
    return int(labels_of_bars.nth(place).text_content() or "")


def choose(page: Page, key: str, name: str) -> None:
    """Open a list by its key and take one of it; what is still arriving on the page may close the list again."""
    option = page.get_by_role("option", name=name)
    for _ in range(TRIES):
        page.locator(f"{key} input").focus()
        page.keyboard.press("ArrowDown")
        with suppress(TimeoutError):
            option.click(timeout=5_000)
            return
    pytest.fail(f"{name} is not offered")


def downloaded(page: Page) -> int:
    """How many rows the file holds."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=labels.DOWNLOAD).click()
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
        return len(list(csv.DictReader(file)))


def test_a_click_on_a_bar_shows_as_many_contacts_as_it_counts(served: Served, opened: Opened) -> None:
    page = opened(f"{served('storm')}/root_causes", DESK)
    count = drawn(page, 1)
    bar = page.locator(f"{CHART} .barlayer .point path").nth(1)
    box = bar.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    assert said(page, "no internet") == count
    expect(page.locator('[data-testid="stDataFrame"]')).to_be_visible()
    assert downloaded(page) == count
    page.wait_for_url(re.compile(r"rows=root_causes-0-0(~|%7E)no(\+|%20)internet"))


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_choice_from_the_list_shows_the_same(served: Served, opened: Opened, size: tuple[int, int]) -> None:
    page = opened(f"{served('storm')}/root_causes", size)
    count = drawn(page, 0)
    choose(page, LIST, "wrong invoice")
    assert said(page, "wrong invoice") == count
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.reload()
    settled(page)
    assert said(page, "wrong invoice") == count
    assert downloaded(page) == count


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_row_of_the_leaderboard_leads_to_its_contacts(served: Served, opened: Opened, size: tuple[int, int]) -> None:
    page = opened(f"{served('storm')}/breakdowns", size)
    expect(page.locator(".columns").first).to_be_visible()
    assert page.locator(".columns").first.locator(".mark").count() == 20
    choose(page, ".st-key-drill-breakdowns-0", "late delivery at the delivery")
    assert said(page, "late delivery at the delivery") == downloaded(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
