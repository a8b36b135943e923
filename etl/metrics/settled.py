"""The kinds of metric that say what they leave out: rows not decided yet, causes not known, promises not measured."""

from dataclasses import dataclass, replace
from typing import ClassVar

from etl.metrics import intervals
from etl.metrics.base import BEYOND, OPEN_SECONDS, Estimate, Part, Sums
from etl.metrics.kinds import Quantile, Ratio, SettledRatio

DAY_SECONDS = 86_400


@dataclass(frozen=True, kw_only=True)
class KnownRatio(Ratio):
    """A share among the rows of which something is known; the share of the others is said beside it."""

    lacking: str
    among: str = "TRUE"

    @property
    def parts(self) -> tuple[Part, ...]:
        """Top and bottom, and all rows, known or not."""
        return (*super().parts, Part("all", self.among, self.excluding))

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom."""
        known, every = int(sums.totals["bottom"]), int(sums.totals["all"])
        share = (f"{100 * (every - known) / every:.1f} % {self.lacking}",) if every > known else ()
        found = super().estimate(sums)
        return replace(found, notes=(*found.notes, *share))


@dataclass(frozen=True, kw_only=True)
class PendingRatio(SettledRatio):
    """A share over rows that are decided only some days after their clock; how many are not yet is said beside it."""

    tells_pending: ClassVar[bool] = True

    @property
    def young(self) -> str:
        """The condition of the rows that are not decided yet."""
        return f"{OPEN_SECONDS} < {self.maturity_days * DAY_SECONDS} OR {BEYOND}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """Top and bottom of the decided rows, and the number of the others."""
        return (
            Part("top", self.top, self.young),
            Part("bottom", self.bottom, self.young),
            Part("pending", self.bottom, f"NOT ({self.young})"),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom."""
        top, bottom, pending = (int(sums.totals[name]) for name in ("top", "bottom", "pending"))
        notes = (f"pending {pending}: not {self.maturity_days} days old",) if pending else ()
        return Estimate(top / bottom if bottom else None, bottom, intervals.wilson(top, bottom), notes)


@dataclass(frozen=True, kw_only=True)
class PromiseRatio(SettledRatio):
    """A share of journeys with promises that can be measured; how many of the promises can is said beside it."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Top and bottom, and the promises, all and measured."""
        return (
            *super().parts,
            Part("promised", "TRUE", self.excluding, add="promise_count"),
            Part("measured", "TRUE", self.excluding, add="measured_count"),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom."""
        promised, measured = float(sums.totals["promised"]), float(sums.totals["measured"])
        told = (f"{100 * measured / promised:.1f} % of the promises could be measured",) if promised else ()
        found = super().estimate(sums)
        return replace(found, notes=(*found.notes, *told))


@dataclass(frozen=True, kw_only=True)
class SettledQuantile(Quantile):
    """A quantile over rows that are decided only some time after their clock; asked from the facts."""

    excluding: str = ""
    is_stored: ClassVar[bool] = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """The histogram of the decided rows."""
        return tuple(replace(part, excluding=self.excluding) for part in super().parts)


@dataclass(frozen=True, kw_only=True)
class InvitedRatio(PendingRatio):
    """A share of invitations; how many of those invited asked to be asked no more is said beside it."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those of a share that waits, and the invitations after which somebody opted out."""
        return (*super().parts, Part("opted_out", "is_opted_out", self.young))

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom."""
        found, opted_out = super().estimate(sums), int(sums.totals["opted_out"])
        return replace(found, notes=(*found.notes, *((f"{opted_out} opted out",) if opted_out else ())))
