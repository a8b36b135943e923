"""What arrives later changes what was concluded before, exactly as if it had been there from the beginning."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest

from etl.config import Settings, load_settings
from etl.engines import Connection
from etl.pipeline import load
from etl.vocabulary import LoadStatus
from etl.warehouse import Warehouse
from tests.etl import exports
from tests.etl.contents import data_folder, delivered
from tests.etl.exports import MONDAY, answer, call, message, tweet

Scene: TypeAlias = tuple[list[Path], str, list[tuple[Any, ...]], list[tuple[Any, ...]]]
PHONE, OTHER = "+12125550100", "+12125550101"
KNOWN = [("K-0", "handle", "twitter:h0"), ("K-1", "handle", "twitter:h1"), ("K-1", "email", "k1@example.com")]
LENGTHS = "SELECT chain_length FROM core_chain_contacts WHERE position = 1 ORDER BY ALL"
FAILED = "SELECT count(*), count(*) FILTER (WHERE is_low_score) FROM core_failures"
CONTENT = "SELECT content_at IS NOT NULL, returned_at IS NOT NULL FROM core_recoveries"
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


def prepared(root: Path) -> Settings:
    """A new data folder with the company's own files beside the inbox."""
    data_folder(root)
    exports.beside(root, KNOWN)
    return load_settings(root)


