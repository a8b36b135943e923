"""What `cx doctor` looks at: settings and their origin, versions, disk, lock, generations, modes of folders."""

import platform
import shutil
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version

from etl import generations
from etl.config import CALENDAR_CHOICES, COMPANY_DEFAULTS, IDENTITY_DEFAULTS, Settings
from etl.enrich.sentiment import sentiment_model
from etl.enrich.text_model.model import OWN_MODEL
from etl.errors import Busy, CxError, UserError
from etl.load import account
from etl.metrics.catalogue import METRICS
from etl.metrics.opening import HOLIDAYS, HOURS, read_opening
from etl.reading.jail import JAIL
from etl.sources.catalogue import SOURCES
from etl.warehouse import SPACE_FACTOR, Warehouse

Finding = tuple[str, bool, str]
PROGRAMS = ("cx-command-center", "duckdb", "pyarrow", "pandas", "streamlit", "plotly")


def diagnose(settings: Settings) -> list[Finding]:
    """Name, whether it is in order, and what was found, for everything that can go wrong around the data."""
    return [
        *_settings(settings),
        *_opening(settings),
        _text_model(settings),
        *_versions(),
        *_reading(),
        *_folders(settings),
        *_warehouse(settings),
    ]


def _settings(settings: Settings) -> Iterator[Finding]:
    """Each value in force and where it comes from; a setting that nobody gave shows its default."""
    values: dict[str, object] = {f"company.{key}": getattr(settings, key) for key in COMPANY_DEFAULTS}
    values |= {f"calendar.{key}": getattr(settings, key) for key in CALENDAR_CHOICES}
    values |= {f"identity.{key}": getattr(settings, key) for key in IDENTITY_DEFAULTS}
    values["causes.from_words"] = settings.causes_from_words
    values["value.per_customer"] = settings.value_per_customer
    for name, source in SOURCES.items():
        given = settings.sources.get(name, {})
        defaults: dict[str, object] = {
            "zone": source.zone or None,
            "country": settings.country_of(name),
            "day_first": source.day_first,
            "active": None,
        }
        values |= {f"sources.{name}.{key}": given.get(key, default) for key, default in defaults.items()}
    for name, metric in METRICS.items():
        given = settings.metrics.get(name, {})
        defaults = {"target": None, "minimum_n": metric.minimum_n, **metric.settings}
        values |= {f"metrics.{name}.{key}": given.get(key, default) for key, default in defaults.items()}
    for name, value in values.items():
        shown = "none" if value in (None, "") else str(value)
        yield f"setting {name}", True, f"{shown} (from {settings.origins.get(name, 'default')})"
    for name in settings.sources.keys() - SOURCES.keys() - _mapped(settings):
        yield f"setting sources.{name}", False, f"no source of that name; known are {', '.join(SOURCES)}"


def _opening(settings: Settings) -> Iterator[Finding]:
    """What the files of holidays and opening hours say."""
    try:
        opening = read_opening(settings)
    except UserError as error:
        yield "opening", False, str(error)
        return
    days = len(frozenset().union(*opening.closed.values()))
    yield "opening", True, f"{days} holidays in {HOLIDAYS}, {len(opening.shifts)} opening hours in {HOURS}"


def _text_model(settings: Settings) -> Finding:
    """Which model tells the sentiment of posts, and by what it was taught."""
    own = settings.folders.root / OWN_MODEL
    try:
        model = sentiment_model(own)
    except UserError as error:
        return "text model", False, str(error)
    place = "shipped" if model.version == sentiment_model().version else OWN_MODEL
    return "text model", True, f"{model.version} ({place}), {', '.join(model.languages)}, taught by {model.taught_by}"


def _mapped(settings: Settings) -> set[str]:
    """The names of sources that mapping files declared for what is loaded."""
    try:
        warehouse = Warehouse(settings.folders)
        published = warehouse.current() if settings.folders.warehouse.is_dir() else None
        if published is None:
            return set()
        with closing(warehouse.read(published)) as connection:
            return set(account.mapped_sources(account.loaded_files(connection)))
    except CxError:
        return set()


def _versions() -> Iterator[Finding]:
    yield "version python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    for program in PROGRAMS:
        try:
            yield f"version {program}", True, version(program)
        except PackageNotFoundError:
            yield f"version {program}", True, "runs from its source folder, not installed"


def _reading() -> Iterator[Finding]:
    """The limits of the process that parses files; one that the system refuses to set is no error, but told."""
    try:
        for limit in JAIL.ready():
            yield f"limit {limit.name}", True, limit.detail
    except CxError as error:
        yield "limits", False, str(error)


def _folders(settings: Settings) -> Iterator[Finding]:
    folders = settings.folders
    if not folders.root.is_dir():
        yield "folder data", False, f"{folders.root} is missing; make it, or name another with --data"
        return
    yield "folder data", True, str(folders.root)
    for folder in (folders.raw, folders.quarantine, folders.warehouse):
        yield _mode(f"folder {folder.name}", folder.stat().st_mode if folder.exists() else None, 0o700)
    key = folders.identifier_key
    yield _mode("identifier key", key.stat().st_mode if key.exists() else None, 0o600)
    yield _disk(settings)


def _mode(name: str, found: int | None, expected: int) -> Finding:
    if found is None:
        return name, True, "made by the first load"
    others = found & 0o777 & ~expected
    return name, not others, f"mode {found & 0o777:04o}" + (f"; expected {expected:04o}" if others else "")


def _disk(settings: Settings) -> Finding:
    sizes = [path.stat().st_size for path in settings.folders.warehouse.glob("w*.duckdb")]
    needed, free = SPACE_FACTOR * max(sizes, default=0), shutil.disk_usage(settings.folders.root).free
    return "disk", free >= needed, f"{free / 1e9:.1f} GB free; the next load needs {needed / 1e9:.1f} GB"


def _warehouse(settings: Settings) -> Iterator[Finding]:
    folder = settings.folders.warehouse
    if not folder.is_dir():
        yield "generation", True, "none yet; cx load publishes the first"
        return
    kept = ", ".join(map(str, generations.generations(folder))) or "none"
    try:
        published = Warehouse(settings.folders).current()
    except CxError as error:
        yield "generation", False, str(error)
    else:
        is_sound = published is None or not published.fallback
        pointed = "none" if published is None else f"{published.generation} of {published.published_at:%Y-%m-%d %H:%M}"
        told = "" if is_sound else "; the pointer is unusable, the newest sound one is read: run cx load"
        yield "generation", is_sound, f"published {pointed}, kept {kept}{told}"
    yield _lock(settings)


def _lock(settings: Settings) -> Finding:
    try:
        with Warehouse(settings.folders).lock():
            return "lock", True, "free"
    except Busy:
        return "lock", True, "held: a load is running"
    except CxError as error:
        return "lock", False, str(error)
