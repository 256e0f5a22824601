"""From numbers to the activity log: the same columns and types as any imported file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from quality.vocabulary import LOG_COLUMNS, Kind
from sample_data import names
from sample_data.coded import ASSIGNEES, CARE_DESK, WORDS
from sample_data.days import Calendar
from sample_data.remarks import ALL_REMARKS

SOURCE = "sample"

#: Columns of the log without the one that only the history knows.
COLUMNS: tuple[str, ...] = tuple(name for name in LOG_COLUMNS if name != "import_id")

TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "number": pa.float64(),
    "integer": pa.int64(),
}

_NAMED = {
    "candidate": names.candidate_names,
    "client": names.client_names,
    "contact": names.contact_names,
    "job": names.job_names,
}


def to_table(events: pd.DataFrame, days: Calendar, first_row: int = 0) -> pa.Table:
    """These events as an Arrow table of the log; ``first_row`` is how many rows of the log come before them."""
    number = np.arange(first_row, first_row + len(events))
    columns = {
        "activity_id": pc.binary_join_element_wise("S", _padded(number), ""),
        "occurred_at": _moments(events, days),
        "desk": _desks(events["desk"]),
        "due_on": _numbers(events["due"], pa.date32()),
        "planned_end": _numbers(events["planned"], pa.date32()),
        "ref": pc.binary_join_element_wise("T", pc.utf8_lpad(_numbers(events["ref"], pa.string()), 5, "0"), ""),
        "notes": _notes(events["notes"]),
        "source": pa.array([SOURCE] * len(events), pa.string()),
        "source_row": pa.array(number + 2),
    }
    columns |= {name: _looked_up(list(words), events[name]) for name, words in WORDS.items()}
    columns |= {name: make(_numbers(events[name], pa.int64())) for name, make in _NAMED.items()}
    columns |= {name: _numbers(events[name], pa.float64()) for name in ("quantity", "score")}
    return pa.table({name: columns[name].cast(TYPES[LOG_COLUMNS[name]]) for name in COLUMNS})


def to_frame(table: pa.Table) -> pd.DataFrame:
    """The log as pandas holds it: text as ``str`` with NaN, dates as midnight timestamps in microseconds."""
    dates = [name for name in table.column_names if LOG_COLUMNS[name] == "date"]
    for name in dates:
        column = table.column_names.index(name)
        table = table.set_column(column, name, table[name].cast(pa.timestamp("us")))
    return table.to_pandas()


def _size(codes: pd.Series) -> int:
    return int(codes.max()) + 1 if len(codes) else 0


def _desks(codes: pd.Series) -> pa.Array:
    """Desks of the plan by their number, and those of care and support after them."""
    size = _size(codes)
    words = [*(names.desk_name(desk) for desk in range(size)), *ASSIGNEES]
    return _looked_up(words, codes.where(codes > CARE_DESK, size + CARE_DESK - codes))


def _notes(codes: pd.Series) -> pa.Array:
    """Remarks by their number; what lies beyond is the name of a candidate."""
    said = _looked_up(list(ALL_REMARKS), codes.where(codes < len(ALL_REMARKS), -1))
    people = names.candidate_names(_numbers((codes - len(ALL_REMARKS)).clip(lower=-1), pa.int64()))
    return pc.coalesce(said, people)


def _padded(number: np.ndarray) -> pa.Array:
    return pc.utf8_lpad(pa.array(number + 1).cast(pa.string()), 8, "0")


def _moments(events: pd.DataFrame, days: Calendar) -> pa.Array:
    moments = days.days[events["day"]].astype("datetime64[m]") + events["minute"].to_numpy()
    return pa.array(moments.astype("datetime64[us]"))


def _numbers(codes: pd.Series, kind: pa.DataType) -> pa.Array:
    values = codes.to_numpy()
    return pa.array(values, mask=values < 0).cast(kind)


def _looked_up(words: list[str], codes: pd.Series) -> pa.Array:
    return pc.take(pa.array(words, pa.string()), _numbers(codes, pa.int32()))
