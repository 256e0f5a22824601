"""Which signs people on assignment show on a day, counted for many days at once from what was known on each.

A *case* is one assignment on one day it is asked about (``asked``). A row of the log that names another job or another
client than the assignment belongs elsewhere; one that names neither belongs to every assignment of that person. An open
ticket belongs to the person: it waits for an answer wherever they work by now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from quality.care_log import Heard
from quality.care_signals import Measure, Sign, Weights
from quality.care_silence import is_judged, recorded_by

#: What a sign says of a case: the number that counts, the day of its last row, how many rows, the ticket's number, and
#: what that row noted (of a ticket, its topic).
FOUND = ("case", "sign", "measure", "points", "is_context", "value", "on", "many", "ref", "note")

_EMPTY = pd.DataFrame(
    {
        "case": pd.Series(dtype="int64"),
        "sign": pd.Series(dtype="str"),
        "measure": pd.Series(dtype="str"),
        "points": pd.Series(dtype="float64"),
        "is_context": pd.Series(dtype="bool"),
        "value": pd.Series(dtype="float64"),
        "on": pd.Series(dtype="datetime64[us]"),
        "many": pd.Series(dtype="float64"),
        "ref": pd.Series(dtype="str"),
        "note": pd.Series(dtype="str"),
    }
)


def running_now(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The cases of the day that `quality.assignments` was asked about: everyone who is on assignment then.

    Who is, by an extension alone, has no first day.
    """
    return _numbered(rows[rows["state"] == "running"].assign(asked=day))


