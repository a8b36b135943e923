"""Typeform tables: one row a response, its questions as HTML in the header, its times in UTC."""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import Asked, kind_of, plain, targets

START, SUBMIT, STAGE = "Start Date (UTC)", "Submit Date (UTC)", "Stage Date (UTC)"
METADATA = ("#", "Response Type", START, STAGE, SUBMIT, "Network ID", "Tags", "Ending", "Response ID", "Score", "score")
ALIASES = {SUBMIT: ("Fecha de envío (UTC)",), START: ("Fecha de entrada (UTC)", "Fecha de inicio (UTC)")}
NAMES = {*METADATA, *(name for names in ALIASES.values() for name in names)}
REPEATED = re.compile(r"#\d+$")


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question of this file; one that was not handed in is dated by its last stage."""
    asked = [
        Asked(column, text, kind_of(questions, source.name, REPEATED.sub("", text)))
        for column in head.columns
        if column not in NAMES and not re.fullmatch(r"column \d+", column)
        for text in [plain(column) or column]
    ]
    shared = {}
    event = Field("when", (SUBMIT,))
    if "Response Type" in head.columns or STAGE in head.columns:
        stages = (SUBMIT, STAGE, START)
        found = ", ".join(f"try_cast(nullif(trim(\"{name}\"), '') AS TIMESTAMP)" for name in stages)
        event = Field("sql", stages, expression=f"coalesce({found})", expected="a date and time")
        is_whole = (
            "coalesce(lower(\"Response Type\") IN ('completed', 'complete'), trim(\"Submit Date (UTC)\") <> '', FALSE)"
        )
        shared["is_counted"] = Field("sql", ("Response Type", SUBMIT), expression=is_whole)
    return replace(source, targets=targets(asked, shared), event=event)


SOURCE = Source(
    name="typeform_csv",
    title="Typeform surveys (table)",
    form="table",
    required=("#", SUBMIT),
    ignored=METADATA,
    aliases=ALIASES,
    key=("#",),
    event=Field("when", (SUBMIT,)),
    targets=(),
    zone="UTC",
    specialise=complete,
)
