"""Masks personal data in customers' texts, before anything is published."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich import banking, emails, phones
from etl.enrich.reading import Span, read, readings

REGIONS = ("US", "GB", "DE", "AT", "CH", "ES", "FR", "PT", "BR", "MX", "IE", "BE")


@dataclass(frozen=True)
class Detector:
    """One kind of personal data: what it is replaced by, a cheap pattern, and an exact look.

    `prefilter` must match the reading of every text that `find` finds a span in; it runs in Arrow (RE2) over all
    texts and in Python over those selected, so it is written in what both understand.
    """

    mask: str
    prefilter: str
    find: Callable[[str], Iterable[Span]]


def detectors(regions: tuple[str, ...] = REGIONS) -> tuple[Detector, ...]:
    """All detectors, the surest first: what one has claimed, the next do not see."""
    return (
        Detector("[EMAIL]", emails.PLAIN_PREFILTER, emails.plain_emails),
        Detector("[EMAIL]", emails.SPELLED_PREFILTER, emails.spelled_emails),
        Detector("[IBAN]", banking.IBAN_PREFILTER, banking.ibans),
        Detector("[CARD]", banking.CARD_PREFILTER, banking.cards),
        Detector("[PHONE]", phones.PREFILTER, partial(phones.phones, regions=regions)),
    )


def redact(texts: pa.Array | pa.ChunkedArray, regions: tuple[str, ...] = REGIONS) -> pa.Array:
    """The texts with e-mail addresses, IBANs, payment cards and telephone numbers masked.

    `texts` is a string array; national telephone numbers are read as those of `regions` (ISO 3166 codes).
    A text that holds none of these comes back byte for byte, a null as null.
    """
    whole = _one_array(texts)
    active = detectors(regions)
    prefilter = "|".join(f"(?:{detector.prefilter})" for detector in active)
    selected = pc.fill_null(pc.match_substring_regex(readings(whole), prefilter), False)
    if not pc.any(selected).as_py():
        return whole
    compiled = [(detector, re.compile(detector.prefilter)) for detector in active]
    masked = [_masked(text, compiled) for text in pc.filter(whole, selected).to_pylist()]
    return pc.replace_with_mask(whole, selected, pa.array(masked, whole.type))


def _one_array(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks() if texts.num_chunks != 1 else texts.chunk(0)
    is_text = pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)
    return texts if is_text else texts.cast(pa.string())


def _masked(text: str, compiled: list[tuple[Detector, re.Pattern[str]]]) -> str:
    reading = read(text)
    unclaimed = reading.text
    found: list[tuple[Span, str]] = []
    for detector, prefilter in compiled:
        if prefilter.search(unclaimed) is not None:
            spans = _apart(detector.find(unclaimed))
            unclaimed = _replaced(unclaimed, [(span, "\0" * (span[1] - span[0])) for span in spans])
            found += [(reading.original(*span), detector.mask) for span in spans]
    return _replaced(text, sorted(found))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that begin inside an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _replaced(text: str, replacements: list[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    end = 0
    for span, replacement in replacements:
        pieces += text[end : span[0]], replacement
        end = span[1]
    return "".join([*pieces, text[end:]])
