"""What the firm owes whom: one row per obligation, kept, late, open, overdue or waived, with the contact that kept it.

The rules are data (`quality.obligation_rules`), the windows over the log are in `quality.promise_cases`; what comes
back is small, and due dates, status and words are worked out here in pandas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.active import STEPS
from quality.at_hand import at_hand, handed_over
from quality.due import due
from quality.events import NEVER
from quality.next_contacts import STATE, cases
from quality.obligation_forms import ANY, CONTACT, Rule, While
from quality.obligation_rules import RULES
from quality.obligation_words import in_words
from quality.open_orders import fridays
from quality.owed_people import last_contacts, with_wishes
from quality.promise_cases import Asked, Group, asked_of, groups
from quality.promises import applies
from quality.workdays import Workdays

#: Days back from ``as_of`` within which an obligation fell due, where nobody asks for others.
WINDOW = 90

STATUSES = ("kept", "late", "open", "overdue", "waived")

#: Columns of the result.
COLUMNS = (
    "rule", "desk", "party", "who", "client", "job", "triggered_at", "due_at", "fulfilled_at", "status", "why",
    "last_contact_at", "closed_at", "trigger_id", "fulfilled_by",
)  # fmt: skip
TEXTS = ("rule", "desk", "party", "who", "client", "job", "candidate", "activity", "fulfilled_by", "trigger_id")
MOMENTS = ("triggered_at", "due_at", "fulfilled_at", "last_contact_at", "closed_at")

EMPTY = pd.DataFrame(
    {
        **{name: pd.Series(dtype="str") for name in TEXTS},
        **{name: pd.Series(dtype="datetime64[us]") for name in MOMENTS if name != "last_contact_at"},
        **{name: pd.Series(dtype="bool") for name in ("only_in_time", "consent")},
    }
)

#: Columns of a case that tell of which rules it is, when it is due and when it is over.
JUDGED = (
    "code", "clock", "occurred_at", "day", "activity", "party", "outcome", "channel", "due_on", "planned_end",
    *STATE,
)  # fmt: skip
#: Columns of a case that are told -> what they are called here, where that differs.
CALLED = {
    "occurred_at": "triggered_at",
    "activity_id": "trigger_id",
    "next_at": "fulfilled_at",
    "next_by": "fulfilled_by",
}
TAKEN = (*CALLED, "desk", "party", "candidate", "client", "contact", "job", "activity", "assignee")

_ASSIGNED = ("offer_accepted", "start", "extension")
#: State -> the activities of which one must be there for it to hold at any time.
BEGINS: Mapping[While, tuple[str, ...]] = MappingProxyType(
    {
        "active_candidate": STEPS,
        "open_order": ("contract",),
        "accepted": _ASSIGNED,
        "first_120_days": _ASSIGNED,
        "rest_of_contract": _ASSIGNED,
        "running_assignment": _ASSIGNED,
    }
)

_ALMOST_A_DAY = pd.Timedelta(days=1) - pd.Timedelta(seconds=1)


def obligations(
    log: IntoFrame,
    *,
    as_of: date,
    start: date | None = None,
    end: date | None = None,
    rules: Iterable[Rule] = RULES,
    working: Workdays | None = None,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per obligation, the earliest due first, as things stood at the end of ``as_of``.

    Columns: COLUMNS. ``who`` is the candidate, or the contact else the client; ``due_at`` a moment (23:59:59 where a
    day is meant); ``closed_at`` when it stopped being owed without being kept; ``trigger_id`` and ``fulfilled_by`` are
    activity ids. Moments that are not known are NaT, texts None. Without ``start`` and ``end``: due in the last 90
    days or later, and everything older that is still owed; else only what is due on those days.
    """
    first = start or (end or as_of) - timedelta(days=WINDOW)
    in_force = tuple(rule for rule in rules if rule.on)
    whole = asked_of(log, as_of, first, roster, in_force)
    on = tuple(rule for rule in in_force if _can_ask(rule, whole))
    asked = at_hand(whole, on)
    waiting = groups((rule for rule in on if rule.unit != "friday"), bool(asked.desks.care))
    rows = [_of_groups(asked, waiting, working or Workdays())] if waiting else []
    rows += [fridays(asked, whole, rule, as_of) for rule in on if rule.unit == "friday"]
    found = with_wishes(pd.concat([EMPTY, *rows], ignore_index=True), asked.frame)
    judged = _in_window(_with_status(found, as_of), first, end, start is None and end is None)
    last = last_contacts(judged, asked.frame)
    told = judged.assign(why=in_words(judged), last_contact_at=last)
    ordered = told.sort_values(["due_at", "triggered_at", "rule", "trigger_id"], kind="stable", ignore_index=True)
    return ordered[list(COLUMNS)]


def _can_ask(rule: Rule, asked: Asked) -> bool:
    """Whether the log holds its triggers, and the state it needs: others cost as much and ask for nothing."""
    if rule.unit == "by_due_on":
        return asked.promised
    triggers = {trigger.activity for trigger in rule.triggers}
    begun = asked.names & {*BEGINS[rule.living]} if rule.living else asked.names
    return bool(begun) and bool(triggers & {CONTACT, ANY, *asked.names})


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """How many of each desk and rule are kept, late, open, overdue and waived; in order of desk and rule."""
    counts = pd.crosstab([found["desk"], found["rule"]], found["status"])
    return counts.reindex(columns=list(STATUSES), fill_value=0).reset_index().rename_axis(columns=None)


