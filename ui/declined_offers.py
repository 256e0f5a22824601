"""Whom to call of those who declined, and the offers one by one, on the page Declined offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
import streamlit as st

from quality.call_sheet import AHEAD
from quality.declined import NO_REASON, due_after
from ui import clock, declined_data, downloads, named, text
from ui.downloads import Sheet

#: Words of an export for reasons -> as people say them; any other is shown as it is.
_REASONS = {"other_offer": "another offer", "counter_offer": "counter-offer"}
#: Rule -> what is to be done.
STEPS: Mapping[str, str] = {"declined_6_months": "Six-month call", "declined_18_months": "Eighteen-month invitation"}
#: State of `quality.declined.due_after` -> what is said of it and its day.
_STATES = {
    "kept": "done {on}",
    "late": "done late, {on}",
    "open": "due by {on}",
    "overdue": "late, was due by {on}",
    "ahead": "from {on} on",
    "waived": "called off",
    "none": "not due",
}
_WAYS = ("Agreed", "Not asked", "Left alone", "Back with us")
EVERY = "Every reason"


def reason(said: str) -> str:
    """A reason as people say it."""
    return _REASONS.get(said, said)


# --- whom to call ----------------------------------------------------------------------------------------------------


def to_call(found: pd.DataFrame) -> None:
    """Calls and invitations that are due, whenever the offer was declined; those that have time stand apart."""
    st.subheader("Whom to call", anchor=False)
    st.markdown(_RULES)
    rows = waiting(found)
    is_due = rows["Due by"] <= pd.Timestamp(clock.today() + timedelta(days=AHEAD))
    now, coming = rows[is_due].reset_index(drop=True), rows[~is_due].reset_index(drop=True)
    if now.empty:
        st.markdown("Nobody is to be called or invited now.")
    else:
        late = int(now["Days late"].notna().sum())
        verb = "is" if len(now) == 1 else "are"
        said = f"{text.count(len(now), 'contact')} {verb} due now or within {AHEAD} days, {late:,} of them late"
        st.markdown(f"{said}, whenever the offer was declined.")
        _people(now, "declined-to-call", "Calls and invitations due")
    if not coming.empty:
        verb = "is" if len(coming) == 1 else "are"
        st.markdown(f"**Coming up.** {text.count(len(coming), 'contact')} {verb} due later and can be made already.")
        _people(coming.drop(columns="Days late"), "declined-coming-up", "Calls and invitations that are due later")


def _people(rows: pd.DataFrame, name: str, title: str) -> None:
    columns = {"Due by": _DAY, "Last contact": _DAY, "Declined": _DAY, "Days late": _NUMBER}
    # An empty column would push the days out of sight.
    shown = rows if rows["The other offer"].notna().any() else rows.drop(columns="The other offer")
    named.table(shown, f"{name}-{len(shown)}", title, {"Who": "candidate"}, columns)
    downloads.buttons(rows, Sheet(name, f"Candidates who declined and agreed to hear from us: {title.lower()}"))


_RULES = (
    "Who declined and agreed to be contacted is called after about six months and invited to lunch or a meeting after "
    "about eighteen. Without consent nothing is ever due beyond the first contact and the reason."
)
# Wide enough for the longest day; the width that is chosen by itself cuts it.
_DAY = st.column_config.DateColumn(format="D MMM YYYY", width=105)
_NUMBER = st.column_config.NumberColumn(width=75)


def waiting(found: pd.DataFrame) -> pd.DataFrame:
    """What can be done already, the one due first at the top.

    Who, What, Due by, Days late (missing where it is not late), Why, The other offer, Last contact,
    Declined, Desk, Client, Job.
    """
    # Nothing is ever due where nobody agreed.
    agreed = found[found["consent"] == "agreed"]
    parts = [_open(agreed, name) for name in STEPS]
    return pd.concat(parts).sort_values(["Due by", "Who"], kind="stable", ignore_index=True)


def _open(found: pd.DataFrame, name: str) -> pd.DataFrame:
    states = _due(found, name)
    is_open = states["state"].isin(["open", "overdue"])
    rows, due = found[is_open], states.loc[is_open, "on"]
    last = declined_data.nurturing().drop_duplicates("trigger_id").set_index("trigger_id")["last_contact_at"]
    late = (pd.Timestamp(clock.today()) - due).dt.days
    return pd.DataFrame(
        {
            "Who": rows["candidate"],
            "What": STEPS[name],
            "Due by": due,
            "Days late": late.where(late > 0).astype("Int64"),
            "Why": _why(rows),
            "The other offer": rows["other_offer"],
            "Last contact": last.reindex(rows["trigger_id"]).set_axis(rows.index).dt.normalize(),
            "Declined": rows["declined_at"].dt.normalize(),
            "Desk": rows["desk"],
            "Client": rows["client"],
            "Job": rows["job"],
        }
    )


def _due(found: pd.DataFrame, name: str) -> pd.DataFrame:
    return due_after(found, declined_data.nurturing(), declined_data.rule(name), clock.today())


def _why(rows: pd.DataFrame) -> pd.Series:
    return rows["reason"].replace(_REASONS).fillna(NO_REASON)


# --- offer by offer --------------------------------------------------------------------------------------------------


def show(found: pd.DataFrame) -> None:
    """The offers of the time chosen, cut down to a reason and to what came of them."""
    st.subheader("Offer by offer", anchor=False)
    rows = _asked(found)
    if rows.empty:
        st.markdown("No offer fits both boxes above.")
        return
    shown = listed(rows)
    columns = {"Declined": _DAY, "Back on": _DAY}
    key = f"declined-offers-{len(shown)}"
    named.table(shown, key, "Declined offers, the latest first", {"Who": "candidate"}, columns)
    st.markdown(f":small[{_BACK}]")
    downloads.buttons(shown, Sheet("declined-offers", "Declined offers", (_RULES, _BACK)))


_BACK = (
    "Back with us: on a later day a hit, interview, send-out, accepted offer, fill or start of theirs is on record, "
    "for any job with any desk. Those who declined lately have had little time."
)


def _asked(found: pd.DataFrame) -> pd.DataFrame:
    left, right = st.columns(2)
    names = sorted(found["reason"].dropna().unique()) + [NO_REASON] * bool(found["reason"].isna().any())
    with left:
        why = st.selectbox("Why", [EVERY, *names], format_func=reason, key="why", bind="query-params")
    with right:
        ways = [way for way in _WAYS if _is(found, way).any()]
        came = st.selectbox("Who", ["Everybody", *ways], key="came_of_it", bind="query-params")
    rows = found if why == EVERY else found[found["reason"].fillna(NO_REASON) == why]
    return rows if came == "Everybody" else rows[_is(rows, came)]


def _is(found: pd.DataFrame, way: str) -> pd.Series:
    return found["back_at"].notna() if way == "Back with us" else found["consent"] == way.lower()


def listed(found: pd.DataFrame) -> pd.DataFrame:
    """The offers as people read them, with what is due after half a year and after one and a half."""
    return pd.DataFrame(
        {
            "Declined": found["declined_at"].dt.normalize(),
            "Who": found["candidate"],
            "Why": _why(found),
            "The other offer": found["other_offer"],
            "Consent": found["consent"],
            **{title: _in_words(_due(found, name)) for name, title in STEPS.items()},
            "Back on": found["back_at"].dt.normalize(),
            "Back with": found["back_with"],
            "Back by": found["back_by"],
            "Desk": found["desk"],
            "Client": found["client"],
            "Job": found["job"],
        }
    )


def _in_words(states: pd.DataFrame) -> pd.Series:
    pairs = zip(states["state"], states["on"], strict=True)
    words = [_STATES[state].format(on="" if pd.isna(on) else text.day(on)) for state, on in pairs]
    return pd.Series(words, index=states.index, dtype="str")
