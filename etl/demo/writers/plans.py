"""Who answers for what in the demo company, and its plans: one that mended a breakdown, one too young to tell."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from etl.demo.facts import Breakdown, Facts
from etl.demo.writers.settings import written

OWNERS = {
    "billing line": "Head of billing",
    "technical line": "Head of network care",
    "customer line": "Head of customer care",
    "web chat": "Head of digital service",
    "e-mail desk": "Head of the e-mail desk",
    "evening line": "Partner manager",
}
HEADER = ("cause", "touchpoint", "title", "owner", "due", "opened", "metric", "target", "window", "comparator", "state")
MENDED, BEGUN = "Confirm each cancellation by e-mail at once", "Second team on the queue, script rewritten"
COMPARATOR = "cause=payment not booked"
"""Nothing is ever planted there."""
RATE = "breakdown_rate"
TARGET = 0.08
YOUNG = timedelta(weeks=2)
TIME = timedelta(weeks=6)


def write_owners(folder: Path) -> Path:
    """One owner a touchpoint."""
    return _table(folder / "owners.csv", ("touchpoint", "owner"), OWNERS.items())


def write_plans(folder: Path, facts: Facts) -> Path:
    """The plan behind the planted fix, done, and one for the chronic breakdown, opened two weeks ago."""
    rows = []
    if facts.fix:
        rows.append(_plan(facts.fix.breakdown, MENDED, facts.fix.opened, COMPARATOR, "done"))
    for breakdown in facts.breakdowns:
        if breakdown.state == "chronic":
            rows.append(_plan(breakdown, BEGUN, facts.watermark - YOUNG, "", "open"))
    return _table(folder / "plans.csv", HEADER, rows)


def _plan(breakdown: Breakdown, title: str, opened: date, comparator: str, state: str) -> tuple[object, ...]:
    owner = OWNERS[breakdown.touchpoint]
    place = breakdown.cause, breakdown.touchpoint
    return *place, title, owner, opened + TIME, opened, RATE, TARGET, "", comparator, state


def _table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return written(path, text.getvalue())
