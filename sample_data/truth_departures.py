"""Who left early, which signals came before, and how much oftener people with signals left: counted apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

CASE = ["candidate", "job"]
LEFT = ("quit", "terminated")
#: Signals that are rows of their own; a survey is one up to this score. A case counts while it is not solved.
SIGNALS = ("survey", "complaint", "social_complaint", "timecard_late")
POOR = 6
#: Signals of so many days count, and people are followed for so many days after each Monday.
WINDOW, HORIZONS = 28, (30, 60)


def departures_truth(log: pd.DataFrame, last_day: date) -> dict[str, Any]:
    """The early leavers with their signals, and what became of people with and without signals, ready for JSON.

    ``leavers``: candidate, job, started_on, left_on, and ``signals`` (activity and day) of the 28 days before.
    ``mondays``: over all Mondays of every assignment, how many left early within 30 and 60 days: [left, of] with a
    signal in the 28 days before that Monday and without one, and ``lift``, the first share divided by the second.
    """
    runs, told = _runs(log, last_day), _signals(log)
    return {
        "window_days": WINDOW,
        "poor_score": POOR,
        "leavers": [_leaver(run, told) for run in runs[runs["left"]].itertuples()],
        "mondays": {str(days): _after_mondays(runs, told, days, last_day) for days in HORIZONS},
    }


def _runs(log: pd.DataFrame, last_day: date) -> pd.DataFrame:
    """One row an assignment whose start is on record: candidate, job, started, ended (NaT: runs), left (early)."""
    known = log[log["occurred_at"] < pd.Timestamp(last_day) + pd.Timedelta(days=1)]
    dated = known.assign(day=known["occurred_at"].dt.normalize())
    starts = dated[dated["activity"] == "start"].rename(columns={"day": "started"})[[*CASE, "started"]]
    ends = dated[dated["activity"] == "end"].rename(columns={"day": "ended"})[[*CASE, "ended", "outcome"]]
    runs = starts.merge(ends, on=CASE, how="left").sort_values(["started", *CASE], ignore_index=True)
    return runs.assign(left=runs["outcome"].isin(LEFT))


def _signals(log: pd.DataFrame) -> pd.DataFrame:
    """Every signal: candidate, job, activity, on, and ``until``, the last day on which it is one."""
    rows = log.assign(on=log["occurred_at"].dt.normalize())
    told = rows[rows["activity"].isin(SIGNALS) & ~(rows["score"] > POOR)]
    told = told.assign(until=told["on"] + pd.Timedelta(days=WINDOW))
    solved = rows[rows["activity"] == "ticket_resolved"].groupby("ref")["on"].min().rename("until")
    cases = rows[rows["activity"] == "ticket_opened"].join(solved, on="ref")
    later = cases["until"] - pd.Timedelta(days=1)
    cases = cases.assign(until=later.fillna(pd.Timestamp.max.normalize()).dt.as_unit("us"))
    return pd.concat([told, cases])[[*CASE, "activity", "on", "until"]].sort_values("on", kind="stable")


def _leaver(run: Any, told: pd.DataFrame) -> dict[str, Any]:
    mine = told[(told["candidate"] == run.candidate) & (told["job"] == run.job)]
    before = mine[(mine["on"] < run.ended) & (mine["until"] >= run.ended)]
    return {
        "candidate": run.candidate,
        "job": run.job,
        "started_on": str(run.started.date()),
        "left_on": str(run.ended.date()),
        "signals": [[row.activity, str(row.on.date())] for row in before.itertuples()],
    }


def _after_mondays(runs: pd.DataFrame, told: pd.DataFrame, days: int, last_day: date) -> dict[str, Any]:
    """Counts over every Monday on which an assignment ran and that lies at least so many days back."""
    latest = pd.Timestamp(last_day) - pd.Timedelta(days=days)
    first = latest if runs.empty else runs["started"].min()
    mondays = pd.DataFrame({"monday": pd.date_range(first, latest, freq="W-MON", unit="us")})
    at = runs.merge(mondays, how="cross")
    at = at[(at["started"] < at["monday"]) & ~(at["ended"] <= at["monday"])].reset_index(names="place")
    met = at.merge(told, on=CASE)
    warned = met.loc[(met["on"] < met["monday"]) & (met["until"] >= met["monday"]), "place"]
    left = at["left"] & (at["ended"] <= at["monday"] + pd.Timedelta(days=days))
    flagged = at["place"].isin(warned)
    counts = {
        name: [int(left[part].sum()), int(part.sum())] for name, part in (("with", flagged), ("without", ~flagged))
    }
    return {**counts, "lift": _lift(*counts["with"], *counts["without"])}


def _lift(left: int, of: int, others: int, of_others: int) -> float | None:
    return (left / of) / (others / of_others) if of and others else None
