"""How single texts write times, and what whole columns of them become."""

from pathlib import Path

import pytest

from etl.proposal.times import written
from tests.etl.proposal.proposing import landed, proposed, source_of, undecided


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2024-01-31", ""),
        ("2024-01-31T10:00:00.123Z", ""),
        ("2024-01-31 10:00:00 +0200", ""),
        ("2024-01-31 8:00 PM", "%Y-%m-%d %I:%M %p"),
        ("31/01/2024 10:15", "@/%Y %H:%M"),
        ("31.01.24, 10:15:20", "@.%y, %H:%M:%S"),
        ("31-Jan-2024", "%d-%b-%Y"),
        ("Oct 5, 2023 9:05 PM", "%b %d, %Y %I:%M %p"),
        ("Wed Oct 10 20:19:24 +0000 2018", "%a %b %d %H:%M:%S %z %Y"),
        ("Wed, 31 Jan 2024 10:15:00 +0000", "%a, %d %b %Y %H:%M:%S %z"),
        ("10h15", "%Hh%M"),
    ],
)
def test_forms(text: str, form: str) -> None:
    found = written(text)
    assert found is not None
    assert found[0] == form


@pytest.mark.parametrize("text", ["123", "1.5", "2024-13", "soon", "1-2-3", "10:15 tomorrow", ""])
def test_no_times(text: str) -> None:
    assert written(text) is None


def started(tmp_path: Path, header: str, *times: str) -> list[str]:
    """The start times in UTC that calls with these texts land with."""
    lines = "".join(f"c{n};{time};60\n" for n, time in enumerate(times))
    proposal = proposed(tmp_path, "calls.csv", f"call id;{header};talk seconds\n{lines}")
    return [row[0] for row in landed(tmp_path, "calls.csv", proposal.text).rows("interactions", "started_at")]


@pytest.mark.parametrize(
    ("header", "times", "instants"),
    [
        ("start", ("1709287200000", "1709290800000"), ["2024-03-01 10:00:00", "2024-03-01 11:00:00"]),
        ("start", ("31.01.24, 10:15", "01.02.24, 11:00"), ["2024-01-31 10:15:00", "2024-02-01 11:00:00"]),
        ("start", ("1/31/2024 1:05 PM", "2/1/2024 9:00 AM"), ["2024-01-31 13:05:00", "2024-02-01 09:00:00"]),
        ("start", ("20240131101500", "20240201110000"), ["2024-01-31 10:15:00", "2024-02-01 11:00:00"]),
        ("Date;Time", ("05-Oct-23;8:00:00 PM", "06-May-23;9:00:00 AM"), ["2023-10-05 20:00:00", "2023-05-06 09:00:00"]),
        (
            "am",
            ("3. März 2024 um 10:15 Uhr", "14. Dezember 2024 um 9:00 Uhr"),
            ["2024-03-03 10:15:00", "2024-12-14 09:00:00"],
        ),
        ("datum", ("45322,5", "45323,25"), ["2024-01-31 12:00:00", "2024-02-01 06:00:00"]),
        (
            "start",
            ("31/01/2024 10:15 +02:00", "01/02/2024 10:15 +02:00"),
            ["2024-01-31 08:15:00", "2024-02-01 08:15:00"],
        ),
    ],
)
def test_times_land_as_what_they_say(tmp_path: Path, header: str, times: tuple[str, ...], instants: list[str]) -> None:
    assert started(tmp_path, header, *times) == instants


def test_another_column_proves_the_order(tmp_path: Path) -> None:
    lines = "c1,01/02/2024 10:00,01/02/2024 10:01,Answered\nc2,03/02/2024 10:00,13/02/2024 10:01,Answered\n"
    text = f"call id,start,end,call status\n{lines}"
    proposal = proposed(tmp_path, "calls.csv", text)
    assert source_of(proposal).day_first is True
    assert "13/02/2024 10:01 in 'end' proves it" in proposal.text
    assert undecided(proposal) == ["zone", "interactions.talk_seconds"]


def test_nothing_tells_when(tmp_path: Path) -> None:
    proposal = proposed(
        tmp_path, "texts.csv", "text,category\nI am still waiting for my card,arrival\nWhere is my card today,arrival\n"
    )
    assert "event" in undecided(proposal)
    assert "'event' is missing" in proposal.trial
    completed = proposal.text.replace("# event = ", "event = ")
    completed = completed.replace('key = ["category"]', 'key = ["text"]')
    landing = landed(tmp_path, "texts.csv", completed)
    assert landing.rows("mentions", "posted_at") == [("2024-01-31 00:00:00",), ("2024-01-31 00:00:00",)]
