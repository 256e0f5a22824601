"""Which minimum standard holds for whom on which day, and whether an activity minimum was met."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from quality.ratios import ratios
from quality.rules import Rules
from quality.standards import STARTING, Line, Standards, met

COLUMNS = ["ratio", "standard", "per", "level", "name", "effective_from"]
MONDAYS = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]


def saved(*lines: tuple[object, ...]) -> Standards:
    frame = pd.DataFrame(lines, columns=COLUMNS)
    return Standards.stored(frame.astype({"standard": "float64", "effective_from": "datetime64[us]"}))


def ratio_line(standard: float | None, level: str = "company", name: str = "", since: str = "2026-01-01"):
    return "call_to_hit", standard, None, level, name, since


FIRM = saved(
    ratio_line(7),
    ratio_line(6, "team", "North"),
    ratio_line(5, "desk", "Desk 01", "2026-01-14"),
    ratio_line(None, "desk", "Desk 01", "2026-01-19"),
)
ROSTER = pd.DataFrame(
    [
        ("Desk 01", "North", None, None),
        ("Desk 02", "North", None, "2026-01-11"),
        ("Desk 02", "South", "2026-01-12", None),
    ],
    columns=["desk", "team", "starts_on", "ends_on"],
)


def test_the_most_specific_standard_holds_and_says_whose_it_is():
    on = date(2026, 1, 15)
    assert FIRM.ratio("call_to_hit", "Desk 01", "desk", on, "North") == (5, "desk")
    assert FIRM.ratio("call_to_hit", "Desk 02", "desk", on, "North") == (6, "team")
    assert FIRM.ratio("call_to_hit", "Desk 02", "desk", on, "South") == (7, "company")
    assert FIRM.ratio("call_to_hit", "North", "team", on) == (6, "team")
    assert FIRM.ratio("call_to_hit", "Company", "company", on) == (7, "company")
    assert FIRM.ratio("contract_to_fill", "Desk 01", "desk", on, "North") == (4, STARTING)


def test_a_desk_and_a_team_of_the_same_name_are_not_mixed_up():
    own = saved(ratio_line(3, "desk", "North"))
    assert own.ratio("call_to_hit", "North", "team", date(2026, 1, 2)) == (5, STARTING)
    assert own.ratio("call_to_hit", "Desk 09", "desk", date(2026, 1, 2), "North") == (5, STARTING)


def test_a_standard_holds_from_its_day_until_it_is_ended():
    days = [date(2026, 1, 13), date(2026, 1, 14), date(2026, 1, 18), date(2026, 1, 19)]
    assert [FIRM.ratio("call_to_hit", "Desk 01", "desk", day, "North")[0] for day in days] == [6, 5, 5, 6]
    assert FIRM.ratio("call_to_hit", "Desk 01", "desk", date(2025, 12, 31), "North") == (5, STARTING)


def test_of_two_lines_for_the_same_day_the_one_saved_last_holds_whatever_their_order():
    twice = saved(ratio_line(9, since="2026-02-01"), ratio_line(7), ratio_line(8))
    assert twice.ratio("call_to_hit", "", "company", date(2026, 1, 31)) == (8, "company")
    assert twice.ratio("call_to_hit", "", "company", date(2026, 2, 1)) == (9, "company")


def test_a_table_of_weeks_takes_what_holds_on_each_sunday_and_the_team_of_that_day():
    table = FIRM.table(["Desk 01", "Desk 02", "Desk 03"], "desk", MONDAYS, ROSTER)
    assert table["call_to_hit"].tolist() == [[6, 5, 6], [6, 7, 7], [7, 7, 7]]
    assert np.unique(table["contract_to_fill"]).tolist() == [4]


def test_a_table_of_teams_and_of_the_company_takes_their_own():
    assert FIRM.table(["North", "South"], "team", MONDAYS, ROSTER)["call_to_hit"].tolist() == [[6] * 3, [7] * 3]
    assert FIRM.table(["Company"], "company", MONDAYS, None)["call_to_hit"].tolist() == [[7, 7, 7]]


def test_every_cell_of_a_table_is_what_is_said_of_that_unit_and_day():
    units, weeks = ["Desk 01", "Desk 02"], pd.DatetimeIndex(MONDAYS)
    table = FIRM.table(units, "desk", weeks, ROSTER)["call_to_hit"]
    teams = [["North"] * 3, ["North", "South", "South"]]
    sundays = [date(2026, 1, 11), date(2026, 1, 18), date(2026, 1, 25)]
    one_by_one = [
        [FIRM.ratio("call_to_hit", unit, "desk", day, team)[0] for day, team in zip(sundays, own, strict=True)]
        for unit, own in zip(units, teams, strict=True)
    ]
    assert table.tolist() == one_by_one


def test_without_standards_every_cell_is_a_starting_value():
    assert Standards().table(["Desk 01"], "desk", MONDAYS, None)["send_out_to_fill"].tolist() == [[6, 6, 6]]


def test_the_column_standard_is_that_of_the_unit_on_the_last_day_of_each_period():
    log = pd.DataFrame(
        {
            "activity_id": ["a", "b"],
            "occurred_at": pd.to_datetime(["2026-01-06 09:00", "2026-01-06 10:00"]),
            "desk": ["Desk 01", "Desk 02"],
            "activity": "recruiting_call",
            "party": "candidate",
            **dict.fromkeys(
                ["candidate", "client", "contact", "job", "outcome", "ref"], pd.Series([None, None], dtype="str")
            ),
        }
    )
    found = ratios(
        log,
        as_of=date(2026, 1, 25),
        start=MONDAYS[0],
        end=date(2026, 1, 25),
        every="week",
        rules=Rules(standards=FIRM),
        roster=ROSTER,
    )
    own = found[found["ratio"] == "call_to_hit"].set_index("unit")["standard"]
    assert (own["Desk 01"].tolist(), own["Desk 02"].tolist()) == ([6, 5, 6], [6, 7, 7])


def test_minimums_are_those_that_were_set_with_their_unit_of_time():
    own = saved(
        ("recruiting_call", 40, "day", "company", "", "2026-01-01"),
        ("send_out", 2, "week", "team", "North", "2026-01-01"),
        ("recruiting_call", 100, "week", "desk", "Desk 01", "2026-01-01"),
        ("send_out", None, None, "team", "North", "2026-02-01"),
    )
    january, february = date(2026, 1, 5), date(2026, 2, 1)
    assert own.minimums("Desk 01", "North", january) == {"recruiting_call": (100, "week"), "send_out": (2, "week")}
    assert own.minimums("Desk 02", None, january) == {"recruiting_call": (40, "day")}
    assert own.minimums("Desk 01", "North", february) == {"recruiting_call": (100, "week")}


@pytest.mark.parametrize(
    ("number", "per", "available", "due", "count", "reached"),
    [
        (10, "day", 5, 50, 50, True),
        (10, "day", 4, 40, 39, False),
        (10, "week", 4, 8, 8, True),
        (10, "week", 1, 2, 1, False),
        (0.1, "day", 3, 0, 0, True),
        (0.6, "day", 5, 3, 2, False),
        (7, "week", 3, 4, 4, True),
        (7, "week", 3, 4, 3, False),
        (2, "week", 3, 1, 1, True),
        (1, "week", 4, 0, 0, True),
        (10, "day", 0, 0, 3, None),
    ],
)
def test_a_minimum_is_due_for_the_days_a_desk_was_there_in_whole_events(number, per, available, due, count, reached):
    [one] = met({"hit": (number, per)}, {"hit": count, "fill": 9}, available)
    assert (one.minimum, one.count, one.available, one.met) == (due, count, available, reached)


def test_a_minimum_that_was_never_counted_is_not_met():
    assert [one.met for one in met({"hit": (1, "week")}, {}, 5)] == [False]


@pytest.mark.parametrize(
    ("measure", "number", "message"),
    [
        ("call_to_fill", 5, "unknown ratio call_to_fill"),
        ("call_to_hit", 0, "above 0"),
        ("call_to_hit", float("nan"), "above 0"),
        ("hit", float("inf"), "above 0"),
    ],
)
def test_standards_that_cannot_be_are_refused(measure, number, message):
    with pytest.raises(ValueError, match=message):
        Standards((Line(measure, number, None, "company", "", date(2026, 1, 1)),))


def test_names_that_a_later_version_saved_are_left_out():
    assert saved(("call_to_moon", 5, None, "company", "", "2026-01-01")).lines == ()


def test_every_desk_of_a_large_firm_may_have_its_own():
    units = [f"Desk {number}" for number in range(1400)]
    own = saved(
        *(ratio_line(5 + number % 7, "desk", unit) for number, unit in enumerate(units)), ratio_line(6, "team", "A")
    )
    weeks = pd.date_range("2024-03-04", periods=104, freq="7D")
    table = own.table(units, "desk", weeks, None)["call_to_hit"]
    assert table.shape == (1400, 104)
    assert (table[3, 0], table[3, -1]) == (5, 8)
