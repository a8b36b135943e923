"""The look: words stay readable in both modes."""

import pytest

from dashboard.charts.theme import DARK, LIGHT, Palette, stylesheet


def luminance(colour: str) -> float:
    """Relative luminance of a hexadecimal sRGB colour, after WCAG 2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_reach_the_contrast_that_small_text_needs(palette: Palette) -> None:
    pairs = [(ink, ground) for ink in (palette.ink, palette.quiet_ink) for ground in (palette.card, palette.page)]
    pairs += [
        (palette.good, palette.good_soft),
        (palette.bad, palette.bad_soft),
        (palette.quiet_ink, palette.neutral_soft),
    ]
    pairs += [(ink, palette.card) for ink in (palette.good, palette.bad, palette.accent, *palette.series)]
    for ink, ground in pairs:
        assert contrast(ink, ground) >= 4.5, (ink, ground)


def test_both_modes_and_print_have_their_colours() -> None:
    css = stylesheet()
    assert css.count("--quiet-ink:") == 3
    assert "prefers-color-scheme: dark" in css
    assert "@media print" in css
