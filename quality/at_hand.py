"""The rows that rules of follow-up ask about, read from the log once for dozens of questions.

An engine reads its files anew for each question. These rows are read once and held by it until the questions are
answered; a frame in memory is at hand as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

import narwhals as nw
import pandas as pd

from quality.active import RESETS, SILENT_DAYS, STEPS
from quality.events import midnight
from quality.obligation_forms import Rule
from quality.owed_people import WISHES
from quality.promise_cases import Asked, variants
from quality.promises import distinct, has_text, is_contact, longest, may_matter, met_by, triggers

#: What tells the states of people, and what tells whether an order is open.
STATE_ROWS = (*STEPS, *RESETS, "rejected", "start", "extension", "end")
ORDER_ROWS = ("contract", "contract_closed", "fill")


def at_hand(asked: Asked, rules: Sequence[Rule]) -> Asked:
    """The same question over the rows that matter to the rules, with ``notes`` as whether there are any.

    Most people are only ever called and nothing follows from it: of contacts with candidates only those stay that
    something can be owed to.
    """
    met = frozenset().union(*(met_by(rule.fulfilled_by) for rule in rules))
    matters = may_matter(rules, *met, *STATE_ROWS, *ORDER_ROWS, *WISHES)
    rows = asked.scheduled.filter(matters).with_columns(notes=nw.when(has_text("notes")).then(nw.lit("yes")))
    people = _people(asked, rules).with_columns(can_be_owed=nw.lit(True))
    is_other = ~is_contact() | (nw.col("party") != "candidate")
    owed = rows.join(people, on="candidate", how="left").filter(is_other | nw.col("can_be_owed").fill_null(False))
    held = kept(owed.drop("can_be_owed"))
    return replace(asked, scheduled=held, frame=held.filter(nw.col("occurred_at") < asked.until))


def kept(rows: nw.LazyFrame) -> nw.LazyFrame:
    """The same rows, worked out now and held by their engine for as long as somebody asks about them."""
    return nw.from_native(rows.to_native().materialize()).lazy() if rows.implementation.is_duckdb() else rows


def handed_over(rows: nw.LazyFrame) -> pd.DataFrame:
    """The rows in pandas. An engine hands over texts as Arrow, which pandas keeps as they are, in half the time."""
    if not rows.implementation.is_duckdb():
        return rows.collect("pandas").to_native()
    return rows.collect("pyarrow").to_native().to_pandas(date_as_object=False)


def _people(asked: Asked, rules: Sequence[Rule]) -> nw.LazyFrame:
    """The candidates something can be owed to."""
    free = [rule for rule in rules if rule.living is None]
    can_owe = may_matter(free, *STATE_ROWS)
    owing = reduce(or_, (_may_owe(one, asked.start) for rule in rules for one in variants(rule)), nw.lit(False))
    rows = asked.scheduled.filter(can_owe).filter(owing & ~nw.col("candidate").is_null())
    return distinct(rows, "candidate")


def _may_owe(rule: Rule, start: date) -> nw.Expr:
    """Rows without which nobody is owed anything by a rule: its triggers, or what brings about the state it needs."""
    if rule.living is None:
        return triggers(rule)
    if rule.living != "active_candidate":
        return nw.col("activity").is_in(["offer_accepted", "start", "extension"])
    since = midnight(start - timedelta(days=longest(rule) + SILENT_DAYS + 1))
    return nw.col("activity").is_in(STEPS) & (nw.col("occurred_at") >= since)
