"""Settings of identities and countries: defaults, a source's own before the company's, and what is refused."""

from pathlib import Path

import pytest

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


def test_limits_of_shared_keys(tmp_path: Path) -> None:
    found = settings(tmp_path, "[identity]\nmost_ids_per_key = 3\n")
    assert (found.most_ids_per_key, found.most_keys_per_id) == (3, 100)
    assert found.origins["identity.most_ids_per_key"] == str(tmp_path / "settings.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[company]\ncountry = "UK"\n', "[company] country: found 'UK'; expected a two-letter country code"),
        ("[sources.twcs]\ncountry = 49\n", "[sources.twcs] country: found 49;"),
        ("[identity]\nmost_ids_per_key = 0\n", "[identity] most_ids_per_key: found 0; expected a whole number from 1."),
        ("[identity]\nmost_keys_per_id = true\n", "[identity] most_keys_per_id: found True;"),
        ("[identity]\nmost_id_per_key = 2\n", "most_ids_per_key"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        settings(tmp_path, text)
    assert told in str(refused.value)
