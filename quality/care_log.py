"""What the log holds about people on assignment, read once for as many days as are asked about.

The rows are picked by the engine and only those of these people come back: surveys, complaints, late timecards,
tickets, referrals, wishes and agreed ends as rows, contacts as days.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.care_signals import MOST_DAYS
from quality.events import IN_ORDER, midnight, visible
from quality.obligation_forms import CONTACTS
from quality.owed_people import WISHES
from quality.promises import is_contact, side

#: Activities about a contractor that are told row by row -> what they are called here; a complaint by its party.
_KINDS = {
    "survey": "survey",
    "social_complaint": "social_complaint",
    "timecard_late": "late_timecard",
    "ticket_opened": "ticket",
    "referral": "no_referral",
    "start": "planned_end",
    "extension": "planned_end",
}
_TOLD = ("candidate", "job", "at_client", "activity", "party", "day", "score", "ref", "planned_end", *IN_ORDER)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of some people.

    ``rows``: candidate, job, at_client (small letters), kind, day, score, ref, planned_end, until (the day a ticket was
    resolved), in order of time. ``contacts``: candidate, day, each once. ``wishes``: candidate, day, alone (bool).
    """

    rows: pd.DataFrame
    contacts: pd.DataFrame
    wishes: pd.DataFrame


def heard(
    log: IntoFrame, names: Collection[str], *, since: date, as_of: date, roster: pd.DataFrame | None = None
) -> Heard:
    """What the log holds about these candidates up to the end of ``as_of``.

    Contacts and signs go as far back before ``since`` as any sign may look.
    """
    seen = visible(log, as_of, roster).with_columns(party=side())
    about = seen.filter(nw.col("candidate").is_in(sorted(names)))
    first = midnight(since - timedelta(days=MOST_DAYS))
    wanted = nw.col("activity").is_in([*_KINDS, "complaint", *WISHES])
    told = about.filter(wanted).with_columns(at_client=nw.col("client").str.to_lowercase())
    rows = told.select(*_TOLD).collect("pandas").to_native().sort_values(list(IN_ORDER), kind="stable")
    met = about.filter(nw.col("recorded").is_in([*CONTACTS]) & is_contact() & (nw.col("party") == "candidate"))
    contacts = met.filter(nw.col("day") >= first).select("candidate", "day").unique().collect("pandas").to_native()
    return Heard(
        rows=_kinds(_days(rows, "planned_end"), _resolved(seen)),
        contacts=_days(contacts).sort_values(["day", "candidate"], ignore_index=True),
        wishes=_wishes(_days(rows)),
    )


def _days(rows: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Days of one unit whatever the engine keeps them in."""
    return rows.astype(dict.fromkeys(("day", *more), "datetime64[us]"))


def _wishes(rows: pd.DataFrame) -> pd.DataFrame:
    wishes = rows[rows["activity"].isin(list(WISHES)) & (rows["party"] == "candidate")]
    return wishes.assign(alone=wishes["activity"] == "do_not_contact")[["candidate", "day", "alone"]]


def _kinds(rows: pd.DataFrame, resolved: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``kind`` and ``until``; a survey is the contractor's own, and a ticket has a number."""
    is_complaint = rows["activity"] == "complaint"
    by = rows["party"].map({"candidate": "complaint", "client": "client_complaint"})
    kind = rows["activity"].map(_KINDS).mask(is_complaint, by)
    is_other = (kind == "survey") & ((rows["party"] != "candidate") | rows["score"].isna())
    kept = kind.notna() & ~is_other & ~((kind == "ticket") & rows["ref"].isna())
    told = rows.assign(kind=kind)[kept]
    ends = pd.Series(_ends(told, resolved), index=told.index, dtype="datetime64[us]")
    columns = ["candidate", "job", "at_client", "kind", "day", "score", "ref", "planned_end"]
    return told.assign(until=ends)[[*columns, "until"]].reset_index(drop=True)


def _resolved(seen: nw.LazyFrame) -> pd.DataFrame:
    """When tickets were resolved: ``ref``, ``occurred_at``."""
    rows = seen.filter((nw.col("activity") == "ticket_resolved") & ~nw.col("ref").is_null())
    found = rows.select("ref", "occurred_at").collect("pandas").to_native()
    return found.astype({"occurred_at": "datetime64[us]"}).sort_values("occurred_at", ignore_index=True)


def _ends(told: pd.DataFrame, resolved: pd.DataFrame) -> pd.Series:
    """The day a ticket was resolved, the first time after it was opened; NaT where it is open, or is no ticket."""
    tickets = told[told["kind"] == "ticket"][["ref", "occurred_at"]].astype({"occurred_at": "datetime64[us]"})
    left = tickets.assign(row=tickets.index).sort_values("occurred_at", kind="stable")
    right = resolved.assign(resolved_at=resolved["occurred_at"])
    met = pd.merge_asof(left, right.astype({"ref": left["ref"].dtype}), on="occurred_at", by="ref", direction="forward")
    return met.set_index("row")["resolved_at"].dt.normalize().reindex(told.index)
