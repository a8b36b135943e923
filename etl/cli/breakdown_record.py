"""What a breakdown cost beside its count, as keys of `cx breakdowns --json`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etl.analysis.breakdowns import Breakdown
    from etl.analysis.harm import Harm
    from etl.analysis.silent import Affected, Refusal


def cost_record(row: "Breakdown") -> dict[str, Any]:
    """Harm, silent customers, growth, reach, minutes, money, and what would move the row."""
    cost = row.cost
    return {
        **_harm(cost.harm),
        **_silent(cost.affected, cost.refusals),
        "before": cost.before,
        "growth": row.growth,
        "z": row.z,
        "voices": cost.toll.voices,
        "posts": cost.toll.posts,
        "reposts": cost.toll.reposts,
        "minutes": cost.toll.minutes,
        "value_exposed": cost.value,
        "rank_low_if_off": row.widest and row.widest[0],
        "rank_high_if_off": row.widest and row.widest[1],
        "to_first": row.to_first,
        "segments": [{"where": dict(one.where), "failed": one.failed, "of": one.whole} for one in row.segments],
    }


def _harm(harm: "Harm | None") -> dict[str, Any]:
    if harm is None:
        return dict.fromkeys(
            ("harm", "harm_low", "harm_high", "harm_scale", "harm_basis", "harm_scored", "harm_affected")
        )
    return {
        "harm": harm.value,
        "harm_low": harm.low,
        "harm_high": harm.high,
        "harm_scale": harm.scale,
        "harm_basis": harm.basis.value,
        "harm_scored": harm.scored,
        "harm_affected": harm.affected,
    }


def _silent(affected: "Affected | None", refusals: "tuple[Refusal, ...]") -> dict[str, Any]:
    estimates = affected.estimates if affected else ()
    return {
        "silent_low": affected and affected.silent_low,
        "silent_high": affected and affected.silent_high,
        "silent_methods": [
            {"method": one.method.value, "on": list(one.on), "low": one.low, "high": one.high, "n": one.n}
            for one in estimates
        ],
        "silent_refused": [
            {"method": one.method.value, "on": list(one.on), "reason": one.reason} for one in refusals
        ],
        "affected_low": affected and affected.low,
        "affected_high": affected and affected.high,
    }  # fmt: skip
