"""The theme that is passed to the server is the one look."""

import re

import pytest

from dashboard.charts.plotly_colours import chart_colours
from dashboard.charts.theme import DARK, LIGHT, Palette
from dashboard.web.look import ICON, STYLESHEET, style_rules, theme_options


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_words_and_badges_can_be_read(palette: Palette) -> None:
    grounds = {palette.ink: palette.page, palette.quiet_ink: palette.page, palette.accent: palette.accent_soft}
    badges = {palette.good: palette.good_soft, palette.bad: palette.bad_soft}
    assert {pair: contrast(*pair) for pair in (grounds | badges).items() if contrast(*pair) < 4.5} == {}


def test_the_card_is_what_widgets_paint() -> None:
    options = theme_options()
    assert options["theme.light.backgroundColor"] == LIGHT.card == "#ffffff"
    assert options["theme.dark.backgroundColor"] == DARK.card
    assert options["theme.dark.chartCategoricalColors"] == chart_colours(DARK)
    assert len(chart_colours(LIGHT)) == 10


def test_styles_name_only_what_streamlit_promises() -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = [line for line in rules.splitlines() if line and not line.startswith((" ", "}", "@"))]
    assert [line for line in selectors if "data-testid" not in line and "st-key-" not in line] == []
    assert "emotion" not in rules
    assert "http" not in style_rules()


def test_each_colour_follows_the_mode() -> None:
    assert f"--cx-page: light-dark({LIGHT.page}, {DARK.page});" in style_rules()


def test_the_icon_is_a_local_drawing() -> None:
    assert ICON.read_text(encoding="utf-8").startswith("<svg")
