"""What is true of a sample: counts that any correct reader must find, and what was staged in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sample_data.cast import ACCOUNT_MANAGERS, Cast, Slump
from sample_data.coded import ASSIGNEES
from sample_data.days import dips
from sample_data.names import desk_name, team_name
from sample_data.plan import ATTEMPTS_PER_CONNECT, RATES, Plan
from sample_data.truth_contractors import contractors_truth
from sample_data.truth_departures import departures_truth

CASE = ["candidate", "job"]

#: Ratio -> the two measures whose counts it divides. The client side counts an order's desk.
RATIO_MEASURES: dict[str, tuple[str, str]] = {
    "call_to_hit": ("recruiting_call", "hit"),
    "hit_to_interview": ("hit", "interview"),
    "interview_to_send_out": ("interview", "send_out"),
    "send_out_to_fill": ("send_out", "fill"),
    "marketing_call_to_contract": ("marketing_call", "contract"),
    "presentation_to_send_out": ("presentation", "send_out_credited"),
    "contract_to_fill": ("contract", "fill_credited"),
}


def counted(log: pd.DataFrame, last_day: date) -> pd.DataFrame:
    """One row for each event that counts up to the end of that day: columns desk, measure, occurred_at.

    Calls, hits, interviews and orders count each; presentations, held send-outs and fills the first time for a
    candidate and job. ``send_out_credited`` and ``fill_credited`` are those again, for the desk that won the order.
    """
    known = log[log["occurred_at"] < pd.Timestamp(last_day) + pd.Timedelta(days=1)]
    known = known.sort_values(["occurred_at", "activity_id"], kind="stable")
    of = {name: known[known["activity"] == name] for name in (*_SIMPLE, "hit", *_ONCE)}
    of["hit"] = known[(known["activity"] == "hit") | _interested(known)]
    of["send_out"] = of["send_out"][of["send_out"]["outcome"].fillna("held") == "held"]
    for name in _ONCE:
        of[name] = of[name].drop_duplicates(CASE)
    for name in ("send_out", "fill"):
        of[f"{name}_credited"] = of[name].assign(desk=_credited(of[name], of["contract"]))
    parts = [part[["desk", "occurred_at"]].assign(measure=name) for name, part in of.items()]
    return pd.concat(parts, ignore_index=True)


_SIMPLE = ("recruiting_call", "interview", "marketing_call", "contract")
_ONCE = ("presentation", "send_out", "fill")


def _interested(log: pd.DataFrame) -> pd.Series:
    return (log["activity"] == "recruiting_call") & (log["outcome"] == "interested")


def truth(plan: Plan, cast: Cast, log: pd.DataFrame) -> dict[str, Any]:
    """Everything worth knowing about the sample, ready for JSON: plan, rates, what was staged, and golden counts."""
    rows = counted(log, plan.end)
    table = pd.crosstab(rows["desk"], rows["measure"])
    return {
        "plan": _plan(plan),
        "chain": {name: 1 / rate for name, rate in RATES.items()} | {"contract_to_fill": 4.0},
        "attempts_per_connect": ATTEMPTS_PER_CONNECT,
        "rates": {name: dict(zip(_desks(plan), map(float, rate), strict=True)) for name, rate in cast.rates.items()},
        "slumps": [_slump(slump) for slump in cast.slumps],
        "star": _name(cast.star),
        "joiner": _person(cast.joiner, "from", cast.joins_on),
        "leaver": _person(cast.leaver, "to", cast.leaves_on),
        "holiday_dips": [{"from": str(first), "to": str(last)} for first, last in dips(plan)],
        "rows": len(log),
        "activities": activity_counts(log),
        "scheduled_after_end": int((log["occurred_at"] >= pd.Timestamp(plan.end) + pd.Timedelta(days=1)).sum()),
        "split_fills": _split_fills(log),
        "counts": {desk: {name: int(n) for name, n in row.items()} for desk, row in table.iterrows()},
        "company": (total := {str(name): int(n) for name, n in table.sum().items()}),
        "departures": departures_truth(log, plan.end),
        "contractors": contractors_truth(log, plan.end),
        "company_ratios": {name: _ratio(total, *pair) for name, pair in RATIO_MEASURES.items()},
    }


def roster(plan: Plan, cast: Cast) -> pd.DataFrame:
    """Columns desk, team, role, starts_on, ends_on (dates or NaT): who belongs where as what, since or until when.

    The desks of care and support belong to no team.
    """
    starts_on, ends_on = np.full((2, plan.desks), "NaT", dtype="datetime64[us]")
    starts_on[np.arange(plan.desks) == cast.joiner] = np.datetime64(cast.joins_on)
    ends_on[np.arange(plan.desks) == cast.leaver] = np.datetime64(cast.leaves_on)
    teams = [team_name(int(team)) for team in cast.team]
    roles = ["account_executive" if desk in ACCOUNT_MANAGERS else "recruiter" for desk in range(plan.desks)]
    frame = pd.DataFrame(
        {"desk": _desks(plan), "team": teams, "role": roles, "starts_on": starts_on, "ends_on": ends_on}
    )
    serving = pd.DataFrame({"desk": ASSIGNEES, "role": ["contractor care", "contractor support"]})
    return pd.concat([frame, serving], ignore_index=True)


def _desks(plan: Plan) -> list[str]:
    return [desk_name(number) for number in range(plan.desks)]


def _plan(plan: Plan) -> dict[str, Any]:
    numbers = {name: getattr(plan, name) for name in ("seed", "desks", "teams", "weeks", "rows")}
    return numbers | {"start": str(plan.start), "end": str(plan.end)}


def _slump(slump: Slump) -> dict[str, Any]:
    return {
        "desk": desk_name(slump.desk),
        "ratio": slump.ratio,
        "from": str(slump.starts_on),
        "to": str(slump.ends_on),
        "rate_before": slump.before,
        "rate_during": slump.after,
    }


def _name(desk: int | None) -> str | None:
    return None if desk is None else desk_name(desk)


def _person(desk: int | None, word: str, day: date) -> dict[str, str] | None:
    return None if desk is None else {"desk": desk_name(desk), word: str(day)}


def activity_counts(log: pd.DataFrame) -> dict[str, int]:
    """Rows of each activity, in alphabetical order."""
    return {str(name): int(count) for name, count in sorted(log["activity"].value_counts().items())}


def _credited(rows: pd.DataFrame, contracts: pd.DataFrame) -> pd.Series:
    """The desk that won the order of each row, the row's own where the log does not hold the order."""
    owner = contracts.drop_duplicates("job").set_index("job")["desk"]
    return rows["job"].map(owner).astype("str").fillna(rows["desk"])


def _split_fills(log: pd.DataFrame) -> int:
    fills = log[log["activity"] == "fill"]
    return int((_credited(fills, log[log["activity"] == "contract"]) != fills["desk"]).sum())


def _ratio(counts: dict[str, int], upstream: str, downstream: str) -> float | None:
    below = counts.get(downstream, 0)
    return counts.get(upstream, 0) / below if below else None
