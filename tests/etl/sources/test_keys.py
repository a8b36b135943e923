"""Files whose ids a spreadsheet damaged: known by their natural key, or refused; and times that half state a zone."""

from pathlib import Path

import pytest

from etl.config import load_settings
from etl.inspection import inspect
from etl.pipeline import load
from tests.etl.cli.calls import HEADER
from tests.etl.contents import data_folder, loaded
from tests.etl.sources.exported import file, land, query, report
from tests.etl.sources.workbooks import workbook

TWEETS = "tweet_id,airline_sentiment,negativereason,airline,name,text,tweet_created\n"
DAMAGED = "5.70301E+17,negative,Late Flight,Acme Air,ada,@AcmeAir late,24-02-2015 11.35\n"
WHOLE = "570306133677760513,negative,Late Flight,Acme Air,bo,@AcmeAir late,2015-02-24 11:35:52 -0800\n"
NOTE = (
    "tweet_id was damaged by a spreadsheet (5.70301E+17): records are known by name, tweet_created, text instead"
)  # fmt: skip


def test_whole_ids_stay_and_their_zone_is_not_assumed(tmp_path: Path) -> None:
    """F-080: a time that states its offset."""
    assert report(tmp_path, TWEETS + WHOLE).reason is None
    assert query(tmp_path, "SELECT record_id, CAST(event_at AS VARCHAR) FROM core_records") == [
        ("570306133677760513", "2015-02-24 19:35:52")
    ]
    assert query(tmp_path, "SELECT is_zone_assumed FROM core_loads") == [(False,)]


def test_one_damaged_id_makes_the_whole_file_known_by_nature(tmp_path: Path) -> None:
    """F-080 and F-084: where nothing states the zone, it is marked as assumed."""
    told = report(tmp_path, TWEETS + WHOLE + DAMAGED)
    assert (told.loaded, told.reason) == (2, NOTE)
    ids = [found for (found,) in query(tmp_path, "SELECT record_id FROM core_records")]
    assert all(found.startswith("natural:") for found in ids)
    assert not any(word in found for found in ids for word in ("ada", "bo", "late"))
    times = query(tmp_path, "SELECT CAST(posted_at AS VARCHAR) FROM core_mentions ORDER BY ALL")
    assert times == [("2015-02-24 11:35:00",), ("2015-02-24 19:35:52",)]
    assert query(tmp_path, "SELECT is_zone_assumed FROM core_loads") == [(True,)]


def test_damaged_ids_of_equal_look_are_different_records(tmp_path: Path) -> None:
    told = report(tmp_path, TWEETS + DAMAGED + DAMAGED.replace("11.35", "11.36") + DAMAGED)
    assert (told.loaded, told.unchanged, told.quarantined) == (2, 1, 0)


def test_the_note_stands_before_the_quarantine_and_broken_lines_count_once(tmp_path: Path) -> None:
    told = report(tmp_path, TWEETS + DAMAGED + DAMAGED.replace("negative", "mixed") + "too,short\n")
    assert (told.read, told.quarantined) == (3, 2)
    assert told.reason is not None
    assert told.reason.startswith(f"{NOTE}; 2 of 3 records in quarantine/")
    assert query(tmp_path, "SELECT line FROM core_quarantine ORDER BY line") == [(3,), (4,)]


def test_a_record_without_part_of_its_natural_key_is_put_aside(tmp_path: Path) -> None:
    told = report(tmp_path, TWEETS + DAMAGED + DAMAGED.replace(",ada,", ",,"))
    assert (told.loaded, told.quarantined) == (1, 1)
    assert query(tmp_path, "SELECT column_name, reason FROM core_quarantine") == [
        ("name, tweet_created, text", "expected a value in each of name, tweet_created, text")
    ]


def test_inspect_says_it_too(tmp_path: Path) -> None:
    found = inspect(file(tmp_path, TWEETS + DAMAGED), load_settings(tmp_path))
    assert (found.note, found.quarantined, len(found.sample)) == (NOTE, 0, 2)
    assert {"file": "tweet_id", "field": None} in found.columns
    assert "records.record_id" in str(next(column for column in found.columns if column["file"] == "name"))
    assert (found.ignored, found.unknown) == (["tweet_id"], [])


