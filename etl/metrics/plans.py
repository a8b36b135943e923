"""Plans: who will mend a breakdown by when, and what shall prove it; from `plans.csv` and from the app, which wins."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_hex

from etl.actions import Actions
from etl.errors import UserError, unknown
from etl.folders import Folders
from etl.lists import conditions_of, day_named, rows_of
from etl.metrics.catalogue import BREAKDOWN_RATE, METRICS
from etl.metrics.targets import value_of
from etl.owners import Owner, read_owners
from etl.vocabulary import Dimension, Goodness, PlanState

KIND = "plan"
FILE = "plans.csv"
REQUIRED = ("cause", "touchpoint", "title", "owner", "due", "opened")
FREE = ("title", "owner", "due", "state")
"""What may change later; all else is fixed when a plan opens, or its proof would prove nothing."""
OPTIONAL = ("metric", "target", "window", "comparator", "trigger", "state")
MOST_LETTERS = 200
FEWEST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 4, 8, 52

Place = tuple[str, str]
"""A cause and a touchpoint."""


@dataclass(frozen=True)
class Plan:
    """How a cause at a touchpoint shall be mended: by whom, until when, and what is measured to prove it.

    The `window` are the weeks from `opened` on in which `metric` is held against the weeks before `trigger`, the day
    on which something made the owner act (the opening where that is not told). `target` is in the metric's unit, a
    `comparator` another cause and touchpoint that the plan leaves alone. `author` wrote the `version`-th version:
    the file's name and 0 for a line of the file.
    """

    key: str
    cause: str
    touchpoint: str
    title: str
    owner: str
    due: date
    opened: date
    metric: str = BREAKDOWN_RATE
    target: float | None = None
    window: int = USUAL_WEEKS
    comparator: Place | None = None
    trigger: date | None = None
    state: PlanState = PlanState.OPEN
    author: str = FILE
    version: int = 0

    @property
    def goodness(self) -> Goodness:
        """Which way its metric gets better."""
        return Goodness.LOWER if self.metric == BREAKDOWN_RATE else METRICS[self.metric].goodness

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been done before a day and is not."""
        return self.state is PlanState.OPEN and self.due < day


@dataclass(frozen=True)
class Commitments:
    """Who will mend what by when, the earliest due first, and who answers for the rest."""

    plans: tuple[Plan, ...] = ()
    owners: tuple[Owner, ...] = ()


def read_commitments(folders: Folders) -> Commitments:
    """Plans and owners as files and app have them; a bad line is a UserError naming file and line."""
    return Commitments(read_plans(folders), read_owners(folders))


def read_plans(folders: Folders) -> tuple[Plan, ...]:
    """All plans, the earliest due first; a bad line is a UserError naming file and line."""
    found = {key: _plan(key, texts, where) for key, (texts, where) in _lines(folders).items()}
    for edit in Actions(folders).current(KIND):
        texts = {name: str(value) for name, value in (edit.content or {}).items()}
        found[edit.key] = _plan(edit.key, texts, f"plan {edit.key}", edit.author, edit.version)
    return tuple(sorted(found.values(), key=lambda plan: (plan.due, plan.opened, plan.title, plan.key)))


def enter(
    folders: Folders, given: Mapping[str, str], author: str, causes: Collection[str], touchpoints: Collection[str]
) -> Plan:
    """Keep a new plan from texts such as those of a line of the file; a UserError when it is none.

    Its cause and touchpoint, and those of its comparator, must be among the known ones.
    """
    key = token_hex(6)
    texts = {name: given.get(name, "").strip() for name in (*REQUIRED, *OPTIONAL)}
    plan = _plan(key, texts, "plan")
    for cause, touchpoint in filter(None, [(plan.cause, plan.touchpoint), plan.comparator]):
        if cause not in causes:
            raise unknown("cause", cause, causes, "plan")
        if touchpoint not in touchpoints:
            raise unknown("touchpoint", touchpoint, touchpoints, "plan")
    edit = Actions(folders).write(KIND, key, texts, author)
    return _plan(key, texts, "plan", author, edit.version)


