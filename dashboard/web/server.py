"""Serves the dashboard on this machine: a free port, a closed server, and a first visitor who need not wait."""

import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import streamlit as st
from starlette.middleware import Middleware

from dashboard.blocks import Bars, Block, Selection, Side, Trend
from dashboard.charts.plotly import figure
from dashboard.views import VIEWS
from dashboard.web import labels, source
from dashboard.web.access import checked_address, server_options
from dashboard.web.cache import Library
from dashboard.web.headers import ClosedHeaders
from dashboard.web.look import theme_options
from dashboard.web.render import show_page
from etl.config import Settings
from etl.errors import CxError, UserError
from etl.metrics.answer import LOCAL_ANALYST

SCRIPT = Path(__file__).parent.parent / "app.py"
PORTS_TRIED = 100
NO_SESSION_LOGGER = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""Streamlit warns there of each widget that is drawn outside a visitor's session, as the warm-up does."""
LOGGER = logging.getLogger(__name__)


def serve(settings: Settings, port: int, address: str) -> None:
    """Serve the data folder until interrupted; prints the URL once it listens.

    UserError for an address beyond this machine, or when no port from `port` on is free.
    """
    checked_address(address)
    serve_library(Library(source.publications(settings)), port, address)


def serve_library(library: Library, port: int, address: str) -> None:
    """Serve pages from an open library, which the server's script finds in this process."""
    source.install(library)
    name = checked_address(address)
    free = free_port(name, port)
    app = st.App(
        SCRIPT,
        lifespan=_announced(name, free, library),
        middleware=[Middleware(ClosedHeaders)],
        on_script_error=_show_failure,
    )
    app.run(config=server_options(name, free) | theme_options())


def free_port(address: str, port: int) -> int:
    """The first port from `port` on that nobody listens on; UserError when a hundred are taken."""
    last = min(port + PORTS_TRIED, 65_536)
    for candidate in range(port, last):
        if _is_free(address, candidate):
            return candidate
    raise UserError(f"--port {port}: the ports {port} to {last - 1} are taken; expected a free one. Choose another.")


def warm(library: Library) -> None:
    """Open the numbers, then build and draw the first page once, as it stands without any choice, for nobody.

    What Streamlit and plotly import on first use is imported then, which is most of the first visitor's wait.
    """
    view = next(iter(VIEWS.values()))
    try:
        ask = library.ask(LOCAL_ANALYST)
        page = library.page(ask, LOCAL_ANALYST, view, Selection())
    except CxError as error:
        LOGGER.info("nothing to warm up: %s", error)
        return
    for chart in charts(page.blocks):
        figure(chart).to_json()
    logging.getLogger(NO_SESSION_LOGGER).setLevel(logging.ERROR)
    show_page(page, lambda: None)


def charts(blocks: tuple[Block, ...]) -> list[Trend | Bars]:
    """The charts among the blocks, those side by side included."""
    found: list[Trend | Bars] = []
    for block in blocks:
        if isinstance(block, Side):
            found += charts(block.blocks)
        elif isinstance(block, Trend | Bars):
            found.append(block)
    return found


def _is_free(address: str, port: int) -> bool:
    family, kind, _, _, target = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(target)
        except OSError:
            return False
    return True


def _announced(address: str, port: int, library: Library) -> Callable[[st.App], Any]:
    """A lifespan that prints the URL and warms up beside the first visitor."""
    host = f"[{address}]" if ":" in address else address

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        Thread(target=warm, args=(library,), name="warm-up", daemon=True).start()
        sys.stdout.write(f"http://{host}:{port}\n")
        sys.stdout.flush()
        yield

    return lifespan


def _show_failure(error: Exception) -> bool:
    """Log what was not foreseen under a reference, and show the reader only that; no traceback in the page."""
    reference = uuid4().hex[:8]
    LOGGER.error("reference %s", reference, exc_info=error)
    st.error(f"{labels.FAILED} {reference}.", title=labels.FAILED_TITLE, icon=":material/error:")
    return True
