"""Roles: whose side a conversation is on, by the roster of that day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_logs import frame_of, row

from quality.events import visible
from quality.evidence import rows_behind
from quality.ratios import ratios
from quality.tally import tally
from quality.teams import stays

AS_OF = date(2026, 6, 30)
ASKED: dict[str, Any] = {"as_of": AS_OF, "start": date(2026, 1, 1), "end": AS_OF}
CALLS = ("conversation", "recruiting_call", "marketing_call")


def roster(*lines: tuple[str, str | None, str | None, str | None]) -> pd.DataFrame:
    """Lines of desk, role, first and last day, all in one team."""
    frame = pd.DataFrame(lines, columns=["desk", "role", "starts_on", "ends_on"]).assign(team="North")
    return frame.assign(starts_on=pd.to_datetime(frame["starts_on"]), ends_on=pd.to_datetime(frame["ends_on"]))


def talk(when: str, desk: str, **fields: Any) -> dict[str, Any]:
    return row(when, desk, "conversation", **fields)


@pytest.mark.parametrize(
    ("role", "activity", "party"),
    [
        ("recruiter", "recruiting_call", "candidate"),
        ("account_executive", "marketing_call", "client"),
        ("contractor care", "conversation", None),
        (None, "conversation", None),
    ],
)
def test_a_conversation_is_a_call_of_the_side_of_its_desk(engine, role, activity, party):
    log = engine(frame_of([talk("2026-03-02 09:00", "Desk 01")]))
    (seen,) = visible(log, AS_OF, roster(("Desk 01", role, None, None))).collect().rows(named=True)
    assert (seen["activity"], None if pd.isna(seen["party"]) else seen["party"]) == (activity, party)


def test_the_role_of_that_day_holds(engine):
    lines = roster(("Desk 01", "recruiter", None, "2026-03-31"), ("Desk 01", "account_executive", "2026-04-01", None))
    days = ("2026-03-31 23:59", "2026-04-01 00:00")
    found = tally(engine(frame_of(talk(day, "Desk 01") for day in days)), roster=lines, **ASKED)
    counted = found.set_index("day")[["recruiting_call", "marketing_call"]].sort_index()
    assert counted.to_numpy().tolist() == [[1, 0], [0, 1]]


def test_a_newer_line_without_a_role_ends_the_role(engine):
    lines = roster(("Desk 01", "recruiter", "2026-01-01", None), ("Desk 01", None, "2026-04-01", None))
    log = engine(frame_of([talk("2026-03-31 09:00", "Desk 01"), talk("2026-04-01 09:00", "Desk 01")]))
    assert tally(log, roster=lines, **ASKED)["recruiting_call"].sum() == 1


def test_a_row_that_tells_its_side_itself_is_not_turned_round(engine):
    sides = [("candidate", 1), ("client", 0)]
    for party, counted in sides:
        log = engine(frame_of([talk("2026-03-02 09:00", "Desk 01", party=party)]))
        found = tally(log, roster=roster(("Desk 01", "recruiter", None, None)), **ASKED)
        assert found["recruiting_call"].sum() == counted


def test_an_interested_person_in_a_recruiters_conversation_is_a_hit(engine):
    log = engine(frame_of([talk("2026-03-02 09:00", "Desk 01", candidate="Avery Sample", outcome="interested")]))
    assert tally(log, roster=roster(("Desk 01", "recruiter", None, None)), **ASKED)["hit"].sum() == 1


def test_other_rows_and_other_desks_stay_as_they_are(engine):
    rows = [
        row("2026-03-02 09:00", "Desk 01", "call_attempt"),
        row("2026-03-02 09:00", "Desk 01", "marketing_call", party="client"),
        talk("2026-03-02 09:00", "Desk 02"),
    ]
    lines = roster(("Desk 01", "recruiter", None, None))
    seen = visible(engine(frame_of(rows)), AS_OF, lines).sort("activity_id").collect("pandas").to_native()
    assert seen["activity"].tolist() == ["call_attempt", "marketing_call", "conversation"]


@pytest.mark.parametrize("view", ["activity", "cohort"])
def test_the_rows_behind_a_number_are_the_calls_it_counts(engine, view):
    fields = {"candidate": "Avery Sample", "outcome": "interested"}
    log = engine(
        frame_of([talk("2026-03-02 09:00", "Desk 01", **fields), talk("2026-03-03 09:00", "Desk 02", **fields)])
    )
    lines = roster(("Desk 01", "recruiter", None, None))
    asked = {**ASKED, "view": view, "roster": lines}
    number = ratios(log, **asked).set_index(["unit", "ratio"]).loc[("Desk 01", "call_to_hit")]
    behind = rows_behind(log, ratio="call_to_hit", unit="Desk 01", **asked)
    upstream = behind[behind["counted_as"] == "upstream"] if view == "activity" else behind
    assert (number["upstream"], number["downstream"]) == (1, 1)
    assert upstream[["desk", "activity", "party"]].to_numpy().tolist() == [["Desk 01", "recruiting_call", "candidate"]]


def test_without_a_role_the_log_is_asked_as_before(engine):
    log = engine(frame_of([talk("2026-03-02 09:00", "Desk 01")]))
    plain = visible(log, AS_OF)
    for lines in (roster(("Desk 01", None, None, None)), roster(("Desk 01", "manager", None, None)), None):
        asked = visible(log, AS_OF, lines)
        assert asked.collect_schema() == plain.collect_schema()
        assert str(asked.to_native()) == str(plain.to_native())


def test_a_roster_without_roles_is_one_too():
    (stay,) = stays(roster(("Desk 01", "recruiter", None, None)).drop(columns="role"))
    assert stay.role == ""


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12))
DESKS = st.sampled_from(["Desk 01", "Desk 02", "Desk 03"])
ROLE_LINES = st.tuples(
    DESKS, st.sampled_from(["recruiter", "account_executive", "manager", None]), st.none() | DAYS, st.none() | DAYS
).filter(lambda line: line[2] is None or line[3] is None or line[2] <= line[3])
ROWS = st.tuples(DAYS, DESKS, st.sampled_from(CALLS), st.sampled_from([None, "candidate", "client"]))


def counted_slowly(rows: list[Any], lines: list[Any]) -> dict[str, int]:
    """Recruiting and marketing calls, row by row and line by line, straight from the rule."""
    counts = {"recruiting_call": 0, "marketing_call": 0}
    for day, desk, activity, party in rows:
        holding = [line for line in lines if line[0] == desk and (line[2] or day) <= day <= (line[3] or day)]
        role = max(holding, key=lambda line: line[2] or date.min)[1] if holding else None
        settled = {"recruiter": ("recruiting_call", "candidate"), "account_executive": ("marketing_call", "client")}
        if activity == "conversation" and role in settled and party in (None, settled[role][1]):
            activity = settled[role][0]
        if activity in counts:
            counts[activity] += 1
    return counts


@settings(max_examples=8, deadline=None)
@given(
    rows=st.lists(ROWS, max_size=12),
    lines=st.lists(ROLE_LINES, max_size=6, unique_by=lambda line: (line[0], line[2])),
)
def test_calls_are_those_of_a_slow_count(engine, rows, lines):
    log = frame_of(
        row(datetime.combine(day, datetime.min.time()).isoformat(), desk, activity, party=party)
        for day, desk, activity, party in rows
    )
    found = tally(engine(log), roster=roster(*lines), **ASKED)
    assert {name: int(found[name].sum()) for name in ("recruiting_call", "marketing_call")} == counted_slowly(
        rows, lines
    )
