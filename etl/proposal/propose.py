"""A mapping proposed for one file: read, profiled, guessed, written, and tried as a load would."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from etl.config import Settings
from etl.delivery import Context, cast, prepare, workroom
from etl.engines import Connection, EngineError, scratch
from etl.errors import CxError, FileRefused
from etl.folders import Folders
from etl.inbox import Refusal, Waiting, collect, take
from etl.proposal.composing import compose
from etl.proposal.draft import Open
from etl.proposal.facts import Facts
from etl.proposal.profile import profile
from etl.proposal.roles import assign
from etl.proposal.rows import MOST_ROWS, Rows, read_rows
from etl.proposal.times import proven_order
from etl.proposal.writing import written
from etl.sources.base import Questions
from etl.sources.cast import refused_fields
from etl.sources.catalogue import SOURCES, candidates
from etl.sources.declaration import parse_source
from etl.sources.texts import quoted

SAMPLE_ROWS = 10_000
UNORDERED = "As it stands it loads nothing: no date tells day from month, so day_first must be decided first."


@dataclass(frozen=True)
class Proposal:
    """A mapping file's text, its open questions, and what a load with it would say."""

    text: str
    opened: tuple[Open, ...]
    trial: str


def propose(path: Path, settings: Settings) -> Proposal:
    """Propose a mapping for a file, known or not; the file itself is read from a private copy.

    Raises FileRefused, saying why, for a file that cannot be read or has no named columns.
    """
    collect([path])
    with tempfile.TemporaryDirectory() as folder:
        taken = take(path, Folders(Path(folder)))
        if isinstance(taken, Waiting | Refusal):
            raise FileRefused(taken.reason)
        connection = scratch()
        try:
            with workroom(Path(folder)) as room:
                return _proposal(connection, taken.raw, room, path, settings)
        finally:
            connection.close()


def _proposal(connection: Connection, raw: Path, room: Path, named: Path, settings: Settings) -> Proposal:
    rows = read_rows(connection, raw, room)
    facts = look(connection, rows.columns, named.stem, settings.zone)
    draft = compose(facts, rows.head.form, _remarks(rows, named.name), SOURCES)
    is_order_open = any(question.field == "day_first" for question in draft.opened)
    trial = UNORDERED if is_order_open else _trial(written(draft), raw, room, settings)
    return Proposal(written(replace(draft, remarks=(*draft.remarks, trial))), draft.opened, trial)


def look(connection: Connection, columns: tuple[str, ...], title: str, zone: str) -> Facts:
    """The facts of the temporary table `looked` of texts."""
    (count,) = connection.execute("SELECT count(*) FROM looked").fetchall()[0]
    _sample(connection, columns, max(1, count // SAMPLE_ROWS))
    roles = assign(profile(connection, "sampled", columns))
    open_columns = [named.name for named in roles.named if named.form and named.form.is_open]
    day_first, proof = proven_order(connection, "looked", open_columns)
    return Facts(connection, "looked", "sampled", roles, title, zone, day_first, proof)


def _sample(connection: Connection, columns: tuple[str, ...], every: int) -> None:
    """Fill the temporary table `sampled` with each so manieth row of `looked`."""
    names = ", ".join(map(quoted, columns))
    number = quoted("#" + "".join(columns))  # no column is named so
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT {names} FROM "
        f"(SELECT *, row_number() OVER () AS {number} FROM looked) WHERE {number} % {every} = 0"
    )


def _remarks(rows: Rows, shown: str) -> tuple[str, ...]:
    """What the head of the mapping says of the file."""
    nearest = [(share, source.name) for share, source in candidates(rows.head, SOURCES.values()) if share][:1]
    near = (
        f"Nearest known source: {nearest[0][1]} ({nearest[0][0]:.0%} of its columns)."
        if nearest
        else "No known source has any of its columns."
    )
    known = (
        f"The source {rows.known_as} knows this file: without this mapping it is loaded as that."
        if rows.known_as
        else near
    )
    said = () if rows.known_as or rows.told.startswith("not recognised") else (f"Of this file is known: {rows.told}",)
    first = f" Only the first {MOST_ROWS:,} records were looked at." if rows.records > MOST_ROWS else ""
    return (
        f"Proposed by cx inspect --propose for {shown!r}: {rows.records} records, {len(rows.columns)} columns.{first}",
        "Check each line, decide what is UNDECIDED, then: cx load --mapping THIS_FILE FILE",
        known,
        *said,
    )


def _trial(text: str, raw: Path, room: Path, settings: Settings) -> str:
    """What a load with the mapping would say of the file, in a sentence."""
    trial = room / "trial"
    trial.mkdir()
    connection = scratch()
    connection.execute("SET VARIABLE identifier_key = ''")
    try:
        source = replace(parse_source(text, "the mapping"), declaration=text)
        prepared = cast(
            connection,
            prepare(connection, raw, trial, Context(settings, Questions(), {source.name: source}, source.name)),
        )
        refused = connection.execute("SELECT refusal, count(*) FROM typed GROUP BY refusal ORDER BY ALL").fetchall()
        (apart,) = connection.execute("SELECT count(*) FROM rejected").fetchall()[0]
    except (CxError, EngineError) as error:
        return f"As it stands it loads nothing: {error}"
    finally:
        connection.close()
    read = apart + sum(count for _, count in refused)
    fields = refused_fields(prepared.source, prepared.zones)
    why = [
        f"{count} for {', '.join(fields[number].columns)} (expected {fields[number].expected})"
        for number, count in refused
        if number is not None
    ]
    why += [f"{apart} that are no records"] if apart else []
    if not why:
        return f"As it stands all {read} records can be read."
    sound = sum(count for number, count in refused if number is None)
    return f"As it stands {sound} of {read} records can be read; refused: {'; '.join(why)}."
