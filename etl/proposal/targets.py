"""What the records of a file are: handled contacts, public voices, answers to a survey, or counts."""

from etl.proposal.facts import Facts
from etl.proposal.legs import is_ticket_status, outcome
from etl.proposal.roles import is_average
from etl.sources.base import TargetName

COUNTS = ("contact_count", "offered_count", "answered_count", "abandoned_count")
SCORED = ("nps", "enps", "csat", "ces", "stars", "score")
PUBLIC = ("platform", "author", "handle_name", "engagement", "repost", "url", "sentiment")
CODED = ("topic", "category", "wrap_up_code")


def chosen(facts: Facts) -> tuple[tuple[TargetName, ...], str]:
    """The targets of a file's records, and why; none where nothing tells."""
    roles = facts.roles
    has_text = bool(roles.all("verbatim"))
    scores = roles.all(*SCORED)
    if _is_counted(facts):
        return ("volumes",), "numbers of contacts by time, and no id or text of any single one"
    if has_text and scores and _is_public(facts):
        return ("mentions",), "words and a rating, published by an author"
    if _is_handled(facts):
        if scores:
            return (
                "interactions",
                "responses",
            ), "durations, outcomes or agents of single contacts, and scores that customers gave"
        return ("interactions",), "durations, outcomes or agents of single contacts"
    if roles.one("question") and roles.one("answer"):
        return ("responses",), "a column of questions and one of answers"
    if scores:
        return ("responses",), "scores that somebody gave"
    if has_text and _is_public(facts):
        return ("mentions",), "words, published by an author"
    if has_text:
        return ("mentions",), "words of somebody"
    return (), "nothing tells whether these are contacts, posts, survey answers or counts"


def _is_counted(facts: Facts) -> bool:
    roles = facts.roles
    counts = roles.all(*COUNTS)
    has_own_id = any(named.column.is_id_like for named in roles.all("id"))
    is_single = roles.all("verbatim", "phone", "email", "customer_id") or (has_own_id and len(counts) < 2)
    return bool(counts) and not is_single and not outcome(facts)


def _is_public(facts: Facts) -> bool:
    """Whether authors or platforms are named, and nothing of how a contact was handled."""
    roles = facts.roles
    handled = roles.all("wait", "talk", "hold", "wrap_up", "handle", "queue", "agent", "email", "phone", "direction")
    words = facts.speaks_of("review", "tweet", "bewertung", "resena", "avis", "recensione")
    is_public = roles.all(*PUBLIC) or roles.all("stars") or words
    # Who has a customer's number was served, and not reviewed, on some channel.
    handled = handled or (roles.all("customer_id") and roles.all("channel"))
    return bool(is_public) and not handled


def _is_handled(facts: Facts) -> bool:
    roles = facts.roles
    spoken = [
        named
        for named in roles.all("wait", "talk", "hold", "wrap_up", "handle", "duration")
        if not is_average(named.name)
    ]
    averages = roles.all("wait", "talk", "hold", "wrap_up", "handle")
    ticket = any(is_ticket_status(named, facts) for named in roles.all("disposition")) or roles.all(
        "resolved_at", "resolved"
    )
    if spoken or averages or roles.all("direction", "answered") or outcome(facts):
        return True
    if ticket and (roles.all("id", "verbatim", "subject", "agent", "priority")):
        return True
    if roles.all(*SCORED):
        return False
    has_id = any(named.column.is_id_like for named in roles.all("id"))
    return bool(roles.all("agent", "channel", "queue")) and (has_id or bool(roles.all(*CODED)))
