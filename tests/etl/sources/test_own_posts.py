"""What networks give an account of its own posts: archives and tables of all years."""

import json
from pathlib import Path

import pytest

from tests.etl.sources.exported import query, told


@pytest.mark.parametrize(
    ("source", "header", "rows"),
    [
        (
            "x_archive",
            "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text,retweeted_status_id",
            ["1,8.86E+17,22.0,2024-03-04 09:00:00 +0000,web,@ada sorry,", "2,,,2024-03-05 09:00:00 +0000,web,Hi,5.0"],
        ),
        (
            "reddit",
            "id,permalink,date,ip,subreddit,gildings,link,parent,body,media",
            [
                "a,/r/x/comments/b/y/a/,2024-03-04 09:00:00 UTC,,x,0,https://reddit.com/r/x/comments/b/y/,,Sorry,",
                "c,/r/x/comments/b/y/c/,2024-03-05 09:00:00 UTC,,x,0,https://reddit.com/r/x/comments/b/y/,a,Hi,",
            ],
        ),
        (
            "youtube_takeout",
            "Comment ID,Channel ID,Comment create timestamp,Price,Video ID,Comment text",
            [
                'a,UC1,2024-03-04T09:00:00Z,0,v,"{""text"":""So""},{""text"":""rry""}"',
                'b,UC1,2024-03-05T09:00:00Z,0,v,"{""takeoutSegments"":[{""text"":""Hi""}]}"',
            ],
        ),
    ],
)
def test_tables_of_own_posts(tmp_path: Path, source: str, header: str, rows: list[str]) -> None:
    assert told(tmp_path, "\n".join([header, *rows]) + "\n") == ("loaded", source, 2, 2, 0)
    posts = query(tmp_path, "SELECT CAST(posted_at AS VARCHAR), is_own, is_repost FROM core_mentions ORDER BY ALL")
    assert posts == [("2024-03-04 09:00:00", True, False), ("2024-03-05 09:00:00", True, source == "x_archive")]
    texts = [text for (text,) in query(tmp_path, "SELECT text FROM core_verbatims")]
    assert sorted(texts) in (["@ada sorry"], ["Hi", "Sorry"], ["@ada sorry", "Hi"])


@pytest.mark.parametrize("begin", ["window.YTD.tweet.part0 = ", "window.YTD.tweets.part1 = ", ""])
@pytest.mark.parametrize("is_wrapped", [True, False])
def test_archives_of_all_years(tmp_path: Path, begin: str, is_wrapped: bool) -> None:
    post = {"id_str": "1", "created_at": "Thu Oct 13 23:08:00 +0000 2022", "full_text": "@ada sorry"}
    documents = json.dumps([{"tweet": post} if is_wrapped else post])
    assert told(tmp_path, begin + documents) == ("loaded", "x_archive", 1, 1, 0)
    posts = query(tmp_path, "SELECT source, is_own, CAST(posted_at AS VARCHAR) FROM core_mentions")
    assert posts == [("x_archive", True, "2022-10-13 23:08:00")]
    assert query(tmp_path, "SELECT direction FROM core_interactions") == [("outbound",)]
