"""Remarks in the reader's words: days, sources and the minus before a number, and nothing else is touched."""

from dataclasses import replace

import pytest

from dashboard.blocks import Selection
from dashboard.findings.context import moment
from dashboard.findings.overview import overview
from dashboard.findings.remarks import reason_in_words, remark_line, told
from tests.dashboard.canned import CannedAsk


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        ("-25.0 without campaigns (n=728)", "\u221225.0 without campaigns (n=728)"),
        ("without qualtrics since 2026-03-09", "without Qualtrics since 9 Mar 2026"),
        ("longer than 594407 s", "longer than 6.9\u00a0d"),
        ("see A-4 and 2026-W10, not -x", "see A-4 and 2026-W10, not -x"),
    ],
)
def test_a_remark_is_told(remark: str, words: str) -> None:
    assert told(remark, CannedAsk().sources) == words


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (1, "without Old 0 since 1 Jan 2020"),
        (4, "without 4 sources that had ended or have no complete day"),
    ],
)
def test_a_reason_counts_sources_where_they_are_many(count: int, reason: str) -> None:
    calls, _ = CannedAsk().sources
    sources = [replace(calls, source=f"old_{place}", title=f"Old {place}") for place in range(count)]
    assert reason_in_words(", ".join(f"without {each.source} since 2020-01-01" for each in sources), sources) == reason


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (3, "Without Old 0 since 1 Jan 2020 · Without Old 1 since 1 Jan 2020 · Without Old 2 since 1 Jan 2020"),
        (4, "Without 4 sources that had ended or have no complete day"),
    ],
)
def test_the_remarks_on_one_number_need_no_name_and_count_sources_where_they_are_many(count: int, line: str) -> None:
    calls, _ = CannedAsk().sources
    sources = [replace(calls, source=f"old_{place}", title=f"Old {place}") for place in range(count)]
    remarks = tuple(f"without {each.title} since 1 Jan 2020" for each in sources)
    at = moment(CannedAsk(), Selection())
    assert at is not None
    (kpi, *_) = overview(CannedAsk(), Selection(), at).kpis
    assert remark_line([replace(kpi, notes=remarks)], sources) == line
