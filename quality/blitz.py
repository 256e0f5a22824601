"""The Friday blitz: every candidate in process who hears nothing, and every client without news of an open order.

A list belongs to a Friday: candidates who are active and were not spoken to in the six days before it, and people of
open orders without news since Monday. Until that Friday it is drawn up from what is known so far; on its morning it is
final, and whoever is on it should hear from the firm by the evening.
"""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality import blitz_orders
from quality.active import active
from quality.at_hand import kept
from quality.cohort import day_number
from quality.events import NEVER, midnight
from quality.owed_people import last_contacts, person, wished
from quality.promise_cases import asked_of
from quality.promises import distinct, is_contact

#: Somebody is silent after so many days without a contact.
SILENT = 7
#: Fridays of which the share reached is shown.
WEEKS = 13

PERSON = ["party", "who"]
#: Columns of a list, one row for each reason to call somebody.
COLUMNS = ("friday", "desk", *PERSON, "client", "job", "since", "trigger_id", "last_contact_at", "reached_at")

_FRIDAY = 4
#: What is left of the number of a Friday (`date.toordinal`) when it is divided by seven.
_REST = 5


def friday_of(day: date) -> date:
    """The Friday of the week of a day, weeks being Monday to Sunday."""
    return day + timedelta(days=_FRIDAY - day.weekday())


def past_fridays(as_of: date, weeks: int = WEEKS) -> list[date]:
    """The last Fridays up to ``as_of``, the oldest first."""
    last = as_of - timedelta(days=(as_of.weekday() - _FRIDAY) % 7)
    return [last - timedelta(weeks=back) for back in reversed(range(weeks))]


def on_list(log: IntoFrame, *, as_of: date, roster: pd.DataFrame | None = None) -> pd.DataFrame:
    """The list of the Friday in the week of ``as_of``, one row for each candidate and each open order.

    Columns: COLUMNS. ``since`` is the last step or the contract, ``desk`` the desk of that row, ``last_contact_at`` the
    last contact before the list was drawn up (NaT: none), ``reached_at`` the first one on that Friday (NaT: none).
    Candidates who heard something after the Friday before are not on it.
    """
    friday = friday_of(as_of)
    drawn = min(as_of + timedelta(days=1), friday)
    asked = asked_of(log, as_of, drawn, roster, ())
    people = kept(_active_at(asked.frame, drawn))
    met = _contacts(asked.frame, people, drawn, friday)
    found = _named(people.join(met, on="candidate", how="left").collect("pandas").to_native(), friday)
    silent = found["last_contact_at"].isna() | (
        found["last_contact_at"] < midnight(friday - timedelta(days=SILENT - 1))
    )
    orders = blitz_orders.without_news(asked, [friday], [drawn])
    told = orders.assign(last_contact_at=_last_with_clients(orders, asked.frame, drawn))
    both = pd.concat([found[silent], told], ignore_index=True)
    return _willing(both, asked.frame)[list(COLUMNS)]


def everybody(log: IntoFrame, *, as_of: date, weeks: int = WEEKS, roster: pd.DataFrame | None = None) -> pd.DataFrame:
    """Everybody due a word in the weeks of the last Fridays, each as it was known on the evening before.

    Columns: those of `on_list` without ``last_contact_at``, and ``heard``: a candidate in process was spoken to in the
    six days before the Friday, an open order had news between its Monday and the evening of Thursday. Who heard is on
    no list.
    """
    fridays = past_fridays(as_of, weeks)
    asked = asked_of(log, as_of, fridays[0], roster, ())
    people = _in_process(asked.frame, fridays)
    both = pd.concat([people, blitz_orders.with_news(asked, fridays, fridays)], ignore_index=True)
    return _willing(both, asked.frame)[[*(name for name in COLUMNS if name != "last_contact_at"), "heard"]]


def still_open(log: IntoFrame, *, as_of: date) -> pd.DataFrame:
    """Orders nobody closed on which nothing happened for more than 90 days: see `blitz_orders.still_open`."""
    drawn = as_of + timedelta(days=1)
    return blitz_orders.still_open(asked_of(log, as_of, drawn, None, ()), drawn)


# --- candidates ------------------------------------------------------------------------------------------------------


def _active_at(frame: nw.LazyFrame, day: date) -> nw.LazyFrame:
    """The step that holds for every candidate who is active when a day begins."""
    moment = midnight(day)
    holds = (nw.col("occurred_at") < moment) & (nw.coalesce(nw.col("following"), nw.lit(NEVER)) >= moment)
    return active(frame, day).filter(holds & (nw.col("active_until") >= moment)).select(*_STEP)


_STEP = ("candidate", "desk", "client", "job", "occurred_at", "activity_id")


def _spoken(frame: nw.LazyFrame) -> nw.LazyFrame:
    return frame.filter(is_contact() & (nw.col("party") == "candidate") & ~nw.col("candidate").is_null())


