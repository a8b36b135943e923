"""The demo company as a whole: two years of exports written into an inbox, with what was planted in them."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from etl.demo.answers import Answers, make_answers, mix_shift
from etl.demo.calls import make_calls
from etl.demo.contacts import Contacts, ordinary_contacts
from etl.demo.customers import Customers, make_customers
from etl.demo.employees import make_pulse
from etl.demo.facts import Breakdown, Facts, Volumes, planned, week_key
from etl.demo.handling import Handling, handle
from etl.demo.planting import in_quiet_weeks, in_storm, plant, repeated, stormed
from etl.demo.posts import make_posts, storm_posts
from etl.demo.records import delivered, make_records
from etl.demo.reviews import make_reviews
from etl.demo.season import Flags, Ints, Times, days_between, end_of, in_utc
from etl.demo.topics import QUEUE_NAMES, QUEUES
from etl.demo.writers import plans, settings
from etl.demo.writers.amazon_connect import write_records
from etl.demo.writers.call_center import write_calls
from etl.demo.writers.employee_survey import write_pulse
from etl.demo.writers.files import file_of, months_then_weeks, spans
from etl.demo.writers.google_play_reviews import write_reviews
from etl.demo.writers.qualtrics import PREVIEW_SHARE, UNFINISHED_SHARE, write_answers
from etl.demo.writers.twcs import write_posts
from etl.errors import UserError
from etl.folders import Folders

FEWEST_DAYS, FEWEST_RECORDS = 14, 500
CONNECT_SHARE, EVENING_SHARE, SOCIAL_SHARE, REVIEW_SHARE, SURVEY_SHARE = 0.60, 0.08, 0.185, 0.015, 0.12
# Records of Connect per ordinary contact: repeats, transfers and redeliveries come on top.
RECORDS_PER_CONTACT = 1.125
# Lines per review: those whose reply came after the month are listed again.
LINES_PER_REVIEW = 1.02
UNASKED_IN_QUIET_WEEKS = 0.6


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What to write and where: a history of `days` up to and including `end`.

    Raises UserError for fewer than 14 days or 500 records.
    """

    folder: Path
    end: date
    days: int = 730
    records: int = 200_000
    seed: int = 7
    has_facts: bool = True

    def __post_init__(self) -> None:
        """Refuse a company that is too small to show anything."""
        for name, found, fewest in (("days", self.days, FEWEST_DAYS), ("records", self.records, FEWEST_RECORDS)):
            if found < fewest:
                raise UserError(f"demo: --{name} is {found}; expected at least {fewest}. Choose a larger number.")

    @property
    def first(self) -> date:
        """The first day of the history."""
        return self.end - timedelta(days=self.days - 1)

    def draws(self, room: int) -> np.random.Generator:
        """Random numbers of one room, so that a change in one leaves the others as they are."""
        return np.random.default_rng([self.seed, room])


@dataclass(frozen=True)
class Written:
    """The export files, the number of records in them, and the planted facts (empty without any)."""

    files: tuple[Path, ...]
    records: int
    known: dict[str, Any]


