"""How much of the personal data in texts that no detector was written by is masked, and how little else."""

from functools import cache

import pyarrow as pa
import pytest

from etl.enrich.redact import redact
from tests.etl.enrich.held_out import REGIONS, Case, cases, scores

SEED = 20_240_305
COUNT = 6_000
LEAST_RECALL = 0.99
LEAST_PRECISION = 0.97


@cache
def masked() -> dict[Case, str]:
    """Each case with what it becomes."""
    drawn = list(dict.fromkeys(cases(SEED, COUNT)))
    return dict(zip(drawn, redact(pa.array([case.text for case in drawn])).to_pylist(), strict=True))


def test_recall_and_precision_over_all() -> None:
    recall, precision = scores(masked())
    assert recall >= LEAST_RECALL
    assert precision >= LEAST_PRECISION


@pytest.mark.parametrize("kind", ["EMAIL", "PHONE", "CARD", "IBAN"])
def test_recall_of_each_kind(kind: str) -> None:
    of_kind = {case: text for case, text in masked().items() if case.kind == kind}
    assert len(of_kind) > COUNT // 15
    recall, _ = scores(of_kind)
    assert recall >= LEAST_RECALL


@pytest.mark.parametrize("language", REGIONS)
def test_what_holds_nothing_stays_in_each_language(language: str) -> None:
    kept = {case: text for case, text in masked().items() if case.language == language and not case.hidden}
    changed = sum(case.text != text for case, text in kept.items())
    assert len(kept) > COUNT // 15
    assert changed / len(kept) <= 1 - LEAST_PRECISION
