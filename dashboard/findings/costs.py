"""What the breakdowns of a leaderboard cost, as tables: harm, silent customers, time, voices, value, and how sure."""

from datetime import date

from dashboard import format, strings
from dashboard.strings import causes
from dashboard.strings import costs as words
from dashboard.tables import Cell, Column, Table
from etl.analysis.breakdowns import Breakdown, Leaderboard
from etl.analysis.harm import Harm
from etl.analysis.silent import Estimate
from etl.metrics.tolls.values import TollAsk
from etl.vocabulary import Unit

SATISFACTION_DIGITS, POINT_DIGITS = 0, 1


def name_of(row: Breakdown) -> str:
    """The breakdown by name."""
    return causes.broke(row.cell.cause, row.cell.touchpoint)


def customers(count: int) -> str:
    """So many customers."""
    return causes.customers(format.count(count), is_one=count == 1)


def day(moment: date | None) -> str:
    """A day without its weekday, or a dash."""
    return format.day(moment, has_weekday=False) if moment else strings.MISSING


def harm_words(harm: Harm | None) -> str:
    """A harm on its scale, with whose it is where it is not the row's own."""
    if harm is None:
        return strings.MISSING
    return words.pooled(words.points(_points(harm.value, harm.scale), harm.scale), harm.basis)


def silent_words(row: Breakdown) -> str:
    """How many kept silent, as a range."""
    found = row.cost.affected
    if found is None:
        return strings.MISSING
    high = found.silent_high
    return words.silent(format.count(found.silent_low), None if high is None else format.count(high))


def in_all(row: Breakdown) -> str:
    """How many were affected with the silent ones; empty where no method tells."""
    found = row.cost.affected
    return _range(found.low, found.high) if found else ""


def behind_table(rows: list[Breakdown]) -> Table:
    """What the ranking rests on, and what else each breakdown costs."""
    units = {3: Unit.SECONDS, 10: Unit.SHARE}
    shown = [place for place in range(len(words.BEHIND_COLUMNS)) if place != words.MOSTLY or any(map(mostly, rows))]
    cells = [_behind(row) for row in rows]
    return Table(
        title=words.BEHIND_TITLE,
        columns=tuple(Column(words.BEHIND_COLUMNS[place], units.get(place)) for place in shown),
        rows=tuple(tuple(row[place] for place in shown) for row in cells),
        note=words.BEHIND_NOTE,
    )


def silent_table(rows: list[Breakdown]) -> Table | None:
    """Each method that tells how many were affected; None where none does."""
    told = [(row, one) for row in rows if row.cost.affected for one in row.cost.affected.estimates]
    if not told:
        return None
    first = told[0][0]
    return Table(
        title=words.silent_title(name_of(first), in_all(first)),
        columns=tuple(
            Column(title, Unit.COUNT if place == 2 else None) for place, title in enumerate(words.SILENT_COLUMNS)
        ),
        rows=tuple(_estimate(row, one) for row, one in told),
        note=words.SILENT_NOTE,
    )


def value_table(board: Leaderboard, toll: TollAsk) -> Table | None:
    """The ranking by what those who were failed are worth; None where the settings do not say what a customer is."""
    each, currency = toll.value_per_customer, toll.currency
    rows = [row for row in board.rows if row.rank is not None and row.cost.value is not None]
    if not rows or each is None:
        return None
    rows.sort(key=lambda row: -(row.cost.value or 0.0))
    worth = [words.money(format.count(row.cost.value), currency) for row in rows]
    return Table(
        title=words.value_title(name_of(rows[0]), worth[0]),
        columns=tuple(
            Column(title, Unit.COUNT if place == 1 else None) for place, title in enumerate(words.VALUE_COLUMNS)
        ),
        rows=tuple((name_of(row), row.affected, told) for row, told in zip(rows, worth, strict=True)),
        note=words.value_note(words.money(format.count(board.total.customers * each), currency)),
    )


def mostly(row: Breakdown) -> str:
    """The products or regions that explain a breakdown; empty where none does."""
    return "; ".join(
        words.mostly(tuple(one.where.items()), format.count(one.failed), format.count(one.whole))
        for one in row.segments
    )


def _behind(row: Breakdown) -> tuple[Cell, ...]:
    toll = row.cost.toll
    return (
        name_of(row), share_words(row), _harm_interval(row.cost.harm), 60 * toll.minutes or None, _voices(row),
        mostly(row) or strings.MISSING, _unusual(row), _ranks(row), _to_first(row), day(row.first_seen),
        row.linked / row.affected if row.affected else None,
    )  # fmt: skip


def share_words(row: Breakdown) -> str:
    """The share of those at the touchpoint with its interval and base."""
    interval = format.interval(row.low, row.high, Unit.SHARE)
    if row.share is None or not interval:
        return strings.MISSING
    return words.share(format.value(row.share, Unit.SHARE), interval, format.count(row.exposed))


def _harm_interval(harm: Harm | None) -> str:
    if harm is None:
        return strings.MISSING
    value, low, high = (_points(each, harm.scale) for each in (harm.value, harm.low, harm.high))
    counts = format.count(harm.scored), format.count(harm.affected)
    return words.harm_interval(words.points(value, harm.scale), low, high, harm.basis, *counts)


def _points(number: float, scale: str) -> str:
    return str(format.rounded(number, POINT_DIGITS if scale == "nps" else SATISFACTION_DIGITS))


def _voices(row: Breakdown) -> str:
    toll = row.cost.toll
    if toll.voices is None:
        return strings.MISSING
    return words.voices(*(format.count(each or 0) for each in (toll.voices, toll.posts, toll.reposts)))


def _unusual(row: Breakdown) -> str:
    return strings.MISSING if row.z is None else words.unusual(str(format.rounded(abs(row.z), 1)), is_above=row.z > 0)


def _ranks(row: Breakdown) -> str:
    low, high = row.widest or (row.rank_low, row.rank_high)
    return words.ranks(format.count(low), format.count(high))


def _to_first(row: Breakdown) -> str:
    if row.to_first is None:
        return strings.MISSING
    return words.more_customers(format.count(row.to_first), is_one=row.to_first == 1)


def _estimate(row: Breakdown, one: Estimate) -> tuple[Cell, ...]:
    return (
        name_of(row), _range(one.low, one.high), row.affected, words.told_by(one.method, one.on),
        words.rests_on(one.method, format.count(one.n)),
    )  # fmt: skip


def _range(low: float, high: float | None) -> str:
    return words.affected(format.count(round(low)), None if high is None else format.count(round(high)))
