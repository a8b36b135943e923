"""Posts of X as programs and years wrote them: times, ids, posts without texts of their ids."""

from pathlib import Path
from typing import Any

import pytest

from tests.etl.sources.exported import query, told

POSTED = "SELECT DISTINCT CAST(posted_at AS VARCHAR) FROM core_mentions"
TIMES = [
    "2024-03-04T09:00:00.000Z", "2024-03-04T09:00:00Z", "2024-03-04 09:00:00+00:00", "2024-03-04 09:00:00",
    "2024-03-04T10:00:00+0100", "2024-03-04 09:00:00 UTC", 1709542800000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "post", "times"),
    [
        (
            "x_v1",
            {"id_str": "1", "text": "hi", "user": {"id_str": "5", "screen_name": "ada"}},
            ["Mon Mar 04 09:00:00 +0000 2024", "Mon, 04 Mar 2024 09:00:00 +0000", *TIMES],
        ),
        ("x_v2", {"id": "1", "text": "hi", "author_id": "5"}, TIMES),
    ],
    ids=["x_v1", "x_v2"],
)
def test_times_as_programs_write_them(tmp_path: Path, source: str, post: dict[str, Any], times: list[Any]) -> None:
    key = "id_str" if "id_str" in post else "id"
    posts = [{**post, key: str(number), "created_at": time} for number, time in enumerate(times)]
    assert told(tmp_path, posts) == ("loaded", source, len(times), len(times), 0)
    assert query(tmp_path, POSTED) == [("2024-03-04 09:00:00",)]


def test_answers_before_ids_were_texts(tmp_path: Path) -> None:
    first = {"id": 25938088801, "text": "@acme my bag?", "created_at": "Tue Sep 28 21:05:02 +0000 2010"}
    second = {"id": 25938088802, "text": "here", "created_at": "Tue Sep 28 21:06:02 +0000 2010"}
    answer = {"in_reply_to_status_id": 25938088801, "in_reply_to_user_id": 7}
    users: list[dict[str, Any]] = [{"id": 7, "screen_name": "ada"}, {"id": 8, "screen_name": "acme"}]
    posts = [{**first, "user": users[0]}, {**second, **answer, "user": users[1]}]
    assert told(tmp_path, posts) == ("loaded", "x_v1", 2, 2, 0)
    assert query(tmp_path, "SELECT count(DISTINCT contact_key) FROM core_interactions") == [(1,)]


def test_an_answer_whose_ids_became_floats_finds_its_question(tmp_path: Path) -> None:
    header = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id"
    rows = [
        "1,ada,True,2024-03-04 09:00:00+00:00,@acme hi,2,",
        "2,acme,False,Mon Mar 04 09:05:00 +0000 2024,Hello,,1.0",
    ]
    assert told(tmp_path, "\n".join([header, *rows]) + "\n") == ("loaded", "twcs", 2, 2, 0)
    assert query(tmp_path, "SELECT count(DISTINCT contact_key), count(*) FROM core_interactions") == [(1, 2)]


def test_the_time_of_a_post_that_nobody_asked_for_is_in_its_id(tmp_path: Path) -> None:
    posts = [{"id": key, "text": "@acme hi", "edit_history_tweet_ids": [key]} for key in ("1764563412345678901", "17")]
    assert told(tmp_path, {"data": posts, "meta": {"result_count": 2}}) == ("loaded", "x_v2", 2, 1, 1)
    assert query(tmp_path, POSTED) == [("2024-03-04 08:07:56.163",)]


@pytest.mark.parametrize(
    ("clock", "time"),
    [("13:37:56,+0530", "2024-03-04 08:07:56"), ("13:37:56,India Standard Time", "2024-03-04 08:07:56.163")],
)
def test_the_clock_of_twint_is_its_readers(tmp_path: Path, clock: str, time: str) -> None:
    header = "id,conversation_id,created_at,date,time,timezone,user_id,username,tweet"
    row = f"1764563412345678901,1764563412345678901,2024-03-04 13:37:56 IST,2024-03-04,{clock},7,ada,@acme hi"
    assert told(tmp_path, f"{header}\n{row}\n") == ("loaded", "x_listed", 1, 1, 0)
    assert query(tmp_path, POSTED) == [(time,)]