def _of_groups(asked: Asked, waiting: list[Group], working: Workdays) -> pd.DataFrame:
    """What the rules of these groups ask for. Texts are many times as large as moments, so they are gone through once.

    What tells whose a case is when is worked out from moments and a few columns; then the rows it is about are picked.
    """
    rows = handed_over(cases(asked, waiting)).reset_index(drop=True)
    held = dict(iter(rows[list(JUDGED)].groupby("code")))
    asked_for = [
        (rule, _own(held[group.code], group, rule)) for group in waiting if group.code in held for rule in group.rules
    ]
    # What a rule owed when it was switched off and owes again once it is back on is owed by the later version.
    in_turn = sorted(asked_for, key=lambda pair: pair[0].due_since or date.min)
    due_by = [_dated(part, rule, working) for rule, part in in_turn]
    found = _of_cases(rows, due_by, [rule for rule, _ in in_turn]) if due_by else EMPTY
    again = found.duplicated(["rule", "trigger_id"], keep="last")
    return found[~again].reset_index(drop=True) if again.any() else found


def _own(held: pd.DataFrame, group: Group, rule: Rule) -> pd.DataFrame:
    """The cases of a group that are of this rule: all of them where it stands alone and asks for no state."""
    if group.rules == (rule,) and not rule.living:
        return held
    return nw.from_native(held, eager_only=True).filter(applies(rule)).to_native()


def _dated(rows: pd.DataFrame, rule: Rule, working: Workdays) -> pd.DataFrame:
    """When each case of a rule is due and when it stops being owed, by the number of its row."""
    found = pd.DataFrame({"due_at": due(rule, rows, working), "closed_at": _closed(rule, rows)})
    return found if rule.due_since is None else found[found["due_at"] >= pd.Timestamp(rule.due_since)]


def _of_cases(rows: pd.DataFrame, dated: list[pd.DataFrame], rules: list[Rule]) -> pd.DataFrame:
    """The cases of rules, one part each, with the columns of the result that do not depend on the day asked for."""
    which = np.repeat(np.arange(len(rules)), [len(part) for part in dated])
    due_by = pd.concat(dated)
    told = rows.loc[due_by.index, list(TAKEN)].reset_index(drop=True)
    by_rule = (
        pd.DataFrame(
            {
                "rule": pd.Series([rule.name for rule in rules], dtype="str"),
                "party": pd.Series([rule.party for rule in rules], dtype="str"),
                "by_assignee": [rule.credited == "assignee" for rule in rules],
                "only_in_time": [rule.in_time_only for rule in rules],
                "consent": [rule.consent for rule in rules],
            }
        )
        .take(which)
        .reset_index(drop=True)
    )
    is_fixed, is_assigned = told["party"].notna() & by_rule["party"].notna(), told["assignee"].notna()
    party = told["party"].mask(is_fixed, by_rule["party"])
    return (
        told.rename(columns=CALLED)
        .assign(
            rule=by_rule["rule"],
            desk=told["desk"].mask(by_rule["by_assignee"] & is_assigned, told["assignee"]),
            party=party,
            who=told["candidate"].where(party == "candidate", told["contact"].fillna(told["client"])),
            due_at=due_by["due_at"].to_numpy(),
            closed_at=due_by["closed_at"].to_numpy(),
            only_in_time=by_rule["only_in_time"],
            consent=by_rule["consent"],
        )
        .drop(columns=["contact", "assignee"])
    )


def _closed(rule: Rule, rows: pd.DataFrame) -> pd.Series:
    """When it stops being owed whether kept or not: its state ends or the rule does; NaT where nothing ends it."""
    over = _over(rule, rows)
    if not (rule.ended and rule.until):
        return over
    return over.where(over < pd.Timestamp(rule.until), pd.Timestamp(rule.until))


def _over(rule: Rule, rows: pd.DataFrame) -> pd.Series:
    """When the state of the rule ends, or the moment of a trigger that calls it off; NaT where nothing ends it."""
    if rule.waived_if:
        return rows["occurred_at"].where(rows["outcome"].isin(rule.waived_if))
    if rule.living is None:
        return pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    column = {"active_candidate": "active_until"}.get(rule.living, "spell_until")
    ends = rows["spell_next" if rule.unit == "before_end" else column]
    return ends.where(ends < NEVER)


def _with_status(found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """``status`` as of the end of a day; what was closed before it was due is waived, what is due that day is open.

    ``closed_at`` stays only where something ended it by then, or where it can no longer be kept.
    """
    last = pd.Timestamp(as_of) + _ALMOST_A_DAY
    due_at = found["due_at"]
    too_late = found["only_in_time"] & (found["fulfilled_at"] > due_at)
    at = found["fulfilled_at"].mask(too_late)
    done, closed = at.notna(), found["closed_at"].where(found["closed_at"] <= last)
    ways = [done & (at <= due_at), found["refused"] & ~done | (closed <= due_at), done, due_at < last]
    status = np.select(ways, ["kept", "waived", "late", "overdue"], "open")
    over = found["only_in_time"] & (status == "overdue")
    return found.assign(
        status=status,
        fulfilled_at=at.mask(status == "waived"),
        fulfilled_by=found["fulfilled_by"].mask(too_late | (status == "waived"), None),
        closed_at=closed.mask(done & (status != "waived")).mask(over, due_at),
    )


def _in_window(found: pd.DataFrame, start: date, end: date | None, with_older: bool) -> pd.DataFrame:
    """What is due on the days from start to end; with what is older and still owed where that is asked for."""
    inside = found["due_at"] >= pd.Timestamp(start)
    if end is not None:
        inside = inside & (found["due_at"] < pd.Timestamp(end) + pd.Timedelta(days=1))
    if with_older:
        inside = inside | (found["status"].isin(["open", "overdue"]) & found["closed_at"].isna())
    return found[inside]
