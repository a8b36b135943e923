"""Who called whom and for how long, where a call log has two numbers, the dial plan that took the call, and lengths."""

from collections.abc import Mapping

from etl.sources.base import Field, Target
from etl.sources.texts import literal, quoted
from etl.vocabulary import IdentityKind

SHORTEST_NUMBER = 7
FROM_OUTSIDE = r"(^|[-_])(trunk|pstn|did|external|public|incoming|inbound|dahdi|zaptel)"
FROM_INSIDE = r"(^|[-_])(internal|outbound|outgoing|dialout|outrt)"


def direction(caller: str, called: str, context: str = "", dialled_in: str = "") -> str:
    """SQL: inbound, outbound or internal. Extensions are shorter than public numbers, which is all that a log tells."""
    outside, inside = _is_number(caller), _is_number(called)
    cases = []
    if dialled_in:
        cases.append(f"WHEN nullif(nullif(trim({quoted(dialled_in)}), ''), 'NULL') IS NOT NULL THEN 'inbound'")
    if context:
        plan = f"coalesce(lower({quoted(context)}), '')"
        cases.append(f"WHEN regexp_matches({plan}, {literal(FROM_OUTSIDE)}) THEN 'inbound'")
        cases.append(f"WHEN regexp_matches({plan}, {literal(FROM_INSIDE)}) AND {inside} THEN 'outbound'")
    cases.append(f"WHEN {outside} THEN 'inbound' WHEN {inside} THEN 'outbound'")
    return f"CASE {' '.join(cases)} ELSE 'internal' END"


def _is_number(column: str) -> str:
    """A public number: long, and nothing but digits and the marks between them."""
    text = f"coalesce({quoted(column)}, '')"
    digits = f"length(regexp_replace({text}, '[^0-9]', '', 'g')) >= {SHORTEST_NUMBER}"
    return f"({digits} AND regexp_full_match({text}, '[+0-9 ()./-]+'))"


def at_least_none(seconds: str) -> str:
    """SQL: a difference of seconds; two clocks may make it negative, which is none at all. Unknown stays unknown."""
    return f"CASE WHEN {seconds} < 0 THEN 0 ELSE {seconds} END"


def waited(is_answered: str, total: str, billed: str) -> str:
    """SQL: from the start to the answer, which is where the billed time begins; unanswered, the whole call."""
    return f"CASE WHEN {is_answered} THEN {at_least_none(f'{total} - {billed}')} ELSE {total} END"


def length(column: str) -> str:
    """SQL: the text of a column as seconds, if they are not negative."""
    number = f"try_cast({quoted(column)} AS DECIMAL(12,3))"
    return f"CASE WHEN {number} >= 0 THEN {number} END"


def both_ways(fields: Mapping[str, Field], caller: str, called: str) -> tuple[Target, Target]:
    """One target for calls from outside and inside, one for our own calls, in which the customer is who was called."""
    outbound = f"({fields['direction'].expression}) = 'outbound'"
    return (
        Target("interactions", {**fields, "customer_identifier": _customer(caller)}, where=f"NOT {outbound}"),
        Target("interactions", {**fields, "customer_identifier": _customer(called)}, where=outbound),
    )


def _customer(column: str) -> Field:
    return Field("identity", (column,), identity=IdentityKind.PHONE)
