"""Causes by the company's own model: only where no phrase tells one, only what is sure, alike in SQL."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from etl.enrich.causes.learned import Learned, learned_causes, telling
from etl.enrich.causes.read import read_taxonomy
from etl.enrich.text_model.model import CAUSE, NEVER, OWN_CAUSES, OWN_MODEL, TextModel, least_margin, write_model
from etl.enrich.text_model.portable import LABELS, TOLD, tables
from etl.enrich.text_model.tokens import Batch, tokens_of
from tests.etl.enrich.text_model.labelled import said, taught

PHRASED = "you charged me twice for the same order"
FRENCH = "nous avons vu le ciel bleu dans notre belle maison avec les enfants parcel"
TEXTS = ("the parcel, three days since Monday", PHRASED, "we looked at the blue sky", "", FRENCH)

MORE = (
    "the parcel for three days",
    "parcel three days Leeds",
    "three parcels",
    "wrong card",
    "twice on my card",
    "days",
)


@pytest.fixture(scope="module")
def learned() -> Learned:
    return Learned(taught().model, {"late": "depot"})


def told(learned: Learned | None, *texts: str) -> list[dict[str, str | None]]:
    """Cause, touchpoint, why, language and version of each text."""
    rows: list[dict[str, str | None]] = telling(read_taxonomy(), learned, pa.array(texts))[1](
        pa.array(texts)
    ).to_pylist()
    return rows


def test_the_model_tells_only_where_no_phrase_does_and_where_it_is_sure(learned: Learned) -> None:
    assert [row["cause"] for row in told(None, *TEXTS)] == [None, "wrong invoice", None, None, None]
    found = told(learned, *TEXTS)
    assert [row["cause"] for row in found] == ["late", "wrong invoice", None, None, None]
    assert (found[0]["touchpoint"], found[0]["why"]) == ("depot", "parcel, three, days")
    assert found[1] == told(None, PHRASED)[0] | {"version": found[1]["version"]}


def test_the_version_begins_with_what_told(learned: Learned) -> None:
    taxonomy = read_taxonomy()
    versions, _ = telling(taxonomy, learned, pa.array(TEXTS))
    assert versions == (f"{taxonomy.version}, {learned.version}", f"{learned.version}, {taxonomy.version}")
    assert [row["version"] for row in told(learned, *TEXTS)] == [versions[1], *[versions[0]] * 4]
    assert telling(taxonomy, None, pa.array(TEXTS))[0] == (taxonomy.version,)
    assert replace(learned, touchpoints={"late": "shop"}).version != learned.version


def test_a_label_that_is_not_right_often_enough_is_not_told(learned: Learned) -> None:
    model = learned.model
    weak = replace(model, heads=tuple(replace(head, certainty=(100, 599)) for head in model.heads))
    assert least_margin(weak.head(CAUSE)) == NEVER
    assert told(replace(learned, model=weak), TEXTS[0])[0]["cause"] is None
    assert least_margin(replace(model.head(CAUSE), certainty=(100, 600, 700))) == 1 << 21


def test_sql_tells_the_same(learned: Learned) -> None:
    texts = sorted({*TEXTS[2:4], *(text for text, _, _ in said()), *MORE})
    spoken = [text for text in texts if told(None, text)[0]["cause"] is None]
    named = [row["cause"] for row in told(learned, *spoken)]
    head = learned.model.head(CAUSE)
    with duckdb.connect() as connection:
        given = tables(learned.model, CAUSE) | {"texts": pa.table({"text": np.arange(len(spoken))})}
        for name, table in (given | {"tokens": tokens_of(Batch.of(pa.array(spoken))).table()}).items():
            connection.register(name, table)
        connection.execute(f"CREATE TABLE labels AS {LABELS}")
        found = dict(connection.execute(TOLD).fetchall())
    assert named == [head.classes[found[place]] if place in found else None for place in range(len(spoken))]
    assert 4 < len(found) < len(spoken)


def test_an_own_model_is_found_in_the_data_folder(tmp_path: Path) -> None:
    taxonomy, places = read_taxonomy(), [("late", "depot"), ("late", "shop"), ("wrong invoice", None)]
    assert learned_causes(tmp_path, taxonomy, places) is None
    both = taught().model
    write_model(_only(both, "sentiment"), tmp_path / OWN_MODEL)
    assert learned_causes(tmp_path, taxonomy, places) is None
    write_model(both, tmp_path / OWN_CAUSES)
    found = learned_causes(tmp_path, taxonomy, places)
    assert found is not None
    assert (found.model.version, found.touchpoints["late"]) == (both.version, "depot")
    assert (
        found.touchpoints["wrong invoice"] == {each.name: each.touchpoint for each in taxonomy.causes}["wrong invoice"]
    )


def _only(model: TextModel, name: str) -> TextModel:
    """The model with one of its heads."""
    columns = model.columns(name)
    return replace(model, heads=(model.head(name),), weights=model.weights[:, [0, *range(columns.start, columns.stop)]])
