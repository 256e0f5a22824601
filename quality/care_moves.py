"""Who stands on another level of care once something counts differently: the same people, judged twice."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from quality.care_signals import LEVELS


@dataclass(frozen=True, slots=True)
class Moves:
    """``counts``: level -> how many stand on it before and after, in the order of LEVELS.

    ``people``: who changes level, in the order of the list afterwards: contractor, was, becomes.
    """

    counts: dict[str, tuple[int, int]]
    people: pd.DataFrame

    @property
    def words(self) -> str:
        """``act 12 → 15, watch 30 → 28, calm 60 → 59``."""
        return ", ".join(f"{level} {was:,} → {becomes:,}" for level, (was, becomes) in self.counts.items())


def moves(before: pd.DataFrame, after: pd.DataFrame) -> Moves:
    """Two answers of `quality.care.care` of one day beside each other; who asked to be left alone is on no level."""
    was = before.set_index("assignment")["level"]
    both = after.assign(was=after["assignment"].map(was), becomes=after["level"])
    moved = both[both["becomes"].notna() & (both["was"] != both["becomes"])]
    counts = {level: (int((was == level).sum()), int((after["level"] == level).sum())) for level in LEVELS}
    return Moves(counts, moved[["contractor", "was", "becomes"]].reset_index(drop=True))
