"""Nobody who asked to be left alone is told of on any page about people beyond that fact, whoever's page it is."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
import stored
from screens import said

from quality.wishes import NAMELESS
from ui import (
    blitz_data,
    blitz_weeks,
    clock,
    contact_quality_data,
    declined_data,
    owed_data,
    person_rows,
    referrals_data,
    timeline_data,
    touch_data,
    wishes,
)

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


@pytest.fixture
def firm(history):
    stored.store({"log.csv": LOG})
    given = {"party": "candidate", "who": YANN, "desk": "Desk 01", "answered_by": "Jo Sample", "trigger_id": "X"}
    said = [{**given, "rule": "touch_120", "answer": answer} for answer in ("elsewhere", "do_not_contact")]
    history.save_answers(said, clock.now())
    return history


def told_of(rows: pd.DataFrame) -> list[str]:
    """The quiet people that can be recognised in rows."""
    cells = " ".join(map(str, rows.to_numpy().ravel()))
    return [name for name in QUIET if name in cells]


def test_both_ways_of_asking_count(firm):
    assert wishes.left_alone() == {("candidate", ZOE), ("candidate", YANN), ("client", UMA)}


# --- what the pages show ---------------------------------------------------------------------------------------------


def test_promises_that_were_kept_to_them_are_counted_without_a_name(firm):
    found = owed_data.owed(clock.today())
    assert NAMELESS in found["who"].tolist()
    assert told_of(found) == []
    behind = [owed_data.behind(None, "desk", desk, ("kept", "late", "overdue")) for desk in ("Desk 01", "Desk 02")]
    assert told_of(pd.concat(behind)) == []
    assert told_of(touch_data.fell_due()) == []


def test_an_earlier_answer_to_what_was_owed_them_names_nobody(firm):
    given = owed_data.answers()[["who", "answer"]].to_numpy().tolist()
    assert given == [[YANN, "do_not_contact"], [NAMELESS, "elsewhere"]]


def test_rows_of_other_people_do_not_name_them(firm):
    for person in (("candidate", AVERY), ("client", CASEY)):
        rows = timeline_data.rows(person)
        assert len(rows) > 3
        assert NAMELESS in rows[["candidate", "contact"]].to_numpy()
        assert told_of(rows.drop(columns="notes")) == []
    noted = timeline_data.rows(("client", CASEY))["notes"]
    assert noted.dropna().tolist() == []


def test_a_referral_of_them_names_nobody(firm):
    rows = timeline_data.rows(("candidate", AVERY))
    assert rows.loc[rows["activity"] == "referral", "notes"].isna().all()
    shown = referrals_data.nameless(referrals_data.named())
    assert shown["named"].tolist() == [NAMELESS]
    assert shown[["became", "became_on"]].isna().to_numpy().all()


def test_the_rows_of_a_dialog_name_nobody_of_them(firm):
    found = person_rows.found("client", CASEY)
    assert NAMELESS in found["candidate"].tolist()
    assert told_of(person_rows.shown(found)) == []


def test_who_left_early_among_the_touched_is_not_named(firm):
    found = touch_data.assignments()
    assert NAMELESS in found["candidate"].tolist()
    assert told_of(found) == []


def test_of_those_left_alone_the_name_is_the_whole_list(firm):
    assert sorted(touch_data.every_person(None, "alone")().columns) == ["party", "person"]
    assert [*touch_data.first_people(None, "alone", 10)] == ["party", "who"]


def test_a_declined_offer_of_theirs_is_counted_without_a_name(firm):
    found = declined_data.offers()
    assert found["candidate"].tolist() == [NAMELESS]
    assert told_of(found) == []
    assert found["consent"].tolist() == ["left alone"]


@pytest.mark.parametrize("measure", ["notes", "reason", "candidate_all", "client_all"])
def test_the_rows_behind_the_quality_of_contact_name_nobody_of_them(firm, measure):
    rows = contact_quality_data.rows(contact_quality_data.question(None), measure, lacking=False)
    assert len(rows)
    assert told_of(rows.drop(columns="notes", errors="ignore")) == []


def test_the_friday_names_nobody_of_them(firm):
    assert told_of(blitz_data.calls()) == []
    assert told_of(blitz_data.still_open()) == []
    every = blitz_data.reached()
    assert told_of(every) != []
    shown = blitz_weeks.listed(wishes.nameless(every))
    assert (len(shown), told_of(shown)) == (len(every), [])


def test_who_is_found_by_name_has_that_fact_beside_it(firm):
    found = timeline_data.found("quiet")
    assert found["alone"].all()


PAGES = {
    "follow_up/owed": {},
    "follow_up/friday": {},
    "follow_up/close_the_loop": {},
    "follow_up/touch": {},
    "follow_up/declined": {},
    "follow_up/contact_quality": {},
    "contractors/care": {"level": "All"},
    "contractors/support": {},
    "contractors/retention": {},
    "contractors/handoffs": {},
    "contractors/referrals": {},
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_no_more_of_them_than_that(firm, app, open_page, page):
    for name, value in PAGES[page].items():
        app.query_params[name] = value
    at = open_page(page)
    assert not at.exception
    lines = [line for line in _everything(at) if any(name in line for name in QUIET)]
    assert [line for line in lines if "do not contact" not in line.lower()] == []


def _everything(at) -> Iterator[str]:
    """What a page says, a line for each element and for each line of a table."""
    yield from said(at).split("\n")
    for table in at.dataframe:
        yield from (" ".join(map(str, row)) for row in table.value.to_numpy().tolist())
    for box in (*at.button, *at.expander, *at.multiselect, *at.selectbox):
        yield " ".join([box.label, *map(str, getattr(box, "options", []))])
