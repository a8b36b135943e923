"""Fiscal periods on the command line: asked for by how they are written, or by --fiscal."""

from pathlib import Path
from typing import Any

import pytest

from tests.etl.cli.calls import HEADER, calls, cx


@pytest.fixture
def company(data: Path) -> Path:
    """Thirty calls of March 2024 in a company whose year begins in February and has whole weeks."""
    (data / "settings.toml").write_text(
        '[company]\nfiscal_start = 2\nweek_start = "sunday"\n'
        '[calendar]\nfiscal_pattern = "4-5-4"\nfiscal_year_end = "nearest"\nfiscal_named_by = "start"\n'
    )
    file = data / "calls.csv"
    file.write_text(HEADER + calls(*range(1, 31)))
    assert cx(data, "load", file).code == 0
    return data


def rows(outcome: Any) -> list[tuple[str, str, str, int]]:
    assert outcome.code == 0, outcome.told
    return [(row["period"], row["start"], row["end"], row["n"]) for row in outcome.document["rows"]]


def test_ask_by_fiscal_periods(company: Path) -> None:
    span = ("--from", "F2024-P01", "--to", "F2024-P02")
    assert rows(cx(company, "ask", "contacts", "--grain", "month", *span, "--json")) == [
        ("F2024-P01", "2024-02-04", "2024-03-02", 2),
        ("F2024-P02", "2024-03-03", "2024-04-06", 27),
    ]
    found = rows(cx(company, "ask", "contacts", "--grain", "quarter", "--fiscal", "--json"))
    assert [(period, n) for period, _, _, n in found] == [("F2024-Q1", 29)]


def test_rows_and_why_of_fiscal_periods(company: Path) -> None:
    assert cx(company, "rows", "contacts", "--period", "F2024-P02", "--json").document["count"] == 27
    found = cx(company, "why", "contacts", "--period", "F2024-P02", "--by", "reason", "--json")
    assert found.code == 0, found.told
    assert (found.document["before"], found.document["after"]) == (1, 27)  # the first 27 days of either


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter", "year"])
def test_signals_take_fiscal_periods_of_each_length(company: Path, grain: str) -> None:
    found = cx(company, "signals", "contacts", "--grain", grain, "--fiscal", "--json")
    assert found.code == 0, found.told
    prefix = "F2024" if grain in ("month", "quarter", "year") else "2024"
    assert {point["period"][: len(prefix)] for point in found.document["points"]} == {prefix}


def test_doctor_prints_the_fiscal_rule_and_where_it_comes_from(company: Path) -> None:
    found = {check["name"]: check["detail"] for check in cx(company, "doctor", "--json").document["checks"]}
    assert found["setting calendar.fiscal_pattern"] == f"4-5-4 (from {company / 'settings.toml'})"
    assert found["setting calendar.fiscal_year_ends_on"] == "none (from default)"
    assert found["opening"] == "0 holidays in holidays.csv, 0 opening hours in hours.toml"


def test_doctor_says_which_line_of_the_holidays_is_wrong(data: Path) -> None:
    (data / "holidays.csv").write_text("day,name\n2026-12-25,Christmas\n")
    (found,) = [check for check in cx(data, "doctor", "--json").document["checks"] if check["name"] == "opening"]
    assert (found["ok"], found["detail"]) == (True, "1 holidays in holidays.csv, 0 opening hours in hours.toml")
    (data / "holidays.csv").write_text("day,name\nChristmas,2026-12-25\n")
    (found,) = [check for check in cx(data, "doctor", "--json").document["checks"] if check["name"] == "opening"]
    assert not found["ok"]
    assert "holidays.csv line 2: 'Christmas' is not a day" in found["detail"]
