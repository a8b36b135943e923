"""The sentences about alerts: what is out of order, who knows, how it would be told, how good the rules are."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.strings import capitalised, inside, joined, listed
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
NOTHING_WATCHED = "Nothing is watched yet: no rule finds its numbers in the data."
NONE_RAISED = "No rule has raised an alarm yet, and no breakdown has become persistent."
NO_RULE = "No rule is declared, so nothing is watched. Write one into alerts.toml."
NO_DATA = "No source has a complete day yet, so nothing can be watched."
ALERTS = "Alerts"


def headline(firing: str, known: str, newest: str, *, is_firing_one: bool, is_known_one: bool) -> str:
    """How many alerts nobody has acknowledged, and the newest of them."""
    rest = f"; {known} more {'is' if is_known_one else 'are'} acknowledged" if known else ""
    start = "One alert needs somebody" if is_firing_one else f"{firing} alerts need somebody; the newest"
    return f"{start}: {newest}{rest}."


def all_known(count: str, *, is_one: bool) -> str:
    """The headline when somebody knows of each alert."""
    return f"Nothing new: {count} {'alert is' if is_one else 'alerts are'} open, and somebody is on each."


def in_order(count: str, *, is_one: bool) -> str:
    """The headline when no alert is open."""
    told = "the one thing watched is in line" if is_one else f"nothing of the {count} things watched is out of line"
    return f"All in order: {told}."


def context(as_of: str, published: str) -> str:
    """As of which day, and when that was published."""
    return f"As of {as_of}, the newest complete day · {published}"


def named(title: str, places: Sequence[str], more: str) -> str:
    """What a rule found in a sentence, and where: `breakdown began (wrong invoice at the shop and 3 more)`."""
    return f"{inside(title)} ({listed(places, more)})" if places else inside(title)


def open_title(firing: str, known: str) -> str:
    """The title over the open alerts."""
    return f"Open: {firing} firing, {known or 'none'} acknowledged"


def over_title(count: str, *, is_one: bool) -> str:
    """The title over those that have recovered."""
    return f"{count} {'alert has' if is_one else 'alerts have'} recovered"


def course(since: str, before: Sequence[tuple[str, str]]) -> str:
    """Since when an alert is open, after what: `14 Sep 2026 (breakdown began 24 Aug 2026)`."""
    told = joined([f"{inside(title)} {day}" for title, day in before])
    return f"{since} ({told})" if told else since


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
    return f"Came without any alarm before: {listed(entries, more)}."


def missed_entry(name: str, day: str) -> str:
    """One trouble and when it was known."""
    return f"{name} ({day})"


def on_today(day: str, count: str, firing: Sequence[str], more: str, known: str, *, is_one: bool) -> str:
    """The alerts on the first page, in a line."""
    need = "alert needs" if is_one else "alerts need"
    parts = [f"{count} {need} somebody: {listed(firing, more)}"] if firing else []
    parts += [f"{known} acknowledged"] if known else []
    return f"As of {day}: {'; '.join(parts)}. See Alerts."


def since(place: str, day: str) -> str:
    """Where an alert is, where it is not everywhere, and since when it is open."""
    return f"{place} since {day}".lstrip()


def unanswered(entries: Sequence[str], more: str) -> str:
    """The alerts of a brief that nobody has acknowledged."""
    return f"Nobody has answered yet: {listed(entries, more)}."


def answered(entries: Sequence[str], more: str) -> str:
    """The alerts of a brief that somebody knows of."""
    return f"Somebody is on: {listed(entries, more)}."
