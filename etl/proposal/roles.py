"""Which column holds what: the roles that its name speaks of, held against what its values can be."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from etl.proposal.profile import ENOUGH, Column
from etl.proposal.times import TimeForm, time_form
from etl.proposal.words import folded, meaning, named_roles

TIMES = ("started", "answered_at", "ended", "updated", "resolved_at")
DURATIONS = ("wait", "ring", "talk", "hold", "wrap_up", "handle", "duration")
FLAGS = ("answered", "abandoned", "transferred", "resolved", "automatic", "own", "repost", "complete")
CODES = (
    "queue", "team", "topic", "category", "wrap_up_code", "label", "product", "region", "segment", "language",
    "platform", "priority",
)  # fmt: skip
VALUED = ("channel", "direction", "disposition", "sentiment")
KEYS = ("id", "conversation", "parent", "customer_id", "index")
SCORES = ("nps", "enps", "csat", "ces", "stars", "score")
COUNTS = ("contact_count", "offered_count", "answered_count", "abandoned_count")
AVERAGE = {
    "avg", "average", "mean", "ø", "durchschn", "dschn", "prom", "moy", "durchschnitt", "durchschnittlich",
    "durchschnittliche", "mittlere", "mittel", "promedio", "medio", "media", "moyen", "moyenne", "medias", "asa", "aht",
    "tmo", "tma", "dmt", "tme",
}  # fmt: skip
SHARE = {"rate", "share", "percent", "percentage", "quote", "tasa", "taux", "taxa", "anteil", "pct", "porcentaje"}
NUMBERED = {"id", "uuid", "guid", "nr", "no", "nummer", "number", "numero"}
PERSONS = {"phone", "called", "email", "customer_id", "agent", "handle_name", "author", "customer_name"}
ADDRESSES = {"email": "email", "phone": "phone", "called": "phone"}
CUSTOMERS = {"customer", "caller", "client", "kunde", "kunden", "anrufer", "cliente", "requester"}
ENDS = ("abandoned", "voicemail", "callback")
SURE = 1.0
HALF = 0.5
# A word in a long name says little, but for an id and for the words of a survey's questions.
LEAST_SHARE = 0.3
ASKED = (*SCORES, "verbatim", "service_level", "id")
MOST_SCORE = 100
FEWEST_WORDS = 6
DEEP = 0.2
FEWEST_SPOKEN = 1.3
# Amounts of money tell records apart only by chance.
CURRENCY = r"(R\$|[$€£¥₹₺₽₩]|EUR|USD|GBP|CHF|PLN|JPY|CAD|AUD|BRL|SEK|NOK|DKK|kr\.?|zł|Kč|Ft)"
AMOUNT = re.compile(rf"({CURRENCY}\s?)?[-+]?\d[\d.,' ]*(\s?{CURRENCY})?", re.IGNORECASE)
# Dates of what records are about, or that were due or sent: when it was written goes before them.
OTHER_DATES = {
    "achat", "commande", "livraison", "naissance", "visite", "envoi", "purchase", "order", "delivery", "birth", "visit",
    "experience", "travel", "flown", "due", "sent", "invited", "kauf", "kaufdatum", "bestellung", "bestelldatum",
    "lieferung", "lieferdatum", "geburtsdatum", "reisedatum", "versand", "compra", "pedido", "entrega", "nacimiento",
    "nascimento", "visita", "envio", "acquisto", "ordine", "consegna", "nascita",
}  # fmt: skip
TRUTHS = {"true", "false", "yes", "no", "t", "f", "y", "n"}
FEWEST_OF_A_SCALE = 2


@dataclass(frozen=True)
class Named:
    """A column in a role; `share` is how much of its name speaks of it, 0 where only the values do."""

    column: Column
    role: str
    share: float
    form: TimeForm | None = None

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column.name

    @property
    def reason(self) -> str:
        """Why it has the role, in words."""
        return "by its name and values" if self.share else "by its values alone"


@dataclass(frozen=True)
class Roles:
    """All columns of a file with the role of each, the best for a role first."""

    columns: tuple[Column, ...]
    named: tuple[Named, ...]

    def all(self, *roles: str) -> list[Named]:
        """The columns in any of some roles, by role as asked for, the best first."""
        return [named for role in roles for named in self.named if named.role == role]

    def one(self, *roles: str) -> Named | None:
        """The best column in the first of some roles that any has."""
        return next(iter(self.all(*roles)), None)


def assign(columns: Sequence[Column]) -> Roles:
    """Give each column the role that its name speaks of most among those that its values allow."""
    named = [found for column in columns if column.filled and (found := _role(column))]
    counted = any(found.role in COUNTS and found.column.distinct > FEWEST_OF_A_SCALE for found in named)
    named = [_as_count(found) for found in named] if counted else named
    return Roles(tuple(columns), tuple(sorted(named, key=_rank)))


def _as_count(named: Named) -> Named:
    """Among counts a column of nothing but 0 and 1 is one, too, though it could be a yes or no."""
    is_flag = named.role in ("answered", "abandoned") and named.column.is_number
    return replace(named, role=f"{named.role}_count") if is_flag else named


def _rank(named: Named) -> tuple[bool, bool, bool, float, bool]:
    """What goes before others in a role: a full column, one named so at no great depth, an id before a name.

    An address that most records share is our own; one that is said to be the customer's goes before others, as does the
    time of a record before that of what it is about.
    """
    words = folded(named.name).split()
    is_other = named.role in ADDRESSES and CUSTOMERS.isdisjoint(words)
    is_other = is_other or (named.role in TIMES and not OTHER_DATES.isdisjoint(words))
    depth = named.name.count(".")
    is_ours = named.role in ADDRESSES and named.column.is_group and named.column.distinct == 1
    return (
        is_ours,
        is_other,
        not named.column.is_full,
        depth * DEEP - named.share,
        not named.name.casefold().endswith("id"),
    )


def is_average(name: str) -> bool:
    """Whether a name speaks of an average."""
    return not AVERAGE.isdisjoint(folded(name).split())


def is_share(column: Column) -> bool:
    """Whether a column holds shares or percentages."""
    words = folded(column.name).split()
    return "%" in column.name or not SHARE.isdisjoint(words) or column.looks("percent")


def _role(column: Column) -> Named | None:
    spoken = named_roles(column.name)
    form = time_form(column, any(role in spoken for role in TIMES))
    fitting = {
        role: share + _sure(role, column, spoken)
        for role, share in spoken.items()
        if (share >= LEAST_SHARE or role in (*ASKED, *ADDRESSES)) and fits(role, column, form)
    }
    if not {*DURATIONS[:-1]}.isdisjoint(fitting):
        fitting.pop("duration", None)
    if fitting:
        role = max(fitting, key=lambda name: fitting[name])
        return Named(column, role, spoken[role], form)
    by_values = _by_values(column, form)
    return Named(column, by_values, 0.0, form) if by_values else None


def _sure(role: str, column: Column, spoken: Collection[str]) -> float:
    """What the values alone say for a role."""
    if role in ADDRESSES and column.looks(ADDRESSES[role]):
        return SURE
    if role == "id" and column.is_id_like and folded(column.name).split()[-1] in NUMBERED:
        return 0.0 if PERSONS.intersection(spoken) else HALF
    if role == "disposition" and any(_translates(kind, column, ENOUGH) for kind in ("disposition", "truth")):
        return HALF
    if role in VALUED and role != "disposition":
        return HALF
    return 0.0


def _by_values(column: Column, form: TimeForm | None) -> str | None:
    if form and form.has_date:
        return "started"
    for role in ("email", "url"):
        if column.looks(role):
            return role
    if _is_telephone(column):
        return "phone"
    if column.is_text and column.mean_words >= FEWEST_WORDS:
        return "verbatim"
    if _is_own_id(column):
        return "id"
    if column.distinct >= FEWEST_OF_A_SCALE and not column.is_number:
        for role in VALUED:
            if column.is_code and _translates(role, column, SURE):
                return role
    return None


def _is_own_id(column: Column) -> bool:
    """Whether each record has a value of its own, one word with digits that is more than a number."""
    is_word = column.mean_words <= 1 and not (
        column.is_number or column.looks("email", "phone", "url", "clock", "percent")
    )
    has_digits = all(any(sign.isdigit() for sign in value) for value, _ in column.values)
    has_digits = has_digits and not all(AMOUNT.fullmatch(value) for value, _ in column.values)
    return column.is_full and column.is_id_like and column.rows > 1 and is_word and has_digits


def _is_telephone(column: Column) -> bool:
    """Whether its values are written as only telephone numbers are."""
    return column.looks("phone") and all(
        value.startswith(("+", "00", "(")) or " " in value for value, _ in column.values
    )


def fits(role: str, column: Column, form: TimeForm | None) -> bool:
    """Whether a column's values can be what a role asks for."""
    return next((gate(column, form) for roles, gate in GATES if role in roles), not form)


