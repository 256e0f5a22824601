"""Dropped files on their way in: read once, remembered until they are stored, then forgotten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders import Loaded, LoadReport, Options, RawFile, RefusedError, load, read_raw
from loaders.mapping import MEANINGS
from quality.periods import Period, between
from store import ImportMeta, Stored
from ui import changes, clock, data, text, understood, warm, wishes
from ui.wizard import answers

READINGS, ROUND, OUTCOME, CHANGED = "readings", "upload_round", "upload_outcome", "upload_changed"
ASKED = answers.ASKED
#: Answers about a file that is complete for its dates: that it is, and that what vanished is to be retired.
COMPLETE, RETIRE = "complete", "retire"

_VANISHED: dict[str, Any] = {
    "occurred_at": st.column_config.DatetimeColumn("When", format="D MMM YYYY, HH:mm"),
    "desk": "Desk",
    "activity": "Activity",
    "candidate": "Candidate",
    "job": "Job",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One dropped file as it was read, how it was asked to be read, and what storing it would change.

    ``raw`` are its tables, kept so that an answer never has the file opened again; None where it cannot be opened.
    ``expected`` is None where nothing of it can be stored, and in a new history, where every row is new. ``vanished``
    are the rows that storing retires because the file, said to be ``complete`` for its dates, does not hold them.
    """

    file_id: str
    options: Options
    loaded: Loaded
    raw: RawFile | None = None
    expected: Stored | None = None
    complete: bool = False
    vanished: pd.DataFrame | None = None

    @property
    def desks(self) -> pd.Series:
        """Whose work the rows are, as the file writes the names."""
        frame = self.loaded.frame
        return pd.Series(dtype="str") if frame is None else frame["desk"]

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing vanishes, or somebody agreed to that."""
        return self.vanished is None or self.vanished.empty or bool(answers.said(self.file_id, RETIRE))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing a batch did, counted over its files.

    ``days`` runs from the first to the last day of what was stored; None where there is none up to today.
    """

    files: int
    added: int
    updated: int
    unchanged: int
    retired: int
    roster_lines: int
    answered: int
    lacking: int
    roster_left_out: int
    days: Period | None = None

    @property
    def sentence(self) -> str:
        """What happened, for the message after storing."""
        lines = [f"Stored {text.count(self.files, 'file')}: {in_rows(self)}."]
        lines += [f"{text.count(self.retired, 'row')} retired."] if self.retired else []
        lines += [f"{text.count(self.answered, 'row')} left out by your answer."] if self.answered else []
        lines += [f"{text.count(self.lacking, 'row')} to mend or unknown; Imports shows which."] if self.lacking else []
        lines += [f"The list of teams now has {text.count(self.roster_lines, 'line')}."] if self.roster_lines else []
        short = (
            f"{text.count(self.roster_left_out, 'row')} of the list of teams left out: mend the file and drop it again."
        )
        lines += [short] if self.roster_left_out else []
        return " ".join(lines)


def in_rows(done: Outcome | Stored) -> str:
    """Rows new, changed and already known, in words."""
    return f"{done.added:,} new, {done.updated:,} changed, {done.unchanged:,} already known"


def expected(reading: Reading) -> str:
    """What storing a file would change, said beforehand; "" where that is not known."""
    changes = reading.expected
    if changes is None:
        return ""
    said = f"**Once stored:** {in_rows(changes)}."
    # What a complete file retires stands in a table of its own.
    if changes.retired and not reading.complete:
        gone = text.count(changes.retired, "row")
        said += f" They replace the earlier reading of this file: {gone} of it retired."
    return said


