"""The one look: colours for light and dark, sizes and type, for every chart and every page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

FONT_STACK = (
    '"Inter", "Source Sans 3", "Source Sans Pro", -apple-system, "Segoe UI", Roboto, "Noto Sans", '
    '"Helvetica Neue", "Liberation Sans", system-ui, Arial, sans-serif'
)
FONT_SIZE = 13
LINE_WIDTH = 2.25
MUTED_WIDTH = 1.5
BAND_OPACITY = 0.16
CORNER = 12
ASIDE = 0.3
"""So much of a period's width stands a nowcast beside what there is so far."""


@dataclass(frozen=True)
class Palette:
    """Colours of one mode as hexadecimal strings; text colours reach 4.5:1 on `card` and on `page`.

    `accent` draws the finding, `muted_mark` the context; good and bad never stand without a word.
    """

    page: str
    card: str
    border: str
    ink: str
    quiet_ink: str
    grid: str
    accent: str
    accent_soft: str
    muted_mark: str
    muted_line: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    neutral_soft: str
    series_1: str
    series_2: str
    series_3: str
    series_4: str
    series_5: str

    @property
    def series(self) -> tuple[str, str, str, str, str]:
        """The colours of up to five lines, told apart by colour-blind readers too."""
        return (self.series_1, self.series_2, self.series_3, self.series_4, self.series_5)


LIGHT = Palette(
    page="#f4f6fa",
    card="#ffffff",
    border="#dfe4ee",
    ink="#14213d",
    quiet_ink="#55617a",
    grid="#e7ebf2",
    accent="#2a56e0",
    accent_soft="#e5ebfc",
    muted_mark="#c6d0de",
    muted_line="#8c99ae",
    good="#0b6b4f",
    good_soft="#dff3ea",
    bad="#a61b36",
    bad_soft="#fbe4e8",
    neutral_soft="#edf0f5",
    series_1="#2a56e0",
    series_2="#b25a00",
    series_3="#0b7a75",
    series_4="#a02b87",
    series_5="#566580",
)
DARK = Palette(
    page="#0d121c",
    card="#161e2e",
    border="#2a3550",
    ink="#e9eef8",
    quiet_ink="#a6b2c8",
    grid="#263149",
    accent="#86a2ff",
    accent_soft="#222e52",
    muted_mark="#3d4b69",
    muted_line="#7485a3",
    good="#58d3a5",
    good_soft="#12382f",
    bad="#ff8b9e",
    bad_soft="#45202c",
    neutral_soft="#232d43",
    series_1="#86a2ff",
    series_2="#f0a35c",
    series_3="#4fd0c5",
    series_4="#e58bd0",
    series_5="#a6b2c8",
)
PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})


def custom_properties(palette: Palette) -> str:
    """The palette as CSS custom properties: `--page: #f4f6fa; ... --quiet-ink: ...;`."""
    return " ".join(f"--{name.replace('_', '-')}: {colour};" for name, colour in asdict(palette).items())


def stylesheet() -> str:
    """The style rules that give both modes their colours, following the reader's system setting."""
    return (
        f":root {{ color-scheme: light dark; --font: {FONT_STACK}; {custom_properties(LIGHT)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {custom_properties(DARK)} }} }}\n"
        f"@media print {{ :root {{ color-scheme: light; {custom_properties(LIGHT)} }} }}\n"
    )
