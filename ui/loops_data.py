"""What the page Close the loop asks of the history: who still waits to be told why, and how many were told in time."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality import loops
from ui import clock, data, owed_data
from ui.data import Place, cached


def rejections() -> pd.DataFrame:
    """What is owed to rejected candidates: the obligations of the rule *close_loop*, kept ones too."""
    found = owed_data.owed(clock.today())
    return found[found["rule"] == loops.RULE]


def waiting() -> pd.DataFrame:
    """Who still waits, the latest rejection first: see `quality.loops.waiting`."""
    return _waiting(data.here(), clock.today())


@cached("32MB")
def _waiting(place: Place, today: date) -> pd.DataFrame:
    return loops.waiting(data.at(place).log(), owed_data.to_do(rejections()), as_of=today)
