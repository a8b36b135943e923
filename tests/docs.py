"""`python -m tests.docs` writes the README's tables from the catalogues; a test fails while they differ."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer
from typer.core import TyperGroup

from dashboard.cli import app
from dashboard.views import VIEWS
from etl.analysis.quantities import QUANTITIES
from etl.config import Settings
from etl.folders import Folders
from etl.metrics.catalogue import METRICS, readings, settings_of
from etl.metrics.definitions import definition
from etl.sources.catalogue import SOURCES

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SETTINGS = ROOT / "data" / "settings.example.toml"
SECTION = re.compile(r"\[(?P<section>[\w.]+)\]")
SETTING = re.compile(r"# (?P<key>\w+) = (?P<example>.+?) +# (?P<meaning>.+)")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; bars and line ends inside a cell are escaped."""
    cells = (tuple(" ".join(cell.split()).replace("|", "\\|") for cell in row) for row in rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ("---",) * len(head), *cells))


def commands() -> str:
    """Each command of `cx` with the first sentence of its help."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return table(("command", "does"), ((f"`cx {name}`", said(each.help)) for name, each in group.commands.items()))


def said(help_text: str | None) -> str:
    """The first paragraph of a help text."""
    return (help_text or "").strip().partition("\n\n")[0]


def sources() -> str:
    """Each export format with the columns that give it away."""
    rows = (
        (f"`{each.name}`", each.title, ", ".join(f"`{name}`" for name in each.required)) for each in SOURCES.values()
    )
    return table(("source", "export", "known by"), rows)


def metrics() -> str:
    """Each metric with its unit, definition, formula under the default settings, owner and version."""
    default = Settings(Folders(ROOT))
    rows = (
        (
            f"`{each.name}`",
            each.label,
            each.unit,
            each.meaning,
            definition(each, settings_of(each, default)).formula,
            each.owner,
            str(each.version),
        )
        for each in METRICS.values()
    )
    return table(("metric", "label", "unit", "definition", "formula", "owner", "version"), rows)


def variants() -> str:
    """Each variant of a metric with how it is asked and what it counts."""
    rows = (
        (f"`{each.name}`", each.label, each.meaning) for metric in METRICS.values() for each in readings(metric)[1:]
    )
    return table(("variant", "label", "meaning"), rows)


def quantities() -> str:
    """Each number of a breakdown with its key, meaning and formula."""
    rows = ((f"`{each.name}`", each.label, each.meaning, each.formula) for each in QUANTITIES)
    return table(("key", "label", "definition", "formula"), rows)


def views() -> str:
    """Each page with what its module says it shows."""
    rows = ((f"`{name}`", view.TITLE, said(view.__doc__).partition(": ")[2]) for name, view in VIEWS.items())
    return table(("page", "title", "shows"), rows)


def settings() -> str:
    """Each setting with the example and the meaning that the shipped `settings.example.toml` gives it."""
    return table(("setting", "meaning", "example"), ((f"`{name}`", told, f"`{shown}`") for name, shown, told in keys()))


def keys() -> Iterator[tuple[str, str, str]]:
    """Dotted name, example and meaning of each line that is commented out in the shipped settings."""
    section = ""
    for line in SETTINGS.read_text(encoding="utf-8").splitlines():
        if found := SECTION.match(line):
            section = found["section"]
        elif found := SETTING.match(line):
            yield f"{section}.{found['key']}", found["example"], found["meaning"]


def written(text: str) -> str:
    """The README with each generated table between its markers."""
    for make in (commands, sources, metrics, variants, quantities, views, settings):
        begin, end = f"<!-- {make.__name__} -->\n", f"<!-- end of {make.__name__} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"{README.name}: the markers {begin.strip()} and {end} are missing; put them back.")
        text = f"{before}{begin}{make()}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
