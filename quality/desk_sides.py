"""Who works where: recruiting, account management, care or support, by the role of a desk, else by its name."""

from __future__ import annotations

import re
from typing import Literal

import narwhals as nw
import pandas as pd

from quality.teams import Stay, covers, stays

Side = Literal["recruiting", "accounts", "care", "support", "not_said"]
#: Who works where -> how it is said.
SIDES: dict[Side, str] = {
    "recruiting": "Recruiting",
    "accounts": "Account management",
    "care": "Care",
    "support": "Support",
    "not_said": "Role not on record",
}
_SUPPORT = re.compile(r"\bsupport\b")
#: A word in a role, or in the name of a desk without one, that tells its side; the first that fits holds.
_SIGNS: tuple[tuple[re.Pattern[str], Side], ...] = (
    (_SUPPORT, "support"),
    (re.compile(r"\bcare\b"), "care"),
    (re.compile(r"\baccount"), "accounts"),
    (re.compile(r"\brecruit"), "recruiting"),
)


def sides(desks: pd.Series, roster: pd.DataFrame | None, days: pd.Series) -> pd.Series:
    """The side of each desk on each day: by its role, else by its name; a key of SIDES."""
    found = pd.Series([_side(name) for name in desks.fillna("")], index=desks.index, dtype="str")
    for stay in _roles(roster):
        is_there = (desks == stay.desk) & (days >= pd.Timestamp(stay.start)) & (days <= pd.Timestamp(stay.end))
        found = found.mask(is_there, _side(stay.role))
    return found


def is_support(column: str, roster: pd.DataFrame | None) -> nw.Expr:
    """The same asked of the engine: whether the desk of a column is of support on the ``day`` of a row."""
    by_role = _roles(roster)
    name = nw.col(column).fill_null("").str.to_lowercase().str.replace_all("_", " ", literal=True)
    has_role, of_support = _any(by_role, column), _any([one for one in by_role if _side(one.role) == "support"], column)
    return of_support | (name.str.contains(_SUPPORT.pattern) & ~has_role)


def _any(found: list[Stay], column: str) -> nw.Expr:
    return nw.any_horizontal(nw.col("day").is_null(), *covers(found, column), ignore_nulls=True)


def _roles(roster: pd.DataFrame | None) -> list[Stay]:
    """The stays of the roster that name a role."""
    return [] if roster is None or "role" not in roster else [stay for stay in stays(roster) if stay.role]


def _side(words: str) -> Side:
    plain = words.lower().replace("_", " ")
    return next((one for sign, one in _SIGNS if sign.search(plain)), "not_said")
