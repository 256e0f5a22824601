"""The rows of the log that count, asked of the engine that holds it.

Written once in Narwhals and never collected here: the tally groups these rows, the cohort view links them and the
evidence shows them, so a number and the rows behind it cannot drift apart. Frames keep every column of the log and gain
``day`` (midnight of ``occurred_at``) and ``recorded`` (the activity as it stands in the log).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.catalogue import Measure, Rows
from quality.rules import Rules
from quality.teams import Stay, covers, stays
from quality.vocabulary import ACTIVITIES, EARLY_ENDS, ROLES

#: A candidate's step for a job: who, where, and by which columns (so that a job and a client of one name stay apart).
KEY = ("who", "place", "known_by")
IN_ORDER = ("occurred_at", "activity_id")

#: Later than anything that happens.
NEVER = datetime.combine(date(2999, 1, 1), time.min)


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time.min)


def within(column: str, start: date, end: date) -> nw.Expr:
    """Whether a timestamp lies on the days from start to end, both included."""
    return (nw.col(column) >= midnight(start)) & (nw.col(column) < midnight(end + timedelta(days=1)))


def visible(log: IntoFrame, as_of: date, roster: pd.DataFrame | None = None) -> nw.LazyFrame:
    """The log as it looks at the end of ``as_of``: what lies later is scheduled and counts nowhere.

    With a roster, conversations of desks that were recruiters or account executives on that day are their calls.
    """
    frame = nw.from_native(log).lazy()
    known = frame.filter(nw.col("occurred_at") < midnight(as_of + timedelta(days=1)))
    seen = known.with_columns(day=nw.col("occurred_at").dt.truncate("1d"), recorded=nw.col("activity"))
    return _with_sides(seen, roster)


def _with_sides(frame: nw.LazyFrame, roster: pd.DataFrame | None) -> nw.LazyFrame:
    """Conversations as the calls their desk's role on that day makes of them; without such roles, the frame itself."""
    if roster is None or "role" not in roster or not roster["role"].isin([*ROLES]).any():
        return frame
    activity, party = nw.col("activity"), nw.col("party")
    found = stays(roster)
    for role in sorted({stay.role for stay in found} & {*ROLES}):
        is_settled = _is_settled(role, [stay for stay in found if stay.role == role])
        activity = nw.when(is_settled).then(nw.lit(ROLES[role])).otherwise(activity)
        party = nw.when(is_settled).then(nw.lit(ACTIVITIES[ROLES[role]].party)).otherwise(party)
    return frame.with_columns(activity=activity, party=party)


def _is_settled(role: str, found: Sequence[Stay]) -> nw.Expr:
    """Whether a row is a conversation that the role settles: one whose own party is the other side stays open."""
    side = str(ACTIVITIES[ROLES[role]].party)
    is_open = (nw.col("activity") == "conversation") & (nw.col("party").fill_null(side) == side)
    return is_open & reduce(or_, covers(found, "desk"))


def may_be(names: Sequence[str]) -> nw.Expr:
    """Whether a row can be one of these activities, by what stands in the log.

    Asked first, since engines read only matching rows of a file for a condition on its own columns.
    """
    settled = {*names} & {*ROLES.values()}
    return nw.col("recorded").is_in([*names, *(["conversation"] if settled else [])])


def is_counted(measure: Measure, rules: Rules) -> nw.Expr:
    """Whether a row belongs to the measure, before the first of several is picked."""
    return reduce(or_, (_belongs(rows, rules) for rows in measure.rows))


def _belongs(rows: Rows, rules: Rules) -> nw.Expr:
    is_activity = nw.col("activity") == rows.activity
    if rows.hit_rule:
        return is_activity & _has_outcome(rules.hit_outcomes)
    return is_activity & ~_has_outcome(rows.unless) if rows.unless else is_activity


def _has_outcome(outcomes: Iterable[str]) -> nw.Expr:
    """Whether the outcome is one of these; an empty cell is compared as an empty text, so nothing is ever unknown."""
    return nw.col("outcome").fill_null("").is_in(list(outcomes))


def counted(frame: nw.LazyFrame, measure: Measure, rules: Rules) -> nw.LazyFrame:
    """The rows of one measure, with ``fell_off`` (1 for fills that did)."""
    if measure.once:
        return firsts(frame, [measure], rules)
    rows = frame.filter(may_be([rows.activity for rows in measure.rows])).filter(is_counted(measure, rules))
    return rows.with_columns(fell_off=nw.lit(0))


def firsts(frame: nw.LazyFrame, measures: Sequence[Measure], rules: Rules) -> nw.LazyFrame:
    """The first row per candidate and job of each measure counted once, with the columns of KEY, ``at``, ``fell_off``.

    A job of one name at two clients (*Accountant*) is two jobs.
    """
    wanted = reduce(or_, (is_counted(measure, rules) for measure in measures))
    names = [rows.activity for measure in measures for rows in measure.rows]
    if "fill" in names:
        about = frame.filter(may_be([*names, "start", "end"])).filter(wanted | _is_about_fall_off())
        rows = with_fall_off(keyed(about), rules.guarantee_days).filter(wanted)
    else:
        about = frame.filter(may_be(names)).filter(wanted)
        rows = keyed(about).with_columns(fell_off=nw.lit(0))
    known = rows.with_columns(at=at_client("activity", *KEY))
    return known.unique(subset=["activity", *KEY, "at"], keep="first", order_by=list(IN_ORDER))


