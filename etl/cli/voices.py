"""`cx themes` and `cx quotes`: what posts say that no cause explains, and posts that speak for a cause."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, say

if TYPE_CHECKING:
    from etl.analysis.voices.posts import Post

PeriodOption = Annotated[str, typer.Option("--period", metavar="P", help="2026-03-04, 2026-W10, 2026-03, 2026-Q1…")]


def themes(
    period: PeriodOption, where: Filter = None, as_json: AsJson = False, data: DataFolder = DEFAULT_DATA
) -> None:
    """List new themes: what negative posts without a cause, of at least 5 people, speak of more than others do."""
    from etl.analysis.voices.themes import themes as themes_of

    found = themes_of(_posts(period, where, data))
    if as_json:
        rows = [
            {
                "theme": each.term, "authors": each.authors, "posts": each.posts, "z": each.z,
                "examples": [_quoted(post) for post in each.examples],
            }
            for each in found.themes
        ]  # fmt: skip
        print_json({"negative": found.negative, "uncategorised": found.uncategorised, "themes": rows})
        return
    say(f"{found.uncategorised} of {found.negative} negative posts have no cause.")
    print_table(
        ("theme", "authors", "posts", "z", "example"),
        [(each.term, each.authors, each.posts, round(each.z, 1), each.examples[0].text) for each in found.themes],
    )


def quotes(
    cause: Annotated[str, typer.Argument(metavar="CAUSE", help="A cause, recorded or told by words.")],
    period: PeriodOption,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Quote posts that speak for a cause: the typical one, the most severe, and a positive one."""
    from etl.analysis.voices.quotes import quotes as quotes_of
    from etl.errors import unknown

    posts = _posts(period, where, data)
    causes = {post.cause for post in posts if post.cause}
    if causes and cause not in causes:
        raise unknown("cause", cause, causes, f"posts of {period}")
    found = quotes_of(posts, cause)
    kinds = {"typical": found.typical, "severe": found.severe, "positive": found.positive}
    if as_json:
        quoted = {kind: _quoted(post) if post else None for kind, post in kinds.items()}
        print_json({"cause": cause, "posts": found.posts, "people": found.people, **quoted})
    else:
        print_facts((kind, post.text if post else "none") for kind, post in kinds.items())


def _posts(period: str, where: list[str] | None, data: Any) -> "tuple[Post, ...]":
    from etl.analysis.voices.posts import posts_of
    from etl.cli.ask import filters
    from etl.metrics.ask import open_ask

    ask = open_ask(settings_of(data))
    return posts_of(ask, ask.calendar.parse(period), filters(where or (), ask))


def _quoted(post: "Post") -> dict[str, Any]:
    return {"record_key": post.key, "day": post.day, "text": post.text, "intensity": post.intensity}
