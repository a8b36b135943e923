"""Pages and connections are kept per generation and principal, at most so many."""

from threading import Barrier, Thread

import pytest

from dashboard.blocks import Page, Selection
from dashboard.views import VIEWS, View
from dashboard.web.cache import Library, Memory, Publications
from etl.errors import CxError
from etl.metrics.answer import LOCAL_ANALYST, Ask, Principal
from etl.vocabulary import Dimension, Grain
from tests.dashboard.canned import CannedAsk

OTHER = Principal("north", ((Dimension.REGION, ("North",)),))


class Counting:
    """A view that counts how often it is built."""

    NAME, TITLE, ORDER, ICON = "counting", "Counting", 1, "today"

    def __init__(self) -> None:
        self.built: list[Selection] = []

    def build(self, ask: Ask, selection: Selection) -> Page:
        self.built.append(selection)
        return Page(self.NAME, self.TITLE, f"generation {ask.generation}", "", (), selection, ())


class Press:
    """Publishes generations and remembers for whom it opened which."""

    def __init__(self) -> None:
        self.generation = 1
        self.opened: list[tuple[int, str]] = []

    def open_ask(self, principal: Principal) -> Ask:
        self.opened.append((self.generation, principal.name))
        return CannedAsk(generation=self.generation)

    def library(self) -> Library:
        return Library(Publications(lambda: self.generation, self.open_ask))


def headline(library: Library, view: View, principal: Principal, selection: Selection) -> str:
    return library.page(library.ask(principal), principal, view, selection).headline


def test_a_second_visitor_pays_nothing() -> None:
    press, view = Press(), Counting()
    library = press.library()
    for _ in range(3):
        assert headline(library, view, LOCAL_ANALYST, Selection()) == "generation 1"
    assert press.opened == [(1, "local")]
    assert view.built == [Selection()]


def test_principals_and_selections_never_share_a_page() -> None:
    press, view = Press(), Counting()
    library = press.library()
    for principal in (LOCAL_ANALYST, OTHER):
        for grain in (Grain.WEEK, Grain.MONTH):
            headline(library, view, principal, Selection(grain=grain))
    assert press.opened == [(1, "local"), (1, "north")]
    assert len(view.built) == 4


def test_a_new_generation_is_seen_and_the_old_one_forgotten() -> None:
    press, view = Press(), Counting()
    library = press.library()
    headline(library, view, LOCAL_ANALYST, Selection())
    press.generation = 2
    assert headline(library, view, LOCAL_ANALYST, Selection()) == "generation 2"
    assert press.opened == [(1, "local"), (2, "local")]
    assert (len(library._asks), len(library._pages)) == (1, 1)


def test_what_is_decided_beside_a_generation_makes_its_pages_anew() -> None:
    press, view, decided = Press(), Counting(), [1]
    library = Library(Publications(lambda: 1, press.open_ask, lambda: tuple(decided)))
    for _ in range(2):
        headline(library, view, LOCAL_ANALYST, Selection())
    assert (len(view.built), len(press.opened)) == (1, 1)
    decided.append(2)
    headline(library, view, LOCAL_ANALYST, Selection())
    assert (len(view.built), len(press.opened)) == (2, 2)


def test_a_failure_is_not_kept() -> None:
    press = Press()
    answers = iter([CxError("nothing is published"), None])

    def open_ask(principal: Principal) -> Ask:
        if error := next(answers):
            raise error
        return press.open_ask(principal)

    library = Library(Publications(lambda: 1, open_ask))
    with pytest.raises(CxError, match="nothing is published"):
        library.ask(LOCAL_ANALYST)
    assert library.ask(LOCAL_ANALYST).generation == 1


def test_memory_keeps_the_most_recently_used() -> None:
    memory: Memory[int, int] = Memory(2)
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number * 10

    for number in (1, 2, 1, 3, 1, 2):
        assert memory.get(number, lambda number=number: make(number)) == number * 10  # type: ignore[misc]
    assert made == [1, 2, 3, 2]
    assert len(memory) == 2


def test_a_value_in_the_making_is_waited_for() -> None:
    memory: Memory[str, int] = Memory(2)
    together, made, got = Barrier(4), [], []

    def make() -> int:
        made.append(1)
        return 5

    def ask() -> None:
        together.wait()
        got.append(memory.get("x", make))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (got, made) == ([5] * 4, [1])


def test_the_real_views_build_from_a_library() -> None:
    library = Press().library()
    for view in VIEWS.values():
        assert headline(library, view, LOCAL_ANALYST, Selection()) != ""