def at_client(*key: str) -> nw.Expr:
    """The client in small letters; a row that names none is taken to be at the one that others of its key name."""
    named = nw.col("client").str.to_lowercase()
    return nw.coalesce(named, named.min().over(*key), nw.lit(""))


def keyed(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Rows with the candidate and the job (else the client) they are about; a row without a candidate stands alone."""
    missing = {name: nw.col(name).is_null() for name in ("candidate", "job", "client")}
    known_by = (
        nw.when(missing["candidate"])
        .then(nw.lit("row"))
        .otherwise(
            nw.when(~missing["job"])
            .then(nw.lit("job"))
            .otherwise(nw.when(~missing["client"]).then(nw.lit("client")).otherwise(nw.lit("candidate")))
        )
    )
    return rows.with_columns(
        who=nw.coalesce("candidate", "activity_id"),
        place=nw.coalesce(nw.col("job"), nw.col("client"), nw.lit("")),
        known_by=known_by,
    )


def order_owners(frame: nw.LazyFrame) -> nw.LazyFrame:
    """``owner``, desk of the earliest contract, by ``job`` and ``at`` (the client); ``clients`` that use the job."""
    contracts = frame.filter(may_be(["contract"]) & ~nw.col("job").is_null()).with_columns(at=_client())
    earliest = contracts.unique(subset=["job", "at"], keep="first", order_by=list(IN_ORDER))
    return earliest.select("job", "at", owner=nw.col("desk"), clients=nw.len().over("job"))


def _client() -> nw.Expr:
    return nw.col("client").fill_null("").str.to_lowercase()


def credited(rows: nw.LazyFrame, frame: nw.LazyFrame, rules: Rules) -> nw.LazyFrame:
    """Rows with ``owner``: the desk that won the order, their own desk where nobody did or the rules do not ask.

    An order is a job's name at a client, in capitals or not: two clients may both look for a *Welder*. Where the row or
    the order names no client, the name alone says it, as long as only one order has it.
    """
    if not rules.credit_orders:
        return rows.with_columns(owner=nw.col("desk"))
    owners = order_owners(frame)
    alone = owners.filter(nw.col("clients") == 1).select("job", only="owner", order_at="at")
    joined = rows.with_columns(at=_client()).join(alone, on="job", how="left")
    named = joined.join(owners.select("job", "at", "owner"), on=["job", "at"], how="left")
    by_name = nw.when((nw.col("at") == "") | (nw.col("order_at") == "")).then(nw.col("only"))
    owner = nw.coalesce(nw.col("owner"), by_name, nw.col("desk"))
    return named.with_columns(owner=owner).drop("at", "only", "order_at")


def with_fall_off(rows: nw.LazyFrame, guarantee_days: int) -> nw.LazyFrame:
    """Keyed rows (fills, starts and early ends) with ``fell_off``: 1 on a fill whose assignment ended early in time.

    A fill whose own outcome says so fell off. The guarantee runs from the first start of that candidate and job on or
    after the fill, without one from the fill; the first early end on or after the fill decides, when it is at most
    ``guarantee_days`` after that day.
    """
    is_fill = nw.col("activity") == "fill"
    marked = rows.with_columns(
        order=one_if(~is_fill),  # on the day of a fill, starts and ends come after it
        started=_day_or_never(nw.col("activity") == "start"),
        ended=_day_or_never(is_early_end()),
    )
    following = nw.col("started", "ended").cum_min(reverse=True).over(*KEY, order_by=["day", "order"])
    since = nw.when(nw.col("started") < NEVER).then(nw.col("started")).otherwise(nw.col("day"))
    ended = nw.col("ended") <= since.dt.offset_by(f"{guarantee_days}d")
    fell_off = is_fill & (ended | ended_early())
    return marked.with_columns(following).with_columns(fell_off=one_if(fell_off))


def _day_or_never(condition: nw.Expr) -> nw.Expr:
    """A day to take the smallest of: engines differ in how they pass over missing ones, so there are none."""
    return nw.when(condition).then(nw.col("day")).otherwise(nw.lit(NEVER))


def _is_about_fall_off() -> nw.Expr:
    """Whether a row can tell that a fill fell off."""
    return nw.col("activity").is_in(["fill", "start"]) | is_early_end()


def is_early_end() -> nw.Expr:
    """Whether a row is the early end of an assignment."""
    return (nw.col("activity") == "end") & ended_early()


def ended_early() -> nw.Expr:
    """Whether the outcome of a row is an early end."""
    return _has_outcome(EARLY_ENDS)


def one_if(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds and 0 elsewhere: engines add numbers, not truths."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))
