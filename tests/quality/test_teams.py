"""Teams by the day: rosters with gaps, overlaps and open ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd
import pytest

from quality.teams import COMPANY, NO_TEAM, directory, is_of_unit, stays, units_of


def roster(*lines: tuple[str, str | None, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=["desk", "team", "starts_on", "ends_on"])
    return frame.assign(starts_on=pd.to_datetime(frame["starts_on"]), ends_on=pd.to_datetime(frame["ends_on"]))


def team_on(day: str, lines: pd.DataFrame | None, by: Any = "team") -> str:
    return units_of(pd.Series(["Desk 01"]), pd.Series([pd.Timestamp(day)]), by, lines).iloc[0]


@pytest.mark.parametrize(
    ("day", "team"),
    [
        ("2025-12-31", "North"),
        ("2026-01-31", "North"),
        ("2026-02-01", NO_TEAM),
        ("2026-03-01", "South"),
        ("2030-01-01", "South"),
    ],
)
def test_a_desk_is_in_the_team_of_that_day(day: str, team: str) -> None:
    lines = roster(("Desk 01", "North", None, "2026-01-31"), ("Desk 01", "South", "2026-03-01", None))
    assert team_on(day, lines) == team


@pytest.mark.parametrize(("day", "team"), [("2026-02-10", "South"), ("2026-01-10", "North"), ("2026-04-10", "North")])
def test_where_two_lines_overlap_the_one_that_began_last_holds(day: str, team: str) -> None:
    lines = roster(("Desk 01", "North", "2026-01-01", "2026-12-31"), ("Desk 01", "South", "2026-02-01", "2026-03-31"))
    assert team_on(day, lines) == team


def test_a_desk_outside_the_roster_has_no_team() -> None:
    assert team_on("2026-01-01", roster(("Desk 02", "North", None, None))) == NO_TEAM
    assert team_on("2026-01-01", roster()) == NO_TEAM
    assert team_on("2026-01-01", None) == NO_TEAM


def test_a_line_with_neither_team_nor_role_says_nothing() -> None:
    assert stays(roster(("Desk 01", None, None, None))) == ()


def test_a_role_without_a_team_is_a_stay_in_no_team() -> None:
    lines = roster(("Desk 01", None, None, None)).assign(role="recruiter")
    assert [(stay.team, stay.role) for stay in stays(lines)] == [("", "recruiter")]
    assert team_on("2026-01-01", lines) == NO_TEAM
    log = pd.DataFrame({"counted_for": ["Desk 01"], "day": [pd.Timestamp(2026, 1, 1)]})
    counted = {unit: len(nw.from_native(log).filter(is_of_unit(unit, "team", lines))) for unit in (NO_TEAM, "")}
    assert counted == {NO_TEAM: 1, "": 0}


def test_the_company_holds_every_desk_and_a_desk_itself() -> None:
    assert team_on("2026-01-01", None, "company") == COMPANY
    assert team_on("2026-01-01", None, "desk") == "Desk 01"


def test_the_directory_lists_desks_of_the_log_and_of_the_roster() -> None:
    day = pd.Timestamp("2026-05-01")
    names = ["Desk 01", "Desk 02", "Desk 03"]
    seen = pd.DataFrame({"desk": pd.Series(names, dtype="str"), "rows": [3, 2, 1], "first_day": day, "last_day": day})
    lines = roster(
        ("Desk 01", "North", None, "2026-01-31"),
        ("Desk 01", "South", "2026-02-01", None),
        ("Desk 02", "North", "2025-01-01", "2026-05-31"),
        ("Desk 04", "South", "2026-07-01", None),
        ("Desk 05", "South", None, None),
    ).assign(role="recruiter")
    found = directory(seen, lines, date(2026, 6, 15)).set_index("desk")
    assert found["standing"].to_dict() == {
        "Desk 01": "",
        "Desk 02": "left",
        "Desk 03": "not in the roster",
        "Desk 04": "starts later",
        "Desk 05": "no rows",
    }
    assert found["team"].tolist() == ["South", "North", "", "South", "South"]
    assert found["role"].tolist() == ["recruiter", "recruiter", "", "recruiter", "recruiter"]
    assert found["rows"].tolist() == [3, 2, 1, 0, 0]
    assert found.loc["Desk 02", ["starts_on", "ends_on"]].tolist() == [
        pd.Timestamp("2025-01-01"),
        pd.Timestamp("2026-05-31"),
    ]
    assert found.loc["Desk 01", ["starts_on", "ends_on"]].isna().all()


def test_the_directory_of_nobody_is_empty() -> None:
    seen = pd.DataFrame({"desk": pd.Series([], dtype="str"), "rows": [], "first_day": [], "last_day": []})
    assert directory(seen, roster(), date(2026, 6, 15)).empty
