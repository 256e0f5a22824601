"""The page Referrals and use, its second part: hours of timecards against the contracted week."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.hours import FEWEST, JUDGED, OVER, UNDER, USES, WEEKS, By, span, used
from quality.spelling import spelt_alike
from ui import clock, opened, referrals_data, text
from ui.downloads import Sheet
from ui.opened import Behind
from ui.whose import Whose

GROUPS: dict[By, str] = {"client": "Client", "candidate": "Contractor", "desk": "Desk"}
_FIELD = "contract_hours"
_NEEDED = "Hours are not exported. It takes rows of the activity timecard with the candidate and the hours in quantity."


def definition(contracted: float) -> str:
    """What is judged, against what."""
    return (
        f"Hours of the timecards recorded in a week against a contracted week of {contracted:g} hours: below "
        f"{100 * UNDER:.0f} % is not used to the full, above {100 * OVER:.0f} % over the contract. Weeks in which an "
        "assignment starts or ends are not judged, nor are too many hours in several cards after a week without one. A "
        f"week without a timecard is not known and not 0. Fewer than {FEWEST} weeks of work are too few for a "
        "verdict."
    )


def ask_contracted() -> float:
    """The contracted week, which can be changed and is kept."""
    held = referrals_data.contracted()
    st.number_input(
        "Contracted week, hours",
        min_value=1.0,
        max_value=168.0,
        value=held,
        step=0.5,
        format="%g",
        key=_FIELD,
        on_change=_keep,
        width=220,
        help="One figure for everybody; it is kept for all who use this dashboard",
    )
    return held


def _keep() -> None:
    referrals_data.keep_contracted(st.session_state[_FIELD])


def show(rows: pd.DataFrame, missing: pd.DataFrame, chosen: Whose) -> None:
    """The last 13 whole weeks by client, contractor or desk, and the weeks without a timecard."""
    if rows.empty:
        st.info(_none(chosen) if referrals_data.has_cards() else _NEEDED, icon=":material/info:")
        return
    rows, missing = spelt_alike("client", rows, missing)
    contracted = ask_contracted()
    _lead(rows, contracted)
    _groups(rows, contracted, chosen)
    _missing(missing, chosen)
    if hidden := referrals_data.hidden():
        who = "contractor who wants" if hidden == 1 else "contractors who want"
        st.markdown(f":small[{hidden:,} {who} to be left alone {'is' if hidden == 1 else 'are'} in no number here.]")


def _none(chosen: Whose) -> str:
    of_them = "" if chosen.asked is None else f" of contractors of {chosen.words}"
    none = f"No timecard of the last 13 weeks holds hours{of_them}."
    return text.plain(f"{none} {chosen.places_nobody()}".strip(), 320)


def _lead(rows: pd.DataFrame, contracted: float) -> None:
    found = used(rows, "candidate", contracted)
    counts = {use: int((found["use"] == use).sum()) for use in (*JUDGED, "few")}
    st.subheader(
        f"{counts['under']:,} of {text.count(len(found) - counts['few'], 'contractor')} not used to the full, "
        f"{counts['over']:,} over the contract",
        anchor=False,
    )
    weeks = {use: int((rows["use"] == use).sum()) for use in USES}
    judged = sum(weeks[use] for use in JUDGED)
    judged_not = len(rows) - judged
    first, last = span(clock.today())
    st.markdown(
        f"{text.days(first, last)}, {WEEKS} weeks: {text.count(judged, 'week')} of work, {weeks['under']:,} of them "
        f"below and {weeks['over']:,} over the contract; {judged_not:,} more are not judged."
    )
    if few := counts["few"]:
        verb = "has" if few == 1 else "have"
        st.markdown(f"{text.count(few, 'more contractor')} {verb} too few weeks: fewer than {FEWEST}.")
    st.markdown(f":small[{text.unbroken(definition(contracted))}]")


def _groups(rows: pd.DataFrame, contracted: float, chosen: Whose) -> None:
    by = opened.ask_by(GROUPS, "hours_by")
    found = used(rows, by, contracted)
    shown = by_unit(found, by)

    def behind(row: int, column: str) -> Behind:
        unit = str(found["unit"].iloc[row])
        uses = [_WEEKS[column]] if column in _WEEKS else list(USES)
        return Behind(unit, listed(rows[(rows[by] == unit) & rows["use"].isin(uses)]), "candidate")

    sheet = Sheet(f"hours-by-{by}", f"Hours against the contract by {GROUPS[by].lower()}", (definition(contracted),))
    opened.table(shown, sheet, behind, f"hours-{by}-{chosen.words}-{len(rows)}", _FORMATS)
    st.markdown(f":small[{opened.HINT} What is not as agreed stands first. Below, as agreed and over count weeks.]")


#: Column -> the weeks that it counts.
_WEEKS = {"Below": "under", "As agreed": "full", "Over": "over"}
_FORMATS = {
    "Hours a week": st.column_config.NumberColumn(format="%.1f"),
    "Of the contract": st.column_config.NumberColumn(format="%.0f %%"),
}


def by_unit(found: pd.DataFrame, by: By) -> pd.DataFrame:
    """Who, the use in words, hours a week, per cent of the contract, weeks and weeks of each use."""
    told = {
        "Of the contract": (100 * found["of_contract"]).round(1),
        "Use": found["use"].map(USES),
        "Hours a week": found["per_week"].round(1),
    }
    people = {} if by == "candidate" else {"Contractors": found["contractors"]}
    weeks = {title: found[use] for title, use in _WEEKS.items()}
    return pd.DataFrame({GROUPS[by]: found["unit"], **told, **people, "Weeks": found["weeks"], **weeks})


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Weeks as people read them."""
    ordered = rows.sort_values(["week", "candidate"], ascending=[False, True])
    names = {
        "candidate": "Contractor", "week": "Week of", "hours": "Hours", "cards": "Timecards", "use": "Use",
        "client": "Client", "desk": "Desk",
    }  # fmt: skip
    told = ordered.assign(use=ordered["use"].map(USES), hours=ordered["hours"].round(2))
    return told[list(names)].rename(columns=names)


def _missing(missing: pd.DataFrame, chosen: Whose) -> None:
    """Whole weeks of running assignments without a timecard."""
    st.subheader("Weeks without a timecard", anchor=False)
    if missing.empty:
        st.markdown("Every whole week of a contractor with timecards has one.")
        return
    weeks = int(missing["missing"].sum())
    verb = "has" if weeks == 1 else "have"
    st.markdown(
        f"{text.count(weeks, 'whole week')} of {text.count(len(missing), 'assignment')} {verb} no timecard: "
        "the hours are not known, and counted nowhere above."
    )
    sheet = Sheet("weeks-without-card", "Weeks without a timecard", key=f"without-card-{chosen.words}-{len(missing)}")
    opened.people(missing[list(_MISSING)].rename(columns=_MISSING), sheet)


_MISSING = {
    "candidate": "Contractor",
    "missing": "Weeks without",
    "weeks": "Whole weeks",
    "client": "Client",
    "desk": "Desk",
}
