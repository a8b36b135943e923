"""`cx ask` and `cx rows`: the numbers, and the rows behind one of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say
from etl.cli.tables import FORMATS, write_table
from etl.errors import UserError, unknown
from etl.vocabulary import UNKNOWN, Channel, Dimension, Direction, Grain

if TYPE_CHECKING:
    from etl.metrics.answer import Answer, Question, Row, Where
    from etl.metrics.ask import WarehouseAsk
    from etl.metrics.nowcast import Nowcast

ENGINES = ("duckdb",)
CLOSED: Mapping[Dimension, Sequence[str]] = {Dimension.CHANNEL: list(Channel), Dimension.DIRECTION: list(Direction)}
"""Dimensions whose values are the program's own."""
Filter = Annotated[
    list[str] | None, typer.Option("--where", metavar="DIM=VALUE", help="Only these rows; repeat it for more.")
]


def ask(
    metrics: Annotated[list[str], typer.Argument(metavar="METRIC…", help="Names as in cx metrics.")],
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="DIM", help="Split by a dimension; repeat it.")
    ] = None,
    grain: Annotated[str | None, typer.Option(metavar="GRAIN", help="day, week, month, quarter or year.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day, or a period.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, or a period.")] = None,
    where: Filter = None,
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="Where the question runs.")] = "duckdb",
    fiscal: Annotated[bool, typer.Option("--fiscal", help="Fiscal months, quarters or years.")] = False,
    output: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json, csv or parquet.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write into a file.")] = None,
    nowcast: Annotated[
        bool, typer.Option("--nowcast", help="Also what unfinished counts will probably be, with a 90 % interval.")
    ] = False,
    as_reported: Annotated[
        bool, typer.Option("--as-reported", help="Also what was reported of each complete period first.")
    ] = False,
    as_of_generation: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="The same, as a generation reported it.")
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Ask for numbers: metrics by period and dimension, with base, interval and completeness."""
    from etl.metrics.answer import Question
    from etl.metrics.ask import open_ask

    if engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    chosen = "json" if as_json else output
    if chosen not in FORMATS:
        raise unknown("format", chosen, FORMATS)
    desk = open_ask(settings_of(data))
    names, more_by, more_where = sorted_words(metrics)
    first, last = (None if text is None else desk.calendar.parse(text) for text in (start, end))
    question = Question(
        metrics=tuple(names),
        by=tuple(dimension_named(name) for name in [*separated(by or ()), *more_by]),
        grain=None if grain is None else grain_named(grain),
        start=first.start if first else None,
        end=last.end if last else None,
        where=filters([*(where or ()), *more_where], desk),
        fiscal=fiscal or any(period.is_fiscal for period in (first, last) if period),
        nowcast=nowcast,
        as_reported=as_reported or as_of_generation is not None,
        as_of_generation=as_of_generation,
    )
    _print(desk(question), chosen, out, question)


def rows(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A name as in cx metrics.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-03-04, 2026-W10, 2026-03, 2026-Q1 or 2026.")],
    where: Filter = None,
    side: Annotated[str, typer.Option(metavar="SIDE", help="top or bottom of the fraction.")] = "bottom",
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the rows behind a number, as many as it counts."""
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    found = desk.rows(metric, desk.calendar.parse(period), filters(where or (), desk), side)
    if as_json:
        print_json({"rows": found.rows, "count": len(found.rows), "unit": found.unit})
        return
    columns = list(found.rows[0]) if found.rows else []
    print_table(columns, [list(row.values()) for row in found.rows])


