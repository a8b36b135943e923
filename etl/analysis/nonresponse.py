"""Whether those who answered stand for all who were invited, from the invitations of some days; and what it caps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.analysis.compare import Comparison
from etl.analysis.detractors import DETRACTOR, PROMOTER
from etl.analysis.response_rate import ResponseRate, Stratum, response_rate
from etl.calendar import Period
from etl.metrics.answer import Ask, Question, Row, Where
from etl.metrics.catalogue import METRICS
from etl.vocabulary import UNKNOWN, Dimension, Grain, Verdict

METRIC = "response_rate"
SCORES = ("nps", "nps_all")
"""The metrics whose verdicts it caps."""
USUAL = timedelta(weeks=13)


@dataclass(frozen=True)
class Nonresponse:
    """Who was invited between two days and what came back, by channel and segment, and whether to be warned."""

    strata: Mapping[tuple[str, str], Stratum]
    usual_rate: float | None
    rate: ResponseRate

    @property
    def invited(self) -> int:
        """Invitations that came."""
        return sum(stratum.invited for stratum in self.strata.values())

    @property
    def answered(self) -> int:
        """Of them those that were answered."""
        return sum(stratum.answered for stratum in self.strata.values())


def nonresponse(ask: Ask, start: date, end: date, where: Where = ()) -> Nonresponse | None:
    """The invitations of some days that are 14 days old; None without any, or where they can't be filtered so."""
    if any(dimension not in METRICS[METRIC].dimensions for dimension, _ in where):
        return None
    strata: dict[tuple[str, str], Stratum] = {}
    for row in ask.rows(METRIC, Period(Grain.DAY, f"{start}..{end}", start, end), where).rows:
        kind = (row["channel"], row["segment"] or UNKNOWN)
        strata[kind] = _with(strata.get(kind, Stratum(0, 0, 0, 0)), row)
    if not strata:
        return None
    before = Question((METRIC,), start=start - USUAL, end=start - timedelta(days=1), where=where, is_raw=True)
    usual = next((row.value for row in ask(before).rows), None)
    return Nonresponse(dict(sorted(strata.items())), usual, response_rate(list(strata.values()), usual))


def warnings(ask: Ask, rows: Iterable[Row], where: Where) -> tuple[str, ...]:
    """Why scores that are held against each other may not stand for all who were asked.

    Where no invitation is known within the filter, all of its sources speak.
    """
    by_source = tuple(each for each in where if each[0] is Dimension.SOURCE)
    found = [
        nonresponse(ask, row.start, row.end, where) or nonresponse(ask, row.start, row.end, by_source)
        for row in rows
        if row.metric in SCORES
    ]
    return tuple(dict.fromkeys(each for one in found if one for each in one.rate.warnings))


def capped(comparison: Comparison, told: tuple[str, ...]) -> Comparison:
    """The comparison; where one is warned of who answered it is at best "could be noise"."""
    if not told or comparison.verdict is not Verdict.REAL:
        return comparison
    return replace(comparison, verdict=Verdict.NOISE, note=told[0])


def _with(stratum: Stratum, row: Mapping[str, object]) -> Stratum:
    """The stratum with one more invitation."""
    score, is_answered = row["score"], row["answered_at"] is not None
    side = "unscored"
    if isinstance(score, int):
        side = "promoters" if score >= PROMOTER else "detractors" if score <= DETRACTOR else "passives"
    return replace(
        stratum,
        invited=stratum.invited + 1,
        opted_out=stratum.opted_out + bool(row["is_opted_out"]),
        **{side: getattr(stratum, side) + 1} if is_answered else {},
    )
