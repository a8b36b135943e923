"""Labelled Trustpilot reviews of bus and rail: a public table of German reviews with a row number for an id."""

from etl.sources.base import Field, Source, Target

# `rating` is no number of stars: it holds 0, 1 and 2, and reviews that speak of four stars have 1, complaints 2.
# 1 is positive, 2 negative, 0 neutral [I, read from some hundred texts]; a star rating is not in the file.
SENTIMENT = {"1": "positive", "2": "negative", "0": "neutral"}
PRODUCT = " ".join(f"WHEN \"{name}\" = '1' THEN '{name}'" for name in ("flixbus", "bahn", "blablacar"))

SOURCE = Source(
    name="trustpilot_labelled",
    title="Labelled Trustpilot reviews",
    form="table",
    required=("username", "time", "date", "tweet", "flixbus", "bahn", "blablacar", "rating"),
    optional=("country",),
    ignored=("column 1", "city", "source"),
    # The row number is the file's own; a name and a second are the review's.
    key=("username", "date", "time"),
    is_known_by_nature=True,
    event=Field("when", ("date", "time")),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="trustpilot"),
                "recorded_sentiment": Field("code", ("rating",), map=SENTIMENT),
                "product": Field("sql", ("flixbus", "bahn", "blablacar"), expression=f"CASE {PRODUCT} END"),
                "region": Field("text", ("country",)),
                "verbatim": Field("verbatim", ("tweet",)),
            },
        ),
    ),
)
