from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.call_sheet import AHEAD, LEVELS, LONG, PARTS, how_late, in_parts, lines, ranked
from quality.obligation_rules import BY_NAME
from quality.obligations import COLUMNS
from quality.workdays import Workdays

#: A Monday.
TODAY = date(2026, 11, 23)


def owed(*rows):
    """Obligations to be done: (who, rule, due) and what differs from the usual."""
    usual = {
        "desk": "Desk 01", "party": "candidate", "client": None, "job": None, "fulfilled_at": pd.NaT,
        "status": "overdue", "last_contact_at": pd.NaT, "closed_at": pd.NaT, "fulfilled_by": None,
    }  # fmt: skip
    told = [
        usual
        | {"who": who, "rule": rule, "due_at": pd.Timestamp(due) if ":" in due else end_of(due)}
        | {"triggered_at": pd.Timestamp("2026-10-01"), "trigger_id": f"t{number}", "why": f"{rule} on Thu: {number}."}
        | (more[0] if more else {})
        for number, (who, rule, due, *more) in enumerate(rows)
    ]
    return pd.DataFrame(told, columns=list(COLUMNS)).astype({"due_at": "datetime64[us]", "who": "str"})


def end_of(day):
    return pd.Timestamp(day) + pd.Timedelta(hours=23, minutes=59, seconds=59)


def names(sheet):
    return sheet.drop_duplicates("line")["who"].tolist()


def test_each_level_comes_before_the_next():
    sheet = ranked(
        owed(
            ("Rest", "close_loop", "2026-11-10"),
            ("Held", "debrief_client", "2026-11-20"),
            ("Offer", "after_offer_client", "2026-11-20"),
            ("Promise", "do_what_you_said", "2026-11-23"),
            ("Today", "prep_client", "2026-11-23 15:00"),
        ),
        TODAY,
    )
    assert names(sheet) == ["Today", "Promise", "Offer", "Held", "Rest"]
    assert sheet["line"].tolist() == [0, 1, 2, 3, 4]


def test_within_a_level_who_has_waited_longest_comes_first():
    sheet = ranked(owed(("B", "close_loop", "2026-11-20"), ("A", "close_loop", "2026-11-12")), TODAY)
    assert names(sheet) == ["A", "B"]


def test_what_is_due_later_comes_up_and_what_is_far_ahead_is_left_out():
    sheet = ranked(
        owed(
            ("Next week", "touch_120", "2026-11-30"),
            ("Tomorrow", "touch_120", "2026-11-24"),
            ("Far ahead", "touch_120", "2026-12-01"),
            ("Today", "touch_120", "2026-11-23"),
        ),
        TODAY,
    )
    assert dict(zip(sheet["who"], sheet["part"], strict=True)) == {
        "Today": "today",
        "Tomorrow": "coming",
        "Next week": "coming",
    }
    assert in_parts(sheet) == {"today": 1, "coming": 2, "long": 0}


def test_thirty_days_late_is_today_and_one_more_is_long_overdue_the_latest_first():
    sheet = ranked(
        owed(
            ("Old", "close_loop", "2026-06-01"),
            ("31 days", "close_loop", "2026-10-23"),
            ("30 days", "close_loop", "2026-10-24"),
        ),
        TODAY,
    )
    assert names(sheet) == ["30 days", "31 days", "Old"]
    assert sheet["part"].tolist() == ["today", "long", "long"]


def test_a_person_stands_once_with_every_reason_in_the_first_part_of_any():
    sheet = ranked(
        owed(
            ("Avery Sample", "close_loop", "2026-03-02"),
            ("Blake Sample", "close_loop", "2026-11-20"),
            ("Avery Sample", "touch_120", "2026-12-24"),
            ("Avery Sample", "do_what_you_said", "2026-11-20"),
            ("Avery Sample", "weekly_promise", "2026-11-27"),
        ),
        TODAY,
    )
    first, second = lines(sheet, TODAY)
    assert (first.who, first.part, second.who) == ("Avery Sample", "today", "Blake Sample")
    assert [reason.rule for reason in first.reasons] == [
        "do_what_you_said",
        "weekly_promise",
        "close_loop",
        "touch_120",
    ]
    assert in_parts(sheet) == {"today": 2, "coming": 0, "long": 0}


def test_what_is_due_after_what_a_person_is_on_the_list_for_is_later():
    sheet = ranked(
        owed(
            ("Avery", "close_loop", "2026-11-20"),
            ("Avery", "weekly_promise", "2026-11-27"),
            ("Avery", "acknowledge_resume", "2026-03-02"),
            ("Avery", "touch_120", "2026-12-24"),
            ("Blake", "weekly_promise", "2026-11-27"),
        ),
        TODAY,
    )
    assert sheet[["rule", "later"]].to_numpy().tolist() == [
        ["close_loop", False],
        ["weekly_promise", True],
        ["acknowledge_resume", False],
        ["touch_120", True],
        ["weekly_promise", False],
    ]


def test_a_person_known_to_two_desks_stands_once_with_both():
    [line] = lines(
        ranked(
            owed(
                ("Avery Sample", "close_loop", "2026-11-20", {"job": "Welder", "client": "Example Metal Works"}),
                ("Avery Sample", "weekly_promise", "2026-11-20", {"desk": "Desk 02"}),
            ),
            TODAY,
        ),
        TODAY,
    )
    assert line.desks == ("Desk 01", "Desk 02")
    assert line.about == ("Welder, Example Metal Works",)


