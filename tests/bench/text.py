"""The text model beside scikit-learn and VADER: labels of held-out texts, texts a second, the same labels in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.stats import t as student
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from etl.cli.cells import read_cells
from etl.enrich.text_model.labels import labels_of
from etl.enrich.text_model.model import TextModel
from etl.enrich.text_model.portable import LABELS, tables
from etl.enrich.text_model.quality import calibration_error, macro_f1
from etl.enrich.text_model.scoring import Scorer, certainty
from etl.enrich.text_model.teaching import teach
from etl.enrich.text_model.tokens import Batch, tokens_of

SPLITS = 5
TEST_SHARE = 0.3
CHARACTERS = 140
PEER_TEXTS = 4_000
SQL_BATCH = 25_000
Labels = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Split:
    """Of one random split: our macro-F1, accuracy and calibration error, and each peer's macro-F1."""

    macro_f1: float
    accuracy: float
    calibration_error: float
    plain: float
    balanced: float


def labelled(path: Path, text: str, column: str, head: str) -> tuple[Labels, Labels]:
    """The texts that have a label, and the labels."""
    table = read_cells(path)
    found = labels_of({"text": table[text].to_pylist(), head: table[column].to_pylist()}, path)[head]
    rows = [row for row, label in enumerate(found) if label]
    return np.array(table[text].to_pylist(), object)[rows], np.array(found, object)[rows]


def peer(**options: Any) -> Any:
    """TF-IDF of words, pairs and pieces of words with logistic regression."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    return make_pipeline(make_union(words, pieces), LogisticRegression(max_iter=300, tol=1e-3, **options))


def taught(texts: Labels, labels: Labels, head: str) -> TextModel:
    """A model of these texts and labels."""
    return teach(pa.chunked_array([pa.array(texts, pa.string())]), {head: labels.tolist()}, "bench").model


def splits(texts: Labels, labels: Labels, head: str) -> Iterator[Split]:
    """Each split, learned from its larger part by all and judged on the other."""
    _, wanted = np.unique(labels.astype(str), return_inverse=True)
    for seed in range(SPLITS):
        is_test = np.random.default_rng(seed).permutation(len(labels)) < TEST_SHARE * len(labels)
        model = taught(texts[~is_test], labels[~is_test], head)
        scorer, own = Scorer(model), model.heads[0]
        told = scorer.tell(scorer.sums(pa.array(texts[is_test], pa.string())), own)
        right = wanted[is_test]
        certain = certainty(told.margins, own)
        peers = peer(C=10), peer(class_weight="balanced")
        found = [one.fit(texts[~is_test], wanted[~is_test]).predict(texts[is_test]) for one in peers]
        is_right = told.labels == right
        yield Split(
            macro_f1(right, told.labels), float(is_right.mean()),
            float("nan") if certain is None else calibration_error(certain, is_right),
            macro_f1(right, found[0]), macro_f1(right, found[1]),
        )  # fmt: skip


def paired(found: list[Split], name: str) -> str:
    """The mean of the paired differences of macro-F1 to a peer, with its 95 % interval (Student's t)."""
    differences = np.array([split.macro_f1 - getattr(split, name) for split in found])
    half = student.ppf(0.975, len(differences) - 1) * differences.std(ddof=1) / np.sqrt(len(differences))
    low, high = differences.mean() - half, differences.mean() + half
    return f"macro-F1 less that of the {name} peer: {differences.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def of_length(texts: Labels, count: int) -> Labels:
    """So many texts of CHARACTERS characters, made of the given ones end to end."""
    whole = " ".join(texts.tolist())
    starts = np.random.default_rng(1).integers(0, max(1, len(whole) - CHARACTERS), count)
    return np.array([whole[start : start + CHARACTERS] for start in starts], object)


def speeds(texts: Labels, labels: Labels, model: TextModel, count: int) -> str:
    """Texts a second of the kernel on all cores, and ratios to scikit-learn's pipeline and VADER in the same run."""
    many, few = of_length(texts, count), of_length(texts, PEER_TEXTS)
    fitted, analyzer, scorer = peer(C=10).fit(texts, labels.astype(str)), SentimentIntensityAnalyzer(), Scorer(model)
    batch = pa.array(many, pa.large_string())
    scorer.sums(batch.slice(0, 1000))
    own = _rate(count, lambda: [scorer.tell(sums, head) for sums in [scorer.sums(batch)] for head in model.heads])
    sklearn = _rate(PEER_TEXTS, lambda: fitted.predict(few))
    vader = _rate(PEER_TEXTS, lambda: [analyzer.polarity_scores(text) for text in few])
    classes = sum(len(head.classes) for head in model.heads)
    return f"{own:,.0f} texts/s ({classes} classes); {own / sklearn:.0f} × scikit-learn, {own / vader:.0f} × VADER"


def _rate(count: int, work: Any) -> float:
    started = perf_counter()
    work()
    return count / (perf_counter() - started)


def mismatches(texts: Labels, model: TextModel, count: int) -> int:
    """Of so many texts, those whose label, value or margin is another in SQL than by the kernel."""
    many, wrong, head = of_length(texts, count), 0, model.heads[0]
    scorer = Scorer(model)
    with duckdb.connect() as connection:
        for name, table in tables(model, head.name).items():
            connection.register(name, table)
        for start in range(0, count, SQL_BATCH):
            batch = pa.array(many[start : start + SQL_BATCH], pa.large_string())
            connection.register("texts", pa.table({"text": np.arange(len(batch))}))
            connection.register("tokens", tokens_of(Batch.of(batch)).table())
            found = connection.execute(f"SELECT class, value, margin FROM ({LABELS}) ORDER BY text").fetchnumpy()
            told = scorer.tell(scorer.sums(batch), head)
            same = (found["class"] == told.labels) & (found["value"] == told.values.max(axis=1))
            wrong += int((~(same & (found["margin"] == told.margins))).sum())
    return wrong