def change(folders: Folders, key: str, given: Mapping[str, str], author: str) -> Plan:
    """Keep other words, another owner, day or state of a plan; an empty text leaves what stands.

    Raises UserError for an unknown plan, or for what was fixed when it opened.
    """
    actions = Actions(folders)
    current = {edit.key: (dict(edit.content or {}), edit.version) for edit in actions.current(KIND)}
    standing = {name: (texts, 0) for name, (texts, _) in _lines(folders).items()} | current
    if key not in standing:
        raise unknown("plan", key, standing)
    for name in given:
        if given[name] and name not in FREE:
            raise UserError(
                f"plan {key}: {name} was fixed when it opened, or its proof would prove nothing. "
                "Drop this plan and enter another."
            )
    texts, version = standing[key]
    texts = {name: str(value) for name, value in texts.items()} | {name: text for name, text in given.items() if text}
    _plan(key, texts, f"plan {key}")
    edit = actions.write(KIND, key, texts, author, version)
    return _plan(key, texts, f"plan {key}", author, edit.version)


def _lines(folders: Folders) -> dict[str, tuple[dict[str, str], str]]:
    """The lines of the file by a key that stays while words, owner, day and state of a plan change."""
    path = folders.root / FILE
    found: dict[str, tuple[dict[str, str], str]] = {}
    for number, row in rows_of(path, REQUIRED, OPTIONAL):
        named = "\0".join(row[name] for name in ("cause", "touchpoint", "opened", "metric"))
        key = sha256(named.encode()).hexdigest()[:12]
        where = f"{path} line {number}"
        if key in found:
            raise UserError(f"{where}: the same cause, touchpoint, day and metric as {found[key][1]}. Keep one.")
        found[key] = row, where
    return found


def _plan(key: str, given: Mapping[str, str], where: str, author: str = FILE, version: int = 0) -> Plan:
    """A plan from its texts; a UserError that says where, what was found and what was expected."""
    for name in REQUIRED:
        if not given.get(name):
            raise UserError(f"{where}: {name} is empty; a plan has {', '.join(REQUIRED)}.")
    if len(given["title"]) > MOST_LETTERS:
        raise UserError(f"{where}: the title has {len(given['title'])} letters; expected at most {MOST_LETTERS}.")
    metric, state = given.get("metric") or BREAKDOWN_RATE, given.get("state") or PlanState.OPEN.value
    if metric not in measurable():
        raise unknown("metric", metric, measurable(), where)
    if state not in list(PlanState):
        raise unknown("state", state, list(PlanState), where)
    due, opened = (day_named(given[name], name, where) for name in ("due", "opened"))
    trigger = day_named(given["trigger"], "trigger", where) if given.get("trigger") else None
    if due < opened or (trigger or opened) > opened:
        raise UserError(
            f"{where}: trigger {trigger or 'none'}, opened {opened}, due {due}; expected them in this order."
        )
    place = given["cause"], given["touchpoint"]
    text = given.get("target", "")
    return Plan(
        key, *place, given["title"], given["owner"], due, opened, metric,
        value_of(metric, text, where) if text else None, _window(given.get("window", ""), where),
        _comparator(given.get("comparator", ""), place, where), trigger, PlanState(state), author, version,
    )  # fmt: skip


def measurable() -> tuple[str, ...]:
    """What can prove a plan: the breakdown rate, and each metric of a touchpoint that has a better way."""
    return (
        BREAKDOWN_RATE,
        *(
            name
            for name, metric in METRICS.items()
            if metric.goodness is not Goodness.NEUTRAL and Dimension.TOUCHPOINT in metric.dimensions
        ),
    )


def _window(text: str, where: str) -> int:
    weeks = int(text) if text.isascii() and text.isdigit() else 0
    if text and not FEWEST_WEEKS <= weeks <= MOST_WEEKS:
        raise UserError(f"{where}: window is {text!r}; expected {FEWEST_WEEKS} to {MOST_WEEKS} weeks.")
    return weeks or USUAL_WEEKS


def _comparator(text: str, place: Place, where: str) -> Place | None:
    """`touchpoint=web chat` as the same cause elsewhere, `cause=…` as another cause there, or both."""
    given = conditions_of(text, f"{where} comparator")
    if not given:
        return None
    if set(given) - {Dimension.CAUSE, Dimension.TOUCHPOINT} or any(len(values) > 1 for values in given.values()):
        raise UserError(f"{where}: comparator is {text!r}; expected one cause, one touchpoint, or one of each.")
    other = given.get(Dimension.CAUSE, place[:1])[0], given.get(Dimension.TOUCHPOINT, place[1:])[0]
    if other == place:
        raise UserError(f"{where}: comparator is {text!r}, what the plan itself is for; expected another.")
    return other
