from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.evidence import rows_behind
from quality.ratios import ratios
from tests.quality.small_logs import frame_of, row

ROSTER = pd.DataFrame(
    {
        "desk": ["Desk 01", "Desk 02"],
        "team": ["North", "South"],
        "starts_on": [pd.NaT, pd.NaT],
        "ends_on": [pd.Timestamp("2026-10-31"), pd.NaT],
    }
)


@pytest.fixture
def log():
    """Desk 01 wins an order and leaves at the end of October; Desk 02 fills the order in November."""
    return frame_of(
        [
            row("2026-10-05", "Desk 01", "contract", job="Job 1"),
            row("2026-11-10", "Desk 02", "fill", "the fill", job="Job 1", candidate="Avery Sample"),
        ]
    )


def asked():
    return {"as_of": date(2026, 11, 22), "start": date(2026, 10, 1), "end": date(2026, 11, 22), "by": "team"}


def test_credit_for_a_desk_that_has_left_its_team_counts_for_no_team(log):
    frame = ratios(log, **asked(), roster=ROSTER)
    fills = frame[frame["ratio"] == "contract_to_fill"].set_index("unit")[["upstream", "downstream"]]
    assert fills.loc["North"].tolist() == [1, 0]
    assert fills.loc["(no team)"].tolist() == [0, 1]
    assert fills.loc["South"].tolist() == [0, 0]


def test_the_credited_fill_is_behind_that_number(log):
    behind = rows_behind(log, **asked(), roster=ROSTER, ratio="contract_to_fill", unit="(no team)")
    assert behind["activity_id"].tolist() == ["the fill"]
