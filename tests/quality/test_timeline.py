"""Everything about one person: who is found by a part of a name, the rows in order, who is to be left alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from quality.care_signals import SHIPPED, Weights
from quality.timeline import FOUND, Wish, active_until, find, gathered, left_in_peace, on_assignment, timeline, troubled
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

TODAY = date(2026, 11, 23)
AVERY = ("candidate", "Avery Sample")
NO_ANSWERS = pd.DataFrame(
    {
        **{name: pd.Series(dtype="str") for name in ("rule", "trigger_id", "party", "who", "answer", "answered_by")},
        **{name: pd.Series(dtype="datetime64[us]") for name in ("answered_at", "due_on")},
        "answer_id": pd.Series(dtype="int64"),
    }
)


def call(when: str, candidate: str = "Avery Sample", **more: Any) -> dict[str, Any]:
    return row(when, "Desk 01", "recruiting_call", party="candidate", candidate=candidate, **more)


def order(when: str, contact: str | None, client: str) -> dict[str, Any]:
    return row(when, "Desk 01", "contract", party="client", contact=contact, client=client)


PEOPLE = [
    call("2026-11-02 09:00", "Avery Sample"),
    call("2026-11-03 09:00", "Avery Sample"),
    call("2026-11-03 10:00", "Blake Avery 100%"),
    call("2026-11-03 11:00", "Zoë Sample", client="Example Bakery"),
    order("2026-11-04 09:00", "Quinn Example", "Example Bakery"),
    order("2026-11-04 10:00", None, "Example Dairy"),
    order("2026-12-24 10:00", "Avery Example", "Example Dairy"),
]


def found(engine: Engine, part: str) -> list[tuple[str, str]]:
    people = find(engine(frame_of(PEOPLE)), part)
    return list(zip(people["party"], people["who"], strict=True))


def test_names_that_begin_with_the_text_come_first_then_by_name(engine: Engine) -> None:
    wanted = [("client", "Avery Example"), ("candidate", "Avery Sample"), ("candidate", "Blake Avery 100%")]
    assert found(engine, "avery") == wanted


@pytest.mark.parametrize("part", ["AVERY SAM", "sample avery", "  avery   sample  ", "very sampl"])
def test_a_name_is_found_by_any_part_of_its_words_in_any_order_and_in_capitals_or_not(
    engine: Engine, part: str
) -> None:
    assert found(engine, part) == [AVERY]


def test_contacts_are_found_by_their_client_and_clients_without_one_by_their_own_name(engine: Engine) -> None:
    assert found(engine, "bakery") == [("client", "Example Bakery"), ("client", "Quinn Example")]
    assert found(engine, "dairy") == [("client", "Avery Example"), ("client", "Example Dairy")]


@pytest.mark.parametrize(("part", "who"), [("100%", "Blake Avery 100%"), ("zoë", "Zoë Sample")])
def test_signs_and_letters_of_any_language_are_taken_as_they_are(engine: Engine, part: str, who: str) -> None:
    assert found(engine, part) == [("candidate", who)]


@pytest.mark.parametrize("part", ["", "  ", "a", "%%", "__", ".*", "nobody at all", "avery'; drop table log; --"])
def test_nothing_short_unknown_or_meant_as_a_pattern_finds_anybody(engine: Engine, part: str) -> None:
    assert found(engine, part) == []


def test_a_contact_says_at_which_client(engine: Engine) -> None:
    people = find(engine(frame_of(PEOPLE)), "quinn")
    assert people["client"].tolist() == ["Example Bakery"]


def test_at_most_one_more_than_are_shown_is_found_so_that_it_can_be_said(engine: Engine) -> None:
    many = [call("2026-11-02 09:00", f"Avery Sample {number:03d}") for number in range(FOUND + 20)]
    people = find(engine(frame_of(many)), "sample")
    assert len(people) == FOUND + 1
    assert people["who"].iloc[0] == "Avery Sample 000"


def running(candidate: str | None, client: str | None, state: str = "running") -> dict[str, Any]:
    return {"candidate": candidate, "client": client, "job": "Welder", "state": state}


def test_who_runs_at_a_client_is_found_by_its_name() -> None:
    rows = pd.DataFrame(
        [
            running("Zoë Sample", "Example Bakery"),
            running("Avery Sample", "example BAKERY (north)"),
            running("Avery Sample", "Example Bakery"),
            running("Blake Sample", "Example Bakery", "ended"),
            running("Casey Sample", "Example Dairy"),
            running("Drew Sample", None),
            running(None, "Example Bakery"),
        ]
    )
    assert on_assignment(rows, " bakery  EXAMPLE")["who"].tolist() == ["Avery Sample", "Zoë Sample"]
    assert on_assignment(rows, "(north)")["client"].tolist() == ["example BAKERY (north)"]
    assert [len(on_assignment(rows, part)) for part in ("", "x", "e", "nothing", "Avery")] == [0] * 5
    assert on_assignment(rows.head(0), "bakery").empty


# --- the rows --------------------------------------------------------------------------------------------------------


def test_rows_come_newest_first_and_what_is_booked_is_marked(engine: Engine) -> None:
    rows = [
        call("2026-11-02 09:00"),
        call("2026-11-23 23:59"),
        row("2026-11-24 00:00", "Desk 02", "send_out", party="candidate", candidate="Avery Sample", contact="Quinn"),
        call("2026-11-03 09:00", "Blake Sample"),
    ]
    shown = timeline(engine(frame_of(rows)), *AVERY, as_of=TODAY)
    assert shown["activity"].tolist() == ["send_out", "recruiting_call", "recruiting_call"]
    assert shown["ahead"].tolist() == [True, False, False]
    assert timeline(engine(frame_of(rows)), "client", "Quinn", as_of=TODAY)["activity"].tolist() == ["send_out"]


def test_only_the_newest_rows_of_somebody_are_kept(engine: Engine) -> None:
    rows = [call(f"2026-11-{day:02d} 09:00") for day in range(1, 21)]
    shown = timeline(engine(frame_of(rows)), *AVERY, as_of=TODAY, limit=3)
    assert shown["occurred_at"].dt.day.tolist() == [20, 19, 18]


def card(when: str, hours: float | None, **more: Any) -> dict[str, Any]:
    return row(when, "Desk 01", "timecard", party="candidate", candidate="Avery Sample", quantity=hours, **more)


def test_timecards_of_one_month_are_one_row_with_their_hours_and_other_rows_stay(engine: Engine) -> None:
    rows = [card("2026-10-30 09:00", 40), card("2026-11-06 09:00", 38), card("2026-11-13 09:00", 36.5)]
    rows += [call("2026-11-10 09:00"), call("2026-11-10 09:30")]
    shown = gathered(timeline(engine(frame_of(rows)), *AVERY, as_of=TODAY))
    told = shown[["activity", "times", "quantity"]].astype(object).where(shown.notna(), None)
    assert told.to_numpy().tolist() == [
        ["timecard", 2, 74.5],
        ["recruiting_call", 1, None],
        ["recruiting_call", 1, None],
        ["timecard", 1, 40.0],
    ]
    assert shown["since"].iloc[0] == pd.Timestamp("2026-11-06 09:00")


def test_a_week_without_hours_leaves_the_sum_unknown(engine: Engine) -> None:
    shown = gathered(
        timeline(engine(frame_of([card("2026-11-06", 38), card("2026-11-13", None)])), *AVERY, as_of=TODAY)
    )
    assert (len(shown), shown["times"].iloc[0], pd.isna(shown["quantity"].iloc[0])) == (1, 2, True)


def test_attempts_with_different_notes_or_jobs_stay_apart(engine: Engine) -> None:
    tries = [
        row(f"2026-11-0{day} 09:00", "Desk 01", "call_attempt", party="candidate", candidate="Avery Sample", **more)
        for day, more in enumerate(({"notes": "No answer"}, {"notes": "No answer"}, {}, {"job": "Welder"}), 1)
    ]
    shown = gathered(timeline(engine(frame_of(tries)), *AVERY, as_of=TODAY))
    assert shown["times"].tolist() == [1, 1, 2]


def test_nothing_gathers_into_nothing(engine: Engine) -> None:
    rows = timeline(engine(frame_of(PEOPLE)), "candidate", "Nobody", as_of=TODAY)
    assert gathered(rows).empty


def test_complaints_late_timecards_and_surveys_that_weigh_are_trouble(engine: Engine) -> None:
    rows = [
        row("2026-11-02", "Desk 01", "survey", party="candidate", candidate="Avery Sample", score=6.0),
        row("2026-11-03", "Desk 01", "survey", party="candidate", candidate="Avery Sample", score=7.0),
        row("2026-11-04", "Desk 01", "survey", party="client", candidate="Avery Sample", score=2.0),
        row("2026-11-05", "Desk 01", "survey", party="candidate", candidate="Avery Sample"),
        row("2026-11-06", "Desk 01", "complaint", party="client", candidate="Avery Sample"),
        row("2026-11-07", "Desk 01", "timecard_late", party="candidate", candidate="Avery Sample"),
        card("2026-11-08", 40),
    ]
    shown = timeline(engine(frame_of(rows)), *AVERY, as_of=TODAY)
    days = shown["occurred_at"].dt.day
    assert days[troubled(shown, SHIPPED)].tolist() == [7, 6, 2]
    without = Weights(tuple(sign for sign in SHIPPED.signs if sign.measure != "survey"))
    assert days[troubled(shown, without)].tolist() == [7, 6]


# --- how they stand --------------------------------------------------------------------------------------------------


def wish(when: str, activity: str = "do_not_contact", party: str = "candidate", **who: Any) -> dict[str, Any]:
    return row(when, "Desk 02", activity, party=party, **(who or {"candidate": "Avery Sample"}))


def peace(engine: Engine, *rows: dict[str, Any], person: tuple[str, str] = AVERY, answers: Any = NO_ANSWERS) -> Any:
    shown = timeline(engine(frame_of(rows)), *person, as_of=TODAY)
    return left_in_peace(shown, person, answers, TODAY)


def test_who_asked_to_be_left_alone_is_since_when_and_who_noted_it_is_known(engine: Engine) -> None:
    rows = call("2026-11-02 09:00"), wish("2026-11-03 09:00")
    assert peace(engine, *rows) == Wish(pd.Timestamp("2026-11-03 09:00"), "Desk 02")


def test_the_last_wish_counts(engine: Engine) -> None:
    again = wish("2026-11-04 09:00", "contact_consent")
    assert peace(engine, wish("2026-11-03 09:00"), again) is None
    assert peace(engine, again, wish("2026-11-05 09:00")) is not None


def test_a_wish_for_days_to_come_or_of_the_other_side_is_none(engine: Engine) -> None:
    assert peace(engine, call("2026-11-02 09:00"), wish("2026-11-24 09:00")) is None
    other = wish("2026-11-03 09:00", party="client", candidate="Avery Sample", contact="Quinn Example")
    assert peace(engine, other) is None
    assert peace(engine, other, person=("client", "Quinn Example")) is not None


def answer(when: str, **more: Any) -> pd.DataFrame:
    given = {"rule": "close_loop", "trigger_id": "X", "answer": "do_not_contact", "answered_by": "Jo", "answer_id": 1}
    given |= {"party": "candidate", "who": "Avery Sample", "answered_at": pd.Timestamp(when), "due_on": pd.NaT, **more}
    return pd.DataFrame([given]).astype({"answered_at": "datetime64[us]", "due_on": "datetime64[us]"})


def test_an_answer_leaves_somebody_alone_from_its_day_on(engine: Engine) -> None:
    rows = [call("2026-11-02 09:00")]
    assert peace(engine, *rows, answers=answer("2026-11-20 10:00")) == Wish(pd.Timestamp("2026-11-20 10:00"), "Jo")
    assert peace(engine, *rows, answers=answer("2026-11-24 10:00")) is None
    assert peace(engine, *rows, answers=answer("2026-11-20 10:00", answer="elsewhere")) is None
    assert peace(engine, *rows, answers=answer("2026-11-20 10:00", who="Blake Sample")) is None


def until(engine: Engine, *rows: dict[str, Any]) -> pd.Timestamp | None:
    return active_until(timeline(engine(frame_of(rows)), *AVERY, as_of=TODAY), TODAY)


def step(when: str, activity: str, **more: Any) -> dict[str, Any]:
    return row(when, "Desk 01", activity, party="candidate", candidate="Avery Sample", **{"job": "Welder", **more})


def test_a_candidate_is_active_until_thirty_days_after_the_last_step(engine: Engine) -> None:
    assert until(engine, step("2026-11-10 09:00", "presentation")) == pd.Timestamp("2026-12-11")
    assert until(engine, step("2026-10-23 09:00", "presentation")) is None
    assert until(engine, step("2026-10-25 09:00", "presentation")) == pd.Timestamp("2026-11-25")


def test_who_was_rejected_everywhere_placed_or_only_called_is_not_active(engine: Engine) -> None:
    presented = step("2026-11-10 09:00", "presentation")
    assert until(engine, presented, step("2026-11-12 09:00", "rejected")) is None
    assert until(engine, presented, step("2026-11-12 09:00", "fill")) is None
    assert until(engine, call("2026-11-10 09:00")) is None


def test_a_step_that_is_booked_does_not_make_anybody_active(engine: Engine) -> None:
    assert until(engine, step("2026-11-30 09:00", "send_out")) is None
