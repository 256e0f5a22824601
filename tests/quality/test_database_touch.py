from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.database_touch import DAYS, Kept, Known, people, reached
from quality.obligation_rules import BY_NAME
from quality.shares import share
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 11, 23)
KNOWN = Known(AS_OF, Kept())


def candidate(when, who, activity="touch", desk="Desk 01", **more):
    return row(when, desk, activity, candidate=who, **{"party": "candidate"} | more)


def contact(when, who, activity="touch", desk="Desk 01", **more):
    return row(when, desk, activity, contact=who, **{"party": "client", "client": "Example Metal Works"} | more)


#: Day 59 back is 25 September 2026, day 60 back the 24th.
ROWS = [
    candidate("2026-09-25 09:00", "Lately"),
    candidate("2026-09-24 23:00", "Silent"),
    candidate("2026-11-20 09:00", "By machine", channel="auto"),
    candidate("2026-11-20 09:00", "Attempt", "call_attempt"),
    candidate("2026-11-20 09:00", "Presented", "presentation", contact="Taylor Example"),
    candidate("2026-11-20 09:00", "Wants quiet"),
    candidate("2026-11-21 09:00", "Wants quiet", "do_not_contact"),
    candidate("2025-01-20 09:00", "Agreed again", "do_not_contact"),
    candidate("2025-02-20 09:00", "Agreed again", "contact_consent"),
    candidate("2027-02-20 09:00", "Later", "touch"),
    contact("2026-11-02 09:00", "Sage Example", "marketing_call"),
    contact("2026-01-02 09:00", "Noel Example", "marketing_call", desk="Desk 02"),
    row("2026-11-02 09:00", "Desk 01", "marketing_call", client="Example Metal Works"),
]


def names(found):
    return found["who"].tolist()


def test_everybody_is_in_one_group(engine):
    log = engine(frame_of(ROWS))
    held = {group: sorted(names(people(log, KNOWN, group))) for group in ("mailing", "touched", "waiting", "alone")}
    assert held == {
        "mailing": ["Agreed again", "Attempt", "Noel Example", "Presented", "Silent"],
        "touched": ["By machine", "Lately", "Sage Example", "Taylor Example"],
        "waiting": [],
        "alone": ["Wants quiet"],
    }


def test_coverage_counts_those_who_may_be_contacted(engine):
    candidates, contacts = reached(engine(frame_of(ROWS)), KNOWN)
    assert candidates.touched == share(2, 6)
    assert candidates.groups == {"mailing": 4, "touched": 2, "waiting": 0, "alone": 1}
    assert (candidates.silent, candidates.never) == (4, 3)
    assert contacts.touched == share(2, 3)
    assert (contacts.silent, contacts.never) == (1, 0)


def test_those_silent_the_longest_come_first_and_a_limit_keeps_them(engine):
    log = engine(frame_of(ROWS))
    found = people(log, KNOWN)
    assert names(found) == ["Agreed again", "Attempt", "Presented", "Noel Example", "Silent"]
    assert found["party"].tolist() == ["candidate", "candidate", "candidate", "client", "candidate"]
    assert found["last_contact_at"].isna().tolist() == [True, True, True, False, False]
    assert found["last_contact_at"].iloc[-1] == pd.Timestamp("2026-09-24 23:00")
    assert names(people(log, KNOWN, limit=2)) == ["Agreed again", "Attempt"]


def test_nobody_is_on_the_list_who_was_said_to_be_left_alone_or_waits_for_a_call(engine):
    kept = Kept(alone=[("candidate", "Silent")], waiting=[("candidate", "Attempt"), ("client", "Presented")])
    log = engine(frame_of(ROWS))
    assert names(people(log, Known(AS_OF, kept))) == ["Agreed again", "Presented", "Noel Example"]
    candidates, _ = reached(log, Known(AS_OF, kept))
    assert candidates.groups == {"mailing": 2, "touched": 2, "waiting": 1, "alone": 2}
    assert candidates.touched == share(2, 5)


def test_people_of_a_desk_are_those_it_ever_named_whoever_touched_them(engine):
    rows = [*ROWS, candidate("2025-03-02 09:00", "Lately", "resume_received", desk="Desk 02")]
    candidates, contacts = reached(engine(frame_of(rows)), Known(AS_OF, Kept(), ["Desk 02"]))
    assert (candidates.touched, contacts.touched) == (share(1, 1), share(0, 1))
    nobody, none = reached(engine(frame_of(rows)), Known(AS_OF, Kept(), ["Desk 09"]))
    assert (nobody.touched, none.touched) == (share(0, 0), share(0, 0))


def test_one_name_on_both_sides_is_two_people(engine):
    rows = [candidate("2026-11-20 09:00", "Avery Sample"), contact("2026-01-20 09:00", "Avery Sample")]
    candidates, contacts = reached(engine(frame_of(rows)), KNOWN)
    assert (candidates.touched, contacts.touched) == (share(1, 1), share(0, 1))


@pytest.mark.parametrize(("as_of", "group"), [(date(2026, 11, 20), "touched"), (date(2026, 11, 21), "alone")])
def test_what_came_later_was_not_known(engine, as_of, group):
    found = people(engine(frame_of(ROWS)), Known(as_of, Kept()), group)
    assert "Wants quiet" in names(found)


def test_a_wish_of_the_client_is_not_that_of_the_candidate_named_beside_it(engine):
    rows = [
        candidate("2026-11-20 09:00", "Avery Sample"),
        contact("2026-11-21 09:00", "Sage Example", "do_not_contact", candidate="Avery Sample"),
    ]
    log = engine(frame_of(rows))
    assert names(people(log, KNOWN, "touched")) == ["Avery Sample"]
    assert names(people(log, KNOWN, "alone")) == ["Sage Example"]


def test_ten_thousand_who_wait_are_left_out(engine):
    waiting = [("candidate", f"Sample {number}") for number in range(10_000)]
    rows = [candidate("2026-01-01 09:00", name) for _, name in waiting[:3]]
    rows += [candidate("2026-01-01 09:00", "Avery Sample")]
    log = engine(frame_of(rows))
    assert names(people(log, Known(AS_OF, Kept(waiting=waiting)))) == ["Avery Sample"]


def test_an_empty_log_knows_nobody(engine):
    log = engine(frame_of([]))
    assert [one.touched for one in reached(log, KNOWN)] == [share(0, 0), share(0, 0)]
    assert people(log, KNOWN).empty


def test_the_database_touch_is_no_rule_so_it_is_never_owed():
    assert not [name for name, rule in BY_NAME.items() if "database" in name or rule.number == DAYS]
