"""`cx label`: the sample, a label kept, changed and taken back, and how right told causes are by the labels."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.etl.cli.calls import cx
from tests.etl.exports import MONDAY, tweet, write_tweets

TWICE = "you charged me twice, write to ada@example.com"
TEXTS = (TWICE, "charged twice for my ticket to Rome", "the seats are blue", "cold coffee")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labels")
    rows = [tweet(f"a{place}", MONDAY, f"a{place}", "negative", "", text) for place, text in enumerate(TEXTS)]
    rows.append(tweet("z", MONDAY + timedelta(days=7), "z", "positive"))
    assert cx(folder, "load", write_tweets(folder / "posts.csv", rows)).code == 0
    return folder


def test_texts_are_listed_labelled_and_judged(data: Path) -> None:
    listed = cx(data, "label", "--period", "2024-W10", "--json").document
    assert (listed["period"], listed["posts"], len(listed["texts"])) == ("2024-W10", 4, 4)
    assert set(listed["texts"][0]) == {"text_id", "day", "label", "author", "text"}, "nobody is led by what is told"
    assert listed == cx(data, "label", "--period", "2024-W10", "--json").document
    masked = [each["text"] for each in listed["texts"] if each["text"].startswith("you charged")]
    assert masked == ["you charged me twice, write to [EMAIL]"]
    assert "not labelled yet" in cx(data, "label", "--quality").told.lower()
    names = {each["text"]: each["text_id"] for each in listed["texts"]}
    for text, cause in ((masked[0], "wrong invoice"), (TEXTS[1], "price too high"), (TEXTS[2], "none")):
        kept = cx(data, "label", names[text], "--cause", cause, "--author", "ada", "--json")
        assert kept.document == {"text_id": names[text], "label": cause}
    again = cx(data, "label", "--period", "2024-W10", "--json").document["texts"]
    assert {each["label"] for each in again} == {"wrong invoice", "price too high", "none", None}
    found = cx(data, "label", "--quality", "--json").document
    assert (found["labels"], found["posts"], found["right"]["value"]) == (3, 4, 0.75)
    wrong = found["causes"][0]
    assert (wrong["cause"], wrong["posts"], wrong["told"], wrong["labelled"]) == ("wrong invoice", 2, 2, 1)
    assert (wrong["precision"]["value"], wrong["recall"]["value"]) == (0.5, 1.0)
    assert cx(data, "label", names[TEXTS[1]], "--cause", "wrong invoice").code == 0
    assert cx(data, "label", "--quality", "--json").document["right"]["value"] == 1.0
    assert cx(data, "label", names[TEXTS[1]], "--drop").code == 0
    assert cx(data, "label", "--quality", "--json").document["labels"] == 2


def test_wrong_calls_say_what_to_do(data: Path) -> None:
    listed = cx(data, "label", "--period", "2024-W10", "--size", "1", "--json").document["texts"]
    for words, told in (
        (("x", "--cause", "none"), "text 'x': is no id of a text; expected one that cx label lists"),
        (("20240304-1", "--cause", "none"), "text '20240304-1': is not among the posts of its day"),
        (("20249904-1", "--cause", "none"), "is no id of a text"),
        ((listed[0]["text_id"], "--cause", "wrong invoise"), "did you mean wrong invoice"),
        ((listed[0]["text_id"],), "needs --cause"),
        (("--cause", "none"), "names no text"),
        (("20240304-1", "--drop"), "has no label to take back"),
    ):
        outcome = cx(data, "label", *words)
        assert (outcome.code, told in outcome.told) == (2, True), outcome.told
