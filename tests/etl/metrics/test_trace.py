"""Claims: each printed number names itself, and can be replayed down to its rows, then and now."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config import Settings, load_settings
from etl.errors import CxError, UserError
from etl.metrics.answer import Question, Where
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.catalogue import METRICS
from etl.metrics.claims import FORM, Claim
from etl.metrics.trace import trace
from etl.pipeline import load
from etl.vocabulary import Dimension, Grain
from tests.etl.cli.calls import HEADER, calls
from tests.etl.contents import data_folder
from tests.etl.metrics.oracles import oracle_on
from tests.loaded import unsuppressed

WHERE: Where = ((Dimension.REGION, ("North", "South")),)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
CONDITIONS = st.tuples(st.sampled_from(Dimension), st.lists(st.text(min_size=1), min_size=1, max_size=3).map(tuple))


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted), st.lists(CONDITIONS, max_size=2).map(tuple), st.floats())
def test_a_claim_is_read_as_it_was_written(days: list[date], where: Where, value: float) -> None:
    claim = Claim(3, "nps", days[0], days[1], where, value if value == value else None, "1a2b")
    assert Claim.parse(str(claim)) == claim
    assert not set(str(claim)) & set(" \t\n'\"\\$`&|;<>()*?[]!#{}^")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nps", "is not a claim; expected one such as g1/contacts/"),
        (FORM.replace("7.0", "8.0"), "its last 4 signs do not fit the rest; copy it letter by letter"),
        (FORM[:-1], "is not a claim"),
    ],
)
def test_what_is_no_claim_is_refused(small_demo: Settings, text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        trace(small_demo, text)


def test_each_number_can_be_replayed(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    settings = unsuppressed(small_demo)
    start, end = date(2026, 9, 28), date(2026, 11, 22)
    question = Question(tuple(METRICS), (Dimension.CHANNEL,), Grain.MONTH, start, end, WHERE)
    last = {row.metric: row for row in small_ask(question).rows if row.value is not None}
    assert len(last) > len(METRICS) / 2
    for row in last.values():
        found = trace(settings, row.claim)
        assert (found.claim.value, found.now.value) == (row.value, row.value)
        assert (found.is_same, found.again, found.is_redefined) == (True, row.value, False)
        assert len(found.behind.rows) == row.n == found.now.n


@pytest.mark.parametrize("name", ["service_level:of_answered", "first_response_p50:answered_only"])
def test_a_variant_can_be_replayed(small_demo: Settings, small_ask: WarehouseAsk, name: str) -> None:
    (row,) = small_ask(Question((name,), start=date(2026, 10, 1), end=date(2026, 10, 31))).rows
    found = trace(unsuppressed(small_demo), row.claim)
    assert row.value is not None
    assert (found.now.value, found.is_same, found.is_redefined) == (row.value, True, False)


def test_the_sql_gives_the_parts_by_hand(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    (row,) = small_ask(Question(("service_level",), start=date(2026, 10, 1), end=date(2026, 10, 31), where=WHERE)).rows
    found = trace(unsuppressed(small_demo), row.claim)
    ((_, top, bottom, *_),) = oracle_on(small_demo).connection.execute(found.sql).fetchall()
    assert (top / bottom, bottom) == (row.value, row.n)


def test_raw_and_missing_numbers(small_ask: WarehouseAsk) -> None:
    day = date(2020, 1, 1)
    (missing,) = small_ask(Question(("nps",), start=day, end=day)).rows
    assert Claim.parse(missing.claim).value is None
    (raw,) = small_ask(Question(("nps",), is_raw=True)).rows
    assert raw.claim == ""


def test_a_number_that_changed_says_what_it_was(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(HEADER + calls(*range(1, 20)), encoding="utf-8")
    second.write_text(HEADER + calls(4).replace("C-4", "D-4"), encoding="utf-8")
    load(settings, [first])
    days = date(2024, 3, 4), date(2024, 3, 10)
    (then,) = open_ask(settings)(Question(("contacts",), (), None, *days)).rows
    load(settings, [second])
    found = trace(settings, then.claim)
    assert (found.claim.value, found.now.value, found.is_same) == (7.0, 8.0, False)
    assert (found.is_kept, found.again, len(found.behind.rows)) == (True, 7.0, 8)
    changed = replace(settings, metrics={"service_level": {"threshold_seconds": 5}})
    (level,) = open_ask(settings)(Question(("service_level",), start=days[0], end=days[1])).rows
    assert trace(changed, level.claim).is_redefined
    assert not trace(settings, level.claim).is_redefined


def test_an_unfinished_number_is_replayed_over_the_days_that_it_counted(small_ask: WarehouseAsk) -> None:
    (row,) = small_ask(Question(("contacts",), grain=Grain.MONTH, start=date(2026, 11, 1), end=date(2026, 11, 30))).rows
    assert row.through is not None
    assert not row.complete
    assert Claim.parse(row.claim).end == row.through < row.end


def test_an_unknown_generation_is_told(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    with pytest.raises(CxError):
        open_ask(settings, generation=4)
