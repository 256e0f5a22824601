"""What comes after an assignment: whose ends soon and whether there was a contact near the date; who started again.

Placed again within a window: the same candidate starts another assignment on the last day or up to so many days after
it. Only ends whose window is over count: its last day has passed, today is not over yet. Converted contractors work for
the client and are not free; who never started, or is on another assignment already, was not on the market: they are in
no rate.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pandas as pd

from quality.shares import Share, share

#: Days after the end within which somebody may start again.
WINDOWS = (7, 30, 90)
#: Days ahead in which assignments end.
AHEAD = (7, 14, 30, 45, 90)
#: The rules that ask for a contact near the planned end.
RULES = ("redeploy_45", "redeploy_30")
#: Whether there was a contact near the planned end -> in words.
STATES: Mapping[str, str] = MappingProxyType(
    {
        "overdue": "no contact yet, overdue",
        "due": "no contact yet, due soon",
        "again": "in contact, overdue again",
        "late": "in contact, late",
        "spoken": "in contact in time",
        "none": "nothing due",
        "alone": "not to be contacted",
    }
)

#: States of whoever was in contact near the planned end.
MET = ("spoken", "late", "again")

_SPOKEN = ("spoken_on", "due_on", "late_on", "missed_on", "next_said")


# --- placed again ----------------------------------------------------------------------------------------------------


def freed(rows: pd.DataFrame) -> pd.DataFrame:
    """The ends after which a contractor was free, with ``next_on``, ``next_client`` and ``next_desk`` (missing: none).

    ``rows`` as `quality.assignments` gives them.
    """
    over = rows[(rows["state"] == "ended") & (rows["outcome"].fillna("") != "converted")]
    others = rows.loc[rows["started_on"].notna(), [*_OTHER]].rename(columns=_OTHER)
    met = over[["assignment", "candidate", "ended_on"]].merge(others, on="candidate")
    met = met[met["assignment"] != met["next"]]
    goes_on = met["until"].isna() | (met["until"] > met["ended_on"])
    busy = met.loc[(met["next_on"] < met["ended_on"]) & goes_on, "assignment"]
    after = met[met["next_on"] >= met["ended_on"]].sort_values(["next_on", "next"]).drop_duplicates("assignment")
    free = over[~over["assignment"].isin(busy)]
    return free.merge(after[["assignment", "next_on", "next_client", "next_desk"]], on="assignment", how="left")


_OTHER = {
    "assignment": "next", "candidate": "candidate", "started_on": "next_on", "ended_on": "until",
    "client": "next_client", "desk": "next_desk",
}  # fmt: skip


def judged(found: pd.DataFrame, window: int, as_of: date) -> pd.DataFrame:
    """Of `freed` those whose window lies before ``as_of``, itself not over yet, with ``again``: started within it."""
    limit = found["ended_on"] + pd.Timedelta(days=window)
    return found.assign(again=found["next_on"] <= limit)[limit < pd.Timestamp(as_of)]


def placed_again(found: pd.DataFrame, window: int, as_of: date) -> Share:
    """How many of those whose window is over started again within it."""
    over = judged(found, window, as_of)
    return share(int(over["again"].sum()), len(over))


# --- ending soon -----------------------------------------------------------------------------------------------------


def ending(rows: pd.DataFrame, owed: pd.DataFrame, as_of: date, alone: Collection[str] = ()) -> pd.DataFrame:
    """The running assignments whose planned end lies in the days ahead, the first one first.

    ``owed``: obligations of RULES, as `quality.obligations` or `quality.answers` give them; ``alone``: the candidates
    who want to be left alone. New: ``days_left``, ``spoken_on`` (the latest contact that counts), ``due_on`` (of the
    next such contact), ``late_on`` (the first contact that came late), ``missed_on`` (the day that one was due) and
    ``next_said``: one of STATES. In contact again is overdue where one contact was made and the next was not.
    """
    left = (rows["planned_end"] - pd.Timestamp(as_of)).dt.days
    near = rows[(rows["state"] == "running") & left.between(0, max(AHEAD))].assign(days_left=left.astype("Int64"))
    said = _said(near, owed)
    said["next_said"] = said["next_said"].mask(near.set_index("assignment")["candidate"].isin([*alone]), "alone")
    return near.join(said, on="assignment").sort_values(["planned_end", "candidate"], ignore_index=True)


def _said(near: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """What the obligations say of each assignment: the last of each rule since its planned end was agreed."""
    asked = near[["assignment", "candidate", "client", "job", "planned_on"]]
    own = owed[owed["rule"].isin(RULES)].rename(columns={"who": "candidate"})
    keys = [_plain(frame) for frame in (asked, own)]
    met = keys[0].merge(keys[1], on=["candidate", "at", "place"])
    about_it = met["triggered_at"] >= met["planned_on"]
    last = (
        met[about_it].sort_values(["triggered_at", "trigger_id"]).drop_duplicates(["assignment", "rule"], keep="last")
    )
    waits = last["status"].isin(["open", "overdue"])
    told = last.assign(
        spoken_on=_spoken(last).dt.normalize(),
        due_on=last["due_at"].where(waits).dt.normalize(),
        late_on=last["fulfilled_at"].where(last["status"] == "late").dt.normalize(),
        missed_on=last["due_at"].where(last["status"] == "late").dt.normalize(),
        is_overdue=last["status"] == "overdue",
    )
    summed = told.groupby("assignment").agg(
        spoken_on=("spoken_on", "max"),
        due_on=("due_on", "min"),
        late_on=("late_on", "min"),
        missed_on=("missed_on", "min"),
        is_overdue=("is_overdue", "any"),
    )
    whole = summed.reindex(near["assignment"])
    return whole.assign(next_said=_state(whole))[list(_SPOKEN)]


def _spoken(said: pd.DataFrame) -> pd.Series:
    """The latest contact since the one that met the rule: every one after it is near the date too. NaT without one."""
    met = said["fulfilled_at"].fillna(_elsewhere(said))
    return said["last_contact_at"].where(said["last_contact_at"] > met, met)


def _elsewhere(said: pd.DataFrame) -> pd.Series:
    """When somebody answered that it was done elsewhere, which no row of the log shows; NaT where nobody did."""
    never = pd.Series(pd.NaT, index=said.index, dtype="datetime64[us]")
    return said["answered_at"].where(said["answer"] == "elsewhere").astype(never.dtype) if "answer" in said else never


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """What tells an assignment: the client in small letters, and the job."""
    return frame.assign(at=frame["client"].fillna("").str.lower(), place=frame["job"].fillna("")).drop(
        columns=["client", "job"]
    )


def _state(told: pd.DataFrame) -> pd.Series:
    was_met = told["spoken_on"].notna()
    state = pd.Series("none", index=told.index, dtype="object")
    for name, holds in {
        "due": told["due_on"].notna(),
        "overdue": told["is_overdue"].eq(True),
        "spoken": was_met,
        "late": was_met & told["late_on"].notna(),
        "again": was_met & told["is_overdue"].eq(True),
    }.items():
        state = state.mask(holds, name)
    return state


@dataclass(frozen=True, slots=True)
class Near:
    """How many assignments end, and of how many of these the contractor was in contact near the date.

    ``ending`` is ``in_time``, ``late``, ``overdue``, ``again`` (the next contact is overdue), ``due`` (no contact yet,
    and there is time for it) and ``not_due`` together; who wants to be left alone is in none of them and counts as
    ``alone``.
    """

    ending: int
    in_time: int
    late: int
    overdue: int
    again: int
    due: int
    not_due: int
    alone: int

    @property
    def not_yet(self) -> int:
        """How many have not been in contact near the date, whether that is overdue or not."""
        return self.overdue + self.due

    @property
    def words(self) -> str:
        """``19 in time, 1 late, 6 overdue``, and where there are any, how many in the states that are rare.

        They add up to ``ending``; who is left alone is told apart from them.
        """
        more = {
            f"{self.again:,} overdue again": self.again,
            f"{self.due:,} due soon": self.due,
            f"{self.not_due:,} with nothing due": self.not_due,
        }
        said = f"{self.in_time:,} in time, {self.late:,} late, {self.overdue:,} overdue"
        told = ", ".join([said, *(words for words, number in more.items() if number)])
        return f"{told}; besides, {self.alone:,} not to be contacted" if self.alone else told


def within(found: pd.DataFrame, days: int) -> Near:
    """Those of `ending` that end within so many days, counted."""
    said = found.loc[found["days_left"] <= days, "next_said"].value_counts()
    number = {state: int(said.get(state, 0)) for state in STATES}
    ending = int(said.sum()) - number["alone"]
    return Near(ending, *(number[state] for state in ("spoken", "late", "overdue", "again", "due", "none", "alone")))
