"""`cx sources`, `cx metrics` and `cx dimensions`: what can be loaded, asked and split by."""

from collections.abc import Mapping, Sequence

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table


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


def metrics(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List the metrics, their units and meanings."""
    from etl.metrics.catalogue import METRICS, minimum_n, readings, target
    from etl.metrics.catalogue import settings_of as parameters_of

    settings = settings_of(data)
    listed = [
        {
            "name": metric.name,
            "title": metric.label,
            "label": metric.label,
            "unit": metric.unit,
            "goodness": metric.goodness,
            "meaning": metric.meaning,
            "variant_note": metric.variant_note or None,
            "owner": metric.owner,
            "minimum_n": minimum_n(metric.name, settings),
            "target": target(metric.name, settings),
            "settings": dict(parameters_of(metric, settings)),
            "dimensions": metric.dimensions,
            "variants": [
                {"name": each.name, "label": each.label, "meaning": each.meaning} for each in readings(metric)[1:]
            ],
        }
        for metric in METRICS.values()
    ]
    _show(listed, ("name", "title", "unit", "goodness", "meaning"), as_json)


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