def _translates(kind: str, column: Column, enough: float) -> bool:
    """Whether enough of a column's records have a value whose meaning is known."""
    total = sum(often for _, often in column.values)
    known = sum(often for value, often in column.values if meaning(kind, value))
    return total > 0 and known >= enough * total


def _is_duration(column: Column, form: TimeForm | None) -> bool:
    is_date = form is not None and form.has_date
    is_plain = column.looks_mostly("point", "comma", "clock")
    return is_plain and not is_date and (column.low is None or column.low >= 0) and not is_share(column)


def _is_flag(column: Column) -> bool:
    return column.is_code and column.distinct <= 4 * FEWEST_OF_A_SCALE and _translates("truth", column, SURE)


def _is_direction(column: Column) -> bool:
    """Whether its values say who began; a call type may name the outcome instead, such as missed."""
    total = sum(often for _, often in column.values)
    sides = sum(often for value, often in column.values if meaning("direction", value))
    ends = sum(often for value, often in column.values if meaning("disposition", value) in ENDS)
    return column.is_code and (sides >= HALF * total or (sides > 0 and sides + ends >= ENOUGH * total))


def _is_outcome(column: Column) -> bool:
    is_known = any(_translates(kind, column, HALF) for kind in ("disposition", "truth"))
    return column.is_code and not column.is_number and is_known