def sorted_words(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Metrics, dimensions and conditions among the words: `--by channel product` leaves `product` without an option."""
    conditions = [word for word in words if "=" in word]
    dimensions = [word for word in words if word in list(Dimension)]
    return [word for word in words if word not in (*conditions, *dimensions)], dimensions, conditions


def separated(words: Sequence[str]) -> list[str]:
    """Words that may be joined by commas, one by one."""
    return [part for word in words for part in word.split(",")]


def dimension_named(name: str) -> Dimension:
    """The dimension of that name; a UserError with the nearest ones otherwise."""
    if name not in list(Dimension):
        raise unknown("dimension", name, list(Dimension))
    return Dimension(name)


def grain_named(name: str) -> Grain:
    """The grain of that name; a UserError with the known ones otherwise."""
    if name not in list(Grain):
        raise unknown("grain", name, list(Grain))
    return Grain(name)


def filters(given: Sequence[str], desk: "WarehouseAsk | None" = None) -> "Where":
    """`DIM=VALUE` texts as a filter: values of one dimension joined with or.

    A channel or direction that does not exist is a UserError. Any other value that occurs nowhere in the data may be
    one that is not there yet: `desk` answers, and the nearest known ones are named on stderr.
    """
    values: dict[Dimension, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise UserError(f"--where {text}: no '=' in it; expected DIM=VALUE, for example channel=phone.")
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise UserError(f"--where {text}: holds bytes that are not UTF-8; expected text. Type it again.")
        dimension, value = dimension_named(name.strip()), value.strip()
        _check_value(dimension, value, desk)
        values.setdefault(dimension, []).append(value)
    return tuple((dimension, tuple(chosen)) for dimension, chosen in values.items())


def _check_value(dimension: Dimension, value: str, desk: "WarehouseAsk | None") -> None:
    where = f"--where {dimension}={value}"
    if dimension in CLOSED:
        if value not in (*CLOSED[dimension], UNKNOWN):
            raise unknown(dimension.value, value, CLOSED[dimension], where)
    elif desk and value != UNKNOWN and value not in desk.dimension_values[dimension]:
        held = desk.standing.values_anywhere(dimension)
        if value not in held:
            say(str(unknown(dimension.value, value, held, where)) if held else f"{where}: no record has a {dimension}.")


def _print(answer: "Answer", output: str, out: Path | None, question: "Question") -> None:
    records = [_record(row, question) for row in answer.rows]
    if output == "json" and out is None:
        print_json({"generation": answer.generation, "rows": records})
    elif output == "table" and out is None:
        columns = list(dict.fromkeys(name for record in records for name in record if name != "claim"))
        print_table(columns, [[_shown(record.get(name)) for name in columns] for record in records])
    else:
        write_table(records, {"generation": answer.generation}, output, out)


def _record(row: "Row", question: "Question") -> dict[str, Any]:
    """A row as the contract names its keys."""
    dimensions: Mapping[str, str] = {dimension.value: value for dimension, value in row.group}
    return {
        "metric": row.metric,
        "period": row.period,
        "start": row.start,
        "end": row.end,
        **dimensions,
        "value": row.value,
        "n": row.n,
        "low": row.low,
        "high": row.high,
        "unit": row.unit,
        "complete": row.complete,
        "reason": row.reason,
        "through": row.through,
        "notes": "; ".join(row.notes) or None,
        "sources_through": "; ".join(f"{name} {day}" for name, day in row.sources_through) or None,
        "claim": row.claim,
        **(_nowcast(row.nowcast) if question.nowcast else {}),
        **(_reported(row) if question.as_reported else {}),
    }


def _reported(row: "Row") -> dict[str, Any]:
    """What was reported of the period, which generation said so first, and whether it is another number now."""
    then = row.first_reported
    return {
        "reported": then and then.value,
        "reported_n": then and then.n,
        "reported_generation": then and then.generation,
        "reported_at": then and then.published_at,
        "restated": row.is_restated,
    }


def _nowcast(told: "Nowcast | None") -> dict[str, Any]:
    """What an unfinished count will probably be, or why that cannot be told."""
    return {
        "nowcast": told and told.point,
        "nowcast_low": told and told.low,
        "nowcast_high": told and told.high,
        "nowcast_reason": told and told.reason,
    }


def _shown(value: Any) -> Any:
    """A value for a person's eye: four significant figures, days as ISO."""
    if isinstance(value, float):
        return round(value, 4) if abs(value) < 1000 else round(value, 1)
    return value.isoformat() if isinstance(value, date) else value
