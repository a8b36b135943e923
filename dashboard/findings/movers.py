"""Segments whose numbers moved beyond chance between two periods, tested together and ordered for reading."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dashboard import format, strings
from dashboard.blocks import Bar, Bars
from dashboard.findings.readings import Versus, drill, is_better, size
from dashboard.findings.remarks import told
from dashboard.strings import places, sentences
from dashboard.tables import Column, Table
from etl.analysis.compare import Comparison, difference, together
from etl.analysis.nonresponse import capped, warnings
from etl.calendar import Period
from etl.metrics.alike import Alike
from etl.metrics.answer import Answer, Ask, Row, Where
from etl.metrics.base import Metric
from etl.metrics.filters import narrowed
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, Unit, Verdict

MOST_MOVES = 6
MOST_BARS = 8
ORDER: Mapping[bool | None, int] = {False: 0, True: 1, None: 2}


@dataclass(frozen=True)
class Move:
    """One metric of one segment in two periods; the comparison's verdict is adjusted for all moves tested with it.

    `also` names segments of other dimensions that hold the very same rows. `sources` filters to those that cover both
    periods, which the rows are of, where others are left out; `basis` says so.
    """

    metric: Metric
    dimension: Dimension
    value: str
    after: Row
    before: Row
    comparison: Comparison
    also: tuple[str, ...] = ()
    sources: Where = ()
    basis: str = ""

    @property
    def label(self) -> str:
        """The metric in words, with what of it is compared."""
        return strings.over(self.metric.label, self.basis)

    @property
    def place(self) -> str:
        """The segment in words, with what else it is called."""
        return self.own_place + (f" ({strings.joined(self.also)})" if self.also else "")

    @property
    def own_place(self) -> str:
        """The segment in words."""
        return places.at(self.dimension, self.value)

    @property
    def is_believable(self) -> bool:
        """Whether it is probably real."""
        return self.comparison.verdict is Verdict.REAL

    @property
    def is_better(self) -> bool | None:
        """Whether it goes the good way; None for neutral metrics and for what may be noise."""
        return is_better(self.comparison, self.metric.goodness)

    @property
    def size(self) -> float:
        """The change as printed; 0.0 where it has none."""
        return size(self.comparison, self.metric.unit) or 0.0

    @property
    def effect(self) -> float:
        """The change as a share of the metric's scale (shares, scores) or of the value before: for ordering."""
        if self.metric.unit is Unit.SCORE:
            return abs(self.size) / 100
        if self.metric.unit in (Unit.SECONDS, Unit.PER_THOUSAND, Unit.PER_CONTACT, Unit.STARS, Unit.POINTS):
            return abs(self.comparison.relative or 0.0)
        return abs(self.size)

    @property
    def text(self) -> str:
        """The change in words."""
        return format.change(self.size, self.metric.unit)


def compare_segments(
    ask: Ask, answers: Iterable[tuple[Dimension, Answer, Answer]], metrics: Mapping[str, Metric], where: Where,
    likes: Mapping[str, Alike] = MappingProxyType({}),
) -> tuple[Move, ...]:  # fmt: skip
    """All moves between the answer after and the answer before, for each dimension, in no order.

    What nobody assigned is not a segment, and a segment that is missing in one period has no change. A score whose
    answers may not stand for all who were asked has at best one that could be noise. `where` filtered the answers, and
    to those sources of each metric that are alike in both periods, as `likes` has them by its name.
    """
    pairs = [pair for dimension, after, before in answers for pair in _pairs(dimension, after, before)]
    compared = together([difference(after, before) for _, after, before in pairs])
    return tuple(
        Move(
            metrics[after.metric], dimension, after.group[0][1], after, before,
            _capped(ask, comparison, after, before, (*where, *like.where)), (),
            like.where, told(like.basis, ask.sources),
        )
        for (dimension, after, before), comparison in zip(pairs, compared, strict=True)
        for like in (likes.get(after.metric, Alike()),)
        if comparison.change is not None
    )  # fmt: skip


def _capped(ask: Ask, comparison: Comparison, after: Row, before: Row, where: Where) -> Comparison:
    """The comparison of a segment, asked who answered only where it seems real."""
    if comparison.verdict is not Verdict.REAL:
        return comparison
    return capped(comparison, warnings(ask, (after, before), narrowed(where, *after.group[0])))


