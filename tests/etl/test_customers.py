"""Customers across channels, from files to chains: switchboards, national numbers, pairs told apart, the own list."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from etl.config import Settings, load_settings
from etl.pipeline import load
from etl.vocabulary import LoadStatus
from tests.etl import exports
from tests.etl.contents import data_folder
from tests.etl.exports import MONDAY, answer, call
from tests.etl.test_late_files import differing, rows_of

HOME, MOBILE, SWITCHBOARD = "+4930555010", "+49151555010", "+4930555000"
DAY = timedelta(days=1)
CHAINS = "SELECT chain_length FROM core_chain_contacts WHERE position = 1 ORDER BY ALL"
IDENTIFIED = "SELECT count(*), count(customer_id), count(DISTINCT customer_id) FROM core_contacts"


def company(
    root: Path, known: Sequence[tuple[str, str, str]] = (), apart: Sequence[tuple[str, ...]] = (), text: str = ""
) -> Settings:
    """A data folder, new or not, with what the company says now."""
    if not root.exists():
        data_folder(root)
    exports.beside(root, known)
    exports.write_table(root / "not_same.csv", ("kind_a", "value_a", "kind_b", "value_b"), apart)
    (root / "settings.toml").write_text(text, encoding="utf-8")
    return load_settings(root)


def switchboard(folder: Path) -> list[Path]:
    """Seven customers who call twice each through one number, an eighth caller who is not known, and an answer."""
    known = [(f"c{turn}{one}", MONDAY + turn * DAY, f"K-{one}") for turn in range(2) for one in range(7)]
    calls = [call(name, at, SWITCHBOARD, customer=customer) for name, at, customer in known]
    calls += [call(f"u{turn}", MONDAY + turn * DAY, SWITCHBOARD) for turn in range(2)]
    given = [answer("R_1", MONDAY + 3 * DAY, 2, customer="K-1")]
    return [exports.write_calls(folder / "calls.json", calls), exports.write_answers(folder / "answers.csv", given)]


def test_callers_through_a_switchboard_are_whom_their_records_name(tmp_path: Path) -> None:
    settings = company(tmp_path / "data")
    load(settings, switchboard(tmp_path))
    assert rows_of(settings, IDENTIFIED) == [(16, 14, 7)]
    assert rows_of(settings, CHAINS) == [(1,), (1,), *[(2,)] * 7]
    assert rows_of(settings, "SELECT shared_by, shared_count, is_listed FROM core_shared_keys") == [("id", 7, False)]


def test_a_limit_alone_changes_what_was_joined(tmp_path: Path) -> None:
    files = switchboard(tmp_path)
    load(company(tmp_path / "data"), files)
    settings = company(tmp_path / "data", text="[identity]\nmost_ids_per_key = 7\n")
    assert load(settings, []).files == []
    assert rows_of(settings, IDENTIFIED) == [(16, 16, 1)]
    assert rows_of(settings, CHAINS) == [(16,)]
    load(company(tmp_path / "data"), [])
    load(company(tmp_path / "new"), files)
    assert differing(tmp_path / "data", tmp_path / "new") == set()


def test_the_own_list_names_a_switchboard_and_a_role_address_where_nothing_else_does(tmp_path: Path) -> None:
    known = [("K-9", "phone", SWITCHBOARD), ("K-9", "email", "info@example.com")]
    mail = call("m1", MONDAY, "info@example.com", channel="EMAIL")
    files = [*switchboard(tmp_path), exports.write_calls(tmp_path / "mail.json", [mail])]
    load(company(tmp_path / "data"), files)
    assert rows_of(load_settings(tmp_path / "data"), IDENTIFIED) == [(17, 14, 7)]
    settings = company(tmp_path / "data", known)
    load(settings, [])
    assert rows_of(settings, IDENTIFIED) == [(17, 17, 8)]
    load(company(tmp_path / "new", known), files)
    assert differing(tmp_path / "data", tmp_path / "new") == set()


def test_a_national_number_is_read_once_its_country_is_known(tmp_path: Path) -> None:
    calls = [call("c1", MONDAY, "030 555010"), call("c2", MONDAY + DAY, HOME)]
    file = exports.write_calls(tmp_path / "calls.json", calls)
    load(company(tmp_path / "data"), [file])
    assert rows_of(load_settings(tmp_path / "data"), IDENTIFIED) == [(2, 1, 1)]
    for text in ('[company]\ncountry = "DE"\n', '[sources.amazon_connect]\ncountry = "DE"\n'):
        settings = company(tmp_path / "data", text=text)
        load(settings, [])
        assert rows_of(settings, CHAINS) == [(2,)]


def test_a_pair_told_apart_parts_the_chains_and_joins_them_again(tmp_path: Path) -> None:
    calls = [call("c1", MONDAY, HOME, customer="K-1"), call("c2", MONDAY + DAY, MOBILE, customer="K-1")]
    file = exports.write_calls(tmp_path / "calls.json", [*calls, call("c3", MONDAY + 2 * DAY, HOME)])
    pair = ("phone", HOME, "id", "K-1")
    load(company(tmp_path / "data"), [file])
    assert rows_of(load_settings(tmp_path / "data"), CHAINS) == [(3,)]
    settings = company(tmp_path / "data", apart=[pair])
    load(settings, [])
    assert rows_of(settings, CHAINS) == [(1,), (2,)]
    load(company(tmp_path / "apart", apart=[pair]), [file])
    assert differing(tmp_path / "data", tmp_path / "apart") == set()
    ((a, b),) = rows_of(settings, "SELECT * FROM core_not_same")
    shown = company(tmp_path / "data", apart=[("identifier", b, "identifier", a)])
    load(shown, [])
    assert rows_of(shown, CHAINS) == [(1,), (2,)]
    load(company(tmp_path / "data"), [])
    load(company(tmp_path / "joined"), [file])
    assert differing(tmp_path / "data", tmp_path / "joined") == set()


def test_nothing_is_published_while_nothing_changed(tmp_path: Path) -> None:
    known = [("K-1", "phone", HOME)]
    load(company(tmp_path / "data", known), switchboard(tmp_path))
    assert load(company(tmp_path / "data", known), []).generation == 1
    assert load(company(tmp_path / "data"), []).generation == 2


def drawn(random: Random, folder: Path) -> list[Path]:
    """Calls of few numbers and ids in many files, so that keys become shared and cease to be."""
    phones = [HOME, MOBILE, SWITCHBOARD, None]
    records: list[Any] = [
        call(
            f"c{random.randrange(20)}", MONDAY + random.randrange(20) * DAY, random.choice(phones), version=number,
            customer=random.choice([None, "K-1", "K-2", "K-3", "K-4"]), first=random.choice([None, None, "c1", "c2"]),
        )
        for number in range(36)
    ]  # fmt: skip
    scored = [answer(f"R_{n}", MONDAY + n * 3 * DAY, n, customer=f"K-{n}", email="a@example.com") for n in range(1, 5)]
    files = [exports.write_calls(folder / f"{place}.json", records[place::6]) for place in range(6)]
    return [*files, exports.write_answers(folder / "answers.csv", scored)]


@pytest.mark.parametrize("seed", range(2))
def test_files_one_by_one_give_the_same_customers_as_all_together(seed: int, tmp_path: Path) -> None:
    text, apart = "[identity]\nmost_ids_per_key = 2\n", [("phone", HOME, "id", "K-1")]
    files = drawn(Random(seed), tmp_path)
    together = company(tmp_path / "together", apart=apart, text=text)
    assert {report.status for report in load(together, files).files} == {LoadStatus.LOADED}
    assert rows_of(together, "SELECT count(*) > 0 FROM core_shared_keys") == [(True,)]
    for file in reversed(files):
        load(company(tmp_path / "apart", apart=apart, text=text), [file])
    assert differing(tmp_path / "together", tmp_path / "apart") == set()
