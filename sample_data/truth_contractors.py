"""Who was placed again, which hand-offs were in time and who named how many: counted one by one, apart."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sample_data.coded import ASSIGNEES

CARE, SUPPORT = ASSIGNEES
CASE = ["candidate", "job"]
WINDOWS = (7, 30, 90)
#: Business days in which care is to have somebody, and support a case; in which a case is to be solved.
TO_CARE, TO_SUPPORT, TO_SOLVE = 5, 2, 2
#: A hand-off to care may come so long before the start.
AHEAD = pd.Timedelta(days=30)
#: What a hand-off that was called for can be.
RESULTS = ("in_time", "late", "missing", "waiting")


def contractors_truth(log: pd.DataFrame, last_day: date) -> dict[str, Any]:
    """What became of those whose assignment ended, the hand-offs that were called for, and the referrals.

    ``placed_again``: by days, [started again within them, free that long]. ``handoffs``: by route, how many were
    RESULTS at the end of the last day. ``tickets``: how many cases are solved, still in time and overdue then.
    ``referrals``: ``rows``, ``named`` (with a name), ``contractors`` (number of
    referrals by the contractor who made them). A contractor whom support never had is not called for back.
    """
    known = log[log["occurred_at"] < pd.Timestamp(last_day) + pd.Timedelta(days=1)]
    dated = known.assign(day=known["occurred_at"].dt.normalize())
    kinds = ("start", "end", "handoff", "contract", "ticket_opened", "ticket_resolved", "referral")
    of = {name: dated[dated["activity"] == name] for name in kinds}
    return {
        "placed_again": {str(days): _again(of["start"], of["end"], days, last_day) for days in WINDOWS},
        "handoffs": _handoffs(of, pd.Timestamp(last_day)),
        "tickets": _tickets(of["ticket_opened"], of["ticket_resolved"], pd.Timestamp(last_day)),
        "referrals": _referrals(of["referral"], known),
    }


def _lines(rows: pd.DataFrame) -> list[Any]:
    return list(rows.itertuples())


def _again(starts: pd.DataFrame, ends: pd.DataFrame, days: int, last_day: date) -> list[int]:
    begun: dict[str, list[tuple[Any, str]]] = {}
    for row in _lines(starts):
        begun.setdefault(row.candidate, []).append((row.day, row.job))
    over = dict(zip(ends[CASE].itertuples(index=False, name=None), ends["day"], strict=True))
    again = of = 0
    for row in _lines(ends[~ends["outcome"].isin(["converted", "never_started"])]):
        others = [(day, over.get((row.candidate, job))) for day, job in begun.get(row.candidate, []) if job != row.job]
        limit = row.day + pd.Timedelta(days=days)
        busy = any(day < row.day and (until is None or until > row.day) for day, until in others)
        if limit <= pd.Timestamp(last_day) and not busy:
            of += 1
            again += any(row.day <= day <= limit for day, _ in others)
    return [again, of]


def _handoffs(of: dict[str, pd.DataFrame], last: pd.Timestamp) -> dict[str, dict[str, int]]:
    made = of["handoff"].sort_values("occurred_at", kind="stable")
    people = made[made["candidate"].notna()]
    owner = of["contract"].drop_duplicates("job").set_index("job")["desk"].to_dict()
    split = [row for row in _lines(of["start"]) if owner.get(row.job, row.desk) != row.desk]
    # Cut up once: of a large firm every look through all hand-offs takes long.
    # What support gives back, or is about a case, is no hand-off after the start.
    own = made[(made["assignee"] == CARE) & (made["desk"] != SUPPORT) & made["ref"].isna()]
    to_care = _cut(own[own["candidate"].notna()], CASE)
    by_job = _cut(own, ["job"])
    over = dict(zip(of["end"][CASE].itertuples(index=False, name=None), of["end"]["day"], strict=True))

    def begun(row: Any, done: Any) -> str:
        """What became of the hand-off after a start; off where the assignment was over first."""
        ended, found = over.get((row.candidate, row.job)), _result(row.day, TO_CARE, done, last)
        return "off" if ended is not None and ended <= _due(row.day, TO_CARE) and found != "in_time" else found

    routes = {
        "to_care": [begun(row, _care(row, to_care)) for row in _lines(of["start"])],
        "account_to_care": [begun(row, _by(owner[row.job], row, by_job)) for row in split],
        "to_support": _to_support(of, people, last),
        "back_to_care": _back(of, people, last),
    }
    return {route: {name: found.count(name) for name in RESULTS} for route, found in routes.items()}


def _tickets(opened: pd.DataFrame, solved: pd.DataFrame, last: pd.Timestamp) -> dict[str, int]:
    """A case is solved by any row of its number; the day on which it is due is still in time."""
    done = set(solved["ref"])
    waiting = [row for row in _lines(opened) if row.ref not in done]
    overdue = sum(_due(row.day, TO_SOLVE) < last for row in waiting)
    return {"resolved": len(opened) - len(waiting), "open": len(waiting) - overdue, "overdue": overdue}


def _due(since: Any, days: int) -> pd.Timestamp:
    return pd.Timestamp(np.busday_offset(since.date(), days, roll="backward"))


def _result(since: Any, days: int, done: Any, last: pd.Timestamp) -> str:
    due = _due(since, days)
    if done is not None:
        return "in_time" if done <= due else "late"
    return "missing" if due < last else "waiting"


def _first(rows: pd.DataFrame, since: Any) -> Any:
    """Day of the first of these rows that does not lie before a moment; None where there is none."""
    after = rows[rows["occurred_at"] >= since]
    return None if after.empty else after["day"].iloc[0]


def _cut(rows: pd.DataFrame, by: list[str]) -> dict[Any, pd.DataFrame]:
    return dict(list(rows.groupby(by)))


def _care(start: Any, to_care: dict[Any, pd.DataFrame]) -> Any:
    mine = to_care.get((start.candidate, start.job))
    return None if mine is None else _first(mine, start.day - AHEAD)


def _by(desk: str, start: Any, by_job: dict[Any, pd.DataFrame]) -> Any:
    """Day on which the desk that won the order handed the client, or the contractor, to care."""
    mine = by_job.get((start.job,))
    if mine is None:
        return None
    own = mine[(mine["desk"] == desk) & (mine["candidate"].isna() | (mine["candidate"] == start.candidate))]
    return _first(own, pd.Timestamp.min)


def _to_support(of: dict[str, pd.DataFrame], people: pd.DataFrame, last: pd.Timestamp) -> list[str]:
    """Somebody of support had the case when it came in, took it over, or solved it; off where it was solved first."""
    solved = of["ticket_resolved"]
    took = pd.concat([rows[rows["assignee"] == SUPPORT] for rows in (people, solved)])
    by_case = {str(ref): own.sort_values("occurred_at", kind="stable") for ref, own in took.groupby("ref")}
    ends = dict(zip(solved["ref"], solved["day"], strict=True))
    found = []
    for row in _lines(of["ticket_opened"]):
        later = _first(by_case[row.ref], row.occurred_at) if row.ref in by_case else None
        done = row.day if row.assignee == SUPPORT else later
        off = done is None and row.ref in ends and ends[row.ref] <= _due(row.day, TO_SUPPORT)
        found.append("off" if off else _result(row.day, TO_SUPPORT, done, last))
    return found


def _back(of: dict[str, pd.DataFrame], people: pd.DataFrame, last: pd.Timestamp) -> list[str]:
    """Whom support was handed: back with care after the case was solved; until then nothing is called for.

    Another case of theirs that support has before they are due puts it off until that one is solved.
    """
    opened = of["ticket_opened"]
    theirs = pd.concat([rows[rows["assignee"] == SUPPORT] for rows in (people, opened[opened["candidate"].notna()])])
    cases, back = _cut(of["ticket_resolved"], ["ref"]), _cut(people[people["assignee"] == CARE], ["candidate"])
    stays: dict[str, list[Stay]] = {}
    for row in _lines(theirs.sort_values("occurred_at", kind="stable")):
        mine = back.get((row.candidate,), people.head(0))
        fitting = mine[mine["ref"].isna() | (mine["ref"] == row.ref)]
        moments = [_moment(rows, row.occurred_at) for rows in (cases.get((row.ref,), mine.head(0)), fitting)]
        stays.setdefault(row.candidate, []).append((row, *moments))
    handed = [(own, one) for own in stays.values() for one in own if one[0].activity == "handoff"]
    return list(filter(None, [_given_back(one, own, last) for own, one in handed]))


#: A row by which support has somebody, when the case was solved and when they were back; FAR where not yet.
Stay = tuple[Any, pd.Timestamp, pd.Timestamp]
FAR = pd.Timestamp("2999-01-01")


def _moment(rows: pd.DataFrame, since: Any) -> pd.Timestamp:
    return rows.loc[rows["occurred_at"] >= since, "occurred_at"].min() if (rows["occurred_at"] >= since).any() else FAR


def _given_back(one: Stay, stays: list[Stay], last: pd.Timestamp) -> str | None:
    """What became of giving back; None where it is not called for, as the case or another one is not solved."""
    _, free, back = one
    if free == FAR:
        return None
    for row, solved, given in stays:
        if row.occurred_at < back and row.day <= _due(free, TO_CARE):
            free = max(free, min(solved, given))
        if back == FAR and min(solved, given) == FAR:
            return None
    return _result(free, TO_CARE, None if back == FAR else back.normalize(), last)


def _referrals(rows: pd.DataFrame, log: pd.DataFrame) -> dict[str, Any]:
    people = set(log["candidate"].dropna())
    by = Counter(rows.loc[rows["party"] == "candidate", "candidate"])
    return {
        "rows": len(rows),
        "named": int(rows["notes"].isin(people).sum()),
        "contractors": {str(name): number for name, number in sorted(by.items())},
    }
