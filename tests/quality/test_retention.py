"""How long assignments last: tiny hand-made firms with exact answers, open ones included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quality.assignments import assignments
from quality.retention import (
    FEWEST,
    are_apart,
    beside_curve,
    curve,
    drawn,
    ended_by,
    ended_early,
    ends,
    grouped,
    incidence,
    never_started,
    per_assignment,
    point,
    quarter,
    turn,
    watched,
    worst_first,
)
from quality.shares import share
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 6, 30)


def stay(number, start, days=None, outcome="completed", planned=None, **more):
    """A start on ``start`` (month-day) and, unless it runs, the end so many days later."""
    about = {"candidate": f"Candidate {number:02d}", "client": "Example Works", "job": f"Job {number}"} | more
    first = date.fromisoformat(f"2026-{start}")
    plan = frame_day(first + timedelta(days=planned)) if planned is not None else None
    desk = about.pop("desk", "Desk 01")
    rows = [row(f"{first} 09:00", desk, "start", planned_end=plan, **about)]
    if days is not None:
        rows.append(row(f"{first + timedelta(days=days)} 17:00", desk, "end", outcome=outcome, **about))
    return rows


def frame_day(day):
    return f"{day}T00:00"


def rows_of(*stays, as_of=AS_OF):
    return assignments(frame_of([one for own in stays for one in own]), as_of=as_of).rows


def seen(*stays, as_of=AS_OF):
    return watched(rows_of(*stays, as_of=as_of), as_of)


#: Four: left on day 10, completed on day 20, left on day 30, runs since 31 days.
FOUR = (
    stay(1, "03-02", 10, "quit"),
    stay(2, "03-02", 20, "completed"),
    stay(3, "03-02", 30, "terminated"),
    stay(4, "05-30"),
)


# --- the curve -------------------------------------------------------------------------------------------------------


def test_only_early_ends_bend_the_curve(engine):
    frame = engine(frame_of([one for own in FOUR for one in own]))
    found = watched(assignments(frame, as_of=AS_OF).rows, AS_OF)
    steps = curve(found)
    assert steps[["day", "survival", "at_risk", "events"]].to_numpy().tolist() == [[10, 0.75, 4, 1], [30, 0.375, 2, 1]]


def test_completed_and_converted_ones_are_neither_lost_nor_kept():
    found = seen(stay(1, "03-02", 10, "quit"), stay(2, "03-02", 5, "converted"), stay(3, "03-02", 5, "completed"))
    assert curve(found)[["day", "survival", "at_risk"]].to_numpy().tolist() == [[10, 0.0, 1]]


def test_a_planned_end_that_passed_is_the_last_day_it_was_seen():
    found = seen(stay(1, "03-02", planned=30), stay(2, "06-20", planned=60))
    assert found["time"].tolist() == [30, 10]
    assert found["cause"].tolist() == [None, None]


def test_who_has_a_first_day_on_record_and_never_came_is_in_no_curve():
    quits = stay(3, "03-02", 3, "quit")
    rows = rows_of(stay(1, "03-02", 0, "never_started"), stay(2, "03-02", 5), quits)
    found = watched(rows, AS_OF)
    assert found["candidate"].tolist() == ["Candidate 02", "Candidate 03"]
    assert curve(found)[["day", "survival", "at_risk", "events"]].to_numpy().tolist() == [[3, 0.5, 2, 1]]
    assert ended_by(found, 45)[["reason", "count"]].to_numpy().tolist() == [["quit", 1], ["completed", 1]]
    assert never_started(rows, date(2026, 3, 2), AS_OF)["candidate"].tolist() == ["Candidate 01"]
    assert ended_early(rows) == {"quit": 1, "terminated": 0, "never_started": 1}
    assert per_assignment(ends(rows, None, AS_OF))["never_started"] == share(1, 3)


def test_who_never_started_is_counted_beside_the_curve():
    told = [
        row("2026-03-02 09:00", "Desk 01", "end", candidate="Zoë", job="Job 9", outcome="never_started"),
        row("2025-03-02 09:00", "Desk 01", "end", candidate="Eden", job="Job 8", outcome="never_started"),
        row("2026-03-02 09:00", "Desk 01", "end", candidate="Kit", job="Job 7", outcome="quit"),
    ]
    rows = rows_of(told, stay(1, "03-02", 0, "never_started"), stay(2, "03-02", 5))
    assert never_started(rows, date(2026, 1, 1), AS_OF)["candidate"].tolist() == [
        "Candidate 01",
        "Zoë",
    ]
    assert len(never_started(rows, None, AS_OF)) == 3
    assert watched(rows, AS_OF)["candidate"].tolist() == ["Candidate 02"]
    assert beside_curve(4, 1) == f"1 more never started, {share(1, 5).words}, and is in no curve"
    assert beside_curve(217, 7) == f"7 more never started, {share(7, 224).words}, and are in no curve"
    assert beside_curve(4, 0) == ""


def test_one_without_a_start_is_in_no_curve():
    rows = rows_of([row("2026-03-02 09:00", "Desk 01", "end", candidate="Avery", outcome="quit")])
    assert watched(rows, AS_OF).empty
    assert point(watched(rows, AS_OF), 45).survival is None


def test_a_point_says_how_many_were_seen_so_long():
    one = point(seen(*FOUR), 15)
    assert (one.survival, one.at_risk, one.events, one.of) == (0.75, 3, 1, 4)
    assert one.is_thin
    assert one.likely.startswith("likely ")
    assert not point(seen(*(stay(number, "03-02", 60) for number in range(FEWEST))), 45).is_thin


def test_nothing_is_said_of_a_day_that_nobody_reached():
    one = point(seen(stay(1, "06-20")), 45)
    assert (one.survival, one.low, one.high, one.at_risk, one.likely) == (None, None, None, 0, "")
    assert one.is_thin


# --- the drawing -----------------------------------------------------------------------------------------------------


def test_the_curve_is_drawn_as_far_as_enough_were_seen():
    lasted = [stay(number, "03-02", 20 + number) for number in range(FEWEST)]
    shown = drawn(seen(*lasted, stay(90, "03-02", 10, "quit"), stay(91, "03-02", 25, "quit")))
    assert shown[["day", "at_risk", "events"]].to_numpy().tolist() == [[0, 12, 0], [10, 12, 1], [21, 10, 0]]
    assert shown["survival"].round(4).tolist() == [1.0, 0.9167, 0.9167]
    assert shown.loc[1, ["low", "high"]].tolist() == shown.loc[2, ["low", "high"]].tolist()


def test_with_too_few_assignments_no_curve_is_drawn():
    assert drawn(seen(*(stay(number, "03-02", 60) for number in range(FEWEST - 1)))).empty
    assert drawn(seen()).empty


# --- groups ----------------------------------------------------------------------------------------------------------


def test_groups_are_desks_clients_and_quarters_of_the_start():
    found = seen(
        stay(1, "03-31", 5, desk="Desk 02"),
        stay(2, "04-01", 5, client=None),
        stay(3, "06-30", client="Example Labs"),
    )
    sizes = {by: {name: len(own) for name, own in grouped(found, by).items()} for by in ("desk", "client", "cohort")}
    assert sizes == {
        "desk": {"Desk 01": 2, "Desk 02": 1},
        "client": {"(not on record)": 1, "Example Labs": 1, "Example Works": 1},
        "cohort": {"2026 Q1": 1, "2026 Q2": 2},
    }


# --- what ends them --------------------------------------------------------------------------------------------------


def test_reasons_compete_and_add_up_with_those_who_are_there():
    found = seen(*FOUR)
    steps = incidence(found)
    last = steps.drop_duplicates("cause", keep="last").set_index("cause")["incidence"]
    assert last.round(6).to_dict() == {"completed": 0.25, "quit": 0.25, "terminated": 0.25}
    assert ended_by(found, 20)[["reason", "count", "incidence"]].to_numpy().tolist() == [
        ["quit", 1, 0.25],
        ["terminated", 0, 0.0],
        ["completed", 1, 0.25],
    ]


def test_an_end_without_a_reason_is_other_and_not_early():
    found = seen(stay(1, "03-02", 10, None), stay(2, "03-02", 10, "something else"))
    assert found["cause"].tolist() == ["other", "other"]
    assert not found["left"].any()


def test_shares_per_assignment_count_those_that_ended_in_the_time():
    rows = rows_of(
        *FOUR,
        [row("2026-03-02 09:00", "Desk 01", "end", candidate="Zoë", job="Job 9", outcome="never_started")],
        stay(5, "01-05", 10, "quit"),
    )
    found = ends(rows, date(2026, 3, 1), AS_OF)
    assert sorted(found["outcome"]) == ["completed", "never_started", "quit", "terminated"]
    assert dict(per_assignment(found)) == {name: share(1, 4) for name in ("quit", "terminated", "never_started")}
    assert len(ends(rows, None, date(2026, 3, 22))) == 4
    assert dict(per_assignment(rows.head(0)))["quit"].words == "nothing yet"


def test_early_ends_are_counted_by_reason_all_of_them():
    rows = rows_of(*FOUR, [row("2026-03-02 09:00", "Desk 01", "end", candidate="Zoë", outcome="never_started")])
    assert ended_early(rows) == {"quit": 1, "terminated": 1, "never_started": 1}
    assert ended_early(rows.head(0)) == {"quit": 0, "terminated": 0, "never_started": 0}


@pytest.mark.parametrize(("as_of", "survival"), [(date(2026, 3, 11), 1.0), (date(2026, 3, 12), 0.75)])
def test_the_curve_knows_nothing_of_later_days(as_of, survival):
    four = [*FOUR[:3], stay(4, "03-02", 80)]
    assert point(seen(*four, as_of=as_of), 9 if survival == 1 else 10).survival == survival


def test_where_all_have_left_nobody_lasts_however_few_were_seen():
    found = seen(stay(1, "03-02", 10, "quit"))
    assert point(found, 45).survival == 0.0
    few = point(found, 45, FEWEST)
    assert (few.survival, few.at_risk, few.events, few.of) == (None, 0, 1, 1)


def test_the_clients_with_the_most_assignments_come_first():
    found = seen(stay(1, "03-31", 5, client="A"), stay(2, "03-31", 5, client="B"), stay(3, "03-31", 5, client="B"))
    assert list(grouped(found, "client")) == ["B", "A"]


def many(first, count, early, start="03-02", **more):
    """So many from a number on, each seen for 60 days; the first so many quit on day 20."""
    lasted = [(20, "quit")] * early + [(60, "completed")] * (count - early)
    return [stay(number, start, *how, **more) for number, how in enumerate(lasted, first)]


def test_the_worst_client_of_which_something_can_be_said_stands_first_then_the_most_early_ends():
    found = seen(
        *many(1, 12, 1, client="Fine"),
        *many(21, 12, 2, client="Worst"),
        *many(41, 3, 1, client="Few"),
        *many(51, 3, 3, client="Few, all left"),
        *many(61, 2, 1, client="Of two"),
        *many(71, 3, 1, client="Also few"),
    )
    order = ["Worst", "Fine", "Few, all left", "Of two", "Also few", "Few"]
    assert list(worst_first(grouped(found, "client"))) == order


def test_the_last_two_quarters_that_are_over_are_told_and_whether_their_ranges_meet():
    july = date(2026, 7, 1)
    (before, earlier), (last, later) = turn(seen(*many(1, 40, 2, "01-05"), *many(51, 40, 20, "04-06")), july)
    assert (before, earlier.survival, last, later.survival) == ("2026 Q1", 0.95, "2026 Q2", 0.5)
    assert are_apart(earlier, later)
    assert are_apart(later, earlier)
    (_, earlier), (_, later) = turn(seen(*many(1, 40, 2, "01-05"), *many(51, 40, 3, "04-06")), july)
    assert not are_apart(earlier, later)


def test_a_quarter_that_runs_or_of_which_nothing_can_be_said_is_compared_with_none():
    two = seen(*many(1, 40, 2, "01-05"), *many(51, 40, 20, "04-06"))
    assert turn(two, date(2026, 6, 30)) is None
    assert turn(seen(*many(1, 40, 2, "01-05"), *many(51, 5, 5, "04-06")), date(2026, 7, 1)) is None


@pytest.mark.parametrize(("day", "name"), [("01-01", "Q1"), ("03-31", "Q1"), ("04-01", "Q2"), ("12-31", "Q4")])
def test_every_day_lies_in_a_quarter(day, name):
    assert quarter(date.fromisoformat(f"2026-{day}")) == f"2026 {name}"
