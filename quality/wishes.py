"""People who want to be left alone: by their last wish on record, or because somebody answered so to what was owed."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.answers import left_alone
from quality.events import IN_ORDER, visible
from quality.owed_people import WISHES
from quality.promises import side

#: What stands instead of a name where somebody wants to be left alone.
NAMELESS = "Do not contact"
#: Columns by which the person of a row could be recognised all the same, and what became of somebody who was named.
_TELLING, _BECAME = ("ref", "job", "contact", "notes", "note", "other_offer", "sentence"), ("became", "became_on")


def refused(log: IntoFrame, as_of: date, answers: pd.DataFrame | None = None) -> frozenset[tuple[str, str]]:
    """The people (party, name) whose last wish at the end of ``as_of`` is to be left alone."""
    rows = visible(log, as_of).filter(nw.col("activity").is_in(list(WISHES))).with_columns(party=side())
    is_candidate = nw.col("party") == "candidate"
    named = nw.when(is_candidate).then(nw.col("candidate")).otherwise(nw.coalesce("contact", "client"))
    said = rows.with_columns(who=named).filter(~nw.col("who").is_null())
    last = said.unique(subset=["party", "who"], keep="last", order_by=list(IN_ORDER))
    found = last.filter(nw.col("activity") == "do_not_contact").select("party", "who").collect("pandas").to_native()
    people = [found] if answers is None else [found, left_alone(answers, as_of)[["party", "who"]]]
    return frozenset(pd.concat(people).itertuples(index=False, name=None))


def without_names(rows: pd.DataFrame, people: frozenset[tuple[str, str]]) -> pd.DataFrame:
    """Rows in which nobody of these people can be recognised: NAMELESS for the name, nothing for what would tell it.

    A row is about the person of ``party`` and ``who``, about its ``candidate``, and where it is one of the client's
    side about its ``contact``. A contact of somebody else's row, and whom a note or ``named`` names, lose their name
    alone. Of the columns those count that there are.
    """
    if not people:
        return rows
    candidate, contact, named = (_is(rows, *one, people) for one in (_CANDIDATE, _CONTACT, _NAMED))
    about = candidate | _is_who(rows, people) | (contact & _is_clients(rows))
    note = _is(rows, "notes", "candidate", people)
    telling = {name: rows[name].mask(about | note, None) for name in _TELLING if name in rows}
    lost = {"who": about, "candidate": candidate, "contact": contact, "named": named}
    whole = rows.assign(**telling)
    shown = {name: whole[name].mask(gone, NAMELESS) for name, gone in lost.items() if name in rows}
    fates = {name: rows[name].mask(named, None) for name in _BECAME if name in rows}
    return whole.assign(**shown, **fates) if (about | contact | named | note).any() else rows


#: Column -> the party of the people it names.
_CANDIDATE, _CONTACT, _NAMED = ("candidate", "candidate"), ("contact", "client"), ("named", "candidate")


def _is(rows: pd.DataFrame, column: str, party: str, people: frozenset[tuple[str, str]]) -> pd.Series:
    """Whether a column names one of these people of a party, in capitals or not."""
    if column not in rows:
        return pd.Series(False, index=rows.index)
    names = {who.strip().casefold() for of, who in people if of == party}
    return rows[column].fillna("").astype("str").str.strip().str.casefold().isin(names)


def _is_who(rows: pd.DataFrame, people: frozenset[tuple[str, str]]) -> pd.Series:
    if not {"party", "who"} <= {*rows}:
        return pd.Series(False, index=rows.index)
    return pd.Series(list(zip(rows["party"], rows["who"], strict=True)), index=rows.index, dtype="object").isin(people)


def _is_clients(rows: pd.DataFrame) -> pd.Series:
    """Whether a row is about the client's side; a row that names no candidate is."""
    party = rows["party"] if "party" in rows else pd.Series(None, index=rows.index, dtype="str")
    unknown = rows["candidate"].isna() if "candidate" in rows else pd.Series(True, index=rows.index)
    return (party == "client") | (party.isna() & unknown)
