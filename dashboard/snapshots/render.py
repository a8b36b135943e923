"""Renders views into files: one renderer a format, every view in each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dashboard.blocks import Page, Selection
from dashboard.snapshots.html import Origin, render_html
from dashboard.views import VIEWS
from etl.config import Settings
from etl.errors import UserError, unknown
from etl.metrics.answer import LOCAL_ANALYST, Principal
from etl.metrics.ask import open_ask
from etl.vocabulary import Grain

RENDERERS: Mapping[str, Callable[[Page, Origin], bytes]] = MappingProxyType({"html": render_html})


@dataclass(frozen=True)
class SnapshotFile:
    """One rendered file: `bytes` is its size, `pages` how many pages of paper or slides it has (HTML: 1)."""

    path: Path
    format: str
    bytes: int
    pages: int


@dataclass(frozen=True)
class Snapshot:
    """The files of one call, all from one generation."""

    files: tuple[SnapshotFile, ...]
    generation: int


def snapshot_files(
    settings: Settings,
    views: Sequence[str],
    grain: Grain,
    period: str | None,
    formats: Sequence[str],
    out: Path,
    principal: Principal = LOCAL_ANALYST,
    *,
    fiscal: bool = False,
) -> Snapshot:
    """Render views (all without names) into a folder, asking as the recipient; a fiscal `period` needs no `fiscal`.

    Raises UserError for an unknown view, format or period, and when nothing is loaded.
    """
    for name in views:
        if name not in VIEWS:
            raise unknown("view", name, VIEWS)
    for name in formats:
        if name not in RENDERERS:
            raise unknown("format", name, RENDERERS)
    ask = open_ask(settings, principal)
    origin = Origin(ask.company, ask.generation, ask.published_at)
    chosen = None if period is None else ask.calendar.parse(period)
    if chosen is not None and chosen.grain is not grain:
        raise UserError(f"--period {period}: is a {chosen.grain}; expected a {grain}. Change --grain.")
    selection = Selection(grain=grain, period=period, fiscal=chosen.is_fiscal if chosen else fiscal)
    _make(out)
    files = []
    length = f"fiscal-{grain}" if selection.fiscal else grain
    for name in views or VIEWS:
        page = VIEWS[name].build(ask, selection)
        for output in formats:
            content = RENDERERS[output](page, origin)
            path = out / f"{name}-{period or f'{length}-{ask.as_of}'}.{output}"
            path.write_bytes(content)
            files.append(SnapshotFile(path, output, len(content), 1))
    return Snapshot(tuple(files), ask.generation)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"--out {folder}: can't be made ({error.strerror}). Choose a folder you may write to."
        ) from error
