"""`cx signals`: the keys of the contract, the numbers of `cx ask`, scans, rebases, and bad input."""

from pathlib import Path

import pytest

from etl.config import Settings
from tests.etl.cli.calls import HEADER, Outcome, calls, cx

CONTRACT = {"mean", "lower", "upper", "points", "verdict"}
POINT = {"period", "value", "flags"}


@pytest.fixture(scope="module")
def folder(small_demo: Settings) -> Path:
    """The data folder of a small demo company."""
    return small_demo.folders.root


def asked(folder: Path, *words: str) -> Outcome:
    outcome = cx(folder, *words, "--json")
    assert outcome.code == 0, outcome.told
    return outcome


def test_the_keys_of_the_contract(folder: Path) -> None:
    document = asked(folder, "signals", "contacts", "--grain", "day").document
    assert set(document) >= CONTRACT
    assert all(set(point) >= POINT for point in document["points"])
    judged = [point for point in document["points"] if point["judged"]]
    assert judged
    assert document["lower"] < document["mean"] < document["upper"]
    assert [judged[-1][name] for name in ("lower", "mean", "upper")] == [
        document[name] for name in ("lower", "mean", "upper")
    ]
    for point in judged:
        is_outside = not point["lower"] <= point["value"] <= point["upper"]
        assert ("outside the limits" in point["flags"]) == is_outside


def test_the_values_are_those_of_ask(folder: Path) -> None:
    where = ("--where", "channel=phone")
    points = asked(folder, "signals", "service_level", "--grain", "week", *where).document["points"]
    rows = asked(folder, "ask", "service_level", "--grain", "week", *where).document["rows"]
    known = {row["period"]: row["value"] for row in rows if row["value"] is not None}
    assert {point["period"]: point["value"] for point in points if point["period"] in known} == known


def test_up_to_a_period(folder: Path) -> None:
    document = asked(folder, "signals", "contacts", "--to", "2026-10-31", "--grain", "day").document
    assert document["points"][-1]["period"] == "2026-10-31"


def test_a_scan(folder: Path) -> None:
    document = asked(folder, "signals", "failed_contacts", "--by", "cause", "--grain", "week").document
    assert {"metric", "by", "period", "tested", "segments"} <= set(document)
    tested = [segment for segment in document["segments"] if segment["p"] is not None]
    assert len(tested) == document["tested"]
    assert all(segment["p"] <= segment["p_adjusted"] <= 1 for segment in tested)
    assert all((segment["verdict"] != "common cause") == (segment["p_adjusted"] <= 0.1) for segment in tested)


def test_a_rebase_is_told(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(HEADER + calls(*range(1, 29)), encoding="utf-8")
    assert cx(tmp_path / "data", "load", str(file)).code == 0
    rebases = tmp_path / "data" / "rebases.csv"
    rebases.write_text("metric,day,reason,who\nnps,2024-03-01,new survey,\n", encoding="utf-8")
    outcome = cx(tmp_path / "data", "signals", "contacts")
    assert (outcome.code, "rebases.csv line 2: who is empty" in outcome.told) == (2, True)
    rebases.unlink()
    document = asked(tmp_path / "data", "signals", "contacts").document
    assert (document["verdict"], document["mean"], document["baseline"]) == (None, None, None)
    assert document["reason"].startswith("too few (")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("signals", "npss"), "unknown metric 'npss'; did you mean nps"),
        (("signals", "nps", "--grain", "weak"), "unknown grain 'weak'; did you mean week"),
        (("signals", "contacts", "--by", "chanel"), "unknown dimension 'chanel'; did you mean channel"),
        (("signals", "net_sentiment", "--where", "team=a"), "net_sentiment: has no dimension 'team'; it has channel"),
        (("signals", "nps", "--by", "direction"), "nps: has no dimension 'direction'"),
    ],
)
def test_bad_input(folder: Path, words: tuple[str, ...], told: str) -> None:
    outcome = cx(folder, *words)
    assert outcome.code == 2
    assert told in outcome.told
