"""What is watched, and what people acknowledged: the rules and quiet hours of `alerts.toml`, and the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from etl.actions import Actions
from etl.config import WEEKDAYS, toml_document
from etl.errors import UserError, unknown
from etl.folders import Folders
from etl.vocabulary import Condition, Dimension, Grain, State

KIND = "acknowledgement"
FILE = "alerts.toml"
DEFAULTS = Path(__file__).parent / "defaults" / FILE
SECTIONS = ("rules", "quiet_hours")
KEYS = (
    "title", "condition", "metric", "grain", "where", "by", "state", "after_days", "recover_after", "rearm_after",
    "group", "owner", "enabled",
)  # fmt: skip
STATES = (State.NEW, State.RELAPSED, State.RECURRING, State.PERSISTENT, State.CHRONIC)
RECOVERY: Mapping[Grain, tuple[int, int]] = MappingProxyType(
    {Grain.DAY: (3, 7), Grain.WEEK: (2, 4), Grain.MONTH: (1, 2), Grain.QUARTER: (1, 1), Grain.YEAR: (1, 1)}
)
"""After how many quiet periods an alert recovers, and after how many more it tells anew, by the length of a period."""
BREAKDOWN_RECOVERY = (4, 4)
"""In weeks; the first four are those after which a breakdown's bout closes."""
MOST_LETTERS = 200


@dataclass(frozen=True)
class AlertRule:
    """One rule: a condition on a metric, on breakdowns or on sources, and whose business it is.

    `where` narrows a metric, `by` watches each segment of a dimension alone. `state` is what a breakdown must have
    reached, `after_days` how long a source may trail the newest one.
    """

    name: str
    title: str
    condition: Condition
    metric: str = ""
    grain: Grain = Grain.WEEK
    where: tuple[tuple[Dimension, tuple[str, ...]], ...] = ()
    by: Dimension | None = None
    state: State = State.PERSISTENT
    after_days: int = 3
    recover_after: int = 1
    rearm_after: int = 1
    group: str = ""
    owner: str = ""
    origin: str = ""


@dataclass(frozen=True)
class QuietHours:
    """From when to when of each day in a zone, and on which whole weekdays (0 Monday), nobody is told anything."""

    start: time = time(0)
    end: time = time(0)
    weekdays: frozenset[int] = frozenset()
    zone: str = "UTC"


@dataclass(frozen=True)
class Acknowledgement:
    """Somebody knows of an alert: of the episode that began on `opened`, as the data stood through `as_of`."""

    alert: str
    opened: date
    as_of: date
    note: str
    author: str
    at: datetime
    version: int


@dataclass(frozen=True)
class Alerting:
    """Everything that people decide about alerts."""

    rules: tuple[AlertRule, ...] = ()
    quiet_hours: QuietHours = QuietHours()
    acknowledgements: tuple[Acknowledgement, ...] = ()


def read_alerting(folders: Folders, zone: str = "UTC") -> Alerting:
    """The shipped rules with those of the data folder over them; a bad line is a UserError naming file and key.

    The clock of the quiet hours is that of `zone`.
    """
    own = folders.root / FILE
    shipped, added = _document(DEFAULTS), _document(own)
    hours = {**shipped["quiet_hours"], **added["quiet_hours"]}
    tables = {name: {**table, "origin": str(DEFAULTS)} for name, table in shipped["rules"].items()}
    for name, table in added["rules"].items():
        tables[name] = {**tables.get(name, {}), **_table(table, f"{own} [rules.{name}]"), "origin": str(own)}
    rules = [_rule(name, table) for name, table in tables.items() if _is_enabled(name, table)]
    return Alerting(tuple(rules), _quiet_hours(hours, zone, str(own)), _acknowledgements(folders))


def acknowledge(folders: Folders, alert: str, opened: date, as_of: date, note: str, author: str) -> None:
    """Keep that somebody knows of an alert's episode; said again, the new note stands."""
    if len(note) > MOST_LETTERS:
        raise UserError(f"note: it has {len(note)} letters; expected at most {MOST_LETTERS}.")
    actions, key = Actions(folders), _key(alert, opened)
    content = {"alert": alert, "opened": str(opened), "as_of": str(as_of), "note": note.strip()}
    actions.write(KIND, key, content, author, actions.version(KIND, key))


def withdraw(folders: Folders, alert: str, opened: date, author: str) -> None:
    """Take an acknowledgement back, so that the alert is told again."""
    edits = Actions(folders).history(KIND, _key(alert, opened))
    if not edits or edits[-1].content is None:
        raise UserError(f"{alert}: nobody has acknowledged what began on {opened}; there is nothing to take back.")
    Actions(folders).write(KIND, edits[-1].key, None, author, edits[-1].version)


def _key(alert: str, opened: date) -> str:
    return f"{alert}@{opened}"


