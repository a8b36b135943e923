"""Causes by the company's own model of words, of texts of which no phrase tells one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.enrich.causes.taxonomy import Taxonomy
from etl.enrich.causes.telling import prepared
from etl.enrich.text_model.model import CAUSE, OWN_CAUSES, OWN_MODEL, TextModel, read_model


@dataclass(frozen=True)
class Learned:
    """A model that tells causes, and at which touchpoint each of them usually arises."""

    model: TextModel
    touchpoints: Mapping[str, str]

    @property
    def version(self) -> str:
        """A short name of the model and of the touchpoints of its causes."""
        places = [self.touchpoints.get(name, "") for name in self.model.head(CAUSE).classes]
        return f"{self.model.version}-{sha256(repr(places).encode()).hexdigest()[:6]}"


def learned_causes(root: Path, taxonomy: Taxonomy, places: Iterable[tuple[str | None, str | None]]) -> Learned | None:
    """What the own model in a data folder tells of causes; None where there is none, or one of sentiment alone.

    `places` are causes with their touchpoint as the company's map has them; the first of a cause counts, and where
    there is none that of the taxonomy. Raises UserError for a damaged model.
    """
    for path in (root / OWN_CAUSES, root / OWN_MODEL):
        if path.exists() and (model := read_model(path)).tells(CAUSE):
            return Learned(model, touchpoints_of(taxonomy, places))
    return None


def touchpoints_of(taxonomy: Taxonomy, places: Iterable[tuple[str | None, str | None]]) -> dict[str, str]:
    """The touchpoint at which each cause usually arises."""
    shipped = {each.name: each.touchpoint for each in taxonomy.causes if each.touchpoint}
    own: dict[str, str] = {}
    for cause, touchpoint in places:
        if cause and touchpoint:
            own.setdefault(cause, touchpoint)
    return shipped | own


def telling(
    taxonomy: Taxonomy, learned: Learned | None, sample: pa.Array
) -> tuple[tuple[str, ...], Callable[[pa.Array], pa.Table]]:
    """The versions under which causes are told now, and what tells them; `sample` shows the trade.

    Of each text: cause, touchpoint, why, language and version. The version begins with what told the cause, the
    taxonomy or the model, and names what else was asked. The model is asked where no phrase tells a cause.
    """
    taxonomy_version, by_phrases = prepared(taxonomy, sample)
    if learned is None:
        return (taxonomy_version,), lambda texts: _with_version(by_phrases(texts), pa.scalar(taxonomy_version))
    phrased, worded = f"{taxonomy_version}, {learned.version}", f"{learned.version}, {taxonomy_version}"

    def tell(texts: pa.Array) -> pa.Table:
        told = by_phrases(texts)
        is_open = pc.or_kleene(pc.is_null(told["cause"]), pc.fill_null(pc.equal(told["score"], 0.0), False))
        rows = np.flatnonzero(is_open.to_numpy())
        places, causes, why = _by_words(
            learned.model, texts.take(pa.array(rows)), told["language"].take(pa.array(rows))
        )
        is_worded = np.zeros(len(texts), np.bool_)
        is_worded[rows[places]] = True
        at = pc.cast(pa.array(learned.touchpoints.get(cause) for cause in causes.to_pylist()), pa.string())
        for name, values in (("cause", causes), ("touchpoint", at), ("why", why)):
            column = pc.replace_with_mask(told[name].combine_chunks(), pa.array(is_worded), values)
            told = told.set_column(told.schema.get_field_index(name), name, column)
        return _with_version(told, pc.if_else(pa.array(is_worded), worded, phrased))

    return (phrased, worded), tell


def _by_words(model: TextModel, texts: pa.Array, codes: pa.ChunkedArray) -> tuple[np.ndarray, pa.Array, pa.Array]:
    """The places of the texts of which the model is certain enough, their causes and the words that made them."""
    nothing = pa.array([], pa.string())
    if len(texts) == 0:
        return np.zeros(0, np.int64), nothing, nothing
    # What is compiled is imported with the first text, as that takes a second.
    from etl.enrich.text_model.scoring import Scorer, is_read, is_sure

    head, scorer = model.head(CAUSE), Scorer(model)
    sums = scorer.sums(texts)
    told = scorer.tell(sums, head)
    places = np.flatnonzero(is_sure(sums, told, head) & is_read(texts, model, codes.combine_chunks()))
    labels = told.labels[places]
    causes = pa.array(head.classes, pa.string()).take(pa.array(labels))
    words = pa.array(scorer.reasons(texts.take(pa.array(places)), labels, head), pa.string())
    return places, causes, words


def _with_version(told: pa.Table, version: pa.Scalar | pa.Array) -> pa.Table:
    values = version if isinstance(version, pa.Array) else pa.repeat(version, told.num_rows)
    return told.select(["cause", "touchpoint", "why", "language"]).append_column("version", values)
