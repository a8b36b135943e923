"""`cx breakdowns`, `cx why` and `cx rows`: the keys of the contract, the numbers of `cx ask`, and bad input."""

from math import isclose
from pathlib import Path

import pytest

from etl.analysis.quantities import QUANTITIES
from etl.config import Settings
from etl.metrics.catalogue import METRICS
from tests.etl.cli.calls import HEADER, Outcome, calls, cx
from tests.loaded import PRESENT

OLDER = {"ces5": "2026-08"}
"""The last month in which a question was asked that another one has replaced."""
CONTRACT = {
    "breakdowns": (
        "rank", "rank_low", "rank_high", "cause", "touchpoint", "affected", "silent_low", "silent_high",
        "silent_methods", "harm", "severity", "state", "weeks", "first_seen", "owner", "plan", "evidence",
    ),
    "why": ("metric", "by", "before", "after", "change", "mix", "rate", "low", "high", "verdict", "segments"),
    "segments": (
        "where", "before", "after", "n_before", "n_after", "mix", "rate", "contribution", "evidence",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(small_demo: Settings) -> Path:
    """The data folder of a small demo company."""
    return small_demo.folders.root


def asked(folder: Path, *words: str) -> Outcome:
    outcome = cx(folder, *words, "--json")
    assert outcome.code == 0, outcome.told
    return outcome


def test_breakdowns_have_the_keys_of_the_contract(folder: Path) -> None:
    document = asked(folder, "breakdowns").document
    assert document["rows"]
    for row in document["rows"]:
        assert set(CONTRACT["breakdowns"]) <= set(row)
        assert {each.name for each in QUANTITIES} <= set(row)
        assert (row["rank"] is None) == (row["state"] in ("none", "resolved", "unknown"))
        assert (row["severity"] is None) == (row["rank"] is None)


def test_a_breakdown_leads_to_its_contacts(folder: Path) -> None:
    document = asked(folder, "breakdowns").document
    for row in document["rows"][:4]:
        where = ("--where", f"cause={row['cause']}", "--where", f"touchpoint={row['touchpoint']}")
        behind = asked(folder, "rows", "failed_contacts", "--period", document["period"], *where).document
        people = {each["customer_id"] or each["contact_key"] for each in behind["rows"]}
        assert (behind["count"], len(people), behind["unit"]) == (row["contacts"], row["affected"], "contact")


def test_breakdowns_as_they_stood(folder: Path) -> None:
    then = asked(folder, "breakdowns", "--as-of", "2026-10-31", "--grain", "month").document
    assert then["period"] == "2026-10"
    assert max(week["week"] for row in then["rows"] for week in row["trend"]) == "2026-10-19"


def test_breakdowns_under_a_filter(folder: Path) -> None:
    whole = {(row["cause"], row["touchpoint"]): row for row in asked(folder, "breakdowns").document["rows"]}
    north = asked(folder, "breakdowns", "--where", "region=North").document["rows"]
    assert north
    assert all(row["affected"] <= whole[row["cause"], row["touchpoint"]]["affected"] for row in north)


def test_why_adds_up_and_says_what_ask_says(folder: Path) -> None:
    document = asked(folder, "why", "csat", "--period", "2026-10", "--by", "channel").document
    assert set(CONTRACT["why"]) <= set(document)
    assert all(set(CONTRACT["segments"]) <= set(segment) for segment in document["segments"])
    rows = asked(folder, "ask", "csat", "--grain", "month", "--from", "2026-09", "--to", "2026-10").document["rows"]
    assert [document["before"], document["after"]] == [row["value"] for row in rows]
    assert isclose(document["change"], document["after"] - document["before"], abs_tol=1e-12)
    assert isclose(document["mix"] + document["rate"], document["change"], abs_tol=1e-12)
    total = sum(segment["contribution"] for segment in document["segments"])
    assert isclose(total, document["change"], abs_tol=1e-12)
    assert document["by"] == "channel"


def test_why_names_sources_by_their_titles_to_readers_and_by_their_ids_to_programs(folder: Path) -> None:
    by_source = ("why", "contacts", "--period", "2026-10", "--by", "source")
    ids = {segment["where"]["source"] for segment in asked(folder, *by_source).document["segments"]}
    assert "amazon_connect" in ids
    printed = cx(folder, *by_source).out
    assert "Amazon Connect" in printed
    assert all(each not in printed for each in ids)


VERDICTS = {"probably real": "is probably real", "could be noise": "could be noise"}


def test_why_says_the_change_in_the_unit_of_the_metric(folder: Path) -> None:
    csat = asked(folder, "why", "csat", "--period", "2026-10", "--by", "channel").document
    points = 100 * csat["before"], 100 * csat["after"], 100 * abs(csat["change"])
    told = f"{points[2]:.1f} percentage points, from {points[0]:.1f} % to {points[1]:.1f} %"
    assert told in csat["sentence"]
    contacts = asked(folder, "why", "contacts", "--period", "2026-10").document
    days = f"({contacts['before'] / 30:,.1f} and {contacts['after'] / 31:,.1f} a day)"
    assert f"from {contacts['before']:,.0f} to {contacts['after']:,.0f} {days}" in contacts["sentence"]
    assert contacts["sentence"].startswith("Contacts ")


def test_why_prints_its_numbers_in_the_unit_of_the_metric(folder: Path) -> None:
    words = ("why", "csat", "--period", "2026-10", "--by", "channel")
    csat, printed = asked(folder, *words).document, cx(folder, *words).out.splitlines()
    assert {f"{name}: {100 * csat[name]:.1f} %" for name in ("before", "after")} <= set(printed)
    changes = ("change", "mix", "rate", "low", "high")
    assert {f"{name}: {100 * csat[name]:+.1f} percentage points" for name in changes} <= set(printed)
    words = ("why", "contacts", "--period", "2026-10", "--by", "channel")
    contacts, printed = asked(folder, *words).document, cx(folder, *words).out.splitlines()
    assert f"change: {contacts['change']:+,.0f}" in printed
    assert f"after_per_day: {contacts['after'] / 31:,.1f}" in printed
    assert not [line for line in printed if line.startswith("mix:") or "None" in line], "a count has no mix"
    words = ("why", "csat", "--period", "2026-10", "--by", "channel")
    printed, segment = cx(folder, *words).out.splitlines(), csat["segments"][0]
    (row,) = (line for line in printed if line.startswith(segment["where"]["channel"]))
    assert f"{100 * segment['before']:.1f} %" in row
    assert f"{100 * segment['contribution']:+.1f} percentage points" in row


def test_why_tells_the_paradox_and_evidence(folder: Path) -> None:
    document = asked(folder, "why", "nps", "--period", "2026-10", "--by", "segment").document
    assert document["paradox"] is True
    assert "mostly by the mix of segment (mix -" in document["sentence"]
    assert "in every segment it rose" in document["sentence"]
    points = f"{abs(document['change']):.1f} points, from {document['before']:.1f} to {document['after']:.1f}, which"
    assert document["sentence"].startswith(f"NPS fell by {points} {VERDICTS[document['verdict']]}; mostly")
    assert all(segment["evidence"] >= 0 for segment in document["segments"])
    assert document["causes"] == [], "a score is not a share"
    storm = asked(folder, "why", "service_level", "--period", "2026-W42").document
    assert all(cause["verdict"] != "could be noise" and cause["evidence"] > 0 for cause in storm["causes"])


def test_why_of_a_count_over_months_of_different_length_says_it_per_day(folder: Path) -> None:
    document = asked(folder, "why", "contacts", "--period", "2026-10", "--by", "channel").document
    assert (document["span"], document["versus"]) == ("2026-10-01..2026-10-31", "2026-09-01..2026-09-30")
    assert document["after_per_day"] == document["after"] / 31
    assert document["before_per_day"] == document["before"] / 30
    week = asked(folder, "why", "contacts", "--period", "2026-W45", "--by", "channel").document
    assert (week["after_per_day"], week["days_apart"]) == (None, None)


def test_why_against_another_period_without_a_dimension(folder: Path) -> None:
    document = asked(folder, "why", "nps", "--period", "2026-10", "--versus", "2026-08").document
    assert document["by"] in METRICS["nps"].dimensions
    assert {tuple(segment["where"]) for segment in document["segments"]} == {(document["by"],)}


@pytest.mark.parametrize("metric", PRESENT)
def test_as_many_rows_as_a_number_counts(folder: Path, metric: str) -> None:
    month = OLDER.get(metric, "2026-10")
    (row,) = asked(folder, "ask", metric, "--from", month, "--to", month).document["rows"]
    assert asked(folder, "rows", metric, "--period", month).document["count"] == row["n"] > 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("why", "aht_p50", "--period", "2026-10"), "aht_p50: a quantile has no mix and rate"),
        (("why", "npz", "--period", "2026-10"), "nps"),
        (("why", "nps", "--period", "2026-10", "--by", "colour"), "dimension"),
        (("why", "nps", "--period", "2026-10", "--by", "direction"), "has no dimension 'direction'"),
        (("why", "nps", "--period", "someday"), "someday"),
        (("why", "nps", "--period", "2020-10"), "there is no change to explain"),
        (("breakdowns", "--grain", "decade"), "decade"),
        (("breakdowns", "--as-of", "soon"), "soon"),
        (("breakdowns", "--where", "region"), "expected DIM=VALUE"),
    ],
)
def test_a_wrong_call_ends_in_a_sentence(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    outcome = cx(folder, *words)
    assert outcome.code == 2
    assert sentence in outcome.told
    assert "Traceback" not in outcome.told


def test_before_the_first_complete_day(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(HEADER + calls(1), encoding="utf-8")
    assert cx(data, "load", path).code == 0
    outcome = cx(data, "breakdowns", "--json")
    assert (outcome.code, outcome.document["rows"]) == (0, [])
    assert "nothing is ranked" in outcome.told


def test_ask_tells_a_nowcast_where_it_is_wanted(folder: Path) -> None:
    keys = ("nowcast", "nowcast_low", "nowcast_high", "nowcast_reason")
    plain = asked(folder, "ask", "contacts", "--grain", "week").document["rows"]
    assert not any(key in row for row in plain for key in keys)
    rows = asked(folder, "ask", "contacts", "--grain", "week", "--to", "2026-W47", "--nowcast").document["rows"]
    assert all(row[key] is None for row in rows[:-1] for key in keys)
    assert [rows[-1][key] for key in keys] == [None, None, None, "too little history"]
