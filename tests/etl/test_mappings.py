"""A mapping file makes any table a source, and files of its shape are recognised from then on."""

from dataclasses import replace
from pathlib import Path

import pytest

from etl.config import load_settings
from etl.errors import UserError
from etl.pipeline import load
from etl.sources.declaration import parse_source
from tests.etl.contents import data_folder

MAPPING = """
name = "hotline"
title = "Calls of the hotline"
required = ["Nr", "Beginn", "Wartezeit"]
key = ["Nr"]
event = { kind = "when", column = "Beginn" }
decimal = ","
day_first = true
zone = "Europe/Berlin"
delimiter = ";"
encoding = "cp1252"
skip_lines = 1
[interactions]
channel = { kind = "constant", value = "phone" }
direction = { kind = "constant", value = "inbound" }
disposition = { kind = "constant", value = "answered" }
wait_seconds = { kind = "seconds", column = "Wartezeit", unit = "min" }
topic = "Anliegen"
"""
CALLS = "Hotline, Stand März\nNr;Beginn;Wartezeit;Anliegen\n{mark}1;03.02.2021 10:00:00;1.000,5;Gebühr\n"


def test_loaded_with_a_mapping_and_recognised_without(tmp_path: Path) -> None:
    data_folder(tmp_path / "data")
    settings = load_settings(tmp_path / "data")
    declared = replace(parse_source(MAPPING, "hotline.toml"), declaration=MAPPING)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(CALLS.format(mark="A").encode("cp1252"))
    second.write_bytes(CALLS.format(mark="B").encode("cp1252"))
    (report,) = load(settings, [first], "hotline", [declared]).files
    assert (report.source, report.loaded, report.zone, report.zone_assumed) == ("hotline", 1, "Europe/Berlin", False)
    (report,) = load(settings, [second]).files
    assert (report.source, report.loaded, report.quarantined) == ("hotline", 1, 0)


@pytest.mark.parametrize("line", ['delimiter = "||"', 'delimiter = "§"', "quote = '\"\"'"])
def test_marks_of_more_than_one_sign_are_refused(line: str) -> None:
    with pytest.raises(UserError, match="expected one sign"):
        parse_source(MAPPING.replace('delimiter = ";"', line), "hotline.toml")


def test_a_stated_delimiter_may_have_a_blank_behind_it(tmp_path: Path) -> None:
    data_folder(tmp_path / "data")
    text = MAPPING.replace('delimiter = ";"', 'delimiter = "; "')
    declared = replace(parse_source(text, "hotline.toml"), declaration=text)
    file = tmp_path / "calls.csv"
    file.write_bytes(CALLS.format(mark="A").replace(";", "; ").replace("Gebühr", '"Gebühr; alt"').encode("cp1252"))
    (report,) = load(load_settings(tmp_path / "data"), [file], "hotline", [declared]).files
    assert (report.loaded, report.quarantined) == (1, 0)
