"""Small tallies and a chain of steps for the tests of plans."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.goals import DeskPlan, Goal, desk_plan
from quality.periods import Every
from quality.plan import Step
from quality.tally import COUNTS
from quality.workdays import Workdays

AS_OF = date(2026, 11, 22)
LAST = pd.Timestamp(AS_OF)
WORKING = Workdays().days

#: 2400 calls, 240 hits, 96 interviews, 42 send-outs, 9 fills, with totals that were computed independently of this.
CHAIN = (
    Step("recruiting_call", "hit", 240, 2400),
    Step("hit", "interview", 96, 240),
    Step("interview", "send_out", 42, 96),
    Step("send_out", "fill", 9, 42),
)


def counts(*lines: tuple[str, str, dict[str, int]]) -> pd.DataFrame:
    """A tally: desk, day and the counts that are not zero."""
    rows = [{"desk": desk, "day": pd.Timestamp(day), **dict.fromkeys(COUNTS, 0), **some} for desk, day, some in lines]
    return pd.DataFrame(rows, columns=["desk", "day", *COUNTS])


def whole_plan(per: Every = "month") -> DeskPlan:
    """Twelve fills asked of a desk with the counts of the chain."""
    log = counts(
        ("Desk 01", "2026-11-03", {"recruiting_call": 2400, "hit": 240, "interview": 96, "send_out": 42, "fill": 9})
    )
    return desk_plan(log, "Desk 01", Goal(12, per), as_of=AS_OF, working=WORKING)
