"""All metrics: every declaration in this folder by name, and the settings each takes."""

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from etl.config import Settings
from etl.errors import UserError, unknown
from etl.metrics.base import VARIANT_MARK, Metric

ORDER = (
    "contacts", "nps", "nps_all", "csat", "csat_by_contact", "service_level", "abandonment", "asa",
    "time_to_abandon", "customer_wait",
    "aht", "aht_contact", "aht_p50", "aht_p90", "hold_per_contact", "transfers_per_contact", "callbacks", "voicemails",
    "flow_outs", "contained", "first_response_p50", "first_response_p90", "answered_within_target",
    "resolution_time_p50", "resolution_time_p90", "repeat_rate", "fcr7", "channel_switch", "repeat_contacts",
    "promise_kept", "runaround_p50", "runaround_p90", "failure_demand", "containment", "private_to_public",
    "complaint_rate", "complaint_rate_customers", "failed_contacts", "affected_customers", "customers",
    "failure_rate", "recovery_rate",
    "review_score", "reviews_answered", "reviews", "review_answer_time_p50", "net_sentiment", "mentions", "voices",
    "told_causes", "told_contact_causes", "ces", "ces5", "enps", "response_rate",
    "volume_offered", "volume_answered", "volume_abandonment", "volume_asa",
    "volume_service_level",
)  # fmt: skip
MACHINERY = {
    "__init__", "alike", "answer", "answers", "ask", "base", "business_time", "catalogue", "cells", "claims",
    "clustered", "compile", "coverage", "definitions", "disclosure", "filters", "histogram", "intervals", "journeys",
    "kinds", "marts", "nowcast", "opening", "plans", "pooled", "ratings", "reported", "restatement", "row", "rows",
    "scored", "settled", "sofar", "spans", "standing", "summing", "survival", "targets", "trace", "unfinished",
    "ways",
}  # fmt: skip
COMMON_SETTINGS = ("target", "minimum_n")
BREAKDOWN_RATE = "breakdown_rate"
"""In the settings: the share of a touchpoint's customers whom one cause failed in a week."""
BREAKDOWN_MINIMUM = 10


def _declared() -> dict[str, tuple[Metric, ...]]:
    """The metrics of each declaring module by its subject: the first words of its docstring."""
    found: dict[str, tuple[Metric, ...]] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in MACHINERY:
            module = importlib.import_module(f"etl.metrics.{path.stem}")
            found[(module.__doc__ or path.stem).partition(":")[0]] = tuple(sorted(module.METRICS, key=_place))
    return dict(sorted(found.items(), key=lambda each: _place(each[1][0])))


def _place(metric: Metric) -> int:
    return ORDER.index(metric.name) if metric.name in ORDER else 99


SUBJECTS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(_declared())
"""All metrics by what they are about."""
METRICS: Mapping[str, Metric] = MappingProxyType(
    {metric.name: metric for metric in sorted((each for some in SUBJECTS.values() for each in some), key=_place)}
)


def metric_named(name: str) -> Metric:
    """The metric of that name, or a variant as `metric:variant`; else a UserError with the nearest names."""
    base, is_variant, variant = name.partition(VARIANT_MARK)
    if base not in METRICS:
        raise unknown("metric", base, METRICS)
    metric = METRICS[base]
    if not is_variant:
        return metric
    if not metric.variants:
        raise UserError(f"{base}: has no variants, so {name!r} is unknown; ask for {base}.")
    if variant not in metric.variants:
        raise unknown("variant", variant, metric.variants, base)
    return metric.variant(variant)


def readings(metric: Metric) -> tuple[Metric, ...]:
    """The metric as it is defined here, then each of its variants."""
    return (metric, *(metric.variant(name) for name in metric.variants))


def settings_of(metric: Metric, settings: Settings) -> Mapping[str, float]:
    """The metric's parameters: its defaults with the analyst's values over them."""
    owner = METRICS[metric.shares_settings_of] if metric.shares_settings_of else metric
    given = settings.metrics.get(owner.base_name, {})
    return {name: float(given.get(name, default)) for name, default in owner.settings.items()}


def minimum_n(name: str, settings: Settings) -> int:
    """The base under which no value is shown, of a metric or of the breakdown rate."""
    if name == BREAKDOWN_RATE:
        return int(settings.metrics.get(name, {}).get("minimum_n", BREAKDOWN_MINIMUM))
    metric = metric_named(name)
    return max(metric.floor, int(settings.metrics.get(metric.base_name, {}).get("minimum_n", metric.minimum_n)))


def check_settings(settings: Settings) -> None:
    """Raise a UserError for a metric, a parameter or a value that no declaration knows."""
    for name, given in settings.metrics.items():
        if name not in (*METRICS, BREAKDOWN_RATE):
            raise unknown("metric", name, METRICS, "[metrics]")
        known = (*COMMON_SETTINGS, *(METRICS[name].settings if name in METRICS else ()))
        for key, value in given.items():
            where = f"{settings.origins.get(f'metrics.{name}.{key}', '')} [metrics.{name}]"
            if key not in known:
                raise unknown("setting", key, known, where)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise UserError(f"{where} {key}: found {value!r}; expected a number.")
