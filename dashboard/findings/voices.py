"""What posts say, as tables: quotes of causes, how right told causes are, themes without a cause, and campaigns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dashboard import format
from dashboard.blocks import Block, Note
from dashboard.strings import voices as words
from dashboard.tables import Column, Table
from etl.analysis.voices.campaigns import campaigns
from etl.analysis.voices.correctness import Quality, Share, quality_of
from etl.analysis.voices.posts import METRIC, Post, posts_of, told_to_us
from etl.analysis.voices.quotes import Quotes, quotes
from etl.analysis.voices.themes import Found, themes
from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Unit

MOST_CAUSES = 5
MOST_CAMPAIGNS = 10


def voices(ask: Ask, period: Period, where: Where) -> tuple[Block, ...]:
    """The tables; nothing where the filter is none of posts, no quotes and themes where none of them is negative."""
    posts = heard(ask, period, where)
    found = themes(posts)
    quoted = [quotes(posts, cause) for cause in most_written(posts)]
    shown: list[Block] = [_quotes(quoted)] if quoted else []
    about = (*shown, _correctness(quality_of(ask)), *_themes(found)) if found.negative else ()
    return (*about, *_campaigns(posts))


def campaigns_behind(ask: Ask, metric: Metric, period: Period, where: Where) -> tuple[Block, ...]:
    """The campaigns of the period, where the metric is one that is told with and without them."""
    return _campaigns(posts_of(ask, period, where)) if METRICS[metric.base_name].told_beside else ()


def _campaigns(posts: Sequence[Post]) -> tuple[Block, ...]:
    found = campaigns(posts)
    if not found:
        return ()
    counts = sum(each.posts for each in found), len(posts), len(found), found[0].people
    titles = words.CAMPAIGN_COLUMNS
    columns = (Column(titles[0]), Column(titles[1], Unit.COUNT), Column(titles[2], Unit.COUNT), Column(titles[3]))
    rows = tuple(
        (each.text, each.people, each.posts, format.day(each.first_day, has_weekday=False))
        for each in found[:MOST_CAMPAIGNS]
    )
    title = words.campaigns(*(format.count(count) for count in counts), is_one=len(found) == 1)
    return (Table(title, columns, rows, words.CAMPAIGNS_NOTE),)


def heard(ask: Ask, period: Period, where: Where) -> tuple[Post, ...]:
    """The posts of a period; none where the filter is not one of posts."""
    is_of_posts = {dimension for dimension, _ in where} <= set(METRICS[METRIC].dimensions)
    return posts_of(ask, period, where) if is_of_posts else ()


def typical_table(ask: Ask, period: Period, where: Where, causes: Iterable[str]) -> Table | None:
    """What is typical of the words about each of the first causes, in public and to us; None where nobody wrote."""
    public = heard(ask, period, where)
    known = {post.key for post in public}
    posts = (*public, *(post for post in told_to_us(ask, period, where) if post.key not in known))
    found = [each for cause in dict.fromkeys(causes) if (each := quotes(posts, cause)).typical][:MOST_CAUSES]
    titles = words.QUOTE_COLUMNS
    columns = (Column(titles[0]), Column(titles[1], Unit.COUNT), Column(titles[2]))
    rows = tuple((each.cause, each.people, each.typical.text) for each in found if each.typical)
    return Table(words.QUOTES, columns, rows, words.TYPICAL_NOTE) if rows else None


def most_written(posts: Sequence[Post]) -> list[str]:
    """The causes that most people write about in anger."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    for post in posts:
        if post.tone == -1 and post.cause:
            people[post.cause].add(post.person)
    return sorted(people, key=lambda cause: (-len(people[cause]), cause))[:MOST_CAUSES]


def _quotes(quoted: Sequence[Quotes]) -> Table:
    titles = words.QUOTE_COLUMNS
    columns = (Column(titles[0]), Column(titles[1], Unit.COUNT), *(Column(title) for title in titles[2:]))
    rows = tuple(
        (each.cause, each.people, *(post.text if post else None for post in (each.typical, each.severe, each.positive)))
        for each in quoted
    )
    return Table(words.QUOTES, columns, rows, words.QUOTES_NOTE)


def _correctness(found: Quality) -> Block:
    """Precision and recall of each cause that a label speaks of; of all texts, whatever the page is filtered by."""
    if not found.labels:
        return Note(words.NOT_LABELLED)
    units = (None, Unit.COUNT, Unit.SHARE, None, Unit.COUNT, Unit.SHARE, None)
    columns = tuple(Column(title, unit) for title, unit in zip(words.CORRECTNESS_COLUMNS, units, strict=True))
    rows = tuple(
        (
            each.cause, each.told, each.precision.value, _range(each.precision),
            each.labelled, each.recall.value, _range(each.recall),
        )
        for each in found.causes
        if each.told or each.labelled
    )  # fmt: skip
    right = format.value(found.right.value, Unit.SHARE)
    title = words.correctness(right, _range(found.right), format.count(found.labels))
    return Table(title, columns, rows, words.CORRECTNESS_NOTE)


def _range(share: Share) -> str:
    return format.interval(share.low, share.high, Unit.SHARE)


def _themes(found: Found) -> tuple[Block, ...]:
    title = words.themes(format.count(found.uncategorised), format.count(found.negative))
    if not found.themes:
        return (Note(f"{title}. {words.NO_THEME}"),) if found.uncategorised else ()
    titles = words.THEME_COLUMNS
    columns = (Column(titles[0]), Column(titles[1], Unit.COUNT), Column(titles[2], Unit.COUNT), Column(titles[3]))
    rows = tuple((each.term, each.authors, each.posts, each.examples[0].text) for each in found.themes)
    return (Table(title, columns, rows, words.THEMES_NOTE),)
