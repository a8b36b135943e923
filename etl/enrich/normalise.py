"""Brings identifiers of customers into the one form in which equal ones are equal."""

from collections.abc import Callable

import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.reading import INVISIBLE_PATTERN
from etl.references import ROLE
from etl.vocabulary import IdentityKind

_NOTHING = pa.nulls(1, pa.string())[0]  # made otherwise, it would import pandas: 0.2 s of each load
_E164 = r"^\+[1-9]\d{6,14}$"
_INTERNATIONAL_SPELLING = r"^(?:\+|00)[1-9][\d\s()./\-]*$"
_NATIONAL_SPELLING = r"^[(\d+][\d\s()./\-]{5,}(?:\s*(?:[x;,#]|ext).*)?$"
_EMAIL = r'^[^\s@<>"(),;:\[\]\\]{1,64}@(?:[^\s@.<>"(),;:\[\]\\]{1,63}\.)+[^\s@.<>"(),;:\[\]\\]{2,63}$'
# Mail boxes of an office or a machine, not of a person: those of RFC 2142 and what exports hold beside them.
_ROLE = (
    r"^(?:(?:no|do[._-]?not)[._-]?reply|postmaster|hostmaster|webmaster|mailer[._-]?daemon|bounces?|abuse|root|system|"
    r"notifications?|newsletter|info|support|service|help|help[._-]?desk|office|admin|administrator|contact|kontakt|"
    r"sales|marketing|billing|invoices?|accounting|orders?|reception|enquir(?:y|ies)|inquir(?:y|ies)|feedback|"
    r"customer[._-]?(?:service|care|support)|kundenservice|kundendienst)(?:\+.*)?@"
)
_PLACEHOLDER = r"^(?i:unknown|anonymous|undefined|guest|test|null|none|nil|n/?a|0+|-+)$"
# What telephone systems write for a hidden caller: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE as keys.
_HIDDEN_CALLER = r"^\+(?:266696687|7378742833|2562533|8656696|86282452253)$"


def normalise(values: pa.Array | pa.ChunkedArray, kind: IdentityKind, region: str | None = None) -> pa.Array:
    """The identifiers of one kind in normal form, as a string array of the same length; null where there is none.

    Phone: E.164; a national number needs the `region` (ISO 3166) it was dialled in. E-mail and handle: lower case,
    without `mailto:` or the leading @; the address of an office or a machine (info@, noreply@) begins with `role:`.
    Id: trimmed; a word for "none" is none. All: NFKC, no invisible characters, empty is null.
    """
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    texts = pc.utf8_normalize(whole.cast(pa.string()), "NFKC")
    texts = pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, INVISIBLE_PATTERN, ""))
    kinds: dict[IdentityKind, Callable[[pa.Array], pa.Array]] = {
        IdentityKind.EMAIL: _email,
        IdentityKind.PHONE: lambda phones: _phone(phones, region),
        IdentityKind.HANDLE: lambda handles: pc.replace_substring_regex(pc.utf8_lower(handles), "(^|:)@+", r"\1"),
        IdentityKind.ID: lambda ids: _without(ids, _PLACEHOLDER),
    }
    return _only(kinds[kind](texts), r"\S")


def _only(texts: pa.Array, pattern: str) -> pa.Array:
    """The texts that match; null in place of the others."""
    return pc.if_else(pc.match_substring_regex(texts, pattern), texts, _NOTHING)


def _without(texts: pa.Array, pattern: str) -> pa.Array:
    """The texts that do not match; null in place of the others."""
    return pc.if_else(pc.match_substring_regex(texts, pattern), _NOTHING, texts)


def _email(texts: pa.Array) -> pa.Array:
    bare = pc.replace_substring_regex(pc.utf8_lower(texts), r"^mailto:\s*|\?.*$", "")
    addresses = _only(bare, _EMAIL)
    is_role = pc.match_substring_regex(addresses, _ROLE)
    return pc.if_else(is_role, pc.binary_join_element_wise(ROLE, addresses, ":"), addresses)


def _phone(texts: pa.Array, region: str | None) -> pa.Array:
    return _without(_numbers(texts, region), _HIDDEN_CALLER)


def _numbers(texts: pa.Array, region: str | None) -> pa.Array:
    bare = pc.replace_substring_regex(texts, r"^(?i:tel:)\s*", "")
    # The zero in +44 (0)20 is dialled only inside the country.
    spelled = pc.replace_substring_regex(pc.replace_substring_regex(bare, r"\(0\)|\D", ""), "^0+", "")
    compact = pc.binary_join_element_wise("+", spelled, "")
    bare = pc.if_else(pc.match_substring_regex(bare, _INTERNATIONAL_SPELLING), compact, bare)
    is_done = pc.fill_null(pc.match_substring_regex(bare, _E164), False)
    if pc.all(is_done).as_py():
        return bare
    rest = _only(pc.if_else(is_done, _NOTHING, bare), _NATIONAL_SPELLING).dictionary_encode()
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