def _contacts(frame: nw.LazyFrame, people: nw.LazyFrame, drawn: date, friday: date) -> nw.LazyFrame:
    """The last contact before the list is drawn up and the first one on the Friday, of each of these candidates."""
    at = nw.col("occurred_at")
    theirs = _spoken(frame).join(people.select("candidate"), on="candidate", how="semi")
    marked = theirs.with_columns(
        before=nw.when(at < midnight(drawn)).then(at), on_friday=nw.when(nw.col("day") == midnight(friday)).then(at)
    )
    return marked.group_by("candidate").agg(
        last_contact_at=nw.col("before").max(), reached_at=nw.col("on_friday").min()
    )


def _in_process(frame: nw.LazyFrame, fridays: list[date]) -> pd.DataFrame:
    """Every candidate in process and Friday; the Friday of a contact is the first one from its day on."""
    first, last = _number(fridays[0]), _number(fridays[-1])
    until = nw.min_horizontal(nw.coalesce(nw.col("following"), nw.lit(NEVER)), nw.col("active_until"))
    steps = active(frame, fridays[0]).with_columns(
        begins=(day_number(nw.col("day")) - _REST) // 7 + 1,
        ends=(day_number(until.dt.truncate("1d")) - _REST) // 7,
    )
    held = steps.filter((nw.col("begins") <= nw.col("ends")) & (nw.col("ends") >= first) & (nw.col("begins") <= last))
    spans = held.select(*_STEP, "begins", "ends").collect("pandas").to_native()
    weekly = _by_friday(frame, held, fridays)
    listed = _each_friday(spans, first, last).merge(weekly, on=["candidate", "number"], how="left")
    return _named(listed.assign(heard=listed["before"].notna()), None)


def _number(friday: date) -> int:
    return (friday.toordinal() - _REST) // 7


def _by_friday(frame: nw.LazyFrame, held: nw.LazyFrame, fridays: list[date]) -> pd.DataFrame:
    """Contacts of these candidates by ``number`` of the Friday: the last ``before`` it and the first on it."""
    at, since = nw.col("occurred_at"), midnight(fridays[0] - timedelta(days=SILENT - 1))
    rows = _spoken(frame).filter(nw.col("day") >= since).join(distinct(held, "candidate"), on="candidate", how="semi")
    number = day_number(nw.col("day"))
    marked = rows.with_columns(
        number=(number + 1) // 7,
        before=nw.when(number % 7 != _REST).then(at),
        on_friday=nw.when(number % 7 == _REST).then(at),
    )
    sums = marked.group_by("candidate", "number").agg(
        before=nw.col("before").max(), reached_at=nw.col("on_friday").min()
    )
    return sums.collect("pandas").to_native().astype({"number": "int64", "candidate": "str"})


def _each_friday(spans: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """A row for each ``number`` of a Friday, from first to last, on which a step held."""
    begins = spans["begins"].to_numpy("int64").clip(first)
    many = spans["ends"].to_numpy("int64").clip(max=last) - begins + 1
    rows = spans.loc[spans.index.repeat(many)]
    within = np.arange(many.sum()) - np.repeat(many.cumsum() - many, many)
    return rows.assign(number=np.repeat(begins, many) + within).astype({"candidate": "str"})


def _named(rows: pd.DataFrame, friday: date | None) -> pd.DataFrame:
    """Candidates with the columns of a list; on the Friday given, else on that of their ``number``."""
    days = pd.Timestamp(friday) if friday else _days(rows["number"])
    named = rows.assign(friday=days, party="candidate", who=rows["candidate"])
    return named.rename(columns={"occurred_at": "since", "activity_id": "trigger_id"})


def _days(numbers: pd.Series) -> pd.Series:
    ordinals = numbers.to_numpy("int64") * 7 + _REST - date(1970, 1, 1).toordinal()
    return pd.Series(ordinals.astype("datetime64[D]").astype("datetime64[us]"), index=numbers.index)


def _last_with_clients(orders: pd.DataFrame, frame: nw.LazyFrame, drawn: date) -> pd.Series:
    return last_contacts(orders, frame.filter(nw.col("occurred_at") < midnight(drawn)))


def _willing(found: pd.DataFrame, frame: nw.LazyFrame) -> pd.DataFrame:
    """Without those whose last wish before the Friday was to be left alone."""
    rows = wished(frame)
    said = rows.assign(who=person(rows)).dropna(subset=PERSON).sort_values(["occurred_at", "activity_id"])
    wishes = said[[*PERSON, "occurred_at", "activity"]].rename(columns={"occurred_at": "friday", "activity": "wish"})
    typed = [one.astype(dict.fromkeys(PERSON, "str")) for one in (found, wishes)]
    asked, known = (one.astype({"friday": "datetime64[us]"}).sort_values("friday", kind="stable") for one in typed)
    heard = pd.merge_asof(asked, known, on="friday", by=PERSON, allow_exact_matches=False)
    order = ["friday", "desk", *PERSON, "since", "trigger_id"]
    return heard[heard["wish"] != "do_not_contact"].sort_values(order, ignore_index=True)
