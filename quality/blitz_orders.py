"""The orders of the Friday blitz: open, alive and without news since Monday; and those that may no longer be open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import narwhals as nw
import pandas as pd

from quality.at_hand import kept
from quality.events import midnight
from quality.obligation_rules import BY_NAME
from quality.open_orders import SILENT_DAYS, days_alive, first_news, open_orders
from quality.promise_cases import Asked
from quality.promises import TOLD

#: Before the first day of any log.
_EVER = date(1700, 1, 1)


def without_news(asked: Asked, fridays: Sequence[date], drawn: Sequence[date]) -> pd.DataFrame:
    """The orders of `with_news` that were not heard of before their Friday."""
    found = with_news(asked, fridays, drawn)
    return found[~found["heard"]].drop(columns="heard")


def with_news(asked: Asked, fridays: Sequence[date], drawn: Sequence[date]) -> pd.DataFrame:
    """Orders by the Friday they are listed for, as known when a day begins: ``drawn``, one for each Friday.

    Columns: friday, desk, party, who, client, job, since, trigger_id, seen (the last day anything happened on it),
    heard (there was news of it that week before the Friday) and reached_at, the first news where it came on that day.
    ``asked`` starts with the first such day.
    """
    orders = kept(open_orders(asked.frame).filter(nw.col("closed_at") >= midnight(min(drawn))))
    standing = _standing(orders, days_alive(asked, orders), fridays, drawn)
    alive = standing[standing["drawn"] - standing["seen"] <= pd.Timedelta(days=SILENT_DAYS)]
    told = alive.merge(first_news(asked, BY_NAME["friday_update"], orders), on=["activity_id", "friday"], how="left")
    heard = told["met_at"] < told["friday"]
    return _named(told.assign(heard=heard, reached_at=told["met_at"].mask(heard)).drop(columns="met_at"))


def still_open(asked: Asked, drawn: date) -> pd.DataFrame:
    """Orders that nobody closed and nothing happened on for more than 90 days, those silent longest first.

    Columns: those of `with_news` without ``friday``, ``heard`` and ``reached_at``; ``seen`` is never before the
    contract.
    """
    orders = kept(open_orders(asked.frame).filter(nw.col("closed_at") >= midnight(drawn)))
    ever = days_alive(replace(asked, start=_EVER), orders)
    standing = _standing(orders, ever, [drawn], [drawn])
    silent = standing[standing["drawn"] - standing["seen"] > pd.Timedelta(days=SILENT_DAYS)]
    return _named(silent.drop(columns="friday")).sort_values(["seen", "trigger_id"], ignore_index=True)


def _standing(orders: nw.LazyFrame, seen: pd.DataFrame, fridays: Sequence[date], drawn: Sequence[date]) -> pd.DataFrame:
    """Every order for each Friday on which it is open when ``drawn`` begins, with the last day ``seen`` before it."""
    held = orders.select(*TOLD, "named", "closed_at").collect("pandas").to_native().astype({"activity_id": "str"})
    lists = pd.DataFrame({"friday": fridays, "drawn": drawn}).astype("datetime64[us]")
    each = held.merge(lists, how="cross")
    is_open = (each["occurred_at"] < each["drawn"]) & (each["closed_at"] >= each["drawn"])
    asked = each[is_open].sort_values("drawn", kind="stable")
    days = seen.sort_values("seen")
    return pd.merge_asof(asked, days, left_on="drawn", right_on="seen", by="activity_id", allow_exact_matches=False)


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Orders with whom to tell: the contact, else the client, else the job itself."""
    who = rows["contact"].fillna(rows["client"]).fillna(rows["named"])
    named = rows.assign(party="client", who=who, job=rows["named"])
    renamed = named.rename(columns={"occurred_at": "since", "activity_id": "trigger_id"})
    return renamed.drop(columns=["named", "contact", "day", "drawn"])
