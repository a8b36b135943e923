"""Small exports written by hand, a file of each kind, so that tests can say who did what when and in which file."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

MONDAY = datetime(2024, 3, 4, 9)  # noqa: DTZ001 (written as UTC below)
MAP = (
    ("amazon_connect", "topic", "refund", "refund", "late refund", "billing line", "false"),
    ("amazon_connect", "topic", "delivery", "delivery", "late parcel", "billing line", "false"),
    ("amazon_connect", "topic", "anger", "refund", "late refund", "billing line", "true"),
)
QUESTION = "How likely are you to recommend us to a friend or colleague?"
NAMED = "Contact"
TWEET_COLUMNS = ("tweet_id", "airline_sentiment", "negativereason", "airline", "name", "text", "tweet_created")
MESSAGE_COLUMNS = ("tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id")
ANSWER_COLUMNS = (
    "StartDate", "EndDate", "Status", "Finished", "RecordedDate", "ResponseId", "ExternalReference", "RecipientEmail",
    "Q1", "Q2",
)  # fmt: skip

Record = Mapping[str, Any]


def beside(root: Path, known: Sequence[tuple[str, str, str]] = ()) -> None:
    """The map of topics, the question that names a contact, the company's list of customers and what it promises."""
    write_table(root / "map.csv", ("source", "field", "value", "reason", "cause", "touchpoint", "is_complaint"), MAP)
    write_table(root / "customers.csv", ("customer_id", "kind", "value"), known)
    promised = '[touchpoint."billing line"]\nanswer_within_seconds = 5\nmost_transfers = 0\n'
    (root / "promises.toml").write_text(promised, encoding="utf-8")
    text = f'[[question]]\nsource = "qualtrics"\ntext = "{NAMED}"\nkind = "join"\n'
    (root / "questions.toml").write_text(text, encoding="utf-8")


def call(
    name: str, at: datetime, phone: str | None, *, customer: str | None = None, topic: str | None = None,
    channel: str = "VOICE", method: str = "INBOUND", first: str | None = None, wait: int | None = 10,
    is_answered: bool = True, resolved: str | None = None, version: int = 0,
) -> Record:  # fmt: skip
    """One leg in Amazon Connect; a higher version replaces a lower one."""
    return {
        "ContactId": name, "InitialContactId": first, "Channel": channel, "InitiationMethod": method,
        "InitiationTimestamp": utc(at), "CustomerEndpoint": phone and {"Address": phone, "Type": "TELEPHONE_NUMBER"},
        "Queue": {"Name": "Support", "EnqueueTimestamp": utc(at), "Duration": wait},
        "Agent": {"Username": "ada", "ConnectedToAgentTimestamp": utc(at)} if is_answered else None,
        "Attributes": {"customerId": customer, "topic": topic, "resolved": resolved},
        "LastUpdateTimestamp": utc(MONDAY + timedelta(days=90, minutes=version)),
    }  # fmt: skip


def answer(
    name: str, at: datetime, score: int, *, customer: str = "", email: str = "", contact: str = ""
) -> tuple[str, ...]:
    """One survey answer in Qualtrics."""
    moment = f"{at:%Y-%m-%d %H:%M:%S}"
    return (moment, moment, "0", "1", moment, name, customer, email, str(score), contact)


def tweet(
    name: str, at: datetime, handle: str, tone: str, reason: str = "", text: str = ""
) -> tuple[str, ...]:  # fmt: skip
    """One labelled post to an airline."""
    return (name, tone, reason, "Acme", handle, text or f"words of {name}", f"{at:%Y-%m-%d %H:%M:%S} +0000")


def message(name: str, at: datetime, author: str, parent: str = "", *, is_ours: bool = False) -> tuple[str, ...]:
    """One message of a public thread."""
    return (name, author, "False" if is_ours else "True", f"{at:%a %b %d %H:%M:%S} +0000 {at:%Y}", "good words", parent)


def write_calls(path: Path, records: Sequence[Record]) -> Path:
    """A file of Amazon Connect."""
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def write_answers(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A file of Qualtrics: ids, texts and ImportIds above the answers."""
    texts = [{"Q1": QUESTION, "Q2": NAMED}.get(column, column) for column in ANSWER_COLUMNS]
    imports = [json.dumps({"ImportId": column[0].lower() + column[1:], "timeZone": "UTC"}) for column in ANSWER_COLUMNS]
    return write_table(path, ANSWER_COLUMNS, [texts, imports, *rows])


def write_tweets(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A file of labelled posts."""
    return write_table(path, TWEET_COLUMNS, rows)


def write_messages(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A file of public threads."""
    return write_table(path, MESSAGE_COLUMNS, rows)


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def utc(moment: datetime) -> str:
    """An instant as Connect writes it."""
    return f"{moment.isoformat()}Z"
