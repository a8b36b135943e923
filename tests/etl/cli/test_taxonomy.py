"""`cx taxonomy`: the list, an added phrase that the next load tells by, and what a changed file moves."""

from datetime import timedelta
from pathlib import Path

from tests.etl.cli.calls import cx
from tests.etl.exports import MONDAY, tweet, write_tweets

COFFEE = "my coffee was cold all the way"


def loaded(folder: Path) -> Path:
    rows = [
        tweet("a", MONDAY, "a", "negative", "", COFFEE),
        tweet("b", MONDAY, "b", "negative", "", "you charged me twice for my ticket to Rome"),
        tweet("z", MONDAY + timedelta(days=3), "z", "positive"),
    ]
    path = write_tweets(folder / "posts.csv", rows)
    assert cx(folder, "load", path).code == 0
    return folder


def test_an_added_phrase_holds_from_the_next_load_on(tmp_path: Path) -> None:
    data = loaded(tmp_path)
    added = cx(data, "taxonomy", "--add", "coffee ~2 cold", "--cause", "cold drinks", "--theme", "bar", "--json")
    key = added.document["key"]
    listed = cx(data, "taxonomy", "--json").document
    assert [each["key"] for each in listed["added"]] == [key]
    assert {"theme": "bar", "cause": "cold drinks"}.items() <= listed["causes"][-1].items()
    assert cx(data, "load").code == 0
    quoted = cx(data, "quotes", "cold drinks", "--period", "2024-W10", "--json").document
    assert (quoted["typical"]["text"], quoted["posts"], quoted["severe"]) == (COFFEE, 1, None)
    assert cx(data, "taxonomy", "--drop", key).code == 0
    assert cx(data, "taxonomy", "--json").document["added"] == []


def test_a_diff_says_which_texts_move(tmp_path: Path) -> None:
    data, changed = loaded(tmp_path), tmp_path / "changed.toml"
    changed.write_text("[cause.coffee]\ntheme = 'bar'\nphrases.en.9 = ['coffee ~2 cold', 'twice ~5 rome']\n")
    moves = cx(data, "taxonomy", "--diff", changed, "--json").document["moves"]
    assert [(move["before"], move["after"], move["texts"]) for move in moves] == [
        (None, "coffee", 1),
        ("wrong invoice", "coffee", 1),
    ]
    assert moves[0]["example"] == COFFEE


def test_added_phrases_hold_under_a_changed_file_and_for_other_tables(tmp_path: Path) -> None:
    data, changed = loaded(tmp_path), tmp_path / "changed.toml"
    assert cx(data, "taxonomy", "--add", "coffee ~2 cold", "--cause", "cold drinks", "--theme", "bar").code == 0
    assert cx(data, "load").code == 0
    changed.write_text("[cause.coffee]\ntheme = 'bar'\nphrases.en.4 = ['twice ~5 rome']\n")
    assert cx(data, "taxonomy", "--diff", changed, "--json").document["moves"] == []
    (tmp_path / "texts.csv").write_text(f"words\n{COFFEE}\n")
    words = ("classify", tmp_path / "texts.csv", "--text", "words", "--out", tmp_path / "out.csv")
    assert cx(data, *words).code == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[1].startswith(f'"{COFFEE}","cold drinks",')


def test_wrong_calls_say_what_to_do(tmp_path: Path) -> None:
    for words, told in (
        (("--add", "cold coffee"), "--add: needs --cause"),
        (("--drop", "x"), "phrase 'x': is not kept"),
        (("--diff", tmp_path / "none.toml"), "none.toml: does not exist; expected a taxonomy file."),
    ):
        outcome = cx(tmp_path, "taxonomy", *words)
        assert outcome.code == 2
        assert told in outcome.told
