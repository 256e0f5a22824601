"""The page Referrals and use, its first part: who named somebody, and what became of those named."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.referrals import BECAME, By, counted, credited, ever_referred, without_start
from quality.shares import share
from quality.spelling import spelt_alike
from ui import opened, referrals_data, text, wishes
from ui.downloads import Sheet
from ui.opened import Behind
from ui.whose import Whose

DEFINITION = (
    "A referral is a row of the activity referral: a person named by a contractor or a client. The share counts "
    "contractors who ever named somebody, of all whose assignment runs or ran; on a line, at that desk or client. What "
    "a client named counts for no contractor."
)
NAMES = (
    "Who was named is known where the note of the referral is the name of a candidate on record; what became of them "
    "is what is on record of that name since. A candidate is who sent a résumé, was interviewed, presented or sent "
    "out, had or accepted an offer, or was placed since that day."
)
GROUPS: dict[By, str] = {"desk": "Desk", "client": "Client", "candidate": "Contractor"}
_NEEDED = (
    "No referral is on record. An export needs rows of the activity referral: the contractor who named somebody as the "
    "candidate (or the client), best with the name of the person in the notes."
)


def show(rows: pd.DataFrame, assignments: pd.DataFrame, chosen: Whose) -> None:
    """How many contractors ever referred, what became of those named, and who refers."""
    if rows.empty:
        st.info(_none(chosen) if referrals_data.has_any() else _NEEDED, icon=":material/info:")
        return
    rows, assignments = spelt_alike("client", rows, assignments)
    found = ever_referred(rows, assignments)
    said = f"{found.among('contractors')} ever named somebody" if found.of else text.count(len(rows), "referral")
    st.subheader(text.unbroken(said), anchor=False)
    likely = f"{found.likely.capitalize()}." if found.of else "Nobody was on assignment yet."
    st.markdown(text.unbroken(f"{likely} {text.count(len(rows), 'referral')} in all, by contractors and clients."))
    _fates(rows)
    _groups(rows, assignments, chosen)
    st.markdown(f":small[{DEFINITION} {_unstarted(assignments)}{NAMES}]")


def _none(chosen: Whose) -> str:
    none = f"No referral of {chosen.words} is on record."
    return text.plain(f"{none} {chosen.places_nobody()}".strip(), 320)


def _unstarted(assignments: pd.DataFrame) -> str:
    """Of how many contractors no start is on record."""
    many = without_start(assignments)
    verb = "has" if many == 1 else "have"
    return f"{many:,} of these contractors {verb} no start on record, only an extension or an end. " if many else ""


def _fates(rows: pd.DataFrame) -> None:
    known = rows[rows["named"].notna()]
    if known.empty:
        st.markdown("None of the people named can be recognised: no note is the name of a candidate on record.")
        return
    placed = share(int((known["became"] == "placed").sum()), len(known))
    began = share(int(known["became"].isin(["placed", "candidate"]).sum()), len(known))
    st.markdown(
        text.unbroken(
            f"{len(known):,} of the {len(rows):,} people named can be recognised. Became candidates: {began.words}. "
            f"Placed: {placed.words}."
        )
    )


def _groups(rows: pd.DataFrame, assignments: pd.DataFrame, chosen: Whose) -> None:
    by = opened.ask_by(GROUPS, "referrals_by")
    found, own = counted(rows, assignments, by), credited(rows, by)
    if by != "desk":
        found = found[found["referrals"] > 0]
    if by == "candidate":
        found = _listed_by_name(_contractors(found))
    shares = [
        share(int(referring), int(of)) for referring, of in zip(found["referring"], found["contractors"], strict=True)
    ]
    named = pd.DataFrame({GROUPS[by]: found["unit"]})
    if by != "candidate":
        named["Of the contractors"] = [opened.brief(one) for one in shares]
    shown = named.assign(Referrals=found["referrals"])
    if by != "candidate":
        shown = shown.assign(**{"Named somebody": found["referring"], "Contractors": found["contractors"]})

    def behind(row: int, _: str) -> Behind:
        unit = str(found["unit"].iloc[row])
        rows = referrals_data.nameless(own[own[by] == unit])
        return Behind(unit, listed(rows), rows["party"])

    sheet = Sheet(f"referrals-by-{by}", f"Referrals by {GROUPS[by].lower()}", (DEFINITION, NAMES))
    opened.table(shown, sheet, behind, f"referrals-{by}-{chosen.words}-{len(rows)}")
    st.markdown(f":small[{opened.HINT}]")


def _contractors(found: pd.DataFrame) -> pd.DataFrame:
    """Those who were ever on assignment, as the share counts them; how many others named somebody is said."""
    is_one = found["contractors"] > 0
    if others := int((~is_one).sum()):
        verb = "was" if others == 1 else "were"
        who = "person" if others == 1 else "people"
        st.markdown(f":small[{others:,} more {who} who named somebody {verb} never on assignment: no contractor yet.]")
    return found[is_one]


def _listed_by_name(found: pd.DataFrame) -> pd.DataFrame:
    """The contractors who may be named; how many may not is said."""
    kept = found[~found["unit"].isin(wishes.candidates_alone())]
    if hidden := len(found) - len(kept):
        st.markdown(f":small[{text.count(hidden, 'contractor')} not listed: to be left alone.]")
    return kept


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Referrals as people read them."""
    return pd.DataFrame(
        {
            "Who referred": rows["who"],
            "When": rows["at"],
            "Named": rows["named"],
            "Since": rows["became"].map(BECAME),
            "On": rows["became_on"],
            "Client": rows["client"],
            "Job": rows["job"],
            "Desk": rows["desk"],
        }
    )
