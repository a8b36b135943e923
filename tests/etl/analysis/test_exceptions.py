"""Exceptions worth a call: the three factors, one entry a customer, the most worth first."""

from datetime import date, datetime, time, timedelta

import pytest

from etl.analysis.exceptions import worth_a_call
from etl.metrics.ways import OpenFailure

TODAY = date(2026, 3, 11)
NOON = datetime.combine(TODAY, time(12))


def failure(customer: str = "id:a", days: int = 0, **facts: bool) -> OpenFailure:
    return OpenFailure(
        customer, NOON - timedelta(days=days), "phone", "shop", "late delivery", 1,
        facts.get("unresolved", False), facts.get("abandoned", False), facts.get("complaint", False),
        NOON if facts.get("public") else None, NOON if facts.get("vocal") else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "unresolved", "reach"),
    [
        ({"unresolved": True, "complaint": True, "abandoned": True}, 1.0, 1.0),
        ({"complaint": True, "abandoned": True, "vocal": True}, 0.9, 2.0),
        ({"abandoned": True, "public": True, "vocal": True}, 0.8, 3.0),
        ({}, 0.5, 1.0),
    ],
)
def test_the_factors(facts: dict[str, bool], unresolved: float, reach: float) -> None:
    (found,) = worth_a_call([failure("id:a", 3, **facts)], TODAY)
    assert (found.days, found.unresolved, found.recoverable, found.reach) == (3, unresolved, 0.5, reach)
    assert found.score == unresolved * 0.5 * reach


def test_each_customer_once_the_most_worth_first() -> None:
    listed = [failure("id:a", 6, unresolved=True), failure("id:a", 0), failure("id:b", 0, complaint=True)]
    found = worth_a_call(listed, TODAY)
    assert [(each.failure.customer_id, each.score) for each in found] == [("id:b", 0.9), ("id:a", 0.5)]
