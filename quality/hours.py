"""Hours of timecards against the contracted week: not used to the full, used as agreed, over the contract.

A card counts in the week in which it is recorded. A week without a card is not known, never 0. Weeks in which an
assignment starts or ends are not whole and are not judged; nor is one of too many hours in several cards after a week
without any, since one of them may be that week's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.client_then import client_then
from quality.events import visible, within
from quality.periods import DAY, WEEK, week_of
from quality.spelling import spelt_alike

#: Key of the setting, and the contracted week where the firm never said.
SETTING, CONTRACT_HOURS = "contract_hours", 40.0
#: Below, and above, such a part of the contracted week.
UNDER, OVER = 0.80, 1.05
WEEKS = 13
#: Fewer weeks of work than these tell too little.
FEWEST = 4
#: What a week, or several together, are -> how it is said.
USES = {
    "under": "Not used to the full", "full": "As agreed", "over": "Over the contract", "part": "Not a whole week",
    "double": "Cards of two weeks?", "few": "Too few weeks",
}  # fmt: skip
JUDGED = ("under", "full", "over")

By = Literal["candidate", "client", "desk"]
COLUMNS = ("candidate", "client", "desk", "week", "hours", "cards", "use")


def contract_hours(settings: Mapping[str, Any]) -> float:
    """The hours of the contracted week that the firm keeps, CONTRACT_HOURS where it keeps none that can be."""
    try:
        hours = float(settings.get(SETTING) or CONTRACT_HOURS)
    except (TypeError, ValueError):
        return CONTRACT_HOURS
    return hours if 0 < hours <= 168 else CONTRACT_HOURS


def span(as_of: date) -> tuple[date, date]:
    """The first and the last day of the last WEEKS whole weeks before ``as_of``."""
    running = week_of(as_of).start
    return running - WEEKS * WEEK, running - DAY


def weeks(log: IntoFrame, assignments: pd.DataFrame, *, as_of: date, contracted: float) -> pd.DataFrame:
    """The hours of each contractor, client and week with a timecard that holds hours: COLUMNS, by name and week.

    ``assignments`` are the rows of `quality.assignments`; ``use`` is a key of USES. A card that names no client is one
    of the client its contractor worked for on that day or in the week before.
    """
    start, end = span(as_of)
    cards = visible(log, as_of).filter((nw.col("activity") == "timecard") & within("occurred_at", start, end))
    held = cards.filter(~nw.col("quantity").is_null() & ~nw.col("candidate").is_null())
    by_day = held.group_by("candidate", "client", "day").agg(
        desk=nw.col("desk").min(), hours=nw.col("quantity").sum(), cards=nw.len()
    )
    days = by_day.collect("pandas").to_native()
    days = days.assign(client=client_then(days, assignments, days_after=7))
    days, assignments = spelt_alike("client", days, assignments)
    monday = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    totals = {"desk": ("desk", "min"), "hours": ("hours", "sum"), "cards": ("cards", "sum")}
    found = (
        days.assign(week=monday).groupby(["candidate", "client", "week"], dropna=False, as_index=False).agg(**totals)
    )
    use = _use(found["hours"] / contracted)
    use = use.mask(_is_double(found) & (use == "over"), "double").mask(_is_part(found, assignments), "part")
    return found.assign(use=use)[list(COLUMNS)].sort_values(["candidate", "week"], ignore_index=True)


def _use(of_contract: pd.Series) -> pd.Series:
    ways = [of_contract < UNDER - 1e-9, of_contract > OVER + 1e-9]
    return pd.Series(np.select(ways, ["under", "over"], "full"), index=of_contract.index, dtype="str")


def _is_double(found: pd.DataFrame) -> pd.Series:
    """Whether a week has several cards and the one before it none; what was before the first is not known."""
    before = found.groupby(["candidate", "client"], dropna=False)["week"].shift(1)
    return (found["cards"] > 1) & (found["week"] - before > pd.Timedelta(days=7))


def _is_part(found: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """Whether an assignment of that contractor and client starts in the week, or ends in it or before the next."""
    ends = assignments[["candidate", "client", "started_on", "ended_on"]]
    met = found.reset_index(names="place")[["place", "candidate", "client", "week"]].merge(
        ends, on=["candidate", "client"]
    )
    after = met["week"] + pd.Timedelta(days=7)
    begins = (met["started_on"] >= met["week"]) & (met["started_on"] < after)
    stops = (met["ended_on"] >= met["week"]) & (met["ended_on"] < after)
    return pd.Series(found.index.isin(met.loc[begins | stops, "place"]), index=found.index)


def used(rows: pd.DataFrame, by: By, contracted: float) -> pd.DataFrame:
    """Hours by contractor, client or desk over the whole weeks: unit, contractors, weeks, hours, per_week, of_contract,
    under, full, over (weeks of each), use (of all its weeks together, ``few`` for fewer than FEWEST); what is not as
    agreed first.
    """
    whole = rows[rows["use"].isin(JUDGED)].dropna(subset=[by])
    held = whole.groupby(by)
    found = pd.DataFrame(
        {"contractors": held["candidate"].nunique(), "weeks": held.size(), "hours": held["hours"].sum()}
    )
    each = pd.crosstab(whole[by], whole["use"]).reindex(index=found.index, columns=list(JUDGED), fill_value=0)
    per_week = found["hours"] / found["weeks"]
    of_contract = per_week / contracted
    told = found.assign(per_week=per_week, of_contract=of_contract, **{use: each[use] for use in JUDGED})
    named = (
        told.assign(use=_use(of_contract).mask(found["weeks"] < FEWEST, "few"))
        .rename_axis("unit")
        .reset_index()
        .astype({"unit": "str"})
    )
    order = named["use"].map({"under": 0, "over": 1, "full": 2, "few": 3})
    return (
        named.assign(order=order).sort_values(["order", "of_contract", "unit"], ignore_index=True).drop(columns="order")
    )


def without_card(rows: pd.DataFrame, assignments: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Whole weeks of an assignment without a timecard, the most first.

    Columns: candidate, client, desk, weeks (whole weeks that it ran), missing (those without). Only contractors with a
    card count: of the others it is not known whether their hours are exported.
    """
    rows, assignments = spelt_alike("client", rows, assignments)
    first, last = (pd.Timestamp(day) for day in span(as_of))
    mondays = pd.DataFrame({"week": pd.date_range(first, last, freq="7D")})
    ran = assignments.loc[assignments["started_on"].notna(), ["candidate", "client", "desk", "started_on", "ended_on"]]
    grid = ran.merge(mondays, how="cross")
    is_over = grid["ended_on"] < grid["week"] + pd.Timedelta(days=7)
    whole = grid[(grid["started_on"] < grid["week"]) & ~is_over].drop_duplicates(["candidate", "client", "week"])
    known = whole[whole["candidate"].isin(rows["candidate"])]
    met = known.merge(rows[["candidate", "client", "week", "hours"]], on=["candidate", "client", "week"], how="left")
    counts = (
        met.assign(missing=met["hours"].isna())
        .groupby(["candidate", "client", "desk"], as_index=False)["missing"]
        .agg(weeks="size", missing="sum")
    )
    found = counts[counts["missing"] > 0].astype({"missing": "int64"})
    return found.sort_values(["missing", "candidate"], ascending=[False, True], ignore_index=True)
