"""Names that differ only in capitals and spaces are one name, told in the spelling that is used most."""

from __future__ import annotations

import pandas as pd


def spelt_alike(column: str, *frames: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """The frames with every name of the column in one spelling: the one most rows of all of them have.

    Where two are used equally often, the first in the order of letters. Missing names stay missing.
    """
    names = pd.concat([frame[column] for frame in frames]).dropna()
    used = names.groupby([_plain(names), names]).size().rename("rows").rename_axis(["key", "name"]).reset_index()
    best = used.sort_values(["rows", "name"], ascending=[False, True]).drop_duplicates("key").set_index("key")["name"]
    return tuple(frame.assign(**{column: _plain(frame[column]).map(best)}) for frame in frames)


def _plain(names: pd.Series) -> pd.Series:
    return names.astype("str").str.lower().str.replace(r"\s+", " ", regex=True).str.strip()
