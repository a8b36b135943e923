"""Remarks in the reader's words: days, sources and the minus before a number, and nothing else is touched."""

import pytest

from dashboard.findings.remarks import told
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
