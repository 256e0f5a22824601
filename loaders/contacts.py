"""Phone numbers and e-mail addresses, where a firm keeps them: of the person a row is about, never in the log."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from loaders.columns import contact_kind
from loaders.match import Match
from loaders.report import ColumnUse, Options
from loaders.rows import Rows
from loaders.words import value_key

COLUMNS = ("person", "party", "kind", "value", "source")

#: Words of a header that say whose number it is; without one it is that of the person the row is about.
_SIDES = {
    "candidate": re.compile(r"\b(candidate|applicant|talent|worker|contractor)"),
    "client": re.compile(r"\b(client|contact|hiring manager|supervisor)"),
}


def column_uses(match: Match, options: Options) -> tuple[ColumnUse, ...]:
    """The use of every column, with those that hold contact data as such where the firm keeps them."""
    if not options.contacts:
        return match.uses
    kinds = {use.header: contact_kind(use.header) for use in match.uses if use.how == "dropped"}
    return tuple(
        replace(use, field=kinds[use.header], how="contact") if kinds.get(use.header) else use for use in match.uses
    )


def contact_points(rows: Rows, frame: pd.DataFrame, match: Match, options: Options) -> pd.DataFrame | None:
    """``COLUMNS`` as text, one row for every number or address of a person; None where the firm keeps none.

    ``rows`` are the accepted rows and ``frame`` the log made of them, in the same order. ``party`` is candidate or
    client. Rows that do not say whose it is give nothing.
    """
    if not options.contacts:
        return None
    people = frame.drop_duplicates("source_row").reset_index(drop=True)
    points = [
        _points(rows, people, use.header, use.field)
        for use in column_uses(match, options)
        if use.how == "contact" and use.field
    ]
    found = pd.concat([pd.DataFrame(columns=list(COLUMNS), dtype="str"), *points])
    return found.drop_duplicates().sort_values(list(COLUMNS)).reset_index(drop=True)


def _points(rows: Rows, people: pd.DataFrame, header: str, kind: str) -> pd.DataFrame:
    party = _parties(people, header)
    person = people["candidate"].where(party == "candidate", people["contact"].where(party == "client"))
    values = rows.cells[header].to_pandas().astype("str")
    points = pd.DataFrame({"person": person, "party": party, "kind": kind, "value": values, "source": people["source"]})
    return points.dropna(subset=["person", "value"]).astype("str")


def _parties(people: pd.DataFrame, header: str) -> pd.Series:
    """Whose a number is: as the header says, else the side of the row, else of the only person it names."""
    key = value_key(header)
    told = [side for side, words in _SIDES.items() if words.search(key)]
    if len(told) == 1:
        return pd.Series(told[0], index=people.index, dtype="str")
    candidate, contact = people["candidate"].notna(), people["contact"].notna()
    named = np.select([candidate & ~contact, contact & ~candidate], ["candidate", "client"], "")
    return people["party"].fillna(pd.Series(named, index=people.index, dtype="str"))
