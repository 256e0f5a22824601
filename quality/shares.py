"""A share with its two counts and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from quality.intervals import thinning_interval

#: Of fewer cases no percentage is said, so that one of two is not half of them.
FEWEST = 10


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
        """``74 % (26 of 35), likely 63 to 83 %``, of few ``2 of 9, likely 10 to 42 %``; ``nothing yet`` of none."""
        return f"{self.short}, {self.likely}" if self.of else self.short

    @property
    def short(self) -> str:
        """``74 % (26 of 35)``; of few ``2 of 9``."""
        if not self.of:
            return "nothing yet"
        return self.number if self.is_few else f"{self.number} ({self.count:,} of {self.of:,})"

    @property
    def number(self) -> str:
        """``74 %``; of few ``2 of 9``."""
        if self.value is None:
            return "–"
        return f"{self.count:,} of {self.of:,}" if self.is_few else f"{100 * self.value:.0f} %"

    @property
    def beside(self) -> str:
        """What is said beside the number: ``26 of 35, likely 63 to 83 %``; of few, whose number is that, the range."""
        return self.likely if self.is_few else f"{self.count:,} of {self.of:,}, {self.likely}"

    @property
    def is_few(self) -> bool:
        """Whether so few cases are no percentage."""
        return self.of < FEWEST

    def among(self, cases: str) -> str:
        """``74 % (26 of 35) of the offers``; of few ``2 of 9 offers``."""
        return f"{self.short} {cases}" if self.of and self.is_few else f"{self.short} of the {cases}"

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
