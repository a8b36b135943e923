"""Phrases that people add: kept with their author, told from then on, refused where they would break what holds."""

from pathlib import Path

import pyarrow as pa
import pytest

from etl.actions import Actions
from etl.enrich.causes.kept import KIND, drop_phrase, keep_phrase, labels_for, taxonomy_of
from etl.enrich.causes.read import read_taxonomy
from etl.enrich.causes.telling import told_of
from etl.errors import UserError
from etl.folders import Folders


def told(folders: Folders, text: str) -> str | None:
    (cause,) = told_of(pa.array([text]), taxonomy_of(folders))["cause"].to_pylist()
    return None if cause is None else str(cause)


def test_an_added_phrase_tells_its_cause_until_it_is_taken_back(tmp_path: Path) -> None:
    folders, text = Folders(tmp_path), "this coffee is cold"
    assert told(folders, text) is None
    key = keep_phrase(folders, "coffee ~2 cold", "cold drinks", "ada", theme="bar")
    assert told(folders, text) == "cold drinks"
    (edit,) = Actions(folders).current(KIND)
    assert (edit.key, edit.author) == (key, "ada")
    drop_phrase(folders, key, "bob")
    assert told(folders, text) is None
    assert taxonomy_of(folders).version == read_taxonomy().version
    keep_phrase(folders, "coffee ~2 cold", "cold drinks", "ada", theme="bar")
    assert told(folders, text) == "cold drinks"


def test_two_phrases_of_one_new_cause_stand_together(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    for phrase in ("cold coffee", "warm water"):
        keep_phrase(folders, phrase, 'cold "drinks"', "ada", theme="bar")
    assert [told(folders, text) for text in ("your cold coffee", "your warm water")] == ['cold "drinks"'] * 2


def test_a_picture_can_be_kept(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    keep_phrase(folders, "🐌", "waiting too long", "ada")
    assert told(folders, "well 🐌") == "waiting too long"


@pytest.mark.parametrize(
    ("phrase", "cause", "theme", "complaint"),
    [
        ("~2 cold", "wrong item", "", "found '~2' without a word before it"),
        ("cold coffee", "cold drinks", "", "'cold drinks' has no theme"),
        ("friendly", "rude staff", "", "the example 'friendly and helpful staff' of 'rude staff' does not hold"),
    ],
)
def test_what_would_break_the_taxonomy_is_not_kept(
    tmp_path: Path, phrase: str, cause: str, theme: str, complaint: str
) -> None:
    with pytest.raises(UserError, match=complaint):
        keep_phrase(Folders(tmp_path), phrase, cause, "ada", theme=theme)
    assert Actions(Folders(tmp_path)).current(KIND) == ()


def test_only_what_is_kept_can_be_taken_back(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="phrase 'x': is not kept"):
        drop_phrase(Folders(tmp_path), "x", "ada")


def test_where_a_trade_is_told_its_causes_label_texts_in_place_of_the_general_ones(tmp_path: Path) -> None:
    (folders, causes) = Folders(tmp_path), read_taxonomy().causes
    trade = next(cause for cause in causes if cause.chapter and cause.covers)
    assert trade.name not in labels_for(folders, ())
    assert trade.covers[0] in labels_for(folders, ())
    assert trade.name in labels_for(folders, (trade.name,))
    assert trade.covers[0] not in labels_for(folders, (trade.name,))
