"""A running dashboard for each kind of data, and pages in Chromium that may not leave this machine."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import ARGUMENTS

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = (390, 844), (1440, 900)
PATIENCE = 20_000
"""Milliseconds; plotly's bundle takes its time where other tests run beside."""
Served = Callable[[str], str]
Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Gives the address of a server with data of a kind; each kind is started once."""
    running: dict[str, tuple[subprocess.Popen[str], str]] = {}

    def address(kind: str) -> str:
        if kind not in running:
            command = [sys.executable, "-m", "tests.browser.served", kind]
            server = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            assert server.stdout is not None
            running[kind] = (server, server.stdout.readline().strip())
        return running[kind][1]

    yield address
    for server, _ in running.values():
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(scope="session")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    """One browser for all tests."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    """Opens a page in a context of its own; whatever it asks of other machines is refused and fails the test."""
    contexts, strays = [], []

    def open_page(url: str, size: tuple[int, int] = DESK, *, is_dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if is_dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda request: None if is_local(request.url) else strays.append(request.url))
        page.goto(url)
        settled(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strays == []


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))


def settled(page: Page) -> None:
    """Waits until the run that the page asked for has ended and its headline stands."""
    page.wait_for_selector("h1")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
