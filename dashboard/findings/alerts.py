"""Alerts as tables and sentences: what is open and who knows, what has recovered, how good the rules are."""

from collections.abc import Iterable, Sequence
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Note, Section
from dashboard.strings import alerts as words
from dashboard.strings import causes, places
from dashboard.tables import Cell, Column, Table
from etl.analysis.alerts.cases import Case, cases, counted
from etl.analysis.alerts.evaluate import Alert, AlertBoard
from etl.analysis.alerts.messages import Message
from etl.analysis.alerts.score import Score, Trouble
from etl.analysis.alerts.watch import Observation
from etl.metrics.answer import Ask, SourceState, Where
from etl.metrics.catalogue import METRICS
from etl.vocabulary import AlertState, Condition, Dimension, Grain, Unit

MOST_NAMED = 3
MOST_MISSED = 5
MOST_PLACES = 6
"""Places of one rule that a sentence names; the table of open alerts has all."""


def name_of(alert: Alert, sources: Sequence[SourceState]) -> str:
    """An alert inside a sentence: `failures above what is expected (at the web chat)`."""
    return names_of((alert,), sources)[0]


def names_of(alerts: Sequence[Alert], sources: Sequence[SourceState]) -> list[str]:
    """Alerts inside a sentence, each rule once: `breakdown began (slow at the shop and late at the app)`."""
    return _by_rule([(alert, place_of(alert.where, sources)) for alert in alerts])


def _by_rule(placed: Iterable[tuple[Alert, str]]) -> list[str]:
    """Each rule with the places of its alerts; an empty one is everywhere and needs no word."""
    rules: dict[str, list[str]] = {}
    for alert, place in placed:
        rules.setdefault(alert.rule.title, []).extend([place] if place else [])
    return [
        words.named(title, where[:MOST_PLACES], format.count(len(where) - MOST_PLACES) if where[MOST_PLACES:] else "")
        for title, where in rules.items()
    ]


def place_of(where: Where, sources: Sequence[SourceState]) -> str:
    """What an alert watches, in words; nothing where it is the whole company."""
    chosen = dict(where)
    if set(chosen) == {Dimension.CAUSE, Dimension.TOUCHPOINT}:
        return causes.broke(chosen[Dimension.CAUSE][0], chosen[Dimension.TOUCHPOINT][0])
    titles = {source.source: source.title for source in sources}
    if set(chosen) == {Dimension.SOURCE}:
        return strings.joined([titles.get(name, name) for name in chosen[Dimension.SOURCE]])
    return " ".join(places.at(dimension, strings.either(values)) for dimension, values in where)


def open_table(board: AlertBoard, sources: Sequence[SourceState]) -> Table | None:
    """The alerts that have not recovered, those that nobody knows of first; None when there is none."""
    if not board.open:
        return None
    firing, known = counted(board)
    title = words.open_title(format.count(firing), format.count(known) if known else "")
    units = {6: Unit.COUNT}
    columns = tuple(Column(name, units.get(place)) for place, name in enumerate(words.COLUMNS))
    return Table(title, columns, tuple(_open_row(case, sources) for case in cases(board.open)))


def over_table(board: AlertBoard, sources: Sequence[SourceState]) -> Table | None:
    """The alerts that recovered of late and would not yet be told anew; None when there is none."""
    over = [case.alert for case in cases(board.alerts) if case.alert.state is AlertState.RECOVERED]
    if not over:
        return None
    columns = tuple(Column(name) for name in words.OVER_COLUMNS)
    title = words.over_title(format.count(len(over)), is_one=len(over) == 1)
    return Table(title, columns, tuple(_over_row(alert, sources) for alert in over))


def rules_table(scores: Sequence[Score]) -> Table | None:
    """The rules with what followed their alarms; None without rules that warn."""
    if not scores:
        return None
    units = (None, *(Unit.COUNT,) * 4, Unit.SHARE, Unit.SHARE, None)
    columns = tuple(Column(name, unit) for name, unit in zip(words.RULE_COLUMNS, units, strict=True))
    rows = tuple(
        (
            score.rule.title, score.alarms, score.followed, score.during, score.pending, score.precision,
            score.by_chance, strings.MISSING if score.lead_days is None else format.count(score.lead_days),
        )
        for score in scores
    )  # fmt: skip
    return Table(words.RULES_TITLE, columns, rows, words.RULES_NOTE)


def as_told(messages: Sequence[Message], sources: Sequence[SourceState]) -> Section:
    """The messages that these alerts make, each breakdown named once, and when each is due."""
    sentences = []
    for each in messages:
        named = names_of([case.alert for case in cases(each.alerts)], sources)
        sentences.append(words.message(each.group, named, format.instant(each.due_at), is_held=each.is_held))
    return Section(words.TOLD, tuple(sentences) or (words.NO_MESSAGE,))


