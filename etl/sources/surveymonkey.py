"""SurveyMonkey tables: question texts over two header rows, one row a respondent; and the numbered columns q0001 ….

An English export writes the month first, whatever the country; of one in another language the dates must tell.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from etl.errors import FileRefused
from etl.sources.base import Field, Head, Questions, Source
from etl.sources.surveys.answers import NO_ANSWER, Asked, kind_of, plain, targets
from etl.sources.surveys.surveymonkey_words import ALIASES, NPS_GROUPS, PARTIAL, WHOLE, WORDS
from etl.sources.surveys.tables import is_0_to_10, values_of
from etl.sources.texts import literal, quoted
from etl.vocabulary import IdentityKind, ResponseKind

ENGLISH_IDS = ("Respondent ID", "RespondentID", "respondent_id")
METADATA = (*ALIASES, "Respondent", "Custom Data 2", "Custom Data 3", "Custom Data 4", "Custom Data 5", "weight")
# Numbered exports say of an option that was not chosen, and of a question that was not put, that it was not.
NOT_CHOSEN = (*NO_ANSWER, "NA", "Not selected", "Not Selected", "No answer")
NUMBERED = re.compile(r"q\d{4}(_\d{4})*")


def complete(source: Source, head: Head, questions: Questions) -> Source:
    """The source with one target per question of this file and its header rows.

    Raises FileRefused for a file in which nothing says when a respondent answered.
    """
    own = {ours: name for ours, name in ((ours, _own(head, ours)) for ours in ALIASES) if name}
    if not {"Start Date", "End Date"} & set(own):
        raise FileRefused(
            "found no Start Date and no End Date, so nothing says when anybody answered; expected both. "
            "Export the responses again with their dates (Save As, All responses data)."
        )
    parts: set[str] = set()
    numbered = [column for column in head.columns if NUMBERED.fullmatch(column)]
    second = _second_row(head, own.get("Respondent ID", head.columns[0]))
    if numbered:
        asked = [Asked(column, column, questions.kind(source.name, column)) for column in numbered]
    else:
        asked = list(_asked(head, second, questions, source.name))
        parts = {question.column for question in asked}
        asked = _with_scores(asked, replace(head, samples=head.samples[bool(second) :]), questions, source.name)
    known = own.get("Respondent ID")
    is_unnamed = known is None
    return replace(
        source,
        key=(head.columns[0], "Start Date") if is_unnamed else ("Respondent ID",),
        # Who left before the end has no end.
        event=Field("when", tuple(name for name in ("End Date", "Start Date") if name in own), is_either=True),
        targets=targets(asked, _shared_fields(own, head), NOT_CHOSEN if numbered else NO_ANSWER),
        day_first=source.day_first if known in (None, *ENGLISH_IDS) else None,
        ignored=(*source.ignored, *sorted(parts - {question.column for question in asked})),
        header_rows=2 if second else 1,
    )


def _own(head: Head, ours: str) -> str | None:
    return next((name for name in (ours, *ALIASES[ours]) if name in head.columns), None)


def _second_row(head: Head, known: str) -> list[str]:
    """The second header row; empty where the row under the first is a respondent already."""
    if not head.samples:
        return []
    row = [cell or "" for cell in head.samples[0]] + [""] * len(head.columns)
    return [] if row[head.columns.index(known)].strip() else row[: len(head.columns)]


def _asked(head: Head, second: list[str], questions: Questions, source: str) -> list[Asked]:
    """The questions: an option's column has no name of its own and belongs to the question on its left."""
    asked = []
    question = ""
    metadata = {*METADATA, *(name for names in ALIASES.values() for name in names)}
    for place, column in enumerate(head.columns):
        option = plain(second[place]) if second else ""
        is_unnamed = column == f"column {place + 1}"
        if column in metadata or (is_unnamed and not question):
            question = ""
            continue
        question = question if is_unnamed else plain(re.sub(r"#\d+$", "", column))
        is_one = not option or option in WHOLE or WORDS.search(option)
        text = question if is_one and not _is_other(option) else f"{question} - {option}"
        proven = ResponseKind.TEXT if WORDS.search(option) else None
        asked.append(Asked(column, text, kind_of(questions, source, text, proven=proven)))
    return asked


def _is_other(option: str) -> bool:
    """Whether a free text stands beside the options of a question, not for itself."""
    return bool(WORDS.search(option)) and "(" in option


def _with_scores(asked: list[Asked], records: Head, questions: Questions, source: str) -> list[Asked]:
    """The same; where a question's parts are a group of NPS and a score from 0 to 10, the score alone, which it proves.

    The group says nothing that the score does not.
    """
    values = {question.column: values_of(records, question.column) for question in asked}
    found: list[Asked] = []
    skipped: set[str] = set()
    for left, right in pairwise(asked):
        pair = (left, right) if _are_groups(values[left.column]) else (right, left)
        group, score = pair
        is_one = _question(left.text) == _question(right.text)
        if is_one and _are_groups(values[group.column]) and is_0_to_10(values[score.column]):
            text = _question(score.text)
            found.append(Asked(score.column, text, kind_of(questions, source, text, proven=ResponseKind.NPS)))
            skipped |= {left.column, right.column}
    return [*(question for question in asked if question.column not in skipped), *found]


def _question(text: str) -> str:
    return text.rsplit(" - ", 1)[0]


def _are_groups(values: list[str]) -> bool:
    return bool(values) and all(NPS_GROUPS.fullmatch(value) for value in values)


def _shared_fields(own: Mapping[str, str], head: Head) -> dict[str, Field]:
    """Who answered, and whether to the end: the file says so, or who did not has no end."""
    shared = {}
    if "Email Address" in own:
        shared["customer_identifier"] = Field("identity", ("Email Address",), identity=IdentityKind.EMAIL)
    if "Response Status" in own:
        partial = ", ".join(literal(word) for word in PARTIAL)
        is_whole = f"lower(trim(coalesce({quoted('Response Status')}, 'completed'))) NOT IN ({partial})"
        shared["is_counted"] = Field("sql", ("Response Status",), expression=is_whole)
    elif "End Date" in own and values_of(replace(head, samples=head.samples[1:]), own["End Date"]):
        shared["is_counted"] = Field("sql", ("End Date",), expression="coalesce(trim(\"End Date\") <> '', FALSE)")
    return shared


SOURCE = Source(
    name="surveymonkey",
    title="SurveyMonkey surveys",
    form="table",
    required=("Respondent ID", "Start Date"),
    signatures=(
        ("Respondent ID", "End Date"),
        ("RespondentID",),
        ("Respondent ID", "Collector ID"),
        ("Start Date", "End Date", "q0001", "q0002"),
    ),
    optional=("Response Status",),
    ignored=tuple(dict.fromkeys([*METADATA, *(name for names in ALIASES.values() for name in names)])),
    aliases=ALIASES,
    key=("Respondent ID",),
    event=Field("when", ("End Date",)),
    targets=(),
    day_first=False,
    header_rows=2,
    specialise=complete,
)
