from __future__ import annotations

from io import BytesIO

import pandas as pd
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from owed_firm import HOSTILE, LOG, TODAY, store_firm
from screens import said

from quality.kept import DEFINITION
from ui import downloads, owed_data, owed_files, owed_kept
from ui.downloads import Sheet

PAGE = "follow_up/owed"


@pytest.fixture
def firm(history, monkeypatch):
    """The firm at nine in the morning: the interview of 15:00 is ahead."""
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T09:00")
    store_firm()
    return history


def table(at):
    return next(one for one in at.dataframe if "Kept of all" in one.value)


def choose(at, row, column):
    """The page with a cell of the table chosen."""
    at.session_state[table(at).key] = {"selection": {"rows": [], "columns": [], "cells": [(row, column)]}}
    return at.run()


def test_the_share_kept_has_its_counts_its_range_and_its_definition(firm, open_page):
    told = said(open_page(PAGE))
    assert "50\u00a0% kept in time, likely 22 to 78\u00a0%: 2 of 4; 0 were late, 2 are overdue." in told
    assert DEFINITION in told


def test_the_weeks_are_drawn_and_said(firm, open_page):
    [chart] = open_page(PAGE).get("plotly_chart")
    assert "week of 16 Nov 2026: 1 kept, 0 late, 2 overdue" in chart.proto.alt


def test_by_desk_and_by_rule(firm, open_page):
    at = open_page(PAGE)
    assert table(at).value[["Desk", "Kept", "Late", "Overdue"]].to_numpy().tolist() == [
        ["Desk 01", 1, 0, 2],
        ["Desk 02", 1, 0, 0],
    ]
    at.segmented_control(key="kept_by").set_value("Rule").run()
    assert table(at).value["Rule"].tolist() == [
        "Acknowledge résumé",
        "Close the loop",
        "Do what you said",
        "Validate interview",
    ]
    assert "kept_by" not in said(at)


def test_a_number_opens_its_rows(firm, open_page):
    at = open_page(PAGE)
    choose(at, 0, "Overdue")
    assert not at.exception
    assert "**Desk 01, overdue**: 2 rows" in said(at)
    assert at.dataframe[-1].value["Who"].tolist() == ["Casey Sample", "Avery Sample"]
    assert at.dataframe[-1].value["Status"].unique().tolist() == ["overdue"]


def test_any_other_number_opens_all_rows_of_its_line(firm, open_page):
    at = open_page(PAGE)
    choose(at, 0, "Kept of all")
    assert "**Desk 01, kept, late and overdue**: 3 rows" in said(at)


def test_the_rows_and_the_number_agree_everywhere(firm):
    for by in ("desk", "rule"):
        for row in owed_data.promises(None, by).to_dict("records"):
            for fate in ("kept", "late", "overdue"):
                assert len(owed_data.behind(None, by, row["unit"], (fate,))) == row[fate]


def test_a_firm_without_anything_due_says_so(filled, open_page):
    at = open_page(PAGE)
    at.multiselect(key="desk").set_value(["Desk 02"]).run()
    assert not at.exception
    assert "Nothing fell due yet." in said(at)


def test_the_columns_of_the_table_are_all_counts_and_shares():
    none = owed_kept.listed(
        owed_data.kept.promise_keeping(
            pd.DataFrame(columns=["due_at", "status", "desk"]).astype({"due_at": "datetime64[us]"}),
            pd.Timestamp("2026-11-23").date(),
            "desk",
        ),
        "desk",
    )
    assert none.empty
    assert list(none) == ["Desk", "Kept of all", "Likely", "Kept", "Late", "Overdue"]


# --- files -----------------------------------------------------------------------------------------------------------


def test_the_files_hold_one_row_a_person_with_everything_the_page_says(firm):
    sheet = owed_data.sheet(None)
    made = owed_files.table(sheet[sheet["part"] == "today"])
    assert made["Who"].tolist() == ["Drew Sample", "Example Bakery", "Casey Sample", "Avery Sample"]
    avery = made.iloc[3]
    assert avery["Desks"] == "Desk 01, Desk 02"
    assert (avery["How late"], avery["Days late"]) == ("4 days late", 4)
    assert avery["Most urgent"] == "feedback with a reason, 4 days late"
    assert avery["Why"].startswith("Rejected on Mon 16 Nov 2026: feedback with a reason was due by Thu 19 Nov 2026")
    assert avery["Said last"] == "Good fit for days"
    assert avery["Cares about"] == "What matters in the next move: Days"
    assert "Phone or e-mail" not in made


def test_who_is_late_in_the_file_is_who_is_late_in_the_heading(firm, open_page):
    row = "2026-09-01 09:00,Desk 02,resume_received,candidate,Drew Sample,,,,,,"
    store_firm(f"{LOG}{row}\n")  # the person whose interview is today has waited for long with something else
    sheet = owed_data.sheet(None)
    made = owed_files.table(sheet[sheet["part"] == "today"])
    assert made["Days late"].tolist() == [81, 0, 1, 4]
    assert made["How late"].tolist() == ["11 weeks late", "today at 15:00", "1 day late", "4 days late"]
    assert made["Most urgent"].iloc[0] == "the preparation of the candidate, today at 15:00"
    late = int((made["Days late"] > 0).sum())
    assert owed_data.in_numbers(sheet)["late"] == late
    at = open_page(PAGE)
    assert at.subheader[0].value == f"{len(made)} people wait for a word today, {late} of them late"


def test_a_name_is_no_formula_in_a_file(firm):
    sheet = owed_data.sheet(None)
    made = owed_files.table(sheet[sheet["part"] == "long"])
    assert HOSTILE in made["Who"].tolist()
    text = downloads.to_csv(made, Sheet("owed", "Owed")).decode("utf-8-sig")
    assert f"'{HOSTILE}" in text
    book = load_workbook(BytesIO(downloads.to_xlsx(made, Sheet("owed", "Owed"))))
    assert f"'{HOSTILE}" in [row[0].value for row in book["Table"].iter_rows()]


def test_the_calendar_holds_what_the_list_holds(firm):
    sheet = owed_data.sheet(None)
    found = Calendar.from_ical(owed_files.entries(sheet[sheet["part"] == "today"])).walk("VEVENT")
    assert sorted(str(entry["SUMMARY"]) for entry in found) == [
        "Avery Sample: Close the loop",
        "Casey Sample: Do what you said",
        "Drew Sample: Prep candidate",
        "Example Bakery: Prep client",
    ]
    assert {pd.Timestamp(entry["DTSTART"].dt).date() for entry in found} == {TODAY}


def test_each_list_offers_its_files_and_only_lists_with_days_a_calendar(firm, open_page):
    at = open_page(PAGE)
    assert files(at)[:3] == ["owed-today.csv", "owed-today.xlsx", "owed-today.ics"]
    at.segmented_control(key="part").set_value("Long overdue").run()
    assert files(at)[:2] == ["owed-long.csv", "owed-long.xlsx"]
    assert "owed-long.ics" not in files(at)


def files(at):
    return [one.key.removeprefix("download-") for one in at.get("download_button")]
