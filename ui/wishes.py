"""Who wants to be left alone, by the log or by an answer, and rows in which nobody of them can be recognised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from quality import wishes
from quality.call_sheet import Person
from ui import clock, data
from ui.data import Place, cached


def left_alone() -> frozenset[Person]:
    """The people (party, name) who want to be left alone."""
    return _left_alone(data.here(), clock.today())


def candidates_alone() -> list[str]:
    """The names of the candidates among them."""
    return sorted(who for party, who in left_alone() if party == "candidate")


def nameless(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as they may be shown: see `quality.wishes.without_names`."""
    return wishes.without_names(rows, left_alone())


def told(texts: pd.Series) -> pd.Series:
    """Texts of a file as they may be shown: see `quality.wishes.told`."""
    return wishes.told(texts, left_alone())


def worded(texts: Iterable[str]) -> list[str]:
    """The same for a few words of a file."""
    return told(pd.Series(list(texts), dtype="str")).tolist()


def unseen(cells: pd.DataFrame) -> pd.DataFrame:
    """Rows of a file as they may be shown: see `quality.wishes.hidden`."""
    return wishes.hidden(cells, left_alone())


@cached("4MB")
def _left_alone(place: Place, today: date) -> frozenset[Person]:
    return wishes.refused(data.at(place).log(), today, data.at(place).answers())
