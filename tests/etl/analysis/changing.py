"""Ten weeks of sources that end, begin and fail, made by hand."""

from etl.engines import Connection
from tests.etl.metrics.generations import Rows, days_after, generation

CALLS, CHATS, MAILS = "calls", "chats", "mails"


def daily(rows: Rows, source: str, days: range, lost: int, channel: str) -> None:
    """Ten contacts a day at noon, so many of them abandoned."""
    for day in days:
        for number in range(10):
            how = "abandoned" if number < lost else "answered"
            rows.leg(source=source, started_at=days_after(day), disposition=how, channel=channel)


def changing_sources() -> Connection:
    """Weeks from 0: calls fail in week 8 for a day, chats end with week 4, mails begin with week 7.

    Of the calls 10 % are abandoned, of chats and mails 50 %. The last day of each has no end yet.
    """
    rows = Rows()
    daily(rows, CALLS, range(60), 1, "phone")
    daily(rows, CALLS, range(61, 71), 1, "phone")
    daily(rows, CHATS, range(36), 5, "chat")
    daily(rows, MAILS, range(49, 71), 5, "email")
    return generation(rows)
