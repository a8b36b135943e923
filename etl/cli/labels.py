"""`cx label`: texts to label by hand, the labels, and how right by them the causes are that words tell."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say

if TYPE_CHECKING:
    from etl.analysis.voices.correctness import CauseQuality, Share
    from etl.analysis.voices.posts import Post
    from etl.config import Settings
    from etl.metrics.answer import Ask

LISTED = ("text_id", "day", "label", "author", "text")
JUDGED = ("cause", "posts", "told", "precision", "from", "to", "labelled", "recall", "from", "to")


def label(
    text: Annotated[str | None, typer.Argument(metavar="TEXT_ID", help="A text of the list, to label it.")] = None,
    cause: Annotated[str, typer.Option("--cause", metavar="CAUSE", help="What it tells; none where nothing.")] = "",
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who read it; you by default.")] = "",
    drop: Annotated[bool, typer.Option("--drop", help="Take the text's label back.")] = False,
    period: Annotated[
        str | None, typer.Option("--period", metavar="P", help="Of which week (or day, month…) to list texts.")
    ] = None,
    size: Annotated[int, typer.Option("--size", metavar="N", min=1, help="List at most so many texts.")] = 60,
    quality: Annotated[
        bool, typer.Option("--quality", help="Say how right the told causes are by the labels.")
    ] = False,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List a sample of texts to label by hand, label one, or say how right the causes are that words tell.

    The sample, of the last complete week by default, is always the same; what words tell is not shown with it, so that
    nobody is led. Labels are kept with their author.
    """
    from etl.errors import UserError
    from etl.labels import drop_label
    from etl.metrics.ask import open_ask

    settings = settings_of(data)
    if text is None and (cause or drop):
        raise UserError("label: names no text; expected the id of one that cx label lists before --cause or --drop.")
    if text is not None and not cause and not drop:
        raise UserError(f"text {text!r}: needs --cause, what it tells (none where nothing), or --drop.")
    if text is not None and drop:
        drop_label(settings.folders, text, author or getuser())
        print_json({"text_id": text, "label": None}) if as_json else say(f"Taken back: the label of {text}.")
    elif text is not None:
        _keep(settings, text, cause, author or getuser())
        print_json({"text_id": text, "label": cause}) if as_json else say(f"Kept: {text} tells {cause}.")
    elif quality:
        _print_quality(open_ask(settings), as_json)
    else:
        _print_sample(open_ask(settings), period, size, as_json)


def _keep(settings: "Settings", text: str, cause: str, author: str) -> None:
    """Keep a label of a text that is there, with a cause that words can tell."""
    from etl.analysis.voices.posts import posts_of
    from etl.enrich.causes.kept import labels_for
    from etl.errors import UserError, unknown
    from etl.labels import NO_CAUSE, day_of_text, keep_label, text_id
    from etl.metrics.ask import open_ask
    from etl.vocabulary import Grain

    ask = open_ask(settings)
    posts = posts_of(ask, ask.calendar.period_of(day_of_text(text), Grain.DAY))
    if text not in {text_id(post.day, post.key) for post in posts}:
        raise UserError(f"text {text!r}: is not among the posts of its day; expected an id that cx label lists.")
    known = labels_for(settings.folders, {post.told for post in posts if post.told})
    if cause not in (*known, NO_CAUSE):
        raise unknown("cause", cause, (*known, NO_CAUSE), "--cause")
    keep_label(settings.folders, text, None if cause == NO_CAUSE else cause, author)


def _print_sample(ask: "Ask", period: str | None, size: int, as_json: bool) -> None:
    from etl.analysis.voices.labelling import sample
    from etl.analysis.voices.posts import posts_of
    from etl.errors import CheckFailed
    from etl.vocabulary import Grain

    if period:
        chosen = ask.calendar.parse(period)
    elif ask.as_of:
        chosen = ask.calendar.last_complete(ask.as_of, Grain.WEEK)
    else:
        raise CheckFailed("label: no source has a complete day yet; expected --period to say of which one.")
    posts = posts_of(ask, chosen)
    rows = _listed(ask, sample(posts, size))
    if as_json:
        print_json({"period": chosen.key, "posts": len(posts), "texts": rows})
        return
    say(f"{chosen.key}: {len(rows)} of {len(posts)} posts; cx label TEXT_ID --cause CAUSE labels one.")
    print_table(LISTED, [[row[name] for name in LISTED] for row in rows])


def _listed(ask: "Ask", posts: "tuple[Post, ...]") -> list[dict[str, Any]]:
    from etl.labels import NO_CAUSE, text_id

    labels = {label.text_id: label for label in ask.labels}
    rows: list[dict[str, Any]] = []
    for post in posts:
        name = text_id(post.day, post.key)
        given = labels.get(name)
        said = (given.cause or NO_CAUSE, given.author) if given else (None, None)
        rows.append({"text_id": name, "day": post.day, "label": said[0], "author": said[1], "text": post.text})
    return rows


def _print_quality(ask: "Ask", as_json: bool) -> None:
    from etl.analysis.voices.correctness import quality_of

    found = quality_of(ask)
    if as_json:
        print_json(
            {
                "labels": found.labels, "not_found": found.not_found, "posts": found.posts,
                "right": _interval(found.right), "causes": [_judged(each) for each in found.causes],
            }
        )  # fmt: skip
    elif not found.labels:
        say("Not labelled yet: cx label lists texts to label.")
    else:
        value, low, high = _numbers(found.right)
        say(f"{found.labels} labelled; right in {value} ({low} to {high}) of {found.posts} posts.")
        print_table(JUDGED, [_line(each) for each in found.causes])


def _judged(each: "CauseQuality") -> dict[str, Any]:
    return {
        "cause": each.cause, "posts": each.posts, "told": each.told, "precision": _interval(each.precision),
        "labelled": each.labelled, "recall": _interval(each.recall),
    }  # fmt: skip


def _line(each: "CauseQuality") -> list[object]:
    return [each.cause, each.posts, each.told, *_numbers(each.precision), each.labelled, *_numbers(each.recall)]


def _numbers(share: "Share") -> list[object]:
    return [rounded(share.value), rounded(share.low), rounded(share.high)]


def _interval(share: "Share") -> dict[str, float | None]:
    return {"value": share.value, "low": share.low, "high": share.high}
