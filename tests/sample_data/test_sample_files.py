"""The exports of the sample hold every activity exactly once, each in the manner of its system."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pandas as pd
import pytest

from sample_data import Plan, generate, write
from sample_data.files import OWN_COLUMNS

NAMES = ["touchline-activities.csv", "opencats-activities.csv", "bullhorn-notes.csv", "placements.xlsx"]


def own(path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def opencats(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def told(exports):
    return json.loads((exports / "truth.json").read_text(encoding="utf-8"))["files"]


def test_the_folder_holds_the_exports_the_roster_and_the_truth(exports):
    assert sorted(path.name for path in exports.iterdir()) == sorted([*NAMES, "roster.csv", "truth.json"])


def test_the_files_add_up_to_the_log(sample, told):
    assert sum(file["activities"] for file in told.values()) == len(sample.log)
    kinds = pd.DataFrame([file["by_activity"] for file in told.values()]).sum().astype(int).to_dict()
    assert kinds == sample.truth["activities"]


def test_the_own_file_holds_its_rows_cell_by_cell(sample, exports, told):
    table = own(exports / NAMES[0])
    mine = sample.log[(sample.file == 0).to_numpy()]
    assert list(table.columns) == list(OWN_COLUMNS)
    assert len(table) == told[NAMES[0]]["rows"] == len(mine)
    assert (pd.to_datetime(table["occurred_at"]).to_numpy() == mine["occurred_at"].to_numpy()).all()
    for name in ("activity_id", "desk", "activity", "candidate", "client", "contact", "job", "outcome", "notes"):
        assert (table[name].to_numpy() == mine[name].fillna("").to_numpy()).all(), name
    assert (
        table["quantity"].replace("", "nan").astype(float).fillna(-1) == mine["quantity"].fillna(-1).to_numpy()
    ).all()


def test_opencats_writes_a_byte_order_mark_and_stops_three_bytes_early(exports):
    content = (exports / NAMES[1]).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfDate,First Name,Last Name,Regarding,Activity,Notes,Entered By\r\n")
    assert content.endswith(b" Demo")
    assert content.count(b'"') % 2 == 1


def test_opencats_holds_the_candidate_calls_of_the_first_team(sample, exports, told):
    rows = opencats(exports / NAMES[1])
    work = [row for row in rows if not row["Notes"].startswith("Status change: ")]
    mine = sample.log[(sample.file == 1).to_numpy()]
    file = told[NAMES[1]]
    assert (len(rows), len(rows) - len(work), len(work)) == (file["rows"], file["ignored"], len(mine))
    assert file["import_options"] == {"side": "candidate"}
    team = sample.roster[sample.roster["team"] == "Team Alder"]["desk"]
    assert {row["Entered By"] for row in rows} == set(mine["desk"]) == set(team)
    assert set(mine["party"]) == {"candidate"}
    words = {"recruiting_call": "Call (Talked)", "call_attempt": "Call (LVM)"}
    content = sorted(
        zip(mine["occurred_at"].astype("str"), mine["candidate"], mine["activity"].map(words), strict=True)
    )
    assert content == sorted((row["Date"], f"{row['First Name']} {row['Last Name']}", row["Activity"]) for row in work)


def test_opencats_writes_the_newest_row_first(exports):
    dates = [row["Date"] for row in opencats(exports / NAMES[1])]
    assert dates == sorted(dates, reverse=True)


def test_bullhorn_holds_calls_and_interviews_of_the_second_team(sample, exports, told):
    table = own(exports / NAMES[2])
    work = table[table["Is Deleted"] == "false"]
    mine = sample.log[(sample.file == 2).to_numpy()]
    file = told[NAMES[2]]
    assert (len(table), len(table) - len(work), len(work)) == (file["rows"], file["ignored"], len(mine))
    assert set(table["Author"]) == set(sample.roster[sample.roster["team"] == "Team Birch"]["desk"])
    moments = pd.to_datetime(work["Date Added"], format="%m/%d/%Y %I:%M %p")
    assert sorted(moments) == sorted(mine["occurred_at"])
    calls = work[work["Action"] == "Outbound Call"]
    sides = (calls["Candidates"] != "").map({True: "recruiting_call", False: "marketing_call"}).value_counts()
    assert sides.to_dict() == {name: file["by_activity"][name] for name in ("recruiting_call", "marketing_call")}
    assert (work["Action"] == "Prescreen").sum() == file["by_activity"]["interview"]
    assert (work["About"] == work["Candidates"].where(work["Candidates"] != "", work["Client Contacts"])).all()


@pytest.mark.parametrize("number", [1, 2])
def test_rows_without_an_id_never_repeat_within_a_minute(sample, number):
    mine = sample.log[(sample.file == number).to_numpy()]
    assert not mine.duplicated(["desk", "activity", "candidate", "contact", "occurred_at"]).any()


def test_what_an_export_cannot_hold_is_not_in_the_log(sample):
    opencats_rows, bullhorn_rows = (sample.log[(sample.file == number).to_numpy()] for number in (1, 2))
    assert opencats_rows[["outcome", "contact", "due_on"]].isna().all().all()
    assert bullhorn_rows[["outcome", "client", "due_on"]].isna().all().all()


def test_the_workbook_has_placements_with_real_dates_and_a_sheet_of_notes(sample, exports, told):
    book = openpyxl.load_workbook(exports / NAMES[3], read_only=True)
    assert book.sheetnames == ["Placements", "Notes"]
    header, *rows = book["Placements"].iter_rows(values_only=True)
    assert header == OWN_COLUMNS
    assert len(rows) == told[NAMES[3]]["rows"] == (sample.file == 3).sum()
    assert {row[3] for row in rows} == {"fill", "start", "extension", "end"}
    mine = sample.log[(sample.file == 3).to_numpy()]
    assert [row[1] for row in rows] == list(mine["occurred_at"].dt.to_pydatetime())
    assert [row[0] for row in rows] == list(mine["activity_id"])


def test_the_roster_says_who_came_and_who_went(exports):
    lines = (exports / "roster.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "desk,team,role,from,to"
    assert len(lines) == 15
    assert "Kit Demo,Team Cedar,Recruiter,2026-04-20," in lines
    assert "Drew Demo,Team Alder,Recruiter,,2026-07-31" in lines
    assert "Alex Demo,Team Alder,Recruiter,," in lines


def test_the_roster_says_who_is_account_manager_care_and_support(exports):
    lines = (exports / "roster.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines if ",Account Manager," in line] == [
        "Blair Demo",
        "Gray Demo",
        "Jules Demo",
    ]
    assert lines[-2:] == ["Care Desk Demo,,contractor care,,", "Support Desk Demo,,contractor support,,"]


@pytest.mark.parametrize("options", [{}, {"rows": 2_000}])
def test_the_same_plan_gives_the_same_bytes(tmp_path, options):
    plan = Plan(end=date(2026, 11, 15), desks=6, weeks=6, **options)
    once, again = write(plan, tmp_path / "once"), write(generate(plan), tmp_path / "again")
    assert [path.name for path in once] == [path.name for path in again]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_another_seed_gives_another_firm(tmp_path):
    logs = [generate(Plan(end=date(2026, 11, 15), desks=2, weeks=2, seed=seed)).log for seed in (1, 2)]
    assert not logs[0].equals(logs[1])


@pytest.mark.parametrize("rows", [1, 50, 1_000, 30_000])
def test_a_plan_with_rows_gives_one_file_of_exactly_that_many(tmp_path, rows):
    paths = write(Plan(end=date(2026, 11, 15), rows=rows), tmp_path)
    assert [path.name for path in paths] == [NAMES[0], "roster.csv", "truth.json"]
    assert len(own(paths[0])) == rows
    truth = json.loads(paths[2].read_text(encoding="utf-8"))
    assert truth["files"][NAMES[0]]["rows"] == sum(truth["activities"].values()) == rows
