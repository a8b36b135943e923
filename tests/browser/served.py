"""Serves the dashboard on canned numbers of the kind named: `python -m tests.browser.served full`."""

import sys
from collections.abc import Callable

from dashboard.web.cache import Library, Publications
from dashboard.web.server import serve_library
from etl.errors import CxError
from etl.metrics.answer import Ask, Principal
from etl.vocabulary import Dimension
from tests.dashboard.canned import VALUES, CannedAsk

FIRST_PORT = 8_600
PAYLOADS = (
    "![](http://canary.invalid/a.png)",
    ":material/home:",
    "$x^2$",
    "**bold** [a](http://canary.invalid)",
    "<img src=x onerror=window.pwned=1>",
    "a -> b www.canary.invalid",
)


def nothing(principal: Principal) -> Ask:
    """What a data folder without a load gives."""
    raise CxError(f"data/warehouse: nothing is published for {principal.name}. Run: cx load")


def hostile(_: Principal) -> Ask:
    """Values of a dimension that try to be markup."""
    values = {**VALUES, Dimension.TOUCHPOINT: ("delivery", *PAYLOADS), Dimension.CAUSE: PAYLOADS}
    return CannedAsk(fall=12.0, is_storm=True, values=values)


KINDS: dict[str, Callable[[Principal], Ask]] = {
    "full": lambda _: CannedAsk(fall=12.0, hole="2026-W05"),
    "storm": lambda _: CannedAsk(is_storm=True),
    "hostile": hostile,
    "nothing": nothing,
}

if __name__ == "__main__":
    serve_library(
        Library(Publications(lambda: 0 if sys.argv[1] == "nothing" else 7, KINDS[sys.argv[1]])), FIRST_PORT, "127.0.0.1"
    )
