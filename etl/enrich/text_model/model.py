"""The text model as a value and as a file: tokens with integer weights, and for each question classes and certainty."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from etl.enrich.text_model.arrays import Codes, Floats, Integers
from etl.errors import UserError

FORMAT = 1
OWN_MODEL = "model.parquet"
"""In the data folder: the company's own model of words, as `cx learn` writes it."""
OWN_CAUSES = "causes.parquet"
"""Beside it: the model of causes that `cx learn` without a file teaches from what is loaded."""
CAUSE, SENTIMENT = "cause", "sentiment"
NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
_KEY = b"cx_text_model"
SIZE_STEP, SIZES = 8, 1 << 16
MULTIPLIER = 1 << 16
"""What a sum of weights is multiplied by, for a text of size 1; it falls with the square root of the size."""
MARGIN_STEP = 1 << 21
"""Margins of one step have one certainty; a power of two, so that each engine divides without rounding."""

LEAST_CERTAINTY = 600
"""In thousandths: what is less often right is not told. Phrases alone were right in 64 % where that was measured."""
NEVER = 1 << 62
LEAST_PART = 4
"""Words must speak for a class by this part of what learning took for clear; what shares a few pieces does by less."""


@dataclass(frozen=True)
class Head:
    """One question of the model, cause or sentiment: its classes in order, and what holds for each.

    `certainty`: by margin of the best class over the next, in steps of MARGIN_STEP, how often it was right in
    thousandths, measured on texts that the weights were not learned from; empty where that was not measured.
    `labels`: from how many texts it was learned. `unit`: the value that learning took for a clear answer.
    """

    name: str
    classes: tuple[str, ...]
    biases: tuple[int, ...]
    certainty: tuple[int, ...]
    labels: int
    unit: int


@dataclass(frozen=True)
class TextModel:
    """A row for each token: its size, then its weight for each class of each head; `words` is how a reader sees it."""

    heads: tuple[Head, ...]
    languages: tuple[str, ...]
    tokens: Integers
    words: tuple[str, ...]
    weights: Codes
    taught_by: str

    def tells(self, name: str) -> bool:
        """Whether the model has a head of that name."""
        return any(head.name == name for head in self.heads)

    def head(self, name: str) -> Head:
        """The head of that name; KeyError where the model has none."""
        return {head.name: head for head in self.heads}[name]

    def columns(self, name: str) -> slice:
        """Where the weights of a head stand; KeyError where the model has none of that name."""
        at = 1
        for head in self.heads:
            if head.name == name:
                return slice(at, at + len(head.classes))
            at += len(head.classes)
        raise KeyError(name)

    @cached_property
    def version(self) -> str:
        """A short name of all that decides a label: another model has another."""
        content = hashlib.sha256(json.dumps([FORMAT, *(asdict(head) for head in self.heads)]).encode())
        content.update(np.ascontiguousarray(self.tokens).tobytes())
        content.update(np.ascontiguousarray(self.weights).tobytes())
        return f"words {content.hexdigest()[:12]}"


def certainty_at(margins: Integers | Floats, certainty: tuple[int, ...]) -> Floats:
    """The certainty, 0 to 1, of labels of these margins, by a head's `certainty`."""
    steps = np.minimum(margins // MARGIN_STEP, len(certainty) - 1).astype(np.int64)
    return np.array(certainty, np.float64)[steps] / 1000


def least_margin(head: Head) -> int:
    """The margin from which on a label is right often enough to be told; NEVER where none is."""
    steps = np.flatnonzero(np.array(head.certainty, np.int64) >= LEAST_CERTAINTY)
    return int(steps[0]) * MARGIN_STEP if steps.size else NEVER


def least_value(head: Head) -> int:
    """The value above which the words of a text speak for a class against all others together."""
    return head.unit // LEAST_PART


def multipliers() -> Integers:
    """By the size of a text in steps, what its sums are multiplied by."""
    found: Integers = np.rint(MULTIPLIER / np.sqrt(SIZE_STEP * (np.arange(SIZES) + 0.5))).astype(np.int64)
    return found


def write_model(model: TextModel, path: Path) -> None:
    """Write a model as one Parquet file: a row for each token, all else as JSON in the schema's metadata."""
    told = {
        "format": FORMAT, "heads": [asdict(head) for head in model.heads],
        "languages": model.languages, "taught_by": model.taught_by, "version": model.version,
    }  # fmt: skip
    names = [f"{head.name}: {label}" for head in model.heads for label in head.classes]
    columns = [model.tokens, pa.array(model.words, pa.string()), *np.ascontiguousarray(model.weights.T)]
    table = pa.table(columns, names=["token", "words", "size", *names])
    pyarrow.parquet.write_table(
        table.replace_schema_metadata({_KEY: json.dumps(told)}), path, compression="zstd", compression_level=19,
        use_dictionary=table.column_names[1:], column_encoding={"token": "DELTA_BINARY_PACKED"},
    )  # fmt: skip


def read_model(path: Path) -> TextModel:
    """Read a model; UserError tells why a file is none, is damaged, or is of another version."""
    if not path.is_file():
        raise UserError(f"{path}: no such file. Name a model that cx learn wrote.")
    try:
        table = pyarrow.parquet.read_table(path, partitioning=None)
        told = json.loads((table.schema.metadata or {})[_KEY])
        found = told["format"]
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise UserError(f"{path}: is no text model, or a damaged one. Teach one with cx learn.") from error
    if found != FORMAT:
        raise UserError(f"{path}: is a text model of format {found}; expected {FORMAT}. Teach it again with cx learn.")
    try:
        model = _model(table, told)
    except (pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise UserError(f"{path}: is a damaged text model. Teach it again with cx learn.") from error
    if model.version != told.get("version"):
        raise UserError(f"{path}: is a damaged text model: its weights are others. Teach it again with cx learn.")
    return model


def _model(table: pa.Table, told: dict[str, Any]) -> TextModel:
    heads = tuple(_head(**head) for head in told["heads"])
    columns = [column.to_numpy().astype(np.int32) for column in table.columns[2:]]
    if len(columns) != 1 + sum(len(head.classes) for head in heads):
        raise ValueError("columns")
    return TextModel(
        heads, tuple(told["languages"]), table["token"].to_numpy(),
        tuple(table["words"].to_pylist()), np.column_stack(columns), str(told["taught_by"]),
    )  # fmt: skip


def _head(**told: Any) -> Head:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return Head(**values)
