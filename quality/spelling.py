"""Names that differ only in capitals and spaces are one name, told in the spelling that is used most.

Files come in with single spaces and none at either end, so that in a history it is capitals that differ. Whatever is
read of contractors at clients is spelt alike where it is read, so that no page makes two clients of one.
"""

from __future__ import annotations

import pandas as pd


def spelt_alike(column: str, *frames: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """The frames with every name of the column in one spelling: the one most rows of all of them have.

    Where two are used equally often, the first in the order of letters. Missing names stay missing.
    """
    used = pd.concat([frame[column] for frame in frames]).dropna().astype("str").value_counts()
    counted = (
        used.rename("rows")
        .rename_axis("name")
        .reset_index()
        .sort_values(["rows", "name"], ascending=[False, True], ignore_index=True)
    )
    best = counted.groupby(_plain(counted["name"]))["name"].transform("first")
    usual = dict(zip(counted["name"], best, strict=True))
    return tuple(frame.assign(**{column: frame[column].map(usual).astype(frame[column].dtype)}) for frame in frames)


def _plain(names: pd.Series) -> pd.Series:
    return names.astype("str").str.lower().str.replace(r"\s+", " ", regex=True).str.strip()
