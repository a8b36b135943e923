"""Rows of two spans over the sources that cover both, as a change of the mix of sources is no change of a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.analysis.compare import Comparison, difference
from etl.calendar import Span
from etl.metrics.alike import Alike
from etl.metrics.answer import Ask, Question, Row, Where

TOO_LITTLE = "not comparable: too little from the sources that cover both periods"


@dataclass(frozen=True)
class Shared:
    """The rows to compare, and which sources they are of; the very rows asked for where no source is left out."""

    after: Row
    before: Row
    alike: Alike = Alike()

    @property
    def comparison(self) -> Comparison:
        """The difference of the rows; without a verdict, and with the reason, where no source covers both spans."""
        if self.alike.is_possible and not self._lacks_value:
            return difference(self.after, self.before)
        return Comparison(None, None, None, None, self.note)

    @property
    def note(self) -> str:
        """What to say beside the comparison: which sources it leaves out, or why there is none."""
        return TOO_LITTLE if self._lacks_value else self.alike.note

    @property
    def values(self) -> tuple[float, float] | None:
        """What is compared, before and after; None without one of them."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.before.value, self.after.value

    @property
    def _lacks_value(self) -> bool:
        """Whether the sources that cover both spans brought too little."""
        return bool(self.alike.where) and self.values is None


def shared(ask: Ask, rows: Sequence[tuple[Row, Row]], where: Where) -> tuple[Shared, ...]:
    """For each pair of rows after and before, without groups, those of the sources that cover both spans.

    Only where sources differ are they asked anew, two questions for all metrics of the same spans and sources. Where
    those left out turn out to have brought nothing, all is as if there were none.
    """
    found = [
        Shared(after, before, likeness(ask, after, before, where))
        if after.value is not None and before.value is not None
        else Shared(after, before)
        for after, before in rows
    ]
    groups: dict[tuple[Span, Span, Where], list[str]] = {}
    for each in found:
        if each.alike.left_out and each.alike.is_possible:
            groups.setdefault(_kind(each), []).append(each.after.metric)
    asked = {kind: _asked(ask, kind, metrics, where) for kind, metrics in groups.items()}
    return tuple(
        _fewer(each, *(side[each.after.metric] for side in asked[kind])) if (kind := _kind(each)) in asked else each
        for each in found
    )


def likeness(ask: Ask, after: Row, before: Row, where: Where) -> Alike:
    """Over which sources two rows can be compared, as far as they count."""
    return ask.alike(after.metric, counted(after), counted(before), where)


def counted(row: Row) -> Span:
    """The days of a row up to the last that it counts."""
    return row.start, row.end if row.through is None else min(row.end, row.through)


def _kind(each: Shared) -> tuple[Span, Span, Where]:
    return counted(each.after), counted(each.before), each.alike.where


def _asked(
    ask: Ask, kind: tuple[Span, Span, Where], metrics: Sequence[str], where: Where
) -> tuple[dict[str, Row], dict[str, Row]]:
    """By metric the rows after and before of some sources."""
    *spans, sources = kind
    after, before = (ask(Question(tuple(metrics), (), None, *span, (*where, *sources))).rows for span in spans)
    return {row.metric: row for row in after}, {row.metric: row for row in before}


def _fewer(each: Shared, after: Row, before: Row) -> Shared:
    """The same over fewer sources; those without a row are none that were left out."""
    if (after.n, before.n) == (each.after.n, each.before.n):
        return Shared(each.after, each.before)
    return Shared(after, before, each.alike)
