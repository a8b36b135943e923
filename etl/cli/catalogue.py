"""`cx sources`, `cx metrics` and `cx dimensions`: what can be loaded, asked and split by."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table

if TYPE_CHECKING:
    from etl.config import Settings
    from etl.metrics.base import Metric


def sources(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List the export formats that are recognised."""
    from etl.sources.catalogue import SOURCES

    settings_of(data)
    listed = [
        {
            "name": source.name,
            "title": source.title,
            "form": source.form,
            "targets": sorted({target.name for target in source.targets}) or ["responses"],
            "required": source.required,
            "key": source.key,
            "zone": source.zone or None,
        }
        for source in SOURCES.values()
    ]
    _show(listed, ("name", "title", "required"), as_json)


MetricName = Annotated[str | None, typer.Argument(help="One metric, or one variant, to be told whole.")]


def metrics(name: MetricName = None, as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List the metrics, their units and meanings; a named one with its whole definition."""
    from etl.metrics.catalogue import METRICS, metric_named

    settings = settings_of(data)
    if name is None:
        listed = [_declared(metric, settings) for metric in METRICS.values()]
        _show(listed, ("name", "title", "unit", "goodness", "meaning"), as_json)
        return
    declared = _declared(metric_named(name), settings)
    if as_json:
        print_json(declared)
    else:
        for key, value in declared.items():
            typer.echo(f"{key.replace('_', ' ')}: {_told(value)}")


def _declared(metric: "Metric", settings: "Settings") -> dict[str, object]:
    """All that a declaration says, under the settings."""
    from etl.metrics.catalogue import METRICS, SUBJECTS, minimum_n, readings
    from etl.metrics.catalogue import settings_of as parameters_of
    from etl.metrics.definitions import definition
    from etl.metrics.settled import DAY_SECONDS
    from etl.metrics.targets import of_all, pick

    aim = pick(of_all(settings), metric.name)
    parameters = parameters_of(metric, settings)
    defined = definition(metric, parameters)
    base = METRICS[metric.base_name]
    return {
        "name": metric.name,
        "title": metric.label,
        "label": metric.label,
        "subject": next(subject for subject, declared in SUBJECTS.items() if base in declared),
        "unit": metric.unit,
        "goodness": metric.goodness,
        "direction": metric.goodness,
        "meaning": metric.meaning,
        "formula": defined.formula,
        "window": defined.window,
        "exclusions": defined.exclusions,
        "clock": defined.clock,
        "maturity_seconds": metric.maturity_days * DAY_SECONDS,
        "interval": defined.interval,
        "variant_note": metric.variant_note or None,
        "owner": metric.owner,
        "version": metric.version,
        "history": [
            {"version": each.version, "since": each.since.isoformat(), "what": each.what} for each in metric.history
        ],
        "fingerprint": defined.fingerprint,
        "minimum_n": minimum_n(metric.name, settings),
        "target": aim.value if aim else None,
        "settings": dict(parameters),
        "dimensions": metric.dimensions,
        "variants": [
            {"name": each.name, "label": each.label, "meaning": each.meaning} for each in readings(metric)[1:]
        ],
    }


def _told(value: object) -> object:
    """A value as one line: lists by their entries, nothing as a dash."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items()) or "–"
    if isinstance(value, list | tuple):
        return "; ".join(str(_told(each)) for each in value) or "–"
    return "–" if value is None else value


def dimensions(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List what a number can be split and filtered by."""
    from etl.metrics.catalogue import METRICS
    from etl.vocabulary import Dimension

    settings_of(data)
    listed = [
        {
            "name": dimension.value,
            "title": dimension.value.capitalize(),
            "metrics": [metric.name for metric in METRICS.values() if dimension in metric.dimensions],
        }
        for dimension in Dimension
    ]
    _show(listed, ("name", "title", "metrics"), as_json)


def _show(listed: Sequence[Mapping[str, object]], columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print_json(listed)
    else:
        print_table(columns, [[_cell(entry[column]) for column in columns] for entry in listed])


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
