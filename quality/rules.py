"""The firm's own rules: everything about a ratio that a firm may decide differently, frozen for one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from quality.catalogue import BY_NAME, check_ratio_names
from quality.standards import Standards
from quality.vocabulary import CALL_OUTCOMES


@dataclass(frozen=True, slots=True)
class Rules:
    """What the firm decided, with starting values.

    ``hit_outcomes``: outcomes of a recruiting call that make it a hit. ``credit_orders``: send-outs and fills count for
    the desk that won the order in client-side ratios. ``guarantee_days``: calendar days after the start within which an
    early end makes a fill fall off. ``horizons``: ratio -> calendar days of the cohort view. ``standards``: those of
    everybody, at all times. Raises ValueError for unknown outcomes or ratios and for values that cannot be.
    """

    hit_outcomes: tuple[str, ...] = ("interested",)
    credit_orders: bool = True
    guarantee_days: int = 90
    horizons: Mapping[str, int] = field(default_factory=dict, hash=False)
    standards: Standards = field(default_factory=Standards)

    @classmethod
    def stored(cls, settings: Mapping[str, Any], standards: pd.DataFrame) -> Rules:
        """The rules a firm has stored: settings by the names of the fields here, and all standards it ever saved.

        ``standards`` has the columns of ``Standards.stored``.
        """
        names = {"hit_outcomes", "credit_orders", "guarantee_days", "horizons"}
        values = {name: value for name, value in settings.items() if name in names}
        return cls(standards=Standards.stored(standards), **values)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hit_outcomes", tuple(self.hit_outcomes))
        object.__setattr__(self, "horizons", dict(self.horizons))
        check_ratio_names(self.horizons)
        self._check_values()

    def _check_values(self) -> None:
        if unknown := sorted(set(self.hit_outcomes) - set(CALL_OUTCOMES)):
            raise ValueError(f"unknown call outcome {', '.join(unknown)}; outcomes are {', '.join(CALL_OUTCOMES)}")
        if min([self.guarantee_days, *self.horizons.values()]) < 0:
            raise ValueError("the guarantee and the horizons are days from 0 up")

    @property
    def of_counting(self) -> Rules:
        """These rules without standards: nothing is counted otherwise for them, only judged."""
        return replace(self, standards=Standards())

    def horizon(self, ratio: str) -> int:
        """Calendar days a case of this ratio has to get there."""
        return self.horizons.get(ratio, BY_NAME[ratio].horizon_days)
