"""No file of the project names a folder of somebody's machine or the host of a package registry."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.project import ROOT, project_files

# One letter of each stands in a class, so that this file does not match itself.
MACHINE = re.compile(
    r"""(?<![\w.*}])/(?:wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+|tm[p]/[a-z]\w*|va[r]/folders|op[t]/(?:pypi|wheels))"""
    r"""(?:/|\b)"""
)
REGISTRY = re.compile(r"pypi\.or[g]|pythonhosted\.or[g]|npmjs\.(?:or[g]|co[m])|--(?:extra-)?index-ur[l]|find-link[s]")


def findings(path: Path) -> Iterator[str]:
    """Each offending line as file, number and match; binary files have none."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in (MACHINE, REGISTRY):
            if match := pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {match.group()}"


def test_no_file_names_the_machine_it_was_written_on() -> None:
    assert [finding for path in project_files() for finding in findings(path)] == []


@pytest.mark.parametrize(
    "text",
    ["open('/wor" + "k/main')", "cd /roo" + "t", "/tm" + "p/bash", "/hom" + "e/ann/x", "/op" + "t/pypi/simple"],
)
def test_a_machine_path_is_found(text: str) -> None:
    assert MACHINE.search(text)


@pytest.mark.parametrize("text", ["data/work/x", "https://example.com/root", "./tmp/x", "/srv/cx", "a /worker b"])
def test_an_ordinary_path_is_not_found(text: str) -> None:
    assert not MACHINE.search(text)