def running_then(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs of an assignment and a day (``asked``) that are cases: it had started by then and had not ended."""
    started = pairs["started_on"] <= pairs["asked"]
    return _numbered(pairs[started & (pairs["ended_on"].isna() | (pairs["ended_on"] > pairs["asked"]))])


def ended_since(rows: pd.DataFrame, first: date) -> pd.DataFrame:
    """The rows of `quality.assignments` without those that had ended before a day."""
    return rows[rows["ended_on"].isna() | (rows["ended_on"] >= pd.Timestamp(first))]


def _numbered(pairs: pd.DataFrame) -> pd.DataFrame:
    """Cases numbered from 0 on, with ``day``: days since the start."""
    asked = pairs.astype({"asked": "datetime64[us]"}).reset_index(drop=True)
    return asked.assign(day=(asked["asked"] - asked["started_on"]).dt.days)


def told_of(cases: pd.DataFrame, heard: Heard) -> pd.DataFrame:
    """The cases with what is known that day: ``planned_end``, ``days_left``, ``last_contact``, ``silent``, ``alone``.

    ``met_by`` and ``met_how``: the activity and the channel of the last contact; ``last_spoken``: the day of the last
    one that was not in writing. ``silent``: days since the last of any kind, at most since the start, missing where
    silence is not judged that day; ``recorded_on``: the last day by then of a contact with anybody on assignment
    (`quality.care_silence`); ``alone``: asked to be left alone by then.
    """
    own = cases.assign(planned_end=_agreed_end(about(cases, heard)).reindex(cases.index))
    met = _latest(own, heard.contacts.assign(last_contact=heard.contacts["day"]), "last_contact")
    alone = _latest(own, heard.wishes, "alone").eq(True) | _latest(own, heard.answers, "alone").eq(True)
    voice = heard.contacts[~heard.contacts["is_written"]]
    since = met.where(~(met < own["started_on"]) & met.notna(), own["started_on"])
    recorded_on = recorded_by(own["asked"], heard.recorded)
    return own.assign(
        days_left=(own["planned_end"] - own["asked"]).dt.days,
        last_contact=met,
        met_by=_latest(own, heard.contacts, "activity"),
        met_how=_latest(own, heard.contacts, "channel"),
        last_spoken=_latest(own, voice.assign(last_spoken=voice["day"]), "last_spoken"),
        silent=(own["asked"] - since).dt.days.where(is_judged(own["asked"], recorded_on)),
        recorded_on=recorded_on,
        alone=alone,
    )


def about(cases: pd.DataFrame, heard: Heard) -> pd.DataFrame:
    """The rows of the log that each case could be judged by on its day: ``case``, ``asked`` and those of `Heard`."""
    keys = pd.DataFrame(
        {
            "case": cases.index,
            "candidate": cases["candidate"],
            "own_job": cases["job"],
            "own_client": cases["client"].str.lower(),
            "asked": cases["asked"],
            "since": cases["accepted_on"].fillna(cases["started_on"]),
        }
    )
    rows = keys.merge(heard.rows, on="candidate")
    here = _is_same(rows, "job", "own_job") & _is_same(rows, "at_client", "own_client") & ~(rows["day"] < rows["since"])
    return rows[(rows["day"] <= rows["asked"]) & (here | (rows["kind"] == "ticket"))]


def signs_of(cases: pd.DataFrame, heard: Heard, weights: Weights) -> pd.DataFrame:
    """The signs and contexts each case shows: FOUND, of each measure the one that weighs most.

    ``cases`` as `told_of` gives them. A sign without points is off; a context without points is told all the same.
    """
    rows = about(cases, heard)
    asked = [sign for sign in weights.signs if sign.points > 0 or sign.is_context]
    found = pd.concat([_EMPTY, *(_of_sign(sign, cases, rows) for sign in asked)], ignore_index=True)
    ordered = found.sort_values(["case", "is_context", "points"], ascending=[True, True, False], kind="stable")
    return ordered.drop_duplicates(["case", "measure"], ignore_index=True)[list(FOUND)]


def _of_sign(sign: Sign, cases: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    found = _MEASURES[sign.measure](sign, cases, rows)
    told = found.assign(sign=sign.name, measure=sign.measure, points=sign.points, is_context=sign.is_context)
    whole = told.reindex(columns=list(FOUND))
    return whole.astype({name: _EMPTY[name].dtype for name in FOUND})


def _is_same(rows: pd.DataFrame, name: str, own: str) -> pd.Series:
    return rows[name].isna() | rows[own].isna() | (rows[name] == rows[own])


def _agreed_end(rows: pd.DataFrame) -> pd.Series:
    """The end agreed last by then, by case; one before the row that says it is none."""
    ends = rows[(rows["kind"] == "planned_end") & (rows["planned_end"] >= rows["day"])]
    return ends.drop_duplicates("case", keep="last").set_index("case")["planned_end"]


def _latest(cases: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.Series:
    """What the last row of each candidate by the day asked says, by case; missing where there is none."""
    left = cases[["asked", "candidate"]].assign(case=cases.index).sort_values("asked", kind="stable")
    right = rows[["day", "candidate", column]].rename(columns={"day": "asked"})
    right = right.astype({"candidate": left["candidate"].dtype})
    return pd.merge_asof(left, right, on="asked", by="candidate").set_index("case")[column].reindex(cases.index)


# --- what is measured ------------------------------------------------------------------------------------------------


def _of_kind(sign: Sign, rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of a kind that are not older than the sign looks back."""
    own = rows[rows["kind"] == kind]
    return own if sign.days is None else own[(own["asked"] - own["day"]).dt.days <= sign.days]


def _last_survey(sign: Sign, _cases: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    last = _of_kind(sign, rows, "survey").drop_duplicates("case", keep="last")
    poor = last[last["score"] <= sign.limit]
    told = {"value": poor["score"], "on": poor["day"], "many": 1.0, "note": poor["note"]}
    return pd.DataFrame({"case": poor["case"], **told})


def _counted(sign: Sign, _cases: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    own = _of_kind(sign, rows, sign.measure)
    # Timecards of several clients or weeks that were chased on one day are one lapse.
    counted = own.drop_duplicates(["case", "day"]) if sign.measure == "late_timecard" else own
    many = counted.groupby("case")["day"].transform("size")
    last = counted.assign(value=many, on=counted["day"], many=many).drop_duplicates("case", keep="last")
    return last[last["value"] >= sign.limit]


def _open_ticket(sign: Sign, _cases: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The oldest ticket that is open at the end of the day asked, and how many are."""
    tickets = _of_kind(sign, rows, "ticket")
    still = tickets[tickets["until"].isna() | (tickets["until"] > tickets["asked"])]
    aged = still.assign(value=(still["asked"] - still["day"]).dt.days, on=still["day"])
    old = aged[aged["value"] >= sign.limit]
    many = old.groupby("case")["value"].transform("size")
    return old.assign(many=many).drop_duplicates("case")


def _silence(sign: Sign, cases: pd.DataFrame, _rows: pd.DataFrame) -> pd.DataFrame:
    return _of_cases(cases[cases["silent"] >= sign.limit], "silent", "last_contact")


def _new(sign: Sign, cases: pd.DataFrame, _rows: pd.DataFrame) -> pd.DataFrame:
    return _of_cases(cases[cases["day"] <= sign.limit], "day", "started_on")


def _ending(sign: Sign, cases: pd.DataFrame, _rows: pd.DataFrame) -> pd.DataFrame:
    return _of_cases(cases[cases["days_left"] <= sign.limit], "days_left", "planned_end")


def _no_referral(sign: Sign, cases: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    gave = np.isin(cases.index, rows.loc[rows["kind"] == "no_referral", "case"])
    return _of_cases(cases[(cases["day"] >= sign.limit) & ~gave], "day", "started_on")


def _of_cases(cases: pd.DataFrame, value: str, on: str) -> pd.DataFrame:
    return pd.DataFrame({"case": cases.index, "value": cases[value].to_numpy(), "on": cases[on].to_numpy()})


_MEASURES: MappingProxyType[Measure, Callable[[Sign, pd.DataFrame, pd.DataFrame], pd.DataFrame]] = MappingProxyType(
    {
        "survey": _last_survey,
        "complaint": _counted,
        "client_complaint": _counted,
        "social_complaint": _counted,
        "late_timecard": _counted,
        "ticket": _open_ticket,
        "silence": _silence,
        "new": _new,
        "ending": _ending,
        "no_referral": _no_referral,
    }
)
