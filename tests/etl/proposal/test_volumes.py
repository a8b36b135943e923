"""Counts per day or interval: sums instead of averages, one line an interval."""

from decimal import Decimal
from pathlib import Path

from tests.etl.proposal.proposing import landed, proposed, source_of, targets_of, undecided

TAGE = """Tag;Gruppe;Anrufe gesamt;Angenommen;Verloren;Ø Wartezeit (s);durchschn. Gesprächszeit;Servicelevel
01.03.2024;Nord;1.200;1.100;100;12,5;0:03:00;85,5%
01.03.2024;Süd;300;290;10;8;0:02:00;91%
02.03.2024;Nord;1.000;990;10;10;0:03:30;90%
13.03.2024;Süd;310;300;10;7;0:02:10;92%
"""
QUARTERS = """interval start,calls,abandoned calls,average talk time (sec)
2024-03-01T08:00:00Z,40,2,120
2024-03-01T08:15:00Z,35,0,130.5
2024-03-01T08:30:00Z,0,0,
"""


def test_german_days_by_group(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "tagesstatistik_anrufe.csv", TAGE)
    assert (targets_of(proposal), source_of(proposal).key) == (["volumes"], ("Tag", "Gruppe"))
    assert undecided(proposal) == ["zone"]
    rows = landed(tmp_path, "tagesstatistik_anrufe.csv", proposal.text)
    columns = ("team", "interval_seconds", "contact_count", "answered_count", "abandoned_count", "wait_seconds")
    assert rows.rows("volumes", *columns) == [
        ("Nord", 86400, 1200, 1100, 100, Decimal(15000)),
        ("Süd", 86400, 300, 290, 10, Decimal(2400)),
        ("Nord", 86400, 1000, 990, 10, Decimal(10000)),
        ("Süd", 86400, 310, 300, 10, Decimal(2170)),
    ]
    assert rows.rows("volumes", "talk_seconds", "reported_service_level")[0] == (Decimal(198000), Decimal("0.855"))


def test_quarters_of_an_hour(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "intervals.csv", QUARTERS)
    assert undecided(proposal) == []
    rows = landed(tmp_path, "intervals.csv", proposal.text)
    columns = ("interval_seconds", "contact_count", "abandoned_count", "talk_seconds")
    assert rows.rows("volumes", *columns) == [
        (900, 40, 2, Decimal(4800)), (900, 35, 0, Decimal("4567.5")), (900, 0, 0, None),
    ]  # fmt: skip


def test_an_interval_is_known_by_its_start(tmp_path: Path) -> None:
    rows = "".join(
        f"{queue},2024-05-14 {hour:02}:00,2024-05-14 {hour:02}:30,20,18,2\n" for queue in "AB" for hour in (9, 10)
    )
    proposal = proposed(tmp_path, "queues.csv", f"Queue,Interval Start,Interval End,Offered,Answered,Abandoned\n{rows}")
    assert source_of(proposal).key == ("Interval Start", "Queue")
    assert source_of(proposal).event.columns == ("Interval Start",)
