"""The canonical views are put together once for many files, and each file still meets what the ones before it left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.delivery import deliver
from etl.engines import Connection
from etl.load import held
from etl.load.fates import Fates
from tests.etl.sources.landed import SAMPLES, Landing


@pytest.fixture
def landing(tmp_path: Path) -> Iterator[Landing]:
    store = Landing(tmp_path / "data")
    yield store
    store.connection.close()


def unseen(landing: Landing, sample: Path, name: str) -> Fates:
    """What became of a file after which the views are not brought up to date."""
    return deliver(landing.connection, sample, name, sample.name, landing.context).counts


def sources(connection: Connection) -> list[str]:
    found = connection.execute("SELECT DISTINCT source FROM core_records ORDER BY source").fetchall()
    return [source for (source,) in found]


def test_views_wait_until_they_are_shown(landing: Landing) -> None:
    unseen(landing, SAMPLES / "app_store.csv", "a")
    unseen(landing, SAMPLES / "airline_tweets.csv", "b")
    assert sources(landing.connection) == []
    held.show(landing.connection)
    assert sources(landing.connection) == ["airline_tweets", "app_store"]


def test_a_file_meets_records_that_are_not_shown_yet(landing: Landing) -> None:
    first = unseen(landing, SAMPLES / "app_store.csv", "a")
    second = unseen(landing, SAMPLES / "app_store.csv", "b")
    assert (first.loaded, first.unchanged) == (4, 1)
    assert (second.loaded, second.unchanged) == (0, 5)


def test_views_that_lack_nothing_are_left_alone(landing: Landing) -> None:
    landing.deliver(SAMPLES / "app_store.csv")
    landing.connection.execute("CREATE OR REPLACE VIEW core_records AS SELECT 'left alone' AS source")
    unseen(landing, SAMPLES / "app_store.csv", "b")
    held.show(landing.connection)
    assert sources(landing.connection) == ["left alone"]
    unseen(landing, SAMPLES / "airline_tweets.csv", "c")
    held.show(landing.connection)
    assert sources(landing.connection) == ["airline_tweets", "app_store"]
