"""Like for like: as many days of the one period as of the other."""

from datetime import date, timedelta

from etl.calendar.period import Period, Span
from etl.errors import UserError


def like_for_like(current: Period, earlier: Period, through: date) -> tuple[Span, Span]:
    """The spans to compare while `current` is unfinished: the first k days of each, k the days elapsed by `through`.

    An earlier period that is shorter is taken whole; then counts are compared per day. Both days of a span
    are inclusive. UserError when `current` has no complete day yet.
    """
    elapsed = (min(through, current.end) - current.start).days + 1
    if elapsed < 1:
        raise UserError(f"{current.key} has no complete day through {through}; choose an earlier period.")
    reach = timedelta(days=elapsed - 1)
    return (current.start, current.start + reach), (earlier.start, min(earlier.end, earlier.start + reach))