def test_one_name_on_either_side_is_two_people():
    sheet = ranked(
        owed(("Avery", "close_loop", "2026-11-20"), ("Avery", "after_intake", "2026-11-20", {"party": "client"})), TODAY
    )
    assert [line.party for line in lines(sheet, TODAY)] == ["candidate", "client"]


def test_the_name_of_a_client_is_not_repeated_as_what_it_is_about():
    rows = owed(("Example Hospital", "after_intake", "2026-11-20", {"party": "client", "client": "Example Hospital"}))
    [line] = lines(ranked(rows, TODAY), TODAY)
    assert line.about == ()


def test_rows_without_a_name_are_lines_of_their_own():
    sheet = ranked(owed((None, "ticket_answered", "2026-11-20"), (None, "ticket_answered", "2026-11-20")), TODAY)
    assert [line.person for line in lines(sheet, TODAY)] == [("candidate", ""), ("candidate", "")]
    assert [line.who for line in lines(sheet, TODAY)] == [None, None]


def test_the_same_sentence_is_said_once():
    same = {"why": "Rejected on Tue 17 Nov 2026: feedback with a reason was due."}
    rows = owed(("Avery", "close_loop", "2026-11-20", same), ("Avery", "close_loop", "2026-11-20", same))
    [line] = lines(ranked(rows, TODAY), TODAY)
    assert line.why == (same["why"],)
    assert line.reasons[0].happened == "Rejected on Tue 17 Nov 2026"


@pytest.mark.parametrize(
    ("today", "due", "part"),
    [
        (TODAY, "2026-11-24 09:00", "today"),
        (TODAY, "2026-11-25 09:00", "coming"),
        (date(2026, 11, 20), "2026-11-23 09:00", "today"),  # the Monday after a Friday
        (date(2026, 11, 20), "2026-11-24 09:00", "coming"),
    ],
)
def test_an_interview_on_the_next_working_day_is_prepared_today(today, due, part):
    sheet = ranked(owed(("Avery", "prep_candidate", due)), today)
    assert sheet["part"].tolist() == [part]


def test_a_public_holiday_is_no_next_working_day():
    wednesday, friday = date(2026, 11, 25), "2026-11-27 09:00"  # Thanksgiving between
    assert ranked(owed(("Avery", "prep_candidate", friday)), wednesday)["part"].tolist() == ["coming"]
    assert ranked(owed(("Avery", "prep_candidate", friday)), wednesday, Workdays("US"))["part"].tolist() == ["today"]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2025-11-22", "over a year late"),
        ("2025-11-23", "52 weeks late"),
        ("2026-10-23", "4 weeks late"),
        ("2026-10-24", "30 days late"),
        ("2026-11-22", "1 day late"),
        ("2026-11-23", "due today"),
        ("2026-11-23 15:00", "today at 15:00"),
        ("2026-11-24", "due tomorrow"),
        ("2026-11-24 09:30", "tomorrow at 09:30"),
        ("2026-11-27", "by Friday"),
        ("2026-11-29 10:00", "by Sunday at 10:00"),
        ("2026-11-30", "by Mon 30 Nov"),
        ("2026-11-24 00:00", "due tomorrow"),  # nobody noted a time
    ],
)
def test_how_late_is_said_in_words(due, said):
    assert how_late(pd.Timestamp(due) if ":" in due else end_of(due), TODAY) == said


def test_what_can_be_done_until_a_time_of_day_is_not_said_to_be_missed():
    missed = {"why": "Send-out on Mon 23 Nov 2026: the preparation was due by Mon 23 Nov 2026 and is not on record."}
    rows = owed(("Avery", "prep_candidate", "2026-11-23 15:00", missed), ("Blake", "close_loop", "2026-11-20", missed))
    today, late = lines(ranked(rows, TODAY), TODAY)
    assert today.why == (
        "Send-out on Mon 23 Nov 2026: the preparation of the candidate is due by Mon 23 Nov 2026 at 15:00.",
    )
    assert (today.reasons[0].has_time, late.reasons[0].has_time) == (True, False)
    assert late.why == (missed["why"],)


def test_what_has_waited_longest_is_known_whatever_is_most_urgent():
    rows = owed(
        ("Avery", "prep_candidate", "2026-11-23 15:00"),
        ("Avery", "close_loop", "2026-11-20"),
        ("Avery", "acknowledge_resume", "2026-10-02"),
    )
    [line] = lines(ranked(rows, TODAY), TODAY)
    assert [line.reasons[0].late, line.longest.late] == ["today at 15:00", "7 weeks late"]


def test_nothing_to_do_is_an_empty_sheet():
    sheet = ranked(owed(), TODAY)
    assert sheet.empty
    assert in_parts(sheet) == {"today": 0, "coming": 0, "long": 0}
    assert lines(sheet, TODAY) == ()


def test_the_sheet_does_not_depend_on_the_order_of_its_rows():
    rows = owed(
        ("A", "close_loop", "2026-11-20"), ("B", "prep_client", "2026-11-23 15:00"), ("A", "touch_120", "2026-11-25")
    )
    forth, back = ranked(rows, TODAY), ranked(rows.iloc[::-1], TODAY)
    pd.testing.assert_frame_equal(forth, back)


def test_every_rule_of_a_level_exists_and_the_order_says_every_level():
    assert {rule for level in LEVELS for rule in level.rules} <= BY_NAME.keys()
    assert all(level.about in part.order for level in LEVELS for part in PARTS)
    assert [part.order.count(".") for part in PARTS] == [2, 2, 2]
    assert ["longest" in part.order for part in PARTS] == [True, True, False]
    assert [part.name for part in PARTS] == ["today", "coming", "long"]
    assert (LONG, AHEAD) == (30, 7)
