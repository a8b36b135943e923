"""The shipped `data/settings.example.toml` changes nothing as it is, and each of its lines is a valid setting."""

import re
import tomllib
from pathlib import Path

from etl.config import CALENDAR_CHOICES, COMPANY_DEFAULTS, SOURCE_KEYS, load_settings
from tests.house.project import ROOT

EXAMPLE = ROOT / "data" / "settings.example.toml"


def uncommented() -> str:
    """The example with each `# key = value` switched on."""
    return re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_it_sets_nothing_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert set(load_settings(tmp_path).origins.values()) == {"default"}


def test_each_line_is_a_valid_setting(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(uncommented(), encoding="utf-8")
    settings = load_settings(tmp_path)
    assert settings.zone == "Europe/Berlin"
    assert settings.metrics["service_level"]["threshold_seconds"] == 20


def test_every_company_calendar_and_source_key_is_shown() -> None:
    shown = tomllib.loads(uncommented())
    assert set(shown["company"]) == set(COMPANY_DEFAULTS)
    assert set(shown["calendar"]) == set(CALENDAR_CHOICES)
    assert set(shown["causes"]) == {"from_words"}
    assert set(shown["value"]) == {"per_customer"}
    assert {key for keys in shown["sources"].values() for key in keys} == set(SOURCE_KEYS)
