"""Known names and ids: whole words, any case, with and without accents, and nothing that merely looks alike."""

import random
from pathlib import Path

import pyarrow as pa
import pytest

from etl.enrich.known import known, known_customers
from etl.enrich.redact import redact, redactor
from etl.folders import Folders
from etl.references import read_customers

NAMES = (
    "Jane Smith", "José García López", "Müller, Hans", "Sean O'Neil", "Jean-Luc Picard", "Zoë Ångström",
    "Иван Петров", "Cher", "Li Na",
)  # fmt: skip
IDS = ("CUST-00123", "AB1234567", "77123456", "short", "A1", "CUSTOMER")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, this is Jane Smith.", "Hello, this is [NAME]."),
        ("JANE SMITH wrote; jane  smith too", "[NAME] wrote; [NAME] too"),
        ("Smith, Jane called", "[NAME] called"),
        ("Jane\u00a0Smith's bill", "[NAME]'s bill"),
        ("“Jane Smith” is", "“[NAME]” is"),
        ("soy Jose Garcia Lopez y José García López", "soy [NAME] y [NAME]"),
        ("Jose\u0301 Lo\u0301pez", "[NAME]"),
        ("Herr Hans Müller oder Hans Mueller oder Hans Muller", "Herr [NAME] oder [NAME] oder [NAME]"),
        ("Sean O’Neil, Sean ONeil", "[NAME], [NAME]"),
        ("jean luc picard", "[NAME]"),
        ("zoe angstrom und ZOË ÅNGSTRÖM", "[NAME] und [NAME]"),
        ("меня зовут Иван Петров", "меня зовут [NAME]"),
        ("here Li Na writes", "here [NAME] writes"),
        ("my id cust-00123 and AB1234567.", "my id [ID] and [ID]."),
        ("order 77123456!", "order [ID]!"),
        ("Jane Smith <jane@example.com> 0171 2345678", "[NAME] <[EMAIL]> [PHONE]"),
    ],
)
def test_known_names_and_ids_are_masked(text: str, expected: str) -> None:
    assert redact(pa.array([text]), known=known(NAMES, IDS)).to_pylist() == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Jane wrote, and Smith did not",
        "Jane. And then Smith",
        "Jane called Smith",
        "Janet Smith; Jane Smithers; MaryJane Smith",
        "José García",
        "Cher and Hans",
        "short A1 CUSTOMER 7712345 771234567 AB12345678 CUST 00123 CUST-0012",
    ],
)
def test_what_merely_looks_alike_stays(text: str) -> None:
    assert redact(pa.array([text]), known=known(NAMES, IDS)).to_pylist() == [text]


def test_names_do_not_run_from_one_text_into_the_next() -> None:
    texts = pa.array(["I am Jane", "Smith", None, "", "Jane", "Jane Smith", "AB1234", "567"])
    expected = [*texts.to_pylist()[:5], "[NAME]", "AB1234", "567"]
    masked = redactor(known(NAMES, IDS))
    assert masked(texts).to_pylist() == expected
    assert masked(texts.slice(5)).to_pylist() == expected[5:]
    assert masked(texts.cast(pa.large_string())).to_pylist() == expected


def test_nothing_known_changes_nothing() -> None:
    texts = pa.array(["Jane Smith", "a", None, "", "ä"])
    assert redact(texts, known=known((), ())).equals(texts)
    assert known(NAMES, IDS).selects(pa.array([], pa.string())).to_pylist() == []


def test_each_of_many_names_is_found() -> None:
    rng = random.Random(4)
    letters = "abcdefghijklmnopqrstuvwxyzäéñøłß"
    names = [
        " ".join("".join(rng.choice(letters) for _ in range(rng.randrange(2, 12))).title() for _ in range(2))
        for _ in range(2_000)
    ]
    texts = [f"this is {name.upper() if place % 2 else name}, hello" for place, name in enumerate(names)]
    masked = redact(pa.array(texts), known=known(names, ())).to_pylist()
    assert set(masked) == {"this is [NAME], hello"}


def test_names_and_ids_come_from_the_customers_table(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    assert known_customers(folders) is None
    lines = ("customer_id,kind,value", 'C-100200,name,"Smith, Jane"', "C-100200,email,j@example.com", "x,id,ZZ-9-000")
    (tmp_path / "customers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = known_customers(folders)
    texts = pa.array(["Jane Smith is C-100200 or zz-9-000"])
    assert redact(texts, known=found).to_pylist() == ["[NAME] is [ID] or [ID]"]
    assert [one.value for one in read_customers(folders)] == ["j@example.com", "ZZ-9-000"]
