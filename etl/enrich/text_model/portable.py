"""A text model as tables, for engines in which only SQL runs: `labels.sql` joins them with the tokens of texts,
`told.sql` keeps what is sure."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.enrich.text_model.model import TextModel, least_margin, least_value, multipliers

LABELS, TOLD = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("labels.sql", "told.sql"))


def tables(model: TextModel, name: str) -> dict[str, pa.Table]:
    """The tables of one head by the names that LABELS has for them; a class is its place in the head."""
    head = model.head(name)
    weights = model.weights[:, model.columns(name)]
    rows, classes = np.nonzero(weights)
    scale = multipliers()
    return {
        "model_sizes": pa.table({"token": model.tokens, "size": model.weights[:, 0]}),
        "model_weights": pa.table({"token": model.tokens[rows], "class": classes, "weight": weights[rows, classes]}),
        "model_classes": pa.table({"class": np.arange(len(head.classes)), "bias": np.array(head.biases, np.int64)}),
        "model_least": pa.table({"margin": [least_margin(head)], "value": [least_value(head)]}),
        "model_multipliers": pa.table({"step": np.arange(len(scale)), "multiplier": scale}),
    }
