"""Survey questions as targets: what a question measures, and the rows that its answers give."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.sources.base import Field, Questions, Target, normalised
from etl.sources.documents.markup import plain_text
from etl.sources.surveys.labels import LABELS
from etl.sources.texts import literal, quoted
from etl.vocabulary import ResponseKind

NO_ANSWER = ("-99", "99999", "N/A", "n/a", "#N/A")
SCALES: Mapping[str, tuple[int, int]] = {
    ResponseKind.NPS: (0, 10),
    ResponseKind.ENPS: (0, 10),
    ResponseKind.CSAT5: (1, 5),
    ResponseKind.CSAT7: (1, 7),
    ResponseKind.CSAT10: (1, 10),
    ResponseKind.CES7: (1, 7),
    ResponseKind.CES5: (1, 5),
    ResponseKind.THUMBS: (0, 1),
    ResponseKind.TOLD: (0, 1),
}
DIMENSION = "dimension:"
CHOICE = re.compile(r"\s+-\s+selected choice$", re.IGNORECASE)
# Recommending the employer is not recommending the company's services: it is asked of employees.
EMPLOYER = re.compile(
    r"place to work|as an employer|work(ing)? (here|at|for)\b|als arbeitgeber|arbeitsplatz|lieu de travail|employeur|"
    r"lugar (de|para) trabajar|lugar para trabalhar|luogo di lavoro|werkgever|arbejdsplads|arbetsplats",
    re.IGNORECASE,
)

RECOMMEND = re.compile(r"recommend|weiterempfehl|empfehl|recommand|recomend|raccomand|consigli|aanbevel", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """One question of a file: the column that holds its answers, its words, and what it measures if that is known."""

    column: str
    text: str
    kind: str | None = None

    @property
    def is_dimension(self) -> bool:
        """Whether its answers describe the respondent."""
        return (self.kind or "").startswith(DIMENSION)


def plain(text: str) -> str:
    """The words of a question without markup."""
    return " ".join((plain_text(text) or "").split())


def is_about_employer(text: str) -> bool:
    """Whether a question asks for a recommendation of the employer."""
    return EMPLOYER.search(text) is not None


def recommends_employer(text: str) -> bool:
    """Whether a question asks if one would recommend the employer."""
    return is_about_employer(text) and RECOMMEND.search(text) is not None


def kind_of(questions: Questions, source: str, text: str, import_id: str = "", proven: str | None = None) -> str | None:
    """What a question measures: as declared, else what the format proves, else not known.

    A proven recommendation of the employer is eNPS, which is never mixed into NPS.
    """
    declared = questions.kind(source, text, import_id) or questions.kind(source, CHOICE.sub("", text), import_id)
    if declared is None and proven == ResponseKind.NPS and is_about_employer(text):
        return ResponseKind.ENPS
    return declared or proven


def carried(asked: Iterable[Asked]) -> dict[str, Field]:
    """What the answers of a record take from its other questions: its dimensions and the contact that it names."""
    fields = {}
    for question in asked:
        if question.kind == ResponseKind.JOIN:
            fields["named_contact"] = Field("text", (question.column,))
        elif question.is_dimension:
            fields[(question.kind or "").removeprefix(DIMENSION)] = Field("text", (question.column,))
    return fields


def targets(
    asked: Iterable[Asked], shared: Mapping[str, Field], no_answer: tuple[str, ...] = NO_ANSWER
) -> tuple[Target, ...]:
    """One target a question that is answered; dimensions and named contacts are carried by the others."""
    listed = tuple(asked)
    common = {**shared, **carried(listed)}
    return tuple(
        _target(question, common, no_answer)
        for question in listed
        if question.kind != ResponseKind.JOIN and not question.is_dimension
    )


def _target(question: Asked, common: Mapping[str, Field], no_answer: tuple[str, ...]) -> Target:
    fields = {
        "question": Field("constant", value=normalised(question.text)),
        "kind": Field("constant", value=question.kind),
        **common,
    }
    if question.kind is not None and question.kind in SCALES:
        low, high = SCALES[question.kind]
        fields["score"] = Field(
            "rating", (question.column,), low=low, high=high, blanks=no_answer, labelled=True,
            map=LABELS.get(question.kind, {}),
        )  # fmt: skip
    else:
        name = "verbatim" if question.kind == ResponseKind.TEXT else "choice"
        fields[name] = Field("verbatim", (question.column,), blanks=no_answer)
    return Target("responses", fields, where=is_answered(question.column, no_answer))


def is_answered(column: str, no_answer: tuple[str, ...] = NO_ANSWER) -> str:
    """SQL: the column holds an answer, and not a code that stands for none."""
    none = ", ".join(literal(code) for code in ("", *no_answer))
    return f"trim({quoted(column)}) NOT IN ({none})"