def _acknowledgements(folders: Folders) -> tuple[Acknowledgement, ...]:
    read = []
    for edit in Actions(folders).current(KIND):
        content = dict(edit.content or {})
        opened, as_of = (date.fromisoformat(str(content[name])) for name in ("opened", "as_of"))
        read.append(
            Acknowledgement(
                str(content["alert"]), opened, as_of, str(content["note"]), edit.author, edit.edited_at, edit.version
            )
        )
    return tuple(read)


def _document(path: Path) -> dict[str, dict[str, Any]]:
    """Both sections of a file; one that it lacks is empty."""
    document = toml_document(path)
    for section in document:
        if section not in SECTIONS:
            raise unknown("section", section, SECTIONS, str(path))
    return {section: _table(document.get(section, {}), f"{path} [{section}]") for section in SECTIONS}


def _table(found: Any, where: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise UserError(f"{where}: found {found!r}; expected a table of keys.")
    return found


def _is_enabled(name: str, table: Mapping[str, Any]) -> bool:
    found = table.get("enabled", True)
    if not isinstance(found, bool):
        raise UserError(f"{table['origin']} [rules.{name}] enabled: found {found!r}; expected true or false.")
    return found


def _rule(name: str, table: Mapping[str, Any]) -> AlertRule:
    origin = f"{table['origin']} [rules.{name}]"
    for key in table:
        if key not in (*KEYS, "origin"):
            raise unknown("key", key, KEYS, origin)
    condition = Condition(_choice(table, "condition", [each.value for each in Condition], origin))
    is_metric = condition in (Condition.OUTSIDE, Condition.PATTERN, Condition.TARGET)
    if is_metric and not table.get("metric"):
        raise UserError(f"{origin}: metric is missing; a rule of the condition {condition.value} watches one.")
    grain = Grain.DAY if condition is Condition.SILENCE else Grain.WEEK
    if is_metric:
        grain = Grain(_choice({"grain": grain, **table}, "grain", [each.value for each in Grain], origin))
    usual = (1, 7) if condition is Condition.SILENCE else RECOVERY[grain]
    usual = BREAKDOWN_RECOVERY if condition is Condition.BREAKDOWN else usual
    by = _choice(table, "by", [each.value for each in Dimension], origin) if "by" in table else None
    return AlertRule(
        name=name,
        title=str(table.get("title", name)),
        condition=condition,
        metric=str(table.get("metric", "")),
        grain=grain,
        where=_where(table.get("where", {}), origin),
        by=Dimension(by) if by else None,
        state=State(_choice({"state": State.PERSISTENT, **table}, "state", [each.value for each in STATES], origin)),
        after_days=_count(table, "after_days", 3, origin),
        recover_after=_count(table, "recover_after", usual[0], origin),
        rearm_after=_count(table, "rearm_after", usual[1], origin),
        group=str(table.get("group", "")),
        owner=str(table.get("owner", "")),
        origin=origin,
    )


def _choice(table: Mapping[str, Any], key: str, known: list[str], origin: str) -> str:
    found = str(table.get(key, ""))
    if found not in known:
        raise unknown(key, found, known, origin)
    return found


def _count(table: Mapping[str, Any], key: str, default: int, origin: str) -> int:
    found = table.get(key, default)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise UserError(f"{origin} {key}: found {found!r}; expected a whole number from 1.")
    return found


def _where(table: Any, origin: str) -> tuple[tuple[Dimension, tuple[str, ...]], ...]:
    """`{channel = "phone", region = ["North", "South"]}`."""
    if not isinstance(table, dict):
        raise UserError(f'{origin} where: found {table!r}; expected a table such as {{channel = "phone"}}.')
    for name in table:
        if name not in list(Dimension):
            raise unknown("dimension", name, list(Dimension), f"{origin} where")
    chosen = {Dimension(name): value if isinstance(value, list) else [value] for name, value in table.items()}
    return tuple((name, tuple(map(str, values))) for name, values in chosen.items())


def _quiet_hours(table: Mapping[str, Any], zone: str, origin: str) -> QuietHours:
    where = f"{origin} [quiet_hours]"
    for key in table:
        if key not in ("from", "to", "days"):
            raise unknown("key", key, ("from", "to", "days"), where)
    days = table.get("days", [])
    if not isinstance(days, list):
        raise UserError(f"{where} days: found {days!r}; expected a list of weekdays.")
    for day in days:
        if day not in WEEKDAYS:
            raise unknown("weekday", str(day), WEEKDAYS, f"{where} days")
    if len(set(days)) == len(WEEKDAYS):
        raise UserError(f"{where} days: all seven; then nobody would ever be told. Leave one out.")
    start, end = (_time(table.get(key, "00:00"), f"{where} {key}") for key in ("from", "to"))
    return QuietHours(start, end, frozenset(WEEKDAYS.index(day) for day in days), zone)


def _time(text: Any, where: str) -> time:
    try:
        found = time.fromisoformat(str(text))
    except ValueError as error:
        raise UserError(f"{where}: found {text!r}; expected a time such as 20:00.") from error
    if found.tzinfo:
        raise UserError(f"{where}: found {text!r}; expected a time such as 20:00, on the company's clock.")
    return found
