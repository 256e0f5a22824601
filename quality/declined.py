"""Candidates who turned an offer down (S4): why, what the other offer was, whether we may call again, who came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.catalogue import MEASURES
from quality.events import IN_ORDER, is_counted, may_be, visible
from quality.obligation_forms import Rule
from quality.owed_people import WISHES
from quality.promises import distinct, side
from quality.rules import Rules
from quality.shares import Share, share
from quality.vocabulary import ACTIVITIES

#: Steps that say that somebody is back with us: by how often they are counted, and those that are only recorded.
STEPS_BACK = ("hit", "interview", "send_out")
PLACED = ("offer_accepted", "fill", "start")

#: What is said where the export names no reason.
NO_REASON = "no reason on record"

#: Columns of the result of `declined`.
COLUMNS = (
    "desk", "candidate", "client", "job", "declined_at", "reason", "other_offer", "consent", "back_at", "back_by",
    "back_with", "trigger_id",
)  # fmt: skip

_NEEDED = ("activity_id", "occurred_at", "day", "desk", "activity", "candidate", "client", "job", "outcome", "notes")
_OFFER = ["candidate", "client", "job"]


def declined(
    log: IntoFrame,
    *,
    as_of: date,
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
    left_alone: Sequence[str] = (),
) -> pd.DataFrame:
    """Every offer that was declined, once per candidate, client and job, the latest first.

    Columns: COLUMNS. ``reason`` and ``other_offer`` (the notes) are None where nothing is on record. ``consent`` is the
    last wish of the candidate: agreed, left alone (also those in ``left_alone``) or not asked. ``back_at``,
    ``back_by`` (desk) and ``back_with`` are the first step on a later day that says that the candidate is back with us:
    a hit, interview, send-out, accepted offer, fill or start, for any job with any desk. ``trigger_id`` is the
    activity.
    """
    frame = visible(log, as_of, roster)
    rows = frame.filter(nw.col("activity") == "offer_declined").select(*_NEEDED).collect("pandas").to_native()
    offers = _once(rows)
    after = _of_the_same(frame, rules or Rules())
    known = offers.assign(consent=_consent(offers, after, left_alone)).join(_back(offers, after))
    named = known.rename(columns={"occurred_at": "declined_at", "activity_id": "trigger_id"})
    return named.sort_values(["declined_at", "trigger_id"], ascending=[False, True], ignore_index=True)[list(COLUMNS)]


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The first row of each offer, with the first reason and the first notes that any row of it holds."""
    texts = rows.assign(reason=_said(rows["outcome"]), other_offer=_said(rows["notes"])).sort_values(list(IN_ORDER))
    alone = texts["candidate"].fillna(texts["activity_id"])
    key = [alone, texts["client"].fillna("").str.lower(), texts["job"].fillna("")]
    told = texts.groupby(key)[["reason", "other_offer"]].transform("first")
    whole = told.astype("object").where(told.notna(), None)
    first = texts.assign(reason=whole["reason"], other_offer=whole["other_offer"])
    return first[~pd.concat(key, axis=1).duplicated()].reset_index(drop=True)


def _said(texts: pd.Series) -> pd.Series:
    stripped = texts.astype("str").str.strip()
    return stripped.where(texts.notna() & (stripped != ""))


def _of_the_same(frame: nw.LazyFrame, rules: Rules) -> pd.DataFrame:
    """Wishes and steps of the candidates who declined, with ``reached``: the party that a row is about."""
    counted = reduce(or_, (is_counted(MEASURES[name], rules) for name in STEPS_BACK))
    names = {rows.activity for name in STEPS_BACK for rows in MEASURES[name].rows}
    others = (*PLACED, *WISHES)
    who = distinct(frame.filter(nw.col("activity") == "offer_declined"), "candidate")
    wanted = frame.filter(may_be([*sorted(names), *others])).filter(counted | nw.col("activity").is_in(list(others)))
    rows = wanted.with_columns(reached=side()).join(who, on="candidate", how="semi")
    return rows.select(*_NEEDED[:6], "reached").sort(*IN_ORDER).collect("pandas").to_native()


