"""What people said of texts as labels to learn from: causes as they stand, sentiments, and ratings as sentiments."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.enrich.text_model.model import CAUSE, NEGATIVE, NEUTRAL, POSITIVE, SENTIMENT
from etl.errors import UserError

SENTIMENTS = {
    **{name: name for name in (NEGATIVE, NEUTRAL, POSITIVE)},
    "-1": NEGATIVE, "0": NEUTRAL, "1": POSITIVE, "neg": NEGATIVE, "neu": NEUTRAL, "pos": POSITIVE,
}  # fmt: skip
MOST_STARS, MOST_POINTS = 5, 10
MIDDLE_STARS, MIDDLE_POINTS = (3, 3), (7, 8)
"""Between detractors and promoters, and between those who gave few stars and many."""
LEAST_ROWS = 50
LEAST_OF_CLASS = 4
Column = Sequence[str | None]


def labels_of(columns: Mapping[str, Column], file: Path) -> dict[str, list[str | None]]:
    """By head the label of each row, None where there is none to learn from.

    `columns` has text, and of cause, sentiment and rating those given. A cause of fewer than LEAST_OF_CLASS rows is
    left out. UserError where there is nothing to learn, or a label or rating is none.
    """
    if {"sentiment", "rating"} <= columns.keys():
        raise UserError("--sentiment and --rating teach the same; give one of them.")
    labels: dict[str, list[str | None]] = {}
    if "cause" in columns:
        labels[CAUSE] = _causes(columns["cause"])
    if "sentiment" in columns:
        labels[SENTIMENT] = [_sentiment(label, row, file) for row, label in enumerate(columns["sentiment"], 2)]
    if "rating" in columns:
        labels[SENTIMENT] = _rated(columns["rating"], file)
    if not labels:
        raise UserError(f"{file}: nothing to learn; name a column of labels by --cause, --sentiment or --rating.")
    texts = columns["text"]
    taught = {
        name: [label if text and text.strip() else None for label, text in zip(column, texts, strict=True)]
        for name, column in labels.items()
    }
    for name, column in taught.items():
        _require(name, column, file)
    return taught


def _causes(column: Column) -> list[str | None]:
    plain = [label.strip() or None if label else None for label in column]
    count = Counter(plain)
    return [label if count[label] >= LEAST_OF_CLASS else None for label in plain]


def _sentiment(label: str | None, row: int, file: Path) -> str | None:
    plain = (label or "").strip().lower()
    if plain and plain not in SENTIMENTS:
        raise UserError(f"{file}, record {row}: found the sentiment {label!r}; expected negative, neutral or positive.")
    return SENTIMENTS.get(plain)


def _rated(column: Column, file: Path) -> list[str | None]:
    ratings = [_rating(label, row, file) for row, label in enumerate(column, 2)]
    most = max((rating for rating in ratings if rating is not None), default=0.0)
    low, high = MIDDLE_STARS if most <= MOST_STARS else MIDDLE_POINTS
    return [
        None if rating is None else NEGATIVE if rating < low else POSITIVE if rating > high else NEUTRAL
        for rating in ratings
    ]


def _rating(label: str | None, row: int, file: Path) -> float | None:
    if not label or not label.strip():
        return None
    try:
        rating = float(label)
    except ValueError:
        rating = -1.0
    if not 0 <= rating <= MOST_POINTS:
        raise UserError(f"{file}, record {row}: found the rating {label!r}; expected a number of 0 to {MOST_POINTS}.")
    return rating


def _require(name: str, column: Column, file: Path) -> None:
    count = Counter(label for label in column if label)
    few = [label for label, rows in count.items() if rows < LEAST_OF_CLASS]
    if len(count) < 2:
        raise UserError(f"{file}: {len(count)} classes of {name}; expected two or more, each in {LEAST_OF_CLASS} rows.")
    if sum(count.values()) < LEAST_ROWS:
        raise UserError(
            f"{file}: {sum(count.values())} rows have a text and a {name}; expected {LEAST_ROWS} or more to learn from."
        )
    if few:
        raise UserError(f"{file}: {name} {few[0]!r} has fewer than {LEAST_OF_CLASS} rows; expected more of each class.")
