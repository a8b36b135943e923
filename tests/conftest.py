"""The same surroundings for each test: no settings from the caller's environment, Chromium or a skip."""

import os
from pathlib import Path

import pytest

from tests.chromium import find_chromium, is_required

pytest_plugins = ("tests.loaded",)
FOREIGN_PREFIXES = ("CX_", "STREAMLIT_")
SLOWEST = (
    "etl/test_failpoints.py", "browser/test_dashboard.py", "etl/metrics/test_oracles.py", "test_agreement.py",
    "etl/test_late_files.py", "etl/test_deliveries.py", "etl/test_customers.py", "browser/test_drill.py",
    "dashboard/web/test_pages.py", "etl/analysis/test_breakdowns.py", "etl/reading/test_polluted.py",
    "etl/transform/test_chains.py", "etl/metrics/test_trace.py", "etl/load/test_customers.py",
)  # fmt: skip
"""Files of minutes; begun last, one of them would keep a single process busy while the others have nothing left."""
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
    """Begin with the slowest files; skip tests marked `browser` where Chromium is missing and nobody requires it."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))
    if find_chromium() or is_required():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on the path"))
