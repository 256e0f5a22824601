"""A firm with three people who want to be left alone, in rows of every kind: what tests of that share."""

from __future__ import annotations

from collections.abc import Mapping

import stored

from store import History
from ui import clock

#: Zoe asked it by the log, Yann by an answer; Uma, a contact of the works, by the log.
ZOE, YANN, UMA = "Zoe Quiet", "Yann Quiet", "Uma Quiet"
AVERY, CASEY = "Avery Sample", "Casey Example"
HEAD = "occurred_at,desk,activity,party,candidate,client,contact,job,outcome,notes,planned_end,due_on,channel\n"
WORKS, AT = "Example Works", "Example Works,Casey Example"
LOG = f"""{HEAD}2026-09-01 09:00,Desk 01,contract,client,,{AT},Welder,,,,,
2026-06-01 09:00,Desk 01,contract,client,,{WORKS},{UMA},Fitter,,,,,
2026-09-02 09:00,Desk 01,resume_received,candidate,{ZOE},,,,,,,,
2026-09-03 09:00,Desk 01,touch,candidate,{ZOE},{AT},Welder,,Zoe is keen,,,call
2026-09-04 09:00,Desk 01,interview,candidate,{ZOE},{AT},Welder,,,,,
2026-09-07 09:00,Desk 01,send_out,candidate,{ZOE},{AT},Welder,held,,,,
2026-09-08 09:00,Desk 01,debrief,client,{ZOE},{AT},Welder,,Zoe was late,,,
2026-09-10 09:00,Desk 01,rejected,candidate,{ZOE},{AT},Welder,other,Zoe was late,,,
2026-09-11 09:00,Desk 01,feedback,candidate,{ZOE},{AT},Welder,,Told Zoe,,,
2026-09-14 09:00,Desk 01,start,candidate,{YANN},{AT},Welder,,,2027-02-01,,
2026-09-16 09:00,Desk 01,touch,candidate,{YANN},{AT},Welder,,Yann is fine,,,call
2026-05-04 09:00,Desk 01,offer_declined,candidate,{ZOE},{AT},Welder,money,Zoe got more elsewhere,,,
2025-12-01 09:00,Desk 01,start,candidate,{ZOE},{AT},Planner,,,2026-02-01,,
2026-01-05 09:00,Desk 01,end,candidate,{ZOE},{AT},Planner,quit,,,,
2026-10-01 09:00,Desk 01,start,candidate,{AVERY},{WORKS},{UMA},Fitter,,,2027-03-01,,
2026-10-05 09:00,Desk 01,referral,candidate,{AVERY},{WORKS},,Fitter,,{ZOE},,,
2026-10-12 09:00,Desk 01,touch,candidate,{AVERY},{WORKS},{UMA},Fitter,,All is well,,,call
2026-10-13 09:00,Desk 01,debrief,client,{AVERY},{WORKS},{UMA},Fitter,,Uma liked it,,,
2026-11-06 09:00,Desk 01,marketing_call,client,,{WORKS},{UMA},,interested,Uma asks for more,,,
2026-11-08 09:00,Desk 02,do_not_contact,candidate,{ZOE},,,,,,,,
2026-11-09 09:00,Desk 02,do_not_contact,client,,{WORKS},{UMA},,,,,,
"""
QUIET = ("Zoe", "Yann", "Uma")

#: More rows about them: steps out of order, a call that two systems have, a ticket, a hand-off, and what is left out.
STEPS = f"""{HEAD}2026-10-06 09:00,Desk 01,fill,,{YANN},{WORKS},,Nurse,placed,Yann starts soon,,,
2026-10-13 09:00,Desk 01,send_out,,{YANN},{WORKS},,Nurse,held,,,,
2026-11-10 09:00,Desk 01,send_out,,{YANN},{WORKS},{UMA},Cook,held,Yann did well,,,
2026-11-11 09:00,Desk 01,recruiting_call,,{AVERY},,,,,Avery is a friend of {ZOE},,,
2026-11-12 09:00,Desk 01,recruiting_call,,{ZOE},,,,spoke with {ZOE},Zoe is well,,,
someday with {ZOE},Desk 01,touch,,{AVERY},,,,,,,,
2026-11-12 10:00,Desk 01,chat with {UMA},,{AVERY},,,,,,,,
"""
CALLS = f"""occurred_at,desk,activity,candidate,client,contact,notes,source
2026-11-02 10:00,Desk 01,recruiting_call,{ZOE},,,Zoe picked up,ats
2026-11-02 10:01,Desk 01,recruiting_call,"Quiet, Zoe",,,,phone
2026-11-03 10:00,Desk 01,recruiting_call,{YANN},,,Yann picked up,ats
2026-11-03 10:02,Desk 01,conversation,,,,,phone
2026-11-04 10:00,Desk 01,marketing_call,,{WORKS},{UMA},Uma picked up,ats
2026-11-04 10:01,Desk 01,conversation,,,,,phone
"""
CARE = f"""occurred_at,desk,activity,party,candidate,client,ref,assignee,notes,score,planned_end
2026-11-05 09:00,Desk 01,ticket_opened,candidate,{YANN},{WORKS},T-77,Desk 02,Yann has no badge,,
2026-11-05 09:00,Desk 01,handoff,candidate,{YANN},{WORKS},,Desk 02,Yann is new,,
2026-11-05 10:00,Desk 01,survey,candidate,{YANN},{WORKS},,,Yann is unhappy,3,
2026-11-06 10:00,Desk 01,complaint,client,{YANN},{WORKS},,,Yann was late,,
"""
#: A file that is not stored yet.
DROPPED = f"""When,Who did it,What,First name,Last name,Remarks
2026-11-16,Desk 01,Grog,Zoe,Quiet,x
2026-11-17,Desk 01,mail to {UMA},Avery,Sample,{YANN}
someday {YANN},Desk 01,Grog,Avery,Sample,x
"""


def store_firm(history: History, more: Mapping[str, str] | None = None) -> None:
    """The firm in the history of the pages under test; Yann asked it by an answer."""
    stored.store({"log.csv": LOG, **(more or {})})
    given = {"party": "candidate", "who": YANN, "desk": "Desk 01", "answered_by": "Jo Sample", "trigger_id": "X"}
    said = [{**given, "rule": "touch_120", "answer": answer} for answer in ("elsewhere", "do_not_contact")]
    history.save_answers(said, clock.now())
