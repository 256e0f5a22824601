"""The call sheet to take away: a table as CSV or workbook, and a calendar; made when they are asked for."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from quality.call_sheet import Line, Part, lines
from quality.contact_measures import MEASURES
from quality.last_words import Known
from quality.obligation_rules import BY_NAME
from ui import calendar, clock, downloads, owed_data, text
from ui.downloads import Sheet

DAYS_LATE = "Days late"


def buttons(rows: pd.DataFrame, part: Part, title: str) -> None:
    """Buttons for the people of one part of the sheet, all pages of it, under the heading of the page."""
    about = f"{DAYS_LATE}: of what has waited longest; 0 where nothing is late yet."
    sheet = Sheet(f"owed-{part.name}", f"Owed: {title}", (f"As of {clock.today().isoformat()}", part.order, about))
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(partial(table, rows), sheet)
        downloads.workbook_button(partial(table, rows), sheet)
        if part.name != "long":
            _calendar(rows, part.name)


def _calendar(rows: pd.DataFrame, part: str) -> None:
    st.download_button(
        "Calendar",
        partial(entries, rows),
        f"owed-{part}.ics",
        calendar.MIME,
        key=f"download-owed-{part}.ics",
        on_click="ignore",
        icon=":material/event:",
        help="A calendar file (.ics): one entry a person and day with every reason; what is late stands on today",
    )


def entries(rows: pd.DataFrame) -> bytes:
    """The calendar file of these rows of the sheet, without what is due only after what a person is listed for."""
    listed = lines(rows[~rows["later"]], clock.today())
    known, reach = owed_data.known_of(listed), owed_data.reach(listed)
    about = {line.person: _about(known.get(line.person, Known()), reach[line.person]) for line in listed}
    return calendar.to_ics(listed, about, clock.now())


def _about(known: Known, reach: tuple[str, ...]) -> str:
    said = f"Said last: {known.last.text} ({text.day(known.last.at)})" if known.last else ""
    return ". ".join(filter(None, [said, ", ".join(reach)]))


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a person with everything the page says of them, in its order; columns that say nothing are left out."""
    listed = lines(rows, clock.today())
    known, reach = owed_data.known_of(listed), owed_data.reach(listed)
    told = [_row(line, known.get(line.person, Known()), reach[line.person]) for line in listed]
    return pd.DataFrame(told).dropna(axis="columns", how="all")


def _row(line: Line, known: Known, reach: tuple[str, ...]) -> dict[str, object]:
    longest, last = line.longest, known.last
    return {
        "Who": line.who or "(no name)",
        "Party": line.party,
        "How late": longest.late,
        DAYS_LATE: max((clock.today() - longest.due_at.date()).days, 0),
        "Due": longest.due_at,
        "Most urgent": f"{BY_NAME[line.reasons[0].rule].owed}, {line.reasons[0].late}",
        "Why": " ".join(line.why),
        "About": "; ".join(line.about),
        "Desks": ", ".join(line.desks),
        "Last contact": line.last_contact_at,
        "Said last on": last.at if last else None,
        "Said last": last.text if last else None,
        "Cares about": "; ".join(f"{asked(question)}: {answer}" for question, answer in known.cares) or None,
        "Next": _next(known),
        "Phone or e-mail": ", ".join(reach) or None,
    }


def asked(question: str) -> str:
    """A question as people read it, by its name in the log."""
    return MEASURES[question].title if question in MEASURES else question.replace("_", " ").capitalize()


def _next(known: Known) -> str | None:
    ahead = known.ahead
    return f"{ahead.title} on {ahead.at:%Y-%m-%d %H:%M}" if ahead else None
