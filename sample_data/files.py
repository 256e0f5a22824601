"""The sample as files: what the systems of three teams would export, and together every activity exactly once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from sample_data.log import COLUMNS
from sample_data.systems import BULLHORN, OPENCATS

#: Columns of the log a file in our own layout holds; lineage is the reader's business.
OWN_COLUMNS = tuple(name for name in COLUMNS if name not in ("source", "source_row"))

OPENCATS_HEADER = ("Date", "First Name", "Last Name", "Regarding", "Activity", "Notes", "Entered By")
OPENCATS_WORDS = {"recruiting_call": "Call (Talked)", "call_attempt": "Call (LVM)"}
BULLHORN_HEADER = (
    "Date Added",
    "Author",
    "About",
    "Action",
    "Comments",
    "Job Order",
    "Candidates",
    "Client Contacts",
    "Is Deleted",
)
BULLHORN_WORDS = {
    "recruiting_call": "Outbound Call",
    "marketing_call": "Outbound Call",
    "call_attempt": "Left Message",
    "interview": "Prescreen",
}

#: Rows that are no work, one after so many others: what OpenCATS writes by itself, what was deleted in Bullhorn.
NO_WORK_EVERY = 3000
AUTOMATIC_NOTE = 'Status change: <span style="color: #ff6c00;">Submitted</span>.'
DELETED_NOTE = "Entered by mistake"


def own_csv(log: pa.Table) -> bytes:
    """A file in our own layout: UTF-8, ISO moments, empty cells for what is missing, oldest row first."""
    table = log.select(list(OWN_COLUMNS))
    moments = table["occurred_at"].cast(pa.timestamp("s"))
    table = table.set_column(table.column_names.index("occurred_at"), "occurred_at", moments)
    out = io.BytesIO()
    out.write((",".join(OWN_COLUMNS) + "\n").encode())
    pa_csv.write_csv(table, out, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    return out.getvalue()


def opencats_csv(log: pd.DataFrame) -> bytes:
    """The activities grid of OpenCATS: byte-order mark, newest first, all values quoted, three bytes short.

    The last three bytes are missing because the system announces its length without the byte-order mark.
    """
    rows = _with_no_work([_opencats_row(row) for row in _newest_first(log)], {4: "Call", 5: AUTOMATIC_NOTE})
    text = ",".join(OPENCATS_HEADER) + "\r\n" + _lines(rows, csv.QUOTE_ALL)
    return ("\ufeff" + text).encode()[:-3]


def bullhorn_csv(log: pd.DataFrame) -> bytes:
    """Notes as a Bullhorn list view exports them: US dates without seconds, newest first."""
    rows = _with_no_work([_bullhorn_row(row) for row in _newest_first(log)], {4: DELETED_NOTE, 8: "true"})
    return _lines([BULLHORN_HEADER, *rows], csv.QUOTE_MINIMAL).encode()


def no_work_rows(activities: int) -> int:
    """How many rows that are no work stand among so many activities of an OpenCATS or Bullhorn file."""
    return activities // NO_WORK_EVERY


EXPORTS = {OPENCATS: opencats_csv, BULLHORN: bullhorn_csv}


#: Roles as the firm writes them.
ROLE_WORDS = {"recruiter": "Recruiter", "account_executive": "Account Manager"}


def roster_csv(roster: pd.DataFrame) -> bytes:
    """The roster file: desk, team, role, and the first and last day where there is one."""
    dates = {name: roster[name].dt.strftime("%Y-%m-%d") for name in ("starts_on", "ends_on")}
    named = roster.assign(role=roster["role"].replace(ROLE_WORDS), **dates).rename(
        columns={"starts_on": "from", "ends_on": "to"}
    )
    return named.to_csv(index=False, lineterminator="\n").encode()


def truth_json(truth: dict[str, Any]) -> bytes:
    """The known truth, indented for people."""
    return (json.dumps(truth, indent=2, ensure_ascii=False) + "\n").encode()


def written(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    """Writes each file into the folder, which is made if need be, and says where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def _opencats_row(row: Any) -> list[str]:
    first, _, last = row.candidate.partition(" ")
    regarding = "General" if pd.isna(row.job) else f"{row.job} ({row.client})"
    note = "" if pd.isna(row.notes) else escape(row.notes, quote=True)
    return [str(row.occurred_at), first, last, regarding, OPENCATS_WORDS[row.activity], note, row.desk]


def _newest_first(log: pd.DataFrame) -> Iterable[Any]:
    return log.sort_values("occurred_at", ascending=False, kind="stable").itertuples()


def _with_no_work(rows: list[list[str]], changed: dict[int, str]) -> list[list[str]]:
    """The rows with, before every so-manieth, a copy of it in which some cells say that it is no work."""
    for place in range(NO_WORK_EVERY * no_work_rows(len(rows)), 0, -NO_WORK_EVERY):
        rows.insert(place - 1, [changed.get(cell, value) for cell, value in enumerate(rows[place - 1])])
    return rows


def _lines(rows: Iterable[Sequence[str]], quoting: Literal[0, 1]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _bullhorn_row(row: Any) -> list[str]:
    when = row.occurred_at
    moment = f"{when.month}/{when.day}/{when.year} {when.hour % 12 or 12}:{when.minute:02d} {'AP'[when.hour >= 12]}M"
    candidate, contact, job, note = (
        "" if pd.isna(value) else value for value in (row.candidate, row.contact, row.job, row.notes)
    )
    about = candidate or contact
    return [moment, row.desk, about, BULLHORN_WORDS[row.activity], note, job, candidate, contact, "false"]
