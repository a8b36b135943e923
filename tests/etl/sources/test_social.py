"""Social networks: the versions and wrappings of their answers that the samples do not show."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.errors import UserError
from etl.sources.catalogue import SOURCES
from tests.etl.sources.exported import file, loaded_under, query, report, told
from tests.etl.sources.landed import SAMPLES

NETWORKS = (
    "x_v2", "x_v1", "x_archive", "facebook", "instagram", "threads", "youtube", "reddit", "mastodon", "bluesky",
    "facebook_download", "instagram_download", "mastodon_outbox", "youtube_takeout",
)  # fmt: skip
AT = "2024-03-04T09:00:00+0000"
TWEET = {"id": "1", "text": "@AcmeAir help", "created_at": "2024-03-04T09:00:00.000Z", "author_id": "11"}
STATUS = {
    "id_str": "1",
    "created_at": "Mon Mar 04 09:00:00 +0000 2024",
    "text": "@AcmeAir help",
    "user": {"id_str": "11", "screen_name": "ada_l"},
}
TOOT = {
    "id": "1",
    "created_at": "2024-03-04T09:00:00.000Z",
    "content": "<p>Acme Air</p>",
    "account": {"id": "11", "username": "ada", "acct": "ada", "url": "https://example.social/@ada"},
}
SKEET: dict[str, Any] = {
    "uri": "at://did:plc:ada/app.bsky.feed.post/1",
    "author": {"did": "did:plc:ada", "handle": "ada.example.com"},
    "record": {"$type": "app.bsky.feed.post", "createdAt": "2024-03-04T09:00:00Z", "text": "Acme Air"},
}
COMMENT = {"id": "9", "text": "my bag?", "timestamp": AT}
T1 = {"name": "t1_a", "author": "ada", "body": "Acme Air", "created_utc": 1709542800, "link_id": "t3_b"}
ODD: list[Any] = [
    {},
    {"data": None, "includes": [], "id": [], "text": {}, "created_at": 5},
    {"data": [None, 3, {"referenced_tweets": "x", "author_id": {}}], "includes": {"users": [None, {"id": None}]}},
    {"id_str": None, "user": "me", "retweeted_status": [1], "extended_tweet": 3, "delete": 1},
    {"tweet": [1]},
    {"id": 1, "created_time": [], "from": "me", "to": [], "comments": {"data": [None, {"comments": 3}]}},
    {"created_time": 1e30, "reviewer": [], "rating": {}, "open_graph_story": "x", "recommendation_type": 3},
    {"id": "1", "timestamp": None, "text": None, "caption": 4, "comments": [1], "replies": {"data": {}}},
    {"snippet": {"topLevelComment": 4}, "replies": [1]},
    {"snippet": {"publishedAt": [], "authorChannelId": 3, "textDisplay": {}}},
    {"kind": "Listing", "data": {"children": [None, {"kind": "t1"}, {"kind": [], "data": 1}, {"kind": "t3"}]}},
    {"kind": ["Listing"], "created_utc": {}, "crosspost_parent_list": [1]},
    {"content": 1, "account": 2, "mentions": {}, "visibility": [], "reblog": "x"},
    {"type": ["mention"], "account": None, "status": {"account": []}},
    {"thread": {"post": None, "parent": {"post": 3, "parent": []}, "replies": [{"post": {}}, 3]}},
    {"post": {"record": [], "author": 3}, "reason": {"by": {}}},
    {"commit": {"operation": 1, "collection": [], "record": 3}, "did": None},
    {"timestamp": [], "data": [None, {"comment": 3}, {"post": {}}], "media": 3, "string_map_data": {"a": 1, "b": []}},
    {"type": "Create", "object": {"tag": 3, "contentMap": {"en": 1}, "to": {}}, "to": None, "Comment ID": {}},
    {"tweet_id": [], "timestamp": 3, "permalink": None, "date": {}, "link": [], "author_id": 1},
    {"uri": 5, "value": {"langs": "en", "facets": [{"features": "x"}], "embed": 3, "reply": {"parent": "x"}}},
]  # fmt: skip


def kept(folder: Path, content: object, columns: str, table: str = "core_mentions") -> list[tuple[Any, ...]]:
    """Columns of what one file lands as, in the order of its records."""
    assert report(folder, content).status == "loaded"
    order = "JOIN core_records USING (record_key) ORDER BY record_number"
    return query(folder, f"SELECT {columns} FROM {table} {order}")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_of_another_shape_raises(name: str, odd: Mapping[str, Any]) -> None:
    flatten = SOURCES[name].flatten
    assert flatten
    assert all(isinstance(record, dict) for record in flatten(odd))


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_no_post_stays_as_a_record_without_an_id(name: str) -> None:
    flatten = SOURCES[name].flatten
    assert flatten
    assert list(flatten({"something": "else"})) == [{"something": "else"}]


@pytest.mark.parametrize(
    ("source", "document"),
    [
        ("x_v2", {"data": [TWEET, {**TWEET, "id": "2"}], "meta": {"result_count": 2}}),
        ("x_v2", "\n".join(json.dumps({"data": {**TWEET, "id": str(number)}}) for number in (1, 2))),
        ("x_v2", [TWEET, {**TWEET, "id": "2"}]),
        ("x_v1", {"statuses": [STATUS, {**STATUS, "id_str": "2"}], "search_metadata": {}}),
        ("x_v1", {"results": [STATUS, {**STATUS, "id_str": "2"}], "next": "x"}),
        ("x_v1", "\n".join(json.dumps({**STATUS, "id_str": str(number)}) for number in (1, 2))),
        ("instagram", {"data": [COMMENT, {**COMMENT, "id": "2"}], "paging": {}}),
        ("threads", {"data": [{**COMMENT, "is_reply": True}, {**COMMENT, "id": "2"}]}),
        ("youtube", {"items": json.loads((SAMPLES / "youtube.json").read_text("utf-8"))[3:4] * 2}),
        ("reddit", [{"kind": "Listing", "data": {"children": [{"kind": "t1", "data": T1}] * 2}}]),
        ("reddit", {"json": {"errors": [], "data": {"things": [{"kind": "t1", "data": T1}] * 2}}}),
        ("reddit", [T1, T1]),
        ("mastodon", {"accounts": [], "statuses": [TOOT, {**TOOT, "id": "2"}], "hashtags": []}),
        ("mastodon", {"ancestors": [], "descendants": [TOOT, {**TOOT, "id": "2"}]}),
        ("mastodon", [{"id": "c", "accounts": [], "last_status": TOOT}] * 2),
        ("bluesky", {"posts": [SKEET, SKEET]}),
        ("bluesky", {"feed": [{"post": SKEET}, {"post": SKEET}], "cursor": "x"}),
        ("bluesky", {"notifications": [{**SKEET, "reason": "mention"}] * 2}),
        ("bluesky", {"records": [{"uri": SKEET["uri"], "cid": "c", "value": SKEET["record"]}] * 2}),
        ("bluesky", {"thread": [{"uri": SKEET["uri"], "value": {"post": SKEET}}] * 2}),
        ("facebook", {"data": [{"id": "5_1", "created_time": AT, "message": "Hm"}] * 2, "paging": {}}),
        ("facebook", {"posts": {"data": [{"id": "5_1", "created_time": AT}] * 2}, "id": "5"}),
        ("facebook", {"data": [{"created_time": AT, "recommendation_type": "negative"}] * 2}),
    ],
)
def test_wrappings(tmp_path: Path, source: str, document: object) -> None:
    status, found, read, _, quarantined = told(tmp_path, document)
    assert (status, found, read, quarantined) == ("loaded", source, 2, 0)


def test_comments_beside_a_video_are_none_of_instagram(tmp_path: Path) -> None:
    comment = {
        "id": "a",
        "text": "Late",
        "timestamp": 1709542800,
        "author_id": "UC1",
        "author": "@ada",
        "parent": "root",
    }
    assert told(tmp_path, {"id": "v", "comments": [comment]}) == ("loaded", "youtube", 1, 1, 0)
    assert query(tmp_path, "SELECT platform, CAST(posted_at AS VARCHAR) FROM core_mentions") == [
        ("youtube", "2024-03-04 09:00:00")
    ]


def test_numbers_are_no_times_of_instagram(tmp_path: Path) -> None:
    assert told(tmp_path, [{"id": "a", "text": "Late", "timestamp": 1709542800}])[0] == "quarantined"


def test_a_repost_has_the_whole_words_wherever_they_stand(tmp_path: Path) -> None:
    cut = {**TWEET, "id": "2", "text": "RT @ada_l: A long st…"}
    whole = {"id": "1", "text": "A long", "note_tweet": {"text": "A long story"}}
    page = {"data": [{**cut, "referenced_tweets": [{"type": "retweeted", "id": "1"}]}], "includes": {"tweets": [whole]}}
    flat = {**cut, "id": "3", "referenced_tweets": [{"type": "retweeted", **whole}]}
    assert (
        kept(tmp_path, [page, flat], "is_repost, text", "core_mentions JOIN core_verbatims USING (record_key)")
        == [(True, "RT @ada_l: A long story")] * 2
    )


def test_one_author_of_x_is_one_customer_by_id_and_by_handle(tmp_path: Path) -> None:
    page = {"data": [TWEET, {**TWEET, "id": "2"}], "includes": {"users": [{"id": "11", "username": "ada_l"}]}}
    assert len(set(kept(tmp_path, page, "author_identifier"))) == 1
    linked = query(tmp_path, "SELECT identifier, other_identifier FROM core_links")
    assert [(one[:3], other[:7]) for one, other in linked] == [("id:", "handle:")]
    other = tmp_path / "other"
    other.mkdir()
    assert kept(other, [STATUS], "customer_identifier", "core_interactions") == [(linked[0][0],)]


def test_a_page_answers_its_visitors_and_not_its_own_posts(tmp_path: Path) -> None:
    page, ada = {"id": "5", "name": "Acme Air"}, {"id": "71", "name": "Ada"}
    comments = [
        {"id": "c1", "from": ada, "message": "bag?", "created_time": 1709546400},
        {"id": "c2", "from": page, "message": "soon", "created_time": "1709547000", "parent": {"id": "c1"}},
    ]
    post = {"id": "5_1", "from": page, "message": "Rome", "created_time": 1709542800, "comments": {"data": comments}}
    assert report(tmp_path, post).loaded == 3
    answered = "SELECT first_response_seconds FROM core_contacts WHERE direction = 'inbound'"
    assert query(tmp_path, answered) == [(600,)]


def test_ratings_of_both_kinds(tmp_path: Path) -> None:
    story = {"id": "77", "data": {"seller": {"id": "5"}, "rating": {"value": 4, "scale": 5}}}
    answer = {"id": "77_1", "from": {"id": "5"}, "message": "Thanks", "created_time": "2024-03-04T10:00:00+0000"}
    ratings = [
        {"created_time": AT, "recommendation_type": "POSITIVE", "open_graph_story": story, "has_rating": True},
        {"created_time": "2024-03-05T09:00:00+0000", "rating": 1, "recommendation_type": "NO_RECOMMENDATION"},
        {"id": "78", "start_time": AT, "data": {"rating": {"value": 9, "scale": 10}}},
        {"created_time": "2024-03-06T09:00:00+0000", "reviewer": {"id": "1"},
         "open_graph_story": {**story, "id": "79", "comments": {"data": [answer]}}},
    ]  # fmt: skip
    rows = kept(tmp_path, {"data": ratings}, "rating, recorded_sentiment, CAST(answered_at AS VARCHAR), is_own")
    assert rows == [
        (4, "positive", None, False),
        (1, None, None, False),
        (None, None, None, False),
        (4, None, "2024-03-04 10:00:00", False),
        (None, None, None, True),
    ]
    assert query(tmp_path, "SELECT direction FROM core_interactions") == [("outbound",)]


def test_instagram_comments_without_their_media(tmp_path: Path) -> None:
    answer = {**COMMENT, "id": "3", "username": "acme", "user": {"id": "5"}}
    asked = {**COMMENT, "id": "2", "username": "ada", "like_count": 0, "replies": {"data": [answer]}}
    comments = [{**COMMENT, "user": {"id": "5"}}, asked]
    found = kept(tmp_path, {"data": comments}, "record_id, direction", "core_interactions")
    assert sorted(found) == [("2", "inbound"), ("3", "outbound"), ("9", "outbound")]


def test_reddit_counts_no_stub_and_keeps_what_was_deleted(tmp_path: Path) -> None:
    deleted = {**T1, "name": "t1_d", "author": "[deleted]", "body": "[removed]", "edited": False}
    replies = {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": deleted}, {"kind": "more", "data": {}}]}}
    listing = {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {**T1, "replies": replies}}]}}
    assert kept(tmp_path, listing, "record_id, author_identifier IS NULL") == [("t1_a", False), ("t1_d", True)]
    assert query(tmp_path, "SELECT text FROM core_verbatims") == [("Acme Air",)]


def test_mastodon_authors_are_the_same_on_every_server(tmp_path: Path) -> None:
    remote = {**TOOT, "id": "2", "account": {"acct": "ada@example.social", "username": "ada"}}
    assert len(set(kept(tmp_path, [TOOT, remote], "author_identifier"))) == 1


THREAD = {"id": "1", "text": "@ada here", "timestamp": AT, "username": "Acme", "permalink": "x", "is_reply": True}


@pytest.mark.parametrize(
    ("source", "account", "ours", "theirs"),
    [
        ("x_v2", "12", {**TWEET, "author_id": "12"}, TWEET),
        ("x_v1", "@acmeair", {**STATUS, "user": {"id_str": "12", "screen_name": "AcmeAir"}}, STATUS),
        (
            "mastodon", "@acme@example.social",
            {**TOOT, "account": {"id": "12", "username": "acme", "acct": "acme", "url": "https://example.social/@acme"}},
            {**TOOT, "in_reply_to_account_id": "12"},
        ),
        (
            "bluesky", "acme.example.com",
            {**SKEET, "uri": "at://did:plc:acme/app.bsky.feed.post/1",
             "author": {"did": "did:plc:acme", "handle": "acme.example.com"}},
            {**SKEET, "record": {**SKEET["record"], "reply": {"parent": {"uri": "at://did:plc:acme/x/1"}}}},
        ),
        ("threads", "@acme", THREAD, {**THREAD, "username": "ada"}),
    ],
)  # fmt: skip
def test_posts_of_the_accounts_that_are_ours(
    tmp_path: Path, source: str, account: str, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    ids = {key: "7" for key in ("id", "id_str") if key in theirs}
    uri = {"uri": "at://did:plc:ada/app.bsky.feed.post/7"} if "uri" in theirs else {}
    path = file(tmp_path, [ours, {**theirs, **ids, **uri}])
    landed = loaded_under(tmp_path, f'[sources.{source}]\nown_accounts = ["{account}"]\n', path)
    assert (landed.status, landed.source, landed.loaded) == ("loaded", source, 2)
    kinds = "direction, customer_identifier IS NULL, is_own"
    rows = query(
        tmp_path,
        f"SELECT {kinds} FROM core_records JOIN core_interactions USING (record_key) "
        "JOIN core_mentions USING (record_key) ORDER BY record_number",
    )
    assert rows == [("outbound", True, True), ("inbound", False, False)]


def test_own_accounts_are_for_posts_alone(tmp_path: Path) -> None:
    path = file(tmp_path, "Call Id,Date,Time,Topic,Answered (Y/N),Speed of answer in seconds,AvgTalkDuration\n")
    with pytest.raises(UserError, match="own_accounts: its records are no posts of accounts; expected it for one of"):
        loaded_under(tmp_path, '[sources.call_center]\nown_accounts = ["@acme"]\n', path)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"data": [{"start": AT, "end": AT, "tweet_count": 5}], "meta": {"total_tweet_count": 5}}, "counts of X posts"),
        ({"data": [{"id": "1", "username": "ada", "name": "Ada"}]}, "list of X accounts"),
        ([{"id_str": "1", "screen_name": "ada", "followers_count": 3, "created_at": "x"}], "list of X accounts"),
        ([{"like": {"tweetId": "1", "fullText": "x"}}], "likes of an X archive"),
        ({"insights": {"data": [{"name": "reach", "values": []}]}, "id": "1"}, "insights"),
        ({"data": [{"name": "reach", "period": "day", "values": [{"value": 3}], "id": "1"}]}, "insights"),
        ([{"id": "1", "acct": "ada", "followers_count": 1, "statuses_count": 2}], "Mastodon accounts"),
        ({"followers": [{"did": "did:plc:a", "handle": "a"}]}, "Bluesky accounts"),
        ({"data": [{"id": "1", "text": "no time"}]}, "'data[].created_at' is missing"),
    ],
)  # fmt: skip
def test_refusals_say_what_a_file_is(tmp_path: Path, document: object, sentence: str) -> None:
    refused = report(tmp_path, document)
    assert refused.status == "refused"
    assert sentence in (refused.reason or "")


def test_a_table_of_older_twarc_holds_references_in_one_cell(tmp_path: Path) -> None:
    header = "id,author_id,created_at,text,conversation_id,referenced_tweets,author.username\n"
    rows = (
        '1,11,2024-03-04T09:00:00.000Z,"""https://t.co/x""",1,"[{""type"": ""quoted"", ""id"": ""9""}]",ada\n'
        '2,12,2024-03-04T09:00:00.000Z,"""RT @ada: so""",2,"[{""type"": ""retweeted"", ""id"": ""8""}]",bo\n'
        '3,12,2024-03-04T09:00:00.000Z,"""hm""",3,,bo\n'
    )
    assert kept(tmp_path, header + rows, "is_repost") == [(True,), (True,), (False,)]
    assert query(tmp_path, "SELECT count(*) FROM core_interactions") == [(0,)]
