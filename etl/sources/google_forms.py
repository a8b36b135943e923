"""Google Forms: the sheet of answers, whose first column is the time in the sheet's language, form and zone."""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import Asked, kind_of, plain, recommends_employer, targets
from etl.sources.surveys.form_words import EMAILS, OWN, REWRITES, TIME, form_columns
from etl.sources.surveys.tables import is_0_to_10, values_of
from etl.vocabulary import IdentityKind, ResponseKind

REPEATED = re.compile(r"#\d+$")
# The form's own CSV states an offset (GMT+2) or the short name of a zone.
OFFSETS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "GMT": 0, "UTC": 0}
OFFSETS |= {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "BST": 1, "MSK": 3, "BRT": -3, "JST": 9}


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question; what was answered together at one time by one person is one record."""
    asked = [
        Asked(column, text, kind_of(questions, source.name, REPEATED.sub("", text), proven=_proven(column, head)))
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


def _proven(column: str, head: Head) -> str | None:
    """A recommendation of the employer from 0 to 10 is eNPS; no other question shows what it measures."""
    if not recommends_employer(column):
        return None
    records = replace(head, samples=head.samples[1:])
    return ResponseKind.ENPS if is_0_to_10(values_of(records, column)) else None


def _event(head: Head) -> Field:
    """A time of the sheet, settled like any other, or one of the form's own CSV, which states its offset."""
    times = [record[0] or "" for record in head.samples[1:20] if record]
    if not any(OWN.fullmatch(time) for time in times):
        is_other = any(re.search(pattern, time) for time in times for pattern, _ in REWRITES)
        return Field("when", (TIME,), rewrites=REWRITES if is_other else ())
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
    name_columns=form_columns,
    specialise=complete,
)
