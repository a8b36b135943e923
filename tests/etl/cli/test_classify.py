"""`cx learn` and `cx classify`: from a labelled table to labels beside another one."""

import csv
from pathlib import Path

import pytest

from etl.cli.classify import ADDED
from tests.etl.cli.calls import Outcome, cx
from tests.etl.enrich.text_model.labelled import said

HELD_OUT = ("the parcel is still late", "you charged me twice, I can't believe it", "=great help, thank you")
GERMAN = "Die Lieferung kam leider viel zu spät und niemand hat uns geholfen"


def table(folder: Path, name: str, *rows: tuple[str, ...]) -> Path:
    """A CSV of these rows, the first its header."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def labelled(folder: Path) -> Path:
    """Texts with cause, sentiment and stars."""
    stars = {"negative": "1", "neutral": "3", "positive": "5"}
    rows = [(text, cause or "", sentiment, stars[sentiment]) for text, cause, sentiment in said()]
    return table(folder, "labelled.csv", ("text", "cause", "sentiment", "stars"), *rows)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def classified(data: Path, folder: Path, *words: str | Path) -> tuple[Outcome, list[dict[str, str]]]:
    """What the held-out texts were found to be."""
    texts = table(
        folder, "new.csv", ("id", "words", "score"), *((str(n), t, "7") for n, t in enumerate([*HELD_OUT, GERMAN]))
    )
    outcome = cx(data, "classify", texts, "--text", "words", "--out", folder / "out.csv", *words)
    assert outcome.code == 0, outcome.told
    return outcome, rows_of(folder / "out.csv")


def test_what_is_learned_is_told_beside_the_columns_of_the_file(data: Path, tmp_path: Path) -> None:
    words = ("learn", labelled(tmp_path), "--text", "text", "--cause", "cause", "--sentiment", "sentiment")
    learned = cx(data, *words, "--model", tmp_path / "m.parquet", "--json")
    assert learned.code == 0, learned.told
    assert learned.document["rows"] == 120
    assert learned.document["classes"] == {
        "cause": ["billing", "late"],
        "sentiment": ["negative", "neutral", "positive"],
    }
    assert learned.document["cross_validated"]["cause"]["macro_f1"] == 1.0
    outcome, rows = classified(data, tmp_path, "--model", tmp_path / "m.parquet")
    assert list(rows[0]) == ["id", "words", "score_given", *ADDED]
    assert [row["cause"] for row in rows] == ["late", "billing", rows[2]["cause"], "unknown"]
    assert [row["sentiment"] for row in rows] == ["negative", "negative", "positive", "unknown"]
    assert [row["cause_score"] for row in rows] == [""] * 4  # 60 labels are too few to tell how certain one is
    assert float(rows[0]["score"]) > float(rows[3]["score"]) == 0.5 > float(rows[2]["score"])
    assert rows[2]["words"] == "'=great help, thank you"
    assert "charged" in rows[1]["why"]
    assert outcome.told == "1 of 4 texts (25.0%) are in a language that is not covered.\n"
    assert outcome.out.splitlines() == ["rows: 4", "in no covered language: 1"]


def test_without_a_model_the_shipped_ones_tell(data: Path, tmp_path: Path) -> None:
    _, rows = classified(data, tmp_path)
    assert rows[2]["sentiment"] == "positive"
    assert rows[3]["sentiment"] == "negative"
    assert [row["language"] for row in rows] == ["en", "en", "en", "de"]


def test_a_taxonomy_that_is_not_there_is_told(data: Path, tmp_path: Path) -> None:
    words = ("--text", "text", "--out", tmp_path / "out.csv", "--taxonomy", tmp_path / "none.toml")
    outcome = cx(data, "classify", labelled(tmp_path), *words)
    assert outcome.code == 2
    assert "none.toml: does not exist; expected a taxonomy file." in outcome.told


def test_a_model_in_the_data_folder_is_the_companys_own(data: Path, tmp_path: Path) -> None:
    assert cx(data, "learn", labelled(tmp_path), "--text", "text", "--cause", "cause").code == 0
    assert classified(data, tmp_path)[1][0]["cause"] == "late"


def test_stars_teach_sentiment(data: Path, tmp_path: Path) -> None:
    words = ("learn", labelled(tmp_path), "--text", "text", "--rating", "stars", "--json")
    assert cx(data, *words).document["classes"] == {"sentiment": ["negative", "neutral", "positive"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--text", "texts", "--cause", "cause"), "did you mean text?"),
        (("--text", "text"), "nothing to learn"),
        (("--text", "text", "--sentiment", "cause"), "found the sentiment 'late'; expected negative"),
        (("--text", "text", "--rating", "text"), "expected a number of 0 to 10"),
        (("--text", "text", "--sentiment", "sentiment", "--rating", "stars"), "give one of them"),
        (("--text", "text", "--cause", "cause", "--model", "nowhere/m.parquet"), "no place for a model"),
    ],
)
def test_what_cannot_be_learned_is_told_in_a_sentence(
    data: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    outcome = cx(data, "learn", labelled(tmp_path), *words)
    assert outcome.code == 2
    assert told in outcome.told
    assert len(outcome.told.splitlines()) == 1


@pytest.mark.parametrize(("rows", "told"), [(3, "0 classes"), (30, "1 classes"), (45, "45 rows have")])
def test_too_little_to_learn_from_is_told(data: Path, tmp_path: Path, rows: int, told: str) -> None:
    every = [(text, cause or "") for text, cause, _ in said()][:rows]
    path = table(tmp_path, "few.csv", ("text", "cause"), *every)
    outcome = cx(data, "learn", path, "--text", "text", "--cause", "cause")
    assert outcome.code == 2
    assert told in outcome.told
