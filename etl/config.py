"""One frozen Settings of a data folder; each value knows where it came from."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from phonenumbers import SUPPORTED_REGIONS

from etl.errors import UserError, unknown
from etl.folders import Folders

COMPANY_DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {"name": "", "zone": "UTC", "country": "", "currency": "", "week_start": "monday", "fiscal_start": 1}
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR_CHOICES: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "fiscal_pattern": ("months", "4-4-5", "4-5-4", "5-4-4"),
        "fiscal_year_ends_on": ("", *WEEKDAYS),
        "fiscal_year_end": ("last", "nearest"),
        "fiscal_long_month": (12, *range(1, 12)),
        "fiscal_named_by": ("end", "start"),
    }
)
"""What each key of [calendar] may be; the first is the default."""
IDENTITY_DEFAULTS: Mapping[str, int] = MappingProxyType({"most_ids_per_key": 5, "most_keys_per_id": 100})
SOURCE_KEYS = ("zone", "country", "day_first", "active", "own_accounts")
PREFIX = "CX_"
SECTIONS = ("company", "calendar", "identity", "causes", "value", "sources", "metrics")


@dataclass(frozen=True)
class Settings:
    """Every setting of one data directory, with the origin of each.

    `sources` and `metrics` map a name to its own keys; which keys a metric takes is declared
    with the metric and checked there. `origins` maps a dotted name to "default", a file or a variable.
    """

    folders: Folders
    name: str = ""
    zone: str = "UTC"
    country: str = ""
    currency: str = ""
    week_start: str = "monday"
    fiscal_start: int = 1
    most_ids_per_key: int = IDENTITY_DEFAULTS["most_ids_per_key"]
    most_keys_per_id: int = IDENTITY_DEFAULTS["most_keys_per_id"]
    causes_from_words: bool = True
    value_per_customer: float | None = None
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    metrics: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    fiscal_pattern: str = "months"
    fiscal_year_ends_on: str = ""
    fiscal_year_end: str = "last"
    fiscal_long_month: int = 12
    fiscal_named_by: str = "end"

    @property
    def week_start_index(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return WEEKDAYS.index(self.week_start)

    def country_of(self, source: str = "") -> str | None:
        """The country (ISO 3166) in which the national numbers of a source, or of the company's list, were dialled."""
        return str(self.sources.get(source, {}).get("country") or self.country).upper() or None


def load_settings(root: Path) -> Settings:
    """Read defaults, then `settings.toml`, then `CX_*`; an unknown key or a bad value is a UserError."""
    folders = Folders(root)
    values: dict[str, Any] = {f"company.{key}": value for key, value in COMPANY_DEFAULTS.items()}
    values |= {f"calendar.{key}": choices[0] for key, choices in CALENDAR_CHOICES.items()}
    values |= {f"identity.{key}": value for key, value in IDENTITY_DEFAULTS.items()} | {"causes.from_words": True}
    origins = dict.fromkeys(values, "default")
    for origin, layer in ((str(folders.settings), _file_layer(folders.settings)), ("", _environment_layer())):
        for name, (value, where) in layer.items():
            _check_name(name, where or origin)
            values[name] = value
            origins[name] = where or origin
    company = {key: values[f"company.{key}"] for key in COMPANY_DEFAULTS}
    calendar = {key: values[f"calendar.{key}"] for key in CALENDAR_CHOICES}
    identity = {key: values[f"identity.{key}"] for key in IDENTITY_DEFAULTS}
    _check_company(company, origins)
    _check_calendar(calendar, origins)
    _check_identity(identity, origins)
    _check_words(values["causes.from_words"], origins["causes.from_words"])
    _check_countries(values, origins)
    _check_own_accounts(values, origins)
    return Settings(
        folders=folders,
        causes_from_words=values["causes.from_words"],
        value_per_customer=values.get("value.per_customer"),
        sources=_grouped(values, "sources"),
        metrics=_grouped(values, "metrics"),
        origins=MappingProxyType(origins),
        **company,
        **calendar,
        **identity,
    )


def checked_zone(name: Any, where: str) -> str:
    """The name of a time zone; UserError saying where when there is none of that name."""
    try:
        return ZoneInfo(str(name)).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(f"{where}: {name!r} is not a time zone; expected a name such as Europe/Berlin.") from error


