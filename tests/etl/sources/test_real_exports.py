"""Real export files of other people: each ends as it should, for the reason it should; they are not the project's."""

import tempfile
from pathlib import Path

import pytest

from etl.errors import FileRefused
from tests.etl.sources.expected import calls, reviews_surveys, social, tickets
from tests.etl.sources.landed import Landing
from tests.house.project import ROOT

EXPORTS = ROOT.parent / "shared" / "exports"
EXPECTED = {**calls.EXPECTED, **reviews_surveys.EXPECTED, **social.EXPECTED, **tickets.EXPECTED}
DESCRIPTIONS = {"MANIFEST.md", "FORMATS.md"}

pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="no folder of real exports beside the checkout")


def test_no_file_is_forgotten() -> None:
    files = {str(path.relative_to(EXPORTS)) for path in EXPORTS.rglob("*") if path.is_file()}
    assert files - DESCRIPTIONS == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_file(name: str) -> None:
    status, source, read, loaded, quarantined, reason = EXPECTED[name]
    with tempfile.TemporaryDirectory() as folder:
        landing = Landing(Path(folder) / "data")
        if status == "refused":
            with pytest.raises(FileRefused) as refused:
                landing.deliver(EXPORTS / name)
            assert reason is not None
            assert reason in str(refused.value)
            return
        found = landing.deliver(EXPORTS / name)
    counts = (found.counts.read, found.counts.loaded, found.counts.quarantined)
    assert (found.status, found.source, counts) == (status, source, (read, loaded, quarantined)), found.notes
    assert reason is None or reason in "; ".join(found.notes)
