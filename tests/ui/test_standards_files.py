"""The history of standards, as a sheet that is downloaded, changed and taken in again."""

from __future__ import annotations

import io
from datetime import date
from functools import partial

import pandas as pd
import pytest
from one_standard import save_standard
from screens import said
from standards_pages import PAGE, buttons, opened_section, saved
from tiny_firm import HOSTILE, store_firm

from quality.catalogue import RATIOS
from ui import minimum_data, standards_file
from ui.downloads import Sheet, to_csv, to_xlsx

HEADER = "Level,Name,Measure,Standard,Per,From\n"


@pytest.fixture
def firm(history):
    store_firm()
    return history


@pytest.fixture
def at(firm, open_page):
    return open_page(PAGE)


@pytest.fixture
def section(firm, app, open_page):
    return partial(opened_section, app, open_page)


def drop(at, content, name="standards.csv"):
    at.file_uploader[0].set_value((name, content if isinstance(content, bytes) else content.encode(), "text/csv"))
    return at.run()


def test_the_history_shows_every_line_newest_first(firm, section):
    save_standard(firm, "call_to_hit", 8, effective_from=date(2026, 1, 1))
    save_standard(firm, "hit", 4, per="day", level="desk", name=HOSTILE, effective_from=date(2026, 2, 1))
    at = section("History and files")
    assert not at.exception
    shown = at.dataframe[0].value
    assert shown[["Level", "Name", "Measure", "Standard", "Per"]].to_numpy().tolist() == [
        ["desk", HOSTILE, "Hits", 4.0, "day"],
        ["company", "", "Call to hit", 8.0, "n : 1"],
    ]
    assert [button.label for button in at.get("download_button")] == ["CSV", "Excel"]
    assert HOSTILE not in said(at)


@pytest.mark.parametrize(("make", "name"), [(to_xlsx, "s.xlsx"), (to_csv, "s.csv")])
def test_what_is_downloaded_can_be_taken_in_again_and_changes_nothing(firm, section, make, name):
    save_standard(firm, "call_to_hit", 8, effective_from=date(2026, 1, 1))
    save_standard(firm, "hit", 4, per="day", level="desk", name=HOSTILE, effective_from=date(2026, 2, 1))
    save_standard(firm, "hit", None, level="desk", name=HOSTILE, effective_from=date(2026, 3, 1))
    at = section("History and files")
    content = make(standards_file.sheet(firm.standards()), Sheet("standards", "Minimum standards", ("About",)))
    drop(at, content, name)
    assert not at.exception
    assert "0 new lines; 3 saved already." in said(at)
    assert "save_standards_file" not in buttons(at)


def test_the_download_after_a_correction_on_the_same_day_is_taken_in_with_a_new_line(firm, section):
    for number in (8, 7):
        save_standard(firm, "call_to_hit", number, effective_from=date(2026, 1, 1))
    save_standard(firm, "hit", 4, per="day", effective_from=date(2026, 1, 1))
    save_standard(firm, "hit", None, effective_from=date(2026, 1, 1))
    at = section("History and files")
    assert len(at.dataframe[0].value) == 4
    handed_out = standards_file.sheet(standards_file.last_saved(firm.standards()))
    assert handed_out["Standard"].tolist()[0] == 7.0
    added = [*handed_out.to_numpy().tolist(), ["team", "North", "Call to hit", 6.0, "n : 1", date(2026, 2, 1)]]
    changed = pd.DataFrame(added, columns=handed_out.columns)
    drop(at, to_xlsx(changed, Sheet("standards", "Minimum standards")), "s.xlsx")
    assert not at.exception
    assert "1 new line; 2 saved already." in said(at)


def test_a_firm_without_standards_downloads_the_starting_values(section):
    section("History and files")
    first = standards_file.sheet(minimum_data.lines())
    assert first["Standard"].tolist() == [float(ratio.standard) for ratio in RATIOS]
    book = pd.read_excel(io.BytesIO(to_xlsx(first, Sheet("standards", ""))), engine="openpyxl", keep_default_na=False)
    assert book.columns.tolist() == ["Level", "Name", "Measure", "Standard", "Per", "From"]


def test_new_lines_of_a_file_are_shown_and_saved_by_a_click(firm, section):
    save_standard(firm, "call_to_hit", 8, effective_from=date(2026, 1, 1))
    at = section("History and files")
    known = "company,,Call to hit,8,n : 1,2026-01-01\n"
    new = "team,North,Call to hit,6,,2026-02-01\ndesk,Desk 01,Hits,4,day,2026-02-01\n"
    drop(at, HEADER + known + new)
    assert "2 new lines; 1 saved already." in said(at)
    assert len(firm.standards()) == 1
    at.button(key="save_standards_file").click().run()
    assert not at.exception
    assert "2 lines saved." in said(at)
    assert saved(firm)[1:] == [
        ("call_to_hit", 6.0, None, "team", "North", "2026-02-01"),
        ("hit", 4.0, "day", "desk", "Desk 01", "2026-02-01"),
    ]


def test_one_bad_line_takes_nothing_and_says_count_cause_remedy_and_code(firm, section):
    at = section("History and files")
    drop(at, HEADER + "company,,Call to hit,8,,2026-01-01\nteam,Nroth,Call to hit,x,,2026-01-01\n")
    assert not at.exception
    assert "1 line cannot be used, so nothing was changed." in said(at)
    shown = at.dataframe[-1].value
    assert shown["Row"].tolist() == [3, 3]
    assert shown["Code"].tolist() == ["bad_number", "unknown_name"]
    assert shown["Fix"].str.len().min() > 10
    assert "save_standards_file" not in buttons(at)
    assert firm.standards().empty


def test_a_new_line_with_a_number_that_cannot_be_is_named_and_one_saved_before_stays(firm, section):
    save_standard(firm, "call_to_hit", 99999, effective_from=date(2026, 1, 1))
    at = section("History and files")
    known = "company,,Call to hit,99999,,2026-01-01\n"
    drop(at, HEADER + known + "desk,Desk 01,Hits,400,day,2026-02-01\n")
    assert "1 new line; 1 saved already." in said(at)
    assert "Not saved: Hits of Desk 01: 400 a day is not between 0.1 and 200." in said(at).replace("\\", "")
    assert at.button(key="save_standards_file").disabled


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty_file"), (b"a,b\n1,2\n", "columns_missing"), (HEADER.encode(), "no_lines")]
)
def test_a_file_that_is_no_sheet_of_standards_is_refused(firm, section, content, code):
    at = section("History and files")
    drop(at, content)
    assert not at.exception
    told = said(at).replace("\\", "")
    assert f"Nothing was changed. Code: {code}." in told
    assert firm.standards().empty
