"""Nobody who asked to be left alone is told of on any page about people beyond that fact, whoever's page it is."""

from __future__ import annotations

import pandas as pd
import pytest
from quiet_firm import AVERY, CASEY, QUIET, UMA, YANN, ZOE, store_firm

from quality.wishes import NAMELESS
from ui import (
    blitz_data,
    blitz_weeks,
    clock,
    contact_quality_data,
    declined_data,
    desk_data,
    owed_data,
    person_rows,
    referrals_data,
    timeline_data,
    touch_data,
    wishes,
)


@pytest.fixture
def firm(history):
    store_firm(history)
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


def test_a_send_out_of_theirs_that_is_open_still_is_listed_without_a_name(firm):
    waiting = desk_data.waiting("Desk 01", 26)
    assert waiting["candidate"].tolist() == [NAMELESS]
    assert told_of(waiting) == []


def test_who_is_found_by_name_has_that_fact_beside_it(firm):
    found = timeline_data.found("quiet")
    assert found["alone"].all()