def _consent(offers: pd.DataFrame, after: pd.DataFrame, left_alone: Sequence[str]) -> np.ndarray:
    wishes = after[after["activity"].isin(WISHES) & (after["reached"] == "candidate")]
    last = wishes.drop_duplicates("candidate", keep="last").set_index("candidate")["activity"]
    wish = offers["candidate"].map(last)
    ways = [offers["candidate"].isin(list(left_alone)) | (wish == "do_not_contact"), wish == "contact_consent"]
    return np.select(ways, ["left alone", "agreed"], "not asked")


def _back(offers: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """``back_at``, ``back_by`` and ``back_with`` of each offer, in the order of the offers."""
    steps = after[~after["activity"].isin(WISHES)]
    asked = offers[["candidate", "day"]].reset_index(names="offer").rename(columns={"day": "said_no"})
    met = asked.merge(steps, on="candidate")
    first = met[met["day"] > met["said_no"]].drop_duplicates("offer").set_index("offer")
    named = first.rename(columns={"occurred_at": "back_at", "desk": "back_by", "activity": "back_with"})
    words = {name: word.title for name, word in ACTIVITIES.items()} | {"recruiting_call": "Hit"}
    return named.assign(back_with=named["back_with"].map(words))[["back_at", "back_by", "back_with"]]


def due_after(found: pd.DataFrame, nurturing: pd.DataFrame, rule: Rule, as_of: date) -> pd.DataFrame:
    """What one rule says of each offer: ``state`` and the day ``on`` that goes with it (NaT: none).

    ``nurturing`` are obligations of the rule. States: those of an obligation (kept with the day it was done, late with
    the same, open and overdue with the day it is due, waived), ahead (with the day from which on it may be done), and
    none: without consent nothing is ever due, nor where the rule is off.
    """
    own = nurturing[nurturing["rule"] == rule.name].drop_duplicates("trigger_id").set_index("trigger_id")
    met = own.reindex(found["trigger_id"])[["status", "due_at", "fulfilled_at"]].set_axis(found.index)
    agreed = found["consent"] == "agreed"
    begins = found["declined_at"].dt.normalize() + pd.Timedelta(days=rule.opens or 0)
    is_ahead = agreed & rule.on & (begins > pd.Timestamp(as_of)) & met["status"].isna()
    state = met["status"].where(agreed).mask(is_ahead, "ahead").fillna("none")
    done = state.isin(["kept", "late"])
    on = met["fulfilled_at"].where(done, met["due_at"]).dt.normalize().mask(is_ahead, begins)
    return pd.DataFrame({"state": state, "on": on.mask(state.isin(["none", "waived"]))})


def reasons(found: pd.DataFrame) -> pd.DataFrame:
    """How often each reason is on record: reason, offers; the most frequent first, those without one last."""
    counts = found["reason"].fillna(NO_REASON).value_counts().rename_axis("reason").reset_index(name="offers")
    last = counts["reason"] == NO_REASON
    ordered = counts.assign(last=last).sort_values(["last", "offers", "reason"], ascending=[True, False, True])
    return ordered[["reason", "offers"]].reset_index(drop=True)


def accepted(log: IntoFrame, *, as_of: date) -> pd.DataFrame:
    """Every offer that was accepted, once per candidate, client and job: desk, candidate, client, job, accepted_at."""
    rows = visible(log, as_of).filter(nw.col("activity") == "offer_accepted").select(*_NEEDED)
    found = _once(rows.collect("pandas").to_native()).rename(columns={"occurred_at": "accepted_at"})
    return found[["desk", *_OFFER, "accepted_at"]]


def decline_share(said_no: int, said_yes: int) -> Share | None:
    """Declined, of the offers answered; None where no accepted offer is on record, which would read 100 %."""
    return share(said_no, said_no + said_yes) if said_yes else None
