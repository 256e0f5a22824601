"""Referrals: who named somebody, how many contractors ever did, and what became of those named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from quality.assignments import assignments
from quality.referrals import COLUMNS, counted, ever_referred, referrals, without_start
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

TODAY = date(2026, 11, 23)
AVERY = "Avery Sample"


def referral(when: str, candidate: str | None = AVERY, **more: Any) -> dict[str, Any]:
    fields = {"party": "candidate", "candidate": candidate, "client": "Example Works", **more}
    return row(when, "Desk 01", "referral", **fields)


def start(candidate: str, client: str = "Example Works", desk: str = "Desk 01") -> dict[str, Any]:
    return row("2026-09-01 08:00", desk, "start", candidate=candidate, client=client, job="Welder")


def step(when: str, activity: str, candidate: str) -> dict[str, Any]:
    return row(when, "Desk 02", activity, candidate=candidate)


def found(engine: Engine, *rows: dict[str, Any]) -> pd.DataFrame:
    return referrals(engine(frame_of(rows)), as_of=TODAY)


def test_referrals_are_those_on_record_by_the_day_the_latest_first(engine: Engine) -> None:
    frame = found(
        engine,
        referral("2026-11-02 09:00"),
        referral("2026-11-20 09:00", None, party="client", contact="Casey Example"),
        referral("2026-11-24 09:00"),
    )
    assert frame[["party", "who"]].to_numpy().tolist() == [["client", "Casey Example"], ["candidate", AVERY]]


def test_what_became_of_a_name_that_is_a_candidate_on_record(engine: Engine) -> None:
    frame = found(
        engine,
        referral("2026-11-06 09:00", notes="blake sample "),
        referral("2026-11-05 09:00", notes="Drew Sample"),
        referral("2026-11-04 09:00", notes="Eden Sample"),
        referral("2026-11-03 09:00", notes="A friend from the old plant"),
        referral("2026-11-02 09:00"),
        step("2026-11-09 09:00", "interview", "Blake Sample"),
        step("2026-11-12 09:00", "fill", "Blake Sample"),
        step("2026-11-09 09:00", "presentation", "Drew Sample"),
        step("2026-10-01 09:00", "presentation", "Eden Sample"),
        step("2026-11-10 09:00", "call_attempt", "Eden Sample"),
    )
    told = (
        frame[["named", "became", "became_on"]]
        .astype(object)
        .where(frame[["named", "became", "became_on"]].notna(), None)
    )
    assert told.to_numpy().tolist() == [
        ["Blake Sample", "placed", pd.Timestamp("2026-11-12")],
        ["Drew Sample", "candidate", pd.Timestamp("2026-11-09")],
        ["Eden Sample", "not_yet", None],
        [None, "not_named", None],
        [None, "not_named", None],
    ]


def test_what_came_before_a_second_referral_of_the_same_name_still_counts(engine: Engine) -> None:
    frame = found(
        engine,
        referral("2026-11-02 09:00", notes="Blake Sample"),
        referral("2026-11-12 09:00", "Drew Sample", notes="Blake Sample"),
        step("2026-11-09 09:00", "interview", "Blake Sample"),
    )
    assert dict(zip(frame["who"], frame["became"], strict=True)) == {"Drew Sample": "not_yet", AVERY: "candidate"}


def test_the_share_counts_contractors_who_ever_referred_of_those_on_assignment(engine: Engine) -> None:
    rows = [
        start(AVERY),
        start("Blake Sample", "Example Labs", "Desk 02"),
        start("Drew Sample"),
        referral("2026-11-02 09:00"),
        referral("2026-11-03 09:00"),
        referral("2026-11-04 09:00", "Eden Sample"),
        referral("2026-11-05 09:00", None, party="client", contact="Casey Example"),
    ]
    log = engine(frame_of(rows))
    ran, told = assignments(log, as_of=TODAY).rows, referrals(log, as_of=TODAY)
    share = ever_referred(told, ran)
    assert (share.count, share.of) == (1, 3)
    assert share.low is not None
    assert share.high is not None
    assert share.low < 1 / 3 < share.high
    by_client = counted(told, ran, "client").to_numpy().tolist()
    assert by_client == [["Example Works", 4, 3, 2, 1], ["Example Labs", 0, 0, 1, 0]]
    by_desk = counted(told, ran, "desk")
    assert by_desk[["unit", "referrals", "contractors", "referring"]].to_numpy().tolist() == [
        ["Desk 01", 4, 2, 1],
        ["Desk 02", 0, 1, 0],
    ]
    by_person = counted(told, ran, "candidate")
    assert by_person[["unit", "referrals"]].to_numpy().tolist()[:2] == [[AVERY, 2], ["Eden Sample", 1]]


def test_a_contractor_of_two_desks_referred_at_the_one_where_it_was(engine: Engine) -> None:
    rows = [
        start(AVERY),
        start(AVERY, "Example Labs", "Desk 02"),
        referral("2026-11-02 09:00"),
    ]
    log = engine(frame_of(rows))
    by_desk = counted(referrals(log, as_of=TODAY), assignments(log, as_of=TODAY).rows, "desk")
    assert by_desk[["unit", "referrals", "contractors", "referring"]].to_numpy().tolist() == [
        ["Desk 01", 1, 1, 1],
        ["Desk 02", 0, 1, 0],
    ]


def test_somebody_who_is_accepted_and_did_not_start_is_no_contractor_yet(engine: Engine) -> None:
    log = engine(frame_of([row("2026-11-20 09:00", "Desk 01", "offer_accepted", candidate=AVERY, job="Welder")]))
    share = ever_referred(referrals(log, as_of=TODAY), assignments(log, as_of=TODAY).rows)
    assert (share.of, share.value) == (0, None)


def test_an_extension_without_a_start_on_record_is_a_contractor_too(engine: Engine) -> None:
    rows = [
        row("2026-11-02 09:00", "Desk 01", "extension", candidate=AVERY, client="Example Works"),
        referral("2026-11-03 09:00"),
    ]
    log = engine(frame_of(rows))
    share = ever_referred(referrals(log, as_of=TODAY), assignments(log, as_of=TODAY).rows)
    assert (share.count, share.of) == (1, 1)
    ran = assignments(engine(frame_of([*rows, start("Blake Sample")])), as_of=TODAY).rows
    assert without_start(ran) == 1


def test_what_a_client_named_counts_for_no_contractor_though_the_row_tells_of_one(engine: Engine) -> None:
    rows = [
        start(AVERY),
        start("Blake Sample"),
        referral("2026-11-02 09:00"),
        referral("2026-11-03 09:00", party="client", contact="Casey Example"),
        referral("2026-11-04 09:00", "Blake Sample", party="client", contact="Casey Example"),
    ]
    log = engine(frame_of(rows))
    ran, told = assignments(log, as_of=TODAY).rows, referrals(log, as_of=TODAY)
    assert told["who"].tolist() == ["Casey Example", "Casey Example", AVERY]
    by_person = counted(told, ran, "candidate")[["unit", "referrals", "contractors", "referring"]]
    assert by_person.to_numpy().tolist() == [[AVERY, 1, 1, 1], ["Blake Sample", 0, 1, 0]]
    share = ever_referred(told, ran)
    assert (share.count, share.of) == (1, 2)
    assert counted(told, ran, "desk")["referrals"].tolist() == [3]


def test_no_referral_is_no_row(engine: Engine) -> None:
    frame = found(engine, start(AVERY))
    assert frame.empty
    assert tuple(frame.columns) == COLUMNS
