"""Targets: what a metric should reach, at a touchpoint, over some days; and which of several layers of them holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import TypeAlias

from etl.actions import Actions, Edit
from etl.config import Settings
from etl.engines import Engine
from etl.errors import UserError, unknown
from etl.folders import Folders
from etl.lists import day_of, rows_of
from etl.metrics.catalogue import BREAKDOWN_RATE, METRICS
from etl.vocabulary import Unit

FILE = "targets.csv"
KIND = "target"
TOUCHPOINTS = (
    "SELECT touchpoint FROM core_map WHERE touchpoint IS NOT NULL "
    "UNION SELECT touchpoint FROM core_contacts WHERE touchpoint IS NOT NULL ORDER BY 1"
)
REQUIRED, OPTIONAL = ("metric", "target"), ("touchpoint", "from", "to", "owner", "why")


@dataclass(frozen=True)
class Target:
    """A value in the unit of its metric; without a touchpoint for all, without days for all days (both included)."""

    metric: str
    value: float
    touchpoint: str = ""
    first: date | None = None
    last: date | None = None
    owner: str = ""
    why: str = ""
    where: str = ""

    def holds(self, metric: str, touchpoint: str, day: date | None) -> bool:
        """Whether it is a target of a metric at a touchpoint (none: of all together) on a day (none: on any)."""
        is_here = self.metric == metric and self.touchpoint in ("", touchpoint)
        if day is None:
            return is_here and self.first is None and self.last is None
        return is_here and (self.first or day) <= day <= (self.last or day)


Layers: TypeAlias = Sequence[Sequence[Target]]
"""Targets of several origins, the weakest first: settings, files, what was entered in the app."""


def pick(layers: Layers, metric: str, touchpoint: str = "", day: date | None = None) -> Target | None:
    """The target that holds: one for the touchpoint before one for all, one with days before one without.

    Of equal ones that of the stronger layer holds, then the one that began later, then the one named later.
    """
    fitting = [
        (bool(target.touchpoint), bool(target.first or target.last), layer, target.first or date.min, place)
        for layer, targets in enumerate(layers)
        for place, target in enumerate(targets)
        if target.holds(metric, touchpoint, day)
    ]
    if not fitting:
        return None
    *_, layer, _, place = max(fitting)
    return layers[layer][place]


def of_settings(settings: Settings) -> tuple[Target, ...]:
    """The targets of `[metrics.X] target`."""
    given = ((name, values.get("target")) for name, values in settings.metrics.items())
    return tuple(Target(name, float(value)) for name, value in given if value is not None)


def of_all(settings: Settings) -> Layers:
    """The targets of the settings, of the file, and those entered."""
    return of_settings(settings), of_file(settings.folders), entered(settings.folders)


def of_file(folders: Folders) -> tuple[Target, ...]:
    """The lines of `targets.csv`; what none of them can mean is a UserError that names the line."""
    path = folders.root / FILE
    return tuple(_target(row, f"{path} line {number}") for number, row in rows_of(path, REQUIRED, OPTIONAL))


def entered(folders: Folders) -> tuple[Target, ...]:
    """The targets that people entered, each with its author."""
    return tuple(_target(_texts(edit), f"target {edit.key}") for edit in Actions(folders).current(KIND))


def enter(folders: Folders, given: Mapping[str, str], author: str, touchpoints: Sequence[str]) -> Target:
    """Keep a target over the files', from texts such as those of a line of `targets.csv`; UserError when it is none.

    One of the same metric, touchpoint and first day takes the place of the one before.
    """
    texts = {name: given.get(name, "") for name in (*REQUIRED, *OPTIONAL)} | {"owner": author}
    target = _target(texts, "target")
    check_touchpoints([target], touchpoints)
    actions, key = Actions(folders), _key(texts)
    actions.write(KIND, key, texts, author, actions.version(KIND, key))
    return target


def retract(folders: Folders, given: Mapping[str, str], author: str) -> None:
    """Take an entered target away, so that the files' holds again; a UserError when there is none."""
    actions, key = Actions(folders), _key({name: given.get(name, "") for name in OPTIONAL} | dict(given))
    history = actions.history(KIND, key)
    if not history or history[-1].content is None:
        raise unknown("entered target", key, [edit.key for edit in actions.current(KIND)])
    actions.write(KIND, key, None, author, history[-1].version)


def over_settings(folders: Folders, engine: Engine) -> Layers:
    """The lines of `targets.csv`, each touchpoint among those of a generation, and over them what was entered."""
    listed = of_file(folders)
    if any(target.touchpoint for target in listed):
        check_touchpoints(listed, [name for (name,) in engine.rows(TOUCHPOINTS)])
    return listed, entered(folders)


def check_touchpoints(targets: Sequence[Target], known: Sequence[str]) -> None:
    """Raise a UserError for a target at a touchpoint that neither the map nor any record names."""
    for target in targets:
        if target.touchpoint and target.touchpoint not in known:
            raise unknown("touchpoint", target.touchpoint, known, target.where)


def _key(texts: Mapping[str, str]) -> str:
    return "/".join(texts[name] or "*" for name in ("metric", "touchpoint", "from"))


def _texts(edit: Edit) -> dict[str, str]:
    return {name: str((edit.content or {}).get(name, "")) for name in (*REQUIRED, *OPTIONAL)}


def _target(row: dict[str, str], where: str) -> Target:
    if row["metric"] not in (*METRICS, BREAKDOWN_RATE):
        raise unknown("metric", row["metric"], (*METRICS, BREAKDOWN_RATE), where)
    first, last = _day(row, "from", where), _day(row, "to", where)
    if first and last and first > last:
        raise UserError(f"{where}: from {first} to {last}: the first day is after the last. Swap them.")
    value = value_of(row["metric"], row["target"], where)
    return Target(row["metric"], value, row["touchpoint"], first, last, row["owner"], row["why"], where)


def _day(row: dict[str, str], column: str, where: str) -> date | None:
    text = row[column]
    return day_of(text, f"{where} {column}: found {text!r}; expected a day such as 2026-03-01.") if text else None


def value_of(metric: str, text: str, where: str) -> float:
    """A target somebody wrote, in the unit of its metric; what can't be one is a UserError that says where."""
    try:
        value = float(text)
    except ValueError as error:
        raise UserError(f"{where} target: found {text!r}; expected a number such as 0.8 or 40.") from error
    if not isfinite(value):
        raise UserError(f"{where} target: found {text!r}; expected a number such as 0.8 or 40.")
    is_share = metric == BREAKDOWN_RATE or METRICS[metric].unit is Unit.SHARE
    if is_share and not 0 <= value <= 1:
        raise UserError(f"{where} target: found {text!r}; expected a share from 0 to 1, 0.8 for 80 %.")
    return value
