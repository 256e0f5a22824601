"""Which system of the firm holds an event, and what is lost on the way into that system's export."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.coded import code

TOUCHLINE, OPENCATS, BULLHORN, PLACEMENTS = range(4)
#: Title of each file's layout, by number.
LAYOUTS = ("touchline", "opencats_activities", "bullhorn_notes", "touchline")

#: The team (by number) that writes its call work into the system.
OPENCATS_TEAM, BULLHORN_TEAM = 0, 1

_CANDIDATE_CALLS = ("recruiting_call", "call_attempt")
_NOTES = ("recruiting_call", "marketing_call", "call_attempt", "interview")
_PLACEMENTS = ("fill", "start", "extension", "end")

#: Columns the exports of OpenCATS and Bullhorn have no room for.
LOST: dict[int, tuple[str, ...]] = {OPENCATS: ("outcome", "due", "contact"), BULLHORN: ("outcome", "due", "client")}


def as_exported(raw: pd.DataFrame, team: np.ndarray) -> pd.DataFrame:
    """The events with the column ``file`` (whose export holds them) and without what that export cannot hold.

    A hit is an outcome where the system has outcomes; where it has none the firm keeps explicit hit rows, so a hit
    row is left out exactly where the call says *interested*. Repeated calls within a minute are moved apart, because
    an export without ids cannot tell them from one call exported twice.
    """
    activity, team_of = raw["activity"].to_numpy(), team[raw["desk"]]
    opencats = (team_of == OPENCATS_TEAM) & _one_of(activity, _CANDIDATE_CALLS)
    opencats &= raw["party"].to_numpy() == code("party", "candidate")
    bullhorn = (team_of == BULLHORN_TEAM) & _one_of(activity, _NOTES)
    placed = _one_of(activity, _PLACEMENTS)
    file = np.select([opencats, bullhorn, placed], [OPENCATS, BULLHORN, PLACEMENTS], TOUCHLINE)
    said = (activity == code("activity", "hit")) & ~np.isin(team_of, [OPENCATS_TEAM, BULLHORN_TEAM])
    raw = _without_lost(raw.assign(file=file.astype("int8"))[~said])
    return apart(raw.reset_index(drop=True))


def _one_of(activity: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    return np.isin(activity, [code("activity", name) for name in names])


def _without_lost(raw: pd.DataFrame) -> pd.DataFrame:
    for file, columns in LOST.items():
        raw.loc[raw["file"] == file, list(columns)] = -1
    return raw


def apart(raw: pd.DataFrame) -> pd.DataFrame:
    """The events with repeated calls within a minute moved apart, where an export has no ids."""
    keys = ["desk", "activity", "candidate", "contact", "day", "minute"]
    calls = raw.loc[raw["file"].isin([OPENCATS, BULLHORN]), keys]
    while (again := calls.duplicated()).any():
        calls.loc[again, "minute"] += 1
    raw.loc[calls.index, "minute"] = calls["minute"]
    return raw
