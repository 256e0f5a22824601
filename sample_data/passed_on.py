"""Who has whom: cases that care took first, hand-offs that came late, and what the desks of care and support do.

Drawn from a stream of its own. Care and support have no calls, orders or fills, so that no ratio has anything of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sample_data.coded import CARE_DESK, SUPPORT_DESK, code, coin, joined

#: Share of cases that care takes first; of those whose hand-off to support comes so many working days later, and of
#: hand-offs back to care.
TAKEN_BY_CARE = 0.35
LATER_TO_SUPPORT, LATER_BACK = 0.40, 0.20
DAYS_TO_SUPPORT, DAYS_BACK = (2, 5), (4, 8)

CASE = ["candidate", "job"]
Keep = Callable[[pd.DataFrame], pd.DataFrame]


def passed_on(raw: pd.DataFrame, rng: np.random.Generator, keep: Keep) -> pd.DataFrame:
    """The events with cases that care took first, later hand-offs, and the desks of care and support.

    ``keep`` cuts what comes later to what the firm knows. Nothing else of an event changes.
    """
    taken = _taken(raw, rng)
    raw = _first_with_care(raw, taken)
    return _served(_before_solved(_later(raw, taken, rng, keep)))


def _is(raw: pd.DataFrame, activity: str) -> np.ndarray:
    return (raw["activity"] == code("activity", activity)).to_numpy()


def _to(raw: pd.DataFrame, desk: str) -> np.ndarray:
    """Hand-offs of contractors to that desk."""
    of_people = (raw["candidate"] >= 0).to_numpy() & _is(raw, "handoff")
    return of_people & (raw["assignee"] == code("assignee", desk)).to_numpy()


def _about_case(raw: pd.DataFrame) -> np.ndarray:
    return (raw["ref"] >= 0).to_numpy()


def _taken(raw: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Numbers of the cases that care takes first."""
    cases = raw.loc[_is(raw, "ticket_opened"), "ref"].sort_values()
    return cases[coin(rng, len(cases), TAKEN_BY_CARE)]


def _first_with_care(raw: pd.DataFrame, taken: pd.Series) -> pd.DataFrame:
    """Care has these cases when they come in, and those that it never hands over when they are solved too."""
    care = code("assignee", "Care Desk Demo")
    handed = raw.loc[_to(raw, "Support Desk Demo"), "ref"]
    opened = _is(raw, "ticket_opened") & raw["ref"].isin(taken).to_numpy()
    own = _is(raw, "ticket_resolved") & raw["ref"].isin(taken[~taken.isin(handed)]).to_numpy()
    return raw.assign(assignee=raw["assignee"].mask(opened | own, care))


def _later(raw: pd.DataFrame, taken: pd.Series, rng: np.random.Generator, keep: Keep) -> pd.DataFrame:
    """Some hand-offs come later: those to support no later than on the day on which the case is solved."""
    solved = raw[_is(raw, "ticket_resolved")].drop_duplicates("ref").set_index("ref")["day"]
    latest = raw["ref"].map(solved).fillna(np.iinfo("int32").max).to_numpy()
    to_support = _to(raw, "Support Desk Demo") & raw["ref"].isin(taken).to_numpy()
    back = _to(raw, "Care Desk Demo") & _about_case(raw)
    waits = np.where(to_support, rng.integers(*DAYS_TO_SUPPORT, len(raw)), rng.integers(*DAYS_BACK, len(raw)))
    share = np.select([to_support, back], [LATER_TO_SUPPORT, LATER_BACK], 0.0)
    day = raw["day"].to_numpy() + waits
    day = np.where(to_support, np.maximum(np.minimum(day, latest - 1), raw["day"]), day).astype("int32")
    moved = coin(rng, len(raw), share) & (day > raw["day"].to_numpy())
    return joined([raw[~moved], keep(raw[moved].assign(day=day[moved], known=day[moved]))])


def _before_solved(raw: pd.DataFrame) -> pd.DataFrame:
    """Nobody hands over a case that is solved: such a hand-off was made just after the case came in."""
    cases = {name: raw[_is(raw, name)].drop_duplicates("ref") for name in ("ticket_opened", "ticket_resolved")}
    at = {name: own.set_index("ref")[["day", "minute"]] for name, own in cases.items()}
    opened, solved = (at[name].reindex(raw["ref"]) for name in cases)
    too_late = (raw["day"].to_numpy() > solved["day"].to_numpy()) | (
        (raw["day"].to_numpy() == solved["day"].to_numpy()) & (raw["minute"].to_numpy() >= solved["minute"].to_numpy())
    )
    moved = _to(raw, "Support Desk Demo") & too_late & opened["day"].notna().to_numpy()
    day = np.where(moved, opened["day"], raw["day"]).astype("int32")
    minute = np.where(moved, opened["minute"] + 2, raw["minute"]).astype("int32")
    return raw.assign(day=day, known=np.where(moved, day, raw["known"]).astype("int32"), minute=minute)


def _served(raw: pd.DataFrame) -> pd.DataFrame:
    """Care calls whom it was handed, and hands their cases to support; support hands them back."""
    handed = raw[_to(raw, "Care Desk Demo") & ~_about_case(raw)].groupby(CASE)["day"].min()
    with_care = raw["day"].to_numpy() > handed.reindex(pd.MultiIndex.from_frame(raw[CASE])).to_numpy()
    by_care = with_care & (_is(raw, "touch") | (_to(raw, "Support Desk Demo") & _about_case(raw)))
    back = _to(raw, "Care Desk Demo") & _about_case(raw)
    desk = np.select([by_care, back], [CARE_DESK, SUPPORT_DESK], raw["desk"])
    return raw.assign(desk=desk.astype("int32"))
