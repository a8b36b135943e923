"""Reviews and feeds: the versions and wrappings of their formats that the samples do not show."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.sources.app_store_json import flatten as flat_app_store
from etl.sources.feeds import flatten as flat_feeds
from etl.sources.google_business import flatten as flat_google_business
from etl.sources.google_play_json import flatten as flat_google_play
from etl.sources.trustpilot_json import flatten as flat_trustpilot
from tests.etl.sources.exported import land, query, report, told

MENTION = "SELECT CAST(posted_at AS VARCHAR), rating, CAST(answered_at AS VARCHAR) FROM core_mentions ORDER BY ALL"
ODD: list[Any] = [
    {},
    {"id": None, "reply": [], "dates": 3, "consumer": "x", "tags": {"a": 1}, "companyReply": "no"},
    {"comments": [None, {"userComment": []}, {"userComment": {"lastModified": 5}}], "reviewId": 4},
    {"feed": {"entry": [None, 3, {"im:rating": 5}]}},
    {"feed": {"entry": []}},
    {"data": [], "included": None},
    {"data": [{"attributes": []}], "included": [{"type": "customerReviewResponses"}]},
    {"review": 3, "name": 5, "starRating": {}},
    {"pubDate": "?", "title": ["x"], "description": {"a": 1}},
]
FLATTENS = [flat_app_store, flat_feeds, flat_google_business, flat_google_play, flat_trustpilot]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("flatten", FLATTENS)
def test_nothing_of_another_shape_raises_or_vanishes(flatten: Any, odd: Mapping[str, Any]) -> None:
    flat = list(flatten(odd))
    assert len(flat) >= 1
    assert all(isinstance(record, dict) for record in flat)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Mon, 04 Mar 2024 09:00:00 GMT", "2024-03-04T09:00:00+00:00"),
        ("Mon, 04 Mar 2024 20:30:15 EST", "2024-03-05T01:30:15+00:00"),
        ("Tue, 05 Mar 2024 08:00:00 +0100", "2024-03-05T07:00:00+00:00"),
        ("4 Mar 24 09:00 CET", "2024-03-04T08:00:00+00:00"),
        ("2024-03-04T09:00:00+09:00", "2024-03-04T00:00:00+00:00"),
        ("2024-03-04 09:00:00 GMT", "2024-03-04T09:00:00+00:00"),
        ("2024-03-04 09:00:00", "2024-03-04 09:00:00"),
        ("1709542800", "2024-03-04T09:00:00+00:00"),
        ("last week", None),
    ],
)
def test_times_of_feeds(text: str, instant: str | None) -> None:
    assert [record["at"] for record in flat_feeds({"guid": "1", "pubDate": text})] == [instant]


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ({"type": "photo", "caption": "<p>On time</p>"}, "On time"),
        ({"type": "blocks", "content": [{"type": "text", "text": "On"}, {"type": "image"}, {"type": "text"}]}, "On"),
    ],
)
def test_posts_of_tumblr(tmp_path: Path, post: dict[str, Any], words: str) -> None:
    shared = {"id": 5, "id_string": "5", "blog_name": "acme", "post_url": "https://x", "timestamp": 1709542800}
    page = {"meta": {"status": 200}, "response": {"posts": [{**shared, **post}], "total_posts": 1}}
    assert told(tmp_path, page) == ("loaded", "feeds", 1, 1, 0)
    assert query(tmp_path, "SELECT text FROM core_verbatims") == [(words,)]


def test_posts_of_the_first_api_of_tumblr(tmp_path: Path) -> None:
    post = {"id": "5", "url-with-slug": "https://x/5", "unix-timestamp": 1709542800, "regular-title": "On time"}
    script = f"var tumblr_api_read = {json.dumps({'tumblelog': {'name': 'acme'}, 'posts': [post]})};"
    assert told(tmp_path, script) == ("loaded", "feeds", 1, 1, 0)
    assert query(tmp_path, MENTION) == [("2024-03-04 09:00:00", None, None)]


def test_a_refusal_names_what_lies_inside(tmp_path: Path) -> None:
    reason = report(tmp_path, {"reviews": [{"reviewId": "a", "starRating": "TWO"}], "averageRating": 2}).reason
    assert "the closest source is google_business, but 'createTime' is missing" in str(reason)


def test_an_atom_feed_is_dated_by_its_first_publishing(tmp_path: Path) -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><id>f</id>
        <entry><title type="html">A &amp;amp; B</title><link href="http://x/1"/><id>tag:1</id>
        <published>2024-03-04T07:00:00+01:00</published><updated>2024-03-05T07:00:00Z</updated>
        <content type="html">&lt;p&gt;Hello&lt;/p&gt;</content></entry></feed>"""
    assert told(tmp_path, feed) == ("loaded", "feeds", 1, 1, 0)
    posted = (
        "SELECT platform, CAST(posted_at AS VARCHAR), text FROM core_mentions JOIN core_verbatims USING (record_key)"
    )
    assert query(tmp_path, posted) == [("blog", "2024-03-04 06:00:00", "A & B\n\nHello")]


def test_what_xml_declares_is_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(
        """<?xml version="1.0" encoding="ISO-8859-15"?><rss><channel><item><guid>1</guid><title>10 €, bitte</title>
        <pubDate>Mon, 04 Mar 2024 09:00:00 GMT</pubDate><link>http://x/1</link></item></channel></rss>""".encode(
            "iso-8859-15"
        )
    )
    (found,) = land(tmp_path, path)
    assert (found.status, "encoding" in str(found.reason)) == ("loaded", False)
    assert query(tmp_path, "SELECT text FROM core_verbatims") == [("10 €, bitte",)]


