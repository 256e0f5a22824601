"""The touch programme (S1): were the touches kept that fell due, and who left early among the touched and the others.

Coverage counts obligations of `quality.obligations`. Fall-offs are compared from a landmark on: whoever leaves on day 3
cannot be touched on day 14, and whoever stays longer has more touches to miss. Judged by all there ever was, time alone
would make one group look better. So the groups are formed by the touches due in the first 30 days, of those only who
are still there on day 30, and what is counted are the early ends from then on until the guarantee is over. Whoever was
gone by day 30 is a group of its own, and whoever may still fall off is in none.
"""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import midnight, visible
from quality.shares import Share, overlap, share
from quality.vocabulary import EARLY_ENDS

#: Rules of the programme, in the order of an assignment.
PHASES = ("touch_to_start", "touch_120", "touch_contract", "onsite_thanks")
#: What fell due and was not called off.
FELL_DUE = ("kept", "late", "overdue")

#: Day of an assignment on which the groups are formed.
LANDMARK = 30
#: With fewer assignments in a group, or early ends in both, nothing is compared.
FEWEST, FEWEST_ENDS = 10, 5

#: What an assignment is: every touch due by the landmark was kept in time, or one was not; none was due; it had ended
#: before; its guarantee still runs.
GROUPS = ("touched", "missed", "none_due", "gone", "open")

_KEY = ["candidate", "place", "client"]


def fell_due(found: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """The touches of the programme due on the days from start to end; those called off are in no count.

    ``found`` as `quality.obligations` gives it.
    """
    days = (found["due_at"] >= pd.Timestamp(start)) & (found["due_at"] < pd.Timestamp(end) + pd.Timedelta(days=1))
    return found[found["rule"].isin(PHASES) & found["status"].isin(FELL_DUE) & days]


def coverage(due: pd.DataFrame) -> dict[tuple[str, str], Share]:
    """Kept in time, of the touches that fell due: (desk, rule) -> share, and ("", rule) for all desks together."""
    kept = due.assign(kept=due["status"] == "kept")
    each = pd.concat([kept, kept.assign(desk="")]).groupby(["desk", "rule"])["kept"]
    counts = each.agg(kept="sum", due="size").reset_index()
    return {(row["desk"], row["rule"]): share(row["kept"], row["due"]) for row in counts.to_dict("records")}


def assignments(log: IntoFrame, *, as_of: date, start: date, end: date, guarantee_days: int) -> pd.DataFrame:
    """Assignments that started on the days from start to end, the first first.

    Columns: desk, candidate, client, job, started_at, ended_at (NaT: not yet), outcome (None), early (ended early
    within the guarantee), decided (the guarantee was over by the end of ``as_of``). A start without an end since the
    last one of that candidate and job is the same assignment.
    """
    frame = visible(log, as_of).filter(nw.col("activity").is_in(["start", "end"]) & ~nw.col("candidate").is_null())
    names = ("activity_id", "occurred_at", "desk", "activity", "candidate", "client", "job", "outcome")
    recent = frame.filter(nw.col("occurred_at") >= midnight(start)).select(*names).collect("pandas").to_native()
    whole = _paired(recent)
    found = whole[(whole["activity"] == "start") & (whole["started_at"] < pd.Timestamp(end) + pd.Timedelta(days=1))]
    over = found["started_at"].dt.normalize() + pd.Timedelta(days=guarantee_days)
    early = found["outcome"].isin(EARLY_ENDS) & (found["ended_at"].dt.normalize() <= over)
    judged = found.assign(early=early, decided=over < pd.Timestamp(as_of))
    columns = ["desk", "candidate", "client", "job", "started_at", "ended_at", "outcome", "early", "decided"]
    return judged[columns].sort_values(["started_at", "candidate"], kind="stable", ignore_index=True)


def _paired(rows: pd.DataFrame) -> pd.DataFrame:
    """Each start with the end that follows it, of one candidate and job; starts and ends take turns."""
    day, is_end = rows["occurred_at"].dt.normalize(), rows["activity"] == "end"
    keyed = rows.assign(day=day, turn=is_end, place=rows["job"].fillna(rows["client"]).fillna(""))
    ordered = keyed.assign(client=keyed["client"].fillna("")).sort_values(["day", "turn", "occurred_at", "activity_id"])
    before = ordered.groupby(_KEY)["activity"].shift(1)
    turns = ordered[ordered["activity"] != before]
    after = turns.groupby(_KEY)
    whole = turns.assign(ended_at=after["occurred_at"].shift(-1), outcome=after["outcome"].shift(-1))
    return whole.rename(columns={"occurred_at": "started_at"}).assign(client=whole["client"].replace("", None))


def grouped(found: pd.DataFrame, touches: pd.DataFrame) -> pd.DataFrame:
    """``assignments`` with due and kept (touches of the first 30 days) and ``group``.

    ``touches`` are obligations of ``touch_120`` at least from the first start on. ``group`` is one of GROUPS.
    """
    counts = _counted(found, touches)
    whole = found.assign(due=counts["due"], kept=counts["kept"])
    landmark = whole["started_at"].dt.normalize() + pd.Timedelta(days=LANDMARK)
    ways = [~whole["decided"], whole["ended_at"] < landmark, whole["due"] == 0, whole["kept"] == whole["due"]]
    return whole.assign(group=np.select(ways, ["open", "gone", "none_due", "touched"], "missed"))


def _counted(found: pd.DataFrame, touches: pd.DataFrame) -> pd.DataFrame:
    asked = found[["candidate", "started_at", "ended_at"]].reset_index(names="place")
    of_them = touches.loc[touches["status"].isin(FELL_DUE), ["who", "triggered_at", "due_at", "status"]]
    met = asked.merge(of_them, left_on="candidate", right_on="who")
    last = met["started_at"].dt.normalize() + pd.Timedelta(days=LANDMARK + 1)
    is_there = met["ended_at"].isna() | (met["due_at"] <= met["ended_at"])
    own = met[(met["triggered_at"] >= met["started_at"]) & (met["due_at"] < last) & is_there]
    counts = own.assign(kept=own["status"] == "kept").groupby("place")["kept"].agg(due="size", kept="sum")
    return counts.reindex(found.index, fill_value=0).astype("int64")


def fall_offs(whole: pd.DataFrame) -> dict[str, Share]:
    """Ended early, of the assignments of each group: see ``grouped``; a group nobody is in has a share of nothing."""
    held = {group: whole[whole["group"] == group] for group in GROUPS}
    return {group: share(int(rows["early"].sum()), len(rows)) for group, rows in held.items()}


def verdict(found: dict[str, Share]) -> str:
    """What the two groups say of each other, in one honest sentence."""
    touched, missed = found["touched"], found["missed"]
    if min(touched.of, missed.of) < FEWEST or touched.count + missed.count < FEWEST_ENDS:
        return "These are too few to compare."
    if overlap(touched, missed):
        return "The likely ranges overlap, so the difference may be chance."
    fewer = "fewer" if (touched.value or 0) < (missed.value or 0) else "more"
    return f"Among the touched {fewer} ended early, and the likely ranges do not overlap."


def span(as_of: date, guarantee_days: int) -> tuple[date, date]:
    """The year of starts whose guarantee is over: the first and the last day."""
    end = as_of - timedelta(days=guarantee_days + 1)
    return end - timedelta(days=364), end
