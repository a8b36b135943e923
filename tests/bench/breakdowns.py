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
    """What one company's leaderboard says: planted breakdowns with the state found, and unchanged cells that alarmed.

    `grave` ever were persistent or chronic, `recurring` no more than recurring.
    """

    seed: int
    planted: tuple[tuple[str, str, bool], ...]
    unchanged: int
    cell_years: float
    grave: tuple[Cell, ...]
    recurring: tuple[Cell, ...]

    def line(self) -> str:
        """One line of print."""
        states = ", ".join(f"{wanted}: {found}{'' if holds else ' (!)'}" for wanted, found, holds in self.planted)
        rest = f"unchanged cells {self.unchanged}, grave {len(self.grave)}, recurring {len(self.recurring)}"
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
    reached = {cell: _highest(symbols) for cell, symbols in unchanged.items()}
    grave = tuple(cell for cell, grade in reached.items() if grade in GRAVE)
    recurring = tuple(cell for cell, grade in reached.items() if grade is State.RECURRING)
    years = len(unchanged) * len(weeks.starts) / WEEKS_A_YEAR
    return Company(seed, tuple(found), len(unchanged), years, grave, recurring)


def _highest(symbols: tuple[Symbol, ...]) -> State:
    """The highest grade that a cell ever had."""
    machine, highest = Machine(), State.NONE
    for symbol in symbols:
        machine.step(symbol)
        highest = max(highest, machine.standing().grade, key=GRADES.index)
    return highest


def summary(companies: list[Company]) -> str:
    """The shares over all companies."""
    planted = [holds for company in companies for _, _, holds in company.planted]
    grave = sum(len(company.grave) for company in companies)
    years = sum(company.cell_years for company in companies)
    recurring = sum(len(company.recurring) for company in companies)
    found = f"planted breakdowns in the right state: {sum(planted)} of {len(planted)}; " if planted else ""
    shares = [f"{count} ({100 * count / years:.2f} % a year)" for count in (grave, recurring)]
    return f"{found}unchanged cells over {years:.0f} years: persistent or chronic {shares[0]}, recurring {shares[1]}"
