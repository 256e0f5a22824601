"""Hand-offs between recruiting, account management, care and support: which were due, which were made, and when.

A route is a way a contractor changes hands. Each hand-off that was due is one row; a hand-off row of the log that
nothing called for is still told among all moves.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.desk_sides import sides
from quality.due import due
from quality.events import NEVER, order_owners, visible
from quality.obligation_forms import Rule
from quality.obligation_rules import HANDED_AHEAD
from quality.promises import side
from quality.teams import stays
from quality.workdays import Workdays

RULE = "handoff_to_care"
#: Route -> its name.
ROUTES = {
    "to_care": "Recruiting to care",
    "account_to_care": "Account manager to care",
    "to_support": "Support has the ticket",
    "back_to_care": "Support back to care",
}
MEANINGS = {
    "to_care": "each start, handed to care within the days of the rule, or up to 30 days before the start; support "
    "giving somebody back does not count",
    "account_to_care": "each start of an order that another desk won, the account manager: handed to care by that desk "
    "in the same time",
    "to_support": "each ticket, at the desk where it came in: support had it by the day it was due, at once or later",
    "back_to_care": "each contractor handed to support: back with care in as many days after the last of their tickets "
    "with support was resolved",
}
#: What a hand-off that was due can be -> how it is said.
STATUSES = {
    "kept": "In time", "late": "Late", "overdue": "Missing", "open": "Still time", "waived": "Called off",
    "there": "With support",
}  # fmt: skip
JUDGED = ("kept", "late", "overdue")

COLUMNS = (
    "route", "status", "desk", "owed_by", "made_by", "assignee", "party", "who", "candidate", "client", "job", "since",
    "due_at", "done_at", "trigger_id", "done_by", "over", "started_by",
)  # fmt: skip
MOVES = ("activity_id", "at", "from_side", "to_side", "desk", "assignee", "party", "who", "candidate", "client", "job")
_TOLD = (
    "activity_id", "occurred_at", "desk", "party", "candidate", "client", "contact", "job", "ref", "assignee", "notes",
)  # fmt: skip
AHEAD = pd.Timedelta(days=HANDED_AHEAD)
_A_SECOND = pd.Timedelta(seconds=1)


def moves(log: IntoFrame, *, as_of: date, roster: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every hand-off on record at the end of ``as_of``, in the order of time: MOVES, and ``ref`` of the ticket."""
    seen = visible(log, as_of).filter(nw.col("activity") == "handoff").with_columns(party=side())
    rows = seen.select(*_TOLD).collect("pandas").to_native().sort_values(["occurred_at", "activity_id"])
    days = rows["occurred_at"].dt.normalize()
    who = rows["candidate"].where(rows["party"] == "candidate", rows["contact"].fillna(rows["client"]))
    told = rows.assign(
        at=rows["occurred_at"],
        who=who,
        from_side=sides(rows["desk"], roster, days),
        to_side=sides(rows["assignee"], roster, days),
    )
    return told[[*MOVES, "ref"]].reset_index(drop=True)


def is_recorded(made: pd.DataFrame) -> bool:
    """Whether any contractor was ever handed to care on record; else it is not known who was and who was not."""
    return bool((_is_to_care(made) & made["candidate"].notna()).any())