def toml_document(path: Path) -> dict[str, Any]:
    """What a TOML file holds, nothing without the file; a UserError where it is no TOML."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not valid TOML ({error}). Mend the line or remove the file.") from error


def _file_layer(path: Path) -> dict[str, tuple[Any, str]]:
    return {name: (value, "") for name, value in _flat(toml_document(path)).items()}


def _environment_layer() -> dict[str, tuple[Any, str]]:
    layer: dict[str, tuple[Any, str]] = {}
    for variable, text in sorted(os.environ.items()):
        if not variable.startswith(PREFIX):
            continue
        if "__" not in variable:
            # Other programs' variables may begin so too; only one that names a section was meant as a setting.
            if variable.removeprefix(PREFIX).lower().split("_")[0] not in SECTIONS:
                continue
            raise UserError(
                f"{variable}: an unknown variable of the environment; expected {PREFIX}SECTION__KEY as in "
                "CX_COMPANY__ZONE or CX_METRICS__NPS__TARGET. Rename it, or take it away."
            )
        layer[variable.removeprefix(PREFIX).lower().replace("__", ".")] = (_scalar(text), variable)
    return layer


def _scalar(text: str) -> Any:
    """A number or a truth value if the text is one in TOML, else the text itself."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value if isinstance(value, bool | int | float) else text


def _flat(document: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _check_name(name: str, where: str) -> None:
    section, _, rest = name.partition(".")
    if section not in SECTIONS:
        raise unknown("section", section, SECTIONS, where)
    if section == "company" and rest not in COMPANY_DEFAULTS:
        raise unknown("setting", rest, COMPANY_DEFAULTS, f"{where} [company]")
    if section == "calendar" and rest not in CALENDAR_CHOICES:
        raise unknown("setting", rest, CALENDAR_CHOICES, f"{where} [calendar]")
    if section == "identity" and rest not in IDENTITY_DEFAULTS:
        raise unknown("setting", rest, IDENTITY_DEFAULTS, f"{where} [identity]")
    if section == "causes" and rest != "from_words":
        raise unknown("setting", rest, ["from_words"], f"{where} [causes]")
    if section == "value" and rest != "per_customer":
        raise unknown("setting", rest, ["per_customer"], f"{where} [value]")
    if section == "sources" and rest.partition(".")[2] not in SOURCE_KEYS:
        raise unknown(
            "setting", rest.partition(".")[2] or rest, SOURCE_KEYS, f"{where} [sources.{rest.partition('.')[0]}]"
        )
    if section == "metrics" and "." not in rest:
        raise UserError(
            f"{where}: [metrics] {rest} is a value; expected a table such as [metrics.nps] with target = 40."
        )


def _check_company(company: Mapping[str, Any], origins: Mapping[str, str]) -> None:
    checked_zone(company["zone"], f"{origins['company.zone']} [company] zone")
    if company["week_start"] not in WEEKDAYS:
        raise unknown(
            "weekday", str(company["week_start"]), WEEKDAYS, f"{origins['company.week_start']} [company] week_start"
        )
    if not isinstance(company["fiscal_start"], int) or not 1 <= company["fiscal_start"] <= 12:
        raise UserError(
            f"{origins['company.fiscal_start']} [company] fiscal_start: found {company['fiscal_start']!r}; "
            "expected a month from 1 to 12."
        )


def _check_calendar(calendar: Mapping[str, Any], origins: Mapping[str, str]) -> None:
    for key, value in calendar.items():
        choices = CALENDAR_CHOICES[key]
        if isinstance(value, bool) or value not in choices:
            known = [str(choice) for choice in choices if choice != ""]
            raise unknown("value", str(value), known, f"{origins[f'calendar.{key}']} [calendar] {key}")


def _check_identity(identity: Mapping[str, Any], origins: Mapping[str, str]) -> None:
    for key, value in identity.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise UserError(
                f"{origins[f'identity.{key}']} [identity] {key}: found {value!r}; expected a whole number from 1."
            )


def _check_words(found: Any, origin: str) -> None:
    if not isinstance(found, bool):
        raise UserError(f"{origin} [causes] from_words: found {found!r}; expected true or false.")


def _check_countries(values: Mapping[str, Any], origins: Mapping[str, str]) -> None:
    for name, value in values.items():
        section, _, key = name.rpartition(".")
        if key == "country" and value != "" and str(value).upper() not in SUPPORTED_REGIONS:
            raise UserError(
                f"{origins[name]} [{section}] country: found {value!r}; "
                "expected a two-letter country code (ISO 3166) such as GB, DE or US."
            )


def _check_own_accounts(values: Mapping[str, Any], origins: Mapping[str, str]) -> None:
    for name, value in values.items():
        section, _, key = name.rpartition(".")
        is_list = isinstance(value, list) and all(isinstance(account, str) and account.strip() for account in value)
        if key == "own_accounts" and not is_list:
            raise UserError(f'{origins[name]} [{section}] own_accounts: found {value!r}; expected a list ["@handle"].')


def _grouped(values: Mapping[str, Any], section: str) -> Mapping[str, Mapping[str, Any]]:
    grouped: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if head == section:
            owner, _, key = rest.partition(".")
            grouped.setdefault(owner, {})[key] = value
    return MappingProxyType(grouped)
