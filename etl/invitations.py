"""Invitations to surveys that people keep beside the data: who was asked when, on what account, and whether it came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from etl.config import Settings
from etl.errors import UserError, unknown
from etl.lists import rows_of
from etl.vocabulary import IdentityKind

INVITATIONS = "invitations.csv"
COLUMNS = ("sent", "source", "kind", "value")
OPTIONAL = ("outcome", "channel", "product", "region", "segment")
DELIVERED, BOUNCED, OPTED_OUT = "delivered", "bounced", "opted_out"
OUTCOMES = (DELIVERED, BOUNCED, OPTED_OUT)
ANY_CHANNEL = "survey"


@dataclass(frozen=True)
class Invitation:
    """One invitation: of a survey's `source`, to a customer named by `value` of a `kind`, on its line of the list.

    Channel, product, region and segment are what it asks about; a channel that is not told is the survey's.
    """

    line: int
    sent: datetime
    day: date
    source: str
    kind: IdentityKind
    value: str
    outcome: str
    channel: str
    product: str
    region: str
    segment: str

    @property
    def is_delivered(self) -> bool:
        """Whether it came to the customer."""
        return self.outcome != BOUNCED

    @property
    def is_opted_out(self) -> bool:
        """Whether the customer asked to be asked no more."""
        return self.outcome == OPTED_OUT


def mark_of_invitations(settings: Settings) -> str:
    """What the list and the settings that it is read by come to; empty without a list."""
    path = settings.folders.root / INVITATIONS
    if not path.exists():
        return ""
    return sha256(path.read_bytes() + repr((settings.zone, settings.country_of())).encode()).hexdigest()


def read_invitations(settings: Settings) -> Iterator[Invitation]:
    """The lines of `invitations.csv`, none without it; times without an offset are the company's.

    Raises UserError naming the file, the line and what was expected.
    """
    path, zone = settings.folders.root / INVITATIONS, ZoneInfo(settings.zone)
    for line, row in rows_of(path, COLUMNS, OPTIONAL):
        where = f"{path} line {line}"
        if row["kind"] not in list(IdentityKind):
            raise unknown("kind", row["kind"], list(IdentityKind), where)
        if row["outcome"] not in ("", *OUTCOMES):
            raise unknown("outcome", row["outcome"], OUTCOMES, where)
        sent = _sent(row["sent"], where)
        local = sent.astimezone(zone) if sent.tzinfo else sent.replace(tzinfo=zone)
        yield Invitation(
            line, local, local.date(), row["source"], IdentityKind(row["kind"]), row["value"],
            row["outcome"] or DELIVERED, row["channel"] or ANY_CHANNEL, row["product"], row["region"], row["segment"],
        )  # fmt: skip


def _sent(text: str, where: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{where}: sent is {text!r}; expected a time such as 2026-03-04T09:30 or a day.") from error