def test_a_source_without_a_natural_key_refuses_the_file(tmp_path: Path) -> None:
    told = report(tmp_path, HEADER + "4.1E+12,Ada,2024-03-04,09:00:00,Streaming,Y,Y,1,0:02:00,4\n")
    assert told.status == "refused"
    assert told.reason is not None
    assert told.reason.startswith("column Call Id: found ids that a spreadsheet damaged (4.1E+12); expected whole ids")
    assert told.reason.endswith("load it without saving it in a spreadsheet.")


@pytest.mark.parametrize("name", ["E+12", "1E+", "A-5.7E+17", "12E+17", "5.7E17"])
def test_an_id_that_only_looks_alike_is_no_damage(tmp_path: Path, name: str) -> None:
    told = report(tmp_path, HEADER + f"{name},Ada,2024-03-04,09:00:00,Streaming,Y,Y,1,0:02:00,4\n")
    assert (told.loaded, told.reason) == (1, None)


@pytest.mark.parametrize(("prefix", "is_damaged"), [("", True), ("x", False)])
def test_long_numbers_of_a_workbook_lost_their_digits(tmp_path: Path, prefix: str, is_damaged: bool) -> None:
    rows = [line.split(",") for line in (TWEETS + WHOLE + WHOLE.replace("513,", "999,")).splitlines()]
    path = tmp_path / "tweets.xlsx"
    path.write_bytes(workbook([rows[0], *([prefix + row[0], *row[1:]] for row in rows[1:])]))
    (told,) = land(tmp_path, path)
    assert ((told.loaded, told.unchanged), bool(told.reason)) == ((1, 1) if is_damaged else (2, 0), is_damaged)


def test_an_undecidable_date_order_refuses_the_naive_half_alone(tmp_path: Path) -> None:
    told = report(tmp_path, TWEETS + WHOLE + DAMAGED.replace("24-02", "02-03"))
    assert told.status == "refused"
    assert "[sources.airline_tweets] day_first" in (told.reason or "")


def test_the_order_of_dates_holds_for_all_times_of_a_record(tmp_path: Path) -> None:
    content = (
        "reviewId,content,score,at,replyContent,repliedAt\n"
        "r1,fine,4,13/03/2024 9:05,Thanks,02/04/2024 10:05\nr2,bad,1,01/03/2024 9:05,,\n"
    )
    assert report(tmp_path, content).loaded == 2
    assert query(tmp_path, "SELECT answered_at - posted_at = INTERVAL '20 days 1 hour' FROM core_mentions") == [
        (True,), (None,),
    ]  # fmt: skip


def test_labels_of_other_labellers_are_another_version(tmp_path: Path) -> None:
    sure = TWEETS.replace("\n", ",airline_sentiment_confidence\n")
    content = sure + WHOLE.replace("\n", ",1\n") + WHOLE.replace("\n", ",1.0\n")
    assert report(tmp_path, content).unchanged == 1
    other = file(tmp_path, sure + WHOLE.replace("\n", ",0.7\n") + WHOLE.replace("\n", ",0.8\n"), "other.csv")
    assert land(tmp_path, other)[0].quarantined == 2


def test_codes_that_the_map_lacks_count_a_contact_and_its_mention_once(tmp_path: Path) -> None:
    content = TWEETS + WHOLE.replace("Late Flight", "seat swap") + WHOLE.replace("513", "514").replace("Late", "Odd")
    more = content + WHOLE.replace("513", "515").replace("Late Flight", "seat swap") + WHOLE.replace("513", "516")
    run = loaded(tmp_path / "data", file(tmp_path, more))
    assert run.unmapped == [
        ("airline_tweets", "label", "seat swap", 2),
        ("airline_tweets", "label", "Odd Flight", 1),
    ]


def test_reviews_have_no_codes_to_map(tmp_path: Path) -> None:
    content = "reviewId,content,score,at,replyContent,repliedAt\nr1,fine,4,2024-03-04 09:00:00,,\n"
    run = load(data_folder(tmp_path / "data"), [file(tmp_path, content)])
    assert (run.files[0].loaded, run.unmapped) == (1, [])
