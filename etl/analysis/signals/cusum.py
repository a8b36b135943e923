"""The alarm: a two-sided CUSUM, which adds up small deviations that go on."""

from dataclasses import dataclass

ALLOWANCE = 0.75
THRESHOLD = 2.6


@dataclass
class Cusum:
    """What has added up on either side since the last alarm."""

    _above: float = 0.0
    _below: float = 0.0

    def step(self, residual: float) -> int:
        """One more standardised residual: 1 for an alarm upwards, -1 downwards, 0 for none; an alarm starts anew."""
        self._above = max(0.0, self._above + residual - ALLOWANCE)
        self._below = max(0.0, self._below - residual - ALLOWANCE)
        direction = int(self._above > THRESHOLD) - int(self._below > THRESHOLD)
        if direction:
            self._above = self._below = 0.0
        return direction
