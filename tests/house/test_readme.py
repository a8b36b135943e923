"""The README tells the truth: its tables are those of the catalogues, its links lead somewhere."""

import re
import subprocess

from tests.docs import README, written
from tests.house.project import ROOT

LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def test_the_tables_are_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert written(text) == text, "run: python -m tests.docs"


def test_local_links_lead_to_files() -> None:
    links = LINK.findall(README.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_continuous_integration_finds_one_test_line() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extraction = next(line for line in script.splitlines() if line.startswith("line="))
    found = subprocess.run(
        ["bash", "-c", f'{extraction}; printf %s "$line"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == (
        "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]' && .venv/bin/python -m tests"
    )
