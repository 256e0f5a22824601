"""A firm that owes a few people something on Monday, 23 November 2026: small enough to count by eye."""

from __future__ import annotations

from datetime import date

import stored

TODAY = date(2026, 11, 23)

#: A candidate whose name tries to be an image, a link and a formula.
HOSTILE = "=![x](http://127.0.0.1/x.png) <b>Ray</b> :red[b]"

#: To do today: Drew and the bakery (an interview at 15:00), Casey (a promise for yesterday), Avery (two desks).
#: Coming up: Ellis (a promise). Long overdue: Blake and the hostile name (résumés). Kept: the word to Finley, once.
LOG = f"""occurred_at,desk,activity,party,candidate,client,job,outcome,due_on,channel,notes
2026-11-16 09:00,Desk 01,rejected,candidate,Avery Sample,Example Hospital,Welder,not_qualified,,,
2026-11-17 09:00,Desk 02,interview,candidate,Avery Sample,,,,,,Good fit for days
2026-11-18 09:00,Desk 02,discovery,candidate,Avery Sample,,,next_move,,,Days
2026-03-03 09:00,Desk 02,resume_received,candidate,Blake Sample,,,,,,
2026-03-04 09:00,Desk 02,resume_received,candidate,{HOSTILE},,,,,,
2026-11-19 09:00,Desk 01,recruiting_call,candidate,Casey Sample,,,interested,2026-11-22,,Call me on Sunday
2026-11-20 09:00,Desk 01,recruiting_call,candidate,Ellis Sample,,,interested,2026-11-25,,
2026-11-23 15:00,Desk 02,send_out,candidate,Drew Sample,Example Bakery,Planner,,,,
2026-11-02 09:00,Desk 01,resume_received,candidate,Finley Sample,,,,,,
2026-11-03 09:00,Desk 01,touch,candidate,Finley Sample,,,,,call,Said it arrived
"""
ROSTER = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"


def store_firm(log: str = LOG) -> None:
    """Reads and stores both files as the upload page would."""
    files = {"log.csv": log, "teams.csv": ROSTER}
    stored.store(files)
