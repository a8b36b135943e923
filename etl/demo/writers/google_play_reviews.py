"""Reviews as google-play-scraper lists them: one a row, with the reply that was there when the list was drawn."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo.customers import FIRST_NAMES, LAST_NAMES
from etl.demo.records import contact_ids
from etl.demo.reviews import LOW, Reviews, listed
from etl.demo.season import Flags, Ints, Times, end_of
from etl.demo.writers.files import Span, file_of, write_files
from etl.demo.writers.lines import instant, joined_cells
from etl.demo.writers.sentences import review_replies, review_texts

COLUMNS = (
    "reviewId", "userName", "userImage", "content", "score", "thumbsUpCount", "reviewCreatedVersion", "at",
    "replyContent", "repliedAt", "appVersion",
)  # fmt: skip
NAMELESS, NAMELESS_SHARE = "A Google user", 0.25
NO_VERSION_SHARE = 0.15
FIRST_YEAR = 2020


def write_reviews(
    rng: np.random.Generator, folder: Path, files: tuple[Span, ...], reviews: Reviews
) -> tuple[list[Path], int]:
    """Write the reviews; returns the files and the number of lines in them."""
    ends = np.array([end_of(span.last) for span in files])
    replied = np.where(reviews.is_replied & (reviews.replied < ends[-1]), reviews.replied, reviews.at)
    file_of_reply = np.where(replied > reviews.at, file_of(replied, files), -1)
    review, is_known, positions = listed(reviews, file_of(reviews.at, files), file_of_reply, ends)
    columns = _columns(rng, reviews)
    cells = [column.take(pa.array(review)) for column in columns]
    for place in (COLUMNS.index("replyContent"), COLUMNS.index("repliedAt")):
        cells[place] = pc.if_else(pa.array(is_known), cells[place], None)
    header = ",".join(COLUMNS) + "\n"
    paths = list(write_files(folder, "reviews", "csv", files, positions, header, joined_cells(cells)))
    return paths, int(review.size)


def _columns(rng: np.random.Generator, reviews: Reviews) -> list[pa.Array]:
    """The cells of each review, the reply as if it were known."""
    versions = _versions(rng, reviews.at)
    is_low = reviews.stars <= LOW
    return [
        pa.array(contact_ids(rng, len(reviews)).astype("U36")),
        pa.array(_names(rng, len(reviews))),
        pa.array([f"https://play.example.com/a/{number}" for number in rng.integers(1, 10**9, len(reviews)).tolist()]),
        pa.array(review_texts(rng, reviews)),
        pa.array(reviews.stars),
        pa.array(_thumbs(rng, is_low)),
        versions,
        instant(reviews.at),
        pa.array(review_replies(rng, is_low)),
        instant(np.where(reviews.is_replied, reviews.replied, reviews.at)),
        versions,
    ]


def _names(rng: np.random.Generator, count: int) -> list[str]:
    first, last = rng.integers(0, len(FIRST_NAMES), count), rng.integers(0, len(LAST_NAMES), count)
    shown = [f"{FIRST_NAMES[f].title()} {LAST_NAMES[s].title()}" for f, s in zip(first, last, strict=True)]
    nameless = (rng.random(count) < NAMELESS_SHARE).tolist()
    return [NAMELESS if is_nameless else name for name, is_nameless in zip(shown, nameless, strict=True)]


def _thumbs(rng: np.random.Generator, is_low: Flags) -> Ints:
    """How many found the review helpful: more where it complains."""
    thumbs: Ints = rng.geometric(np.where(is_low, 0.25, 0.7)) - 1
    return thumbs


def _versions(rng: np.random.Generator, at: Times) -> pa.Array:
    """The version installed: one release a month, numbered by year and month; for some it is not known."""
    months = at.astype("datetime64[M]").astype(np.int64)
    names = [f"{1970 + month // 12 - FIRST_YEAR}.{month % 12 + 1}.0" for month in months.tolist()]
    return pa.array(names, mask=rng.random(at.size) < NO_VERSION_SHARE)
