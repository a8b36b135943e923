"""Causes from words in a load: of negative posts without a recorded one, once each, anew by a changed taxonomy."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from etl.config import Settings
from etl.engines import Connection
from etl.folders import Folders
from etl.load import told
from etl.metrics.answer import Question
from etl.metrics.ask import open_ask
from etl.pipeline import load
from etl.vocabulary import Dimension
from etl.warehouse import Warehouse
from tests.etl.exports import MONDAY, tweet, write_tweets
from tests.etl.metrics.generations import Rows, generation
from tests.etl.warehouses import present

POSTS = (
    ("a", "negative", "", "you charged me twice for the same order"),
    ("b", "negative", "Lost Luggage", "you charged me twice for the same order"),
    ("c", "negative", "Can't Tell", "you charged me twice for the same order"),
    ("d", "negative", "", "we looked at the blue sky all day"),
    ("e", "positive", "", "you charged me twice for the same order"),
    ("f", "negative", "", "ma commande n'est toujours pas arrivée"),
)


@pytest.fixture
def company(tmp_path: Path) -> Settings:
    write_tweets(
        tmp_path / "posts.csv",
        [
            tweet(name, MONDAY + timedelta(minutes=number), name, tone, reason, text)
            for number, (name, tone, reason, text) in enumerate(POSTS)
        ]
        + [tweet("z", MONDAY + timedelta(days=3), "z", "positive")],
    )
    settings = Settings(Folders(tmp_path))
    load(settings, [tmp_path / "posts.csv"])
    return settings


def rows(settings: Settings, select: str) -> list[tuple[Any, ...]]:
    warehouse = Warehouse(settings.folders)
    with closing(warehouse.read(present(warehouse))) as connection:
        return [tuple(row) for row in connection.execute(select).fetchall()]


def causes(settings: Settings, table: str = "core_posts") -> list[tuple[str, str, bool]]:
    """Cause, touchpoint and whether words told it, of each post, or of the contact that it is, too."""
    return rows(
        settings,
        f"SELECT coalesce(cause, '-'), coalesce(touchpoint, '-'), is_cause_told FROM {table} "
        "ORDER BY started_at LIMIT 6",
    )


def counted(settings: Settings) -> dict[str, float | None]:
    """Contacts by cause, as asked of what the load summed."""
    question = Question(("contacts",), (Dimension.CAUSE,), end=MONDAY.date())
    return {row.group[0][1]: row.value for row in open_ask(settings)(question).rows}


def test_recorded_causes_win_and_only_negative_posts_are_told_one(company: Settings) -> None:
    assert causes(company) == [
        ("wrong invoice", "billing", True),
        ("lost luggage", "baggage handling", False),
        ("unassigned", "unassigned", False),
        ("-", "-", False),
        ("-", "-", False),
        ("-", "-", False),
    ]
    question = Question(("mentions",), (Dimension.CAUSE,), end=MONDAY.date())
    found = {row.group[0][1]: row.value for row in open_ask(company)(question).rows}
    assert found == {"wrong invoice": 1.0, "lost luggage": 1.0, "unassigned": 1.0, "(unknown)": 3.0}
    assert (causes(company, "core_contacts"), counted(company)) == (causes(company), found)


def test_the_words_the_language_and_the_version_stay_with_the_record(company: Settings) -> None:
    found = rows(
        company,
        "SELECT language, cause, why FROM core_told_causes JOIN core_verbatims USING (record_key) "
        "WHERE text LIKE 'ma %' OR text LIKE 'we %' OR text LIKE 'you %' GROUP BY ALL ORDER BY 1, 2 NULLS FIRST",
    )
    assert found == [("en", None, None), ("en", "wrong invoice", "charged me twice"), ("fr", None, None)]
    ((version,),) = rows(company, "SELECT DISTINCT version FROM core_told_causes")
    assert version.startswith("1-")


def test_a_changed_taxonomy_restates_what_was_told(company: Settings) -> None:
    own = company.folders.root / "taxonomy.toml"
    own.write_text("[cause.weather]\ntheme = 'sky'\ntouchpoint = 'roof'\nphrases.en.4 = ['blue sky']\n")
    assert load(company, []).generation == 2
    assert causes(company)[3] == ("weather", "roof", True)
    assert (causes(company, "core_contacts"), counted(company)["weather"]) == (causes(company), 1.0)
    assert load(company, []).generation == 2
    own.unlink()
    assert load(company, []).generation == 3
    assert causes(company)[3] == ("-", "-", False)
    assert "weather" not in counted(company)


def test_it_can_be_switched_off(company: Settings) -> None:
    assert load(replace(company, causes_from_words=False), []).generation == 2
    assert not any(is_told for _, _, is_told in causes(company) + causes(company, "core_contacts"))
    assert load(company, []).generation == 3
    assert (causes(company, "core_contacts")[0], counted(company)["wrong invoice"]) == (causes(company)[0], 1.0)
    assert load(replace(company, causes_from_words=False), []).generation == 4
    assert rows(company, "SELECT count(*) FROM core_told_causes") == [(0,)]


@pytest.fixture
def connection() -> Iterator[Connection]:
    with closing(generation(Rows())) as made:
        yield made


def said(connection: Connection, key: int, text: str) -> None:
    connection.execute("INSERT INTO core_verbatims VALUES (?, 's', 'message', TRUE, DATE '2024-03-04', ?)", [key, text])


def recording(asked: list[list[str]], version: str = "1") -> told.Prepare:
    """A taxonomy of one cause that notes which texts it is asked about."""

    def tell(texts: pa.Array) -> pa.Table:
        asked.append(sorted(texts.to_pylist()))
        given = {name: [name[0]] * len(texts) for name in ("cause", "touchpoint", "why", "language")}
        return pa.table(given | {"version": [version] * len(texts)})

    def prepare(sample: pa.Array) -> tuple[tuple[str, ...], told.Tell]:
        del sample
        return (version,), tell

    return prepare


def test_a_text_is_read_once_by_each_version(connection: Connection) -> None:
    asked: list[list[str]] = []
    for key, text in enumerate(("late", "late", "dear")):
        said(connection, key, text)
    told.tell_causes(connection, recording(asked))
    said(connection, 7, "slow")
    told.tell_causes(connection, recording(asked))
    told.tell_causes(connection, recording(asked))
    assert asked == [["dear", "late"], ["slow"]]
    told.tell_causes(connection, recording(asked, "2"))
    assert asked[2:] == [["dear", "late", "slow"]]
    held = connection.execute("SELECT record_key, cause, version FROM core_told_causes ORDER BY 1").fetchall()
    assert held == [(0, "c", "2"), (1, "c", "2"), (2, "c", "2"), (7, "c", "2")]
    assert connection.execute("SELECT DISTINCT business_day FROM scope_days").fetchall()
