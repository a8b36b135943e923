"""Each export reads like the real one: keys, headers, notation, and arithmetic between its columns."""

import csv
import json
import tomllib
from typing import Any

import pandas as pd
import phonenumbers

from tests.etl.demo.conftest import Exports, files, table


def instants(values: Any) -> Any:
    return pd.to_datetime(values, utc=True)


def parts(records: Any, key: str) -> Any:
    known = records[key].dropna()
    return pd.DataFrame(known.tolist(), index=known.index)


def test_connect_lines_are_whole_json_objects(exports: Exports) -> None:
    first = files(exports.written, "contact_records")[0].read_text().splitlines()[0]
    record = json.loads(first)
    assert set(record["Attributes"]) <= {"customerId", "topic", "product", "region", "segment", "language", "resolved"}
    assert all(isinstance(value, str) for value in record["Attributes"].values())
    assert list(record["Queue"]) == ["DequeueTimestamp", "Duration", "EnqueueTimestamp", "Name"]
    assert set(exports.connect["Channel"]) == {"VOICE", "CHAT", "EMAIL"}


def test_connect_durations_fit_their_timestamps(exports: Exports) -> None:
    queue, agent = parts(exports.connect, "Queue"), parts(exports.connect, "Agent")
    queued = queue.dropna()
    waited = instants(queued["DequeueTimestamp"]) - instants(queued["EnqueueTimestamp"])
    assert (waited.dt.total_seconds() == queued["Duration"]).all()
    wrap = instants(agent["AfterContactWorkEndTimestamp"]) - instants(agent["AfterContactWorkStartTimestamp"])
    assert (wrap.dt.total_seconds() == agent["AfterContactWorkDuration"]).all()
    handled = instants(agent["AfterContactWorkStartTimestamp"]) - instants(agent["ConnectedToAgentTimestamp"])
    assert (handled.dt.total_seconds() == agent["AgentInteractionDuration"] + agent["CustomerHoldDuration"]).all()


def test_connect_transfers_name_each_other(exports: Exports) -> None:
    records = exports.connect.drop_duplicates("ContactId").set_index("ContactId")
    second = records[records["InitiationMethod"] == "TRANSFER"]
    assert 0.03 < len(second) / len(records) < 0.08
    assert (second["PreviousContactId"] == second["InitialContactId"]).all()
    assert (records.loc[second["PreviousContactId"], "NextContactId"].to_numpy() == second.index).all()
    assert records["NextContactId"].notna().sum() == len(second)


def test_connect_delivers_at_least_once(exports: Exports) -> None:
    connect = exports.connect
    repeated = connect[connect.duplicated("ContactId", keep=False)]
    versions = repeated.groupby("ContactId")["LastUpdateTimestamp"].nunique()
    assert 0.003 < (versions == 1).sum() / len(connect) < 0.008
    assert 0.001 < (versions == 2).sum() / len(connect) < 0.006
    same = repeated[repeated["ContactId"].isin(versions[versions == 1].index)].drop(columns="file")
    assert len(same.astype(str).drop_duplicates()) == (versions == 1).sum()
    wraps = parts(repeated, "Agent")["AfterContactWorkDuration"].groupby(repeated["ContactId"]).nunique()
    assert (wraps[versions[versions == 2].index] == 2).all()


def test_connect_customers_are_those_of_the_identity_file(exports: Exports) -> None:
    known = table([exports.demo.folder / "customers.csv"])
    assert known["kind"].unique().tolist() == ["id", "phone", "email", "handle"]
    endpoint = parts(exports.connect, "CustomerEndpoint")
    assert endpoint["Address"].isin(known["value"]).all()
    assert parts(exports.connect, "Attributes")["customerId"].dropna().isin(known["customer_id"]).all()
    phones = known.loc[known["kind"] == "phone", "value"].head(200)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(phone)) for phone in phones)
    assert not known.duplicated(["kind", "value"]).any()


