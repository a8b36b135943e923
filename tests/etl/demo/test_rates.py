"""The undisturbed company lies where a real one does."""

from typing import Any

import pytest

from tests.etl.demo.conftest import Exports


def test_rates_of_connect(contacts: Any) -> None:
    queued = contacts[contacts["is_inbound"] & (contacts["channel"] != "EMAIL")]
    offered = queued[~queued["is_short"]]
    assert 0.04 < offered["is_abandoned"].mean() < 0.08
    assert 0.72 < ((offered["wait"] <= 20) & ~offered["is_abandoned"]).mean() < 0.82
    assert contacts.loc[contacts["is_inbound"], "is_unresolved"].mean() == pytest.approx(0.065, abs=0.015)


def test_scores(exports: Exports) -> None:
    answers = exports.survey[(exports.survey["Status"] == "0") & (exports.survey["Finished"] == "1")]
    score, satisfaction = answers["Q1"].astype(int), answers["Q2"].astype(int)
    assert 20 < 100 * ((score >= 9).mean() - (score <= 6).mean()) < 35
    assert (satisfaction >= 4).mean() == pytest.approx(0.8, abs=0.03)


def test_weekdays_differ(contacts: Any) -> None:
    by_weekday = contacts.groupby(contacts["local"].dt.day_of_week).size()
    assert by_weekday[0] > 1.5 * by_weekday[5] > 1.5 * by_weekday[6]
