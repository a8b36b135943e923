"""The sentences of the page on journeys."""

from collections.abc import Sequence

HOLLOW = "no answer"
NO_WAYS = "No journey of this period is a week old yet, so none can be told from its end."
UNTOLD = "No loaded source records contacts one by one, so no customer's journey can be told."
NOBODY_SENT = "Each journey of this period took one contact, with next to no wait and without a transfer or a return."
NOTHING_OPEN = "Nobody is worth a call: no failure of the last 14 days is still open."
CONTACT_COLUMNS = (
    "Journey", "Contact", "Channel", "Touchpoint", "Reason", "Answered", "Waited", "Transfers", "Record",
)  # fmt: skip
CALL_COLUMNS = (
    "Customer", "What failed", "Last contact", "Channel", "Contacts", "Unresolved", "Recoverable", "Reach", "Together",
    "Why", "Record",
)  # fmt: skip
PUBLIC_COLUMNS = ("Customer", "Private contact", "Channel", "What about", "In public", "Platform", "After")
STEP_COLUMNS = ("From",)
DETOURS = (
    ("return", "returns"), ("transfer", "transfers"), ("channel switch", "channel switches"),
    ("retelling", "retellings"),
)  # fmt: skip
"""Short, since all of them stand in one line on a phone."""
CALLS_NOTE = (
    "Failures of the last 14 days after which nothing good is known: no later contact, no call of ours, no sign of "
    "content. Unresolved: recorded so 1, a complaint 0.9, abandoned 0.8, else 0.5. Recoverable: 1 on the day, half of "
    "it every 3 days. Reach: 3 where the customer went public within 72 hours, 2 where he posted about us in 90 days, "
    "else 1. Together is their product."
)
STEPS_CAPTION = (
    "How customers went on who came back for the same within 7 days: the channel they came from and the one they "
    "turned to. Strong bars are changes of channel, pale ones came back by the same."
)
PUBLIC_NOTE = (
    "Customers who said something negative in public within 72 hours of a private contact; the 20 newest are listed."
)


def tick(hours: int, step: int) -> str:
    """A mark at the foot of the timelines, so long after the first contact; all are in hours, or all in days."""
    if not hours:
        return "first contact"
    return f"{hours} h" if step % 24 else f"{hours // 24} d"


def customer(mark: str) -> str:
    """A customer without a name."""
    return f"customer {mark}"


def headline(worst: str, contacts: str, calls: str, public: str) -> str:
    """The page's finding: the worst, whom to call, what went public."""
    return f"{worst}{contacts}; {calls}; {public}."


def worst(points: str, period: str) -> str:
    """The worst runaround."""
    return f"The worst runaround of {period} cost its customer {points} points"


def worst_contacts(contacts: str, channels: str, *, is_one: bool) -> str:
    """What it consisted of."""
    return f": {contacts} {'contact' if is_one else 'contacts'} by {channels}"


def none_sent(period: str) -> str:
    """Where each journey took one contact and no time."""
    return f"Nobody is known to have been sent around in {period}"


def none_worst(period: str) -> str:
    """Where no journey can be told."""
    return f"No runaround of {period} can be told yet"


def calls(count: str, *, is_one: bool) -> str:
    """How many are to be called."""
    if count == "0":
        return "nobody is worth a call today"
    return "one customer is worth a call today" if is_one else f"{count} customers are worth a call today"


def went_public(count: str, *, is_one: bool) -> str:
    """How many went public."""
    if count == "0":
        return "no private complaint went public within 72 hours"
    told = "one private contact" if is_one else f"{count} private contacts"
    return f"{told} went public within 72 hours"


def timelines_title(count: str, points: str, *, is_one: bool) -> str:
    """The conclusion over the timelines."""
    return (
        f"The worst runaround: {points} points"
        if is_one
        else f"The {count} worst runarounds, from {points} points down"
    )


def timelines_caption(weights: str, period: str) -> str:
    """How to read the timelines."""
    return (
        f"Journeys that began in {period}. Each line is one customer with one reason, each dot a contact; a hollow one "
        f"got no answer, →n was transferred n times. Points: {weights}. Customers are named by a code."
    )


def points(count: str) -> str:
    """What a journey cost."""
    return f"{count} points"


def detour(count: str, kind: tuple[str, str], *, is_one: bool) -> str:
    """So many detours of a kind."""
    return f"{count} {kind[0] if is_one else kind[1]}"


def times(reach: str) -> str:
    """By how much reach multiplies."""
    return f"×{reach}"


def dot(moment: str, channel: str, touchpoint: str, parts: Sequence[str]) -> str:
    """One contact in words."""
    place = f" at {touchpoint}" if touchpoint else ""
    return f"{moment}: {channel}{place}{', ' if parts else ''}{', '.join(parts)}"


def transferred(count: str) -> str:
    """How often a contact was handed on."""
    return f"transferred {count}×"


def waited(duration: str) -> str:
    """How long a contact waited."""
    return f"waited {duration}"


def went(origin: str, goal: str) -> str:
    """A step from one contact to the next."""
    return f"{origin} → {goal}" if origin != goal else f"{origin}, again"


def steps_title(switches: str, share: str, most: str) -> str:
    """The conclusion over the ways from channel to channel."""
    if not most:
        return "All who came back did so by the same channel"
    return f"{switches} returns ({share}) were by another channel, most of them {most}"


def calls_title(count: str, day: str, *, is_one: bool) -> str:
    """The conclusion over the calls."""
    return f"Worth a call, as of {day}: {'one customer' if is_one else f'{count} customers'}"


def public_title(count: str, *, is_one: bool) -> str:
    """The conclusion over what went public."""
    return "One private contact went public" if is_one else f"{count} private contacts went public"


def why(parts: Sequence[str]) -> str:
    """Why somebody is worth a call."""
    return ", ".join(parts)


def ago(days: str) -> str:
    """When the last contact was."""
    return {"0": "today", "1": "yesterday"}.get(days, f"{days} days ago")


UNRESOLVED, COMPLAINED, ABANDONED, DISAPPOINTED = (
    "recorded as unresolved",
    "complained",
    "gave up waiting",
    "disappointed",
)
PUBLIC, VOCAL = "went public", "posts about us"
