"""The last look at the typed log before it leaves the loaders: types, vocabulary, nothing required left empty."""

from __future__ import annotations

from functools import cache

import duckdb
import pandas as pd
import pandera.pandas as pa
import pyarrow

from loaders.ids import likely_repeats
from quality.vocabulary import ACTIVITIES, LOG_COLUMNS, PARTIES, REQUIRED_COLUMNS

#: Kind of a column -> dtype of it in pandas.
DTYPES = {
    "text": "str",
    "timestamp": "datetime64[us]",
    "date": "datetime64[us]",
    "number": "float64",
    "integer": "int64",
}
FRAME_COLUMNS = tuple(name for name in LOG_COLUMNS if name != "import_id")
_WORDS = {"activity": list(ACTIVITIES), "party": list(PARTIES)}


@cache
def log_schema() -> pa.DataFrameSchema:
    """The activity log as it leaves the loaders; every column stands in it, in this order, and is never coerced."""
    return pa.DataFrameSchema(
        {name: _column(name, DTYPES[LOG_COLUMNS[name]]) for name in FRAME_COLUMNS},
        strict=True,
        ordered=True,
        coerce=False,
    )


def _column(name: str, dtype: str) -> pa.Column:
    checks = [pa.Check.isin(_WORDS[name])] if name in _WORDS else []
    if name == "activity_id":
        checks = [pa.Check(are_unique, name="unique", error="two activities have the same id")]
    return pa.Column(dtype, checks, nullable=name not in REQUIRED_COLUMNS)


def are_unique(ids: pd.Series) -> bool:
    """Whether all ids differ: by their hashes, which takes a third of the time, and by themselves where those agree."""
    with duckdb.connect() as engine:
        column = pyarrow.chunked_array(pyarrow.array(ids))
        return not likely_repeats(engine, [column]).any() or ids.is_unique


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame; raises pandera's ``SchemaErrors`` with every failure, which is always a mistake of ours."""
    return log_schema().validate(frame, lazy=True)
