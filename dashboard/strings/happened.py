"""Words about what happened: releases, outages, campaigns, price changes and days without data."""

from collections.abc import Sequence

from dashboard.strings import capitalised, joined
from etl.vocabulary import AnnotationKind


def event(kind: str, title: str, days: str, places: Sequence[str]) -> str:
    """What happened, when, and where if not everywhere."""
    name = title if kind == AnnotationKind.OTHER else f"{kind}: {title}"
    return ", ".join([f"{name} ({days})", *places])


def marked(sign: str, words: str) -> str:
    """The words behind a sign of the chart."""
    return f"{sign}\u00a0{capitalised(words)}"


def candidates(events: Sequence[str]) -> str:
    """What may have caused a change, without saying that it did."""
    return f"Happened then, and may have to do with it: {joined(events)}."
