"""A quick reading gives what the careful one gives, or leaves the text to it."""

import random
from dataclasses import replace

import pytest

from etl.engines import scratch
from etl.sources.base import Field
from etl.sources.cast import Pool
from etl.sources.fields import compile_field
from etl.sources.quick import quick_value
from etl.sources.times import Zones

UTC = Zones("UTC", "UTC")
NONE = ("NULL", "nan", "N/A", "-", "n")
FIELDS = [
    Field("seconds", ("cell",), blanks=NONE),
    Field("seconds", ("cell",), unit="min"),
    Field("seconds", ("cell",), decimal=","),
    Field("count", ("cell",), blanks=NONE),
    Field("count", ("cell",), decimal=","),
    Field("rating", ("cell",), low=1, high=5, blanks=NONE),
    Field("rating", ("cell",), low=1, high=5, blanks=(*NONE, "3", "0")),
    Field("rating", ("cell",), low=1, high=5, labelled=True),
    Field("rating", ("cell",), low=1, high=5, map={"4": 1, "Y": 5}),
    Field("code", ("cell",), map={"Y": "yes", "y": "other", "n": "no", "N/A": "nothing", "1": "one"}, blanks=NONE),
    Field("flag", ("cell",), true=("Y", "1", "-"), false=("n", "0", "no"), blanks=NONE),
]
USUAL = {
    "seconds": ("12", 12),
    "count": ("12", 12),
    "rating": ("5", 5),
    "code": ("Y", "yes"),
    "flag": ("Y", True),
}
WORDS = [*NONE, "Y", "y", "N", "no", "NO", "yes", "0:04:12", "04:12", "1:02:03x", "12.5", "1.234", "1,5", "5 - good"]


def _texts(seed: int, count: int) -> list[str]:
    """Words and random texts, some between blanks."""
    drawn = random.Random(seed)
    signs = "0123459:.,-+eE xYn/ \t\u00a0\u0663"
    made = ["".join(drawn.choices(signs, k=drawn.randint(0, 8))) for _ in range(count)]
    return [drawn.choice(("{}", "{} ", " {}", "\t{}\n")).format(text) for text in [*made, *WORDS * 8]]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.kind} {field.unit} {field.decimal}")
def test_the_quick_reading_agrees_with_the_careful_one(field: Field) -> None:
    careful = compile_field(field, UTC)
    pool = Pool()
    both = compile_field(field, UTC, pool.reading(field))
    by_both = f"SELECT cell, {both.value} AS value, {both.raw} AS raw FROM {pool.over('staged')}"
    carefully = f"SELECT cell, {careful.value} AS careful, {careful.raw} AS text FROM staged"
    differs = "value IS DISTINCT FROM careful OR (value IS NULL AND raw IS DISTINCT FROM text)"
    with scratch() as connection:
        connection.execute("CREATE TABLE staged (cell VARCHAR)")
        connection.execute("INSERT INTO staged SELECT unnest(?)", [[*_texts(7, 20_000), None]])
        both_ways = connection.sql(by_both).join(connection.sql(carefully), "cell")
        assert both_ways.filter(differs).fetchall() == []


@pytest.mark.parametrize("field", [field for field in FIELDS if quick_value(field)], ids=lambda field: field.kind)
def test_usual_texts_are_read_quickly_and_words_for_none_never(field: Field) -> None:
    usual, value = USUAL[field.kind]
    with scratch() as connection:
        quick = f"SELECT {quick_value(replace(field, unit='s'))} FROM (SELECT unnest(?) AS cell)"
        found = [row[0] for row in connection.execute(quick, [[usual, *field.blanks]]).fetchall()]
    assert found == [value, *(None for _ in field.blanks)]


def test_digits_that_may_be_no_number_are_left_to_the_careful_reading() -> None:
    assert [quick_value(field) for field in FIELDS[6:9]] == ["", "", ""]
