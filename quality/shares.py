"""A share with its two counts and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from quality.intervals import thinning_interval


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` cases of ``of``; ``value`` and its 80 % range from 0 to 1, None where there is no case."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        """``74 % (26 of 35), likely 63 to 83 %``; ``nothing yet`` without a case."""
        return f"{self.short}, {self.likely}" if self.of else self.short

    @property
    def short(self) -> str:
        """``74 % (26 of 35)``."""
        return f"{100 * self.value:.0f} % ({self.count:,} of {self.of:,})" if self.value is not None else "nothing yet"

    @property
    def likely(self) -> str:
        """``likely 63 to 83 %``, a narrow range with one decimal; nothing without a case."""
        if self.low is None or self.high is None:
            return ""
        digits = 0 if 100 * (self.high - self.low) >= 2 else 1
        return f"likely {100 * self.low:.{digits}f} to {100 * self.high:.{digits}f} %"


def share(count: int, of: int) -> Share:
    """So many of so many."""
    if not of:
        return Share(int(count), 0, None, None, None)
    low, high = thinning_interval(count, of)
    return Share(int(count), int(of), count / of, float(low), float(high))


def overlap(one: Share, other: Share) -> bool:
    """Whether the likely ranges have anything in common; a share of nothing may be any."""
    return (one.low or 0.0) <= (other.high or 1.0) and (other.low or 0.0) <= (one.high or 1.0)
