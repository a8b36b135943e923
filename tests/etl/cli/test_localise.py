"""`cx localise`: the keys of the contract on a small table, and bad input."""

from pathlib import Path

import pytest

from tests.etl.cli.calls import cx

OPTIONS = ("--dimensions", "channel,region", "--before", "bad0,all0", "--after", "bad1,all1")


def table(folder: Path, *, factor: int = 3) -> Path:
    """Eight cells of a thousand contacts; phone in the North failed more often afterwards."""
    path = folder / "cells.csv"
    lines = ["channel,region,bad0,all0,bad1,all1"]
    for channel in ("phone", "chat", "email", "social"):
        for region in ("North", "South"):
            bad = 100 * (factor if (channel, region) == ("phone", "North") else 1)
            lines.append(f"{channel},{region},100,1000,{bad},1000")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_segment_that_changed(data: Path, tmp_path: Path) -> None:
    outcome = cx(data, "localise", table(tmp_path), *OPTIONS, "--json")
    (segment,) = outcome.document["segments"]
    assert segment["where"] == {"channel": "phone", "region": "North"}
    assert (segment["before"], segment["after"]) == (0.1, 0.3)
    assert segment["contribution"] == pytest.approx(0.025)
    assert segment["evidence"] > 20


def test_nothing_stands_out(data: Path, tmp_path: Path) -> None:
    outcome = cx(data, "localise", table(tmp_path, factor=1), *OPTIONS)
    assert (outcome.code, outcome.out) == (0, "")
    assert "No segment stands out" in outcome.told


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--dimensions", "chanel", "--before", "bad0,all0", "--after", "bad1,all1"), "did you mean channel"),
        (("--dimensions", "channel", "--before", "bad0", "--after", "bad1,all1"), "expected two columns as BAD,TOTAL"),
        (("--dimensions", "channel", "--before", "all0,bad0", "--after", "bad1,all1"), "row 1: 1000 of 100"),
    ],
)
def test_a_wrong_call_ends_in_a_sentence(data: Path, tmp_path: Path, options: tuple[str, ...], sentence: str) -> None:
    outcome = cx(data, "localise", table(tmp_path), *options)
    assert (outcome.code, sentence in outcome.told) == (2, True), outcome.told
    assert cx(data, "localise", tmp_path / "none.csv", *OPTIONS).code == 2


@pytest.mark.parametrize("name", ["cells[1].csv", "cells?.csv", "channel=fax/cells.csv"])
def test_a_name_is_never_a_pattern(data: Path, tmp_path: Path, name: str) -> None:
    table(tmp_path, factor=1).rename(tmp_path / "cells1.csv")
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    table(tmp_path).rename(path)
    (segment,) = cx(data, "localise", path, *OPTIONS, "--json").document["segments"]
    assert segment["where"] == {"channel": "phone", "region": "North"}
