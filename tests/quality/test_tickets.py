"""Tickets out of the rows that open and resolve them: pairs, states, due days, and what is asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import obligations
from quality.rule_changes import KEY, RuleChange, rules_in_force
from quality.support import COLUMNS, NO_TOPIC, QUESTIONS, RULE, Tickets, tickets
from quality.workdays import Workdays
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

#: A Monday.
TODAY = date(2026, 11, 23)
AVERY = "Avery Sample"


def opened(when: str, ref: str | None = "T1", **more: Any) -> dict[str, Any]:
    fields = {"party": "candidate", "candidate": AVERY, "client": "Example Works", "ref": ref, "notes": "Badge", **more}
    return row(when, "Desk 01", "ticket_opened", **fields)


def resolved(when: str, ref: str | None = "T1", **more: Any) -> dict[str, Any]:
    fields = {"party": "candidate", "candidate": AVERY, "client": "Example Works", "ref": ref, **more}
    return row(when, "Desk 01", "ticket_resolved", **fields)


def found(engine: Engine, *rows: dict[str, Any], **more: Any) -> Tickets:
    return tickets(engine(frame_of(rows)), **{"as_of": TODAY, "rules": RULES, **more})


def states(told: Tickets) -> list[tuple[str, bool]]:
    return [(one["state"], one["late"]) for one in told.rows.to_dict("records")]


def kinds(told: Tickets) -> list[str]:
    return told.questions["kind"].tolist()


def test_a_ticket_is_resolved_by_the_row_of_its_number(engine: Engine) -> None:
    told = found(
        engine,
        opened("2026-11-16 09:00", assignee="Support 1", outcome="adoption", job="Welder"),
        resolved("2026-11-17 12:30", assignee="Support 2"),
    )
    [one] = told.rows.to_dict("records")
    assert (one["state"], one["hours"], one["late"], one["reopened"]) == ("resolved", 27.5, False, False)
    assert (one["kind"], one["topic"], one["owner"], one["job"]) == ("adoption", "Badge", "Support 2", "Welder")
    assert one["due_at"] == pd.Timestamp("2026-11-18 23:59:59")
    assert (one["ticket"], one["resolved_id"]) == ("row 0000", "row 0001")
    assert told.questions.empty


def test_late_is_what_is_resolved_after_the_second_business_day(engine: Engine) -> None:
    told = found(
        engine,
        opened("2026-11-13 09:00", "Friday"),
        resolved("2026-11-17 23:59", "Friday"),
        opened("2026-11-13 10:00", "Friday, late"),
        resolved("2026-11-18 00:00:01", "Friday, late"),
    )
    assert states(told) == [("resolved", False), ("resolved", True)]


def test_what_waits_is_open_until_its_day_is_over_and_overdue_from_then_on(engine: Engine) -> None:
    told = found(engine, opened("2026-11-19 09:00", "today"), opened("2026-11-18 09:00", "on Friday"))
    assert states(told) == [("overdue", True), ("open", False)]
    assert told.rows["hours"].tolist() == [6 * 24 - 9.0, 5 * 24 - 9.0]
    assert told.rows["resolved_at"].isna().all()


def test_what_lies_after_the_day_is_not_known(engine: Engine) -> None:
    rows = opened("2026-11-16 09:00"), resolved("2026-11-24 09:00"), opened("2026-11-25 09:00", "T2")
    assert states(found(engine, *rows)) == [("overdue", True)]


def test_public_holidays_are_no_business_days(engine: Engine) -> None:
    # Thursday 26 November 2026 is Thanksgiving.
    told = found(engine, opened("2026-11-25 09:00"), as_of=date(2026, 11, 30), working=Workdays("US"))
    assert told.rows["due_at"].tolist() == [pd.Timestamp("2026-11-30 23:59:59")]


def test_a_changed_rule_holds_for_tickets_from_its_day_on_and_an_off_rule_makes_nothing_overdue(engine: Engine) -> None:
    settings = {KEY: [RuleChange(RULE, date(2026, 11, 9), number=5).stored()]}
    rows = opened("2026-11-06 09:00", "before"), opened("2026-11-09 09:00", "since")
    told = found(engine, *rows, rules=rules_in_force(settings))
    assert told.rows["due_at"].dt.date.tolist() == [date(2026, 11, 10), date(2026, 11, 16)]
    off = {KEY: [RuleChange(RULE, date(2026, 11, 9), on=False).stored()]}
    told = found(engine, *rows, resolved("2026-11-12 09:00", "before"), rules=rules_in_force(off))
    assert states(told) == [("resolved", True), ("open", False)]
    assert told.rows["due_at"].isna().tolist() == [False, True]


def test_a_ticket_opened_again_after_it_was_resolved_is_a_case_of_its_own_and_asked_about(engine: Engine) -> None:
    told = found(
        engine,
        opened("2026-11-02 09:00"),
        resolved("2026-11-03 09:00"),
        opened("2026-11-20 09:00"),
    )
    assert states(told) == [("resolved", False), ("open", False)]
    assert told.rows["reopened"].tolist() == [False, True]
    [question] = told.questions.to_dict("records")
    assert (question["kind"], question["activity_id"]) == ("reopened", "row 0002")
    assert question["sentence"] == ("Ticket T1 was opened again after it was resolved: counted as a case of its own.")


def test_what_contradicts_itself_is_asked_about_and_not_dropped(engine: Engine) -> None:
    told = found(
        engine,
        resolved("2026-11-02 09:00", "T1"),
        opened("2026-11-03 09:00", "T1"),
        opened("2026-11-03 10:00", "T2"),
        opened("2026-11-04 10:00", "T2"),
        resolved("2026-11-05 10:00", "T2"),
        resolved("2026-11-06 10:00", "T2"),
        resolved("2026-11-06 11:00", "T3"),
    )
    assert kinds(told) == ["resolved_first", "opened_twice", "resolved_twice", "never_opened"]
    assert told.rows["ref"].tolist() == ["T1", "T2"]
    assert states(told) == [("overdue", True), ("resolved", False)]
    assert told.rows["hours"].tolist()[1] == 48.0


def owed(engine: Engine, *rows: dict[str, Any]) -> list[str]:
    """What the rule says of each opening."""
    return obligations(engine(frame_of(rows)), as_of=TODAY, rules=[BY_NAME[RULE]])["status"].tolist()


def test_one_number_of_two_people_makes_two_tickets(engine: Engine) -> None:
    blake = {"candidate": "Blake Sample", "source": "other system"}
    rows = [opened("2026-11-16 09:00"), opened("2026-11-16 10:00", **blake), resolved("2026-11-17 09:00", **blake)]
    told = found(engine, *rows)
    assert told.rows[["candidate", "state"]].to_numpy().tolist() == [[AVERY, "overdue"], ["Blake Sample", "resolved"]]
    assert (kinds(told), told.rows["reopened"].any()) == ([], False)
    assert owed(engine, *rows) == ["overdue", "kept"]
    told = found(engine, *rows, resolved("2026-11-18 09:00"), opened("2026-11-19 09:00", **blake))
    assert states(told) == [("resolved", False), ("resolved", False), ("open", False)]
    assert kinds(told) == ["reopened"]


def test_a_row_of_a_number_that_names_nobody_is_about_whoever_has_it(engine: Engine) -> None:
    nobody = {"candidate": None, "client": None}
    rows = [opened("2026-11-16 09:00"), resolved("2026-11-17 09:00", **nobody)]
    assert states(found(engine, *rows)) == [("resolved", False)]
    assert owed(engine, *rows) == ["kept"]
    both = [opened("2026-11-16 10:00", candidate="Blake Sample"), *rows]
    assert states(found(engine, *both)) == [("resolved", False), ("resolved", False)]
    assert owed(engine, *both) == ["kept", "kept"]
    unnamed = [opened("2026-11-16 09:00", **nobody), resolved("2026-11-17 09:00")]
    assert states(found(engine, *unnamed)) == [("resolved", False)]
    assert owed(engine, *unnamed) == ["kept"]


def test_a_resolution_of_somebody_elses_number_fits_none(engine: Engine) -> None:
    other = resolved("2026-11-17 09:00", candidate="Blake Sample")
    told = found(engine, opened("2026-11-16 09:00"), other)
    assert (states(told), kinds(told)) == ([("overdue", True)], ["never_opened"])
    first = found(engine, other, opened("2026-11-18 09:00", candidate="Blake Sample"), opened("2026-11-18 09:00"))
    assert kinds(first) == ["resolved_first"]


def test_one_number_of_two_systems_is_one_ticket_where_it_is_one_person(engine: Engine) -> None:
    # A list of what came in and one of what was solved are two sources of one help desk.
    told = found(engine, opened("2026-11-16 09:00"), resolved("2026-11-17 09:00", source="list of solved cases"))
    assert states(told) == [("resolved", False)]


def test_without_a_number_a_ticket_is_paired_by_person_and_topic(engine: Engine) -> None:
    told = found(
        engine,
        opened("2026-11-02 09:00", None, notes="Badge does not open."),
        opened("2026-11-02 10:00", None, notes="Payslip"),
        opened("2026-11-02 11:00", None, notes="Payslip", candidate="Blake Sample"),
        resolved("2026-11-03 10:00", None, notes=" payslip "),
        resolved("2026-11-04 09:00", None),
        resolved("2026-11-05 09:00", " ", notes="Parking"),
    )
    assert [(one["topic"], one["who"], one["state"]) for one in told.rows.to_dict("records")] == [
        ("Badge does not open.", AVERY, "resolved"),
        ("Payslip", AVERY, "resolved"),
        ("Payslip", "Blake Sample", "overdue"),
    ]
    assert told.rows["hours"].tolist()[:2] == [48.0, 24.0]
    assert kinds(told) == ["no_ref", "no_ref", "fits_none", "no_ref"]
    assert told.questions["sentence"].iloc[0] == (
        "A ticket has no number: its resolution is looked for by person and topic."
    )


def test_topics_that_differ_in_capitals_stops_and_spaces_are_one(engine: Engine) -> None:
    told = found(
        engine,
        opened("2026-11-02 09:00", "1", notes="Payslip question"),
        opened("2026-11-02 10:00", "2", notes="PAYSLIP  question. "),
        opened("2026-11-02 11:00", "3", notes=None),
        opened("2026-11-02 12:00", "4", notes=" ! "),
    )
    assert told.rows["topic"].tolist() == ["Payslip question", "Payslip question", NO_TOPIC, NO_TOPIC]


def test_a_kind_in_words_of_another_system_is_not_said(engine: Engine) -> None:
    told = found(engine, opened("2026-11-02 09:00", "1", outcome="Incident"), opened("2026-11-02 10:00", "2"))
    assert told.rows["kind"].tolist() == ["not_said", "not_said"]


def test_where_only_days_are_known_a_ticket_of_one_day_is_resolved_on_it(engine: Engine) -> None:
    told = found(engine, opened("2026-11-02 09:00"), resolved("2026-11-02 00:00"))
    assert told.rows[["state", "hours"]].to_numpy().tolist() == [["resolved", 0.0]]


def test_a_ticket_of_a_client_is_of_its_contact(engine: Engine) -> None:
    told = found(engine, opened("2026-11-20 09:00", party="client", candidate=None, contact="Casey Example"))
    assert told.rows[["party", "who"]].to_numpy().tolist() == [["client", "Casey Example"]]


def answer(said: str, **more: Any) -> pd.DataFrame:
    """One answer of Wednesday, as the history gives it."""
    told = {"answer_id": 1, "rule": RULE, "trigger_id": "row 0000", "party": "candidate", "who": AVERY, "answer": said}
    when = {"answered_by": "Kit Sample", "answered_at": pd.Timestamp("2026-11-18 09:00"), "due_on": pd.NaT, **more}
    return pd.DataFrame([told | when]).astype({"due_on": "datetime64[us]", "answered_at": "datetime64[us]"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer("elsewhere"), ["waived", "open"]),
        (answer("do_not_contact"), ["waived", "waived"]),
        (answer("elsewhere", answered_at=pd.Timestamp("2026-11-24 09:00")), ["overdue", "open"]),
    ],
)
def test_what_was_answered_no_longer_waits(engine: Engine, given: pd.DataFrame, expected: list[str]) -> None:
    told = found(engine, opened("2026-11-16 09:00", "1"), opened("2026-11-20 09:00", "2"), answers=given)
    assert told.rows["state"].tolist() == expected


def test_what_was_resolved_stays_resolved_whatever_is_answered(engine: Engine) -> None:
    rows = opened("2026-11-16 09:00"), resolved("2026-11-17 09:00")
    assert found(engine, *rows, answers=answer("elsewhere")).rows["state"].tolist() == ["resolved"]


def test_a_log_without_tickets_has_none_and_keeps_its_columns(engine: Engine) -> None:
    told = found(engine, row("2026-11-16 09:00", "Desk 01", "touch", candidate=AVERY), answers=answer("elsewhere"))
    assert told.rows.empty
    assert tuple(told.rows.columns) == COLUMNS
    assert tuple(told.questions.columns) == QUESTIONS