def audit(scores: Sequence[Score], missed: Sequence[Trouble]) -> Note:
    """All rules together, and the trouble that came unseen."""
    judged = sum(score.alarms - score.pending for score in scores)
    right = sum(score.followed + score.during for score in scores)
    leads = [score.lead_days for score in scores if score.lead_days is not None]
    parts = []
    if judged:
        days = format.count(max(leads)) if leads else ""
        parts.append(words.rule_line(format.count(judged), format.count(right), days, is_one=judged == 1))
    if missed:
        entries = [words.missed_entry(_trouble(each), _day(each.day)) for each in missed[-MOST_MISSED:]]
        more = len(missed) - len(entries)
        parts.append(words.missed(entries, format.count(more) if more else ""))
    else:
        parts.append(words.NONE_MISSED if any(score.alarms for score in scores) else words.NONE_RAISED)
    return Note(" ".join(parts))


def on_today(ask: Ask, board: AlertBoard) -> Note | None:
    """The open alerts in a line, with their day, which may be none of the page's; None when there is none."""
    if not board.open or board.as_of is None:
        return None
    firing, known = counted(board)
    named = [case.alert for case in cases(board.firing)[:MOST_NAMED]]
    more = firing - len(named)
    line = words.on_today(
        format.day(board.as_of), format.count(firing), names_of(named, ask.sources), format.count(more) if more else "",
        format.count(known) if known else "", is_one=firing == 1,
    )  # fmt: skip
    return Note(line, is_alert=bool(firing))


def for_brief(ask: Ask, board: AlertBoard) -> Section | None:
    """The open alerts of metrics and sources, as breakdowns have a section of their own; None when there is none."""
    shown = [alert for alert in board.open if alert.rule.condition is not Condition.BREAKDOWN]
    sentences = []
    for state, sentence in ((AlertState.FIRING, words.unanswered), (AlertState.ACKNOWLEDGED, words.answered)):
        found = [each for each in shown if each.state is state]
        more = format.count(len(found) - MOST_NAMED) if len(found) > MOST_NAMED else ""
        told = [(each, words.since(place_of(each.where, ask.sources), _since(each))) for each in found[:MOST_NAMED]]
        sentences += [sentence(_by_rule(told), more)] if told else []
    return Section(words.ALERTS, tuple(sentences)) if sentences else None


def _since(alert: Alert) -> str:
    return _day(alert.opened.start) if alert.opened else strings.MISSING


def _open_row(case: Case, sources: Sequence[SourceState]) -> tuple[Cell, ...]:
    alert = case.alert
    known, last = alert.acknowledgement, alert.signal
    return (
        alert.rule.title,
        place_of(alert.where, sources) or words.EVERYWHERE,
        words.STATES[alert.state],
        words.course(_since(alert), [(each.rule.title, _since(each)) for each in case.before]),
        _value(alert, last),
        _expected(alert, last),
        last.n if last else None,
        alert.owner or strings.NO_OWNER,
        words.known_to(known.author, known.note) if known else words.NOBODY,
    )


def _value(alert: Alert, last: Observation | None) -> str:
    if alert.rule.condition is Condition.SILENCE:
        return words.NOT_DELIVERED
    return format.value(last.value if last else None, _unit(alert))


def _expected(alert: Alert, last: Observation | None) -> str:
    if last is None or alert.rule.condition is Condition.SILENCE:
        return strings.MISSING
    if alert.rule.condition is Condition.TARGET and last.low is not None:
        return strings.target(format.tick(last.low, _unit(alert)))
    return format.interval(last.low, last.high, _unit(alert)) or strings.MISSING


def _unit(alert: Alert) -> Unit:
    return METRICS[alert.rule.metric].unit if alert.rule.metric else Unit.SHARE


def _over_row(alert: Alert, sources: Sequence[SourceState]) -> tuple[Cell, ...]:
    quiet = alert.standing.quiet
    grain = Grain.DAY if alert.rule.condition is Condition.SILENCE else alert.rule.grain
    return (
        alert.rule.title,
        place_of(alert.where, sources) or words.EVERYWHERE,
        words.STATES[alert.state],
        _since(alert),
        words.quiet(format.count(quiet), grain.value, is_one=quiet == 1),
        alert.owner or strings.NO_OWNER,
    )


def _trouble(trouble: Trouble) -> str:
    return trouble.title or place_of(trouble.where, ())


def _day(day: date) -> str:
    return format.day(day, has_weekday=False)
