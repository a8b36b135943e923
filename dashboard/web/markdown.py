"""Makes text literal where Streamlit would read it as markdown."""

import re

JOINER = "\u2060"
"""Word joiner: invisible and without width. Streamlit and its markdown extensions search the text itself, after
backslashes are gone, for shortcodes, arrows and addresses; only another character keeps them from matching."""

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=:@\"'/])")
_SEARCHED = re.compile(r"(?<=:)(?=[\w+\-/])|(?<=@)(?=\w)|(?<=\bwww)(?=\.)|(?<=[<~\->])(?=[\-=>])", re.IGNORECASE)
_BREAKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")


def literal(text: str) -> str:
    """The text on one line so that markdown shows each of its characters and interprets none.

    `**b**`, `[a](b)`, `![](http://x)`, `:material/x:`, `$x$`, `<b>` and `->` all appear as written.
    """
    joined = _SEARCHED.sub(JOINER, _BREAKS.sub(" ", text).strip())
    return _PUNCTUATION.sub(r"\\\1", joined)
