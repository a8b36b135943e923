"""The server finds a free port, announces itself and warms up."""

import socket

import pytest

from dashboard.blocks import Bars, Note, Side
from dashboard.tables import Table
from dashboard.web.cache import Library, Publications
from dashboard.web.server import charts, free_port, warm
from etl.errors import CxError, UserError
from etl.metrics.answer import Ask, Principal
from etl.vocabulary import Unit
from tests.dashboard.canned import CannedAsk

LOCAL = "127.0.0.1"


def test_a_busy_port_takes_the_next_free_one() -> None:
    with socket.socket() as busy:
        busy.bind((LOCAL, 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert free_port(LOCAL, port) > port
    assert free_port(LOCAL, port) == port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.web.server._is_free", lambda *_: False)
    with pytest.raises(UserError, match="8501 to 8600 are taken"):
        free_port(LOCAL, 8501)


def test_charts_are_found_side_by_side_too() -> None:
    bars = Bars("title", "caption", Unit.COUNT, (), Table("table", (), ()))
    assert charts((Note("text"), Side((bars, Note("text"))), bars)) == [bars, bars]


def test_warming_up_opens_the_numbers_once() -> None:
    opened = []

    def open_ask(principal: Principal) -> Ask:
        opened.append(principal.name)
        return CannedAsk(fall=12.0)

    library = Library(Publications(lambda: 7, open_ask))
    warm(library)
    warm(library)
    assert opened == ["local"]


def test_warming_up_without_numbers_is_no_failure() -> None:
    def open_ask(principal: Principal) -> Ask:
        raise CxError(f"nothing is published for {principal.name}")

    warm(Library(Publications(lambda: 0, open_ask)))
