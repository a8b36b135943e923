"""`cx customers` tells coverage, reasons of merges, shared keys and pairs told apart, never a raw identifier."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.etl import exports
from tests.etl.cli.calls import cx
from tests.etl.exports import MONDAY, answer, call

HOME, SWITCHBOARD = "+4930555010", "+4930555000"


@pytest.fixture
def loaded(data: Path, tmp_path: Path) -> Path:
    """Six customers through a switchboard, one from home, who answered and whose handle the list knows."""
    exports.beside(data, [("K-1", "handle", "twitter:h1")])
    many = [call(f"c{number}", MONDAY, SWITCHBOARD, customer=f"K-{number}") for number in range(1, 7)]
    more = [call("c7", MONDAY + timedelta(hours=1), HOME, customer="K-1"), call("c8", MONDAY, SWITCHBOARD)]
    calls = exports.write_calls(data.parent / "calls.json", [*many, *more])
    given = answer("R_1", MONDAY, 9, customer="K-1", email="k1@example.com")
    answers = exports.write_answers(tmp_path / "answers.csv", [given])
    assert cx(data, "load", calls, answers).code == 0
    return data


def test_coverage_merges_and_shared_keys(loaded: Path) -> None:
    outcome = cx(loaded, "customers", "--json")
    found = outcome.document
    assert found["coverage"] == [
        {"source": "amazon_connect", "channel": "phone", "contacts": 8, "identified": 7, "share": 0.875}
    ]
    assert found["customers"] == {"customers": 6, "of_several_kinds": 1, "in_several_channels": 0}
    assert found["merges"] == [
        {"reason": "amazon_connect", "merges": 1},
        {"reason": "customers.csv", "merges": 1},
        {"reason": "qualtrics", "merges": 1},
    ]
    assert found["shared_keys"] == [{"kind": "phone", "shared_by": "id", "keys": 1, "most": 6, "listed": 0}]
    assert found["not_same"] == {"pairs": 0, "still_joined": 0}
    assert [row["identifiers"] for row in found["largest"]] == [4]


def test_a_customer_tells_what_joined_it_and_how_to_take_it_back(loaded: Path) -> None:
    rows = cx(loaded, "customers", "--of", "id:K-1", "--json").document["members"]
    reasons = {row["identifier"].partition(":")[0]: (row["reason"], row["record_id"]) for row in rows}
    customer = rows[0]
    assert (customer["joined_to"], customer["reason"]) == (None, None)
    (phone,) = [row["identifier"] for row in rows if row["identifier"].startswith("phone:")]
    assert reasons["phone"] == ("amazon_connect", "c7")
    assert cx(loaded, "customers", "--of", phone, "--json").document["members"] == rows
    (identifier,) = [row["identifier"] for row in rows if row["identifier"].startswith("id:")]
    pair = ("identifier", phone, "identifier", identifier)
    exports.write_table(loaded / "not_same.csv", ("kind_a", "value_a", "kind_b", "value_b"), [pair])
    assert cx(loaded, "load").code == 0
    assert cx(loaded, "customers", "--json").document["not_same"] == {"pairs": 1, "still_joined": 0}
    assert cx(loaded, "customers", "--of", f"phone:{HOME}", "--json").document["members"] == []


def test_a_table_and_a_word_on_national_numbers(loaded: Path) -> None:
    outcome = cx(loaded, "customers")
    assert "amazon_connect" in outcome.out
    assert "pairs told apart: 0, still joined through others 0" in outcome.out
    assert "no [company] country is set" in outcome.told
    assert not any(raw in outcome.out for raw in (HOME, SWITCHBOARD, "K-1", "k1@example.com"))


@pytest.mark.parametrize(("of", "told"), [("phone:030 555", "is no phone"), ("telephone:1", "unknown kind")])
def test_what_can_not_be_looked_up(loaded: Path, of: str, told: str) -> None:
    outcome = cx(loaded, "customers", "--of", of)
    assert outcome.code == 2
    assert told in outcome.told


def test_nothing_is_published_yet(data: Path) -> None:
    assert cx(data, "customers").code == 2
