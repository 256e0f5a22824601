"""Everything that is staged around the people on assignment and the contacts, put into the events of the firm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.coded import code, joined
from sample_data.departures import departures, quieter
from sample_data.remarks import with_remarks
from sample_data.support import handoffs, more_tickets, numbered, referrals, solutions, with_hours
from sample_data.wishes import left_alone, noted

Keep = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Placed:
    """The starts of those who leave early and of all others, and ``owners``: the desk that won each order."""

    leaving: pd.DataFrame
    staying: pd.DataFrame
    owners: np.ndarray


def staged(raw: pd.DataFrame, placed: Placed, rng: Sequence[np.random.Generator], keep: Keep) -> pd.DataFrame:
    """The events with what is staged; ``keep`` cuts new ones to what the firm knows and adds the file of each.

    ``rng`` are five streams: signals, cases, hand-offs, notes and wishes, remarks. Existing events keep what they
    count for; some get a note or other hours, and touches that nobody made are left out.
    """
    leavers = departures(placed.leaving, placed.staying, rng[0])
    starts = pd.concat([placed.leaving, placed.staying], ignore_index=True)
    signals, asked = _with_numbers(leavers.events, more_tickets(starts, rng[1]), int(raw["ref"].max()))
    opened = joined([_of(signals, "ticket_opened"), asked])
    solved = solutions(asked, rng[1])
    cases = joined([_of(raw, "ticket_opened"), opened]), joined([_of(raw, "ticket_resolved"), solved])
    handed = handoffs(starts, *cases, placed.owners, rng[2])
    told = with_remarks(keep(joined([signals, solved, handed, referrals(starts, rng[2])])), rng[4])
    mended = noted(with_hours(quieter(raw, leavers.quiet), starts, rng[2]), rng[3])
    whole = joined([mended, told, keep(asked)])
    return joined([whole, keep(left_alone(whole, rng[3])).assign(notes=np.int32(-1))])


def _of(raw: pd.DataFrame, activity: str) -> pd.DataFrame:
    return raw[raw["activity"] == code("activity", activity)]


def _with_numbers(signals: pd.DataFrame, asked: pd.DataFrame, highest: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both with running numbers for their cases, above those there are."""
    is_case = (signals["activity"] == code("activity", "ticket_opened")).to_numpy()
    first = numbered(signals[is_case], highest)
    return joined([signals[~is_case], first]), numbered(asked, highest + len(first))
