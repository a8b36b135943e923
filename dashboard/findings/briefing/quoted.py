"""In their words: what customers wrote about the causes that most of them are angry about."""

from dashboard import format
from dashboard.blocks import Section
from dashboard.findings.voices import heard, most_written
from dashboard.strings import voices as words
from etl.analysis.voices.posts import Post
from etl.analysis.voices.quotes import LONGEST, quotes
from etl.calendar import Period
from etl.metrics.answer import Ask, Where

MOST_QUOTES = 2


def quoted(ask: Ask, period: Period, where: Where) -> Section | None:
    """The typical post of each of these causes, as it was written, on one line; None where nobody wrote about one."""
    posts = heard(ask, period, where)
    found = [quotes(posts, cause) for cause in most_written(posts)[:MOST_QUOTES]]
    sentences = [
        words.quoted(each.cause, format.count(each.people), _line(each.typical), is_one=each.people == 1)
        for each in found
        if each.typical
    ]
    return Section(words.IN_THEIR_WORDS, tuple(sentences)) if sentences else None


def _line(post: Post) -> str:
    """The post on one line; a very long one is cut."""
    text = " ".join(post.text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
