"""What counts for a score, as chart values: the weights of its drivers, and the score by how much there was of one."""

from collections.abc import Iterator

from dashboard import format, strings
from dashboard.blocks import Bar, Bars, Block, Note
from dashboard.strings import drivers as words
from dashboard.tables import Column, Table
from etl.analysis.drivers.curve import Curve, Dose
from etl.analysis.drivers.explain import Driven, driven
from etl.analysis.drivers.significance import Driver
from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.metrics.answers import SECONDS
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Unit, Verdict

SCORES = ("nps", "csat", "ces", "ces5")
"""The first of these with drivers is told, else why the first with answers has none."""
MOST_DRAWN, MOST_NAMED = 8, 2
ONE = 1e-9


def drivers_of_score(ask: Ask, period: Period, where: Where) -> tuple[Block, ...]:
    """What counts for the company's score; nothing where nobody was asked, or the filter is none of answers."""
    found = []
    for name in SCORES:
        if not {dimension for dimension, _ in where} <= set(METRICS[name].dimensions) - {Dimension.SOURCE}:
            continue
        each = driven(ask, name, period, where)
        if each.found.drivers:
            return _told(each)
        found += [each] if len(each.answers.scores) else []
    return tuple(
        Note(words.too_few(each.answers.metric.label, each.found.reason, format.days(each.start, each.end)))
        for each in found[:1]
    )


def _told(found: Driven) -> tuple[Block, ...]:
    weights = _weights(found)
    chosen = next((each.name for each in found.found.drivers if each.name in found.curves), None)
    return (weights, _curve(found, chosen, found.curves[chosen])) if chosen else (weights,)


def _weights(found: Driven) -> Bars:
    metric, drivers = found.answers.metric, found.found.drivers
    sure = [each for each in drivers if each.is_significant]
    named = [_name(each.name) for each in sure[:MOST_NAMED]]
    days, n = format.days(found.start, found.end), format.count(found.found.n)
    share = format.value(sum(each.share for each in sure[:MOST_NAMED]), Unit.SHARE)
    explained = format.value(found.found.r_squared, Unit.SHARE)
    caption = [words.weights_caption(metric.label, explained, n, format.count(len(found.answers.scores)), days)]
    if found.left_out:
        caption.append(words.left_out([f"{_name(name)} ({reason})" for name, reason in found.left_out]))
    return Bars(
        title=words.weights_title(metric.label, named, share),
        caption=" ".join(caption),
        unit=Unit.SHARE,
        bars=tuple(
            Bar(_name(each.name), each.share, _note(each), each.is_significant) for each in drivers[:MOST_DRAWN]
        ),
        table=_weights_table(metric, drivers),
    )


def _weights_table(metric: Metric, drivers: tuple[Driver, ...]) -> Table:
    units = (None, Unit.SHARE, Unit.SHARE, Unit.SHARE, Unit.SHARE, None, None, None)
    return Table(
        f"{metric.label}: drivers",
        tuple(Column(title, unit) for title, unit in zip(words.DRIVER_COLUMNS, units, strict=True)),
        tuple(
            (
                _name(each.name), each.share, each.weight, each.low, each.high,
                float(format.rounded(each.correlation, 2)), words.DIRECTIONS[each.direction],
                strings.YES if each.is_significant else strings.NO,
            )
            for each in drivers
        ),
    )  # fmt: skip


def _note(driver: Driver) -> str:
    return words.DIRECTIONS[driver.direction] if driver.is_significant else words.NOT_SURE


def _curve(found: Driven, operation: str, curve: Curve) -> Bars:
    metric, doses = found.answers.metric, curve.doses
    labels = [_label(operation, dose, is_first=place == 0) for place, dose in enumerate(doses)]
    first, last = (format.value(dose.value, metric.unit) for dose in (doses[0], doses[-1]))
    verdict = strings.comparison_words(curve.verdict, None)
    return Bars(
        title=words.curve_title(metric.label, _name(operation), first, last, (labels[0], labels[-1]), verdict),
        caption=words.curve_caption(_name(operation), format.days(found.start, found.end)),
        unit=metric.unit,
        bars=tuple(
            _bar(label, dose, metric, is_sure=curve.verdict is Verdict.REAL)
            for label, dose in zip(labels, doses, strict=True)
        ),
        table=Table(
            f"{metric.label} by {_name(operation)}",
            tuple(_columns(operation, metric)),
            tuple(
                (label, dose.value, dose.low, dose.high, dose.n, dose.fitted)
                for label, dose in zip(labels, doses, strict=True)
            ),
        ),
    )


def _columns(operation: str, metric: Metric) -> Iterator[Column]:
    yield Column(strings.capitalised(_name(operation)))
    for title, unit in zip(
        (metric.label, *words.CURVE_COLUMNS),
        (metric.unit, metric.unit, metric.unit, Unit.COUNT, metric.unit), strict=True,
    ):  # fmt: skip
        yield Column(title, unit)


def _bar(label: str, dose: Dose, metric: Metric, *, is_sure: bool) -> Bar:
    interval = format.interval(dose.low, dose.high, metric.unit)
    return Bar(label, dose.value, words.dose_note(interval, format.count(dose.n)), is_highlight=is_sure)


def _label(operation: str, dose: Dose, *, is_first: bool) -> str:
    """`none`, `under 30 s`, `30 s to 1.0 min`, `2 or more`; a whole number where a bin holds one only."""
    show = format.duration if operation in SECONDS else format.count
    if dose.end is None:
        return words.or_more(show(dose.start))
    if operation not in SECONDS and dose.end - dose.start <= 1 + ONE:
        return show(dose.start)
    if is_first:
        if dose.end <= 1:
            return words.NONE
        return words.under(show(dose.end))
    return words.from_to(show(dose.start), show(dose.end if operation in SECONDS else dose.end - 1))


def _name(driver: str) -> str:
    return words.OPERATIONS.get(driver) or words.question(driver)
