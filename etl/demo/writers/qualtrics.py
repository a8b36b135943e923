"""Survey answers as a Qualtrics export: three header rows, then one answer a row."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.demo.answers import Answers
from etl.demo.contacts import Contacts
from etl.demo.customers import LANGUAGES, REGIONS, SEGMENTS, Customers
from etl.demo.season import Flags, Ints
from etl.demo.topics import PRODUCTS, TOPIC_CODES
from etl.demo.writers.files import Span, file_of, write_files
from etl.demo.writers.lines import instant, joined_cells, looked_up
from etl.demo.writers.sentences import remarks

UNFINISHED_SHARE, PREVIEW_SHARE = 0.04, 0.006
STATUS_ANSWER, STATUS_PREVIEW = 0, 1
NPS_QUESTION = "How likely are you to recommend Meridian Mobile to a friend or colleague?"
CSAT_QUESTION = "How satisfied are you with the help that you received?"
TEXT_QUESTION = "What is the main reason for your answer?"
EFFORT_QUESTION = "How much effort did you personally have to put forth to handle your request?"
EASE_QUESTION = "Meridian Mobile made it easy for me to handle my issue."

# Column, text of the second row, ImportId of the third.
COLUMNS = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
    ("Q1", NPS_QUESTION, "QID1"),
    ("Q1_NPS_GROUP", NPS_QUESTION + " - Group", "QID1_NPS_GROUP"),
    ("Q2", CSAT_QUESTION, "QID2"),
    ("Q3", TEXT_QUESTION, "QID3_TEXT"),
    ("Q4", EFFORT_QUESTION, "QID4"),
    ("Q5", EASE_QUESTION, "QID5"),
    ("ContactId", "ContactId", "ContactId"),
    ("product", "product", "product"),
    ("region", "region", "region"),
    ("segment", "segment", "segment"),
    ("topic", "topic", "topic"),
)
_DATES = ("startDate", "endDate", "recordedDate")


@dataclass(frozen=True)
class _Fate:
    """What became of each row: previews are the company's own tests, unfinished ones were given up at once."""

    is_preview: Flags
    is_unfinished: Flags

    @property
    def is_answer(self) -> Flags:
        """Whether a customer answered every question that counts."""
        answered: Flags = ~self.is_preview & ~self.is_unfinished
        return answered


def write_answers(
    draws: tuple[np.random.Generator, np.random.Generator],
    folder: Path,
    files: tuple[Span, ...],
    answers: Answers,
    contacts: Contacts,
    ids: NDArray[np.bytes_],
    customers: Customers,
    zone: str,
    eased_on: date,
) -> tuple[list[Path], int]:
    """Write the answers, given up ones and previews; returns the files and the number of rows.

    `ids` holds one contact id per contact; from the day `eased_on` on customers are asked how easy it was, before it
    how much effort. The effort has random numbers of its own.
    """
    rng, effort = draws
    rows, fate = _with_others(rng, answers)
    cells = _system_cells(rng, rows, fate, customers, contacts.customer[rows.contact])
    cells += _question_cells(rng, rows, fate, customers, contacts.take(rows.contact))
    cells += _effort_cells(effort, rows, fate, eased_on)
    cells += _embedded_cells(rows, fate, ids, customers, contacts.take(rows.contact))
    lines = joined_cells(cells)
    paths = list(write_files(folder, "survey", "csv", files, file_of(rows.at, files), _header(zone), lines))
    return paths, rows.at.size


def _with_others(rng: np.random.Generator, answers: Answers) -> tuple[Answers, _Fate]:
    """The answers and, at the same moments as some of them, rows that must not count."""
    draw = rng.random(answers.at.size)
    unfinished = np.flatnonzero(draw < UNFINISHED_SHARE)
    previews = np.flatnonzero(draw > 1 - PREVIEW_SHARE)
    row = np.concatenate([np.arange(answers.at.size), unfinished, previews])
    kind = np.repeat((0, 1, 2), (answers.at.size, unfinished.size, previews.size))
    order = np.lexsort((kind, answers.at[row]))
    return answers.take(row[order]), _Fate(kind[order] == 2, kind[order] == 1)


