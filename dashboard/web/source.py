"""Connects the pages to the published generation of a data folder."""

import os
from pathlib import Path

from dashboard.findings.variants import label_of
from dashboard.web.cache import Library, Publications
from etl.actions import Actions
from etl.alerting import FILE as ALERT_RULES
from etl.config import Settings, load_settings
from etl.metrics.ask import open_ask
from etl.metrics.catalogue import METRICS, readings
from etl.warehouse import Warehouse

_installed: list[Library] = []


def publications(settings: Settings) -> Publications:
    """The generations that a load of this data folder publishes."""
    warehouse = Warehouse(settings.folders)

    def current() -> int:
        published = warehouse.current()
        return published.generation if published else 0

    def edition() -> tuple[int, ...]:
        root = settings.folders.root
        listed = sorted([*root.glob("*.csv"), *root.glob(ALERT_RULES)])
        return (Actions(settings.folders).edition, *(path.stat().st_mtime_ns for path in listed))

    return Publications(current, lambda principal: open_ask(settings, principal), edition, settings.folders)


def install(library: Library) -> None:
    """Let all pages of this process read from here; the server does it once, a test for each case."""
    _installed[:] = [library]


def library() -> Library:
    """The installed library, or one on the folder in `CX_DATA` (default `data`) when the script runs alone."""
    if not _installed:
        install(Library(publications(load_settings(Path(os.environ.get("CX_DATA", "data"))))))
    return _installed[0]


def metric_labels() -> dict[str, str]:
    """Each metric's name and label, in the catalogue's order."""
    return {name: metric.label for name, metric in METRICS.items()}


def variant_labels() -> dict[str, dict[str, str]]:
    """For each metric that is counted in several ways, what each is asked as and how it is called."""
    return {
        name: {each.name: label_of(each) for each in readings(metric)}
        for name, metric in METRICS.items()
        if metric.variants
    }
