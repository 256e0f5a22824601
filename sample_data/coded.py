"""Events while they are simulated: one frame of small integers, decoded into the activity log at the very end.

Ten million events as numbers fit in memory and sort quickly; as text they would do neither. Words (activity, party,
outcome, channel) are positions in ``WORDS``, people, clients and jobs are running numbers, -1 is "nothing".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from quality.vocabulary import ACTIVITIES, CHANNELS, PARTIES

NOTHING = -1

#: Reasons a candidate gives for declining; the only outcomes that are free text.
DECLINE_REASONS = ("pay", "counter_offer", "distance", "other_offer")
ASSIGNEES = ("Care Desk Demo", "Support Desk Demo")
#: The same where they stand in the column ``desk``: numbers that no desk of a plan has.
CARE_DESK, SUPPORT_DESK = -2, -3

WORDS: dict[str, tuple[str, ...]] = {
    "activity": tuple(ACTIVITIES),
    "party": PARTIES,
    "channel": CHANNELS,
    "outcome": tuple(sorted({word for activity in ACTIVITIES.values() for word in activity.outcomes}))
    + DECLINE_REASONS,
    "assignee": ASSIGNEES,
}

#: Column -> what it holds. ``day`` is a position in the calendar, ``known`` the day on which the row was entered,
#: ``due`` and ``planned`` are days since 1970-01-01.
COLUMNS = (
    "desk",
    "day",
    "minute",
    "known",
    "activity",
    "party",
    "candidate",
    "client",
    "contact",
    "job",
    "outcome",
    "due",
    "planned",
    "quantity",
    "score",
    "ref",
    "assignee",
    "channel",
)


def code(column: str, word: str | None) -> int:
    """The number that stands for a word of that column; ValueError for a word it does not have."""
    return NOTHING if word is None else WORDS[column].index(word)


def events(activity: str, values: Mapping[str, np.ndarray | pd.Series], party: str | None = None) -> pd.DataFrame:
    """A frame of events of one activity with all ``COLUMNS`` as int32; what is not in ``values`` is ``NOTHING``.

    ``party`` defaults to the one the activity is always about, the value of ``known`` to that of ``day``.
    """
    given = {"known": values["day"], **values}
    fixed = {"activity": code("activity", activity), "party": code("party", party or ACTIVITIES[activity].party)}
    size = len(values["day"])
    return pd.DataFrame(
        {
            name: np.asarray(given[name], dtype="int32")
            if name in given
            else np.full(size, fixed.get(name, NOTHING), dtype="int32")
            for name in COLUMNS
        }
    )


def joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All events of several frames, one below the other."""
    return pd.concat(list(frames), ignore_index=True)


def coin(rng: np.random.Generator, size: int, probability: float | np.ndarray) -> np.ndarray:
    """One toss for each of ``size`` cases: true with the given probability (one for all, or one each)."""
    return rng.random(size) < probability


def chosen(rng: np.random.Generator, size: int, words: Mapping[str, float], column: str = "outcome") -> np.ndarray:
    """Codes of ``size`` words of a column, drawn with the given weights; the word "blank" stands for nothing."""
    codes = np.array([code(column, None if word == "blank" else word) for word in words])
    weights = np.array(list(words.values()))
    return codes[np.searchsorted(np.cumsum(weights / weights.sum())[:-1], rng.random(size), side="right")]