def rows_of(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    warehouse = Warehouse(settings.folders)
    published = warehouse.current()
    assert published is not None
    connection: Connection = warehouse.read(published)
    with connection:
        return connection.execute(sql).fetchall()


def joining(folder: Path) -> Scene:
    """The call between two chains arrives last and makes them one."""
    first = [call("c1", MONDAY, PHONE, topic="refund"), call("c3", MONDAY + 2 * WEEK, PHONE, topic="refund")]
    late = [call("c2", MONDAY + WEEK, PHONE, topic="refund")]
    files = [exports.write_calls(folder / f"{place}.json", records) for place, records in enumerate((first, late))]
    return files, LENGTHS, [(1,), (1,)], [(3,)]


def moving(folder: Path) -> Scene:
    """An update gives a call another reason, which takes it out of the middle of a chain."""
    days = (0, 6, 12)
    first = [call(f"c{day}", MONDAY + timedelta(days=day), PHONE, topic="refund") for day in days]
    late = [call("c6", MONDAY + timedelta(days=6), PHONE, topic="delivery", version=1)]
    files = [exports.write_calls(folder / f"{place}.json", records) for place, records in enumerate((first, late))]
    return files, LENGTHS, [(3,)], [(1,), (1,), (1,)]


def postponing(folder: Path) -> Scene:
    """An update moves a call by a second, and the next no longer lies within 7 days."""
    first = [call("c1", MONDAY, PHONE), call("c2", MONDAY + WEEK, PHONE)]
    late = [call("c2", MONDAY + WEEK + SECOND, PHONE, version=1)]
    files = [exports.write_calls(folder / f"{place}.json", records) for place, records in enumerate((first, late))]
    return files, LENGTHS, [(2,)], [(1,), (1,)]


def scoring(folder: Path) -> Scene:
    """A survey answer arrives later and makes an old call fail."""
    calls = exports.write_calls(folder / "calls.json", [call("c1", MONDAY, PHONE, customer="K-1")])
    later = exports.write_answers(
        folder / "answers.csv", [answer("R_1", MONDAY + timedelta(days=3), 2, customer="K-1")]
    )
    return [calls, later], FAILED, [(0, 0)], [(1, 1)]


def rescoring(folder: Path) -> Scene:
    """A later call lies nearer to the answer, which then fails that one instead."""
    calls = exports.write_calls(folder / "calls.json", [call("c1", MONDAY, PHONE, customer="K-1", topic="refund")])
    given = exports.write_answers(
        folder / "answers.csv", [answer("R_1", MONDAY + timedelta(days=3), 2, customer="K-1")]
    )
    nearer = [call("c2", MONDAY + timedelta(days=2), PHONE, topic="delivery")]
    late = exports.write_calls(folder / "late.json", nearer)
    failed = "SELECT count(*), min(reason) FROM core_failures"
    return [calls, given, late], failed, [(1, "refund")], [(1, "delivery")]


def linking(folder: Path) -> Scene:
    """Two numbers turn out to be one customer's, and two chains one."""
    first = [call("c1", MONDAY, PHONE), call("c2", MONDAY + WEEK, OTHER)]
    late = [
        call("c8", MONDAY + 9 * WEEK, PHONE, customer="K-1", method="OUTBOUND"),
        call("c9", MONDAY + 9 * WEEK, OTHER, customer="K-1", method="OUTBOUND"),
    ]
    files = [exports.write_calls(folder / f"{place}.json", records) for place, records in enumerate((first, late))]
    return files, LENGTHS, [(1,), (1,)], [(2,)]


def unlinking(folder: Path) -> Scene:
    """A corrected record no longer ties two numbers to one customer."""
    first = [
        call("c1", MONDAY, PHONE, customer="K-1"),
        call("c2", MONDAY + WEEK, OTHER, customer="K-1"),
    ]
    late = [call("c2", MONDAY + WEEK, OTHER, customer="K-2", version=1)]
    files = [exports.write_calls(folder / f"{place}.json", records) for place, records in enumerate((first, late))]
    return files, LENGTHS, [(2,)], [(1,), (1,)]


def outcry(folder: Path) -> Scene:
    """The angry post that followed a call within 72 hours arrives later, and so does the link to its author."""
    calls = exports.write_calls(folder / "calls.json", [call("c1", MONDAY, PHONE)])
    posts = [tweet("570306133677760001", MONDAY + timedelta(hours=72), "h1", "negative", "Late Flight")]
    angry = exports.write_tweets(folder / "posts.csv", posts)
    link = [call("c9", MONDAY + 9 * WEEK, PHONE, customer="K-1", method="OUTBOUND")]
    late = exports.write_calls(folder / "late.json", link)
    return [calls, angry, late], "SELECT count(*) FROM core_escalations", [(0,)], [(1,)]


def praising(folder: Path) -> Scene:
    """Who was left unresolved gives a top score 29 days later: the answer arrives last, the failure is old by then."""
    calls = exports.write_calls(
        folder / "calls.json", [call("c1", MONDAY, PHONE, customer="K-1", topic="refund", resolved="no")]
    )
    later = [answer("R_1", MONDAY + timedelta(days=29), 10, customer="K-1")]
    praise = exports.write_answers(folder / "answers.csv", later)
    return [calls, praise], CONTENT, [], [(True, False)]


def returning(folder: Path) -> Scene:
    """A call four weeks later for the same reason arrives last: a score had shown him content, he is back."""
    calls = [call("c1", MONDAY, PHONE, customer="K-1", topic="refund", resolved="no")]
    first = exports.write_calls(folder / "calls.json", calls)
    praise = exports.write_answers(
        folder / "answers.csv", [answer("R_1", MONDAY + timedelta(days=3), 10, customer="K-1")]
    )
    again = [call("c2", MONDAY + 4 * WEEK, PHONE, customer="K-1", topic="refund")]
    return [first, praise, exports.write_calls(folder / "late.json", again)], CONTENT, [(True, False)], [(True, True)]


def threading(folder: Path) -> Scene:
    """The message that opened a thread arrives later: its contact begins, and is answered, on another day."""
    reply = [message("2", MONDAY + timedelta(days=1), "AcmeHelp", "1", is_ours=True)]
    more = [message("3", MONDAY + timedelta(days=8), "h1", "2")]
    files = [exports.write_messages(folder / f"{place}.csv", rows) for place, rows in enumerate((more, reply))]
    files.append(exports.write_messages(folder / "2.csv", [message("1", MONDAY, "h1")]))
    answered = "SELECT count(*), min(CAST(started_at AS DATE))::VARCHAR FROM core_chain_contacts WHERE is_answered"
    return files, answered, [(0, None)], [(1, str(MONDAY.date()))]


@pytest.mark.parametrize(
    "scene",
    [joining, moving, postponing, scoring, rescoring, linking, unlinking, outcry, praising, returning, threading],
)
def test_a_late_file_changes_what_was_concluded(scene: Callable[[Path], Scene], tmp_path: Path) -> None:
    files, sql, before, after = scene(tmp_path)
    settings = prepared(tmp_path / "data")
    for file in files[:-1]:
        assert [report.status for report in load(settings, [file]).files] == [LoadStatus.LOADED]
    assert rows_of(settings, sql) == before
    load(settings, files[-1:])
    assert rows_of(settings, sql) == after
    load(prepared(tmp_path / "together"), files)
    assert differing(tmp_path / "data", tmp_path / "together") == set()


def differing(one: Path, other: Path) -> set[str]:
    """The tables that two data folders do not have in common."""
    left, right = delivered(one), delivered(other)
    return {table for table in left.keys() | right.keys() if left.get(table) != right.get(table)}


class Drawn:
    """Records of a few customers who call, post and answer within some weeks, spread over files at random."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)

    def moment(self) -> Any:
        """A moment that often lies exactly 7 days, or a second less or more, from another."""
        aside = self.draw.choice([0, 0, 1, -1, self.draw.randrange(-30_000, 30_000)])
        return MONDAY + timedelta(days=self.draw.choice([0, 1, 3, 6, 7, 7, 14, 14, 21, 28, 35]), seconds=aside)

    def call(self, number: int, version: int = 0) -> exports.Record:
        pick = self.draw.choice
        return call(
            f"c{number}", self.moment(), pick([PHONE, OTHER, "+12125550102", None]),
            customer=pick([None, None, None, "K-0", "K-1", "K-2"]),
            topic=pick([None, "refund", "delivery", "anger", "x"]),
            channel=pick(["VOICE", "VOICE", "CHAT", "EMAIL"]), method=pick(["INBOUND"] * 4 + ["OUTBOUND", "TRANSFER"]),
            first=pick([None] * 4 + ["c1", "c2"]), wait=pick([None, 3, 10]), is_answered=pick([True, False]),
            resolved=pick([None, None, "yes", "no"]), version=version,
        )  # fmt: skip

    def calls(self) -> list[exports.Record]:
        updates = [self.call(self.draw.randrange(16), version) for version in range(1, 8)]
        return [*(self.call(number) for number in range(16)), *updates]

    def answers(self) -> list[tuple[str, ...]]:
        pick = self.draw.choice
        return [
            answer(
                f"R_{number}", self.moment() + timedelta(hours=pick([1, 100])), pick([0, 6, 7, 10]),
                customer=pick(["", "K-0", "K-1", "K-2"]), email=pick(["", "k1@example.com", "k2@example.com"]),
                contact=pick(["", "", f"c{self.draw.randrange(16)}"]),
            )
            for number in range(7)
        ]  # fmt: skip

    def tweets(self) -> list[tuple[str, ...]]:
        pick = self.draw.choice
        return [
            tweet(
                f"57030613367776000{number}", self.moment() + timedelta(hours=pick([0, 5, 72])),
                pick(["h0", "h1", "h2"]), pick(["negative", "negative", "positive", "neutral"]),
                pick(["", "Late Flight"]),
            )
            for number in range(8)
        ]  # fmt: skip

    def messages(self) -> list[tuple[str, ...]]:
        found = []
        for number in range(8):
            author = self.draw.choice(["h0", "h1", "us"])
            parent = str(self.draw.choice([other for other in range(8) if other != number]))
            found.append(
                message(str(number), self.moment(), author, self.draw.choice(["", parent]), is_ours=author == "us")
            )
        return found

    def files(self, folder: Path) -> list[Path]:
        """All of it in about ten files, in any order."""
        found = [
            *self.spread(self.calls(), 4, folder / "calls.json", exports.write_calls),
            *self.spread(self.answers(), 2, folder / "answers.csv", exports.write_answers),
            *self.spread(self.tweets(), 2, folder / "tweets.csv", exports.write_tweets),
            *self.spread(self.messages(), 2, folder / "messages.csv", exports.write_messages),
        ]
        self.draw.shuffle(found)
        return found

    def spread(
        self, rows: list[Any], count: int, path: Path, write: Callable[[Path, Sequence[Any]], Path]
    ) -> list[Path]:
        groups: list[list[Any]] = [[] for _ in range(count)]
        for row in rows:
            self.draw.choice(groups).append(row)
        named = [(path.with_stem(f"{path.stem}{place}"), group) for place, group in enumerate(groups) if group]
        return [write(name, group) for name, group in named]


@pytest.mark.parametrize("seed", range(1))
def test_files_of_any_content_in_any_order_give_the_same(seed: int, tmp_path: Path) -> None:
    drawn = Drawn(seed)
    files = drawn.files(tmp_path)
    together, apart = prepared(tmp_path / "together"), prepared(tmp_path / "apart")
    assert {report.status for report in load(together, files).files} == {LoadStatus.LOADED}
    while files:
        size = drawn.draw.choice([1, 1, 2])
        load(apart, files[:size])
        files = files[size:]
    assert differing(tmp_path / "together", tmp_path / "apart") == set()
