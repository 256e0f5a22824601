"""What waits at support: cases that took long are solved in the end, and those of the last day are still open.

Drawn from a stream of its own, and put in last, so that nothing else in the sample depends on what stands here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sample_data.coded import SUPPORT_DESK, chosen, code, coin, joined
from sample_data.remarks import TOPICS, place_of
from sample_data.support import CARE, HANDED_BACK, SUPPORT, following, numbered

#: Working days until a case is solved that nobody solved in time; share of these cases that lie until so many working
#: days after the assignment.
LATE, LEFT_LYING, AFTERWARDS = (15, 50), 0.80, (1, 5)
#: Share of the running assignments with a case of the last working day, which is in time for two days more; of these
#: with care so far.
FRESH, WITH_CARE = 0.15, 0.30
#: Nobody has a case in the first working days.
SETTLED = 3

CASE = ["candidate", "job"]
Keep = Callable[[pd.DataFrame], pd.DataFrame]


def kept_up(raw: pd.DataFrame, last: int, rng: np.random.Generator, keep: Keep) -> pd.DataFrame:
    """The events with the late solutions, their hand-offs back to care, and the cases of the ``last`` day."""
    solved = _solved_late(raw, rng)
    back = solved[_is(solved, "assignee", SUPPORT) & coin(rng, len(solved), HANDED_BACK)]
    returned = keep(following("handoff", back, back["day"] + rng.integers(0, 4, len(back)), rng, CARE))
    silent = [keep(solved), returned.assign(desk=np.int32(SUPPORT_DESK))]
    fresh = _fresh(raw, last, rng)
    topics = np.array([place_of(topic) for topic in TOPICS], dtype="int32")
    noted = keep(fresh).assign(notes=topics[rng.integers(0, len(topics), len(fresh))])
    return joined([raw, *(rows.assign(notes=np.int32(-1)) for rows in silent), noted])


def _is(raw: pd.DataFrame, column: str, *words: str) -> np.ndarray:
    return raw[column].isin([code(column, word) for word in words]).to_numpy()


def _solved_late(raw: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A solution for every case without one, by whoever has it; some lie until the contractor is gone.

    Of those who left early all do, so that nobody is thought to have left for what was solved.
    """
    done = raw.loc[_is(raw, "activity", "ticket_resolved"), "ref"]
    cases = raw[_is(raw, "activity", "ticket_opened") & ~raw["ref"].isin(done).to_numpy()].sort_values("ref")
    ends = raw[_is(raw, "activity", "end")].drop_duplicates(CASE).set_index(CASE)
    ended = ends[["day", "outcome"]].reindex(pd.MultiIndex.from_frame(cases[CASE]))
    waits = _is(ended, "outcome", "quit", "terminated") | coin(rng, len(cases), LEFT_LYING)
    late = cases["day"].to_numpy() + rng.integers(LATE[0], LATE[1] + 1, len(cases))
    after = ended["day"].to_numpy() + rng.integers(AFTERWARDS[0], AFTERWARDS[1] + 1, len(cases))
    day = pd.Series(np.where(waits, np.fmax(late, after), late), index=cases.index)
    solved = following("ticket_resolved", cases, day, rng, SUPPORT)
    own = ~_with_support(raw, cases)
    return solved.assign(assignee=solved["assignee"].mask(own, code("assignee", CARE)))


def _with_support(raw: pd.DataFrame, cases: pd.DataFrame) -> np.ndarray:
    """Whether support had a case from the first, or was handed it."""
    handed = raw.loc[_is(raw, "activity", "handoff") & _is(raw, "assignee", SUPPORT), "ref"]
    return _is(cases, "assignee", SUPPORT) | cases["ref"].isin(handed).to_numpy()


def _fresh(raw: pd.DataFrame, last: int, rng: np.random.Generator) -> pd.DataFrame:
    """New cases of people on assignment on the last working day, with support or with care."""
    starts = raw[_is(raw, "activity", "start") & (raw["day"] < last - SETTLED).to_numpy()]
    over = pd.MultiIndex.from_frame(raw.loc[_is(raw, "activity", "end"), CASE])
    alone = raw.loc[_is(raw, "activity", "do_not_contact"), "candidate"]
    runs = ~pd.MultiIndex.from_frame(starts[CASE]).isin(over) & ~starts["candidate"].isin(alone).to_numpy()
    people = starts[runs].sort_values(CASE)
    some = people[coin(rng, len(people), FRESH)]
    day = pd.Series(last, index=some.index)
    kinds = chosen(rng, len(some), {"experience": 0.7, "adoption": 0.3})
    opened = numbered(following("ticket_opened", some, day, rng, SUPPORT, outcome=kinds), int(raw["ref"].max()))
    first = coin(rng, len(some), WITH_CARE)
    return opened.assign(assignee=opened["assignee"].mask(first, code("assignee", CARE)))
