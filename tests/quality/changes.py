"""A firm in which one ratio changes with an entry of the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from firms import flow_of, held

from quality.adjustments import Effect, Followed, followed
from quality.catalogue import MEASURES, RATIOS
from quality.weekly import Flow, Weekly

RATIO = "hit_to_interview"
#: Weeks begin on Monday 6 January 2025; the change is made on the Wednesday of the 15th.
MADE = date(2025, 4, 16)
AT = 14


def weeks_of(upstream: object, downstream: object, ratio: str = RATIO, **more: Flow) -> Weekly:
    """A firm whose desks are at work every week and do nothing but this ratio, units x weeks."""
    first, second = np.atleast_2d(np.array(upstream)), np.atleast_2d(np.array(downstream))
    nothing = np.zeros_like(first)
    flows = {one.name: flow_of(one.name, nothing, nothing) for one in RATIOS}
    flows |= {ratio: flow_of(ratio, first, second)} | more
    return held(flows, dict.fromkeys(MEASURES, np.ones_like(first)))


def steps(before: int, since: int, length: int = 30, own_week: int = 0, at: int = AT) -> list[int]:
    """A number for each week before, another for each since."""
    return [before] * at + [own_week] + [since] * (length - at - 1)


def journal(*lines: dict) -> pd.DataFrame:
    usual = {"made_on": MADE, "level": "desk", "name": "Desk 01", "measure": RATIO, "kind": "coaching", "what": "x"}
    rows = [{"adjustment_id": number, **usual, **line} for number, line in enumerate(lines, 1)]
    frame = pd.DataFrame(rows)
    return frame.assign(made_on=pd.to_datetime(frame["made_on"]).astype("datetime64[us]"))


def follow(weekly: Weekly, *lines: dict, days: object = 5.0, roster: pd.DataFrame | None = None) -> list[Followed]:
    """In the order of the lines."""
    worked = np.broadcast_to(np.array(days, dtype=float), weekly.seen.shape) * weekly.seen
    found = followed(journal(*(lines or ({},))), weekly, worked, roster)
    return sorted(found, key=lambda one: one.entry.number)


def effect_of(weekly: Weekly, **line: object) -> Effect:
    return follow(weekly, line)[0].effects[0]


def active(*volumes: list[int]) -> Weekly:
    """Desks that hold so many interviews in each of 30 weeks."""
    weekly = weeks_of([[1] * 30] * len(volumes), [[0] * 30] * len(volumes))
    return replace(weekly, volumes={**weekly.volumes, "interview": np.array(volumes)})
