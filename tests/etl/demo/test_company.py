"""The company as a whole: repeatable, of the size asked for, refused where too small."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.config import load_settings
from etl.demo.company import Demo, write_demo
from etl.errors import UserError
from tests.etl.demo.conftest import END, Exports


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def small(folder: Path, seed: int = 1, has_facts: bool = True) -> Demo:
    return Demo(folder=folder, end=END, days=60, records=2_000, seed=seed, has_facts=has_facts)


def test_same_seed_and_end_write_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    assert write_demo(small(first)).known == write_demo(small(second)).known
    assert contents(first) == contents(second)
    write_demo(small(other, seed=2))
    assert contents(first).keys() == contents(other).keys()
    assert contents(first)["customers.csv"] != contents(other)["customers.csv"]


def test_counts_are_those_asked_for(exports: Exports) -> None:
    shares = {"connect": 0.60, "calls": 0.08, "posts": 0.185, "reviews": 0.015, "survey": 0.12}
    for name, share in shares.items():
        assert len(getattr(exports, name)) == pytest.approx(22_000 * share, rel=0.06), name
    assert exports.written.records == sum(len(getattr(exports, name)) for name in (*shares, "employees"))


def test_every_file_holds_only_days_of_its_own_span(exports: Exports) -> None:
    days = {
        "calls": exports.calls["Date"],
        "survey": exports.survey["RecordedDate"].str[:10],
    }
    for name, events in days.items():
        spans = getattr(exports, name)["file"].str.extract(r"_(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)\.csv$")
        assert ((spans[0] <= events) & (events <= spans[1])).all(), name
        assert events.max() == END.isoformat()


def test_newest_file_of_each_source_ends_on_the_last_day(exports: Exports) -> None:
    newest = exports.connect["InitiationTimestamp"].max()
    assert newest[:10] == END.isoformat()
    assert exports.connect["LastUpdateTimestamp"].max() < f"{END}T23:00:00Z"
    assert exports.posts["created_at"].iloc[-1].startswith(f"{END:%a %b %d}")


@pytest.mark.parametrize(("days", "records"), [(14, 500), (40, 500), (90, 5_000)])
def test_small_companies_hold_what_fits(tmp_path: Path, days: int, records: int) -> None:
    for seed in range(3):
        written = write_demo(Demo(folder=tmp_path / str(seed), end=END, days=days, records=records, seed=seed))
        assert written.known["watermark"] == (END - timedelta(days=1)).isoformat()
        assert written.known["breakdowns"] == []
        assert ("mix_shift" in written.known) == (days == 90)
        assert ("storm" in written.known) == (days > 14)
        assert "outage" not in written.known


def test_without_facts_nothing_is_known(tmp_path: Path) -> None:
    assert write_demo(small(tmp_path, has_facts=False)).known == {}


@pytest.mark.parametrize(("days", "records", "found"), [(13, 500, "--days is 13"), (14, 499, "--records is 499")])
def test_too_small_is_refused(tmp_path: Path, days: int, records: int, found: str) -> None:
    with pytest.raises(UserError, match=f"{found}; expected at least"):
        Demo(folder=tmp_path, end=date(2026, 1, 31), days=days, records=records)


def test_settings_are_valid_and_stay_when_they_are_there(tmp_path: Path) -> None:
    write_demo(small(tmp_path))
    settings = load_settings(tmp_path)
    assert (settings.name, settings.zone, settings.currency) == ("Meridian Mobile", "Europe/Berlin", "EUR")
    assert settings.metrics["service_level"] == {"target": 0.8}
    own = '[company]\nname = "Own"\n'
    settings.folders.settings.write_text(own)
    write_demo(small(tmp_path))
    assert settings.folders.settings.read_text() == own
