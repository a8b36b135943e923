"""The planted facts, measured in the written files and not taken from the generator."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from etl.demo.company import Demo, write_demo
from etl.demo.facts import Facts, Volumes, complete_weeks, planned, week_key
from tests.etl.demo.conftest import END, Exports, files, table

PLENTY = Volumes(contacts_a_week=1_100, answers_a_month=900, posts_a_day=55, calls_a_day=22)


@pytest.mark.parametrize("offset", range(7))
def test_histories_have_the_shape_of_their_state(offset: int) -> None:
    end = date(2026, 11, 16) + timedelta(days=offset)
    for seed in range(20):
        facts = planned(np.random.default_rng(seed), end - timedelta(days=729), end, PLENTY)
        weeks = complete_weeks(end - timedelta(days=729), facts.watermark)
        assert weeks[-1] + timedelta(days=6) <= facts.watermark < weeks[-1] + timedelta(days=13)
        bad = {breakdown.state: [weeks.index(week) - len(weeks) for week in breakdown.weeks]
               for breakdown in facts.breakdowns}  # fmt: skip
        assert bad["new"] == [-1]
        assert len([week for week in bad["chronic"] if week >= -13]) == 10 == len(bad["chronic"])
        assert bad["chronic"][-1] == -1
        assert bad["relapsed"][-1] == -1
        recent = [week for week in bad["relapsed"] if week >= -2]
        old = bad["relapsed"][: -len(recent)]
        assert old == list(range(old[0], old[0] + 3))
        assert 12 <= recent[0] - old[-1] - 1 <= 20
        assert facts.fix is not None
        mended = [weeks.index(week) - len(weeks) for week in facts.fix.breakdown.weeks]
        assert (mended, weeks.index(facts.fix.opened) - len(weeks)) == ([*range(-35, -9)], -9)
        assert len({(breakdown.cause, breakdown.touchpoint) for breakdown in facts.all_breakdowns}) == 4


def test_what_cannot_fit_is_left_out() -> None:
    few = planned(np.random.default_rng(1), END - timedelta(days=13), END, PLENTY)
    assert few == Facts(watermark=END - timedelta(days=1))
    states = [
        breakdown.state for breakdown in planned(np.random.default_rng(1), date(2026, 5, 1), END, PLENTY).breakdowns
    ]
    assert states == ["chronic", "new"]
    assert planned(np.random.default_rng(1), date(2026, 5, 1), END, PLENTY).fix is None


@pytest.fixture(scope="session")
def failed(exports: Exports, contacts: Any) -> Any:
    """Failed contacts: abandoned, unresolved, or answered by a low score."""
    answers = exports.survey[(exports.survey["Status"] == "0") & (exports.survey["Finished"] == "1")]
    low = answers[(answers["Q1"].astype(int) <= 6) | (answers["Q2"].astype(int) <= 2)]
    detracted = contacts["contact_id"].isin(low["ContactId"])
    return contacts[contacts["is_abandoned"] | contacts["is_unresolved"] | detracted]


@pytest.mark.parametrize("state", ["chronic", "relapsed", "new"])
def test_breakdown_signals_in_its_bad_weeks_and_in_no_other(
    exports: Exports, contacts: Any, failed: Any, state: str
) -> None:
    (planted,) = [known for known in exports.written.known["breakdowns"] if known["state"] == state]
    first = exports.demo.first
    weeks = [week_key(week) for week in complete_weeks(first, END - timedelta(days=1))]
    here = contacts["touchpoint"] == planted["touchpoint"]
    cell = failed[(failed["cause"] == planted["cause"]) & (failed["touchpoint"] == planted["touchpoint"])]
    total = contacts[here].groupby("week")["customer"].nunique().reindex(weeks).to_numpy()
    count = cell.groupby("week")["customer"].nunique().reindex(weeks, fill_value=0).to_numpy()
    is_bad = np.isin(weeks, planted["bad_weeks"])
    assert is_bad.sum() == len(planted["bad_weeks"])
    share, quiet_total = count[~is_bad].sum() / total[~is_bad].sum(), total[~is_bad]
    deviation = (count[~is_bad] / quiet_total - share) / np.sqrt(share * (1 - share) / quiet_total)
    spread = max(1.0, np.abs(np.diff(deviation)).mean() / 1.128)
    limit = share + 3 * spread * np.sqrt(share * (1 - share) / total)
    signals = (count / total > limit) & (count >= 5)
    assert signals[is_bad].all()
    assert not signals[~is_bad].any()
    assert count[is_bad].min() > 2.5 * count[~is_bad].mean()


@pytest.mark.parametrize("place", range(3))
def test_quiet_weeks_are_held_to_what_is_usual_in_them(exports: Exports, contacts: Any, place: int) -> None:
    planted = exports.written.known["breakdowns"][place]
    cell = contacts[(contacts["cause"] == planted["cause"]) & (contacts["touchpoint"] == planted["touchpoint"])]
    quiet = cell[~cell["week"].isin(planted["bad_weeks"])]
    usual = len(quiet) / contacts.loc[~contacts["week"].isin(planted["bad_weeks"]), "week"].nunique()
    failed = quiet[quiet["is_abandoned"] | quiet["is_unresolved"]].groupby("week").size()
    assert failed.max() <= np.ceil(0.135 * usual) + 1


def nets(survey: Any) -> tuple[Any, Any, Any]:
    """NPS by month, by segment and month, and the consumers' share by month; each customer's last answer counts."""
    answers = survey[(survey["Status"] == "0") & (survey["Finished"] == "1")].copy()
    answers["month"] = answers["RecordedDate"].str[:7]
    answers = answers.sort_values("RecordedDate").drop_duplicates(["month", "ExternalReference"], keep="last")
    score = answers["Q1"].astype(int)
    answers["net"] = 100 * ((score >= 9).astype(int) - (score <= 6).astype(int))
    consumers = (answers["segment"] == "consumer").groupby(answers["month"]).mean()
    return answers.groupby("month")["net"].mean(), answers.groupby(["segment", "month"])["net"].mean(), consumers


def test_mix_shift_lowers_the_score_although_each_segment_gains(exports: Exports) -> None:
    told = exports.written.known["mix_shift"]
    assert (told["versus"], told["period"]) == ("2026-09", "2026-10")
    total, parts, consumers = nets(exports.survey)
    assert total["2026-10"] < total["2026-09"] - 5
    assert total["2026-10"] == pytest.approx(told["nps_after"], abs=0.01)
    for segment, of_segment in told["segments"].items():
        assert 2 <= parts[segment, "2026-10"] - parts[segment, "2026-09"] <= 6
        assert parts[segment, "2026-10"] == pytest.approx(of_segment["nps_after"], abs=0.01)
    assert consumers["2026-09"] == pytest.approx(0.55, abs=0.02)
    assert consumers["2026-10"] == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize(("seed", "end"), [(1, "2026-03-31"), (2, "2026-04-01"), (3, "2026-01-15"), (4, "2024-03-01")])
def test_mix_shift_holds_for_each_seed_and_end(tmp_path: Path, seed: int, end: str) -> None:
    written = write_demo(Demo(folder=tmp_path, end=date.fromisoformat(end), days=92, records=4_500, seed=seed))
    told = written.known["mix_shift"]
    total, parts, _ = nets(table(files(written, "survey"), skiprows=[1, 2]))
    assert total[told["period"]] < total[told["versus"]]
    assert all(parts[segment, told["period"]] >= parts[segment, told["versus"]] + 2 for segment in told["segments"])


def test_storm_goes_from_unanswered_calls_to_the_public(exports: Exports, contacts: Any) -> None:
    storm = exports.written.known["storm"]
    day = contacts["local"].dt.strftime("%Y-%m-%d")
    calls = contacts[
        (contacts["queue"] == storm["queue"]) & contacts["is_inbound"] & day.between(storm["from"], storm["to"])
    ]
    assert len(calls) == storm["calls"]
    assert calls["is_abandoned"].sum() == storm["abandoned"]
    assert calls["is_abandoned"].mean() > 0.6
    known = table([exports.demo.folder / "customers.csv"])
    handles = known[known["kind"] == "handle"].set_index("value")["customer_id"]
    posts = exports.posts[(exports.posts["inbound"] == "TRUE") & (exports.posts["in_response_to_tweet_id"] == "")]
    posts = posts.assign(
        customer=("twitter:" + posts["author_id"].astype(str)).map(handles),
        at=pd.to_datetime(posts["created_at"], format="%a %b %d %H:%M:%S %z %Y", utc=True),
    )
    both = calls[calls["is_abandoned"]].merge(posts, on="customer")
    hours = (both["at"] - both["local"]).dt.total_seconds() / 3600
    public = both[(hours > 0) & (hours <= 72)]["customer"].nunique()
    assert storm["customers"] <= public <= storm["customers"] + 3
    assert public >= 0.25 * storm["abandoned"]


def test_outage_is_a_hole_of_four_days(exports: Exports) -> None:
    outage = exports.written.known["outage"]
    assert outage["source"] == "twcs"
    at = pd.to_datetime(exports.posts["created_at"], format="%a %b %d %H:%M:%S %z %Y", utc=True)
    counts = at.dt.tz_convert("Europe/Berlin").dt.strftime("%Y-%m-%d").value_counts()
    every = pd.date_range(exports.demo.first, END).strftime("%Y-%m-%d")
    assert [day for day in every if day not in counts.index] == outage["days"]
    for day in outage["days"]:
        before = [counts[(date.fromisoformat(day) - timedelta(weeks=week)).isoformat()] for week in range(1, 9)]
        assert np.median(before) >= 10
    storm = exports.written.known["storm"]
    assert abs((date.fromisoformat(storm["from"]) - date.fromisoformat(outage["from"])).days) >= 14
