"""What to generate: the plan a caller fills in, and the published chain every desk works by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

#: Downstream per upstream event of an ordinary desk, from published figures (README.md names each source).
#: ``contract_to_fill`` is not listed: four orders a fill follow from the others and the two weekly volumes below.
RATES: MappingProxyType[str, float] = MappingProxyType(
    {
        "call_to_hit": 1 / 5,
        "hit_to_interview": 1 / 2,
        "interview_to_send_out": 1 / 2,
        "send_out_to_fill": 1 / 5.24,
        "marketing_call_to_contract": 1 / 15,
        "presentation_to_send_out": 1 / 3,
    }
)

RECRUITING_CALLS_A_WEEK = 40.0
MARKETING_CALLS_A_WEEK = 23.0

#: Published counts have nine dials for one connect, so eight attempts; two keep the files a third of the size,
#: and attempts are in no ratio.
ATTEMPTS_PER_CONNECT = 2.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is generated, up to which Sunday, from which seed; the same plan gives the same bytes.

    ``rows`` asks for exactly that many activities: the desks' volumes are scaled to reach it. Raises ValueError for
    an end that is no Sunday, for a negative seed and for counts below one. More teams than desks are no error: each
    desk is then a team of its own.
    """

    end: date
    seed: int = 20
    desks: int = 12
    teams: int = 3
    weeks: int = 60
    rows: int | None = None

    def __post_init__(self) -> None:
        """Refuse a plan that cannot be carried out, naming the value."""
        if self.end.isoweekday() != 7:
            raise ValueError(f"The last day must be a Sunday; {self.end} is a {self.end:%A}.")
        for name in ("desks", "teams", "weeks", "rows"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"{name} must be at least 1, not {value}.")
        if self.seed < 0:
            raise ValueError(f"seed must not be negative: {self.seed}.")

    @property
    def start(self) -> date:
        """The Monday on which the first week begins."""
        return self.end - timedelta(days=7 * self.weeks - 1)


def last_sunday(before: date) -> date:
    """The latest Sunday that lies before the given day."""
    return before - timedelta(days=before.isoweekday())
