"""Desks whose numbers stand out, on counts that can be checked in the head."""

from __future__ import annotations

import pandas as pd

from quality.outliers import in_words, outliers


def frame(ratio: str, **counts: tuple[int, int]) -> pd.DataFrame:
    rows = [(unit, ratio, up, down) for unit, (up, down) in counts.items()]
    return pd.DataFrame(rows, columns=["unit", "ratio", "upstream", "downstream"])


def sides(of: pd.DataFrame) -> list[tuple[str, int]]:
    found = outliers(of)
    return list(zip(found["desk"], found["side"], strict=True))


def test_a_desk_at_a_hundred_to_one_stands_out_where_the_others_have_ten_to_fifteen():
    asked = frame("call_to_hit", A=(400, 4), B=(400, 40), C=(300, 20), D=(480, 36))
    (found,) = outliers(asked).to_dict("records")
    assert (found["desk"], found["side"], found["upstream"], found["downstream"]) == ("A", -1, 400, 4)
    assert (found["others_upstream"], found["others_downstream"]) == (1180, 96)
    assert (found["low"], round(found["high"], 1)) == (10.0, 15.0)
    assert in_words(found) == (
        "100.0 : 1 (400 recruiting calls, 4 hits), where the other desks together have 12.3 : 1 "
        "(1,180 recruiting calls, 96 hits, each between 10.0 and 15.0)"
    )


def test_a_desk_that_is_too_good_to_be_true_stands_out_as_well():
    assert sides(frame("call_to_hit", A=(60, 40), B=(400, 40), C=(300, 20))) == [("A", 1)]


def test_none_at_all_is_said_in_words():
    (found,) = outliers(frame("call_to_hit", A=(400, 0), B=(400, 40), C=(300, 20))).to_dict("records")
    assert in_words(found).startswith("no hits (400 recruiting calls, 0 hits), where")


def test_in_large_counts_a_desk_that_merely_differs_does_not_stand_out():
    assert sides(frame("call_to_hit", A=(9000, 600), B=(9000, 900), C=(9000, 880))) == []


def test_in_small_counts_chance_explains_a_hundred_to_one():
    assert sides(frame("send_out_to_fill", A=(14, 0), B=(30, 5), C=(24, 4))) == []
    assert sides(frame("send_out_to_fill", A=(4, 4), B=(300, 5), C=(240, 4))) == []


def test_two_desks_alone_cannot_say_who_is_the_odd_one():
    assert sides(frame("call_to_hit", A=(400, 4), B=(400, 40))) == []
    assert sides(frame("call_to_hit", A=(400, 4), B=(400, 40), C=(7, 1))) == []


def test_more_successes_than_cases_are_judged_where_they_may_be():
    usual = {"B": (40, 20), "C": (40, 22), "D": (40, 18)}
    assert sides(frame("presentation_to_send_out", A=(40, 120), **usual)) == [("A", 1)]
    assert sides(frame("presentation_to_send_out", A=(40, 45), **usual)) == []


def test_the_furthest_off_comes_first_and_nothing_asked_is_nothing_found():
    calls = frame("call_to_hit", A=(400, 2), B=(400, 40), C=(300, 30), D=(300, 30), E=(300, 30))
    orders = frame("marketing_call_to_contract", A=(300, 30), B=(300, 30), C=(300, 4), D=(300, 30))
    assert sides(pd.concat([orders, calls])) == [("A", -1), ("C", -1)]
    assert sides(calls.head(0)) == []
