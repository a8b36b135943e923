"""What single customers went through, as chart values: runarounds as timelines, ways between channels, whom to call."""

from collections.abc import Sequence
from datetime import date, datetime

from dashboard import format, strings
from dashboard.blocks import Bar, Bars
from dashboard.strings import causes
from dashboard.strings import journeys as words
from dashboard.tables import Cell, Column, Table
from dashboard.timelines import Dot, Timeline, Timelines
from etl.analysis.exceptions import Exceptional
from etl.metrics.ways import Journey, OpenFailure, Outcry, Step, Stop
from etl.vocabulary import UNASSIGNED, UNKNOWN, Unit

DAY, MINUTE = 86_400, 60
MOST_STEPS, MOST_LISTED = 8, 20
SHORT_ID = 8
NO_POINTS = format.count(0)


def customer(key: str) -> str:
    """A customer as a table shows him: the first letters of his identifier's hash."""
    return key.rpartition(":")[2][:SHORT_ID]


def sent_around(journeys: Sequence[Journey]) -> tuple[Journey, ...]:
    """Those whose runaround is at least a point as a reader sees it; the others are no runarounds."""
    return tuple(each for each in journeys if format.count(each.index) != NO_POINTS)


def timelines(journeys: Sequence[Journey], weights: str, period: str) -> Timelines:
    """The runarounds, worst first; there is at least one."""
    points = format.count(journeys[0].index)
    return Timelines(
        words.timelines_title(format.count(len(journeys)), points, is_one=len(journeys) == 1),
        words.timelines_caption(weights, period),
        tuple(_timeline(each) for each in journeys),
        _contacts(journeys),
    )


def _timeline(journey: Journey) -> Timeline:
    first = journey.stops[0].started_at
    points, reason = words.points(format.count(journey.index)), _known(journey.stops[0].reason)
    label = strings.SEPARATOR.join(filter(None, (points, reason, words.customer(customer(journey.customer_id)))))
    return Timeline(label, _cost(journey), tuple(_dot(stop, first) for stop in journey.stops))


def _cost(journey: Journey) -> str:
    counts = (len(journey.stops) - 1, journey.transfer_count, journey.switch_count, journey.retold_count)
    detours = [
        words.detour(format.count(count), kind, is_one=count == 1)
        for kind, count in zip(words.DETOURS, counts, strict=True)
        if count
    ]
    return strings.SEPARATOR.join((format.duration(journey.minutes * MINUTE), *detours))


def _dot(stop: Stop, first: datetime) -> Dot:
    parts = [] if stop.is_answered else [words.HOLLOW]
    parts += [words.waited(format.duration(float(stop.wait_seconds)))] if stop.wait_seconds else []
    parts += [words.transferred(format.count(stop.transfer_count))] if stop.transfer_count else []
    told = words.dot(format.instant(stop.started_at), stop.channel, _known(stop.touchpoint), parts)
    days = (stop.started_at - first).total_seconds() / DAY
    return Dot(days, stop.channel, told, not stop.is_answered, f"→{stop.transfer_count}" if stop.transfer_count else "")


def _contacts(journeys: Sequence[Journey]) -> Table:
    units = {6: Unit.SECONDS, 7: Unit.COUNT}
    rows = tuple(
        (
            f"{place}. {words.customer(customer(journey.customer_id))}", format.instant(stop.started_at), stop.channel,
            _known(stop.touchpoint), _known(stop.reason), strings.YES if stop.is_answered else strings.NO,
            None if stop.wait_seconds is None else float(stop.wait_seconds), stop.transfer_count, _record(stop.record),
        )
        for place, journey in enumerate(journeys, 1)
        for stop in journey.stops
    )  # fmt: skip
    columns = tuple(Column(title, units.get(place)) for place, title in enumerate(words.CONTACT_COLUMNS))
    return Table(words.CONTACT_COLUMNS[1], columns, rows)


def ways(steps: Sequence[Step]) -> Bars:
    """From channel to channel, the most frequent drawn, all of them in the table; there is at least one."""
    total = sum(step.count for step in steps)
    switched = [step for step in steps if step.origin != step.goal]
    count = sum(step.count for step in switched)
    most = words.went(switched[0].origin, switched[0].goal) if switched else ""
    channels = sorted({name for step in steps for name in (step.origin, step.goal)})
    found = {(step.origin, step.goal): step.count for step in steps}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (origin, *(found.get((origin, goal), 0) for goal in channels)) for origin in channels
    )
    return Bars(
        title=words.steps_title(format.count(count), format.value(count / total, Unit.SHARE), most),
        caption=words.STEPS_CAPTION,
        unit=Unit.COUNT,
        bars=tuple(
            Bar(
                words.went(step.origin, step.goal), step.count, format.value(step.count / total, Unit.SHARE),
                is_highlight=step.origin != step.goal,
            )
            for step in steps[:MOST_STEPS]
        ),
        table=Table(
            words.STEPS_CAPTION,
            (Column(words.STEP_COLUMNS[0]), *(Column(f"→ {goal}", Unit.COUNT) for goal in channels)),
            rows,
        ),
    )  # fmt: skip


def calls(found: Sequence[Exceptional], as_of: date) -> Table:
    """Whom to call at the end of a day, the most worth first."""
    units = dict.fromkeys((5, 6), Unit.SHARE) | {4: Unit.COUNT}
    return Table(
        words.calls_title(format.count(len(found)), format.day(as_of), is_one=len(found) == 1),
        tuple(Column(title, units.get(place)) for place, title in enumerate(words.CALL_COLUMNS)),
        tuple(
            (
                customer(each.failure.customer_id), _what(each.failure), format.instant(each.failure.started_at),
                each.failure.channel, each.failure.contacts, each.unresolved, each.recoverable,
                words.times(format.count(each.reach)), f"{format.rounded(each.score, 2)}",
                words.why(_reasons(each)), _record(each.failure.record),
            )
            for each in found
        ),
        words.CALLS_NOTE,
    )  # fmt: skip


def public(found: Sequence[Outcry]) -> Table:
    """What went public, the newest first."""
    return Table(
        words.public_title(format.count(len(found)), is_one=len(found) == 1),
        tuple(Column(title) for title in words.PUBLIC_COLUMNS),
        tuple(
            (
                customer(each.customer_id), format.instant(each.started_at), each.channel, _what(each),
                format.instant(each.posted_at), each.platform,
                format.duration((each.posted_at - each.started_at).total_seconds()),
            )
            for each in found[:MOST_LISTED]
        ),
        words.PUBLIC_NOTE,
    )  # fmt: skip


def _reasons(each: Exceptional) -> list[str]:
    failure = each.failure
    first = (
        words.UNRESOLVED if failure.is_unresolved else words.COMPLAINED if failure.is_complaint
        else words.ABANDONED if failure.is_abandoned else words.DISAPPOINTED
    )  # fmt: skip
    second = words.PUBLIC if failure.went_public_at else words.VOCAL if failure.posted_at else ""
    return [part for part in (first, words.ago(format.count(each.days)), second) if part]


def _what(failure: OpenFailure | Outcry) -> str:
    cause, place = _known(failure.cause), _known(failure.touchpoint)
    return causes.broke(cause, place) if cause and place else cause or place or strings.MISSING


def _known(name: str | None) -> str:
    return "" if name in (None, UNKNOWN, UNASSIGNED) else str(name)


def _record(record: str) -> str:
    """The file by its own name; its folder is of no use to a reader."""
    return record.rpartition("/")[2]
