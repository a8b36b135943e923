"""`python -m tests.screenshots` makes the README's pictures: the demo company, loaded and opened in Chromium."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from etl.demo.company import Demo
from etl.demo.show import show
from tests.chromium import ARGUMENTS, find_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "demo" / "screenshots"
END = date(2026, 11, 22)
SETTLE_MILLISECONDS = 2_000
QUIET = "() => !document.querySelector('[data-testid=\\'stSkeleton\\'], [data-testid=\\'stStatusWidget\\']')"
"""Nothing on the page is still to come."""
COLOURS = 96
START_SECONDS = 60


@dataclass(frozen=True)
class Picture:
    """One file: the page's address, the window's size in pixels, and the colour scheme."""

    name: str
    path: str
    width: int = 1440
    height: int = 900
    is_dark: bool = False


PICTURES = (
    Picture("today", "/"),
    Picture("trends", "/trends?metric=nps&grain=month"),
    Picture("root-causes", "/root_causes?grain=month"),
    Picture("breakdowns", "/breakdowns"),
    Picture("brief", "/brief"),
    Picture("journeys", "/journeys?grain=month"),
    Picture("today-dark", "/", is_dark=True),
    Picture("today-phone", "/", width=390, height=844),
)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of a dashboard on a data folder, while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.cli", "dashboard", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(START_SECONDS):
            if _answers(address):
                break
            time.sleep(1)
        yield address
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/_stcore/health") as reply:  # noqa: S310 (this machine's own address)
            return bool(reply.status == 200)
    except OSError:
        return False


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Open a page, wait until its charts are drawn, and write the PNG with few colours, which are enough for it."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.is_dark else "light",
    )
    page.goto(address + picture.path)
    page.wait_for_selector("h1")
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    page.wait_for_function(QUIET)
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS).save(FOLDER / f"{picture.name}.png", optimize=True)
    page.close()


def main() -> None:
    """Make all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    executable = find_chromium()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        show(Demo(folder=Path(folder), end=END))
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        with served(Path(folder)) as address:
            for picture in PICTURES:
                take(browser, address, picture)
        browser.close()


if __name__ == "__main__":
    main()