def to_care(owed: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Starts handed to care: the obligations of the rule *handoff_to_care* (`quality.obligations`) as hand-offs.

    ``owed_by``, like ``desk`` and ``started_by``, is whoever started the contractor, ``made_by`` whoever handed over.
    ``over``: it is no longer owed.
    """
    own = owed[owed["rule"] == RULE].reset_index(drop=True)
    done = made.set_index("activity_id")[["desk", "assignee"]].reindex(own["fulfilled_by"])
    return _shaped(
        own.assign(
            route="to_care",
            owed_by=own["desk"],
            made_by=done["desk"].to_numpy(),
            assignee=done["assignee"].to_numpy(),
            candidate=own["who"],
            since=own["triggered_at"],
            done_at=own["fulfilled_at"],
            done_by=own["fulfilled_by"],
            over=own["closed_at"].notna(),
            started_by=own["desk"],
        )
    )


def account_to_care(starts: pd.DataFrame, made: pd.DataFrame, log: IntoFrame, *, as_of: date) -> pd.DataFrame:
    """Starts (rows of ``to_care``) whose order another desk won: did that desk hand over, in the same time?

    Its hand-off is one by the desk that won the order: of the contractor, from 30 days before the start on, or of the
    client, and of the job where it names one, whenever that was; none to support, and none about a ticket.
    """
    owners = order_owners(visible(log, as_of)).collect("pandas").to_native()
    keyed = starts.assign(at=starts["client"].str.lower()).merge(owners[["job", "at", "owner"]], on=["job", "at"])
    others = keyed[keyed["owner"] != keyed["desk"]].drop(columns=["assignee", "made_by", "done_at", "done_by"])
    met = others.merge(made[_is_to_care(made)], how="left", left_on="owner", right_on="desk", suffixes=("", "_made"))
    of_them = (met["candidate_made"] == met["candidate"]) & (met["at_made"] >= met["since"].dt.normalize() - AHEAD)
    of_job = (met["client_made"].str.lower() == met["at"]) & (met["job_made"].fillna(met["job"]) == met["job"])
    same = of_them | met["candidate_made"].isna() & of_job
    first = met[same].sort_values("at_made").drop_duplicates("trigger_id")
    done = first.set_index("trigger_id")[["at_made", "activity_id", "assignee"]].reindex(others["trigger_id"])
    told = others.assign(
        route="account_to_care",
        desk=others["owner"],
        owed_by=others["owner"],
        made_by=others["owner"].where(done["activity_id"].notna().to_numpy()),
        assignee=done["assignee"].to_numpy(),
        done_at=done["at_made"].to_numpy(),
        done_by=done["activity_id"].to_numpy(),
    )
    status = _status(told, as_of)
    return _shaped(told.assign(status=status.mask((told["status"] == "waived") & (status != "kept"), "waived")))


def _is_to_care(made: pd.DataFrame) -> pd.Series:
    """Whether a move can be to care: neither to support nor by it, and about no ticket."""
    return (made["to_side"] != "support") & (made["from_side"] != "support") & made["ref"].isna()


def to_support(tickets: pd.DataFrame, made: pd.DataFrame, *, as_of: date, roster: pd.DataFrame | None) -> pd.DataFrame:
    """Tickets (`quality.support`) that somebody of support had by the day they were due.

    Who took it first, whom it was handed to, or who resolved it; a ticket that names nobody is its desk's. ``owed_by``
    has it now (`holder`), until support has it. ``over``: it is resolved. What was resolved, or settled by an answer,
    before it was due and without support is called off.
    """
    first, day = tickets["taken_by"].fillna(tickets["desk"]), tickets["opened_at"].dt.normalize()
    owned = sides(first, roster, day) == "support"
    took = pd.concat([made[made["to_side"] == "support"], _resolved_by_support(tickets, roster)])
    later = _first_after(tickets, took, "opened_at")
    later = later[~(later["at"] > tickets["resolved_at"])].reindex(tickets.index)
    told = tickets.assign(
        route="to_support",
        owed_by=holder(tickets, made).where(~owned & later["at"].isna()),
        made_by=later["made_by"].mask(owned),
        assignee=first.where(owned, later["assignee"]),
        since=tickets["opened_at"],
        done_at=tickets["opened_at"].where(owned, later["at"]),
        done_by=later["activity_id"].mask(owned, tickets["ticket"]),
        trigger_id=tickets["ticket"],
        over=tickets["resolved_at"].notna(),
        started_by=None,
    )
    due_known = told[told["due_at"].notna()]
    needless = (due_known["resolved_at"] <= due_known["due_at"]) | (due_known["state"] == "waived")
    status = _status(due_known, as_of).mask(due_known["done_at"].isna() & needless, "waived")
    return _shaped(due_known.assign(status=status))


def _resolved_by_support(tickets: pd.DataFrame, roster: pd.DataFrame | None) -> pd.DataFrame:
    """Resolutions by somebody of support in the form of moves, each of its own ticket."""
    done = tickets[tickets["resolved_at"].notna()].assign(at=tickets["resolved_at"], activity_id=tickets["resolved_id"])
    by_support = sides(done["owner"], roster, done["at"].dt.normalize()) == "support"
    # Nobody handed it over.
    return done[by_support].assign(assignee=done["owner"], desk=None)[
        ["activity_id", "at", "desk", "assignee", "candidate", "ref"]
    ]


def back_to_care(
    tickets: pd.DataFrame,
    made: pd.DataFrame,
    rule: Rule,
    *,
    as_of: date,
    working: Workdays | None = None,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Contractors handed to support: back with care in as many days after their ticket was resolved as the rule gives.

    ``rule`` is *handoff_to_care*. Until the ticket is resolved, or while none is on record, they are with support. A
    ticket that comes to support before they are due back counts too: the last that is resolved tells when they are.
    """
    out = made[(made["to_side"] == "support") & made["candidate"].notna()].assign(opened_at=lambda rows: rows["at"])
    taken = _taken_by_support(tickets, roster)
    stays = pd.concat([out, taken], ignore_index=True)[["candidate", "ref", "opened_at"]]
    done = tickets[tickets["resolved_at"].notna()].assign(at=tickets["resolved_at"], activity_id=tickets["resolved_id"])
    resolved = _first_after(stays, done.assign(assignee=done["owner"]), "opened_at")["at"]
    back = _first_after(stays, made[made["to_side"] != "support"], "opened_at")
    held = stays.assign(resolved=resolved, back=back["at"])
    due_at, back = _due_back(held, rule, working or Workdays()).head(len(out)), back.head(len(out))
    told = out.reset_index(drop=True).assign(
        route="back_to_care",
        desk=out["assignee"].to_numpy(),
        owed_by=out["assignee"].to_numpy(),
        made_by=back["made_by"],
        since=out["at"].to_numpy(),
        due_at=due_at,
        trigger_id=out["activity_id"].to_numpy(),
        assignee=back["assignee"],
        done_at=back["at"],
        done_by=back["activity_id"],
        over=False,
        started_by=None,
    )
    status = _status(told, as_of).mask(told["due_at"].isna() & told["done_at"].isna(), "there")
    return _shaped(told.assign(status=status))


def _taken_by_support(tickets: pd.DataFrame, roster: pd.DataFrame | None) -> pd.DataFrame:
    """Tickets of contractors that somebody of support had first; none that is settled by an answer."""
    first, day = tickets["taken_by"].fillna(tickets["desk"]), tickets["opened_at"].dt.normalize()
    theirs = (sides(first, roster, day) == "support") & tickets["candidate"].notna()
    return tickets[theirs & (tickets["state"] != "waived")]


def _due_back(stays: pd.DataFrame, rule: Rule, working: Workdays) -> pd.Series:
    """When the contractor of each stay with support is due back with care; missing while a ticket is with support.

    Stays follow each other as one where the next begins before they are due back, or back, from those before.
    """
    rows = stays.sort_values(["candidate", "opened_at"], kind="stable")
    left = rows[["resolved", "back"]].min(axis=1).fillna(NEVER)
    due_at = due(rule, rows.assign(occurred_at=left.where(left < NEVER, rows["opened_at"])), working)
    there = due_at.where(left < NEVER, NEVER).where(~(rows["back"] < due_at), rows["back"])
    so_far = there.groupby(rows["candidate"]).cummax().groupby(rows["candidate"]).shift()
    run = (~(rows["opened_at"] <= so_far)).cumsum()
    last = left.groupby(run).transform("max").where(rows["back"].notna() | ~_has_open(rows, left), NEVER)
    free = last.where(~(rows["resolved"] > last), rows["resolved"])
    cases = rows.assign(occurred_at=free.where(free < NEVER, rows["opened_at"]))
    return due(rule, cases, working).where(rows["resolved"].notna() & (free < NEVER)).reindex(stays.index)


def _has_open(rows: pd.DataFrame, left: pd.Series) -> pd.Series:
    """Whether the contractor has a ticket with support that waits."""
    return rows["candidate"].isin(rows.loc[left >= NEVER, "candidate"])


def last_move(tickets: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """The last hand-off of each ticket since it came in and before it was resolved: handed_by, handed_to, handed_at.

    Of a hand-off that names no ticket only one to support is of it. The index is that of the tickets; missing where
    none is on record.
    """
    about = made[made["ref"].notna() | (made["to_side"] == "support")]
    met = _fitting(tickets, about, "opened_at")
    over = met["at"] >= tickets["resolved_at"].reindex(met["place"]).to_numpy()
    last = met[~over].drop_duplicates("place", keep="last").set_index("place")
    told = last.rename(columns={"desk_of": "handed_by", "assignee": "handed_to", "at": "handed_at"})
    return told[["handed_by", "handed_to", "handed_at"]].reindex(tickets.index)


def holder(tickets: pd.DataFrame, made: pd.DataFrame) -> pd.Series:
    """Who has each ticket, or had it when it was resolved; missing where nobody is on record.

    Who resolved it by name, else whom it was handed to last, else who took it: a resolved ticket that is handed on
    afterwards stays with whoever had it then.
    """
    return tickets["resolved_by"].fillna(last_move(tickets, made)["handed_to"]).fillna(tickets["owner"])


def gone(roster: pd.DataFrame | None, as_of: date) -> dict[str, pd.Timestamp]:
    """The desks that have left by ``as_of``, by the roster -> their last day."""
    last = {stay.desk: stay.end for stay in stays(roster)}
    return {desk: day for desk, day in last.items() if day < pd.Timestamp(as_of)}


def stand_ins(rows: pd.DataFrame, left: Collection[str]) -> pd.Series:
    """Who could make each hand-off instead of a desk that has left: whoever made the start and is still there."""
    could = rows["owed_by"].isin(left) & ~rows["started_by"].isin(left)
    return rows["started_by"].where(could)


def _first_after(asked: pd.DataFrame, rows: pd.DataFrame, since: str) -> pd.DataFrame:
    """For each asked row the first of the others at or after ``since``: of its ticket, else of its candidate."""
    first = _fitting(asked, rows, since).drop_duplicates("place").set_index("place")
    return first.rename(columns={"desk_of": "made_by"})[["at", "made_by", "assignee", "activity_id"]].reindex(
        asked.index
    )


def _fitting(asked: pd.DataFrame, rows: pd.DataFrame, since: str) -> pd.DataFrame:
    """Each asked row (``place``) with the others that fit it, in the order of time: of its ticket or candidate."""
    place = asked.dropna(subset="candidate").reset_index(names="place")[["place", "candidate", "ref", since]]
    of = rows.rename(columns={"ref": "ref_of", "desk": "desk_of"})
    met = place.merge(of[["candidate", "ref_of", "desk_of", "at", "assignee", "activity_id"]], on="candidate")
    same = met["ref"].isna() | met["ref_of"].isna() | (met["ref"] == met["ref_of"])
    return met[same & (met["at"] >= met[since])].sort_values(["at", "activity_id"])


def _status(rows: pd.DataFrame, as_of: date) -> pd.Series:
    """What each hand-off is at the end of the day, by ``done_at`` and ``due_at``; without a due day it is in time."""
    last = pd.Timestamp(as_of) + pd.Timedelta(days=1) - _A_SECOND
    done, due_at = rows["done_at"], rows["due_at"]
    ways = [done.notna() & ~(done > due_at), done.notna(), due_at < last]
    return pd.Series(np.select(ways, ["kept", "late", "overdue"], "open"), index=rows.index, dtype="str")


def _shaped(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[list(COLUMNS)].reset_index(drop=True)
