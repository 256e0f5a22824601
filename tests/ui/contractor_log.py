"""A small firm with contractors on Monday 23 November 2026 for the pages Support, Hand-offs and Referrals and use."""

from __future__ import annotations

from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

#: Avery has two tickets of one topic, one of them overdue; Blake's is resolved, Drew's is due tomorrow, and T9 was
#: never opened. Avery was handed to care in time, Blake late, Drew not at all, Eden neither before he ended.
LOG = """occurred_at,desk,activity,party,candidate,client,job,outcome,ref,assignee,notes,quantity
2026-10-05 08:00,Desk 01,start,,Avery Sample,Example Works,Welder,,,,,
2026-10-07 09:00,Desk 01,handoff,candidate,Avery Sample,Example Works,Welder,,,Care Desk,,
2026-10-05 08:00,Desk 01,start,,Blake Sample,Example Works,Welder,,,,,
2026-10-20 09:00,Desk 01,handoff,candidate,Blake Sample,Example Works,Welder,,,Care Desk,,
2026-11-02 08:00,Desk 02,start,,Drew Sample,Example Labs,Nurse,,,,,
2026-10-12 08:00,Desk 02,start,,Eden Sample,Example Labs,Nurse,,,,,
2026-11-13 17:00,Desk 02,end,,Eden Sample,Example Labs,Nurse,quit,,,,
2026-11-02 09:00,Desk 01,ticket_opened,candidate,Avery Sample,Example Works,Welder,experience,T1,Support Desk,Payslip,
2026-11-02 19:00,Desk 01,ticket_resolved,candidate,Avery Sample,Example Works,Welder,,T1,Support Desk,,
2026-11-16 09:00,Desk 01,ticket_opened,candidate,Avery Sample,Example Works,Welder,experience,T2,Support Desk,payslip,
2026-11-03 09:00,Desk 01,ticket_opened,candidate,Blake Sample,Example Works,Welder,experience,T3,Support Desk,Badge,
2026-11-06 09:00,Desk 01,ticket_resolved,candidate,Blake Sample,Example Works,Welder,,T3,Support Desk,,
2026-11-20 09:00,Desk 02,ticket_opened,candidate,Drew Sample,Example Labs,Nurse,adoption,T4,,Hours,
2026-11-17 09:00,Desk 02,ticket_resolved,candidate,Drew Sample,Example Labs,Nurse,,T9,,,
2026-11-17 10:00,Desk 01,touch,candidate,Avery Sample,Example Works,,,,,Wants earlier shifts,
2026-11-09 09:00,Desk 01,referral,candidate,Avery Sample,Example Works,,,,,Finley Sample,
2026-11-10 09:00,Desk 01,referral,candidate,Avery Sample,Example Works,,,,,,
2026-11-12 09:00,Desk 01,interview,,Finley Sample,,,,,,,
2026-11-04 09:00,Desk 01,timecard,,Avery Sample,Example Works,,,,,,24
2026-11-11 09:00,Desk 01,timecard,,Avery Sample,Example Works,,,,,,30
2026-11-04 09:00,Desk 01,timecard,,Blake Sample,Example Works,,,,,,44
2026-11-18 09:00,Desk 01,timecard,,Blake Sample,Example Works,,,,,,45
"""
#: What the pages find in a history without contractors.
NOTHING = "occurred_at,desk,activity\n2026-11-17 09:00,Desk 01,marketing_call\n"
ALONE = "2026-11-21 09:00,Desk 01,do_not_contact,candidate,Avery Sample,,,,,,,\n"


def choose(at: AppTest, name: str, row: int, column: str) -> AppTest:
    """Chooses a cell of the table whose key begins so."""
    key = next(table.key for table in at.dataframe if (table.key or "").startswith(name))
    at.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [(row, column)]}}
    return at.run()


def table(at: AppTest, name: str) -> pd.DataFrame:
    """The table whose key begins so."""
    return next(one.value for one in at.dataframe if (one.key or "").startswith(name))


def lines(frame: pd.DataFrame, *names: str) -> list[list[Any]]:
    """Some columns of a table, what is missing as None."""
    return frame.astype(object).where(frame.notna(), None)[list(names)].to_numpy().tolist()
