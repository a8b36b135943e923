"""The one look as Streamlit's theme: the page is tinted, widgets and charts paint the card's colour."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.charts.plotly_colours import chart_colours
from dashboard.charts.theme import CORNER, DARK, LIGHT, Palette

FOLDER = Path(__file__).parent
STYLESHEET = FOLDER / "app.css"
ICON = FOLDER / "icon.svg"
BASE_SIZE = 16


def theme_options() -> dict[str, Any]:
    """Streamlit's theme settings by name, for both modes."""
    options: dict[str, Any] = {
        "theme.baseFontSize": BASE_SIZE,
        "theme.baseRadius": f"{CORNER - 4}px",
        "theme.headingFontSizes": ["1.625rem", "1.0625rem", "1rem", "1rem", "0.875rem", "0.875rem"],
        "theme.headingFontWeights": [650, 650, 600, 600, 600, 600],
        "theme.metricValueFontSize": "1.875rem",
        "theme.metricValueFontWeight": 650,
        "theme.paddingTop": "1.25rem",
        "theme.paddingBottom": "2rem",
        "theme.linkUnderline": True,
    }
    for mode, palette in (("light", LIGHT), ("dark", DARK)):
        options |= {f"theme.{mode}.{name}": value for name, value in _colours(palette).items()}
    return options


def style_rules() -> str:
    """The palettes as CSS custom properties that follow the reader's mode, then the rules of `app.css`."""
    dark = asdict(DARK)
    pairs = (
        f"--cx-{name.replace('_', '-')}: light-dark({colour}, {dark[name]});" for name, colour in asdict(LIGHT).items()
    )
    return f":root {{ {' '.join(pairs)} }}\n{STYLESHEET.read_text(encoding='utf-8')}"


def _colours(palette: Palette) -> dict[str, Any]:
    return {
        "backgroundColor": palette.card,
        "secondaryBackgroundColor": palette.neutral_soft,
        "textColor": palette.ink,
        "primaryColor": palette.accent,
        "linkColor": palette.accent,
        "borderColor": palette.border,
        "dataframeBorderColor": palette.border,
        "dataframeHeaderBackgroundColor": palette.neutral_soft,
        "greenColor": palette.good,
        "greenTextColor": palette.good,
        "greenBackgroundColor": palette.good_soft,
        "redColor": palette.bad,
        "redTextColor": palette.bad,
        "redBackgroundColor": palette.bad_soft,
        "grayColor": palette.quiet_ink,
        "grayTextColor": palette.quiet_ink,
        "grayBackgroundColor": palette.neutral_soft,
        "blueColor": palette.accent,
        "chartCategoricalColors": chart_colours(palette),
    }
