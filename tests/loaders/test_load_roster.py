"""A roster file says which desk is in which team, from when to when."""

from __future__ import annotations

import pandas as pd
from pandas import Timestamp

from loaders import Options, load


def loaded(text: str, **options):
    return load(text.encode(), "roster.csv", Options(**options))


def test_a_roster_file_gives_desks_teams_and_days():
    result = loaded("desk,team,from,to\nDesk 01,North,2025-01-01,\nDesk 02,South,2026-01-01,2026-06-30\n")
    assert (result.report.layout, result.report.activities, result.frame) == ("roster", 0, None)
    assert result.roster.columns.tolist() == ["desk", "team", "starts_on", "ends_on"]
    assert result.roster["starts_on"].tolist() == [Timestamp(2025, 1, 1), Timestamp(2026, 1, 1)]
    assert pd.isna(result.roster["ends_on"][0])
    assert result.roster["ends_on"].dtype == "datetime64[us]"


def test_other_headers_and_no_dates_at_all_are_a_roster_too():
    result = loaded("Recruiter,Department\nDesk 01,North\n")
    assert result.roster["team"].tolist() == ["North"]
    assert pd.isna(result.roster["starts_on"][0])


def test_a_row_without_a_team_must_be_mended():
    result = loaded("desk,team\nDesk 01,\nDesk 02,South\n")
    assert [problem.code for problem in result.report.problems] == ["team_missing"]
    assert (result.report.accepted, result.report.rejected) == (1, 1)


def test_an_activity_log_with_teams_is_no_roster():
    text = "Date,Recruiter,Team,From,To,Activity Type\n2026-03-02,D,North,x,y,Placed\n"
    assert loaded(text).report.layout == "matched"
