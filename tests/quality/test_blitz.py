"""The Friday list on small logs worked out by eye, and against a slow count on logs made at random."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from quality.blitz import COLUMNS, WEEKS, everybody, friday_of, on_list, past_fridays, still_open
from tests.quality.blitz_by_hand import lists_by_hand
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row
from tests.quality.test_obligations import DAYS, FEW, LOGS, MANY

#: A Friday.
FRIDAY = date(2026, 11, 20)
AVERY = {"candidate": "Avery Sample", "client": "Example Metal Works", "job": "Welder"}
ORDER = {"client": "Example Metal Works", "contact": "Casey Example", "job": "Welder"}


def listed(engine: Engine, rows: list[dict[str, Any]], as_of: date = FRIDAY) -> pd.DataFrame:
    return on_list(engine(frame_of(rows)), as_of=as_of)


def lists(log: Any, as_of: date, weeks: int = WEEKS) -> pd.DataFrame:
    """The lists of the last Fridays: who had heard before is on none."""
    found = everybody(log, as_of=as_of, weeks=weeks)
    return found[~found["heard"]]


def who(found: pd.DataFrame) -> list[str]:
    return found["who"].tolist()


def presented(when: str = "2026-11-03 10:00") -> dict[str, Any]:
    return row(when, "Desk 01", "presentation", **AVERY)


def spoken(when: str, **more: Any) -> dict[str, Any]:
    return row(when, "Desk 02", "touch", candidate="Avery Sample", party="candidate", **more)


@pytest.mark.parametrize(
    ("day", "friday"),
    [
        ("2026-11-16", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-22", "2026-11-20"),
        ("2026-11-23", "2026-11-27"),
    ],
)
def test_a_day_belongs_to_the_friday_of_its_week(day: str, friday: str) -> None:
    assert friday_of(date.fromisoformat(day)) == date.fromisoformat(friday)


def test_the_last_fridays_end_with_today_where_it_is_one() -> None:
    assert past_fridays(FRIDAY, 2) == [date(2026, 11, 13), FRIDAY]
    assert past_fridays(date(2026, 11, 26), 2) == [date(2026, 11, 13), FRIDAY]


def test_a_candidate_who_heard_something_on_the_friday_before_is_on_the_list(engine: Engine) -> None:
    found = listed(engine, [presented(), spoken("2026-11-13 16:00")])
    assert found.columns.tolist() == list(COLUMNS)
    [line] = found.to_dict("records")
    assert (line["friday"], line["party"], line["who"]) == (pd.Timestamp(FRIDAY), "candidate", "Avery Sample")
    assert (line["desk"], line["client"], line["job"]) == ("Desk 01", "Example Metal Works", "Welder")
    assert line["since"] == pd.Timestamp("2026-11-03 10:00")
    assert line["last_contact_at"] == pd.Timestamp("2026-11-13 16:00")
    assert pd.isna(line["reached_at"])


@pytest.mark.parametrize("when", ["2026-11-14 00:00", "2026-11-19 23:59"])
def test_a_candidate_who_heard_something_since_is_not(engine: Engine, when: str) -> None:
    assert listed(engine, [presented(), spoken(when)]).empty


def test_automatic_messages_and_attempts_are_no_contact(engine: Engine) -> None:
    auto = spoken("2026-11-18 10:00", channel="auto")
    attempt = row("2026-11-18 11:00", "Desk 01", "call_attempt", candidate="Avery Sample")
    assert who(listed(engine, [presented(), auto, attempt])) == ["Avery Sample"]


def test_a_candidate_nobody_ever_spoke_to_is_on_the_list_without_a_contact(engine: Engine) -> None:
    found = listed(engine, [presented("2026-11-19 09:00")])
    assert who(found) == ["Avery Sample"]
    assert found["last_contact_at"].isna().all()


def test_a_contact_on_the_friday_leaves_the_list_as_it_was_and_reaches_somebody(engine: Engine) -> None:
    found = listed(engine, [presented(), spoken("2026-11-20 11:30"), spoken("2026-11-20 15:00")])
    assert found["reached_at"].tolist() == [pd.Timestamp("2026-11-20 11:30")]
    assert found["last_contact_at"].isna().all()


def test_a_contact_on_saturday_comes_too_late(engine: Engine) -> None:
    found = listed(engine, [presented(), spoken("2026-11-21 11:30")], date(2026, 11, 22))
    assert found["reached_at"].isna().all()


@pytest.mark.parametrize("ending", ["rejected", "fill", "offer_declined", "do_not_contact"])
def test_who_is_no_longer_in_process_is_not_on_the_list(engine: Engine, ending: str) -> None:
    over = row("2026-11-19 17:00", "Desk 01", ending, **AVERY)
    assert listed(engine, [presented(), over]).empty


def test_who_was_rejected_on_the_friday_itself_still_is(engine: Engine) -> None:
    assert who(listed(engine, [presented(), row("2026-11-20 00:00", "Desk 01", "rejected", **AVERY)])) == [
        "Avery Sample"
    ]


def test_after_thirty_days_without_a_step_a_candidate_is_no_longer_in_process(engine: Engine) -> None:
    assert who(listed(engine, [presented("2026-10-20 10:00")])) == ["Avery Sample"]
    assert listed(engine, [presented("2026-10-19 10:00")]).empty


def test_on_a_wednesday_the_list_is_that_of_friday_as_far_as_it_is_known(engine: Engine) -> None:
    rows = [presented(), spoken("2026-11-13 16:00"), spoken("2026-11-19 10:00")]
    assert who(listed(engine, rows, date(2026, 11, 18))) == ["Avery Sample"]
    assert listed(engine, rows, date(2026, 11, 19)).empty


def test_who_heard_before_friday_is_due_in_that_week_and_on_no_list(engine: Engine) -> None:
    contract = row("2026-11-02 10:00", "Desk 01", "contract", **ORDER)
    news = row("2026-11-17 10:00", "Desk 01", "status_update", party="client", **ORDER)
    late = row("2026-11-20 10:00", "Desk 01", "status_update", party="client", **ORDER)
    rows = [presented(), spoken("2026-11-18 10:00"), contract, news, late]
    found = everybody(engine(frame_of(rows)), as_of=FRIDAY, weeks=1)
    assert sorted(who(found)) == ["Avery Sample", "Casey Example"]
    assert found["heard"].all()
    assert found["reached_at"].isna().all()
    waiting = everybody(engine(frame_of([presented(), contract, late])), as_of=FRIDAY, weeks=1)
    assert waiting.set_index("who")["heard"].to_dict() == {"Avery Sample": False, "Casey Example": False}
    assert waiting["reached_at"].notna().tolist() == (waiting["who"] == "Casey Example").tolist()


def test_an_open_order_without_news_since_monday_is_on_the_list(engine: Engine) -> None:
    contract = row("2026-11-02 10:00", "Desk 01", "contract", **ORDER)
    news = row("2026-11-13 10:00", "Desk 01", "status_update", party="client", **ORDER)
    [line] = listed(engine, [contract, news]).to_dict("records")
    assert (line["party"], line["who"], line["job"], line["desk"]) == ("client", "Casey Example", "Welder", "Desk 01")
    assert line["since"] == pd.Timestamp("2026-11-02 10:00")
    assert line["last_contact_at"] == pd.Timestamp("2026-11-13 10:00")
    monday = row("2026-11-16 10:00", "Desk 01", "status_update", party="client", **ORDER)
    assert listed(engine, [contract, monday]).empty
    friday = row("2026-11-20 10:00", "Desk 01", "status_update", party="client", **ORDER)
    assert listed(engine, [contract, friday])["reached_at"].tolist() == [pd.Timestamp("2026-11-20 10:00")]


def test_two_orders_of_one_contact_are_two_reasons_and_a_closed_one_is_none(engine: Engine) -> None:
    orders = [
        row("2026-11-02 10:00", "Desk 01", "contract", **ORDER | {"job": job}) for job in ("Welder", "Fitter", "Nurse")
    ]
    closed = row("2026-11-18 10:00", "Desk 01", "contract_closed", **ORDER | {"job": "Nurse"})
    found = listed(engine, [*orders, closed])
    assert who(found) == ["Casey Example"] * 2
    assert found["job"].tolist() == ["Welder", "Fitter"]


def test_an_order_is_told_to_the_client_where_there_is_no_contact_else_named_by_its_job(engine: Engine) -> None:
    rows = [
        row("2026-11-02 10:00", "Desk 01", "contract", client="Example Labs", job="Nurse"),
        row("2026-11-02 11:00", "Desk 01", "contract", job="Fitter"),
    ]
    assert who(listed(engine, rows)) == ["Example Labs", "Fitter"]


def test_an_order_on_which_nothing_happened_for_ninety_days_is_on_no_list_but_asked_about(engine: Engine) -> None:
    contract = row("2026-08-21 10:00", "Desk 01", "contract", **ORDER)
    log = engine(frame_of([contract]))
    assert who(on_list(log, as_of=date(2026, 11, 18))) == ["Casey Example"]
    assert still_open(log, as_of=date(2026, 11, 18)).empty
    assert on_list(log, as_of=date(2026, 11, 19)).empty
    [line] = still_open(log, as_of=date(2026, 11, 19)).to_dict("records")
    assert (line["who"], line["job"], line["seen"]) == ("Casey Example", "Welder", pd.Timestamp("2026-08-21"))


def test_a_client_who_wants_to_be_left_alone_is_on_no_list(engine: Engine) -> None:
    contract = row("2026-11-02 10:00", "Desk 01", "contract", **ORDER)
    wish = row("2026-11-10 10:00", "Desk 01", "do_not_contact", party="client", **ORDER)
    assert listed(engine, [contract, wish]).empty
    again = row("2026-11-12 10:00", "Desk 01", "contact_consent", party="client", **ORDER)
    assert who(listed(engine, [contract, wish, again])) == ["Casey Example"]


def test_an_empty_log_has_empty_lists(engine: Engine) -> None:
    log = engine(frame_of([]))
    assert on_list(log, as_of=FRIDAY).empty
    assert lists(log, as_of=FRIDAY).empty
    assert still_open(log, as_of=FRIDAY).empty


def test_each_past_list_is_as_it_was_known_on_its_thursday_evening(engine: Engine) -> None:
    rows = [presented(), spoken("2026-11-13 16:00"), row("2026-11-19 17:00", "Desk 01", "rejected", **AVERY)]
    found = lists(engine(frame_of(rows)), as_of=date(2026, 11, 23), weeks=3)
    assert found["friday"].dt.date.tolist() == [date(2026, 11, 6), date(2026, 11, 13)]
    assert found["reached_at"].tolist() == [pd.NaT, pd.Timestamp("2026-11-13 16:00")]


def as_tuples(found: pd.DataFrame) -> set[tuple[Any, ...]]:
    held = found[["friday", "party", "who", "trigger_id", "desk", "reached_at"]].astype(object)
    plain = held.where(held.notna(), None).itertuples(index=False, name=None)
    return {(day.date(), *rest, at and pd.Timestamp(at).to_pydatetime()) for day, *rest, at in plain}


@MANY
@given(rows=LOGS, as_of=DAYS)
def test_the_lists_equal_what_is_worked_out_by_hand(engine: Engine, rows: list[dict[str, Any]], as_of: date) -> None:
    found = lists(engine(frame_of(rows)), as_of=as_of, weeks=20)
    assert as_tuples(found) == lists_by_hand(rows, as_of, 20)


@FEW
@given(rows=LOGS, as_of=DAYS)
def test_the_list_of_a_friday_is_the_last_of_the_lists(engine: Engine, rows: list[dict[str, Any]], as_of: date) -> None:
    friday = past_fridays(as_of, 1)[0]
    log = engine(frame_of(rows))
    assert as_tuples(on_list(log, as_of=friday)) == as_tuples(lists(log, as_of=friday, weeks=1))