def believable(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The moves that are probably real: worse first, then better, then neutral.

    Among these each metric's largest effect comes before any metric's second largest.
    Segments of different dimensions with the same numbers are the same contacts and make one move.
    """
    alike: dict[tuple[str, float | None, int, float | None, int], list[Move]] = {}
    for move in moves:
        if move.is_believable:
            numbers = (move.before.value, move.before.n, move.after.value, move.after.n)
            alike.setdefault((move.metric.name, *numbers), []).append(move)
    real = [replace(first, also=tuple(move.place for move in rest)) for first, *rest in alike.values()]
    real.sort(key=lambda move: (-move.effect, move.metric.name, move.value))
    seen: Counter[tuple[bool | None, str]] = Counter()
    ranked = []
    for move in real:
        kind = (move.is_better, move.metric.name)
        ranked.append((ORDER[move.is_better], seen[kind], move))
        seen[kind] += 1
    return tuple(move for _, _, move in sorted(ranked, key=lambda entry: entry[:2]))


def strongest(moves: Iterable[Move], metric: str, *, is_up: bool) -> Move | None:
    """The believable segment that moved furthest in the metric's own direction."""
    along = [move for move in moves if move.metric.name == metric and move.is_believable and (move.size > 0) == is_up]
    return max(along, key=lambda move: (abs(move.size), move.after.n), default=None)


def moves_table(moves: Sequence[Move], tested: int) -> Table:
    """The believable moves as a table whose title is the conclusion."""
    shown, more = moves[:MOST_MOVES], len(moves) - 1
    return Table(
        sentences.moves_title(moves[0].metric.label, moves[0].own_place, format.count(more) if more else ""),
        tuple(Column(title) for title in strings.MOVES_COLUMNS),
        tuple(_row(move) for move in shown),
        sentences.moves_note(format.count(tested), format.count(len(shown)), format.count(len(moves))),
    )


def segment_bars(moves: Iterable[Move], leader: Move, period: Period, versus: Versus, where: Where) -> Bars:
    """The changes of the leader's metric over all segments of its dimension; the believable ones stand out."""
    metric, dimension = leader.metric, leader.dimension
    chosen = [move for move in moves if move.metric is metric and move.dimension is dimension]
    chosen.sort(key=lambda move: (not move.is_believable, -abs(move.size), move.value))
    drawn = sorted(chosen[:MOST_BARS], key=lambda move: (move.size, move.value), reverse=leader.size > 0)
    unit = metric.unit
    titles = strings.SEGMENT_COLUMNS
    return Bars(
        title=sentences.segment_bars_title(
            metric.label, leader.own_place, leader.text, is_up=leader.size > 0
        ),
        caption=sentences.segment_bars_caption(
            dimension.value, strings.over(versus.words, leader.basis), is_cut=len(drawn) < len(chosen)
        ),
        unit=unit,
        bars=tuple(_bar(move, period, where) for move in drawn),
        table=Table(
            sentences.by_dimension(metric.label, dimension.value),
            (
                Column(strings.capitalised(dimension.value)), Column(titles[0], unit), Column(titles[1], unit),
                Column(titles[2], unit, is_signed=True), Column(titles[3]), Column(titles[4], Unit.COUNT),
            ),
            tuple(
                (move.value, move.before.value, move.after.value, move.size, _verdict(move), move.after.n)
                for move in chosen
            ),
        ),
        is_signed=True,
    )  # fmt: skip


def _pairs(dimension: Dimension, after: Answer, before: Answer) -> list[tuple[Dimension, Row, Row]]:
    earlier = {(row.metric, row.group): row for row in before.rows}
    return [
        (dimension, row, earlier[row.metric, row.group])
        for row in after.rows
        if (row.metric, row.group) in earlier and row.group and row.group[0][1] not in (UNASSIGNED, UNKNOWN)
    ]


def _bar(move: Move, period: Period, where: Where) -> Bar:
    """A segment's change; it leads to the rows of its number now."""
    behind = drill(move.after, period, (*narrowed(where, move.dimension, move.value), *move.sources))
    return Bar(move.value, move.size, strings.base(format.count(move.after.n)), move.is_believable, behind)


def _row(move: Move) -> tuple[str, ...]:
    unit = move.metric.unit
    return (
        move.label,
        move.place,
        format.value(move.before.value, unit),
        format.value(move.after.value, unit),
        move.text,
        strings.DIRECTION_WORDS[move.is_better],
        format.count(move.after.n),
        move.metric.owner or strings.NO_OWNER,
    )


def _verdict(move: Move) -> str:
    return strings.comparison_words(move.comparison.verdict, move.is_better)
