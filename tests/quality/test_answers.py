"""An answer waives what it names from its day on, and what was kept stays kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from quality.answers import SAID, WORDS, answered, left_alone

AS_OF = date(2026, 3, 10)
AT = pd.Timestamp(2026, 3, 9, 15, 30)
_MOMENTS = ("triggered_at", "due_at", "closed_at")


def owed(*rows: dict[str, Any]) -> pd.DataFrame:
    """Obligations: overdue feedback to Avery Sample, triggered by row 1, unless a row says otherwise."""
    usual = {
        "rule": "close_loop",
        "trigger_id": "row 1",
        "party": "candidate",
        "who": "Avery Sample",
        "triggered_at": pd.Timestamp(2026, 3, 2, 9),
        "due_at": pd.Timestamp(2026, 3, 5, 23, 59, 59),
        "closed_at": pd.NaT,
        "status": "overdue",
        "why": "Rejected.",
    }
    frame = pd.DataFrame([usual | row for row in rows], columns=list(usual))
    texts = dict.fromkeys([name for name in usual if name not in _MOMENTS], "str")
    return frame.astype(texts | dict.fromkeys(_MOMENTS, "datetime64[us]"))


def answers(*rows: dict[str, Any]) -> pd.DataFrame:
    """Answers as the history gives them: row 1 was done elsewhere, said by Desk 01 the day before."""
    usual = {
        "rule": "close_loop",
        "trigger_id": "row 1",
        "party": "candidate",
        "who": "Avery Sample",
        "answer": "elsewhere",
        "answered_by": "Desk 01",
        "due_on": pd.NaT,
        "answered_at": AT,
    }
    held = [{"answer_id": number, **usual, **row} for number, row in enumerate(rows, 1)]
    frame = pd.DataFrame(held, columns=["answer_id", *usual])
    moments = dict.fromkeys(["due_on", "answered_at"], "datetime64[us]")
    texts = dict.fromkeys(["rule", "trigger_id", "party", "who", "answer", "answered_by"], "str")
    return frame.astype({"answer_id": "int64"} | texts | moments)


def statuses(found: pd.DataFrame, *said: dict[str, Any], as_of: date = AS_OF) -> list[str]:
    return answered(found, answers(*said), as_of)["status"].tolist()


def test_what_was_answered_is_waived_and_says_by_whom_and_when():
    found = answered(owed({}, {"trigger_id": "row 2"}), answers({}), AS_OF)
    assert found["status"].tolist() == ["waived", "overdue"]
    assert found["closed_at"].tolist()[0] == AT
    assert found[list(SAID)].to_numpy().tolist()[0] == ["elsewhere", "Desk 01", AT]
    assert found[list(SAID)].isna().all(axis="columns").tolist() == [False, True]
    assert found["why"].tolist() == ["Rejected. Done elsewhere: Desk 01, Mon 9 Mar 2026.", "Rejected."]


def test_every_answer_that_settles_something_has_words():
    for answer, words in WORDS.items():
        [why] = answered(owed({}), answers({"answer": answer}), AS_OF)["why"]
        assert why == f"Rejected. {words}: Desk 01, Mon 9 Mar 2026."


def test_an_answer_counts_from_the_day_it_was_given():
    late = {"answered_at": pd.Timestamp(2026, 3, 10, 23, 59)}
    assert statuses(owed({}), late, as_of=date(2026, 3, 9)) == ["overdue"]
    assert statuses(owed({}), late, as_of=date(2026, 3, 10)) == ["waived"]


def test_kept_and_late_stay_so_and_what_was_waived_keeps_its_own_end():
    ended = pd.Timestamp(2026, 3, 4)
    rows = owed({"status": "kept"}, {"status": "late"}, {"status": "waived", "closed_at": ended}, {"status": "open"})
    found = answered(rows, answers({}), AS_OF)
    assert found["status"].tolist() == ["kept", "late", "waived", "waived"]
    assert found["answer"].notna().tolist() == [False, False, False, True]
    assert found["closed_at"].tolist()[2:] == [ended, AT]


def test_an_answer_to_a_friday_is_about_that_friday_alone():
    due = [pd.Timestamp(2026, 3, day, 23, 59, 59) for day in (6, 13)]
    rows = owed(*({"rule": "friday_update", "due_at": day} for day in due))
    friday = {"rule": "friday_update", "due_on": pd.Timestamp(2026, 3, 13)}
    assert statuses(rows, friday) == ["overdue", "waived"]
    assert statuses(rows, friday | {"due_on": pd.NaT}) == ["overdue", "overdue"]


def test_the_day_of_any_other_rule_tells_nothing_apart():
    assert statuses(owed({}), {"due_on": pd.Timestamp(2026, 1, 1)}) == ["waived"]


def test_of_two_answers_the_last_one_counts():
    found = answered(owed({}), answers({}, {"answer": "not_needed", "answered_by": "Desk 02"}), AS_OF)
    assert found[["answer", "answered_by"]].to_numpy().tolist() == [["not_needed", "Desk 02"]]


def test_a_person_who_is_left_alone_is_owed_nothing_from_then_on():
    later = {"triggered_at": pd.Timestamp(2026, 3, 10, 8), "status": "open", "trigger_id": "row 3"}
    rows = owed(
        {"trigger_id": "row 2", "rule": "touch_120"},
        later,
        {"trigger_id": "row 4", "status": "kept"},
        {"trigger_id": "row 5", "party": "client"},
        {"trigger_id": "row 6", "who": "Blake Sample"},
        {"trigger_id": "row 7", "who": None},
    )
    found = answered(rows, answers({"answer": "do_not_contact"}), AS_OF)
    assert found["status"].tolist() == ["waived", "waived", "kept", "overdue", "overdue", "overdue"]
    assert found["closed_at"].tolist()[:2] == [AT, later["triggered_at"]]
    assert statuses(rows, {"answer": "do_not_contact"}, as_of=date(2026, 3, 8)) == rows["status"].tolist()


def test_who_was_cleared_on_a_friday_waives_nothing():
    assert statuses(owed({}), {"answer": "cleared", "rule": "friday_blitz"}, {"answer": "cleared"}) == ["overdue"]


def test_answers_to_what_is_gone_and_to_unknown_rules_are_not_used():
    assert statuses(owed({}), {"trigger_id": "gone"}, {"rule": "no such rule"}) == ["overdue"]


def test_no_obligations_and_no_answers_have_the_columns_all_the_same():
    empty = owed().assign(why=[])
    for found in (answered(empty, answers({}), AS_OF), answered(owed({}), answers(), AS_OF)):
        assert list(found.columns)[-3:] == list(SAID)
        assert found["answered_at"].dtype == "datetime64[us]"
        assert found["answer"].notna().sum() == 0


def test_the_people_who_are_left_alone_are_listed_once():
    said = answers(
        {"answer": "do_not_contact"},
        {"answer": "do_not_contact", "answered_by": "Desk 02"},
        {"answer": "do_not_contact", "party": "client"},
        {"who": "Blake Sample"},
        {"answer": "do_not_contact", "who": "Casey Sample", "answered_at": pd.Timestamp(2026, 3, 11)},
    )
    found = left_alone(said, AS_OF)
    assert found[["party", "who", "answered_by"]].to_numpy().tolist() == [
        ["candidate", "Avery Sample", "Desk 02"],
        ["client", "Avery Sample", "Desk 01"],
    ]
