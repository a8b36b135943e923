"""App Store reviews as scrapers list them in tables; most of them without an id."""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target

# The reply stands in one cell as a Python dictionary: {'id': 1, 'body': "…", 'modified': '2021-03-04T05:06:07Z'}.
MODIFIED = r"""["']modified["']\s*:\s*["']([^"']*)["']\s*\}\s*$"""
REPLIED = (
    f"timezone('UTC', try_cast(regexp_extract(\"developerResponse\", '{MODIFIED.replace(chr(39), chr(39) * 2)}', 1) "
    "AS TIMESTAMPTZ))"
)


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source known by its id where the scraper wrote one, else by who wrote and when."""
    del questions
    has_id = any(name in head.columns for name in ("id", "review_id", "reviewId"))
    return replace(source, key=("id",), is_known_by_nature=False) if has_id else source


SOURCE = Source(
    name="app_store",
    title="App Store reviews",
    form="table",
    required=("date", "rating", "review", "userName", "title", "isEdited"),
    signatures=(
        ("date", "rating", "review", "userName", "title", "developerResponse"),
        ("date", "rating", "review", "userName", "title"),
        ("id", "date", "user_name", "title", "content", "rating", "app_version"),
        ("id", "userName", "userUrl", "version", "score", "title", "text", "updated"),
    ),
    aliases={
        "id": ("review_id", "reviewId"),
        "date": ("updated",),
        "rating": ("score",),
        "review": ("content", "text"),
        "userName": ("user_name",),
        "app": ("app_name", "appName", "app_id", "appId"),
    },
    optional=("app", "id"),
    ignored=(
        "Unnamed: 0", "column 1", "app_version", "country", "developerResponse", "developer_response", "isEdited",
        "index", "url", "userUrl", "version",
    ),
    key=("userName", "date"),
    is_known_by_nature=True,
    event=Field("when", ("date",)),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="app_store"),
                "rating": Field("rating", ("rating",), low=1, high=5),
                "answered_at": Field("sql", ("developerResponse",), expression=REPLIED, expected="a dated reply"),
                "product": Field("text", ("app",)),
                "verbatim": Field("verbatim", ("title", "review")),
            },
        ),
    ),
    # app-store-scraper cuts the Z off the store's times, which are UTC.
    zone="UTC",
    specialise=complete,
)  # fmt: skip
