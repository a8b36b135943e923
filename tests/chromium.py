"""Where the system's Chromium is, how it is started, and whether its absence is a failure."""

import os
import shutil
from pathlib import Path

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
REQUIRED = os.environ.get("CX_REQUIRE_BROWSER") == "1"
"""Read once, before the tests clean their environment."""


def find_chromium() -> Path | None:
    """The first Chromium on the path, None if there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def is_required() -> bool:
    """Whether browser tests must run: `CX_REQUIRE_BROWSER=1`, which continuous integration sets."""
    return REQUIRED
