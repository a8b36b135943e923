"""What a column of a canonical table declares, and the groups of columns that several tables share."""

from dataclasses import dataclass

DECIMAL_SECONDS = "DECIMAL(12,3)"


@dataclass(frozen=True)
class Column:
    """One column: its SQL type, what it means, the unit of its numbers, whether it may be null."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    nullable: bool = True


def key(meaning: str, name: str = "record_key") -> Column:
    """A key that is never missing."""
    return Column(name, "BIGINT", meaning, nullable=False)


def text(name: str, meaning: str, nullable: bool = True) -> Column:
    """A text."""
    return Column(name, "VARCHAR", meaning, nullable=nullable)


def flag(name: str, meaning: str, nullable: bool = True) -> Column:
    """True, false or (nullable) not known."""
    return Column(name, "BOOLEAN", meaning, nullable=nullable)


def seconds(name: str, meaning: str) -> Column:
    """A duration in seconds with three decimals."""
    return Column(name, DECIMAL_SECONDS, meaning, "seconds")


def instant(name: str, meaning: str, nullable: bool = True) -> Column:
    """A moment in UTC."""
    return Column(name, "TIMESTAMP", meaning, "UTC", nullable)


def day(name: str, meaning: str, nullable: bool = True) -> Column:
    """A local day."""
    return Column(name, "DATE", meaning, "local day of the reporting zone", nullable)


SOURCE = text("source", "name of the source that recorded it", nullable=False)
RECORD_KEY = key("64-bit hash of source and record id; joins all tables of one landed record")
CUSTOMER_IDENTIFIER = text(
    "customer_identifier", "keyed hash of the customer's identifier in this record, with its kind"
)

CODES = (
    text("queue", "name of the queue it entered"),
    text("topic", "recorded topic"),
    text("category", "recorded category"),
    text("wrap_up_code", "agent's coded reason"),
    text("label", "label given afterwards"),
)
MAPPED = (
    text("reason", "contact reason that the map gives the recorded codes"),
    text("cause", "root cause that the map gives the recorded codes"),
    text("touchpoint", "touchpoint that the map gives the recorded codes, else the cause's default"),
    flag("is_complaint", "whether the map marks the recorded codes as a complaint"),
)
IS_CAUSE_TOLD = flag(
    "is_cause_told", "whether no leg records the cause and the customer's words tell it", nullable=False
)
SEGMENTS = (
    text("product", "product as of the event"),
    text("region", "region as of the event"),
    text("segment", "customer segment as of the event"),
    text("language", "language as recorded"),
)
