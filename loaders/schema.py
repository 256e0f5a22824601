"""The last look at the typed log before it leaves the loaders: types, vocabulary, nothing required left empty.

That no two rows share an identity follows from how identities are made, and the history refuses any that do.
"""

from __future__ import annotations

from functools import cache

import pandas as pd
import pandera.pandas as pa

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
    return pa.Column(dtype, checks, nullable=name not in REQUIRED_COLUMNS)


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame; raises pandera's ``SchemaErrors`` with every failure, which is always a mistake of ours."""
    return log_schema().validate(frame, lazy=True)