def ask_complete(reading: Reading) -> None:
    """Whether the file is all there is for its dates; what it then retires is shown, and somebody has to agree."""
    if reading.loaded.frame is None or reading.loaded.report.mends or data.is_new():
        return
    st.checkbox(
        "This file is complete for its dates",
        key=answers.key(reading.file_id, COMPLETE),
        help="Rows that came from the same system for the same desks on these days, and are not in it, are retired.",
    )
    if reading.vanished is None:
        return
    if reading.vanished.empty:
        st.markdown("Nothing that is stored is missing from it.")
        return
    gone = text.count(len(reading.vanished), "stored row")
    st.markdown(f"**{gone} not in this file.** Undoing the import brings them back.")
    named = reading.vanished.assign(activity=reading.vanished["activity"].map(MEANINGS))
    shown = wishes.nameless(named)[list(_VANISHED)]
    timed = (shown["occurred_at"].dt.normalize() != shown["occurred_at"]).any()
    config = _VANISHED | ({} if timed else {"occurred_at": st.column_config.DateColumn("When", format="D MMM YYYY")})
    st.dataframe(shown, hide_index=True, height="content" if len(shown) < 8 else 300, column_config=config, alt=gone)
    st.checkbox(f"Retire {gone}", key=answers.key(reading.file_id, RETIRE))


def drop() -> list[UploadedFile]:
    """The box that takes files; a new one after each batch, so that the bytes of the last are let go."""
    dropped = st.file_uploader(
        "Drop exports or lists here: CSV, TSV, text, Excel or OpenDocument, several at once",
        accept_multiple_files=True,
        key=f"files-{st.session_state.setdefault(ROUND, 0)}",
    )
    return list(dropped)


def read_all(files: list[UploadedFile]) -> list[Reading]:
    """Every file, read as it is to be read now; only what was not read so yet is read."""
    known: dict[str, Reading] = st.session_state.get(READINGS, {})
    readings = [_remembered(known, file) or _read(file, _tables(known, file)) for file in files]
    st.session_state[READINGS] = {reading.file_id: reading for reading in readings}
    return readings


def _tables(known: dict[str, Reading], file: UploadedFile) -> RawFile | None:
    return known[file.file_id].raw if file.file_id in known else None


def _remembered(known: dict[str, Reading], file: UploadedFile) -> Reading | None:
    answers.settle(file.file_id)
    reading = known.get(file.file_id)
    if reading is None or reading.options != answers.options_for(file.file_id):
        return None
    return reading if reading.complete == _is_complete(file.file_id) else _compared(reading)


def _is_complete(file_id: str) -> bool:
    return bool(answers.said(file_id, COMPLETE))


def _read(file: UploadedFile, raw: RawFile | None) -> Reading:
    options = answers.options_for(file.file_id)
    # A large workbook is opened in one go that says nothing meanwhile: the seconds that pass show that it is at work.
    with st.spinner(text.plain(file.name), show_time=True):
        bar = st.progress(0.0, text="Reading")
        tell = partial(_tell, bar)
        raw = raw or _opened(file, tell)
        loaded = load(raw or file.getvalue(), file.name, options, tell)
        tell("Comparing with what is stored", 1.0)
        reading = _compared(Reading(file.file_id, options, loaded, raw))
        bar.empty()
    return reading


def _opened(file: UploadedFile, tell: Callable[[str, float], None]) -> RawFile | None:
    """The tables of a file; None where it cannot be opened, which loading then explains."""
    try:
        return read_raw(file.getvalue(), file.name, lambda what, share: tell(what, share * 0.4))
    except RefusedError:
        return None


def _compared(reading: Reading) -> Reading:
    """The reading with what storing it would change, as things are now."""
    frame, complete = reading.loaded.frame, _is_complete(reading.file_id)
    if frame is None or data.is_new():
        return replace(reading, complete=complete)
    expected = data.history().preview(frame, _meta(reading.loaded.report), complete=complete)
    vanished = data.history().vanished(frame) if complete else None
    return replace(reading, complete=complete, expected=expected, vanished=vanished)


def _tell(bar: DeltaGenerator, step: str, share: float) -> None:
    bar.progress(min(share, 1.0), text=text.plain(step))


def storable(readings: list[Reading]) -> list[Reading]:
    """The readings that hold something to store, once somebody agreed to what is retired."""
    return [one for one in readings if one.loaded.frame is not None or one.loaded.roster is not None]


