"""Parts of the business as one names them in a sentence: at the web chat, by phone, for mobile, in North."""

from collections.abc import Mapping
from types import MappingProxyType

from etl.vocabulary import Dimension

CAUSE = "over"
ANY_CAUSE = "contacts"
FORMS: Mapping[Dimension, str] = MappingProxyType(
    {
        Dimension.TOUCHPOINT: "at the {}",
        Dimension.CHANNEL: "by {}",
        Dimension.PRODUCT: "for {}",
        Dimension.REGION: "in {}",
        Dimension.SOURCE: "in {}",
        Dimension.LANGUAGE: "in language {}",
    }
)
"""How a part is told, in this order; one of another dimension by the dimension's name."""


def at(dimension: Dimension, value: str) -> str:
    """One part: `at the web chat`, `over wrong invoice`, `with team A`."""
    if dimension is Dimension.CAUSE:
        return f"{CAUSE} {value}"
    return FORMS.get(dimension, f"with {dimension.value} {{}}").format(value)


def contacts(where: Mapping[Dimension, str]) -> str:
    """Contacts by all that they share: `wrong invoice at the shop by phone`, `contacts in North with team A`."""
    order = [*(each for each in FORMS if each in where), *(each for each in where if each not in FORMS)]
    named = [at(each, where[each]) for each in order if each is not Dimension.CAUSE]
    return " ".join([where.get(Dimension.CAUSE, ANY_CAUSE), *named])
