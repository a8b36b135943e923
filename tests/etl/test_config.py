"""Settings of identities and countries: defaults, a source's own before the company's, and what is refused."""

import re
from pathlib import Path

import pytest

from etl.calendar import Calendar, WeekYears, calendar_of
from etl.config import Settings, load_settings
from etl.errors import UserError


def settings(root: Path, text: str) -> Settings:
    (root / "settings.toml").write_text(text, encoding="utf-8")
    return load_settings(root)


def test_nothing_is_set(tmp_path: Path) -> None:
    found = load_settings(tmp_path)
    assert (found.country, found.most_ids_per_key, found.most_keys_per_id) == ("", 5, 100)
    assert found.country_of("twcs") is None
    assert found.country_of() is None


def test_a_sources_country_goes_before_the_companys(tmp_path: Path) -> None:
    found = settings(tmp_path, '[company]\ncountry = "de"\n[sources.amazon_connect]\ncountry = "GB"\n')
    assert found.country_of("amazon_connect") == "GB"
    assert found.country_of("call_center") == "DE"
    assert found.country_of() == "DE"


def test_fiscal_years_of_whole_weeks_end_with_the_companys_weeks_unless_told(tmp_path: Path) -> None:
    found = settings(tmp_path, '[company]\nweek_start = "sunday"\n[calendar]\nfiscal_pattern = "4-4-5"\n')
    assert calendar_of(found) == Calendar(6, 1, WeekYears("4-4-5", ends_on=5))
    told = '[company]\nfiscal_start = 2\n[calendar]\nfiscal_pattern = "4-5-4"\nfiscal_year_ends_on = "saturday"\n'
    found = settings(tmp_path, told + 'fiscal_year_end = "nearest"\nfiscal_long_month = 3\nfiscal_named_by = "start"\n')
    assert calendar_of(found) == Calendar(0, 2, WeekYears("4-5-4", 5, True, 3), True)


def test_limits_of_shared_keys(tmp_path: Path) -> None:
    found = settings(tmp_path, "[identity]\nmost_ids_per_key = 3\n")
    assert (found.most_ids_per_key, found.most_keys_per_id) == (3, 100)
    assert found.origins["identity.most_ids_per_key"] == str(tmp_path / "settings.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[company]\ncountry = "UK"\n', "[company] country: found 'UK'; expected a two-letter country code"),
        ("[sources.twcs]\ncountry = 49\n", "[sources.twcs] country: found 49;"),
        ('[sources.x_v2]\nown_accounts = "@acme"\n', "[sources.x_v2] own_accounts: found '@acme'; expected a list"),
        ('[calendar]\nfiscal_pattern = "4-5-5"\n', "[calendar] fiscal_pattern: unknown value '4-5-5'; did you mean 4-"),
        ("[calendar]\nfiscal_long_month = 13\n", "[calendar] fiscal_long_month: unknown value '13'; did you mean"),
        (
            "[calendar]\nfiscal_long_month = true\n",
            "[calendar] fiscal_long_month: unknown value 'True'; choose from: 1",
        ),
        ("[calendar]\npattern = 1\n", "[calendar]: unknown setting 'pattern'; did you mean fiscal_pattern"),
        ("[identity]\nmost_ids_per_key = 0\n", "[identity] most_ids_per_key: found 0; expected a whole number from 1."),
        ("[identity]\nmost_keys_per_id = true\n", "[identity] most_keys_per_id: found True;"),
        ("[identity]\nmost_id_per_key = 2\n", "most_ids_per_key"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        settings(tmp_path, text)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        (
            "CX_COMPANY_ZONE",
            "CX_COMPANY_ZONE: an unknown variable of the environment; expected CX_SECTION__KEY as in CX_C",
        ),
        ("CX_METRICS_NPS_TARGET", "CX_METRICS_NPS_TARGET: an unknown variable of the environment"),
        ("CX_COMPANY__ZON", "CX_COMPANY__ZON [company]: unknown setting 'zon'; did you mean zone?"),
    ],
)
def test_unknown_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, told: str) -> None:
    monkeypatch.setenv(variable, "3")
    with pytest.raises(UserError, match=re.escape(told)):
        load_settings(tmp_path)


def test_variables_of_others_are_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CX_DATA", str(tmp_path))
    monkeypatch.setenv("CX_ORACLE_HOME", "/opt")
    monkeypatch.setenv("CX_COMPANY__ZONE", "Europe/Berlin")
    assert load_settings(tmp_path).zone == "Europe/Berlin"
