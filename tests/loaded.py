"""A small demo company, written and loaded once a run, with an Ask on it."""

from dataclasses import replace
from datetime import date

import pytest

from etl.config import Settings, load_settings
from etl.demo.company import Demo, write_demo
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.catalogue import METRICS
from etl.pipeline import load

END = date(2026, 11, 22)
DAYS = 120
ABSENT = (
    "containment", "response_rate",
    "resolution_time_p50", "resolution_time_p90", "callbacks", "voicemails", "flow_outs", "contained",
    "volume_offered", "volume_answered", "volume_abandonment", "volume_asa", "volume_service_level",
)  # fmt: skip
"""Metrics of which the demo company records nothing."""
PRESENT = tuple(name for name in METRICS if name not in ABSENT)


def unsuppressed(settings: Settings) -> Settings:
    """The same settings with every value shown, however small its base."""
    shown = {name: {**settings.metrics.get(name, {}), "minimum_n": min(1, METRICS[name].minimum_n)} for name in METRICS}
    return replace(settings, metrics=shown)


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a data folder that holds 120 days and about 6,000 records of the demo company."""
    folder = tmp_path_factory.mktemp("loaded")
    written = write_demo(Demo(folder=folder, end=END, days=DAYS, records=6_000))
    settings = load_settings(folder)
    load(settings, written.files)
    return settings


@pytest.fixture(scope="session")
def small_ask(small_demo: Settings) -> WarehouseAsk:
    """Ask on the small demo, every value shown."""
    return open_ask(unsuppressed(small_demo))
