"""Breakdowns over many demo companies: are the planted ones found in their state, do unchanged cells stay quiet."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.analysis.breakdowns import histories, leaderboard
from etl.analysis.persistence import GRADES, Machine
from etl.config import load_settings
from etl.demo.company import Demo, write_demo
from etl.metrics.answer import Cell
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.catalogue import BREAKDOWN_RATE
from etl.pipeline import load
from etl.vocabulary import Grain, State, Symbol

GRAVE = GRADES[GRADES.index(State.PERSISTENT) :]
WEEKS_A_YEAR = 52
REACHED = {
    "chronic": (State.CHRONIC,),
    "relapsed": (State.RELAPSED, State.RECURRING, State.PERSISTENT, State.CHRONIC),
    "new": (State.NEW,),
    "resolved": (State.RESOLVED,),
}
"""States that a planted history may show; a relapsed one may have reached a higher grade, with its relapse told."""


@dataclass(frozen=True)
class Company:
    """What one company's leaderboard says: planted breakdowns with the state found, and grave unchanged cells."""

    seed: int
    planted: tuple[tuple[str, str, bool], ...]
    unchanged: int
    cell_years: float
    grave: tuple[Cell, ...]

    def line(self) -> str:
        """One line of print."""
        states = ", ".join(f"{wanted}: {found}{'' if holds else ' (!)'}" for wanted, found, holds in self.planted)
        rest = f"unchanged cells {self.unchanged}, grave {len(self.grave)}"
        return f"seed {self.seed}: {states or 'nothing planted'}; {rest}"


def measure(seeds: int, days: int, records: int, end: date, has_facts: bool) -> Iterator[Company]:
    """One company a seed, written, loaded and judged in a temporary folder."""
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as name:
            demo = Demo(folder=Path(name), end=end, days=days, records=records, seed=seed, has_facts=has_facts)
            written = write_demo(demo)
            settings = load_settings(demo.folder)
            load(settings, written.files)
            known = written.known
            yield _judged(open_ask(settings), seed, [*known.get("breakdowns", []), *filter(None, [known.get("fix")])])


def _judged(ask: WarehouseAsk, seed: int, planted: list[dict[str, Any]]) -> Company:
    assert ask.as_of is not None
    board = leaderboard(ask, ask.calendar.last_complete(ask.as_of, Grain.WEEK))
    standings = {row.cell: row.standing for row in board.rows}
    found = []
    for fact in planted:
        standing = standings[Cell(fact["cause"], fact["touchpoint"])]
        holds = standing.state in REACHED[fact["state"]] and (fact["state"] != "relapsed" or standing.relapses >= 1)
        found.append((fact["state"], standing.state.value, holds))
    weeks = ask.weeks(ask.as_of)
    touched = {Cell(fact["cause"], fact["touchpoint"]) for fact in planted}
    histories_ = histories(weeks, ask.minimum_n(BREAKDOWN_RATE), lambda _: None)
    unchanged = {cell: history.symbols for cell, history in histories_.items() if cell not in touched}
    grave = tuple(cell for cell, symbols in unchanged.items() if _was_grave(symbols))
    return Company(seed, tuple(found), len(unchanged), len(unchanged) * len(weeks.starts) / WEEKS_A_YEAR, grave)


def _was_grave(symbols: tuple[Symbol, ...]) -> bool:
    """Whether a cell ever was persistent or chronic."""
    machine = Machine()
    for symbol in symbols:
        machine.step(symbol)
        if machine.standing().grade in GRAVE:
            return True
    return False


def summary(companies: list[Company]) -> str:
    """The shares over all companies."""
    planted = [holds for company in companies for _, _, holds in company.planted]
    grave = sum(len(company.grave) for company in companies)
    years = sum(company.cell_years for company in companies)
    found = f"planted breakdowns in the right state: {sum(planted)} of {len(planted)}; " if planted else ""
    quiet = f"{grave} in {years:.0f} cell-years ({100 * grave / years:.2f} % a year)"
    return f"{found}unchanged cells persistent or chronic: {quiet}"
