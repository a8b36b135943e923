"""Text from data is shown literally, never as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.web.markdown import JOINER, literal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![](http://x)", rf"\!\[\]\(http\:{JOINER}\/\/x\)"),
        (":material/x:", rf"\:{JOINER}material\/x\:"),
        ("$x$", r"\$x\$"),
        ("**b**", r"\*\*b\*\*"),
        ("[a](b)", r"\[a\]\(b\)"),
        ("<b>", r"\<b\>"),
        ("a -> b", rf"a \-{JOINER}\> b"),
        ("www.x.org", rf"www{JOINER}\.x\.org"),
        ("me@x.org", rf"me\@{JOINER}x\.org"),
        ("1\u202f204 calls", "1\u202f204 calls"),
        ("two\n\nlines\u2028more", "two lines more"),
    ],
)
def test_markdown_stays_text(text: str, shown: str) -> None:
    assert literal(text) == shown


@given(st.text())
def test_nothing_but_breaks_and_space_is_lost(text: str) -> None:
    plain = literal(text).replace(JOINER, "").replace("\\", "")
    assert plain.split() == text.replace(JOINER, "").replace("\\", "").split()


@given(st.text())
def test_every_mark_of_markdown_is_escaped(text: str) -> None:
    shown = literal(text)
    marks = [place for place, sign in enumerate(shown) if sign in "*_`[]<>$#!|~&"]
    assert all((len(shown[:place]) - len(shown[:place].rstrip("\\"))) % 2 == 1 for place in marks)
