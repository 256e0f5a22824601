"""What is owed when the log is not as it should be: each case has one stated answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import COLUMNS, obligations, summary
from quality.workdays import Workdays
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

AVERY = {"candidate": "Avery Sample", "party": "candidate"}
ORDER = {**AVERY, "client": "Example Works", "contact": "Casey Example", "job": "Order 1"}
CLIENT = {"party": "client", "client": "Example Works", "contact": "Casey Example"}


def at(when: str, activity: str, desk: str = "Desk 01", **fields: Any) -> dict[str, Any]:
    return row(f"2026-{when}:00", desk, activity, **fields)


def owed(
    engine: Engine, rows: list[dict[str, Any]], *names: str, as_of: date = date(2026, 11, 20), **asked: Any
) -> Any:
    return obligations(engine(frame_of(rows)), as_of=as_of, rules=[BY_NAME[name] for name in names], **asked)


def statuses(found: Any) -> list[str]:
    return found["status"].tolist()


def test_a_contact_without_candidate_or_client_fulfils_nothing_and_owes_nothing(engine: Engine) -> None:
    rows = [
        at("11-02 09", "resume_received", **AVERY),
        at("11-03 09", "touch"),
        at("11-03 10", "call_attempt", **AVERY),
    ]
    found = owed(engine, rows, *BY_NAME)
    assert found[["rule", "status"]].to_numpy().tolist() == [["acknowledge_resume", "overdue"]]


def test_rows_without_a_candidate_owe_nothing_by_the_rules_about_candidates(engine: Engine) -> None:
    nameless = {"party": "candidate", "client": "Example Works"}
    rows = [at("11-02 09", name, **nameless) for name in ("resume_received", "interview", "send_out", "start")]
    assert owed(engine, rows, *BY_NAME).empty


def test_two_names_of_a_candidate_are_two_people(engine: Engine) -> None:
    rows = [at("11-02 09", "resume_received", **AVERY), at("11-03 09", "recruiting_call", candidate="A. Sample")]
    found = owed(engine, rows, "acknowledge_resume")
    assert found[["who", "status"]].to_numpy().tolist() == [["Avery Sample", "overdue"]]


def test_two_names_of_a_client_are_one_where_the_contact_is_the_same(engine: Engine) -> None:
    other = {**CLIENT, "client": "Example Works Inc."}
    rows = [at("11-02 09", "intake_call", **CLIENT), at("11-03 09", "touch", **other)]
    assert statuses(owed(engine, rows, "after_intake")) == ["kept"]
    nameless = [{**row, "contact": None} for row in rows]
    assert statuses(owed(engine, nameless, "after_intake")) == ["overdue"]


def test_a_word_with_a_client_keeps_a_promise_though_the_contact_is_at_another_client_by_now(engine: Engine) -> None:
    works, mill, yard = ({"party": "client", "client": f"Example {name}"} for name in ("Works", "Mill", "Yard"))
    casey = {"contact": "Casey Example"}
    rows = [
        at("01-07 09", "contract", **works),
        at("01-08 09", "touch", **works, **casey),
        at("03-09 09", "touch", **mill, **casey),
        at("11-19 09", "contract", **yard, contact="Drew Example"),
    ]
    found = owed(engine, rows, "after_job_order")
    assert found[["who", "status"]].to_numpy().tolist() == [["Drew Example", "open"]]


def test_ten_thousand_obligations_of_one_desk_are_ten_thousand_rows(engine: Engine) -> None:
    rows = [
        at("11-02 09", "resume_received", party="candidate", candidate=f"Candidate {number:05d}")
        for number in range(10_000)
    ]
    found = owed(engine, rows, "acknowledge_resume")
    assert (len(found), found["who"].nunique(), set(found["status"])) == (10_000, 10_000, {"overdue"})
    assert summary(found).to_numpy().tolist() == [["Desk 01", "acknowledge_resume", 0, 0, 0, 10_000, 0]]


def test_a_contact_before_its_trigger_fulfils_nothing(engine: Engine) -> None:
    rows = [at("11-02 08", "recruiting_call", **AVERY), at("11-02 09", "resume_received", **AVERY)]
    assert statuses(owed(engine, rows, "acknowledge_resume")) == ["overdue"]


def test_a_contact_of_the_same_moment_fulfils_since_dates_without_a_time_are_midnight(engine: Engine) -> None:
    rows = [at("11-02 00", "recruiting_call", **AVERY), at("11-02 00", "resume_received", **AVERY)]
    assert statuses(owed(engine, rows, "acknowledge_resume")) == ["kept"]


def test_an_automatic_message_fulfils_nothing(engine: Engine) -> None:
    rows = [at("11-02 09", "resume_received", **AVERY), at("11-02 09", "touch", channel="auto", **AVERY)]
    assert statuses(owed(engine, rows, "acknowledge_resume")) == ["overdue"]


def test_a_preparation_after_the_interview_is_none_and_is_asked_for_no_more(engine: Engine) -> None:
    rows = [at("11-04 09", "send_out", **ORDER), at("11-04 15", "prep", **ORDER)]
    found = owed(engine, rows, "prep_candidate")
    assert statuses(found) == ["overdue"]
    assert found["closed_at"].tolist() == [datetime.fromisoformat("2026-11-04T09:00")]
    assert found["fulfilled_at"].isna().all()


def test_a_conversation_with_the_client_is_news_for_all_orders_of_that_client(engine: Engine) -> None:
    rows = [
        at("11-09 09", "contract", job="Order 1", **CLIENT),
        at("11-09 09", "contract", job="Order 2", **CLIENT),
        at("11-12 09", "touch", **CLIENT),
    ]
    found = owed(engine, rows, "friday_update", as_of=date(2026, 11, 15))
    assert found[["job", "status"]].to_numpy().tolist() == [["Order 1", "kept"], ["Order 2", "kept"]]


def test_the_desk_of_the_trigger_is_credited_whoever_called(engine: Engine) -> None:
    rows = [
        at("11-02 09", "interview", "Desk 01", **AVERY),
        at("11-04 09", "recruiting_call", "Desk 02", **AVERY),
        at("11-06 09", "recruiting_call", "Desk 01", **AVERY),
    ]
    found = owed(engine, rows, "weekly_promise")
    assert found[["desk", "status"]].to_numpy().tolist() == [
        ["Desk 01", "kept"],
        ["Desk 02", "kept"],
        ["Desk 01", "overdue"],
    ]


def test_a_promise_for_a_day_before_its_entry_is_due_on_the_day_of_entry(engine: Engine) -> None:
    promise = at("11-10 09", "note", due_on=datetime.fromisoformat("2026-11-02"), **AVERY)
    found = owed(engine, [promise], "do_what_you_said")
    assert found["due_at"].tolist() == [datetime.fromisoformat("2026-11-10T23:59:59")]


@pytest.mark.parametrize(
    ("outcome", "preparation", "debriefs"),
    [("cancelled", "waived", 0), ("rescheduled", "waived", 0), ("no_show", "overdue", 0), ("held", "overdue", 1)],
)
def test_what_became_of_an_interview_decides_what_it_owes(
    engine: Engine, outcome: str, preparation: str, debriefs: int
) -> None:
    rows = [at("11-04 09", "send_out", outcome=outcome, **ORDER)]
    assert statuses(owed(engine, rows, "prep_client")) == [preparation]
    assert len(owed(engine, rows, "debrief_client")) == debriefs


def test_a_repeated_interview_needs_a_preparation_of_its_own(engine: Engine) -> None:
    rows = [at("11-03 09", "prep", **ORDER), at("11-04 09", "send_out", **ORDER), at("11-06 09", "send_out", **ORDER)]
    assert statuses(owed(engine, rows, "prep_candidate")) == ["kept", "overdue"]


def test_an_order_nobody_closed_owes_no_more_news_after_90_silent_days(engine: Engine) -> None:
    rows = [at("06-01 09", "contract", job="Order 1", **CLIENT)]
    found = owed(engine, rows, "friday_update", start=date(2026, 1, 1))
    assert found["due_at"].max() == datetime.fromisoformat("2026-08-28T23:59:59")


def test_a_planned_end_before_the_start_is_none(engine: Engine) -> None:
    rows = [at("10-05 09", "start", planned_end=datetime.fromisoformat("2026-09-01"), **ORDER)]
    assert owed(engine, rows, "redeploy_45", "redeploy_30").empty
    assert statuses(owed(engine, rows, "touch_120")) == ["overdue"]


def test_an_end_before_its_start_ends_nothing(engine: Engine) -> None:
    rows = [at("10-01 09", "end", outcome="completed", **ORDER), at("10-05 09", "start", **ORDER)]
    assert statuses(owed(engine, rows, "touch_120")) == ["overdue"]


def test_whoever_wants_to_be_left_alone_is_owed_nothing_more(engine: Engine) -> None:
    rows = [
        at("11-02 09", "resume_received", **AVERY),
        at("11-03 09", "recruiting_call", **AVERY),
        at("11-05 09", "resume_received", **AVERY),
        at("11-06 09", "do_not_contact", **AVERY),
    ]
    assert statuses(owed(engine, rows, "acknowledge_resume")) == ["kept", "waived"]
    agreed = [*rows, at("11-07 09", "contact_consent", **AVERY)]
    assert statuses(owed(engine, agreed, "acknowledge_resume")) == ["kept", "overdue"]


def test_without_consent_nothing_is_ever_due_after_a_declined_offer(engine: Engine) -> None:
    rows = [at("01-05 09", "offer_declined", **ORDER)]
    assert owed(engine, rows, "declined_6_months", "declined_18_months").empty


def test_public_holidays_are_no_business_days(engine: Engine) -> None:
    rows = [at("11-25 09", "resume_received", **AVERY)]
    found = owed(engine, rows, "acknowledge_resume", as_of=date(2026, 11, 25), working=Workdays("US"))
    assert found["due_at"].tolist() == [datetime.fromisoformat("2026-11-30T23:59:59")]


def test_what_is_due_today_is_open_until_the_day_is_over(engine: Engine) -> None:
    rows = [at("11-02 09", "resume_received", **AVERY)]
    days = (date(2026, 11, 4), date(2026, 11, 5))
    assert [statuses(owed(engine, rows, "acknowledge_resume", as_of=day)) for day in days] == [["open"], ["overdue"]]


def test_the_usual_window_keeps_what_is_older_and_still_owed(engine: Engine) -> None:
    rows = [
        at("01-05 09", "resume_received", **AVERY),
        at("01-05 09", "resume_received", candidate="Blake Sample", party="candidate"),
        at("01-06 09", "recruiting_call", candidate="Blake Sample", party="candidate"),
    ]
    assert owed(engine, rows, "acknowledge_resume")["who"].tolist() == ["Avery Sample"]
    assert owed(engine, rows, "acknowledge_resume", end=date(2026, 11, 20)).empty


def test_an_empty_log_owes_nothing_in_the_same_columns(engine: Engine) -> None:
    found = owed(engine, [], *BY_NAME)
    assert (list(found.columns), len(found), len(summary(found))) == (list(COLUMNS), 0, 0)


def test_a_rule_that_is_off_owes_nothing(engine: Engine) -> None:
    rows = [at("08-03 08", "start", **ORDER)]
    assert [rule.name for rule in RULES if not rule.on] == ["onsite_thanks"]
    assert owed(engine, rows, "onsite_thanks").empty
