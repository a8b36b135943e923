"""The few things of a period that matter: changes of the company, breakdowns that began, changes of one place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard import format, strings
from dashboard.blocks import Kpi, Section
from dashboard.findings.briefing.moves import Event, told_event
from dashboard.findings.costs import name_of
from dashboard.findings.headline import by_weight, compared_with, is_tested
from dashboard.findings.movers import Move, believable, strongest
from dashboard.findings.overview import Overview
from dashboard.findings.readings import drill
from dashboard.strings import brief as words
from dashboard.tables import Drill
from etl.metrics.answer import Where
from etl.vocabulary import Goodness, Unit, Verdict

MOST_THINGS = 5
MOST_PLACES = 2
MOST_HELD = 3


@dataclass(frozen=True)
class Things:
    """The section, and the breakdowns that it tells."""

    section: Section
    told: tuple[Event, ...]


def moved(seen: Overview, events: Sequence[Event], where: Where) -> Things:
    """At most five things, worse before better, and what held where there are fewer."""
    worse, better = changed(seen, is_good=False), changed(seen, is_good=True)
    begun, apart = list(events), places(seen)[:MOST_PLACES]
    order: list[Kpi | Event | Move] = [*worse[:2], *begun[:2], *better[:1], *worse[2:], *apart, *begun[2:], *better[1:]]
    things = [*order, *changed(seen, is_good=None)][:MOST_THINGS]
    sentences = list(_told(things, seen))
    title = words.FIVE_THINGS if len(things) == MOST_THINGS else words.MOVED
    if len(things) < MOST_THINGS and (rest := standing_still(seen, apart)):
        sentences.append(words.held(rest) if things else words.all_held(seen.at.versus.words, rest))
    if not sentences:
        sentences.append(words.no_comparison(seen.at.versus.words))
    drills = tuple(_drills(things, seen, where))
    return Things(Section(title, tuple(sentences), drills), tuple(each for each in things if isinstance(each, Event)))


def changed(seen: Overview, *, is_good: bool | None) -> list[Kpi]:
    """The believable changes for the better, the worse or neither, the most unusual first."""
    return by_weight([kpi for kpi in seen.shown if kpi.is_believable and kpi.is_good is is_good])


def standing_still(seen: Overview, apart: Sequence[Move] = ()) -> list[str]:
    """What moved nowhere, as `NPS +24`, with a direction if any has; not what moved in a place that is told `apart`."""
    told = {move.metric.name for move in apart}
    kpis = [kpi for kpi in seen.shown if not (kpi.is_believable or kpi.period or kpi.metric in told)]
    kpis = [kpi for kpi in kpis if is_tested(kpi)]
    directed = [kpi for kpi in kpis if kpi.goodness is not Goodness.NEUTRAL]
    return [
        f"{strings.inside(kpi.label)} {format.value(kpi.value, kpi.unit)}" for kpi in (directed or kpis)[:MOST_HELD]
    ]


def places(seen: Overview) -> list[Move]:
    """The believable changes of single segments whose metric stood still as a whole; one a metric."""
    told = {kpi.metric for kpi in seen.shown if kpi.is_believable}
    first: dict[str, Move] = {}
    for move in believable(seen.moves):
        if move.metric.name not in told:
            first.setdefault(move.metric.name, move)
    return list(first.values())


def before_of(kpi: Kpi) -> str:
    """The value that it is compared with; counts are told by how much they changed."""
    if kpi.value is None or kpi.change is None or kpi.unit is Unit.COUNT:
        return ""
    return format.value(kpi.compared[0] if kpi.compared else kpi.value - kpi.change, kpi.unit)


def now_of(kpi: Kpi) -> str:
    """The value that stands against it: that of the same sources, as the label says; of a count that of all."""
    is_fewer = kpi.compared and kpi.unit is not Unit.COUNT
    return format.value(kpi.compared[1] if kpi.compared and is_fewer else kpi.value, kpi.unit)


def label_of(kpi: Kpi) -> str:
    """What it is called, of which period, and over what where not all sources are compared."""
    label = strings.of_period(kpi.label, kpi.period)
    return label if kpi.unit is Unit.COUNT else strings.over(label, kpi.basis)


def _told(things: Sequence[Kpi | Event | Move], seen: Overview) -> Iterator[str]:
    """Each thing in a sentence, those of one kind in other words each time; a place is "there" right after its name."""
    kinds: Counter[object] = Counter()
    named: list[str] = []
    for thing in things:
        kind = (type(thing), thing.is_good if isinstance(thing, Kpi) else None)
        if isinstance(thing, Event):
            yield told_event(thing, seen.at.period)
            named.append(name_of(thing.row))
        elif isinstance(thing, Move):
            yield _place(thing, kinds[kind])
            named.append(thing.place)
        else:
            yield _change(thing, kinds[kind], seen, named)
        kinds[kind] += 1


def _change(kpi: Kpi, place: int, seen: Overview, named: list[str]) -> str:
    forms = words.COUNTS if kpi.unit is Unit.COUNT else words.MOVES[kpi.is_good]
    label = label_of(kpi)
    parts = [forms[place % len(forms)].format(
        label=label, inside=strings.inside(label), verb=words.verb(is_up=(kpi.change or 0) > 0),
        value=now_of(kpi), before=before_of(kpi), versus=compared_with(kpi, kpi.versus),
        change=format.change(kpi.change, kpi.unit), base=strings.base(format.count(kpi.n)), verdict=Verdict.REAL.value,
    )]  # fmt: skip
    furthest = strongest(seen.moves, kpi.metric, is_up=(kpi.change or 0) > 0)
    if furthest and furthest.place in named:
        parts.append(words.marked_again("there" if furthest.place == named[-1] else furthest.place, furthest.text))
    elif furthest:
        parts.append(words.marked_at(furthest.place, furthest.text))
    if furthest:
        named.append(furthest.place)
    if kpi.status == "off target" and kpi.target is not None:
        parts.append(words.misses_target(format.tick(kpi.target, kpi.unit)))
    return strings.capitalised(" ".join(parts))


def _place(move: Move, place: int) -> str:
    return words.PLACES[place % len(words.PLACES)].format(
        place=move.place, inside=strings.inside(move.label), verb=words.verb(is_up=move.size > 0),
        before=format.value(move.before.value, move.metric.unit),
        value=format.value(move.after.value, move.metric.unit), base=strings.base(format.count(move.after.n)),
        verdict=strings.comparison_words(Verdict.REAL, move.is_better),
    )  # fmt: skip


def _drills(things: Sequence[Kpi | Event | Move], seen: Overview, where: Where) -> Iterator[tuple[str, Drill]]:
    for thing in things:
        if isinstance(thing, Kpi) and thing.drill:
            yield thing.label, thing.drill
        if isinstance(thing, Move):
            own = tuple((each, values) for each, values in where if each is not thing.dimension)
            behind = drill(thing.after, seen.at.period, (*own, (thing.dimension, (thing.value,)), *thing.sources))
            if behind:
                yield f"{thing.metric.label}, {thing.place}", behind
