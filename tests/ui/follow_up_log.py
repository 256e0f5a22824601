"""A small firm in the week of Monday 23 November 2026 for the pages of follow-up, and reading what they say."""

from __future__ import annotations

import stored
from screens import said
from streamlit.testing.v1 import AppTest

#: Avery is silent for ten days, Blake for five; one order has no news; two were rejected, and nothing was heard of
#: an old order for long. Friday the 20th: of Avery and the order nobody was reached, of Drew somebody.
LOG = """occurred_at,desk,activity,party,candidate,client,contact,job,outcome,notes
2026-11-10 09:00,Desk 01,presentation,,Avery Sample,Example Works,,Welder,,
2026-11-13 10:00,Desk 01,touch,candidate,Avery Sample,,,,,Wants early shifts
2026-11-17 09:00,Desk 02,presentation,,Blake Sample,Example Labs,,Nurse,,
2026-11-18 10:00,Desk 02,touch,candidate,Blake Sample,,,,,Can start in May
2026-11-02 09:00,Desk 01,contract,client,,Example Works,Casey Example,Welder,,
2026-11-12 09:00,Desk 01,status_update,client,,Example Works,Casey Example,Welder,,Two to come
2026-11-03 09:00,Desk 02,presentation,,Drew Sample,Example Labs,,Fitter,,
2026-11-20 15:00,Desk 02,touch,candidate,Drew Sample,,,,,Still keen
2026-11-20 16:00,Desk 02,rejected,,Drew Sample,Example Labs,,Fitter,not_qualified,No certificate
2026-09-01 09:00,Desk 01,rejected,,Eden Sample,Example Works,,Welder,,
2026-09-02 09:00,Desk 01,feedback,,Eden Sample,Example Works,,Welder,,
2026-11-16 09:00,Desk 01,rejected,,Finley Sample,Example Works,,Welder,withdrew,
2026-11-17 09:00,Desk 01,feedback,,Finley Sample,Example Works,,Welder,,
2026-06-01 09:00,Desk 02,contract,client,,Example Labs,Gray Example,Planner,,
"""
ROSTER = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"


def store(log: str = LOG) -> None:
    """Stores the firm where the pages look."""
    files = {"log.csv": log, "teams.csv": ROSTER}
    stored.store(files)


def plainly(at: AppTest) -> str:
    """What a page says, without the signs that only markdown needs."""
    return said(at).replace("\\", "").replace("\u00a0", " ")


def cards(at: AppTest) -> list[str]:
    """The names on the cards, in order."""
    return [element.value.split("**")[1] for element in at.markdown if element.value.startswith("**")]
