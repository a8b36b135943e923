"""The ten placeholder colours that Streamlit replaces in the browser, so that one figure serves light and dark."""

from dashboard.blocks import Series, Trend
from dashboard.charts.theme import Palette

SERIES = ("#000001", "#000002", "#000003", "#000004", "#000005")
MUTED_MARK, MUTED_LINE, QUIET_INK, BAND, CARD = "#000006", "#000007", "#000008", "#000009", "#000010"


def chart_colours(palette: Palette) -> list[str]:
    """The palette's colours in the order of the placeholders."""
    return [
        *palette.series,
        palette.muted_mark,
        palette.muted_line,
        palette.quiet_ink,
        palette.accent_soft,
        palette.card,
    ]


def colour_of(series: Series, block: Trend) -> str:
    """A line's colour: muted when it is context, else by its place among the findings."""
    if series.is_muted:
        return MUTED_LINE
    findings = [each.name for each in block.series if not each.is_muted]
    return SERIES[findings.index(series.name) % len(SERIES)]
