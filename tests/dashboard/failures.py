"""Made-up contacts that failed, for the canned company: each contact is one record, and all numbers count them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from etl.metrics.answer import Affected, Cell, CellSpan, CellWeeks, Where
from etl.vocabulary import UNASSIGNED, Dimension

LAST_WEEK = date(2026, 3, 2)
"""The Monday of the last complete week; the weeks of a story are counted back from it."""
CUSTOMERS_A_WEEK = 400
CONTACTS_PER_FAILURE = 5
CAUSES = ("wrong invoice", "no internet", "late delivery", "password reset", UNASSIGNED)
Records = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Company:
    """What a made-up company's failures depend on; in a storm, more breaks in the last week."""

    causes: tuple[str, ...]
    touchpoints: tuple[str, ...]
    volume: float
    is_storm: bool


@dataclass(frozen=True)
class Story:
    """What happens in one cell: failures in a usual and in a bad week, and how many weeks ago the bad ones were."""

    cause: int
    touchpoint: int
    usual: int
    bad: int = 0
    weeks_ago: range | tuple[int, ...] = ()


STORIES = (
    Story(0, 1, 20, 126, range(20)),
    Story(2, 0, 20, 60, (22, 21, 20, 0)),
    Story(1, 3, 20, 55, (0,)),
    Story(1, 2, 20, 60, range(10, 14)),
    Story(3, 4, 12, 60, range(6, 12)),
    Story(3, 3, 9),
    Story(4, 1, 8),
)
UNKNOWN_PLACE, UNKNOWN_WEEKS = 4, 5
"""At the last touchpoint a source has been missing for so many weeks."""


def contacts(start: date, end: date, company: Company, where: Where = ()) -> Records:
    """The contacts that failed between two days, both included."""
    first = start - timedelta(days=start.weekday())
    weeks = (first + timedelta(weeks=number) for number in range((end - first).days // 7 + 1))
    found = (contact for week in weeks for contact in _week(week, company))
    return tuple(
        contact
        for contact in found
        if start <= contact["business_day"] <= end and all(contact[name.value] in chosen for name, chosen in where)
    )


def affected(start: date, end: date, company: Company, where: Where = ()) -> CellSpan:
    """The same contacts as customers by cell."""
    found = contacts(start, end, company, where)
    by_cell: dict[Cell, list[Mapping[str, Any]]] = {}
    for contact in found:
        by_cell.setdefault(Cell(contact["cause"], contact["touchpoint"]), []).append(contact)
    loose = [contact for cell, group in by_cell.items() if not cell.is_assigned for contact in group]
    days = (end - start).days + 1
    return CellSpan(
        {cell: _counted(group) for cell, group in by_cell.items()},
        {place: round(CUSTOMERS_A_WEEK * company.volume * days / 7) for place in company.touchpoints},
        _counted(loose),
        _counted(found),
    )


def weeks(starts: Sequence[date], company: Company, where: Where = ()) -> CellWeeks:
    """The history of all cells; the last touchpoint is not known of late."""
    spans = [affected(start, start + timedelta(days=6), company, where) for start in starts]
    cells = sorted({cell for span in spans for cell in span.affected})
    unknown = company.touchpoints[UNKNOWN_PLACE % len(company.touchpoints)]
    return CellWeeks(
        tuple(starts),
        {place: [span.customers[place] for span in spans] for place in company.touchpoints},
        {cell: [span.affected[cell].customers if cell in span.affected else 0 for span in spans] for cell in cells},
        {
            place: [place != unknown or _weeks_ago(start) >= UNKNOWN_WEEKS for start in starts]
            for place in company.touchpoints
        },
    )  # fmt: skip


def _counted(found: Sequence[Mapping[str, Any]]) -> Affected:
    customers = {contact["customer_id"] or contact["contact_key"] for contact in found}
    return Affected(len(customers), len({c["customer_id"] for c in found if c["customer_id"]}), len(found))


def _weeks_ago(start: date) -> int:
    return (LAST_WEEK - start).days // 7


@lru_cache(maxsize=4_096)
def _week(start: date, company: Company) -> Records:
    return tuple(_told(start, company))


def _told(start: date, company: Company) -> Iterator[Mapping[str, Any]]:
    for number, story in enumerate(STORIES):
        ago = _weeks_ago(start)
        is_bad = ago in story.weeks_ago and (ago != 0 or ago + 1 in story.weeks_ago or company.is_storm)
        level = story.bad if is_bad else story.usual
        noise = Random(f"{number}{start}").randint(-3, 3)
        for place in range(round((level + noise) * company.volume)):
            yield _contact(start, number, place, story, company)


def _contact(start: date, number: int, place: int, story: Story, company: Company) -> Mapping[str, Any]:
    pick: Callable[[Sequence[str], int], str] = lambda options, at: options[at % len(options)]  # noqa: E731
    day = start + timedelta(days=place % 7)
    key = (start.toordinal() * 100 + number) * 1_000 + place
    return {
        "contact_key": key,
        "source": "amazon_connect",
        "channel": pick(("phone", "chat", "phone"), place),
        "direction": "inbound",
        "started_at": datetime.combine(day, time(8 + place % 9)),
        "business_day": day,
        "customer_id": None if place % 10 == 9 else f"c{key - (place % 8 == 7)}",
        "is_abandoned": place % 2 == 0,
        "is_complaint": place % 2 == 1,
        "touchpoint": pick(company.touchpoints, story.touchpoint),
        "cause": pick(company.causes, story.cause),
        "product": pick(("fibre", "mobile", "television"), place),
        "region": pick(("North", "South", "West"), place),
        "segment": None,
        "record_id": f"=r{key}",
        "file": "calls.csv",
        "record_number": place,
    }


def company_of(values: Mapping[Dimension, tuple[str, ...]], volume: float, *, is_storm: bool) -> Company:
    """The company with these causes and touchpoints."""
    causes, places = values.get(Dimension.CAUSE) or CAUSES, values.get(Dimension.TOUCHPOINT) or ("shop",)
    return Company(causes, places, volume, is_storm)
