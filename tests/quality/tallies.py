"""Small tallies and a chain of steps for the tests of plans."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.plan import Step
from quality.tally import COUNTS

AS_OF = date(2026, 11, 22)
LAST = pd.Timestamp(AS_OF)

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
