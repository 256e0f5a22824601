"""The same call in two systems: small cases by eye, then any log against a slow search through all pairs."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_logs import frame_of, row

from quality.doubles import CALLS, doubles, sides, systems

TODAY = date(2026, 11, 23)


def phone(when: str, **fields) -> dict:
    return row(f"2026-11-03 {when}", "Desk 01", fields.pop("activity", "conversation"), source="phone", **fields)


def system(when: str, **fields) -> dict:
    return row(f"2026-11-03 {when}", "Desk 01", fields.pop("activity", "recruiting_call"), source="ats", **fields)


def found(engine, *rows: dict, **asked) -> list[tuple[str, str]]:
    pairs = doubles(engine(frame_of(rows)), as_of=TODAY, **asked)
    return list(zip(pairs["kept"], pairs["dropped"], strict=True))


def test_a_call_of_the_phone_log_and_one_of_the_recruiting_system_are_one(engine):
    rows = phone("10:00:20", activity_id="p"), system("10:04", activity_id="s", candidate="Avery Sample")
    (pair,) = doubles(engine(frame_of(rows)), as_of=TODAY).to_dict("records")
    assert pair == {
        "kept": "s",
        "dropped": "p",
        "desk": "Desk 01",
        "occurred_at": pd.Timestamp("2026-11-03 10:04"),
        "apart": 220.0,
    }


@pytest.mark.parametrize(("second", "paired"), [("10:05:00", True), ("10:05:01", False), ("09:55:00", True)])
def test_five_minutes_apart_is_close_and_a_second_more_is_not(engine, second, paired):
    assert bool(found(engine, phone("10:00"), system(second))) == paired


def test_how_close_is_close_can_be_said(engine):
    rows = phone("10:00"), system("10:09")
    assert (found(engine, *rows), len(found(engine, *rows, minutes=10))) == ([], 1)


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ({"candidate": "Avery Sample"}, {"candidate": "Avery Sample"}, True),
        ({"candidate": "SAMPLE, Avery "}, {"contact": "Avery Sample"}, True),
        ({"candidate": "Avery Sample"}, {"candidate": "Blake Sample"}, False),
        ({"candidate": "Avery Sample"}, {}, True),
        ({"candidate": " "}, {"candidate": "Blake Sample"}, True),
        ({}, {}, True),
    ],
)
def test_where_both_name_a_person_it_has_to_be_the_same(engine, one, other, paired):
    assert bool(found(engine, phone("10:00", **one), system("10:01", **other))) == paired


def test_other_desks_other_activities_and_the_same_system_are_no_doubles(engine):
    assert found(engine, phone("10:00"), {**system("10:00"), "desk": "Desk 02"}) == []
    assert found(engine, phone("10:00"), system("10:00", activity="interview"), system("10:30")) == []
    assert found(engine, phone("10:00"), phone("10:01")) == []


def test_rows_without_a_time_of_day_and_scheduled_ones_never_pair(engine):
    assert found(engine, phone("00:00"), system("00:00")) == []
    assert found(engine, phone("00:00"), system("00:02")) == []
    ahead = [
        {**one, "occurred_at": datetime.fromisoformat("2026-11-24 10:00")} for one in (phone("10:00"), system("10:00"))
    ]
    assert found(engine, *ahead) == []


def test_the_closest_two_pair_first_and_each_row_pairs_once(engine):
    rows = [
        phone("10:00", activity_id="p1"),
        phone("10:03", activity_id="p2"),
        system("10:02", activity_id="s1"),
        system("10:05", activity_id="s2"),
    ]
    assert found(engine, *rows[:3]) == [("s1", "p2")]
    assert found(engine, *rows) == [("s2", "p1"), ("s1", "p2")]


def test_of_two_equally_close_the_one_that_names_the_same_person_pairs(engine):
    rows = [
        phone("10:00", activity_id="p1", candidate="Avery Sample"),
        system("09:58", activity_id="s1"),
        system("10:02", activity_id="s2", candidate="Avery Sample"),
    ]
    assert found(engine, *rows) == [("s2", "p1")]


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ({"activity": "call_attempt", "candidate": "A", "outcome": "other"}, {"activity": "conversation"}, "s"),
        ({"activity": "marketing_call"}, {"activity": "conversation", "candidate": "A", "outcome": "other"}, "p"),
        ({"activity": "recruiting_call", "candidate": "A"}, {"outcome": "interested", "notes": "said yes"}, "p"),
        ({"activity": "recruiting_call", "candidate": "A"}, {"job": "J1", "notes": "said yes"}, "p"),
        ({"activity": "recruiting_call", "job": "J1"}, {"outcome": "interested", "notes": "said yes"}, "p"),
        ({"activity": "recruiting_call", "client": "C1"}, {"outcome": "interested", "notes": "said yes"}, "p"),
        ({"activity": "recruiting_call", "notes": "said yes"}, {"outcome": "interested"}, "p"),
        ({"activity": "recruiting_call", "outcome": "interested"}, {"outcome": "other", "notes": " "}, "p"),
        ({"activity": "conversation", "outcome": "other"}, {"candidate": "A", "notes": "said yes"}, "s"),
        ({"activity": "recruiting_call", "outcome": "other"}, {"notes": "said yes"}, "s"),
        ({"activity": "recruiting_call", "outcome": "other"}, {}, "p"),
        ({"activity": "recruiting_call"}, {}, "p"),
    ],
)
def test_the_row_that_says_more_stays(engine, one, other, kept):
    ((stays, goes),) = found(engine, phone("10:00", activity_id="p", **one), system("10:00", activity_id="s", **other))
    assert (stays, goes) == (kept, "s" if kept == "p" else "p")


def test_the_rows_of_a_pair_can_be_looked_at(engine):
    log = engine(
        frame_of([phone("10:00", activity_id="p"), system("10:01", activity_id="s", candidate="Avery Sample")])
    )
    rows = sides(log, ["s", "p", "gone"])
    assert rows.loc["s", "candidate"] == "Avery Sample"
    assert sorted(rows.index) == ["p", "s"]


def test_a_call_that_was_merged_pairs_no_more_with_its_system(engine):
    log = engine(frame_of([phone("10:00", activity_id="p1"), phone("10:03", activity_id="p2"), system("10:01")]))
    first = doubles(log, as_of=TODAY)
    assert first["dropped"].tolist() == ["p1"]
    assert len(doubles(log, as_of=TODAY, merged=first)) == 0


def test_a_third_system_pairs_with_the_call_that_stayed(engine):
    tracker = row("2026-11-03 10:03", "Desk 01", "conversation", "t", source="tracker")
    log = engine(frame_of([phone("10:00", activity_id="p"), system("10:01", activity_id="s"), tracker]))
    first = doubles(log, as_of=TODAY)
    second = doubles(log, as_of=TODAY, merged=first)
    assert [list(pairs[["kept", "dropped"]].iloc[0]) for pairs in (first, second)] == [["s", "p"], ["s", "t"]]
    assert len(doubles(log, as_of=TODAY, merged=pd.concat([first, second]))) == 0


def test_a_merge_whose_keeper_is_no_longer_there_holds_nobody_back(engine):
    log = engine(frame_of([phone("10:00", activity_id="p"), system("10:01", activity_id="s")]))
    gone = pd.DataFrame({"kept": ["gone"], "dropped": ["p"]})
    assert doubles(log, as_of=TODAY, merged=gone)["dropped"].tolist() == ["p"]


def test_nothing_found_has_the_same_columns(engine):
    one_source, two_sources = [phone("10:00")], [phone("10:00"), system("15:00")]
    empty, none = (doubles(engine(frame_of(rows)), as_of=TODAY) for rows in (one_source, two_sources))
    assert empty.dtypes.to_dict() == none.dtypes.to_dict()
    assert list(empty.columns) == ["kept", "dropped", "desk", "occurred_at", "apart"]


def test_systems_are_those_with_calls_at_a_known_time_of_day(engine):
    rows = [phone("10:00"), system("00:00"), {**phone("11:00", activity="send_out"), "source": "tracker"}]
    assert systems(engine(frame_of(rows)), as_of=TODAY) == ["phone"]
    assert systems(engine(frame_of([*rows, system("12:00")])), as_of=TODAY) == ["ats", "phone"]


PEOPLE = [None, "Avery Sample", "SAMPLE, Avery", "Blake Sample"]
LINES = st.tuples(
    st.integers(0, 1500),
    st.sampled_from(["Desk 01", "Desk 02"]),
    st.sampled_from([*CALLS, "send_out"]),
    st.sampled_from(["ats", "phone", "tracker"]),
    st.sampled_from(PEOPLE),
    st.sampled_from([None, "other", "interested"]),
    st.sampled_from([None, "J1"]),
    st.sampled_from([None, " ", "said yes"]),
)


def rows_of(lines: list[tuple]) -> list[dict]:
    midnight = datetime.fromisoformat("2026-11-03")
    return [
        row(
            (midnight + timedelta(seconds=second)).isoformat(),
            desk,
            activity,
            f"row {number:02}",
            source=source,
            candidate=person,
            outcome=outcome,
            job=job,
            notes=notes,
        )
        for number, (second, desk, activity, source, person, outcome, job, notes) in enumerate(lines)
    ]


def slow_person(one: dict) -> str | None:
    name = one.get("candidate")
    return " ".join(reversed(name.lower().split(", "))) if name else None


def slow_pairs(rows: list[dict]) -> set[frozenset[str]]:
    """Every two rows compared; the closest free ones taken until none is left."""
    calls = [one for one in rows if one["activity"] in CALLS and one["occurred_at"].time().isoformat() != "00:00:00"]
    close = []
    for pair in itertools.combinations(calls, 2):
        one, other = sorted(pair, key=lambda call: call["source"])
        apart = abs(one["occurred_at"] - other["occurred_at"])
        people = {slow_person(one), slow_person(other)}
        if one["source"] == other["source"] or one["desk"] != other["desk"] or apart > timedelta(minutes=5):
            continue
        if len(people - {None}) < 2:
            ids, times = (one["activity_id"], other["activity_id"]), (one["occurred_at"], other["occurred_at"])
            close.append((apart, None in people, times, ids))
    taken: list[str] = []
    for *_, ids in sorted(close):
        taken += [] if set(ids) & set(taken) else ids
    return {frozenset(taken[place : place + 2]) for place in range(0, len(taken), 2)}


def slow_worth(one: dict) -> tuple:
    """What a row says, as a tuple that compares as the rows do; the smaller id wins what is left."""
    said = [bool((one.get(name) or "").strip()) for name in ("candidate", "job", "notes")]
    return CALLS[one["activity"]], *said, one.get("outcome") == "interested", [-ord(c) for c in one["activity_id"]]


@settings(max_examples=10, deadline=None)
@given(lines=st.lists(LINES, max_size=14))
def test_any_log_has_the_pairs_that_a_search_through_all_rows_finds(lines):
    rows = rows_of(lines)
    expected = slow_pairs(rows)
    worth = {one["activity_id"]: slow_worth(one) for one in rows if one["activity"] in CALLS}
    with duckdb.connect() as connection:
        log = frame_of(rows)
        for held in (log, connection.from_df(log), log.iloc[::-1]):
            pairs = doubles(held, as_of=TODAY)
            assert {frozenset(pair) for pair in zip(pairs["kept"], pairs["dropped"], strict=True)} == expected
            assert all(worth[kept] > worth[gone] for kept, gone in zip(pairs["kept"], pairs["dropped"], strict=True))


@settings(max_examples=15, deadline=None)
@given(lines=st.lists(LINES, max_size=12))
def test_merging_all_of_two_systems_leaves_nothing_to_merge(lines):
    log = frame_of(rows_of([line for line in lines if line[3] != "tracker"]))
    assert len(doubles(log, as_of=TODAY, merged=doubles(log, as_of=TODAY))) == 0
