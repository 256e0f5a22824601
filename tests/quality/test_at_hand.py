"""What an engine hands over: the same texts, days and blanks as pandas has, whatever it keeps them in."""

from __future__ import annotations

import duckdb
import narwhals as nw
import pandas as pd

from quality.at_hand import handed_over

ASKED = """
    select * from (values ('Avery Sample', null, timestamp '2026-11-02 09:00', 2),
                          (null, null, null, null)) as said(who, job, moment, number)
"""


def test_texts_are_texts_and_days_are_days_though_a_column_says_nothing() -> None:
    rows = duckdb.connect().sql(ASKED).project("who, job::varchar as job, moment, number")
    found = handed_over(nw.from_native(rows).lazy())
    assert found.dtypes.astype("str").tolist() == ["str", "str", "datetime64[us]", "float64"]
    assert found["who"].isna().tolist() == [False, True]
    assert found.iloc[0].dropna().to_dict() == {
        "who": "Avery Sample",
        "moment": pd.Timestamp("2026-11-02 09:00"),
        "number": 2.0,
    }


def test_a_frame_in_memory_is_handed_over_as_it_is() -> None:
    rows = pd.DataFrame({"who": ["Avery Sample", None]}, dtype="str")
    pd.testing.assert_frame_equal(handed_over(nw.from_native(rows).lazy()), rows)
