"""What all parts of a proposal look at: the file's rows, the roles of its columns, how it writes numbers and times."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.engines import Connection
from etl.proposal.profile import Column
from etl.proposal.roles import Roles
from etl.proposal.words import folded
from etl.sources.texts import literal, quoted

MOST_CODES = 60


@dataclass(frozen=True)
class Facts:
    """The rows of a file (`relation` in SQL, `sample` some of them) and what is known of them.

    `title` is the file's name without its ending, `zone` the reporting zone; `day_first` is what some date of the
    file proves (None: nothing does), and `proof` names it.
    """

    connection: Connection
    relation: str
    sample: str
    roles: Roles
    title: str
    zone: str
    day_first: bool | None = None
    proof: str = ""

    def speaks_of(self, *words: str) -> bool:
        """Whether a word in the name of the file or of a column, but an address, begins with one of these."""
        addresses = {named.name for named in self.roles.all("email", "phone", "called", "url")}
        names = [column.name for column in self.roles.columns if column.name not in addresses]
        spoken = [word for name in (self.title, *names) for word in folded(name).split()]
        return any(word.startswith(words) for word in spoken)

    def values(self, column: Column) -> list[str]:
        """All values of a code in the whole file, the most frequent first."""
        text = f"trim({quoted(column.name)})"
        rows = self.connection.execute(
            f"SELECT text FROM (SELECT {text} AS text FROM {self.relation}) WHERE text <> '' GROUP BY text "
            f"ORDER BY count(*) DESC, text LIMIT {MOST_CODES}"
        ).fetchall()
        return [value for (value,) in rows if value not in column.blanks]

    def share(self, condition: str) -> float:
        """The share of all rows for which an SQL condition holds."""
        (row,) = self.connection.execute(
            f"SELECT avg(CASE WHEN {condition} THEN 1.0 ELSE 0.0 END) FROM {self.relation}"
        ).fetchall()
        return float(row[0] or 0)


def mark_of(column: Column) -> str:
    """The decimal mark of a column: a comma where it or its file shows that."""
    return column.mark or "."


def is_mark_open(column: Column) -> bool:
    """Whether a sign in its numbers may stand before decimals or between thousands: 1.234."""
    return not column.mark and sum(column.grouped.values()) > 0


def mark_question(column: Column) -> str:
    """What to ask of a column in which nothing tells a decimal mark from one between thousands."""
    if not is_mark_open(column):
        return ""
    sign = "comma" if column.grouped["comma"] > column.grouped["point"] else "point"
    return f"Does the {sign} in {column.name!r} stand before decimals or between thousands? See decimal."


def has_thousands(column: Column) -> bool:
    """Whether commas stand between thousands, which no plain cast reads."""
    return mark_of(column) == "." and column.looks("point") and any("," in value for value, _ in column.values)


def number(column: Column) -> str:
    """SQL: the number that a text of the column writes."""
    text = quoted(column.name)
    if column.looks("percent"):
        text = f"replace({text}, '%', '')"
    if mark_of(column) == ",":
        text = f"replace(replace({text}, '.', ''), ',', '.')"
    elif has_thousands(column):
        text = f"replace({text}, ',', '')"
    return f"try_cast(trim({text}) AS DOUBLE)"


def is_filled(column: Column) -> str:
    """SQL: whether a record has a value there."""
    blanks = ", ".join(map(literal, ("", *column.blanks)))
    return f"coalesce(trim({quoted(column.name)}), '') NOT IN ({blanks})"


def blanked(column: Column, field: dict[str, Any]) -> dict[str, Any]:
    """A field that takes the column's words for nothing as nothing."""
    return {**field, "blanks": list(column.blanks)} if column.blanks else field


def among(column: Column, values: Iterable[str]) -> str:
    """SQL: whether a record's value is one of some."""
    listed = ", ".join(literal(value.upper()) for value in values)
    return f"upper(trim({quoted(column.name)})) IN ({listed})"
