"""Brings identifiers of customers into the one form in which equal ones are equal."""

from collections.abc import Callable

import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.reading import INVISIBLE_PATTERN
from etl.vocabulary import IdentityKind

_E164 = r"^\+[1-9]\d{6,14}$"
_INTERNATIONAL_SPELLING = r"^(?:\+|00)[1-9][\d\s()./\-]*$"
_NATIONAL_SPELLING = r"^[(\d+][\d\s()./\-]{5,}(?:\s*(?:[x;,#]|ext).*)?$"
_EMAIL = r'^[^\s@<>"(),;:\[\]\\]{1,64}@(?:[^\s@.<>"(),;:\[\]\\]{1,63}\.)+[^\s@.<>"(),;:\[\]\\]{2,63}$'


def normalise(values: pa.Array | pa.ChunkedArray, kind: IdentityKind, region: str | None = None) -> pa.Array:
    """The identifiers of one kind in normal form, as a string array of the same length; null where there is none.

    Phone: E.164; a national number needs the `region` (ISO 3166) it was dialled in. E-mail and handle: lower case,
    without `mailto:` or the leading @. Id: trimmed. All: NFKC, no invisible characters, empty is null.
    """
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    texts = pc.utf8_normalize(whole.cast(pa.string()), "NFKC")
    texts = pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, INVISIBLE_PATTERN, ""))
    kinds: dict[IdentityKind, Callable[[pa.Array], pa.Array]] = {
        IdentityKind.EMAIL: _email,
        IdentityKind.PHONE: lambda phones: _phone(phones, region),
        IdentityKind.HANDLE: lambda handles: pc.utf8_ltrim(pc.utf8_lower(handles), "@"),
        IdentityKind.ID: lambda ids: ids,
    }
    return _only(kinds[kind](texts), r"\S")


def _only(texts: pa.Array, pattern: str) -> pa.Array:
    """The texts that match; null in place of the others."""
    return pc.if_else(pc.match_substring_regex(texts, pattern), texts, pa.scalar(None, pa.string()))


def _email(texts: pa.Array) -> pa.Array:
    bare = pc.replace_substring_regex(pc.utf8_lower(texts), r"^mailto:\s*|\?.*$", "")
    return _only(bare, _EMAIL)


def _phone(texts: pa.Array, region: str | None) -> pa.Array:
    bare = pc.replace_substring_regex(texts, r"^(?i:tel:)\s*", "")
    # The zero in +44 (0)20 is dialled only inside the country.
    spelled = pc.replace_substring_regex(pc.replace_substring_regex(bare, r"\(0\)|\D", ""), "^0+", "")
    compact = pc.binary_join_element_wise("+", spelled, "")
    bare = pc.if_else(pc.match_substring_regex(bare, _INTERNATIONAL_SPELLING), compact, bare)
    is_done = pc.fill_null(pc.match_substring_regex(bare, _E164), False)
    if pc.all(is_done).as_py():
        return bare
    rest = _only(pc.if_else(is_done, pa.scalar(None, pa.string()), bare), _NATIONAL_SPELLING).dictionary_encode()
    parsed = pa.array([_e164(text, region) for text in rest.dictionary.to_pylist()], pa.string())
    return pc.if_else(is_done, bare, parsed.take(rest.indices))


def _e164(text: str, region: str | None) -> str | None:
    """A number that could exist by its length; whether it is in use is not asked, as exports hold made-up ones."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
