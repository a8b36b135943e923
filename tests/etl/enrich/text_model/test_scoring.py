"""What a learned model says, why, in each order and engine alike; and that its file comes back or is refused."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from etl.enrich.text_model import scoring
from etl.enrich.text_model.model import FORMAT, TextModel, read_model, write_model
from etl.enrich.text_model.portable import LABELS, tables
from etl.enrich.text_model.quality import calibration_error, certainties, macro_f1
from etl.enrich.text_model.scoring import Scorer, certainty
from etl.enrich.text_model.tokens import Batch, tokens_of
from etl.errors import UserError
from tests.etl.enrich.text_model.labelled import said, taught

NEW = pa.array(["waiting for the parcel since Tuesday", "charged twice", "friendly and great", "where do you open", ""])


@pytest.fixture(scope="module")
def model() -> TextModel:
    return taught().model


def labels(model: TextModel, name: str, texts: pa.Array) -> list[str]:
    """The label of each text."""
    scorer, head = Scorer(model), model.head(name)
    return [head.classes[place] for place in scorer.tell(scorer.sums(texts), head).labels]


def test_texts_not_seen_get_the_label_of_their_words(model: TextModel) -> None:
    assert labels(model, "cause", NEW)[:2] == ["late", "billing"]
    assert labels(model, "sentiment", NEW)[:4] == ["negative", "negative", "positive", "neutral"]
    assert taught().quality["cause"].accuracy == 1.0
    assert taught().quality["cause"].rows == 60


def test_a_label_is_told_by_the_words_that_stand_in_the_text(model: TextModel) -> None:
    scorer, head = Scorer(model), model.heads[0]
    texts = pa.array(["hello, you charged me TWICE", "", "zzz"])
    first, *others = scorer.reasons(texts, scorer.tell(scorer.sums(texts), head).labels, head)
    assert "charged" in first
    assert all(word in "hello, you charged me TWICE" for word in first.split(", "))
    assert others == ["", ""]


def test_a_text_is_scored_alike_alone_and_among_many(model: TextModel) -> None:
    texts = [text for text, _, _ in said()] * 200
    sums = Scorer(model).sums(pa.array(texts))
    assert (sums[:120] == sums[-120:]).all()
    assert (Scorer(model).sums(pa.chunked_array([texts[:7], texts[7:20]])) == sums[:20]).all()


def test_words_beyond_the_room_for_known_ones_are_scored_alike(
    model: TextModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = pa.array([*(text for text, _, _ in said()), "charged " * 500, "x" * 5000])
    sums = Scorer(model).sums(texts)
    monkeypatch.setattr(scoring, "KNOWN_WORDS", 2)
    assert (Scorer(model).sums(texts) == sums).all()


def test_parts_of_equal_size_keep_all_cores_at_work() -> None:
    assert [scoring.part_size(texts, 2) for texts in (0, 5_000, 100_000, 131_072, 131_073)] == [
        4_096, 4_096, 50_000, 65_536, 32_769
    ]  # fmt: skip


def test_few_labels_tell_no_certainty(model: TextModel) -> None:
    head = replace(model.heads[0], certainty=(500, 900), labels=999)
    assert certainty(np.array([0]), head) is None
    told = certainty(np.array([0, 1 << 40]), replace(head, labels=1000))
    assert told is not None
    assert told.tolist() == [0.5, 0.9]


def test_sql_gives_the_same_labels_values_and_margins(model: TextModel) -> None:
    texts = pa.array([*(text for text, _, _ in said()), *NEW.to_pylist(), "天気 " * 900])
    scorer = Scorer(model)
    for head in model.heads:
        told = scorer.tell(scorer.sums(texts), head)
        with duckdb.connect() as connection:
            given = tables(model, head.name) | {"texts": pa.table({"text": np.arange(len(texts))})}
            for name, table in (given | {"tokens": tokens_of(Batch.of(texts)).table()}).items():
                connection.register(name, table)
            found = sorted(connection.execute(LABELS).fetchall())
        best = told.values.max(axis=1)
        rows = range(len(texts))
        assert found == list(zip(rows, told.labels.tolist(), best.tolist(), told.margins.tolist(), strict=True))


def test_a_file_brings_the_model_back(model: TextModel, tmp_path: Path) -> None:
    write_model(model, tmp_path / "m.parquet")
    again = read_model(tmp_path / "m.parquet")
    assert (again.version, again.heads, again.words) == (model.version, model.heads, model.words)
    assert (Scorer(again).sums(NEW) == Scorer(model).sums(NEW)).all()


def test_no_digit_handle_or_address_of_a_text_is_kept(model: TextModel) -> None:
    assert not any(set("123456789") & set(words) or "@shop" in words for words in model.words)


def test_what_is_no_model_is_refused_in_a_sentence(model: TextModel, tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    with pytest.raises(UserError, match="no such file"):
        read_model(path)
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(UserError, match="no text model"):
        read_model(path)
    write_model(model, path)
    table = pyarrow.parquet.read_table(path)
    told = table.schema.metadata[b"cx_text_model"]
    for new, sentence in (
        (told.replace(b'"format": %d' % FORMAT, b'"format": 99'), "format 99; expected"),
        (told.replace(b'"biases": [', b'"biases": [1, '), "damaged"),
    ):
        pyarrow.parquet.write_table(table.replace_schema_metadata({b"cx_text_model": new}), path)
        with pytest.raises(UserError, match=sentence):
            read_model(path)


def test_measures_of_quality_follow_their_definitions() -> None:
    assert macro_f1(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert calibration_error(np.full(10, 0.7), np.array([True] * 7 + [False] * 3)) == pytest.approx(0.42)
    certain = certainties(np.array([1.0, 2.0, 3.0, 4.0]) * (1 << 21), np.array([False, True, False, True]))
    assert certain[0] == 0
    assert certain[2] == 500
    assert certain[-1] == 1000
