"""The sample as files: what the systems of three teams would export, and together every activity exactly once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

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

#: Every so many rows of the OpenCATS file the system adds one of its own.
AUTOMATIC_EVERY = 3000
AUTOMATIC_NOTE = 'Status change: <span style="color: #ff6c00;">Submitted</span>.'


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
    rows = [_opencats_row(row) for row in log.sort_values("occurred_at", ascending=False, kind="stable").itertuples()]
    for place in range(len(rows) - 1, 0, -AUTOMATIC_EVERY):
        rows.insert(place, [*rows[place][:4], "Call", AUTOMATIC_NOTE, rows[place][6]])
    text = ",".join(OPENCATS_HEADER) + "\r\n" + _quoted(rows)
    return ("\ufeff" + text).encode()[:-3]


def bullhorn_csv(log: pd.DataFrame) -> bytes:
    """Notes as a Bullhorn list view exports them: US dates without seconds, newest first."""
    newest = log.sort_values("occurred_at", ascending=False, kind="stable")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(BULLHORN_HEADER)
    writer.writerows(_bullhorn_row(row) for row in newest.itertuples())
    return out.getvalue().encode()


EXPORTS = {OPENCATS: opencats_csv, BULLHORN: bullhorn_csv}


def roster_csv(roster: pd.DataFrame) -> bytes:
    """The roster file: desk, team, and the first and last day where there is one."""
    dates = {name: roster[name].dt.strftime("%Y-%m-%d") for name in ("starts_on", "ends_on")}
    named = roster.assign(**dates).rename(columns={"starts_on": "from", "ends_on": "to"})
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


def _quoted(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _bullhorn_row(row: Any) -> list[str]:
    when = row.occurred_at
    moment = f"{when.month}/{when.day}/{when.year} {when.hour % 12 or 12}:{when.minute:02d} {'AP'[when.hour >= 12]}M"
    candidate, contact, job, note = (
        "" if pd.isna(value) else value for value in (row.candidate, row.contact, row.job, row.notes)
    )
    about = candidate or contact
    return [moment, row.desk, about, BULLHORN_WORDS[row.activity], note, job, candidate, contact, "No"]