def test_call_center_table_has_the_header_of_the_sample(exports: Exports) -> None:
    header = (
        "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,"
        "Speed of answer in seconds,AvgTalkDuration,Satisfaction rating"
    )
    for path in files(exports.written, "evening_line"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf" + header.encode() + b"\n")
    calls = exports.calls
    assert calls["Call Id"].tolist() == [f"ID{number:06d}" for number in range(1, len(calls) + 1)]
    assert calls["Time"].str.fullmatch(r"(1[7-9]|2[0-3]):[0-5]\d:[0-5]\d").all()
    unanswered = calls["Answered (Y/N)"] == "N"
    empty = calls[["Speed of answer in seconds", "AvgTalkDuration", "Satisfaction rating"]] == ""
    assert empty[unanswered].all(axis=None)
    assert (calls.loc[~unanswered, "AvgTalkDuration"].str.fullmatch(r"0:[0-5]\d:[0-5]\d")).all()
    assert (calls.loc[unanswered, "Resolved"] == "N").all()


def test_posts_make_threads(exports: Exports) -> None:
    posts = exports.posts.set_index("tweet_id")
    assert posts.index.is_unique
    at = pd.to_datetime(posts["created_at"], format="%a %b %d %H:%M:%S %z %Y")
    replies = posts[posts["in_response_to_tweet_id"] != ""]
    parents = at[replies["in_response_to_tweet_id"]].to_numpy()
    assert (at[replies.index].to_numpy() > parents).all()
    listed = posts["response_tweet_id"].str.split(",").explode()
    listed = listed[listed.fillna("") != ""]
    assert dict(zip(listed, listed.index, strict=True)) == replies["in_response_to_tweet_id"].to_dict()
    company = posts["inbound"] == "FALSE"
    assert set(posts.loc[company, "author_id"]) == {"MeridianHelp"}
    assert posts.loc[~company, "author_id"].str.fullmatch(r"\d{6}").all()
    assert posts.loc[~company, "text"].str.contains(r"@example\.|\+49 1511 \d{7}").sum() > 10


def test_reviews_read_like_those_of_the_scraper(exports: Exports) -> None:
    reviews = exports.reviews
    columns = "reviewId userName userImage content score thumbsUpCount reviewCreatedVersion at replyContent repliedAt"
    assert reviews.columns.tolist()[:-1] == [*columns.split(), "appVersion"]
    newest = reviews.drop_duplicates("reviewId", keep="last")
    score = newest["score"].astype(int)
    assert score.between(1, 5).all()
    assert 0.16 < (score <= 2).mean() < 0.28
    assert (score >= 4).mean() > 0.62
    assert ((newest["replyContent"] == "") == (newest["repliedAt"] == "")).all()
    assert 0.5 < (newest["repliedAt"] != "").mean() < 0.7
    replied = newest[newest["repliedAt"] != ""]
    waited = pd.to_datetime(replied["repliedAt"]) - pd.to_datetime(replied["at"])
    assert pd.Timedelta(hours=6) < waited.median() < pd.Timedelta(days=2)
    assert waited.min() > pd.Timedelta(0)
    assert newest["at"].max().startswith(f"{exports.demo.end}")


def test_reviews_are_listed_again_when_their_reply_came_after_the_file(exports: Exports) -> None:
    reviews = exports.reviews
    repeated = reviews[reviews.duplicated("reviewId", keep=False)]
    assert 0 < len(repeated) / 2 < 0.06 * len(reviews)
    for _, (before, after) in repeated.groupby("reviewId")["repliedAt"]:
        assert (before, bool(after)) == ("", True)
    last_day = reviews["file"].str.extract(r"_(\d{4}-\d\d-\d\d)\.csv$")[0]
    assert (reviews["repliedAt"].str[:10] <= last_day).all()
    same = repeated.drop(columns=["replyContent", "repliedAt", "file"]).drop_duplicates()
    assert len(same) == len(repeated) / 2


def test_survey_has_three_header_rows(exports: Exports) -> None:
    for path in files(exports.written, "survey"):
        with path.open(newline="", encoding="utf-8") as file:
            names, texts, imports = (row for row, _ in zip(csv.reader(file), range(3), strict=False))
        assert names[13:20] == ["Q1", "Q1_NPS_GROUP", "Q2", "Q3", "Q4", "Q5", "ContactId"]
        assert texts[13].startswith("How likely")
        assert json.loads(imports[0]) == {"ImportId": "startDate", "timeZone": "Europe/Berlin"}
        assert json.loads(imports[13]) == {"ImportId": "QID1"}


def test_survey_answers_follow_their_contact(exports: Exports, contacts: Any) -> None:
    survey = exports.survey[exports.survey["Status"] == "0"]
    started = contacts.set_index("contact_id")["local"].dt.tz_localize(None)
    lag = pd.to_datetime(survey["RecordedDate"]).to_numpy() - started[survey["ContactId"]].to_numpy()
    hours = pd.Series(lag).dt.total_seconds() / 3600
    assert hours.between(0, 72).all()
    assert (hours <= 48).mean() > 0.99
    assert survey["ResponseId"].is_unique
    given_up = survey["Finished"] == "0"
    assert 0.02 < given_up.mean() < 0.06
    assert (survey.loc[given_up, ["Q1", "Q2", "Q3"]] == "").all(axis=None)
    groups = survey.loc[~given_up].groupby("Q1_NPS_GROUP")["Q1"].agg(lambda scores: set(map(int, scores)))
    assert groups["1"] <= set(range(7))
    assert groups["2"] <= {7, 8}
    assert groups["3"] <= {9, 10}
    assert (exports.survey["Status"] == "1").any()


def test_questions_are_the_texts_of_the_survey(exports: Exports) -> None:
    questions = tomllib.loads((exports.demo.folder / "questions.toml").read_text())["question"]
    with files(exports.written, "survey")[0].open(newline="", encoding="utf-8") as file:
        _, texts, imports = (row for row, _ in zip(csv.reader(file), range(3), strict=False))
    asked = {(text.lower(), json.loads(cell)["ImportId"]) for text, cell in zip(texts, imports, strict=True)}
    assert {(question["text"], question["import_id"]) for question in questions} <= asked
    dimensions = [f"dimension:{name}" for name in ("product", "region", "segment", "topic")]
    assert [question["kind"] for question in questions] == ["nps", "csat5", "text", "ces5", "ces7", "join", *dimensions]


def test_map_leaves_a_few_values_unmapped(exports: Exports, contacts: Any) -> None:
    known = table([exports.demo.folder / "map.csv"])
    assert list(known.columns[:7]) == ["source", "field", "value", "reason", "cause", "touchpoint", "is_complaint"]
    assert contacts.loc[contacts["touchpoint"].isna(), "queue"].unique().tolist() == ["Overflow"]
    assert 0.01 < contacts["cause"].isna().mean() < 0.08
    evening = known[known["source"] == "call_center"]
    assert set(exports.calls["Topic"]) - set(evening["value"]) == {"Admin Support"}
    assert set(evening["touchpoint"]) == {"evening line"}