def _is_word(column: Column) -> bool:
    return not (column.is_text or column.looks("email") or column.looks("url") or column.looks("percent"))


def is_scale(column: Column) -> bool:
    """Whether a column's values can be points on a scale, in numbers, in words or both ("5 stars")."""
    if column.looks_mostly("point", "comma") and column.low is not None:
        return column.low >= 0 and column.covers(MOST_SCORE) and not is_average(column.name)
    if not column.is_code or column.looks("clock"):
        return False
    return any(_translates(kind, column, ENOUGH) for kind in ("scale", "thumbs")) or is_labelled(column)


def is_labelled(column: Column) -> bool:
    """Whether numbers lead the labels of a scale."""
    is_led = all(value[0].isdigit() for value, _ in column.values)
    return column.is_code and is_led and not column.looks_mostly("point", "comma")


def _is_truth(column: Column) -> bool:
    return all(value.casefold() in TRUTHS for value, _ in column.values)


def _is_words(column: Column) -> bool:
    is_address = column.looks("url") or column.looks("email")
    return not (column.is_number or is_address) and (column.mean_words >= FEWEST_SPOKEN or column.is_text)


def _is_key(column: Column) -> bool:
    return _is_word(column) and not (column.is_number and not column.is_whole and not column.looks("damaged"))


def _is_count(column: Column) -> bool:
    is_whole = column.looks_mostly("point", "comma") and (column.is_whole or bool(sum(column.grouped.values())))
    return is_whole and (column.low or 0) >= 0 and not is_share(column) and not is_average(column.name)


Gate = Callable[[Column, TimeForm | None], bool]
GATES: Iterable[tuple[tuple[str, ...], Gate]] = (
    (TIMES, lambda _, form: form is not None),
    (DURATIONS, _is_duration),
    (FLAGS, lambda column, form: not form and _is_flag(column)),
    (("channel",), lambda column, form: not form and column.is_code and _translates("channel", column, HALF)),
    (("direction",), lambda column, form: not form and _is_direction(column)),
    (("sentiment",), lambda column, form: not form and column.is_code and _translates("sentiment", column, ENOUGH)),
    (("disposition",), lambda column, form: not form and _is_outcome(column)),
    (CODES, lambda column, form: not form and _is_word(column) and not is_share(column) and not _is_truth(column)),
    (("agent", "author", "customer_name"), lambda column, form: not form and not column.is_text),
    (("id",), lambda column, form: not form and _is_key(column) and not column.is_group),
    (KEYS, lambda column, form: not form and _is_key(column) and not _is_truth(column)),
    (("phone", "called"), lambda column, form: not form and column.looks("phone")),
    (("email",), lambda column, form: not form and column.looks("email")),
    (("url",), lambda column, form: not form and column.looks("url")),
    (("handle_name",), lambda column, form: not form and column.mean_words < 1.3),
    (SCORES, lambda column, form: not form and is_scale(column)),
    (("verbatim", "reply"), lambda column, form: not form and _is_words(column)),
    (("subject", "question"), lambda column, form: not form and not column.is_number),
    (("engagement", "interval_length"), lambda column, form: not form and column.is_number),
    (COUNTS, lambda column, form: not form and _is_count(column)),
    (("service_level",), lambda column, form: not form and (column.is_number or column.looks("percent"))),
)
