"""What each character is to the text model, and which one it is read as: two tables by code point."""

from functools import cache

import numpy as np
import numpy.typing as npt

CODES = 1 << 16
OTHER, LETTER, CLAUSE_END, APOSTROPHE, MARK, AT, EYES, IDEOGRAPH, SYMBOL = range(9)
# Beyond the tables: pictures lie in these planes' first part, rare ideographs in the rest.
FIRST_PICTURE, AFTER_PICTURES = 0x1F000, 0x20000

_SIGNS = {CLAUSE_END: ",.()、。", APOSTROPHE: "'`’‘", MARK: "!?", AT: "@", EYES: ":;="}
_SPACELESS = ((0x0E00, 0x0E7F), (0x3040, 0x30FF), (0x3400, 0x9FFF))
_PICTURES = (0x2600, 0x27BF)


@cache
def kinds() -> npt.NDArray[np.int8]:
    """The kind of each character of the first plane."""
    found = np.fromiter((LETTER if chr(code).isalnum() else OTHER for code in range(CODES)), np.int8, CODES)
    for first, last in _SPACELESS:
        found[first : last + 1][found[first : last + 1] == LETTER] = IDEOGRAPH
    found[_PICTURES[0] : _PICTURES[1] + 1] = SYMBOL
    for kind, signs in _SIGNS.items():
        found[[ord(sign) for sign in signs]] = kind
    return found


@cache
def plain() -> npt.NDArray[np.int32]:
    """Each character of the first plane in lower case, a digit as 0; what has no single lower one as it is."""
    lower = [chr(code).lower() if not 0xD800 <= code < 0xE000 else "" for code in range(CODES)]
    found = np.array([ord(sign) if len(sign) == 1 else code for code, sign in enumerate(lower)], np.int32)
    found[ord("0") : ord("9") + 1] = ord("0")
    return found
