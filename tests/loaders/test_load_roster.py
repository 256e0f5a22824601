"""A roster file says which desk is in which team, from when to when."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas import Timestamp

from loaders import Options, load


def loaded(text: str, **options):
    return load(text.encode(), "roster.csv", Options(**options))


def test_a_roster_file_gives_desks_teams_and_days():
    result = loaded("desk,team,from,to\nDesk 01,North,2025-01-01,\nDesk 02,South,2026-01-01,2026-06-30\n")
    assert (result.report.layout, result.report.activities, result.frame) == ("roster", 0, None)
    assert result.roster.columns.tolist() == ["desk", "team", "role", "starts_on", "ends_on", "aliases"]
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


def test_a_row_with_a_role_needs_no_team():
    result = loaded("desk,team,role\nDesk 01,,Recruiter\nDesk 02,South,\nDesk 03,,\n")
    assert [problem.row for problem in result.report.problems] == [4]
    assert result.roster["team"].fillna("").tolist() == ["", "South"]
    assert result.roster["role"].fillna("").tolist() == ["recruiter", ""]


def test_an_activity_log_with_teams_is_no_roster():
    text = "Date,Recruiter,Team,From,To,Activity Type\n2026-03-02,D,North,x,y,Placed\n"
    assert loaded(text).report.layout == "matched"


def test_a_roster_file_says_roles_and_other_names():
    text = "desk,team,role,from,to,aliases\n"
    text += "Dana Kim,North,Recruiter,2025-01-01,,dkim; KIM Dana ;dkim\n"
    text += "Robin Sample,North,Account Manager,,,\nAvery Sample,South,Contractor care,,,\nDesk 04,South,,,,\n"
    result = loaded(text)
    assert result.roster.columns.tolist() == ["desk", "team", "role", "starts_on", "ends_on", "aliases"]
    assert result.roster["role"].fillna("").tolist() == ["recruiter", "account_executive", "Contractor care", ""]
    assert result.roster["aliases"].fillna("").tolist() == ["dkim; KIM Dana", "", "", ""]


@pytest.mark.parametrize(
    "header",
    ["Recruiter,Team,Role,Start,End,Also known as", "Name,Department,Job Title,Start Date,End Date,Other names"],
)
def test_other_headers_of_roles_and_names_are_known(header):
    result = loaded(f"{header}\nDesk 01,North,AE,2026-01-01,2026-06-30,desk-one\n")
    line = result.roster.iloc[0]
    assert line[["desk", "team", "role", "aliases"]].tolist() == ["Desk 01", "North", "account_executive", "desk-one"]
    assert line[["starts_on", "ends_on"]].tolist() == [Timestamp(2026, 1, 1), Timestamp(2026, 6, 30)]


@pytest.mark.parametrize(
    ("word", "role"),
    [("RECRUITER", "recruiter"), ("account-executive", "account_executive"), ("360 recruiter", "360 recruiter")],
)
def test_a_role_is_one_of_the_two_or_the_word_of_the_file(word, role):
    assert loaded(f"desk,team,role\nDesk 01,North,{word}\n").roster["role"].tolist() == [role]


def test_a_name_that_two_desks_claim_must_be_mended():
    text = "desk,team,aliases\nDesk 01,North,one;both\nDesk 02,North,both\nDesk 03,South,Desk 04\nDesk 04,South,\n"
    result = loaded(text)
    assert [(problem.row, problem.code, problem.value) for problem in result.report.problems] == [
        (2, "alias_taken", "one;both"),
        (3, "alias_taken", "both"),
        (4, "alias_taken", "Desk 04"),
    ]
    assert result.roster["desk"].tolist() == ["Desk 04"]


def test_a_desk_with_two_lines_may_say_its_other_names_in_both():
    text = "desk,team,from,to,aliases\nDesk 01,North,,2026-01-31,one\nDesk 01,South,2026-02-01,,one; Desk 01\n"
    assert loaded(text).report.problems == ()
