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
#: Columns by which a person could be recognised all the same.
_TELLING = ("ref", "job", "contact", "notes", "sentence")


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

    A row is about the person of ``party`` and ``who``, and about its ``candidate``; those of the columns it has count.
    """
    people_of = [(("party", "who"), lambda row: row), (("candidate",), lambda row: ("candidate", *row))]
    about = pd.Series(False, index=rows.index)
    for names, person in people_of:
        if {*names} <= {*rows}:
            own = rows[list(names)].itertuples(index=False, name=None)
            about = about | pd.Series([person(row) in people for row in own], index=rows.index, dtype="bool")
    if not about.any():
        return rows
    named = {name: rows[name].mask(about, NAMELESS) for name in ("who", "candidate") if name in rows}
    telling = {name: rows[name].mask(about, None) for name in _TELLING if name in rows}
    return rows.assign(**named, **telling)