def is_agreed(readings: list[Reading]) -> bool:
    """Whether nobody has to agree any more to what storing retires."""
    return all(one.is_confirmed for one in readings)


def sentence(readings: list[Reading]) -> str:
    """What lies ready, and what does not, in one line."""
    reports = [one.loaded.report for one in readings]
    waiting = sum(map(understood.can_be_answered, reports))
    refused = sum(report.refused is not None for report in reports) - waiting
    if readings and all(one.expected and one.expected.repeated for one in readings):
        return "Nothing new: these files are stored already."
    lines = [understood.ready(reports)] if storable(readings) else []
    lines += [f"{text.count(waiting, 'file waits', 'files wait')} for your answers."] if waiting else []
    lines += [f"{text.count(refused, 'file')} refused."] if refused else []
    lines += ["Agree below to what is retired."] if not is_agreed(readings) else []
    return " ".join(lines)


def is_to_be_stored(readings: list[Reading]) -> bool:
    """Whether somebody asked to store and it can be done; an answer given meanwhile that forbids it takes that back."""
    possible = bool(storable(readings)) and is_agreed(readings)
    if not possible:
        st.session_state.pop(ASKED, None)
    return possible and ASKED in st.session_state


def store(readings: list[Reading]) -> None:
    """Stores each file in a transaction of its own, keeps what to say about it, and forgets what was dropped."""
    st.session_state.pop(ASKED, None)
    before = changes.known_now()
    complete = {n for n, one in enumerate(readings) if one.complete}
    st.session_state[OUTCOME] = store_loaded([one.loaded for one in readings], complete)
    st.session_state[CHANGED] = changes.since(before)
    warm.start()
    forget()


def store_loaded(files: Sequence[Loaded], complete: Collection[int] = ()) -> Outcome:
    """Stores files as they were read, rosters and contact points included.

    ``complete`` holds the positions of the files that are all there is for their dates.
    """
    rosters = [_store_roster(one.roster) for one in files if one.roster is not None]
    stored = [_store_rows(one, one.frame, n in complete) for n, one in enumerate(files) if one.frame is not None]
    for one in files:
        if one.contacts is not None and len(one.contacts):
            data.history().save_contacts(one.contacts)
    counts = {name: sum(getattr(one, name) for one in stored) for name in ("added", "updated", "unchanged", "retired")}
    counts["answered"] = sum(understood.by_answer(one.report.ignored_rows) for one in files)
    counts["lacking"] = sum(one.report.unmapped + one.report.rejected for one in files if one.roster is None)
    counts["roster_left_out"] = sum(one.report.rejected for one in files if one.roster is not None)
    return Outcome(files=len(files), roster_lines=sum(rosters), days=_days(files), **counts)


def _days(files: Sequence[Loaded]) -> Period | None:
    when = [one.frame["occurred_at"] for one in files if one.frame is not None]
    known = [day for column in when for day in (column.min(), column[column.dt.date <= clock.today()].max())]
    past = [day.date() for day in known if not pd.isna(day) and day.date() <= clock.today()]
    return between(min(past), max(past)) if past else None


def _store_roster(roster: pd.DataFrame) -> int:
    data.history().save_roster(roster)
    return len(roster)


def _store_rows(loaded: Loaded, frame: pd.DataFrame, complete: bool) -> Stored:
    problems = [asdict(problem) for problem in loaded.report.problems]
    return data.history().add(frame, _meta(loaded.report), problems, left_out=loaded.left_out, complete=complete)


def _meta(report: LoadReport) -> ImportMeta:
    return ImportMeta(report.name, report.digest, report.layout or "", report.to_keep(), report.mends)


def leave() -> None:
    """Lets go of what was read and of what was said about it, once another page is open."""
    _let_go()
    for name in (OUTCOME, CHANGED, ASKED):
        st.session_state.pop(name, None)


def forget() -> None:
    """Lets go of the dropped bytes and of what was read from them."""
    _let_go()
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _let_go() -> None:
    for file_id in st.session_state.pop(READINGS, {}):
        answers.forget(file_id)
