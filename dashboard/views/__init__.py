"""The pages: each module here is one, found by what it declares; nothing else lists them."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Protocol, cast

from dashboard.blocks import Page, Selection
from etl.metrics.answer import Ask


class View(Protocol):
    """What a module of this folder declares: `NAME` in the URL, `TITLE`, place in the navigation and an icon.

    `ICON` is the name of a Material symbol.
    """

    NAME: str
    TITLE: str
    ORDER: int
    ICON: str

    def build(self, ask: Ask, selection: Selection) -> Page:
        """The page for what the reader chose; an unknown metric or period is a UserError."""
        ...


def _discovered() -> Mapping[str, View]:
    modules = [cast(View, import_module(f"{__name__}.{found.name}")) for found in iter_modules(__path__)]
    return MappingProxyType({view.NAME: view for view in sorted(modules, key=lambda view: view.ORDER)})


VIEWS: Mapping[str, View] = _discovered()
