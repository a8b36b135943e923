"""Google Forms: the sheet of answers, whose first column is the time in the sheet's language, form and zone."""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import Asked, kind_of, plain, targets
from etl.sources.surveys.form_words import EMAILS, OWN, SHOWN, TIMESTAMPS
from etl.vocabulary import IdentityKind

TIME = "Timestamp"
WORDS = {word.casefold() for word in TIMESTAMPS}
# Columns of call logs and event tables, which may begin with a timestamp, too.
RECORDS = re.compile(
    r"\b(agents?|queue|caller|callee|calls?|duration|extension|tickets?|event|status|host|ip|session|device|trunk|"
    r"disposition|direction|channel|id|level|url|path)\b",
    re.IGNORECASE,
)
REPEATED = re.compile(r"#\d+$")
# The form's own CSV states an offset (GMT+2) or the short name of a zone.
OFFSETS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "GMT": 0, "UTC": 0}
OFFSETS |= {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "BST": 1, "MSK": 3, "BRT": -3, "JST": 9}


def name_columns(head: Head) -> tuple[str, ...] | None:
    """The header with its first column as Timestamp; None where the table is no sheet of answers."""
    if len(head.columns) < 2 or head.columns[0].strip().casefold() not in WORDS:
        return None
    times = [record[0] for record in head.samples if record and record[0]]
    if not times or not all(SHOWN.fullmatch(time) for time in times[:20]):
        return None
    others = [column.strip() for column in head.columns[1:] if column.strip()]
    is_english = head.columns[0].strip().casefold() == TIME.casefold()
    if is_english and not any("?" in column or " " in column for column in others):
        return None
    if is_english and any(
        "?" not in column and len(column.split()) < 4 and RECORDS.search(column) for column in others
    ):
        return None
    return (TIME, *(column.strip() for column in head.columns[1:]))


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question; what was answered together at one time by one person is one record."""
    asked = [
        Asked(column, text, kind_of(questions, source.name, REPEATED.sub("", text)))
        for place, column in enumerate(head.columns)
        if column not in (TIME, *EMAILS) and column != f"column {place + 1}"
        for text in [plain(column)]
    ]
    emails = [column for column in head.columns if column in EMAILS]
    shared = {"customer_identifier": Field("identity", (emails[0],), identity=IdentityKind.EMAIL)} if emails else {}
    return replace(
        source,
        key=(TIME, *emails, *(question.column for question in asked)),
        event=_event(head),
        targets=targets(asked, shared),
        header_rows=1,
    )


def _event(head: Head) -> Field:
    """A time of the sheet, settled like any other, or one of the form's own CSV, which states its offset."""
    times = [record[0] or "" for record in head.samples[1:20] if record]
    if not any(OWN.fullmatch(time) for time in times):
        return Field("when", (TIME,))
    text = f'trim("{TIME}")'
    clock = f"regexp_replace(regexp_extract({text}, '^(\\S+ \\S+ \\S+)', 1), '\\.', '', 'g')"
    local = f"try_strptime({clock}, '%Y/%m/%d %I:%M:%S %p')"
    zone = f"regexp_extract({text}, '(\\S+)$', 1)"
    named = " ".join(f"WHEN '{name}' THEN {hours * 60}" for name, hours in OFFSETS.items())
    digits = f"regexp_extract({zone}, '[+-]\\d{{1,2}}', 0)"
    minutes = f"coalesce(try_cast(regexp_extract({zone}, ':(\\d{{2}})', 1) AS INTEGER), 0)"
    stated = (
        f"CASE WHEN {digits} <> '' THEN CAST({digits} AS INTEGER) * 60 + "
        f"CASE WHEN {digits} LIKE '-%' THEN -{minutes} ELSE {minutes} END END"
    )
    offset = f"coalesce({stated}, CASE upper({zone}) {named} END)"
    instant = f"{local} - to_minutes({offset})"
    return Field("sql", (TIME,), expression=instant, expected="a date and time with its zone", states_zone=True)


SOURCE = Source(
    name="google_forms",
    title="Google Forms answers",
    form="table",
    required=(),
    key=(TIME,),
    is_known_by_nature=True,
    event=Field("when", (TIME,)),
    targets=(),
    name_columns=name_columns,
    specialise=complete,
)
