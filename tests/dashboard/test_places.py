"""Parts of the business in sentences: each kind by its own word, whatever a company calls its own."""

import pytest

from dashboard.strings import places
from etl.vocabulary import Dimension


@pytest.mark.parametrize(
    ("dimension", "value", "words"),
    [
        (Dimension.TOUCHPOINT, "web chat", "at the web chat"),
        (Dimension.CHANNEL, "phone", "by phone"),
        (Dimension.PRODUCT, "mobile", "for mobile"),
        (Dimension.CAUSE, "wrong invoice", "over wrong invoice"),
        (Dimension.TEAM, "{A}", "with team {A}"),
    ],
)
def test_a_part_is_named_as_one_would(dimension: Dimension, value: str, words: str) -> None:
    assert places.at(dimension, value) == words


def test_several_conditions_make_one_name() -> None:
    where = {Dimension.CHANNEL: "phone", Dimension.CAUSE: "late delivery", Dimension.TOUCHPOINT: "shop"}
    assert places.contacts(where) == "late delivery at the shop by phone"
    assert places.contacts({Dimension.TEAM: "A", Dimension.REGION: "North"}) == "contacts in North with team A"
