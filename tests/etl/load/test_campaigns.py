"""Campaigns: the same words from 5 people within 24 hours are flagged, and numbers are told with and without them."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.config import Settings
from etl.folders import Folders
from etl.load.campaigns import find_campaigns
from etl.metrics.answer import Question, Row
from etl.metrics.ask import open_ask
from etl.pipeline import load
from tests.etl.exports import MONDAY, tweet, write_tweets
from tests.etl.metrics.generations import NOON, Rows, generation

NAMES = ("mentions", "voices", "net_sentiment")
WORDS = "Refund NOW"


def people(rows: Rows, texts: Sequence[str]) -> list[int | None]:
    """For each mention how many people wrote its words within 24 hours; None where it is part of no campaign."""
    with closing(generation(rows)) as connection:
        for mention, text in zip(rows.mentions, texts, strict=True):
            connection.execute(
                "INSERT INTO core_verbatims VALUES (?, 'posts', 'message', TRUE, ?, ?)",
                [mention["record_key"], mention["business_day"], text],
            )
        find_campaigns(connection)
        found = dict(connection.execute("SELECT record_key, person_count FROM core_campaigns").fetchall())
    return [found.get(mention["record_key"]) for mention in rows.mentions]


def posted(hours: Sequence[float], authors: str = "abcdef", flag: str = "is_own", *, is_set: bool = False) -> Rows:
    rows = Rows()
    for place, hour in enumerate(hours):
        moment = NOON + timedelta(hours=hour)
        rows.mention(-1, author_identifier=authors[place % len(authors)], posted_at=moment, **{flag: is_set})
    return rows


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((0, 6, 12, 18, 24), [5, 5, 5, 5, 5]),
        ((0, 6, 12, 18, 24.01), [None] * 5),
        ((0, 1, 2, 3, 23, 24.5), [5, 5, 5, 5, 5, 5]),
        ((0, 1, 2, 3, 23, 24), [6, 6, 6, 6, 6, 6]),
        ((0, 1, 2, 3), [None] * 4),
    ],
)
def test_five_people_within_24_hours_are_one(hours: Sequence[float], expected: list[int | None]) -> None:
    """However long the whole lasts, each is part of some 24 hours."""
    assert people(posted(hours), [WORDS] * len(hours)) == expected


def test_one_person_is_none_however_often_and_under_however_many_names() -> None:
    assert people(posted([0] * 6, authors="abcd"), [WORDS] * 6) == [None] * 6
    rows = posted([0] * 5)
    rows.known("d", "c0")
    rows.known("e", "c0")
    assert people(rows, [WORDS] * 5) == [None] * 5


def test_case_links_mentions_and_digits_do_not_tell_words_apart() -> None:
    texts = [
        "Refund NOW", "@Acme refund now", "refund https://t.co/a1?b=2 now", "refund  12 now\n", "[PHONE] Refund now",
        "refund me now",
    ]  # fmt: skip
    assert people(posted([0] * 6), texts) == [5, 5, 5, 5, 5, None]


def test_what_holds_no_word_is_none() -> None:
    assert people(posted([0] * 5), ["@acme 1", "2", "!", "https://t.co/x", "@b"]) == [None] * 5


@pytest.mark.parametrize("flag", ["is_own", "is_repost"])
def test_reposts_and_our_own_posts_are_none(flag: str) -> None:
    assert people(posted([0] * 5, flag=flag, is_set=True), [WORDS] * 5) == [None] * 5


def write(path: Path, posts: Sequence[tuple[str, str, datetime, str, str]]) -> Path:
    write_tweets(path, [tweet(name, moment, who, tone, "", text) for name, who, moment, tone, text in posts])
    return path


def rows_of(settings: Settings) -> dict[str, Row]:
    names = tuple(f"{name}{variant}" for name in NAMES for variant in ("", ":without_campaigns"))
    end = MONDAY.date() + timedelta(days=1)
    rows = open_ask(settings)(Question(names, start=MONDAY.date(), end=end, is_raw=True)).rows
    return {row.metric: row for row in rows}


def test_numbers_are_told_with_and_without_and_a_late_post_completes_one(tmp_path: Path) -> None:
    """Four people write the same, one of them praises something too, two others have words of their own; then a fifth.

    Votes with the campaign: five negative (one of which praise makes neutral), and two positive.
    """
    settings = Settings(Folders(tmp_path))
    early = [(f"n{place}", f"w{place}", MONDAY, "negative", f"Refund now {place}") for place in range(4)]
    own = [(f"p{place}", who, MONDAY, "positive", f"thanks to {who}") for place, who in enumerate(("w0", "x", "y"))]
    last = [("z", "z", MONDAY + timedelta(days=3), "positive", "a new day")]
    load(settings, [write(tmp_path / "first.csv", [*early, *own, *last])])
    before = rows_of(settings)
    assert [(row.value, row.n, row.notes) for row in before.values()] == [
        (7.0, 7, ()), (7.0, 7, ()), (6.0, 6, ()), (6.0, 6, ()),
        (pytest.approx(-100 / 6), 6, ()), (pytest.approx(-100 / 6), 6, ()),
    ]  # fmt: skip
    late = [("n4", "w4", MONDAY + timedelta(hours=20), "negative", "@air refund now")]
    load(settings, [write(tmp_path / "second.csv", late)])
    after = rows_of(settings)
    assert [(row.value, row.n, row.notes) for row in after.values()] == [
        (8.0, 8, ("3 without campaigns",)), (3.0, 3, ()),
        (7.0, 7, ("3 without campaigns",)), (3.0, 3, ()),
        (pytest.approx(-200 / 7), 7, ("100.0 without campaigns (n=3)",)), (100.0, 3, ()),
    ]  # fmt: skip
