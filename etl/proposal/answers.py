"""The lines of answered survey questions: one target a question, scored where its scale is proven."""

from typing import Any

from etl.proposal.codes import text_line, text_lines
from etl.proposal.draft import Line, Section
from etl.proposal.facts import Facts, is_filled
from etl.proposal.people import customer_lines
from etl.proposal.roles import Named
from etl.proposal.scales import Scale, rating, scale_of
from etl.proposal.words import folded
from etl.sources.base import normalised

CODE_FIELDS = ("topic", "category", "label", "product", "region", "segment", "language", "queue")
FEWEST_POINTS, MOST_POINTS = 3, 10
SCORED = ("nps", "enps", "csat", "ces", "stars", "score")


def answer_sections(facts: Facts, with_leg: bool) -> list[Section]:
    """One section a scored question, and one for each text beside them; a leg of the same record says who answered."""
    shared = [] if with_leg else _shared(facts)
    long = _long(facts, shared)
    if long:
        return [long]
    sections = [_scored(named, facts, shared) for named in facts.roles.all(*SCORED)]
    sections += [] if with_leg else [_scored(named, facts, shared) for named in _unnamed(facts)]
    texts = [named for named in facts.roles.all("verbatim", "reply") if named.role == "verbatim"]
    if with_leg:
        texts = texts[:0] if len(texts) < 2 else texts[1:]
    return [*sections, *(_worded(named, shared) for named in texts)]


def _shared(facts: Facts) -> list[Line]:
    """What is the same for all answers of a record."""
    return [*_named_contact(facts), *customer_lines(facts), *text_lines(facts, CODE_FIELDS)]


def _named_contact(facts: Facts) -> list[Line]:
    """The id of the contact that an answer is about, where the file names one."""
    ids = facts.roles.all("id", "conversation")
    contact = [
        named
        for named in ids
        if {"call", "ticket", "case", "conversation", "interaction"} & set(folded(named.name).split())
    ]
    if not contact:
        return []
    return [Line("named_contact", contact[-1].name, "the contact that the answer names")]


def _unnamed(facts: Facts) -> list[Named]:
    """Columns in no role whose few whole numbers may be points: a survey's other questions."""
    taken = {named.name for named in facts.roles.named}
    free = [column for column in facts.roles.columns if column.name not in taken and column.is_code and column.is_whole]
    return [
        Named(column, "score", 0.0)
        for column in free
        if (column.low or 0) >= 0 and FEWEST_POINTS <= (column.high or 0) <= MOST_POINTS and column.distinct > 2
    ]


def _question(named: Named) -> Line:
    return Line("question", {"kind": "constant", "value": normalised(named.name)}, "the column's name")


def _scored(named: Named, facts: Facts, shared: list[Line]) -> Section:
    scale = scale_of(named, facts)
    if scale.kind:
        kind = {"kind": "constant", "value": scale.kind}
        scored = [Line("kind", kind, scale.reason), Line("score", scale.field, scale.reason)]
        return Section("responses", (_question(named), *scored, *shared))
    where = Line("where", is_filled(named.column), "only what was answered")
    choice = Line("choice", named.name, f"unscored: {scale.reason}", scale.question, others=_alternatives(scale, named))
    return Section("responses", (where, _question(named), choice, *shared))


def _alternatives(scale: Scale, named: Named) -> tuple[Line, ...]:
    """The lines that score the answers once their scale is known."""
    found: list[Line] = []
    for kind in scale.kinds:
        found.append(Line("kind", {"kind": "constant", "value": kind}))
        found.append(Line("score", rating(kind, named)))
    return tuple(found)


def _worded(named: Named, shared: list[Line]) -> Section:
    lines = (
        Line("where", is_filled(named.column), "only what was answered"),
        _question(named),
        Line("kind", {"kind": "constant", "value": "text"}, "the customer's own words"),
        Line("verbatim", {"kind": "verbatim", "column": named.name}, named.reason),
    )
    return Section("responses", (*lines, *shared))


def _long(facts: Facts, shared: list[Line]) -> Section | None:
    """One section for a table with one line an answer, its question in a column."""
    question, answer = facts.roles.one("question"), facts.roles.one("answer")
    if not question or not answer or not question.column.is_code:
        return None
    asked = "Which of the questions are scored, and on which scale? Split this section by where, one for each."
    value: dict[str, Any] = {"kind": "text", "column": answer.name}
    lines = (
        Line("where", is_filled(answer.column), "only what was answered"),
        text_line("question", question),
        Line("choice", value, f"{answer.reason}; unscored", asked),
    )
    return Section("responses", (*lines, *shared))
