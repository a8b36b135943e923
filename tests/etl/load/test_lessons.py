"""What is loaded teaches causes: recorded ones teach, the next load tells them, and without the model no more."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.folders import Folders
from etl.warehouse import Warehouse
from tests.etl.cli.calls import cx
from tests.etl.exports import MONDAY, tweet, write_tweets
from tests.etl.warehouses import present

ZEPPELIN = ("the zeppelin was rusty", "rusty zeppelin again", "what a rusty old zeppelin", "zeppelin full of rust")
BALLOON = ("our balloon leaked gas", "gas leaked from a balloon", "a leaking balloon", "no gas in the balloon")
ENDS = ("", " in Leeds", " on Monday", " my friends", " indeed", " and so on", " here", " of yours")
NEW = ("a rusty zeppelin over Kiel", "balloon in Kiel leaked gas", "we looked at the blue sky")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """64 posts that an agent coded, and three that nobody did."""
    folder = tmp_path_factory.mktemp("learned")
    coded = [
        (text + end, reason)
        for texts, reason in ((ZEPPELIN, "Damaged Luggage"), (BALLOON, "Late Flight"))
        for text in texts
        for end in ENDS
    ] + [(text, "") for text in NEW]
    posts = [
        tweet(str(place), MONDAY + timedelta(minutes=place), str(place), "negative", reason, text)
        for place, (text, reason) in enumerate(coded)
    ]
    path = write_tweets(folder / "posts.csv", [*posts, tweet("z", MONDAY + timedelta(days=3), "z", "positive")])
    assert cx(folder, "load", path).code == 0
    return folder


def told(folder: Path) -> list[tuple[Any, ...]]:
    """Cause, whether words told it, and the words, of the posts that nobody coded."""
    warehouse = Warehouse(Folders(folder))
    with warehouse.read(present(warehouse)) as connection:
        select = (
            "SELECT cause, is_cause_told, why FROM core_posts WHERE text LIKE '%Kiel%' OR text LIKE 'we %' ORDER BY 1"
        )
        return [tuple(row) for row in connection.execute(select).fetchall()]


def test_recorded_causes_teach_and_the_next_load_tells_them(company: Path) -> None:
    assert told(company) == [(None, False, None)] * 3
    tried = cx(company, "learn", "--dry-run", "--json").document
    assert (tried["rows"], tried["classes"], tried["model"]) == (
        64,
        {"cause": ["damaged luggage", "late flight"]},
        None,
    )
    moved = {(move["before"], move["after"]) for move in tried["moves"]}
    assert moved >= {(None, "damaged luggage"), (None, "late flight")}
    assert not (company / "causes.parquet").exists()
    learned = cx(company, "learn", "--json").document
    assert learned | {"model": None} == tried
    assert cx(company, "load").code == 0
    assert told(company) == [
        ("damaged luggage", True, "zeppelin, rusty"),
        ("late flight", True, "balloon, leaked, gas"),
        (None, False, None),
    ]
    assert cx(company, "learn", "--dry-run", "--json").document["moves"] == []
    (company / "causes.parquet").unlink()
    assert cx(company, "load").code == 0
    assert told(company) == [(None, False, None)] * 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("learn", "--cause", "x"), "names no file"),
        (("learn", "posts.csv"), "needs --text"),
        (("learn", "--model", "nowhere/m.parquet"), "no place for a model"),
    ],
)
def test_wrong_calls_say_what_to_do(company: Path, words: tuple[str, ...], said: str) -> None:
    outcome = cx(company, *words)
    assert (outcome.code, said in outcome.told) == (2, True)


def test_without_a_load_there_is_nothing_to_learn(tmp_path: Path) -> None:
    outcome = cx(tmp_path, "learn")
    assert (outcome.code, "nothing is loaded yet" in outcome.told) == (2, True)