def _system_cells(
    rng: np.random.Generator, rows: Answers, fate: _Fate, customers: Customers, customer: Ints
) -> list[Any]:
    count = rows.at.size
    duration = np.minimum(12 + rng.lognormal(4.1, 0.6, count), 1800).astype(np.int64)
    person = pa.array(customer, mask=fate.is_preview)
    finished = (~fate.is_unfinished).astype(np.int64)
    languages = [language.upper() for language in LANGUAGES]
    return [
        instant(rows.at - duration.astype("timedelta64[s]")),
        instant(rows.at),
        pa.array(np.where(fate.is_preview, STATUS_PREVIEW, STATUS_ANSWER)),
        _addresses(rng, count),
        pa.array(np.where(fate.is_unfinished, 20, 100)),
        pa.array(duration),
        pa.array(finished),
        instant(rows.at),
        _response_ids(rng, count),
        customers.email.take(person),
        customers.customer_id.take(person),
        pc.if_else(pa.array(fate.is_preview), "preview", "email"),
        looked_up(languages, customers.language[customer]),
    ]


def _question_cells(
    rng: np.random.Generator, rows: Answers, fate: _Fate, customers: Customers, contacts: Contacts
) -> list[Any]:
    unasked = fate.is_unfinished
    group = 1 + (rows.nps >= 7) + (rows.nps >= 9)
    texts = remarks(rng, rows.nps, contacts.topic, contacts.customer, customers)
    silent = pa.scalar(None, pa.string())
    return [
        pa.array(rows.nps, mask=unasked),
        pa.array(group.astype(np.int64), mask=unasked),
        pa.array(rows.csat, mask=unasked),
        pc.if_else(pa.array(fate.is_answer), pa.array(texts, pa.string()), silent),
    ]


def _effort_cells(rng: np.random.Generator, rows: Answers, fate: _Fate, eased_on: date) -> list[Any]:
    """Effort from 1 (very low) to 5, later ease from 1 to 7 (very easy): both follow satisfaction, not closely."""
    mood = rows.csat + rng.normal(0, 0.8, rows.csat.size)
    effort = np.clip(np.round(6 - mood), 1, 5).astype(np.int64)
    ease = np.clip(np.round(1.5 * mood - 0.4), 1, 7).astype(np.int64)
    is_eased = rows.at >= np.datetime64(eased_on, "s")
    unasked = fate.is_unfinished
    return [pa.array(effort, mask=unasked | is_eased), pa.array(ease, mask=unasked | ~is_eased)]


def _embedded_cells(
    rows: Answers, fate: _Fate, ids: NDArray[np.bytes_], customers: Customers, contacts: Contacts
) -> list[Any]:
    person = contacts.customer
    return [
        pa.array(ids[rows.contact].astype("U36"), mask=fate.is_preview),
        looked_up(PRODUCTS, customers.product[person]),
        looked_up(REGIONS, customers.region[person]),
        looked_up(SEGMENTS, customers.segment[person]),
        looked_up(TOPIC_CODES, contacts.topic),
    ]


def _header(zone: str) -> str:
    def imported(name: str) -> str:
        content = {"ImportId": name} | ({"timeZone": zone} if name in _DATES else {})
        return json.dumps(content, separators=(",", ":"))

    rows = zip(*COLUMNS, strict=True)
    names, texts, imports = (list(row) for row in rows)
    cells = ([pa.array([text]) for text in row] for row in (names, texts, [imported(name) for name in imports]))
    return "".join(joined_cells(row)[0].as_py() for row in cells)


def _addresses(rng: np.random.Generator, count: int) -> pa.Array:
    """Addresses of the three networks that are kept for documentation."""
    networks = ("192.0.2", "198.51.100", "203.0.113")
    draws = zip(rng.integers(0, 3, count).tolist(), rng.integers(1, 255, count).tolist(), strict=True)
    return pa.array([f"{networks[network]}.{host}" for network, host in draws])


def _response_ids(rng: np.random.Generator, count: int) -> pa.Array:
    """R_ and 15 letters or digits, as Qualtrics makes them."""
    letters = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", dtype=np.uint8)
    text = letters[rng.integers(0, letters.size, (count, 15))].view("S15").ravel()
    return pa.array([f"R_{name}" for name in text.astype("U15").tolist()])
