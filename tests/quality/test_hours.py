"""Hours of timecards against the contracted week, week by week and together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from quality.assignments import assignments
from quality.hours import COLUMNS, contract_hours, span, used, weeks, without_card
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

#: A Monday; the last whole week is that of 16 November.
TODAY = date(2026, 11, 23)
AVERY, WORKS = "Avery Sample", "Example Works"
#: A day in each of the last four weeks.
FOUR = ("2026-10-28", "2026-11-04", "2026-11-11", "2026-11-18")


def card(when: str, hours: float | None, candidate: str | None = AVERY, client: str | None = WORKS) -> dict[str, Any]:
    return row(f"{when} 09:00", "Desk 01", "timecard", candidate=candidate, client=client, quantity=hours)


def life(when: str, activity: str, candidate: str = AVERY, **more: Any) -> dict[str, Any]:
    return row(f"{when} 08:00", "Desk 01", activity, candidate=candidate, client=WORKS, job="Welder", **more)


def found(engine: Engine, *rows: dict[str, Any], contracted: float = 40.0) -> pd.DataFrame:
    log = engine(frame_of(rows))
    return weeks(log, assignments(log, as_of=TODAY).rows, as_of=TODAY, contracted=contracted)


def told(frame: pd.DataFrame) -> list[tuple[str, float, str]]:
    return [(f"{one['week']:%d %b}", one["hours"], one["use"]) for one in frame.to_dict("records")]


@pytest.mark.parametrize(
    ("hours", "use"), [(31.9, "under"), (32.0, "full"), (40.0, "full"), (42.0, "full"), (42.1, "over")]
)
def test_below_80_per_cent_is_not_used_to_the_full_and_above_105_over_the_contract(
    engine: Engine, hours: float, use: str
) -> None:
    assert told(found(engine, card("2026-11-18", hours))) == [("16 Nov", hours, use)]


def test_another_contracted_week_judges_otherwise(engine: Engine) -> None:
    assert told(found(engine, card("2026-11-18", 30.0), contracted=30.0)) == [("16 Nov", 30.0, "full")]


def test_the_cards_of_a_week_add_up_and_weeks_of_two_clients_stay_apart(engine: Engine) -> None:
    rows = [card(f"2026-11-{day}", 8.0) for day in (16, 17, 18, 19, 20)]
    frame = found(engine, *rows, card("2026-11-18", 10.0, client="Example Labs"))
    assert frame[["client", "hours", "cards", "use"]].to_numpy().tolist() == [
        ["Example Labs", 10.0, 1, "under"],
        [WORKS, 40.0, 5, "full"],
    ]


def test_only_the_last_13_whole_weeks_count(engine: Engine) -> None:
    assert span(TODAY) == (date(2026, 8, 24), date(2026, 11, 22))
    rows = [card(day, 40.0) for day in ("2026-08-23", "2026-08-24", "2026-11-22", "2026-11-23")]
    assert [week for week, _, _ in told(found(engine, *rows))] == ["24 Aug", "16 Nov"]


def test_a_card_without_hours_or_name_is_not_zero_hours(engine: Engine) -> None:
    frame = found(engine, card("2026-11-18", None), card("2026-11-18", 40.0, candidate=None))
    assert frame.empty
    assert tuple(frame.columns) == COLUMNS


def test_weeks_in_which_an_assignment_starts_or_ends_are_not_judged(engine: Engine) -> None:
    frame = found(
        engine,
        life("2026-10-28", "start"),
        card("2026-10-30", 24.0),
        card("2026-11-06", 40.0),
        card("2026-11-11", 20.0),
        life("2026-11-11", "end", outcome="completed"),
    )
    assert told(frame) == [("26 Oct", 24.0, "part"), ("02 Nov", 40.0, "full"), ("09 Nov", 20.0, "part")]
    [one] = used(frame, "candidate", 40.0).to_dict("records")
    assert (one["weeks"], one["hours"], one["full"]) == (1, 40.0, 1)


def test_two_cards_after_a_week_without_one_may_be_of_two_weeks(engine: Engine) -> None:
    frame = found(
        engine,
        card("2026-10-28", 40.0),
        card("2026-11-11", 40.0),
        card("2026-11-13", 38.0),
        card("2026-11-16", 40.0),
        card("2026-11-18", 10.0),
    )
    assert [use for _, _, use in told(frame)] == ["full", "double", "over"]


def test_together_the_weeks_of_a_contractor_a_client_and_a_desk_are_judged(engine: Engine) -> None:
    frame = found(
        engine,
        *(card(day, 30.0) for day in FOUR),
        *(card(day, 50.0, "Blake Sample") for day in FOUR),
        *(card(day, 40.0, "Casey Sample") for day in FOUR),
        *(card(day, 60.0, "Drew Sample") for day in FOUR[1:]),
    )
    by_person = used(frame, "candidate", 40.0)
    assert by_person[["unit", "weeks", "per_week", "of_contract", "use"]].to_numpy().tolist() == [
        [AVERY, 4, 30.0, 0.75, "under"],
        ["Blake Sample", 4, 50.0, 1.25, "over"],
        ["Casey Sample", 4, 40.0, 1.0, "full"],
        ["Drew Sample", 3, 60.0, 1.5, "few"],
    ]
    [client] = used(frame, "client", 40.0).to_dict("records")
    assert (client["contractors"], client["weeks"], client["hours"], client["of_contract"]) == (4, 15, 660.0, 1.1)
    assert [client[use] for use in ("under", "full", "over", "use")] == [4, 4, 7, "over"]
    assert used(frame, "desk", 40.0)["unit"].tolist() == ["Desk 01"]


def test_whole_weeks_without_a_card_are_counted_and_never_zero_hours(engine: Engine) -> None:
    rows = [
        life("2026-10-28", "start"),
        card("2026-11-06", 40.0),
        card("2026-11-18", 40.0),
        life("2026-10-28", "start", "Blake Sample"),
    ]
    log = engine(frame_of(rows))
    ran = assignments(log, as_of=TODAY).rows
    frame = weeks(log, ran, as_of=TODAY, contracted=40.0)
    # Whole weeks are those of 2, 9 and 16 November; of Blake no card is on record at all.
    assert without_card(frame, ran, TODAY).to_numpy().tolist() == [[AVERY, WORKS, "Desk 01", 3, 1]]
    assert used(frame, "candidate", 40.0)["of_contract"].tolist() == [1.0]


def test_who_ended_has_no_weeks_without_a_card_afterwards(engine: Engine) -> None:
    rows = [life("2026-10-28", "start"), card("2026-11-06", 40.0), life("2026-11-10", "end", outcome="quit")]
    log = engine(frame_of(rows))
    ran = assignments(log, as_of=TODAY).rows
    assert without_card(weeks(log, ran, as_of=TODAY, contracted=40.0), ran, TODAY).empty


@pytest.mark.parametrize(
    ("stored", "hours"), [({}, 40.0), ({"contract_hours": 37.5}, 37.5), ({"contract_hours": "x"}, 40.0)]
)
def test_the_contracted_week_is_a_setting_and_40_hours_where_none_can_be_read(stored: Any, hours: float) -> None:
    assert contract_hours(stored) == hours
    assert contract_hours({"contract_hours": 0}) == 40.0
    assert contract_hours({"contract_hours": 500}) == 40.0


def test_a_card_without_a_client_is_one_of_the_client_they_worked_for_that_day_or_the_week_before(
    engine: Engine,
) -> None:
    begun = life("2026-10-05", "start")
    cards = [card("2026-11-18", 40.0, client=None), card("2026-10-28", 30.0, candidate="Blake Sample", client=None)]
    frame = found(engine, begun, *cards)
    assert frame["client"].fillna("").tolist() == [WORKS, ""]


def test_a_card_without_a_client_is_nobodys_while_they_work_for_two_and_long_after_the_end(engine: Engine) -> None:
    ended = [life("2026-10-05", "start"), life("2026-11-04", "end")]
    second = row("2026-10-12 08:00", "Desk 01", "start", candidate=AVERY, client="Example Labs", job="Welder")
    both = found(engine, *ended, second, card("2026-11-11", 40.0, client=None))
    assert both["client"].fillna("").tolist() == [""]
    late = found(engine, *ended, card("2026-11-11", 40.0, client=None), card("2026-11-18", 40.0, client=None))
    assert late["client"].fillna("").tolist() == [WORKS, ""]