def write_demo(demo: Demo) -> Written:
    """Write the exports into the inbox of the folder, and map, questions, customers and settings beside it.

    The same demo writes the same bytes; settings that are already there stay.
    """
    inbox = Folders(demo.folder).inbox
    inbox.mkdir(parents=True, exist_ok=True)
    customers = make_customers(demo.draws(0), demo.records)
    facts = _facts(demo)
    contacts, handling = _contacts(demo, customers, facts)
    answers = _answers(demo, customers, contacts, handling, facts)
    angry = storm_posts(demo.draws(6), contacts, customers, facts.storm, demo.end)
    connect_files, connect_count, ids = _write_connect(demo, inbox, contacts, handling, customers)
    survey_files, survey_count = write_answers(
        (demo.draws(9), demo.draws(17)), inbox, spans(demo.first, demo.end, 1), answers, contacts, ids, customers,
        settings.ZONE, demo.first + timedelta(days=demo.days // 2),
    )  # fmt: skip
    call_files, call_count = _write_evening(demo, inbox, facts)
    post_files, post_count = _write_social(demo, inbox, customers, facts, angry)
    review_files, review_count = _write_reviews(demo, inbox)
    pulse = make_pulse(demo.draws(18), days_between(demo.first, demo.end))
    pulse_files = write_pulse(inbox, spans(demo.first, demo.end, 1), pulse)
    _write_beside(demo, customers, facts)
    return Written(
        files=tuple(connect_files + call_files + post_files + review_files + survey_files + pulse_files),
        records=connect_count + call_count + post_count + review_count + survey_count + pulse.at.size,
        known=_known(demo, facts, contacts, customers, answers, angry),
    )


def _facts(demo: Demo) -> Facts:
    if not demo.has_facts:
        return Facts(watermark=demo.end - timedelta(days=1))
    a_day = demo.records / demo.days
    volumes = Volumes(
        contacts_a_week=7 * a_day * CONNECT_SHARE,
        answers_a_month=30 * a_day * SURVEY_SHARE,
        posts_a_day=a_day * SOCIAL_SHARE,
        calls_a_day=a_day * EVENING_SHARE,
    )
    return planned(demo.draws(1), demo.first, demo.end, volumes)


def _contacts(demo: Demo, customers: Customers, facts: Facts) -> tuple[Contacts, Handling]:
    """All contacts that were over by the last day, in order of their start."""
    days = days_between(demo.first, demo.end)
    total = round(demo.records * CONNECT_SHARE / RECORDS_PER_CONTACT)
    contacts = ordinary_contacts(demo.draws(2), customers, total, days)
    contacts = plant(demo.draws(3), contacts, customers, facts)
    contacts = repeated(demo.draws(4), contacts, facts, days)
    contacts = stormed(demo.draws(14), contacts, facts.storm)
    contacts = contacts.take(np.argsort(contacts.start, kind="stable"))
    handling = handle(demo.draws(5), contacts, in_storm(contacts, facts.storm))
    over = handling.finish(contacts) < end_of(demo.end)
    return contacts.take(over), handling.take(over)


def _answers(demo: Demo, customers: Customers, contacts: Contacts, handling: Handling, facts: Facts) -> Answers:
    rng = demo.draws(7)
    asked: Flags = ~contacts.is_abandoned & ~contacts.is_outbound & contacts.is_identified
    asked &= ~(in_quiet_weeks(contacts, facts) & (rng.random(len(contacts)) < UNASKED_IN_QUIET_WEEKS))
    total = round(demo.records * SURVEY_SHARE / (1 + UNFINISHED_SHARE + PREVIEW_SHARE))
    finish = handling.finish(contacts)
    return make_answers(rng, contacts, finish, asked, customers, total, demo.end, facts.mix_month)


def _write_connect(
    demo: Demo, inbox: Path, contacts: Contacts, handling: Handling, customers: Customers
) -> tuple[list[Path], int, Any]:
    """The files, the number of lines, and the id of each contact."""
    records = make_records(demo.draws(8), contacts, handling, settings.ZONE)
    first = records.take(np.flatnonzero(~records.is_second))
    ids = first.contact_id[np.argsort(first.contact)]
    files = months_then_weeks(demo.first, demo.end)
    until = in_utc(np.array([end_of(demo.end)]), settings.ZONE)[0]
    lines, positions = delivered(demo.draws(10), records, file_of(contacts.start[records.contact], files), until)
    paths = write_records(inbox, files, positions, lines, contacts.take(lines.contact), customers)
    return paths, len(lines), ids


def _closed(facts: Facts, source: str) -> tuple[date, ...]:
    return facts.outage.days if facts.outage and facts.outage.source == source else ()


def _write_evening(demo: Demo, inbox: Path, facts: Facts) -> tuple[list[Path], int]:
    days = days_between(demo.first, demo.end)
    calls = make_calls(demo.draws(11), round(demo.records * EVENING_SHARE), days, _closed(facts, "call_center"))
    return write_calls(inbox, spans(demo.first, demo.end, 3), calls), calls.start.size


def _write_social(
    demo: Demo, inbox: Path, customers: Customers, facts: Facts, angry: tuple[Ints, Times]
) -> tuple[list[Path], int]:
    days, total = days_between(demo.first, demo.end), round(demo.records * SOCIAL_SHARE)
    closed = _closed(facts, "twcs")
    posts = make_posts(demo.draws(12), customers, total, days, settings.ZONE, closed, angry)
    files = spans(demo.first, demo.end, 1)
    return write_posts(demo.draws(13), inbox, files, posts, customers, settings.ZONE), len(posts)


def _write_reviews(demo: Demo, inbox: Path) -> tuple[list[Path], int]:
    total = round(demo.records * REVIEW_SHARE / LINES_PER_REVIEW)
    reviews = make_reviews(demo.draws(15), total, days_between(demo.first, demo.end))
    return write_reviews(demo.draws(16), inbox, spans(demo.first, demo.end, 1), reviews)


def _write_beside(demo: Demo, customers: Customers, facts: Facts) -> None:
    settings.write_map(demo.folder)
    settings.write_questions(demo.folder)
    settings.write_customers(demo.folder, customers)
    settings.write_promises(demo.folder)
    settings.write_hours(demo.folder)
    settings.write_causes(demo.folder)
    plans.write_owners(demo.folder)
    plans.write_plans(demo.folder, facts)
    settings.write_settings(demo.folder)


def _known(
    demo: Demo, facts: Facts, contacts: Contacts, customers: Customers, answers: Answers, angry: tuple[Ints, Times]
) -> dict[str, Any]:
    """The planted facts as JSON takes them, each only where it was planted."""
    if not demo.has_facts:
        return {}
    known: dict[str, Any] = {"watermark": facts.watermark.isoformat(), "breakdowns": [*map(_told, facts.breakdowns)]}
    if facts.mix_month:
        known["mix_shift"] = mix_shift(answers, contacts, customers, facts.mix_month)
    if facts.fix:
        known["fix"] = _told(facts.fix.breakdown) | {"opened": facts.fix.opened.isoformat(), "evidence": "improved"}
    if facts.storm:
        known["storm"] = _told_storm(facts, contacts, int(angry[0].size))
    if facts.outage:
        days = facts.outage.days
        known["outage"] = {
            "source": facts.outage.source,
            "from": days[0].isoformat(),
            "to": days[-1].isoformat(),
            "days": [day.isoformat() for day in days],
        }
    return known


def _told(breakdown: Breakdown) -> dict[str, Any]:
    return {
        "state": breakdown.state,
        "cause": breakdown.cause,
        "touchpoint": breakdown.touchpoint,
        "bad_weeks": [week_key(week) for week in breakdown.weeks],
    }


def _told_storm(facts: Facts, contacts: Contacts, posting: int) -> dict[str, Any]:
    calls = contacts.take(in_storm(contacts, facts.storm))
    queue = int(calls.queue[0])
    return {
        "from": facts.storm[0].isoformat(),
        "to": facts.storm[-1].isoformat(),
        "queue": QUEUE_NAMES[queue],
        "touchpoint": QUEUES[queue].touchpoint,
        "calls": len(calls),
        "abandoned": int(calls.is_abandoned.sum()),
        "customers": posting,
    }
