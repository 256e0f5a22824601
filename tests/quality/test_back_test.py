"""What the levels of past days were worth: counted by eye, by what was known on each day only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from quality.assignments import assignments
from quality.back_test import HORIZONS, Followed, Lead, back_test
from quality.care import care
from quality.care_signals import SHIPPED
from quality.shares import share
from tests.quality.care_log import AS_OF, AVERY, BLAKE, started, told, touched
from tests.quality.small_logs import frame_of


def looked_at(engine, rows, **asked):
    return back_test(engine(frame_of(rows)), as_of=AS_OF, **asked)


def ago(days):
    return (AS_OF - timedelta(days=days)).isoformat()


def shares(found, horizon):
    """Level -> how many left early of how many."""
    (one,) = (one for one in found.followed if one.horizon == horizon)
    return {level: (part.count, part.of) for level, part in one.levels}


def met(who, first, last=0):
    """Somebody who hears from us every fortnight from so many days ago to so many days ago."""
    return [touched(ago(day), who) for day in range(first, last - 1, -14)]


def firm():
    """Two people who started 100 days ago: Avery says so a week before he quits 50 days ago, Blake stays.

    Looked at 90, 60 and 30 days ago; 60 days ago Avery had complained, and left ten days later.
    """
    return [
        started(ago(100), AVERY),
        *met(AVERY, 98, 52),
        told(ago(62), "social_complaint", AVERY),
        told(ago(50), "end", AVERY, outcome="quit"),
        started(ago(100), BLAKE),
        *met(BLAKE, 98),
    ]


def test_who_left_is_counted_on_the_level_of_the_day_before(engine):
    found = looked_at(engine, firm())
    assert shares(found, 30) == {"act": (1, 1), "watch": (0, 0), "calm": (0, 4)}
    assert shares(found, 60) == {"act": (1, 1), "watch": (0, 0), "calm": (0, 1)}
    assert [one.days for one in found.followed] == [3, 1]
    assert [one.left for one in found.followed] == [1, 1]


def test_only_what_was_known_on_a_day_counts_on_it(engine):
    late = [line for line in firm() if line["activity"] != "social_complaint"]
    after = told(ago(59), "social_complaint", AVERY)
    assert shares(looked_at(engine, [*late, after]), 30) == {"act": (0, 0), "watch": (0, 0), "calm": (1, 5)}
    resolved = [told(ago(70), "ticket_opened", AVERY, ref="T1"), told(ago(59), "ticket_resolved", AVERY, ref="T1")]
    assert shares(looked_at(engine, [*late, *resolved]), 30) == {"act": (0, 0), "watch": (1, 1), "calm": (0, 4)}


def test_an_extension_agreed_later_does_not_move_the_end_before(engine):
    begun = started(ago(100), planned_end=pd.Timestamp(ago(40)))
    longer = told(ago(45), "extension", planned_end=pd.Timestamp(ago(-300)))
    found = looked_at(engine, [begun, touched(ago(82)), longer]).rows.set_index("day")["level"]
    # 60 days ago: silent for 22 days (1 point) with the end 20 days away (1 point); its later move is not known yet.
    assert found.loc[40] == "watch"
    without_an_end = [{**begun, "planned_end": None}, touched(ago(82)), touched(ago(56))]
    assert looked_at(engine, without_an_end).rows.set_index("day")["level"].loc[70] == "calm"


def test_who_ended_as_planned_did_not_leave_early(engine):
    rows = [{**line, "outcome": "completed"} if line["activity"] == "end" else line for line in firm()]
    found = looked_at(engine, rows)
    assert shares(found, 30)["act"] == (0, 1)
    assert found.lead == Lead(0, 0, None)
    assert found.lead.words == "Nobody left early."


def test_the_warning_is_counted_from_the_first_flagged_day_to_the_end(engine):
    found = looked_at(engine, firm()).lead
    assert found == Lead(1, 1, 12.0)
    before = "1 of 1 who left early were on act or watch in the 60 days before"
    assert found.words == f"{before}, half of them 12 days ahead or more."


def test_who_left_without_a_sign_was_not_warned_of(engine):
    rows = [line for line in firm() if line["activity"] != "social_complaint"]
    found = looked_at(engine, rows).lead
    assert found == Lead(1, 0, None)
    assert found.words == "0 of 1 who left early were on act or watch in the 60 days before."


def test_the_rows_reconcile_with_every_number(engine):
    found = looked_at(engine, firm())
    for one in found.followed:
        own = found.rows[found.rows[f"left_{one.horizon}"].notna()]
        for level, part in one.levels:
            rows = own[own["level"] == level]
            assert (int(rows[f"left_{one.horizon}"].sum()), len(rows)) == (part.count, part.of)
    flagged = found.rows[found.rows["level"] == "act"].iloc[0]
    assert (flagged["contractor"], flagged["reasons"]) == (AVERY, ("Complaint in public on 22 Sep",))


def test_whom_nothing_may_be_told_of_is_counted_without_a_name(engine):
    found = looked_at(engine, [*firm(), told(ago(1), "do_not_contact", AVERY)])
    assert shares(found, 30) == shares(looked_at(engine, firm()), 30)
    own = found.rows[found.rows["level"] == "act"].iloc[0]
    assert (own["contractor"], own["reasons"]) == ("Do not contact", ())
    assert [name for name in ("client", "job", "day", "ended_on", "outcome") if pd.notna(own[name])] == []
    assert AVERY not in set(found.rows["contractor"])


def test_who_was_left_alone_on_a_day_had_no_level_then(engine):
    found = looked_at(engine, [*firm(), told(ago(61), "do_not_contact", AVERY)])
    assert shares(found, 30) == {"act": (0, 0), "watch": (0, 0), "calm": (0, 4)}


def test_without_assignments_there_is_nothing_to_tell(engine):
    found = looked_at(engine, [touched(ago(3))])
    assert found.rows.empty
    assert shares(found, 30) == {"act": (0, 0), "watch": (0, 0), "calm": (0, 0)}
    assert found.lead == Lead(0, 0, None)
    assert dict(found.lines)["Too few left early to compare"] == "0 within 30 days, 0 within 60 days; it takes 10"


def test_nobody_is_followed_beyond_today_and_no_day_counts_twice(engine):
    found = looked_at(engine, firm())
    for horizon in HORIZONS:
        asked = found.rows.loc[found.rows[f"left_{horizon}"].notna(), "asked"].drop_duplicates().sort_values()
        assert (asked + pd.Timedelta(days=horizon)).max() <= pd.Timestamp(AS_OF)
        assert (asked.diff().dropna() >= pd.Timedelta(days=horizon)).all()


def test_assignments_at_hand_give_the_same(engine):
    log = engine(frame_of(firm()))
    rows = assignments(log, as_of=AS_OF).rows
    at_hand = back_test(log, as_of=AS_OF, rows=rows)
    assert (at_hand.followed, at_hand.lead) == (looked_at(engine, firm()).followed, looked_at(engine, firm()).lead)


def test_the_weights_are_taken_as_if_they_had_always_held(engine):
    found = looked_at(engine, firm(), weights=replace(SHIPPED, watch=9.0, act=9.0))
    assert shares(found, 30) == {"act": (0, 0), "watch": (0, 0), "calm": (1, 5)}


# --- what is said ----------------------------------------------------------------------------------------------------


def followed(act, watch, calm, left=None):
    """A horizon of 30 days with these shares, each as (left, of)."""
    parts = {"act": share(*act), "watch": share(*watch), "calm": share(*calm)}
    count = act[0] + watch[0] + calm[0] if left is None else left
    return Followed(30, 12, count, tuple(parts.items()))


@pytest.mark.parametrize(
    ("found", "level", "said"),
    [
        (followed((9, 28), (7, 118), (16, 514)), "act", "10 times as often as calm"),
        (followed((9, 28), (7, 118), (16, 514)), "watch", "not clearly more often than calm"),
        (followed((9, 28), (0, 200), (60, 300)), "watch", "less often than calm: do not trust it"),
        (followed((9, 28), (9, 40), (0, 300)), "act", "more often than calm"),
    ],
)
def test_a_level_is_held_against_those_not_flagged(found, level, said):
    own = dict(found.levels)[level]
    assert found.said_of(level) == f"{own.count} of {own.of} within 30 days ({own.likely}), {said}"


def test_a_level_is_held_against_nothing_where_too_few_left_or_nobody_stood_there():
    few = followed((1, 3), (0, 0), (2, 60))
    assert few.said_of("act") == f"1 of 3 within 30 days ({share(1, 3).likely})"
    assert few.said_of("watch") == "nobody stood there within 30 days"
    assert followed((9, 28), (0, 0), (16, 514)).said_of("watch") == "nobody stood there within 30 days"
    calm = followed((9, 28), (7, 118), (16, 514)).said_of("calm")
    assert calm == f"16 of 514 within 30 days ({share(16, 514).likely})"


def test_each_level_has_a_line_and_the_warning_one_of_its_own(engine):
    lines = dict(looked_at(engine, firm()).lines)
    assert [*lines] == ["Act", "Watch", "Calm, not flagged", "Too few left early to compare", "Warning"]
    assert lines["Act"] == f"1 of 1 within 30 days ({share(1, 1).likely}); 1 of 1 within 60 days ({share(1, 1).likely})"
    assert lines["Too few left early to compare"] == "1 within 30 days, 1 within 60 days; it takes 10"
    assert lines["Warning"].startswith("1 of 1 who left early were on act or watch")


def test_a_lift_that_was_put_in_is_found_and_one_that_was_not_is_not():
    warned = frame_of(_many(lambda number: number % 4 == 0))
    found = back_test(warned, as_of=AS_OF)
    assert "calm" in found.followed[0].said_of("act")
    assert "not clearly more often than calm" not in found.followed[0].said_of("act")
    at_random = frame_of(_many(lambda number: number % 5 == 0, (195, 150, 105, 60)))
    assert back_test(at_random, as_of=AS_OF).followed[0].said_of("act").endswith("not clearly more often than calm")


def _many(has_complained, days=(125,)):
    """Eighty people who started 300 days ago; every fourth quits after 100 days; some complained on days before."""
    rows = []
    for number in range(80):
        who, leaves = f"{number:02d} Sample", number % 4 == 0
        rows += [started(ago(200), who), *met(who, 198, 100 if leaves else 0)]
        if has_complained(number):
            rows += [told(ago(day), "social_complaint", who) for day in days]
        if leaves:
            rows.append(told(ago(100), "end", who, outcome="quit"))
    return rows


def test_a_past_day_is_judged_as_it_would_have_been_then(engine):
    rows = firm()
    day = date.fromisoformat(ago(60))
    then = care(engine(frame_of(rows)), as_of=day).set_index("contractor")
    own = looked_at(engine, rows).rows
    own = own[own["asked"] == pd.Timestamp(day)].set_index("contractor")
    assert own["level"].to_dict() == then["level"].to_dict()
    assert own["reasons"].to_dict() == then["reasons"].to_dict()