def test_the_store_feed_is_reviews_and_no_blog(tmp_path: Path) -> None:
    feed = """<feed xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom"><title>Reviews</title>
        <entry><updated>2024-03-05T07:00:00-07:00</updated><id>77</id><title>Okay</title><content>so so</content>
        <im:voteSum>0</im:voteSum><im:rating>3</im:rating><author><name>ann</name></author></entry></feed>"""
    assert told(tmp_path, feed) == ("loaded", "app_store_json", 1, 1, 0)
    assert query(tmp_path, MENTION) == [("2024-03-05 14:00:00", 3, None)]


def test_the_console_writes_utf_16(tmp_path: Path) -> None:
    names = "Package Name,Star Rating,Review Submit Millis Since Epoch,Review Text,Developer Reply Millis Since Epoch"
    text = f"{names}\ncom.x,4,1709542800000,Fine,1709546400000\ncom.x,2,1709542800001,,\n"
    path = tmp_path / "reviews.csv"
    path.write_bytes(text.encode("utf-16"))
    (report,) = land(tmp_path, path)
    assert (report.source, report.read, report.loaded) == ("google_play_console", 2, 2)
    assert query(tmp_path, MENTION) == [
        ("2024-03-04 09:00:00", 4, "2024-03-04 10:00:00"),
        ("2024-03-04 09:00:00.001", 2, None),
    ]


def test_a_page_of_google_business_is_its_reviews(tmp_path: Path) -> None:
    review = {"reviewId": "a", "reviewer": {}, "starRating": "FOUR", "createTime": "2024-03-04T09:00:00Z"}
    page = {"reviews": [review], "averageRating": 4, "totalReviewCount": 1, "nextPageToken": "x"}
    assert told(tmp_path, page) == ("loaded", "google_business", 1, 1, 0)
    assert query(tmp_path, MENTION) == [("2024-03-04 09:00:00", 4, None)]


def test_tables_of_trustpilot_pages(tmp_path: Path) -> None:
    table = (
        "id,text,rating,title,dates.publishedDate,dates.updatedDate,consumer.id,reply.publishedDate\n"
        "1a,Good,5,Nice,2024-03-04T09:00:00.000Z,,c1,2024-03-05T09:00:00.000Z\n"
    )
    assert told(tmp_path, table) == ("loaded", "trustpilot", 1, 1, 0)
    assert query(tmp_path, MENTION) == [("2024-03-04 09:00:00", 5, "2024-03-05 09:00:00")]


def test_other_tables_of_airline_reviews_have_no_stars_either(tmp_path: Path) -> None:
    table = (
        ",OverallRating,ReviewHeader,Name,Datetime,VerifiedReview,ReviewBody,TypeOfTraveller,SeatType,Route,DateFlown\n"
        "0,1.0,Worse,L. Keel,19th November 2023,True,Late,Couple Leisure,Economy Class,A to B,November 2023\n"
        "1,9.0,Better,,2nd November 2023,True,Nobody's,Solo Leisure,Economy Class,A to B,November 2023\n"
    )
    assert told(tmp_path, table) == ("loaded", "airline_reviews", 2, 1, 1)
    assert query(tmp_path, MENTION) == [("2023-11-19 00:00:00", None, None)]


def test_an_old_feed_of_the_store_has_no_dates(tmp_path: Path) -> None:
    entries = [
        {"im:name": {"label": "App"}, "title": {"label": "App"}, "id": {"label": "1"}},
        {"im:rating": {"label": "3"}, "id": {"label": "as-3"}, "title": {"label": "Okay"}},
    ]
    assert told(tmp_path, {"feed": {"entry": entries}}) == ("quarantined", "app_store_json", 1, 0, 1)


def test_a_review_of_the_api_without_words_is_one(tmp_path: Path) -> None:
    comment = {"userComment": {"lastModified": {"seconds": "1709542800"}, "starRating": 3}}
    page = {"reviews": [{"reviewId": "r", "comments": [comment]}], "tokenPagination": {"nextPageToken": "x"}}
    assert told(tmp_path, page) == ("loaded", "google_play_json", 1, 1, 0)
    assert query(tmp_path, MENTION) == [("2024-03-04 09:00:00", 3, None)]
    assert query(tmp_path, "SELECT text FROM core_verbatims") == []


def test_dates_with_names_of_months_beside_plain_ones(tmp_path: Path) -> None:
    table = (
        "Review Id,Review Created (UTC),Review Stars,Company Reply Date (UTC)\n"
        "a,4 March 2024 09:00:00,5,2024-03-05 10:00\n"
        'b,"Mar 14, 2024 9:05 PM",4,\nc,14-Mar-24,3,\nd,"March 5, 2024",3,\n'
    )
    assert told(tmp_path, table) == ("loaded", "trustpilot", 4, 4, 0)
    assert query(tmp_path, MENTION) == [
        ("2024-03-04 09:00:00", 5, "2024-03-05 10:00:00"),
        ("2024-03-05 00:00:00", 3, None),
        ("2024-03-14 00:00:00", 3, None),
        ("2024-03-14 21:05:00", 4, None),
    ]
