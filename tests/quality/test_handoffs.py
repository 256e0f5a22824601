"""Hand-offs that were due on each route: made in time, late, missing, or with time left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from quality.handoffs import (
    COLUMNS,
    RULE,
    account_to_care,
    back_to_care,
    gone,
    holder,
    last_move,
    moves,
    stand_ins,
    to_care,
    to_support,
)
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import obligations
from quality.support import tickets
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

#: A Monday.
TODAY = date(2026, 11, 23)
AVERY = "Avery Sample"
ROSTER = pd.DataFrame(
    {
        "desk": ["Desk 01", "Desk 02", "Desk 08", "Desk 08", "Desk 09"],
        "team": None,
        "role": ["recruiter", "account_executive", "contractor care", "support", "support"],
        "starts_on": pd.to_datetime([None, None, None, "2026-11-16", None]),
        "ends_on": pd.to_datetime([None, None, "2026-11-15", None, None]),
    }
)


def start(when: str, candidate: str = AVERY, **more: Any) -> dict[str, Any]:
    fields = {"candidate": candidate, "client": "Example Works", "job": "Welder", **more}
    return row(when, "Desk 01", "start", **fields)


def handed(when: str, desk: str = "Desk 01", to: str = "Desk 08", **more: Any) -> dict[str, Any]:
    fields = {"party": "candidate", "candidate": AVERY, "client": "Example Works", "job": "Welder", **more}
    return row(when, desk, "handoff", assignee=to, **fields)


def ticket(when: str, activity: str = "ticket_opened", ref: str = "T1", **more: Any) -> dict[str, Any]:
    fields = {"party": "candidate", "candidate": AVERY, "client": "Example Works", "ref": ref, **more}
    return row(when, "Desk 01", activity, **fields)


def order(desk: str = "Desk 02") -> dict[str, Any]:
    return row("2026-10-01 09:00", desk, "contract", client="Example Works", job="Welder", party="client")


def starts(log: Any) -> pd.DataFrame:
    owed = obligations(log, as_of=TODAY, rules=[BY_NAME[RULE]], roster=ROSTER)
    return to_care(owed, moves(log, as_of=TODAY, roster=ROSTER))


def told(frame: pd.DataFrame, *names: str) -> list[list[Any]]:
    return frame.astype(object).where(frame.notna(), None)[list(names)].to_numpy().tolist()


def test_every_hand_off_row_is_a_move_between_sides(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                handed("2026-11-05 09:00", "Desk 08", "Desk 09"),
                handed("2026-11-02 09:00"),
                handed("2026-11-06 09:00", "Desk 02", "Somebody", party="client", candidate=None),
                handed("2026-11-24 09:00"),
            ]
        )
    )
    found = moves(log, as_of=TODAY, roster=ROSTER)
    assert told(found, "from_side", "to_side", "who") == [
        ["recruiting", "care", AVERY],
        ["care", "support", AVERY],
        ["accounts", "not_said", "Example Works"],
    ]


def test_starts_are_handed_to_care_in_time_late_not_at_all_or_not_yet(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                start("2026-11-02 08:00"),
                handed("2026-11-09 17:00"),
                start("2026-11-02 08:00", "Blake Sample"),
                handed("2026-11-10 09:00", candidate="Blake Sample"),
                start("2026-11-03 08:00", "Casey Sample"),
                start("2026-11-20 08:00", "Drew Sample"),
            ]
        )
    )
    found = starts(log)
    assert tuple(found.columns) == COLUMNS
    assert told(found, "who", "status", "assignee", "over") == [
        [AVERY, "kept", "Desk 08", False],
        ["Blake Sample", "late", "Desk 08", False],
        ["Casey Sample", "overdue", None, False],
        ["Drew Sample", "open", None, False],
    ]


def test_a_hand_off_to_support_is_none_to_care(engine: Engine) -> None:
    rows = [start("2026-11-02 08:00"), handed("2026-11-04 09:00", "Desk 01", "Desk 09")]
    shown = ("status", "assignee", "done_by")
    assert told(starts(engine(frame_of(rows))), *shown) == [["overdue", None, None]]
    in_time = [*rows, handed("2026-11-09 17:00")]
    assert told(starts(engine(frame_of(in_time))), *shown) == [["kept", "Desk 08", "row 0002"]]
    late = [*rows, handed("2026-11-10 09:00")]
    assert told(starts(engine(frame_of(late))), *shown) == [["late", "Desk 08", "row 0002"]]
    before = [*rows, start("2026-11-20 08:00", "Blake Sample")]
    assert told(starts(engine(frame_of(before))), "who", "status") == [[AVERY, "overdue"], ["Blake Sample", "open"]]


def test_what_support_gives_back_or_is_about_a_ticket_is_no_hand_off_after_the_start(engine: Engine) -> None:
    back = handed("2026-11-04 09:00", "Desk 09", "Desk 08")
    of_ticket = handed("2026-11-05 09:00", ref="T1")
    rows = [start("2026-11-02 08:00"), back, of_ticket]
    shown = ("status", "owed_by", "made_by", "done_by")
    assert told(starts(engine(frame_of(rows))), *shown) == [["overdue", "Desk 01", None, None]]
    assert accounts(engine(frame_of([order("Desk 09"), *rows[:2]]))) == [["Desk 09", "overdue", None, None]]
    assert accounts(engine(frame_of([order("Desk 01"), *rows]))) == []


def test_who_owes_a_hand_off_and_who_made_it_are_told_apart(engine: Engine) -> None:
    rows = [start("2026-11-02 08:00"), handed("2026-11-10 09:00", "Desk 02")]
    shown = ("status", "desk", "owed_by", "made_by", "assignee")
    assert told(starts(engine(frame_of(rows))), *shown) == [["late", "Desk 01", "Desk 01", "Desk 02", "Desk 08"]]


def test_what_was_never_handed_over_is_over_once_the_assignment_has_ended(engine: Engine) -> None:
    rows = [start("2026-11-02 08:00"), row("2026-11-18 17:00", "Desk 01", "end", candidate=AVERY, job="Welder")]
    found = starts(engine(frame_of(rows)))
    assert told(found, "status", "over") == [["overdue", True]]


def accounts(log: Any) -> list[list[Any]]:
    made = moves(log, as_of=TODAY, roster=ROSTER)
    return told(account_to_care(starts(log), made, log, as_of=TODAY), "desk", "status", "assignee", "done_by")


def test_the_desk_that_won_the_order_hands_over_too(engine: Engine) -> None:
    rows = [order(), start("2026-11-02 08:00"), handed("2026-11-03 09:00")]
    assert accounts(engine(frame_of(rows))) == [["Desk 02", "overdue", None, None]]
    made = handed("2026-11-06 09:00", "Desk 02")
    assert accounts(engine(frame_of([*rows, made]))) == [["Desk 02", "kept", "Desk 08", "row 0003"]]
    late = handed("2026-11-10 09:00", "Desk 02")
    assert accounts(engine(frame_of([*rows, late]))) == [["Desk 02", "late", "Desk 08", "row 0003"]]


def test_a_client_that_was_handed_over_before_is_handed_over(engine: Engine) -> None:
    client = handed("2026-05-04 09:00", "Desk 02", party="client", candidate=None, job=None)
    rows = [order(), start("2026-11-02 08:00"), client]
    assert accounts(engine(frame_of(rows))) == [["Desk 02", "kept", "Desk 08", "row 0002"]]
    other = client | {"job": "Fitter"}
    assert accounts(engine(frame_of([*rows[:2], other]))) == [["Desk 02", "overdue", None, None]]


def test_an_earlier_assignment_of_the_contractor_is_not_handed_over_again(engine: Engine) -> None:
    rows = [order(), start("2026-11-02 08:00"), handed("2026-05-04 09:00", "Desk 02")]
    assert accounts(engine(frame_of(rows))) == [["Desk 02", "overdue", None, None]]


def test_whoever_won_the_order_and_started_the_contractor_hands_over_once(engine: Engine) -> None:
    assert accounts(engine(frame_of([order("Desk 01"), start("2026-11-02 08:00")]))) == []


def supported(log: Any) -> list[list[Any]]:
    held = tickets(log, as_of=TODAY, rules=RULES).rows
    made = moves(log, as_of=TODAY, roster=ROSTER)
    found = to_support(held, made, as_of=TODAY, roster=ROSTER)
    return told(found, "status", "assignee", "done_by", "over")


def test_support_has_a_ticket_as_its_owner_or_by_a_hand_off(engine: Engine) -> None:
    owned = ticket("2026-11-02 09:00", assignee="Desk 09")
    assert supported(engine(frame_of([owned]))) == [["kept", "Desk 09", "row 0000", False]]
    rows = [ticket("2026-11-02 09:00", assignee="Desk 08"), handed("2026-11-04 09:00", "Desk 08", "Desk 09")]
    assert supported(engine(frame_of(rows))) == [["kept", "Desk 09", "row 0001", False]]
    late = handed("2026-11-05 09:00", "Desk 08", "Desk 09", ref="T1")
    assert supported(engine(frame_of([rows[0], late]))) == [["late", "Desk 09", "row 0001", False]]


def test_whoever_resolves_a_ticket_did_not_have_it_from_the_start(engine: Engine) -> None:
    first = ticket("2026-11-02 09:00", assignee="Desk 08")
    solved = ticket("2026-11-06 09:00", "ticket_resolved", assignee="Desk 09")
    assert supported(engine(frame_of([first, solved]))) == [["late", "Desk 09", "row 0001", True]]
    handed_over = handed("2026-11-03 09:00", "Desk 08", "Desk 09", ref="T1")
    assert supported(engine(frame_of([first, handed_over, solved]))) == [["kept", "Desk 09", "row 0001", True]]
    by_care = ticket("2026-11-06 09:00", "ticket_resolved", assignee="Desk 08")
    assert supported(engine(frame_of([first, by_care]))) == [["overdue", None, None, True]]
    not_said = ticket("2026-11-02 09:00")
    assert supported(engine(frame_of([not_said, solved]))) == [["kept", "Desk 09", "row 0000", True]]


def test_a_ticket_nobody_of_support_has_is_missing_and_over_once_it_is_resolved_late(engine: Engine) -> None:
    rows = [ticket("2026-11-02 09:00")]
    assert supported(engine(frame_of(rows))) == [["overdue", None, None, False]]
    done = ticket("2026-11-05 09:00", "ticket_resolved")
    assert supported(engine(frame_of([*rows, done]))) == [["overdue", None, None, True]]
    other = handed("2026-11-03 09:00", "Desk 08", "Desk 09", ref="T2")
    assert supported(engine(frame_of([*rows, other]))) == [["overdue", None, None, False]]


def test_a_ticket_that_care_resolves_by_the_day_it_is_due_is_called_off(engine: Engine) -> None:
    rows = [
        ticket("2026-11-02 09:00", assignee="Desk 08"),
        ticket("2026-11-04 23:00", "ticket_resolved", assignee="Desk 08"),
    ]
    assert supported(engine(frame_of(rows))) == [["waived", None, None, True]]
    # Handed to support afterwards, about something else: that ticket was resolved already.
    later = handed("2026-11-10 09:00", "Desk 08", "Desk 09")
    assert supported(engine(frame_of([*rows, later]))) == [["waived", None, None, True]]
    still_time = [
        ticket("2026-11-20 09:00", assignee="Desk 02"),
        ticket("2026-11-20 10:00", "ticket_resolved", assignee="Desk 02"),
    ]
    assert supported(engine(frame_of(still_time))) == [["waived", None, None, True]]
    a_day_late = [rows[0], ticket("2026-11-05 00:00:01", "ticket_resolved", assignee="Desk 08")]
    assert supported(engine(frame_of(a_day_late))) == [["overdue", None, None, True]]


def test_whoever_has_a_ticket_that_support_never_had_owes_it(engine: Engine) -> None:
    rows = [
        ticket("2026-11-02 09:00", assignee="Desk 08"),
        ticket("2026-11-02 10:00", ref="T2", candidate="Blake Sample"),
        ticket("2026-11-02 11:00", ref="T3", candidate="Drew Sample", assignee="Desk 09"),
        ticket("2026-11-02 12:00", ref="T4", candidate="Eden Sample"),
        handed("2026-11-03 09:00", "Desk 01", "Desk 02", candidate="Eden Sample", ref="T4"),
    ]
    log = engine(frame_of(rows))
    held, made = tickets(log, as_of=TODAY, rules=RULES).rows, moves(log, as_of=TODAY, roster=ROSTER)
    found = to_support(held, made, as_of=TODAY, roster=ROSTER)
    assert told(found, "status", "desk", "owed_by") == [
        ["overdue", "Desk 01", "Desk 08"],
        ["overdue", "Desk 01", None],
        ["kept", "Desk 01", None],
        ["overdue", "Desk 01", "Desk 02"],
    ]
    assert told(pd.DataFrame({"has": holder(held, made)}), "has") == [["Desk 08"], [None], ["Desk 09"], ["Desk 02"]]


def test_the_last_hand_off_of_a_ticket_is_of_it_or_of_its_contractor_to_support(engine: Engine) -> None:
    rows = [
        handed("2026-11-01 09:00"),
        ticket("2026-11-02 09:00"),
        ticket("2026-11-02 10:00", ref="T2", candidate="Blake Sample"),
        ticket("2026-11-02 11:00", ref="T3", party="client", candidate=None, contact="Casey Example"),
        handed("2026-11-03 09:00", "Desk 08", "Desk 09"),
        handed("2026-11-04 09:00", "Desk 09", "Desk 08", ref="T1"),
        handed("2026-11-05 09:00", "Desk 01", "Desk 08", ref="T9"),
        handed("2026-11-06 09:00"),
        handed("2026-11-05 09:00", "Desk 01", "Desk 08", candidate=None, party="client"),
    ]
    log = engine(frame_of(rows))
    held = tickets(log, as_of=TODAY, rules=RULES).rows
    found = last_move(held, moves(log, as_of=TODAY, roster=ROSTER))
    assert told(found, "handed_by", "handed_to", "handed_at") == [
        ["Desk 09", "Desk 08", pd.Timestamp("2026-11-04 09:00")],
        [None, None, None],
        [None, None, None],
    ]


def test_a_resolved_ticket_is_credited_to_whoever_had_it_when_it_was_resolved(engine: Engine) -> None:
    # T1 is given back after it was resolved by name; T2 after it was resolved by nobody by name; T3 was given back
    # before; T4 still waits after it was given back.
    care = {"assignee": "Desk 08"}
    people = {ref: {"ref": ref, "candidate": f"Person {ref}"} for ref in ("T1", "T2", "T3", "T4")}
    rows = [ticket("2026-11-02 09:00", **care, **own) for own in people.values()]
    rows += [handed("2026-11-03 09:00", "Desk 08", "Desk 09", **own) for own in people.values()]
    rows += [handed("2026-11-05 09:00", "Desk 09", "Desk 08", **own) for own in people.values()]
    end = "ticket_resolved"
    rows += [
        ticket("2026-11-04 09:00", end, assignee="Desk 09", **people["T1"]),
        ticket("2026-11-04 09:00", end, **people["T2"]),
        ticket("2026-11-06 09:00", end, **people["T3"]),
    ]
    log = engine(frame_of(rows))
    held, made = tickets(log, as_of=TODAY, rules=RULES).rows, moves(log, as_of=TODAY, roster=ROSTER)
    has = told(held.assign(has=holder(held, made)), "ref", "state", "has")
    assert has == [
        ["T1", "resolved", "Desk 09"],
        ["T2", "resolved", "Desk 09"],
        ["T3", "resolved", "Desk 08"],
        ["T4", "overdue", "Desk 08"],
    ]


def returned(log: Any) -> list[list[Any]]:
    held = tickets(log, as_of=TODAY, rules=RULES).rows
    made = moves(log, as_of=TODAY, roster=ROSTER)
    found = back_to_care(held, made, BY_NAME[RULE], as_of=TODAY)
    return told(found, "desk", "status", "assignee", "due_at")


def test_after_the_ticket_is_resolved_support_hands_the_contractor_back(engine: Engine) -> None:
    out = [ticket("2026-11-02 09:00"), handed("2026-11-02 10:00", "Desk 08", "Desk 09")]
    assert returned(engine(frame_of(out))) == [["Desk 09", "there", None, None]]
    done = [*out, ticket("2026-11-04 09:00", "ticket_resolved")]
    due = pd.Timestamp("2026-11-11 23:59:59")
    assert returned(engine(frame_of(done))) == [["Desk 09", "overdue", None, due]]
    back = handed("2026-11-11 12:00", "Desk 09", "Desk 08")
    assert returned(engine(frame_of([*done, back]))) == [["Desk 09", "kept", "Desk 08", due]]
    late = handed("2026-11-12 12:00", "Desk 09", "Desk 08")
    assert returned(engine(frame_of([*done, late]))) == [["Desk 09", "late", "Desk 08", due]]


def test_who_is_back_before_any_ticket_is_resolved_is_back_in_time(engine: Engine) -> None:
    rows = [
        handed("2026-11-02 10:00", "Desk 08", "Desk 09"),
        handed("2026-11-03 10:00", "Desk 09", "Desk 08"),
    ]
    assert returned(engine(frame_of(rows))) == [["Desk 09", "kept", "Desk 08", None]]


def test_a_log_without_any_of_it_has_no_rows_on_any_route(engine: Engine) -> None:
    log = engine(frame_of([row("2026-11-02 09:00", "Desk 01", "touch", candidate=AVERY)]))
    assert starts(log).empty
    assert accounts(log) == supported(log) == returned(log) == []


def test_a_desk_has_left_once_the_last_of_its_days_in_the_roster_is_over() -> None:
    assert gone(ROSTER, TODAY) == {}
    roster = ROSTER.assign(ends_on=pd.to_datetime(["2026-11-22", "2026-11-23", "2026-11-15", None, None]))
    assert gone(roster, TODAY) == {"Desk 01": pd.Timestamp("2026-11-22")}
    assert gone(None, TODAY) == {}


def test_who_made_the_start_stands_in_for_a_desk_that_has_left() -> None:
    owed_by = ["Desk 09", "Desk 09", "Desk 01", None]
    rows = pd.DataFrame({"owed_by": owed_by, "started_by": ["Desk 01", "Desk 09", "Desk 02", None]})
    assert told(pd.DataFrame({"who": stand_ins(rows, ["Desk 09"])}), "who") == [["Desk 01"], [None], [None], [None]]


def test_the_desk_of_the_start_is_told_where_another_won_the_order(engine: Engine) -> None:
    log = engine(frame_of([order(), start("2026-11-02 08:00")]))
    made = moves(log, as_of=TODAY, roster=ROSTER)
    found = account_to_care(starts(log), made, log, as_of=TODAY)
    assert told(found, "owed_by", "started_by") == [["Desk 02", "Desk 01"]]
