"""The lists of past Fridays, worked out the slow and obvious way: a log cut on Thursday evening, read row by row."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from tests.quality.owed_by_hand import Firm
from tests.quality.owed_rows_by_hand import DAY, RESETS, STEPS, Row, end_of, in_order, reaches

#: friday, party, who, trigger, desk, reached at
Listed = tuple[date, str, str, str, str, datetime | None]


def lists_by_hand(rows: list[Row], as_of: date, weeks: int) -> set[Listed]:
    """Everybody on the lists of the last Fridays up to a day."""
    known = sorted((row for row in rows if row["occurred_at"] <= end_of(as_of)), key=in_order)
    last = as_of
    while last.weekday() != 4:
        last -= DAY
    return {one for back in range(weeks) for one in _list(known, last - 7 * back * DAY)}


def _list(rows: list[Row], friday: date) -> list[Listed]:
    morning = datetime.combine(friday, time.min)
    before = [row for row in rows if row["occurred_at"] < morning]
    found = [*_candidates(rows, before, friday), *_orders(rows, before, friday)]
    thursday = Firm(before, friday - DAY)
    return [one for one in found if not thursday.wish(one[1], one[2])[1]]


def _candidates(rows: list[Row], before: list[Row], friday: date) -> list[Listed]:
    thursday = Firm(before, friday - DAY)
    found: list[Listed] = []
    for who in {row["candidate"] for row in before} - {None}:
        met = [row["occurred_at"] for row in rows if reaches(row, "candidate") and row["candidate"] == who]
        heard = [at for at in met if friday - 6 * DAY <= at.date() < friday]
        if thursday.states.active_until(who, end_of(friday - DAY)) and not heard:
            moves = (*STEPS, *RESETS, "rejected")
            step = [row for row in before if row["candidate"] == who and row["activity"] in moves][-1]
            on_friday = [at for at in met if at.date() == friday]
            found.append((friday, "candidate", who, step["activity_id"], step["desk"], min(on_friday, default=None)))
    return found


def _orders(rows: list[Row], before: list[Row], friday: date) -> list[Listed]:
    hand, morning = Firm(rows, friday), datetime.combine(friday, time.min)
    about = [row for row in rows if row["activity"] in ("contract", "contract_closed", "fill")]

    def at(row: Row) -> str:
        named = [one["client"] for one in about if one["job"] is not None and one["job"] == row["job"]]
        return (row["client"] or min([name for name in named if name is not None], default="")).lower()

    found: list[Listed] = []
    for row in [row for row in before if row["activity"] == "contract" and (row["job"] or at(row))]:
        known = [one for one in about if one["occurred_at"] < morning]
        own = [one for one in known if (one["job"], at(one)) == (row["job"], at(row))]
        is_open = hand._closed(own, row) > morning
        if is_open and _is_alive(before, row, at(row), friday):
            news = [one["occurred_at"] for one in rows if _is_news(hand, row, one, friday)]
            if not news or news[0].date() == friday:
                who = row["contact"] or row["client"] or row["job"]
                found.append((friday, "client", who, row["activity_id"], row["desk"], min(news, default=None)))
    return found


def _is_alive(before: list[Row], row: Row, client: str, friday: date) -> bool:
    return any(
        one["occurred_at"].date() >= friday - 90 * DAY
        for one in before
        if one["job"] == row["job"]
        if (one["client"] or "").lower() == client or (one["client"] is None and row["job"] is not None)
    )


def _is_news(hand: Any, row: Row, one: Row, friday: date) -> bool:
    since = max(datetime.combine(friday - 4 * DAY, time.min), row["occurred_at"])
    in_time = since <= one["occurred_at"] <= end_of(friday)
    return in_time and reaches(one, "client") and hand.same_client(row, one) is not None
