"""HTML as the plain text that a person reads."""

import re
from html.parser import HTMLParser

UNREAD = ("script", "style", "head", "title")
LINES = (
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
)  # fmt: skip
SPACES = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile(r"\s*\n\s*")


class _Reader(HTMLParser):
    """Collects what is read aloud, with a line end around each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unread = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the parser hands them over)
        if tag in UNREAD and not self.unread:
            self.unread = tag
        if tag in LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unread:
            self.unread = ""
        if tag in LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(SPACES.sub(" ", data.replace("\n", " ")))


def plain_text(html: str | None) -> str | None:
    """The text of some HTML, one line a paragraph; a text without markup stays as it is, nothing is None."""
    if not html or ("<" not in html and "&" not in html):
        return html or None
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return LINE_ENDS.sub("\n", SPACES.sub(" ", "".join(reader.parts))).strip() or None
