"""The examples of a taxonomy as its unit tests: what must tell a cause, and what must not."""

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from etl.enrich.causes.taxonomy import CauseRule, Example, Taxonomy
from etl.enrich.causes.telling import Teller


def failing(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Each example that does not hold: its cause, its text, and what was told instead of what was expected.

    The examples of a chapter's causes are read as texts of that trade, all others as those of no trade.
    """
    by_chapter: dict[str | None, list[tuple[CauseRule, Example, bool]]] = defaultdict(list)
    for cause in taxonomy.causes:
        by_chapter[cause.chapter] += [(cause, example, True) for example in cause.must_match]
        by_chapter[cause.chapter] += [(cause, example, False) for example in cause.must_not_match]
    for chapter, cases in by_chapter.items():
        teller = Teller(taxonomy, () if chapter is None else (chapter,))
        texts = pa.array([example.text for _, example, _ in cases], pa.string())
        told = teller(texts, pa.array([example.language for _, example, _ in cases], pa.string())).to_pylist()
        for (cause, example, is_meant), found in zip(cases, told, strict=True):
            if (found["cause"] == cause.name) is not is_meant:
                yield cause.name, example.text, _complaint(cause, found, is_meant=is_meant)


def _complaint(cause: CauseRule, found: dict[str, str | None], *, is_meant: bool) -> str:
    told = f"{found['cause']!r} (by: {found['why']})" if found["cause"] else "no cause"
    return f"found {told}; expected {'' if is_meant else 'anything but '}{cause.name!r}"
