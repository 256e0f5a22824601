"""Open job orders and the news that is owed on each Friday while they are.

The order of a contract is its job at its client. It is open until it is closed, until as many people as it has openings
were placed, or until the next contract of the same name; and it owes no more news once 90 days passed without anything.
"""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.at_hand import handed_over, kept
from quality.events import IN_ORDER, NEVER, midnight, one_if
from quality.obligation_forms import Rule
from quality.promise_cases import Asked
from quality.promises import distinct, fulfils

#: An order on which nothing happened for so many days owes no more news.
SILENT_DAYS = 90

ORDER = ("job", "at")
#: What is asked of the rows that tell of orders.
ORDERED = ("activity_id", "occurred_at", "desk", "activity", "candidate", "client", "contact", "job", "quantity")
FRIDAY, MINUTES_OF_A_WEEK, END_OF_DAY = 4, 7 * 24 * 60, np.timedelta64(24 * 60 * 60 - 1, "s")


def open_orders(frame: nw.LazyFrame) -> nw.LazyFrame:
    """Contracts with ``at`` (their client, in small letters) and ``closed_at``, NEVER where they are open.

    Rows of a job that do not name its client are of the client that others of that job name.
    """
    rows = frame.filter(nw.col("activity").is_in(["contract", "contract_closed", "fill"]))
    others = nw.when(~nw.col("job").is_null()).then(nw.col("client").min().over("job"))
    placed = rows.with_columns(
        at=nw.coalesce(nw.col("client"), others, nw.lit("")).str.to_lowercase(),
        who=nw.when(nw.col("activity") == "fill")
        .then(nw.coalesce("candidate", "activity_id"))
        .otherwise("activity_id"),
        named=nw.col("job"),
    ).with_columns(job=nw.coalesce(nw.col("job"), nw.lit("")))
    once = placed.filter((nw.col("job") != "") | (nw.col("at") != "")).unique(
        subset=["activity", *ORDER, "who"], keep="first", order_by=list(IN_ORDER)
    )
    return _with_end(_with_fills(once))


def _with_fills(rows: nw.LazyFrame) -> nw.LazyFrame:
    """``number`` of the contract each row belongs to and ``closes``, the moment of a row that closes it."""
    is_contract = nw.col("activity") == "contract"
    openings = nw.max_horizontal(nw.coalesce(nw.col("quantity"), nw.lit(1.0)), nw.lit(1.0))
    numbered = rows.with_columns(openings=nw.when(is_contract).then(openings), is_contract=one_if(is_contract))
    of_order = numbered.with_columns(
        number=nw.col("is_contract").cum_sum().over(*ORDER, order_by=list(IN_ORDER)),
        openings=nw.col("openings").fill_null(strategy="forward").over(*ORDER, order_by=list(IN_ORDER)),
        filled=one_if(nw.col("activity") == "fill"),
    )
    counted = of_order.with_columns(filled=nw.col("filled").cum_sum().over(*ORDER, "number", order_by=list(IN_ORDER)))
    is_full = (nw.col("activity") == "fill") & (nw.col("filled") >= nw.col("openings"))
    closes = nw.when((nw.col("activity") == "contract_closed") | is_full).then(nw.col("occurred_at"))
    return counted.with_columns(closes=nw.coalesce(closes, nw.lit(NEVER)))


def _with_end(rows: nw.LazyFrame) -> nw.LazyFrame:
    ended = rows.with_columns(closes=nw.col("closes").min().over(*ORDER, "number"))
    contracts = ended.filter(nw.col("activity") == "contract").with_columns(
        following=nw.col("occurred_at").shift(-1).over(*ORDER, order_by=list(IN_ORDER))
    )
    return contracts.with_columns(
        closed_at=nw.min_horizontal("closes", nw.coalesce(nw.col("following"), nw.lit(NEVER)))
    )


def fridays(asked: Asked, whole: Asked, rule: Rule, as_of: date) -> pd.DataFrame:
    """One row for each order and Friday it owed news, from the window's start to the week of ``as_of``.

    The news is a contact with the client (see `CLIENT`) from Monday to that Friday, after the order came in; ``whole``
    is the same question over all rows, since anything keeps an order alive.
    """
    found = open_orders(asked.frame.select(*ORDERED)).filter(nw.col("closed_at") > midnight(asked.start))
    orders = kept(found.select(*ORDERED, "at", "named", "closed_at"))
    held = handed_over(orders)
    owing = _owing(held, _fridays(rule, asked.start, as_of), days_alive(whole, orders))
    news = owing.merge(first_news(asked, rule, orders), on=["activity_id", "friday"], how="left")
    return pd.DataFrame(
        {
            "rule": rule.name,
            "desk": news["desk"],
            "party": news["client"].where(news["client"].isna(), "client").fillna("client"),
            "who": news["contact"].fillna(news["client"]),
            "client": news["client"],
            "job": news["named"],
            "candidate": news["candidate"],
            "activity": news["activity"],
            "triggered_at": news["occurred_at"],
            "due_at": (news["friday"] + END_OF_DAY).astype("datetime64[us]"),
            "fulfilled_at": news["met_at"],
            "fulfilled_by": news["met_by"],
            "closed_at": pd.Series(pd.NaT, index=news.index, dtype="datetime64[us]"),
            "trigger_id": news["activity_id"],
            "only_in_time": rule.in_time_only,
            "consent": rule.consent,
        }
    )


