"""The same surroundings for each test: no settings from the caller's environment, Chromium or a skip."""

import os
from pathlib import Path

import pytest

from tests.chromium import find_chromium, is_required

pytest_plugins = ("tests.loaded",)
FOREIGN_PREFIXES = ("CX_", "STREAMLIT_")
TERMINAL_VARIABLES = ("FORCE_COLOR", "PY_COLORS", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "COLUMNS", "LINES")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests, and how his terminal looks, must not change a result."""
    for variable in list(os.environ):
        if variable.startswith(FOREIGN_PREFIXES) or variable in TERMINAL_VARIABLES:
            monkeypatch.delenv(variable)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The system's Chromium; fails where it is required, else skips, when there is none."""
    path = find_chromium()
    if path is None and is_required():
        pytest.fail("no Chromium on the path, and CX_REQUIRE_BROWSER=1; install Debian's package chromium")
    if path is None:
        pytest.skip("no Chromium on the path; install Debian's package chromium")
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests marked `browser` where Chromium is missing and nobody requires it."""
    if find_chromium() or is_required():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on the path"))
