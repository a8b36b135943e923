"""The sentences about alerts: what is out of order, who knows, how it would be told, how good the rules are."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, inside, joined
from etl.vocabulary import AlertState

COLUMNS = ("Alert", "Where", "State", "Since", "Last value", "Expected", "n", "Owner", "Acknowledged")
OVER_COLUMNS = ("Alert", "Where", "State", "Raised", "Quiet for", "Owner")
RULE_COLUMNS = (
    "Rule", "Alarms", "Trouble followed", "Raised during it", "Too young to judge", "Right", "By chance", "Days ahead",
)  # fmt: skip
STATES: Mapping[AlertState, str] = MappingProxyType(
    {
        AlertState.OK: "in order",
        AlertState.FIRING: "firing",
        AlertState.ACKNOWLEDGED: "acknowledged",
        AlertState.RECOVERED: "recovered",
        AlertState.REARMED: "over",
    }
)
EVERYWHERE = "everywhere"
NOBODY = "nobody yet"
NOT_DELIVERED = "no data"
TOLD = "How this would be told"
NO_MESSAGE = "Nothing is to be told: no alert fires that nobody has acknowledged."
RULES_TITLE = "How good the rules are"
RULES_NOTE = (
    "Trouble is a breakdown that becomes persistent, or an outage that somebody noted, within six weeks after the "
    "alarm. Right is the share of alarms that trouble followed or that were raised during it; by chance is the same "
    "share of all periods watched, so that a rule that warns of nothing shows as one."
)
NONE_MISSED = "No breakdown became persistent without an alarm before it."
NO_RULE = "No rule is declared, so nothing is watched. Write one into alerts.toml."
NO_DATA = "No source has a complete day yet, so nothing can be watched."
ALERTS = "Alerts"


def headline(firing: str, known: str, newest: str, *, is_firing_one: bool, is_known_one: bool) -> str:
    """How many alerts nobody has acknowledged, and the newest of them."""
    rest = f"; {known} more {'is' if is_known_one else 'are'} acknowledged" if known else ""
    start = "One alert needs somebody:" if is_firing_one else f"{firing} alerts need somebody, the newest being"
    return f"{start} {newest}{rest}."


def all_known(count: str, *, is_one: bool) -> str:
    """The headline when somebody knows of each alert."""
    return f"Nothing new: {count} {'alert is' if is_one else 'alerts are'} open, and somebody is on each."


def in_order(count: str) -> str:
    """The headline when no alert is open."""
    return f"All in order: nothing of the {count} things watched is out of line."


def context(as_of: str, published: str) -> str:
    """As of which day, and when that was published."""
    return f"As of {as_of}, the newest complete day · {published}"


def named(title: str, place: str) -> str:
    """An alert in a sentence."""
    return f"{inside(title)} ({place})" if place else inside(title)


def broke(cause: str, touchpoint: str) -> str:
    """The place of a breakdown."""
    return f"{cause} at the {touchpoint}"


def open_title(firing: str, known: str) -> str:
    """The title over the open alerts."""
    return f"Open: {firing} firing, {known} acknowledged"


def over_title(count: str, *, is_one: bool) -> str:
    """The title over those that have recovered."""
    return f"{count} {'alert has' if is_one else 'alerts have'} recovered"


def target(value: str) -> str:
    """What a number is held to."""
    return f"target {value}"


def known_to(author: str, note: str) -> str:
    """Who knows of an alert, and what is done."""
    return f"{author}: {note}" if note else author


def quiet(count: str, length: str, *, is_one: bool) -> str:
    """How long an alert has been quiet."""
    return f"{count} {length}{'' if is_one else 's'}"


def message(group: str, entries: Sequence[str], due: str, *, is_held: bool) -> str:
    """One message and when it is due."""
    when = f"held by quiet hours until {due}" if is_held else f"at once ({due})"
    return f"{capitalised(group)}, {when}: {joined(entries)}."


def rule_line(alarms: str, right: str, days: str, *, is_one: bool) -> str:
    """`Of 12 alarms 9 came before or during trouble, up to 6 days ahead of it.`"""
    ahead = f", up to {days} days ahead of it" if days else ""
    noun = "alarm" if is_one else "alarms"
    return f"Of {alarms} {noun} that can be judged, {right} came before or during trouble{ahead}."


def missed(entries: Sequence[str], more: str) -> str:
    """Trouble that came without an alarm."""
    listed = [*entries, f"{more} more"] if more else entries
    return f"Came without any alarm before: {joined(listed)}."


def missed_entry(name: str, day: str) -> str:
    """One trouble and when it was known."""
    return f"{name} ({day})"


def on_today(count: str, firing: Sequence[str], more: str, known: str) -> str:
    """The alerts on the first page, in a line."""
    listed = [*firing, f"{more} more"] if more else firing
    need = "alert needs" if len(listed) == 1 else "alerts need"
    parts = [f"{count} {need} somebody: {joined(listed)}"] if firing else []
    parts += [f"{known} acknowledged"] if known else []
    return f"{'; '.join(parts)}. See Alerts."


def more(count: str) -> str:
    """How many more there are of what is listed."""
    return f"{count} more"


def since(name: str, day: str) -> str:
    """An alert and since when it is open."""
    return f"{name} since {day}"


def unanswered(entries: Sequence[str]) -> str:
    """The alerts of a brief that nobody has acknowledged."""
    return f"Nobody has answered yet: {joined(entries)}."


def answered(entries: Sequence[str]) -> str:
    """The alerts of a brief that somebody knows of."""
    return f"Somebody is on: {joined(entries)}."
