"""Dropped files on their way in: read once, remembered until they are stored, then forgotten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders import Loaded, LoadReport, Options, load
from store import ImportMeta, Stored
from ui import changes, corrections, data, text

READINGS, ROUND, OUTCOME, CHANGED = "readings", "upload_round", "upload_outcome", "upload_changed"


@dataclass(frozen=True, slots=True)
class Reading:
    """One dropped file as it was read, how it was asked to be read, and what storing it would change.

    ``expected`` is None where nothing of it can be stored, and in a new history, where every row is new.
    """

    file_id: str
    options: Options
    loaded: Loaded
    expected: Stored | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing a batch did, counted over its files."""

    files: int
    added: int
    updated: int
    unchanged: int
    retired: int
    roster_lines: int
    left_out: int

    @property
    def sentence(self) -> str:
        """What happened, for the message after storing."""
        lines = [f"Stored {text.count(self.files, 'file')}: {in_rows(self)}."]
        lines += [f"{self.retired:,} rows retired."] if self.retired else []
        lines += [f"{text.count(self.left_out, 'row')} left out; Imports shows which."] if self.left_out else []
        lines += [f"The list of teams now has {text.count(self.roster_lines, 'line')}."] if self.roster_lines else []
        return " ".join(lines)


def in_rows(done: Outcome | Stored) -> str:
    """Rows new, changed and already known, in words."""
    return f"{done.added:,} new, {done.updated:,} changed, {done.unchanged:,} already known"


def drop() -> list[UploadedFile]:
    """The box that takes files; a new one after each batch, so that the bytes of the last are let go."""
    dropped = st.file_uploader(
        "Drop exports here: CSV, TSV, text, Excel or OpenDocument, several at once",
        accept_multiple_files=True,
        key=f"files-{st.session_state.setdefault(ROUND, 0)}",
    )
    return list(dropped)


def read_all(files: list[UploadedFile]) -> list[Reading]:
    """Every file, read as it is to be read now; only what was not read so yet is read."""
    known: dict[str, Reading] = st.session_state.get(READINGS, {})
    readings = [_remembered(known, file) or _read(file) for file in files]
    st.session_state[READINGS] = {reading.file_id: reading for reading in readings}
    return readings


def _remembered(known: dict[str, Reading], file: UploadedFile) -> Reading | None:
    reading = known.get(file.file_id)
    return reading if reading and reading.options == corrections.options_for(file.file_id) else None


def _read(file: UploadedFile) -> Reading:
    options = corrections.options_for(file.file_id)
    bar = st.progress(0.0, text=f"Reading {text.plain(file.name)}")
    loaded = load(
        file.getvalue(),
        file.name,
        options,
        partial(_tell, bar, file.name),
    )
    bar.progress(1.0, text=f"{text.plain(file.name)}: Comparing with what is stored")
    expected = _expected(loaded)
    bar.empty()
    return Reading(file.file_id, options, loaded, expected)


def _expected(loaded: Loaded) -> Stored | None:
    if loaded.frame is None or data.is_new():
        return None
    return data.history().preview(loaded.frame, _meta(loaded.report))


def _tell(bar: DeltaGenerator, name: str, step: str, share: float) -> None:
    bar.progress(min(share, 1.0), text=f"{text.plain(name)}: {text.plain(step)}")


def storable(readings: list[Reading]) -> list[Reading]:
    """The readings that hold something to store."""
    return [one for one in readings if one.loaded.frame is not None or one.loaded.roster is not None]


def sentence(readings: list[Reading]) -> str:
    """What lies ready, and what does not, in one line."""
    reports = [one.loaded.report for one in readings]
    refused = sum(report.refused is not None for report in reports)
    mend = sum(report.rejected + report.unmapped for report in reports)
    if readings and all(one.expected and one.expected.repeated for one in readings):
        return "Nothing new: these files are stored already."
    lines = [f"{text.count(sum(report.accepted for report in reports), 'row')} ready."]
    lines += [f"{text.count(mend, 'row')} left out until mended."] if mend else []
    lines += [f"{text.count(refused, 'file')} refused."] if refused else []
    return " ".join(lines)


def store(readings: list[Reading]) -> None:
    """Stores each file in a transaction of its own, keeps what to say about it, and forgets what was dropped."""
    before = changes.known_now()
    st.session_state[OUTCOME] = store_loaded([one.loaded for one in readings])
    st.session_state[CHANGED] = changes.since(before)
    forget()


def store_loaded(files: list[Loaded]) -> Outcome:
    """Stores files as they were read, rosters included."""
    rosters = [_store_roster(one.roster) for one in files if one.roster is not None]
    stored = [_store_rows(one.frame, one.report) for one in files if one.frame is not None]
    counts = {name: sum(getattr(one, name) for one in stored) for name in ("added", "updated", "unchanged", "retired")}
    left_out = sum(one.report.unmapped + one.report.rejected for one in files)
    return Outcome(files=len(files), roster_lines=sum(rosters), left_out=left_out, **counts)


def _store_roster(roster: pd.DataFrame) -> int:
    data.history().save_roster(roster)
    return len(roster)


def _store_rows(frame: pd.DataFrame, report: LoadReport) -> Stored:
    return data.history().add(frame, _meta(report), [asdict(problem) for problem in report.problems])


def _meta(report: LoadReport) -> ImportMeta:
    return ImportMeta(report.name, report.digest, report.layout or "", report.to_keep())


def leave() -> None:
    """Lets go of what was read and of what was said about it, once another page is open."""
    for name in (READINGS, OUTCOME, CHANGED):
        st.session_state.pop(name, None)


def forget() -> None:
    """Lets go of the dropped bytes and of what was read from them."""
    st.session_state.pop(READINGS, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
