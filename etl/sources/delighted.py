"""Delighted's survey responses as its API lists them: a score of one kind of survey, a comment, a person."""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import first, text
from etl.sources.surveys.answers import SCALES
from etl.vocabulary import IdentityKind, ResponseKind

# Surveys whose scale is the standard's; those of effort and of stars have had several and are not scored.
SCORED = {"nps": ResponseKind.NPS, "enps": ResponseKind.ENPS, "csat": ResponseKind.CSAT5}


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a response; the person is an id, or an object where the list was asked to expand it."""
    yield {
        "id": text(document, "id"),
        "survey": (text(document, "survey_type") or "nps").casefold(),
        "score": text(document, "score"),
        "comment": text(document, "comment"),
        "created_at": text(document, "created_at"),
        "updated_at": text(document, "updated_at"),
        "person": first(text(document, "person", "id"), text(document, "person")),
        "email": first(text(document, "person", "email"), text(document, "person_properties", "email")),
    }


def _targets() -> tuple[Target, ...]:
    customer = {
        "customer_identifier": Field("identity", ("person",), identity=IdentityKind.HANDLE, scope="delighted"),
        "other_customer": Field("identity", ("email",), identity=IdentityKind.EMAIL),
    }
    scored = [
        Target(
            "responses",
            {
                "question": Field("constant", value=f"{survey} score"),
                "kind": Field("constant", value=kind),
                "score": Field(
                    "sql",
                    ("score",),
                    expression=_score(survey, *SCALES[kind]),
                    expected="a number of the survey's scale",
                ),
                **customer,
            },
            where=f'"survey" = \'{survey}\' AND "score" IS NOT NULL',
        )
        for survey, kind in SCORED.items()
    ]
    unscored = {"question": Field("text", ("survey",)), "choice": Field("verbatim", ("score",)), **customer}
    comment = {
        "question": Field("constant", value="comment"),
        "kind": Field("constant", value=ResponseKind.TEXT),
        "verbatim": Field("verbatim", ("comment",)),
        **customer,
    }
    known = ", ".join(f"'{survey}'" for survey in SCORED)
    return (
        *scored,
        Target("responses", unscored, where=f'"survey" NOT IN ({known}) AND "score" IS NOT NULL'),
        Target("responses", comment, where="trim(\"comment\") <> ''"),
    )


def _score(survey: str, low: int, high: int) -> str:
    """A score on this survey's scale; one of another survey is no fault, and the condition keeps it out."""
    number = 'try_cast("score" AS DECIMAL(9,3))'
    is_whole = f"{number} BETWEEN {low} AND {high} AND {number} = round({number}, 0)"
    return f"CASE WHEN \"survey\" <> '{survey}' THEN 0 WHEN {is_whole} THEN CAST({number} AS INTEGER) END"


SOURCE = Source(
    name="delighted",
    title="Delighted surveys",
    form="json",
    required=("id", "person", "score", "permalink", "created_at"),
    signatures=(("id", "person", "score", "survey_type", "created_at"),),
    key=("id",),
    event=Field("when", ("created_at",), epoch="s"),
    version=Field("when", ("updated_at",), epoch="s"),
    targets=_targets(),
    flatten=flatten,
)
