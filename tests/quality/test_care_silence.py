"""Silence is a sign only where contacts with people on assignment are recorded; else nothing is known."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pandas as pd
import pytest

from quality.assignments import assignments
from quality.back_test import back_test
from quality.care import care
from quality.care_silence import OF_A_SEARCH, RECORDED, not_judged
from quality.obligation_forms import CONTACTS
from tests.quality.care_log import AS_OF, AVERY, BLAKE, started, told, touched
from tests.quality.small_logs import frame_of


def people(engine, rows, as_of=AS_OF):
    return care(engine(frame_of(rows)), as_of=as_of)


def of_avery(engine, rows, as_of=AS_OF):
    found = people(engine, rows, as_of).set_index("contractor").loc[AVERY]
    return found["level"], found["points"], found["reasons"]


def ago(days):
    return (AS_OF - timedelta(days=days)).isoformat()


#: Placements and a ticket, as three files without a contact have them.
PLACED = [started("2026-05-07"), started("2026-05-07", BLAKE), told("2026-05-08", "referral")]
NEVER = "No file holds contacts of the past year with contractors on assignment, so silence is not judged."


def test_where_no_file_holds_contacts_nobody_is_silent(engine):
    found = people(engine, PLACED)
    assert found["level"].tolist() == ["calm", "calm"]
    assert found["points"].tolist() == [0.0, 0.0]
    assert found["reasons"].tolist() == [(), ()]
    assert found["silent"].isna().all()
    assert found["recorded_on"].isna().all()
    assert not_judged(found, AS_OF) == NEVER


def test_one_contact_with_anybody_on_assignment_makes_the_silence_of_others_a_sign(engine):
    rows = [*PLACED, touched(ago(3), BLAKE)]
    assert of_avery(engine, rows) == ("watch", 2.0, ("No contact since the start 200 days ago",))
    found = people(engine, rows)
    assert set(found["recorded_on"]) == {pd.Timestamp(ago(3))}
    assert not_judged(found, AS_OF) == ""


@pytest.mark.parametrize(("days", "points"), [(RECORDED - 1, 2.0), (RECORDED, 2.0), (RECORDED + 1, 0.0)])
def test_contacts_of_the_last_ninety_days_tell_that_they_are_recorded(engine, days, points):
    assert of_avery(engine, [*PLACED, touched(ago(days), BLAKE)])[1] == points


def test_contacts_that_stopped_are_told_with_their_last_day(engine):
    rows = [*PLACED, touched("2026-08-25", BLAKE)]
    assert not_judged(people(engine, rows), AS_OF) == ""
    later = date(2026, 11, 24)
    assert not_judged(people(engine, rows, later), later) == (
        "The last contact on record with a contractor on assignment is of 25 Aug 2026, 91 days ago, so silence is not "
        "judged."
    )
    assert of_avery(engine, rows, later) == ("calm", 0.0, ())


@pytest.mark.parametrize(
    "row",
    [
        touched("2026-05-06", BLAKE),
        touched(ago(3), "Casey Sample"),
        touched(ago(3), BLAKE, party="client"),
        told(ago(3), "touch", BLAKE, channel="auto"),
        told(ago(3), "survey", BLAKE, score=9),
        told(ago(3), "call_attempt", BLAKE),
        *[told(ago(3), activity, BLAKE) for activity in OF_A_SEARCH],
    ],
)
def test_what_is_no_contact_with_somebody_on_assignment_records_nothing(engine, row):
    assert of_avery(engine, [*PLACED, row]) == ("calm", 0.0, ())


def test_a_contact_with_somebody_who_has_left_since_counts_up_to_the_last_day(engine):
    gone = [told("2026-11-10", "end", BLAKE, outcome="completed")]
    assert of_avery(engine, [*PLACED, *gone, touched("2026-11-10", BLAKE)])[1] == 2.0
    assert of_avery(engine, [*PLACED, *gone, touched("2026-11-11", BLAKE)])[1] == 0.0


def test_that_nobody_spoke_to_somebody_is_said_only_where_contacts_are_recorded(engine):
    rows = [*PLACED, told(ago(3), "complaint")]

    def spoken(*more):
        return people(engine, [*rows, *more]).set_index("contractor")["spoken"].astype(object)[AVERY]

    assert pd.isna(spoken())
    assert [spoken(touched(ago(20), BLAKE)), spoken(touched(ago(2)))] == [False, True]


def test_who_was_spoken_to_since_an_old_sign_was_even_where_contacts_stopped(engine):
    rows = [*PLACED, told("2026-06-01", "ticket_opened", ref="T1"), touched("2026-06-10")]
    found = people(engine, rows).set_index("contractor").loc[AVERY]
    assert (found["spoken"], found["reasons"]) == (True, ("Ticket T1 open for 175 days",))


def test_each_past_day_is_judged_by_the_contacts_recorded_by_then(engine):
    """Silence is known from the first contact, 200 days ago, to the ninetieth day after the last, 190 days ago."""
    rows = [started(ago(330)), started(ago(330), BLAKE), touched(ago(200), BLAKE), touched(ago(190), BLAKE)]
    found = back_test(engine(frame_of(rows)), as_of=AS_OF).rows
    own = found[found["contractor"] == AVERY]
    days = (pd.Timestamp(AS_OF) - own["asked"]).dt.days
    assert days[own["reasons"].map(len) > 0].tolist() == [120, 150, 180]
    for back in (120, 150, 180, 210):
        then = people(engine, rows, AS_OF - timedelta(days=back)).set_index("contractor").loc[AVERY]
        assert then["reasons"] == own.loc[days == back, "reasons"].iloc[0]


# --- counted slowly --------------------------------------------------------------------------------------------------

KINDS = ("touch", "conversation", "interview", "survey", "end", "start")


def drawn(seed):
    """Four people with a few rows each over a year and a half, most of them long ago."""
    random = Random(seed)
    rows = [started(ago(random.randrange(100, 500)), f"{number} Sample") for number in range(4)]
    for _ in range(random.randrange(12)):
        who, back = f"{random.randrange(4)} Sample", random.randrange(500)
        rows.append(told(ago(back), random.choice(KINDS), who, score=9.0, outcome="completed"))
    return rows


def slowly(rows, day):
    """The last day by ``day``, of the year before it, on which one by one somebody on assignment was in contact."""
    spells = assignments(frame_of(rows), as_of=AS_OF).rows.to_dict("records")
    first, found = pd.Timestamp(day - timedelta(days=365)), []
    for row in rows:
        at = pd.Timestamp(row["occurred_at"]).normalize()
        if row["activity"] not in CONTACTS or row["activity"] in OF_A_SEARCH or not first <= at <= pd.Timestamp(day):
            continue
        for one in spells:
            begun = one["started_on"] <= at and (pd.isna(one["ended_on"]) or at <= one["ended_on"])
            found += [at] * (one["candidate"] == row["candidate"] and begun)
    return max(found, default=pd.NaT)


@pytest.mark.parametrize("seed", range(20))
def test_the_last_recorded_day_is_that_of_a_count_row_by_row(seed):
    rows = drawn(seed)
    log, last = frame_of(rows), slowly(rows, AS_OF)
    found = care(log, as_of=AS_OF)
    is_known = pd.notna(last) and (pd.Timestamp(AS_OF) - last).days <= RECORDED
    assert all(day == last or (pd.isna(day) and pd.isna(last)) for day in found["recorded_on"])
    assert all(bool(pd.notna(silent)) == is_known for silent in found["silent"])
