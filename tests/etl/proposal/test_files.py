"""Files in odd shapes: lines before the header, none at all, repeated names, damaged ids, known files."""

from pathlib import Path

import pytest

from etl.errors import FileRefused
from tests.etl.proposal.proposing import landed, proposed, source_of, undecided
from tests.etl.sources.landed import SAMPLES

CALLS = "call id,start,talk seconds\nc1,2024-01-02 10:00,5\nc2,2024-01-03 11:00,7\n"


def test_lines_before_the_header(tmp_path: Path) -> None:
    text = f"Report: calls of January,,\nPrinted 2024-02-01,,\n\n{CALLS}"
    proposal = proposed(tmp_path, "report.csv", text)
    assert source_of(proposal).required == ("call id", "start", "talk seconds")
    assert landed(tmp_path, "report.csv", proposal.text).read == 2


def test_no_header(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="Add a first line with a name for each column"):
        proposed(tmp_path, "bare.csv", "1,2024-01-02 10:00,5\n2,2024-01-03 11:00,7\n3,2024-01-03 11:00,7\n")


def test_repeated_and_missing_names(tmp_path: Path) -> None:
    text = "call id,start,talk seconds,comment,comment,\nc1,2024-01-02 10:00,5,They were kind to me,so it was,\n"
    source = source_of(proposed(tmp_path, "calls.csv", text))
    assert source.required == ("call id", "start", "talk seconds", "comment")
    assert source.optional == ("comment#2", "column 6")
    assert source.repeated == ("comment",)


def test_damaged_ids(tmp_path: Path) -> None:
    lines = "".join(f"1.23E+14,2024-01-02 10:0{n},{n},q{n}\n" for n in range(5))
    proposal = proposed(tmp_path, "calls.csv", f"call id,start,talk seconds,queue\n{lines}")
    source = source_of(proposal)
    assert (source.key, source.natural_key) == (("call id",), ("start", "queue"))
    assert "key" in undecided(proposal)
    assert landed(tmp_path, "calls.csv", proposal.text).quarantined == 0


def test_versions_of_a_ticket(tmp_path: Path) -> None:
    first = "2024-01-02T10:00:00Z,2024-01-02T10:00:00Z,open\n"
    lines = f"7,{first}7,2024-01-02T10:00:00Z,2024-01-05T10:00:00Z,closed\n8,{first}"
    proposal = proposed(tmp_path, "tickets.csv", f"ticket id,created,updated,status\n{lines}")
    source = source_of(proposal)
    assert source.key == ("ticket id",)
    assert source.version is not None
    landing = landed(tmp_path, "tickets.csv", proposal.text)
    assert (landing.quarantined, landing.rows("interactions", "is_resolved")) == (0, [(True,), (False,)])


def test_a_known_file_is_still_proposed_for(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "call_center.csv", (SAMPLES / "call_center.csv").read_bytes())
    assert "The source call_center knows this file" in proposal.text
    assert source_of(proposal).name == "call_center_own"


def test_a_file_that_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="PDF"):
        proposed(tmp_path, "x.csv", b"%PDF-1.7 ....")


def test_records_of_no_kind(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "users.csv", "user_id,signup_date,mrr\nU1,2024-01-02,15\nU2,2024-01-03,50\n")
    assert "target" in undecided(proposal)
    assert "no target" in proposal.trial


def test_words_for_nothing(tmp_path: Path) -> None:
    lines = "c1,2024-01-02 10:00,answered,5,N/A,2024-01-02 10:00:05\nc2,2024-01-03 10:00,missed,-,NULL,-\n"
    proposal = proposed(
        tmp_path, "calls.csv", f"call id,start,outcome,talk seconds,hold seconds,answered at\n{lines * 1}"
    )
    landing = landed(tmp_path, "calls.csv", proposal.text)
    assert landing.quarantined == 0
    assert landing.rows("interactions", "talk_seconds", "answered_at")[1] == (None, None)
