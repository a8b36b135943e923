"""Annotations: what happened that may explain a number, from `annotations.csv` and from the app, which wins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from etl.actions import Actions, Edit
from etl.errors import UserError, unknown
from etl.folders import Folders
from etl.lists import conditions_of, day_named, rows_of
from etl.vocabulary import AnnotationKind, Dimension

KIND = "annotation"
FILE = "annotations.csv"
COLUMNS = ("start", "kind", "title")
OPTIONAL = ("end", "note", "where")
FORM = "start, end, kind, title, note, where"
MOST_LETTERS = 200
NEAR = timedelta(days=14)
"""So long before a period what happened is still a candidate for what moved in it."""


@dataclass(frozen=True)
class Annotation:
    """Something that happened from `start` to `end`, both inclusive, and where: dimension values that it concerns.

    `author` is who wrote it and `version` how often it was changed: the file's name and 0 for a line of the file. An
    annotation of the kind gap declares days without data of the sources that it names.
    """

    key: str
    start: date
    end: date
    kind: AnnotationKind
    title: str
    note: str = ""
    where: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    author: str = FILE
    version: int = 0
    edited_at: datetime | None = None

    def meets(self, start: date, end: date) -> bool:
        """Whether any of its days lies between two days, both inclusive."""
        return self.start <= end and start <= self.end


def read_annotations(folders: Folders) -> tuple[Annotation, ...]:
    """All annotations by their first day; a bad line is a UserError naming file and line."""
    listed = {}
    path = folders.root / FILE
    for number, row in rows_of(path, COLUMNS, OPTIONAL):
        key = sha256("\0".join(row.values()).encode()).hexdigest()[:12]
        listed[key] = annotation(key, row, f"{path} line {number}")
    for edit in Actions(folders).current(KIND):
        listed[edit.key] = _edited(edit)
    return tuple(sorted(listed.values(), key=lambda each: (each.start, each.title, each.key)))


def declared_gaps(annotations: Iterable[Annotation]) -> Mapping[str, frozenset[date]]:
    """For each source the days that gaps declare to be without its data."""
    days: dict[str, set[date]] = {}
    for each in annotations:
        if each.kind is AnnotationKind.GAP:
            span = [each.start + timedelta(days=number) for number in range((each.end - each.start).days + 1)]
            for source in each.where.get(Dimension.SOURCE, ()):
                days.setdefault(source, set()).update(span)
    return {source: frozenset(found) for source, found in days.items()}


def concerning(
    annotations: Iterable[Annotation], where: Mapping[Dimension, tuple[str, ...]], start: date, end: date
) -> tuple[Annotation, ...]:
    """The annotations that meet some days and that a filter does not rule out."""
    return tuple(
        each
        for each in annotations
        if each.meets(start, end)
        and all(not where.get(dimension) or {*where[dimension]} & {*values} for dimension, values in each.where.items())
    )


def annotate(folders: Folders, given: Mapping[str, str], author: str) -> Annotation:
    """Keep a new annotation from texts such as those of a line of the file; a UserError when they are none."""
    key = token_hex(6)
    annotation(key, given, "annotation")
    return _edited(Actions(folders).write(KIND, key, dict(given), author))


def withdraw(folders: Folders, key: str, author: str) -> None:
    """Take an annotation of the app away; a line of the file is taken out of the file by hand."""
    edits = Actions(folders).history(KIND, key)
    if not edits or edits[-1].content is None:
        known = [edit.key for edit in Actions(folders).current(KIND)]
        raise unknown("annotation", key, known, f"not one of the app's (lines of {FILE} are deleted there)")
    Actions(folders).write(KIND, key, None, author, edits[-1].version)


def annotation(key: str, given: Mapping[str, str], where: str) -> Annotation:
    """An annotation from its texts; a UserError that says where, what was found and what was expected."""
    title = given["title"].strip()
    if not title:
        raise UserError(f"{where}: the title is empty; expected what happened, in a few words.")
    if len(title) > MOST_LETTERS:
        raise UserError(f"{where}: the title has {len(title)} letters; expected at most {MOST_LETTERS}.")
    kinds = {kind.value: kind for kind in AnnotationKind}
    if given["kind"] not in kinds:
        raise unknown("kind", given["kind"], kinds, where)
    start = day_named(given["start"], "start", where)
    end = day_named(given["end"], "end", where) if given.get("end") else start
    if end < start:
        raise UserError(f"{where}: it ends on {end}, before it starts on {start}. Swap them.")
    conditions = conditions_of(given.get("where", ""), f"{where} where")
    if kinds[given["kind"]] is AnnotationKind.GAP and Dimension.SOURCE not in conditions:
        raise UserError(f"{where}: a gap names no source; expected where to hold source=NAME, as in cx sources.")
    return Annotation(key, start, end, kinds[given["kind"]], title, given.get("note", "").strip(), conditions)


def _edited(edit: Edit) -> Annotation:
    content = {name: str(value) for name, value in (edit.content or {}).items()}
    plain = annotation(edit.key, content, f"annotation {edit.key}")
    return Annotation(
        plain.key, plain.start, plain.end, plain.kind, plain.title, plain.note, plain.where,
        edit.author, edit.version, edit.edited_at,
    )  # fmt: skip
