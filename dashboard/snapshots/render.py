"""The output formats: each is a function from a page to the bytes of a file."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.blocks import Page
from dashboard.snapshots.html import Origin, render_html

RENDERERS: Mapping[str, Callable[[Page, Origin], bytes]] = MappingProxyType({"html": render_html})
