"""What a declaration tells its readers: formula, window and exclusions in words; and the mark of what it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from etl.metrics.base import OPEN_SECONDS, FactName, Metric
from etl.metrics.catalogue import METRICS
from etl.metrics.clustered import EveryAnswer
from etl.metrics.kinds import Balance, Count, Distinct, Mean, Net, Quantile, Rate, Ratio, Survival
from etl.metrics.pooled import Pooled
from etl.metrics.rows import UNITS

LENGTH = 12
"""Hexadecimal digits of a fingerprint."""
DAYS: Mapping[FactName, str] = MappingProxyType(
    {
        "scores": "the day of the answer",
        "votes": "the day on which somebody spoke",
        "reviews": "the day of the review",
        "posts": "the day of the post",
        "chain_contacts": "the day of the first contact of its chain",
        "interactions": "the day on which the interaction began",
        "volumes": "the day of the interval",
        "invitations": "the day on which the invitation was sent",
    }
)
LEFT_OUT: Mapping[FactName, str] = MappingProxyType(
    {
        "scores": "tests, and answers that were not finished",
        "votes": "our own posts, and reposts without a word of their own",
        "reviews": "our own",
        "posts": "our own posts, and reposts without a word of their own",
    }
)
CLOCKS = {
    "chain_started_at": "start of the chain", "last_at": "last contact of the chain",
    "contact_started_at": "event",
}  # fmt: skip
"""The clocks that are not the event itself."""
ALWAYS_OUT = "what came after the last complete day of its source"
WORDS = (
    (rf"{OPEN_SECONDS} < (\d+)", r"less than \1 seconds old"),
    (r"'([^']*)'", r"\1"),
    (r"(?i)\bleast\(([^)]*)\)", r"the lesser of \1"),
    (r"\bIS NOT NULL\b", "is known"),
    (r"\bIS NULL\b", "is not known"),
    (r">=", "≥"),
    (r"<=", "≤"),
    (r"<>", "≠"),
    (r"\b(AND|OR|NOT|IN)\b", lambda found: found[0].lower()),
    (r"\b(?:is|fact)[_.](\w)", r"\1"),
    (r"_", " "),
    (r"\s+", " "),
)
"""How the SQL of a condition is read aloud."""


@dataclass(frozen=True)
class Definition:
    """A declaration as it is read: the formula in words and symbols, what dates a row, what is left out.

    `clock` names the instant from which a row matures, `interval` how the 95 % interval is made.
    """

    formula: str
    window: str
    exclusions: str
    fingerprint: str
    clock: str
    interval: str


def definition(metric: Metric, settings: Mapping[str, float]) -> Definition:
    """The metric's definition under its settings; what the declaration says itself wins."""
    return Definition(
        metric.formula or _formula(metric, settings),
        metric.window or _window(metric),
        metric.exclusions or _exclusions(metric, settings),
        fingerprint(metric),
        CLOCKS.get(metric.clock, "response" if metric.fact == "scores" else "event"),
        _interval(metric),
    )


def fingerprint(metric: Metric) -> str:
    """What a metric counts, and by which defaults: another one is another definition, so it needs another version."""
    owner = METRICS[metric.shares_settings_of] if metric.shares_settings_of else metric
    contents = (
        type(metric).__name__, metric.fact, metric.unit.value, metric.clock, metric.maturity_days, metric.fed_by,
        metric.hidden_under, metric.floor, metric.parts, sorted(owner.settings.items()), getattr(metric, "q", None),
        [(name, each.reads, each.changes) for name, each in metric.variants.items()],
    )  # fmt: skip
    return sha256(repr(contents).encode()).hexdigest()[:LENGTH]


def in_words(condition: str, settings: Mapping[str, float]) -> str:
    """A condition of a part as it is read aloud, with the values of its settings."""
    text = condition.format(**{name: f"{value:g}" for name, value in settings.items()})
    for pattern, words in WORDS:
        text = re.sub(pattern, words, text)
    return text.strip()


def _formula(metric: Metric, settings: Mapping[str, float]) -> str:
    things = f"{UNITS[metric.fact]}s"

    def counted(condition: str) -> str:
        return things if condition == "TRUE" else f"{things} ({in_words(condition, settings)})"

    match metric:
        case Distinct():
            return f"number of different customers among {counted(metric.where)}"
        case Count():
            return f"number of {counted(metric.where)}"
        case Ratio():
            factor = "1,000 × " if isinstance(metric, Rate) else ""
            return f"{factor}{counted(metric.top)} ÷ {counted(metric.bottom)}"
        case Mean():
            return f"sum of {in_words(metric.add, settings)} ÷ number of {counted(metric.where)}"
        case Quantile():
            return f"{metric.q:.0%} of {counted(metric.where)} have at most this {in_words(metric.add, settings)}"
        case Survival():
            after = in_words(metric.add, settings)
            return f"{metric.q:.0%} of {counted(metric.where)} ended within this {after}, by Kaplan and Meier"
        case Net():
            base = things if metric.among == "TRUE" else counted(metric.among)
            return f"100 × ({counted(metric.promoters)} − {counted(metric.detractors)}) ÷ {base}"
    return "; ".join(f"{part.name}: {counted(part.where)}" for part in metric.parts)


def _interval(metric: Metric) -> str:
    match metric:
        case Count():
            return "of the count, by the gamma distribution, as wide as its last 26 complete weeks varied"
        case Rate():
            return (
                "of the count above the line, by the gamma distribution, as wide as its last 26 complete weeks varied"
            )
        case Ratio():
            return "of a share, by Wilson"
        case EveryAnswer():
            return "between customers, who may have answered more than once, by Student"
        case Net():
            return "of the difference of two shares, by Wald with three answers added"
        case Quantile():
            return "by the ranks of the ordered values"
        case Survival():
            return "of the share that still waits, by Greenwood on its log-log"
        case Pooled():
            return "of a ratio of sums, between the intervals that the system counted, by Student"
    return "of a mean, by Student"


def _window(metric: Metric) -> str:
    told = [f"by {DAYS.get(metric.fact, 'the day of the contact')}"]
    if isinstance(metric, Balance):
        told.append("the latest answer of each person to each question in a period")
    if metric.maturity_days:
        told.append(f"counted from {metric.maturity_days} days after")
    if not metric.is_stored and metric.is_additive and not isinstance(metric, Balance):
        told.append("as known at the last complete day")
    return "; ".join(told)


def _exclusions(metric: Metric, settings: Mapping[str, float]) -> str:
    excluded = dict.fromkeys(in_words(part.excluding, settings) for part in metric.parts if part.excluding)
    told = [*excluded, *([LEFT_OUT[metric.fact]] if metric.fact in LEFT_OUT else []), ALWAYS_OUT]
    if metric.hidden_under:
        told.append(f"cells of fewer than {metric.hidden_under}, and what would give them away")
    return "; ".join(told)
