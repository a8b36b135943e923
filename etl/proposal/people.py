"""Who a record is about: the customer's identifiers, the author of a text, the agent."""

from typing import Any

from etl.proposal.draft import Line
from etl.proposal.facts import Facts
from etl.proposal.roles import Named

KINDS = {"phone": "phone", "email": "email", "customer_id": "id", "handle_name": "handle"}


def customer_lines(facts: Facts, scope: str = "") -> list[Line]:
    """The customer's identifier, and a second one that links both; a name alone is nobody's."""
    found = facts.roles.all("phone", "email", "customer_id", "handle_name")
    others = [named for named in found[1:] if named.role != found[0].role] if found else []
    lines = [_identity("customer_identifier", found[0], scope)] if found else []
    return [*lines, *([_identity("other_customer", others[0], scope)] if others else [])]


def author_lines(facts: Facts, scope: str) -> list[Line]:
    """The author of a text by handle or id; a display name may be many people's."""
    for named in facts.roles.all("handle_name", "author", "customer_id", "email"):
        if named.role != "author" or named.column.mean_words < 1.2:
            kind = KINDS.get(named.role, "handle")
            return [_identity("author_identifier", named, scope, kind)]
    return []


def agent_lines(facts: Facts) -> list[Line]:
    """The agent, hashed."""
    named = facts.roles.one("agent")
    if not named:
        return []
    value = {"kind": "identity", "column": named.name, "identity": "id", "scope": "agent"}
    return [Line("agent_id", value, named.reason)]


def _identity(key: str, named: Named, scope: str, kind: str = "") -> Line:
    kind = kind or KINDS[named.role]
    value: dict[str, Any] = {"kind": "identity", "column": named.name, "identity": kind}
    if scope and kind in ("handle", "id"):
        value["scope"] = scope
    return Line(key, value, named.reason)