def _owing(orders: pd.DataFrame, days: NDArray[np.datetime64], alive: pd.DataFrame) -> pd.DataFrame:
    """Orders with each ``friday`` after the day they came in on which they were open and not silent."""
    came, closed = orders["occurred_at"].to_numpy("datetime64[D]"), orders["closed_at"].to_numpy("datetime64[D]")
    which, when = np.nonzero((came[:, None] < days) & (closed[:, None] > days))
    listed = orders.iloc[which].assign(friday=days[when].astype("datetime64[us]")).sort_values("friday")
    asked = listed.astype({"activity_id": "str"})
    seen = pd.merge_asof(asked, alive.sort_values("seen"), left_on="friday", right_on="seen", by="activity_id")
    return seen[seen["friday"] - seen["seen"] <= pd.Timedelta(days=SILENT_DAYS)]


def _fridays(rule: Rule, start: date, as_of: date) -> NDArray[np.datetime64]:
    """The Fridays from the start to the week of ``as_of`` on which the rule is in force."""
    begin = max(filter(None, (start, rule.since, rule.due_since)))
    week = as_of + timedelta(days=FRIDAY - as_of.weekday())
    last = min(week, rule.until - timedelta(days=1)) if rule.until else week
    first = begin + timedelta(days=(FRIDAY - begin.weekday()) % 7)
    return np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1, np.timedelta64(7, "D"))


def days_alive(asked: Asked, orders: nw.LazyFrame) -> pd.DataFrame:
    """The days (``seen``) on which anything happened on an order, as far back as silence reaches."""
    since = midnight(asked.start - timedelta(days=SILENT_DAYS))
    rows = asked.frame.filter(nw.col("occurred_at") >= since).select(
        job=nw.coalesce(nw.col("job"), nw.lit("")), theirs=nw.col("client").fill_null("").str.to_lowercase(), seen="day"
    )
    met = orders.select("activity_id", *ORDER).join(distinct(rows, "job", "theirs", "seen"), on="job", how="inner")
    of_order = (nw.col("theirs") == nw.col("at")) | ((nw.col("theirs") == "") & (nw.col("job") != ""))
    found = handed_over(distinct(met.filter(of_order), "activity_id", "seen"))
    return found.astype({"activity_id": "str", "seen": "datetime64[us]"})


def first_news(asked: Asked, rule: Rule, orders: nw.LazyFrame) -> pd.DataFrame:
    """The first contact of each week: ``activity_id`` of the order, ``friday``, ``met_at`` and ``met_by``."""
    monday = asked.start - timedelta(days=asked.start.weekday())
    is_news = fulfils(rule.fulfilled_by, asked.desks) & (nw.col("occurred_at") >= midnight(monday))
    rows = asked.frame.filter(is_news & (nw.col("day").dt.weekday() <= FRIDAY + 1))
    week = (nw.col("day") - nw.lit(midnight(monday))).dt.total_minutes() // MINUTES_OF_A_WEEK
    news = kept(rows.select("contact", "client", week=week, met_at="occurred_at", met_by="activity_id"))
    known = orders.select("activity_id", "occurred_at", "contact", "client")
    by_contact = known.join(news.drop("client"), on="contact", how="inner")
    by_client = known.join(news.rename({"contact": "theirs"}), on="client", how="inner")
    lacks = nw.col("contact").is_null() | nw.col("theirs").is_null()
    # Both ways in one question make engines lose their way.
    both = pd.concat([_first(by_contact), _first(by_client.filter(lacks))]).sort_values(["met_at", "met_by"])
    first = both.drop_duplicates(["activity_id", "week"])
    friday = pd.Timestamp(monday) + pd.to_timedelta(first["week"].astype("int64") * 7 + FRIDAY, unit="D")
    told = first.drop(columns="week").assign(friday=friday.astype("datetime64[us]"))
    return told.astype({"activity_id": "str", "met_by": "str"})


def _first(met: nw.LazyFrame) -> pd.DataFrame:
    """The first of each order and week that is no earlier than the order."""
    later = met.filter(nw.col("met_at") >= nw.col("occurred_at"))
    first = later.unique(subset=["activity_id", "week"], keep="first", order_by=["met_at", "met_by"])
    return handed_over(first.select("activity_id", "week", "met_at", "met_by"))
