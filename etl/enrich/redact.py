"""Masks personal data in customers' texts, before anything is published."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich import card_sieve, cards, emails, ibans, phones
from etl.enrich.known import Known
from etl.enrich.reading import Reading, Span, disguised, read, readings

Found: TypeAlias = tuple[Span, str]
"""Where something was found, and the mask that takes its place."""

Find: TypeAlias = Callable[[str], Iterable[Found]]

REGIONS = ("US", "GB", "DE", "AT", "CH", "ES", "FR", "PT", "BR", "MX", "IE", "BE")
_KNOWN = 1 << 20


@dataclass(frozen=True)
class Detector:
    """One kind of personal data: what it is replaced by, a cheap pattern, and an exact look.

    `prefilter` must match the reading of every text that `find` finds a span in; it runs in Arrow (RE2) over all texts.
    `sieve`, a closer look in Arrow, spares most of those selected the exact look.
    """

    mask: str
    prefilter: str
    find: Callable[[str], Iterable[Span]]
    sieve: Callable[[pa.Array], pa.Array] | None = None

    def selects(self, readings: pa.Array) -> npt.NDArray[np.bool_]:
        """For each reading whether it needs the exact look."""
        selected = pc.match_substring_regex(readings, self.prefilter)
        if self.sieve is not None and pc.any(selected).as_py():
            passed = self.sieve(pc.filter(readings, selected))
            selected = pc.replace_with_mask(selected, selected, passed)
        flags: npt.NDArray[np.bool_] = selected.to_numpy(zero_copy_only=False)
        return flags


def detectors(regions: tuple[str, ...] = REGIONS) -> tuple[Detector, ...]:
    """All detectors, the surest first: what one has claimed, the next do not see."""
    return (
        Detector("[EMAIL]", emails.PLAIN_PREFILTER, emails.plain_emails),
        Detector("[EMAIL]", emails.SPELLED_PREFILTER, emails.spelled_emails),
        Detector("[IBAN]", ibans.PREFILTER, ibans.ibans, ibans.sieve),
        Detector("[CARD]", cards.PREFILTER, cards.cards, card_sieve.sieve),
        Detector(
            "[PHONE]",
            phones.PREFILTER,
            partial(phones.phones, regions=regions),
            partial(phones.sieve, regions=regions),
        ),
    )


def redactor(known: Known | None = None, regions: tuple[str, ...] = REGIONS) -> Callable[[pa.Array], pa.Array]:
    """A function of texts alone that masks as `redact` does."""
    return partial(redact, regions=regions, known=known)


def redact(
    texts: pa.Array | pa.ChunkedArray, regions: tuple[str, ...] = REGIONS, known: Known | None = None
) -> pa.Array:
    """The texts with e-mail addresses, IBANs, payment cards, telephone numbers and what is `known` masked.

    `texts` is a string array; national telephone numbers are read as those of `regions` (ISO 3166 codes).
    A text that holds none of these comes back byte for byte, a null as null.
    """
    whole = _one_array(texts)
    is_disguised = disguised(whole)
    plain = readings(whole, is_disguised)
    active = detectors(regions)
    prefilter = "|".join(f"(?:{detector.prefilter})" for detector in active)
    selected = pc.fill_null(pc.match_substring_regex(plain, prefilter), False)
    if known is not None:
        is_known = known.selects(plain)
        selected = pc.or_(selected, is_known)
    if not pc.any(selected).as_py():
        return whole
    looks = _looks(pc.filter(plain, selected), active)
    if known is not None:
        looks = np.where(pc.filter(is_known, selected), looks | _KNOWN, looks)
    selected = pc.replace_with_mask(selected, selected, pa.array(looks > 0))
    looks = looks[looks > 0]
    originals = pc.filter(whole, selected).to_pylist()
    steps = {look: _steps(look, active, known) for look in np.unique(looks).tolist()}
    masked = [
        _masked(text, read(text) if is_changed else Reading(text), steps[look])
        for text, is_changed, look in zip(
            originals, pc.filter(is_disguised, selected).to_pylist(), looks.tolist(), strict=True
        )
    ]
    return pc.replace_with_mask(whole, selected, pa.array(masked, whole.type))


def _looks(plain: pa.Array, active: Sequence[Detector]) -> npt.NDArray[np.int64]:
    """For each reading the detectors that it needs, one bit for each; telling them apart is quicker here than later."""
    bits = np.zeros(len(plain), dtype=np.int64)
    for place, detector in enumerate(active):
        bits |= detector.selects(plain).astype(np.int64) << place
    return bits


def _steps(look: int, active: Sequence[Detector], known: Known | None) -> tuple[Find, ...]:
    steps = [partial(_marked, detector) for place, detector in enumerate(active) if look >> place & 1]
    return (*steps, known.find) if known is not None and look & _KNOWN else tuple(steps)


def _marked(detector: Detector, text: str) -> list[Found]:
    """What one detector finds, in order, without what begins inside an earlier one."""
    kept: list[Found] = []
    for span in sorted(detector.find(text)):
        if not kept or span[0] >= kept[-1][0][1]:
            kept.append((span, detector.mask))
    return kept


def _masked(text: str, reading: Reading, steps: tuple[Find, ...]) -> str:
    unclaimed = reading.text
    found: list[Found] = []
    for step in steps:
        new = list(step(unclaimed))
        if new and step is not steps[-1]:
            unclaimed = _replaced(unclaimed, [(span, "\0" * (span[1] - span[0])) for span, _ in new])
        found += new
    if not found:
        return text
    return _replaced(text, sorted([(reading.original(*span), mask) for span, mask in found]))


def _replaced(text: str, replacements: list[Found]) -> str:
    pieces: list[str] = []
    end = 0
    for span, replacement in replacements:
        pieces += text[end : span[0]], replacement
        end = span[1]
    return "".join([*pieces, text[end:]])


def _one_array(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks() if texts.num_chunks != 1 else texts.chunk(0)
    is_text = pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)
    return texts if is_text else texts.cast(pa.string())
