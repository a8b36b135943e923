"""The kinds of arrays of the text model: plain numbers, and those that the kernel reads and works in."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bytes: TypeAlias = npt.NDArray[np.uint8]
Kinds: TypeAlias = npt.NDArray[np.int8]
Codes: TypeAlias = npt.NDArray[np.int32]
Integers: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Alphabet: TypeAlias = tuple[Kinds, Codes, Integers]
"""The kind of each character, what it is read as, and an open table of the words for "not"."""
Room: TypeAlias = tuple[Codes, Integers, Integers]
"""For the plain characters, the units, and two rows of tokens of one text."""
Vocabulary: TypeAlias = tuple[Integers, Codes, Codes, Bytes]
"""An open table of tokens, the row of each, rows of weights, and bits by tokens' high bits, few enough for a cache."""
Known: TypeAlias = tuple[Integers, Codes, Integers]
"""An open table of words, at most half full, the row of each, and rows of sums with one to spare."""
