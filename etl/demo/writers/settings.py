"""What an analyst keeps beside the exports: map, questions, customers, promises, causes and settings."""

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.config import WEEKDAYS
from etl.demo.customers import Customers
from etl.demo.topics import EVENING_TOPICS, EVENING_TOUCHPOINT, QUEUES, TOPICS
from etl.demo.writers.lines import joined_cells, write_lines
from etl.demo.writers.qualtrics import CSAT_QUESTION, EASE_QUESTION, EFFORT_QUESTION, NPS_QUESTION, TEXT_QUESTION

COMPANY = "Meridian Mobile"
ZONE = "Europe/Berlin"
CURRENCY = "EUR"
PLATFORM = "twitter"
TARGETS = {
    "nps": 30,
    "csat": 0.80,
    "service_level": 0.80,
    "abandonment": 0.05,
    "asa": 30,
    "first_response_p50": 1800,
    "answered_within_target": 0.85,
}
PROMISES = {
    "billing line": {"answer_within_seconds": 60, "most_transfers": 1},
    "technical line": {"answer_within_seconds": 90, "most_transfers": 1},
    "customer line": {"answer_within_seconds": 60, "most_transfers": 1},
    "web chat": {"answer_within_seconds": 45},
    "e-mail desk": {"first_response_within_seconds": 14_400},
}
HOURS = {**dict.fromkeys(WEEKDAYS[:5], "08:00-20:00"), "saturday": "09:00-16:00"}
QUESTIONS = (
    (NPS_QUESTION, "nps", "QID1"),
    (CSAT_QUESTION, "csat5", "QID2"),
    (TEXT_QUESTION, "text", "QID3_TEXT"),
    (EFFORT_QUESTION, "ces5", "QID4"),
    (EASE_QUESTION, "ces7", "QID5"),
    ("ContactId", "join", "ContactId"),
    ("product", "dimension:product", "product"),
    ("region", "dimension:region", "region"),
    ("segment", "dimension:segment", "segment"),
    ("topic", "dimension:topic", "topic"),
)
MAP_HEADER = ("source", "field", "value", "reason", "cause", "touchpoint", "is_complaint")


def write_map(folder: Path) -> Path:
    """Reasons and causes of topics, touchpoints of queues; values that nobody mapped yet are missing."""
    rows = [("amazon_connect", "queue", queue.name, "", "", queue.touchpoint, "") for queue in QUEUES]
    rows += [
        (source, "topic", topic.code, topic.reason, topic.cause, "", "true" if topic.is_complaint else "false")
        for source in ("amazon_connect", "qualtrics")
        for topic in TOPICS
        if topic.cause
    ]
    rows += [
        ("call_center", "topic", topic, reason, cause, EVENING_TOUCHPOINT, "false")
        for topic, _, reason, cause in EVENING_TOPICS
        if cause
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(MAP_HEADER)
    writer.writerows(row for row in rows if row[4] or row[5])
    return written(folder / "map.csv", text.getvalue())


def write_questions(folder: Path) -> Path:
    """What each survey question measures, by its text: lower case, single spaces, trimmed."""
    tables = (
        f'[[question]]\nsource = "qualtrics"\ntext = "{" ".join(text.lower().split())}"\n'
        f'kind = "{kind}"\nimport_id = "{import_id}"\n'
        for text, kind, import_id in QUESTIONS
    )
    return written(folder / "questions.toml", "\n".join(tables))


def write_customers(folder: Path, customers: Customers) -> Path:
    """Which phone, e-mail and handle belong to which customer; for some the handle is not known."""
    linked = pa.array(np.flatnonzero(customers.is_linked))
    handles = pc.binary_join_element_wise(PLATFORM, customers.handle.take(linked), ":")
    parts = (
        ("id", customers.customer_id, customers.customer_id),
        ("phone", customers.customer_id, customers.phone),
        ("email", customers.customer_id, customers.email),
        ("handle", customers.customer_id.take(linked), handles),
    )
    lines = [joined_cells([owner, pa.array([kind] * len(owner)), value]) for kind, owner, value in parts]
    path = folder / "customers.csv"
    write_lines(path, "customer_id,kind,value\n", pa.concat_arrays(lines))
    return path


def write_promises(folder: Path) -> Path:
    """What the company promises at each touchpoint."""
    tables = (
        f'[touchpoint."{touchpoint}"]\n' + "".join(f"{promise} = {most}\n" for promise, most in given.items())
        for touchpoint, given in PROMISES.items()
    )
    return written(folder / "promises.toml", "\n".join(tables))


def write_hours(folder: Path) -> Path:
    """When the company is there to answer."""
    days = "".join(f'{day} = "{hours}"\n' for day, hours in HOURS.items())
    return written(folder / "hours.toml", f"[[hours]]\n{days}")


def write_causes(folder: Path) -> Path:
    """The causes that are no breakdown: what a customer wants of us, not what went wrong."""
    lines = [f"{topic.cause},false\n" for topic in TOPICS if topic.cause and topic.is_wish]
    return written(folder / "causes.csv", "".join(["cause,is_breakdown\n", *lines]))


def write_settings(folder: Path) -> Path:
    """Name, zone, currency and targets; settings that are already there stay."""
    path = folder / "settings.toml"
    if path.exists():
        return path
    head = f'[company]\nname = "{COMPANY}"\nzone = "{ZONE}"\ncurrency = "{CURRENCY}"\n'
    targets = "".join(f"\n[metrics.{metric}]\ntarget = {target}\n" for metric, target in TARGETS.items())
    return written(path, head + targets)


def written(path: Path, text: str) -> Path:
    """The path, with the text in it."""
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
