"""The list of a Friday as calls: one line a person, ticks, and the share reached week by week."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from quality.blitz_calls import by_week, calls, in_sittings

FRIDAY = pd.Timestamp("2026-11-20")
EARLIER = pd.Timestamp("2026-11-13")
TEXTS = ("rule", "trigger_id", "party", "who", "desk", "answer", "answered_by", "note")


def reason(who: str, trigger: str, **more: Any) -> dict[str, Any]:
    usual = {"friday": FRIDAY, "desk": "Desk 01", "party": "candidate", "client": "Example Works", "job": "Welder"}
    moments = {"since": pd.Timestamp("2026-11-02"), "last_contact_at": pd.NaT, "reached_at": pd.NaT}
    return {**usual, **moments, "who": who, "trigger_id": trigger, **more}


def listed(*reasons: dict[str, Any]) -> pd.DataFrame:
    moments = dict.fromkeys(("friday", "since", "last_contact_at", "reached_at"), "datetime64[us]")
    return pd.DataFrame(reasons).astype(moments)


def answers(*given: dict[str, Any]) -> pd.DataFrame:
    columns = ["answer_id", *TEXTS, "due_on", "answered_at"]
    held = [dict.fromkeys(TEXTS, "") | {"answer_id": number, **one} for number, one in enumerate(given, start=1)]
    moments = dict.fromkeys(("due_on", "answered_at"), "datetime64[us]")
    return pd.DataFrame(held, columns=columns).astype({"answer_id": "int64", **dict.fromkeys(TEXTS, "str"), **moments})


def tick(who: str, when: str, **more: Any) -> dict[str, Any]:
    usual = {"rule": "friday_blitz", "answer": "cleared", "party": "candidate", "answered_by": "Drew Sample"}
    return {**usual, "who": who, "due_on": FRIDAY, "answered_at": pd.Timestamp(when), **more}


def test_several_reasons_are_one_call_about_the_oldest_of_them() -> None:
    newer = reason("Casey Example", "c2", party="client", job="Fitter", since=pd.Timestamp("2026-11-05"))
    older = reason("Casey Example", "c1", party="client", job="Welder")
    [call] = calls(listed(newer, older), answers()).to_dict("records")
    assert (call["who"], call["job"], call["reasons"], call["reached"]) == ("Casey Example", "Welder", 2, False)


def test_calls_stand_by_desk_then_client_and_job_so_that_what_belongs_together_is_called_together() -> None:
    found = listed(
        reason("Avery Sample", "1", desk="Desk 02"),
        reason("Blake Sample", "2", client="Example Labs"),
        reason("Casey Example", "3", party="client"),
        reason("Drew Sample", "4"),
    )
    assert calls(found, answers())["who"].tolist() == ["Blake Sample", "Drew Sample", "Casey Example", "Avery Sample"]


def test_somebody_is_reached_only_where_the_contact_reaches_every_reason() -> None:
    met = pd.Timestamp("2026-11-20 10:00")
    both = [reason("Casey Example", trigger, party="client", reached_at=met) for trigger in "ab"]
    one = [both[0], {**both[1], "reached_at": pd.NaT}]
    assert calls(listed(*both), answers())[["reached", "reached_at"]].to_numpy().tolist() == [[True, met]]
    [call] = calls(listed(*one), answers()).to_dict("records")
    assert not call["reached"]
    assert pd.isna(call["reached_at"])


@pytest.mark.parametrize(
    ("when", "counts"), [("2026-11-18 09:00", True), ("2026-11-20 23:59:59", True), ("2026-11-21", False)]
)
def test_a_tick_counts_by_the_evening_of_its_friday(when: str, counts: bool) -> None:
    [call] = calls(listed(reason("Avery Sample", "1")), answers(tick("Avery Sample", when))).to_dict("records")
    assert call["reached"] is counts
    assert (call["cleared_by"] == "Drew Sample") is counts
    assert pd.isna(call["reached_at"])


def test_a_tick_is_of_one_person_and_one_friday() -> None:
    found = listed(
        reason("Avery Sample", "1"), reason("Blake Sample", "2"), reason("Avery Sample", "1", friday=EARLIER)
    )
    said = calls(found, answers(tick("Avery Sample", "2026-11-19 09:00")))
    assert said[["friday", "who", "reached"]].to_numpy().tolist() == [
        [EARLIER, "Avery Sample", False],
        [FRIDAY, "Avery Sample", True],
        [FRIDAY, "Blake Sample", False],
    ]
    client = tick("Avery Sample", "2026-11-19 09:00", party="client")
    assert not calls(found, answers(client))["reached"].any()


def test_news_of_an_order_that_was_answered_on_the_call_sheet_reaches_it_too() -> None:
    order = reason("Casey Example", "c1", party="client")
    done = {"rule": "friday_update", "trigger_id": "c1", "answer": "elsewhere", "answered_by": "Drew Sample"}
    given = {**done, "due_on": FRIDAY, "answered_at": pd.Timestamp("2026-11-18 10:00")}
    assert calls(listed(order), answers(given))["reached"].tolist() == [True]
    assert calls(listed(order), answers({**given, "trigger_id": "c2"}))["reached"].tolist() == [False]
    assert calls(listed(order), answers({**given, "due_on": EARLIER}))["reached"].tolist() == [False]


def test_news_that_is_not_needed_is_spared_and_is_no_call_that_was_made() -> None:
    orders = [reason("Casey Example", trigger, party="client") for trigger in ("c1", "c2")]
    said = {"rule": "friday_update", "answered_by": "Drew Sample", "due_on": FRIDAY}
    given = {**said, "answer": "not_needed", "answered_at": pd.Timestamp("2026-11-18 10:00")}
    first, second = {**given, "trigger_id": "c1"}, {**given, "trigger_id": "c2"}
    state = ["spared", "reached"]
    assert calls(listed(*orders), answers(first, second))[state].to_numpy().tolist() == [[True, False]]
    assert calls(listed(*orders), answers(first))[state].to_numpy().tolist() == [[False, False]]
    elsewhere = {**second, "answer": "elsewhere"}
    assert calls(listed(*orders), answers(first, elsewhere))[state].to_numpy().tolist() == [[False, True]]
    ticked = tick("Casey Example", "2026-11-20 09:00", party="client")
    assert calls(listed(*orders), answers(first, second, ticked))[state].to_numpy().tolist() == [[False, True]]
    weeks = by_week(calls(listed(*orders, reason("Avery Sample", "1")), answers(first, second)), [FRIDAY.date()])
    assert weeks[["due", "listed", "reached"]].to_numpy().tolist() == [[1, 1, 0]]


def test_whoever_is_to_be_left_alone_is_on_no_list_from_then_on() -> None:
    found = listed(reason("Avery Sample", "1", friday=EARLIER), reason("Avery Sample", "2"))
    alone = tick("Avery Sample", "2026-11-16 09:00", answer="do_not_contact", due_on=pd.NaT)
    assert calls(found, answers(alone))["friday"].tolist() == [EARLIER]


def test_no_list_has_no_calls() -> None:
    assert calls(listed(reason("Avery Sample", "1")).iloc[:0], answers()).empty


def test_the_share_reached_has_its_counts_and_its_range_and_no_list_is_no_share() -> None:
    friday = [reason(f"Person {number}", str(number), reached_at=FRIDAY) for number in range(2)]
    found = listed(*friday, reason("Person 3", "3"), reason("Person 4", "4"))
    weeks = by_week(calls(found, answers()), [date(2026, 11, 13), date(2026, 11, 20)])
    assert weeks[["friday", "listed", "reached"]].to_numpy().tolist() == [[EARLIER, 0, 0], [FRIDAY, 4, 2]]
    assert weeks["share"].isna().tolist() == [True, False]
    assert weeks[["low", "high"]].isna().all(axis="columns").tolist() == [True, False]
    last = weeks.iloc[-1]
    assert last["share"] == 0.5
    # The middle 80 % of Beta(2.5, 2.5).
    assert (round(last["low"], 3), round(last["high"], 3)) == (0.225, 0.775)


def test_who_heard_before_friday_counts_for_the_week_and_not_for_the_friday() -> None:
    week = listed(
        reason("Avery Sample", "1"),
        reason("Blake Sample", "2", reached_at=FRIDAY),
        reason("Casey Sample", "3"),
        reason("Drew Sample", "4"),
        reason("Finley Example", "5", party="client"),
        reason("Finley Example", "6", party="client"),
    ).assign(heard=[False, False, True, True, True, False])
    [row] = by_week(calls(week, answers()), [FRIDAY.date()]).to_dict("records")
    assert [row[name] for name in ("due", "heard", "listed", "reached")] == [5, 2, 3, 1]
    assert (row["heard_share"], round(row["share"], 4)) == (0.6, 0.3333)
    # The middle 80 % of Beta(3.5, 2.5).
    assert (round(row["heard_low"], 3), round(row["heard_high"], 3)) == (0.327, 0.825)


def test_somebody_on_the_lists_of_two_desks_is_one_person_of_the_share() -> None:
    found = listed(reason("Casey Example", "1"), reason("Casey Example", "2", desk="Desk 02"))
    assert by_week(calls(found, answers()), [FRIDAY.date()])["listed"].tolist() == [1]


def test_more_calls_than_an_hour_holds_are_cut_into_hours_desk_by_desk() -> None:
    found = listed(
        *(reason(f"Person {number:02d}", str(number)) for number in range(31)), reason("Last", "99", desk="Desk 02")
    )
    cut = in_sittings(calls(found, answers()))
    assert cut.groupby(["desk", "sitting", "sittings"]).size().to_dict() == {
        ("Desk 01", 1, 2): 30,
        ("Desk 01", 2, 2): 1,
        ("Desk 02", 1, 1): 1,
    }
