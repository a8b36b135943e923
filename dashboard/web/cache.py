"""Keeps what is costly for all visitors: one Ask per generation and principal, and the pages built from it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

from dashboard.blocks import Page, Selection
from dashboard.tables import Drill
from dashboard.views import View
from etl.errors import CxError
from etl.folders import Folders
from etl.metrics.answer import Ask, Principal, Rows

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
State: TypeAlias = tuple[int, Hashable]
"""A generation and the edition of what people decided beside it."""
MOST_ASKS = 8
MOST_PAGES = 256
MOST_ROWS = 32


class Memory(Generic[Key, Value]):
    """The most recently used values, at most so many; a value in the making is waited for, not made twice."""

    def __init__(self, most: int) -> None:
        """Empty, with room for `most` values."""
        self._most = most
        self._kept: OrderedDict[Key, Future[Value]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many values it holds."""
        return len(self._kept)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The kept value, or the one that `make` returns; what `make` raises is raised and not kept."""
        with self._lock:
            future = self._kept.get(key)
            is_mine = future is None
            if future is None:
                future = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        if is_mine:
            self._make(key, future, make)
        return future.result()

    def keep(self, wanted: Callable[[Key], bool]) -> None:
        """Forget the values whose key is not wanted."""
        with self._lock:
            for key in [key for key in self._kept if not wanted(key)]:
                del self._kept[key]

    def _make(self, key: Key, future: "Future[Value]", make: Callable[[], Value]) -> None:
        try:
            future.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._kept.get(key) is future:
                    del self._kept[key]
            future.set_exception(error)


@dataclass(frozen=True)
class Publications:
    """Where numbers come from: `current` gives the published generation (cheap; 0: none yet), `open_ask` an Ask on it.

    Both raise CxError when it cannot be read, `open_ask` also when there is none. `edition` changes with whatever
    people decide beside the data, such as annotations; `folders` is where they keep it, None where nothing is kept.
    """

    current: Callable[[], int]
    open_ask: Callable[[Principal], Ask]
    edition: Callable[[], Hashable] = tuple
    folders: Folders | None = None


class Library:
    """Asks, pages and rows of the published generation; an older generation is forgotten when a new one appears."""

    def __init__(self, publications: Publications) -> None:
        """Nothing is opened before the first visitor."""
        self._publications = publications
        self._asks: Memory[tuple[State, Principal], Ask] = Memory(MOST_ASKS)
        self._pages: Memory[tuple[State, Principal, str, Selection], Page] = Memory(MOST_PAGES)
        self._rows: Memory[tuple[State, Principal, Drill], Rows] = Memory(MOST_ROWS)
        self._newest: State = (-1, None)

    @property
    def folders(self) -> Folders | None:
        """Where decisions are kept; None where nothing is."""
        return self._publications.folders

    def ask(self, principal: Principal) -> Ask:
        """The principal's Ask on the generation published now; CxError when there is none."""
        state: State = (self._publications.current(), self._publications.edition())
        if state != self._newest:
            self._newest = state
            self._asks.keep(lambda key: key[0] == state)
            self._pages.keep(lambda key: key[0] == state)
            self._rows.keep(lambda key: key[0] == state)
        return self._asks.get((state, principal), lambda: self._publications.open_ask(principal))

    def is_empty(self) -> bool:
        """Whether nothing was ever published, rather than published and unreadable."""
        try:
            return self._publications.current() == 0
        except CxError:
            return False

    def page(self, ask: Ask, principal: Principal, view: View, selection: Selection) -> Page:
        """The view's page for this selection, built once for all who may see the same rows."""
        key = (self._state_of(ask), principal, view.NAME, selection)
        return self._pages.get(key, lambda: view.build(ask, selection))

    def rows(self, ask: Ask, principal: Principal, drill: Drill) -> Rows:
        """The rows behind a number, read once for all who may see the same."""
        key = (self._state_of(ask), principal, drill)
        return self._rows.get(key, lambda: ask.rows(drill.metric, drill.period, drill.where))

    def _state_of(self, ask: Ask) -> State:
        """An Ask on an older generation has pages of its own; what was decided meanwhile holds for it, too."""
        return ask.generation, self._newest[1]
