"""Real export files of other people, counted; they lie beside the checkout and are not the project's."""

from pathlib import Path

import pytest

from tests.etl.contents import loaded
from tests.house.project import ROOT

EXPORTS = ROOT.parent / "shared" / "exports"
COUNTS = ("read", "loaded", "updated", "unchanged", "superseded", "quarantined")

pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="no folder of real exports beside the checkout")


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        # 94 natural keys occur twice: 22 pairs are identical, 72 pairs were labelled differently
        ("airline_tweets/Tweets.csv", (8_750, 8_584, 0, 22, 0, 144)),
        ("google_play_reviews/google_play_reviews.csv", (1_323, 1_323, 0, 0, 0, 0)),
    ],
)
def test_counts(tmp_path: Path, path: str, counts: tuple[int, ...]) -> None:
    (report,) = loaded(tmp_path / "data", EXPORTS / path).files
    assert tuple(getattr(report, count) for count in COUNTS) == counts
