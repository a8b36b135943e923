"""Databases in memory that end with the test that filled them."""

from collections.abc import Iterator

import pytest

from tests.etl.sources.exported import LANDINGS


@pytest.fixture(autouse=True)
def _landings() -> Iterator[None]:
    yield
    while LANDINGS:
        LANDINGS.popitem()[1].connection.close()
