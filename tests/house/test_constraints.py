"""`constraints.txt` holds exact versions of all that the project installs, and nothing else."""

import re
import tomllib

from tests.house.project import ROOT

PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[A-Za-z0-9.!+]+)")


def normal(name: str) -> str:
    """A package's name as it is compared: lower case, one hyphen between parts (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    matches = [PIN.fullmatch(line) for line in (ROOT / "constraints.txt").read_text().splitlines()]
    assert all(matches)
    return {normal(match["name"]): match["version"] for match in matches if match}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    requirements = project["dependencies"] + project["optional-dependencies"]["dev"]
    return {normal(re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0]) for requirement in requirements}


def test_every_declared_package_is_pinned() -> None:
    assert declared() - set(pins()) == set()


def test_packages_are_pinned_once_and_in_order() -> None:
    names = [normal(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text().splitlines()]
    assert names == sorted(set(names))
