"""Standards: edited in place, proposed, taken in as a file; absences, holidays and the minimums of the last week."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest
from one_standard import save_standard
from screens import said
from tiny_firm import HOSTILE, store_firm

from loaders import Options, load
from quality.catalogue import MEASURES, RATIOS
from ui import data, intake, minimum_data, standards_file
from ui.downloads import Sheet, to_csv, to_xlsx
from ui.spans import Filters

PAGE = "data/standards"
MONDAY = "2026-11-16"
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
    """Opens one section of the page."""

    def go(name):
        app.query_params["standards_section"] = name
        return open_page(PAGE)

    return go


def edit(at, table, **changes):
    """Types into the first (ratios) or second (minimums) table."""
    at.session_state[at.data_editor[table].key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes
    return at.run()


def row_of(measure):
    names = [ratio.name for ratio in RATIOS] if measure not in MEASURES else [*MEASURES]
    return names.index(measure)


def saved(history):
    frame = history.standards()
    plain = frame.astype(object).where(frame.notna(), None)
    names = ["ratio", "standard", "per", "level", "name"]
    return [(*line, day.date().isoformat()) for *line, day in plain[[*names, "effective_from"]].to_numpy().tolist()]


def now(at, table, measure):
    return at.data_editor[table].value.set_index("measure").loc[measure, "now"]


def buttons(at):
    return {button.key for button in at.button}


# --- In place --------------------------------------------------------------------------------------------------------


def test_starting_values_are_called_so_until_they_are_replaced(at, firm):
    assert not at.exception
    assert "These are starting values, replace them with your own." in said(at)
    assert now(at, 0, "send_out_to_fill") == "6 : 1, starting value"
    assert now(at, 1, "recruiting_call") == "none"
    assert at.data_editor[0].value["standard"].isna().all()
    assert at.button(key="save_standards").disabled
    for ratio in RATIOS[:-1]:
        save_standard(firm, ratio.name, 3, effective_from=date(2026, 1, 1))
    assert "1 of the 7 ratios still have starting values" in said(at.run())
    save_standard(firm, RATIOS[-1].name, 3, effective_from=date(2026, 1, 1))
    assert "starting values" not in said(at.run())


def test_a_ratio_and_a_minimum_typed_in_are_saved_from_the_last_closed_week_on(at, firm):
    edit(at, 0, edited_rows={row_of("send_out_to_fill"): {"standard": 4.5}})
    edit(at, 1, edited_rows={row_of("recruiting_call"): {"standard": 40, "per": "day"}, 3: {"standard": 2}})
    assert at.button(key="save_standards").label == "Save 3 changes"
    assert "Save before you look at another section" in said(at)
    at.button(key="save_standards").click().run()
    assert not at.exception
    assert "3 standards saved." in said(at)
    assert "Save before you look at another section" not in said(at)
    assert saved(firm) == [
        ("send_out_to_fill", 4.5, None, "company", "", MONDAY),
        ("recruiting_call", 40.0, "day", "company", "", MONDAY),
        ("send_out", 2.0, "week", "company", "", MONDAY),
    ]
    assert now(at, 0, "send_out_to_fill") == "4.5 : 1, the company's since 16 Nov 2026"
    assert now(at, 1, "recruiting_call") == "40 a day, the company's since 16 Nov 2026"
    assert at.button(key="save_standards").disabled


def test_a_saved_standard_holds_in_every_ratio_of_the_last_closed_week_and_after(at, firm):
    save_standard(firm, "send_out_to_fill", 4, level="desk", name="Desk 01", effective_from=date(2026, 1, 1))
    edit(at, 0, edited_rows={row_of("send_out_to_fill"): {"standard": 3.5}})
    at.button(key="save_standards").click().run()
    weeks = {"start": date(2026, 11, 9), "end": date(2026, 11, 22), "as_of": date(2026, 11, 23)}
    frame = data.ratio_frame(Filters(period="", view="activity", **weeks), every="week")
    own = frame[frame["ratio"] == "send_out_to_fill"].groupby("unit")["standard"].agg(list)
    assert (own["Desk 01"], own["Desk 02"]) == ([4.0, 4.0], [6.0, 3.5])


def test_teams_and_desks_have_their_own_and_say_what_they_follow(at, firm):
    at.segmented_control(key="standards_level").set_value("Team").run()
    assert at.selectbox(key="standards_team").options == ["North", "South"]
    at.selectbox(key="standards_team").set_value("South").run()
    edit(at, 0, edited_rows={0: {"standard": 8}})
    at.button(key="save_standards").click().run()
    at.segmented_control(key="standards_level").set_value("Desk").run()
    at.selectbox(key="standards_desk").set_value("Desk 02").run()
    assert now(at, 0, "call_to_hit") == "8 : 1, the team's since 16 Nov 2026"
    edit(at, 0, edited_rows={0: {"standard": 9}})
    at.button(key="save_standards").click().run()
    assert now(at, 0, "call_to_hit") == "9 : 1, the desk's own since 16 Nov 2026"
    at.selectbox(key="standards_desk").set_value("Desk 01").run()
    assert now(at, 0, "call_to_hit") == "5 : 1, starting value"
    assert [line[3:5] for line in saved(firm)] == [("team", "South"), ("desk", "Desk 02")]


def test_every_desk_can_be_edited_in_one_table(at, firm):
    at.segmented_control(key="standards_level").set_value("Desk").run()
    at.selectbox(key="standards_desk").set_value("Every desk").run()
    shown = at.data_editor[0].value
    assert shown["name"].unique().tolist() == sorted(["Desk 01", "Desk 02", "Desk 04", HOSTILE])
    at_row = int(shown.index[(shown["name"] == HOSTILE) & (shown["measure"] == "call_to_hit")][0])
    edit(at, 0, edited_rows={at_row: {"standard": 9}})
    at.button(key="save_standards").click().run()
    assert not at.exception
    assert saved(firm) == [("call_to_hit", 9.0, None, "desk", HOSTILE, MONDAY)]


def test_another_first_day_shows_what_holds_then(at, firm):
    save_standard(firm, "call_to_hit", 8, effective_from=date(2026, 10, 1))
    at.date_input(key="standards_since").set_value(date(2026, 9, 30)).run()
    assert now(at, 0, "call_to_hit") == "5 : 1, starting value"
    at.date_input(key="standards_since").set_value(date(2026, 10, 1)).run()
    assert at.data_editor[0].value["standard"][0] == 8.0
    edit(at, 0, edited_rows={0: {"standard": 7}})
    at.button(key="save_standards").click().run()
    assert [line[1] for line in saved(firm)] == [8.0, 7.0]
    assert now(at, 0, "call_to_hit") == "7 : 1, the company's since 1 Oct 2026"


def test_an_emptied_cell_ends_a_standard(at, firm):
    save_standard(firm, "call_to_hit", 8, effective_from=date(2026, 1, 1))
    at.run()
    edit(at, 0, edited_rows={0: {"standard": None}})
    at.button(key="save_standards").click().run()
    assert saved(firm)[-1] == ("call_to_hit", None, None, "company", "", MONDAY)
    assert now(at, 0, "call_to_hit") == "5 : 1, starting value"


@pytest.mark.parametrize(
    ("table", "measure", "typed", "named"),
    [
        (0, "call_to_hit", {"standard": -3.0}, "Call to hit: -3 : 1 is not between 0.1 and 500"),
        (0, "call_to_hit", {"standard": 0.0}, "Call to hit: 0 : 1 is not between 0.1 and 500"),
        (0, "call_to_hit", {"standard": 99999}, "Call to hit: 99,999 : 1 is not between 0.1 and 500"),
        (1, "hit", {"standard": 500, "per": "day"}, "Hits: 500 a day is not between 0.1 and 200"),
        (1, "hit", {"standard": 1001}, "Hits: 1,001 a week is not between 0.1 and 1,000"),
    ],
)
def test_a_number_that_cannot_be_is_named_and_not_saved(at, firm, table, measure, typed, named):
    edit(at, table, edited_rows={row_of(measure): typed, 1 + row_of(measure): {"standard": 3}})
    assert not at.exception
    assert f"Not saved: {named}. Change the number" in said(at).replace("\\", "")
    assert at.button(key="save_standards").disabled
    assert at.session_state[at.data_editor[table].key]["edited_rows"][row_of(measure)] == typed
    edit(at, table, edited_rows={row_of(measure): {"standard": 4}})
    assert "Not saved" not in said(at)
    at.button(key="save_standards").click().run()
    assert [line[:2] for line in saved(firm)] == [(measure, 4.0)]


# --- Proposals -------------------------------------------------------------------------------------------------------


def test_a_proposal_shows_its_counts_and_is_saved_only_by_a_click(at, firm):
    assert "propose_none" not in buttons(at)
    at.button(key="propose_own").click().run()
    assert not at.exception
    line = at.data_editor[0].value.set_index("measure").loc["send_out_to_fill"]
    assert (line["standard"], line["why"]) == (6.5, "26 send-outs, 4 fills in 13 weeks")
    assert "not saved yet" in said(at)
    assert saved(firm) == []
    at.button(key="save_standards").click().run()
    assert ("send_out_to_fill", 6.5, None, "company", "", MONDAY) in saved(firm)
    assert "not saved yet" not in said(at)


def test_a_proposal_can_be_changed_before_it_is_saved(at, firm):
    at.button(key="propose_own").click().run()
    edit(at, 0, edited_rows={row_of("send_out_to_fill"): {"standard": 5}})
    at.button(key="save_standards").click().run()
    assert saved(firm)[0][:2] == ("send_out_to_fill", 5.0)


def test_proposals_can_be_discarded_and_belong_to_one_choice(at, firm):
    at.button(key="propose_own").click().run()
    at.segmented_control(key="standards_level").set_value("Team").run()
    assert "not saved yet" not in said(at)
    assert at.data_editor[0].value["standard"].isna().all()
    at.segmented_control(key="standards_level").set_value("Company").run()
    at.button(key="propose_none").click().run()
    assert not at.exception
    assert at.data_editor[0].value["standard"].isna().all()
    assert saved(firm) == []


def test_each_desk_is_proposed_its_own_weeks_and_too_few_counts_make_none(at):
    at.segmented_control(key="standards_level").set_value("Desk").run()
    at.selectbox(key="standards_desk").set_value("Every desk").run()
    at.button(key="propose_own").click().run()
    assert not at.exception
    shown = at.data_editor[0].value
    fills = shown[shown["measure"] == "send_out_to_fill"].set_index("name")
    assert fills.loc["Desk 01", "standard"] == 4.0
    assert fills.loc["Desk 02", "why"] == "too few: 5 send-outs, 0 fills in 13 weeks"
    assert fills["standard"].isna().sum() == 3


def test_the_best_fifth_needs_five_desks(at):
    at.button(key="propose_best").click().run()
    assert not at.exception
    assert "0 proposals from the last 26 closed weeks" in said(at)
    assert at.button(key="save_standards").disabled
    assert at.data_editor[0].value["why"][3].startswith("too few: ")


def test_published_figures_are_context_with_source_and_year_and_no_targets(at):
    told = said(at)
    assert "**not targets**" in told
    assert "5.24 : 1 (1,640 first send-outs, 313 placements, one firm, 8 years) (ERE 2014;" in told
    assert "15 presentations a day" in told
    assert "quits" not in told


# --- History and files -----------------------------------------------------------------------------------------------


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


# --- Absences and holidays -------------------------------------------------------------------------------------------


def test_a_country_and_its_part_are_saved_when_chosen(firm, section):
    at = section("Absences and holidays")
    assert "Every Monday to Friday counts as a working day." in said(at)
    at.selectbox(key="holidays_country").set_value("DE").run()
    assert not at.exception
    assert firm.settings()["holidays"] == {"country": "DE", "subdivision": None}
    at.selectbox(key="holidays_subdivision_DE").set_value("BY").run()
    assert firm.settings()["holidays"] == {"country": "DE", "subdivision": "BY"}
    assert any("Fri 25 Dec 2026: Christmas Day" in text.value for text in at.text)
    at.selectbox(key="holidays_country").set_value("").run()
    assert firm.settings()["holidays"] is None


def test_absences_are_typed_in_saved_and_shown_again(firm, section):
    at = section("Absences and holidays")
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": "2026-11-16", "reason": "vacation"}])
    at.button(key="save_absences").click().run()
    assert not at.exception
    assert "Absences saved." in said(at)
    [line] = at.data_editor[0].value.to_dict("records")
    assert (line["desk"], line["ends_on"], line["reason"]) == ("Desk 01", date(2026, 11, 16), "vacation")
    edit(at, 0, deleted_rows=[0])
    at.button(key="save_absences").click().run()
    assert firm.absences().empty


def test_an_absence_that_cannot_be_is_refused_and_what_was_typed_stays(firm, section):
    at = section("Absences and holidays")
    typed = [{"desk": "Desk 01", "starts_on": "2026-11-16", "ends_on": "2026-11-15"}]
    edit(at, 0, added_rows=typed)
    at.button(key="save_absences").click().run()
    told = said(at).replace("\\", "")
    assert "1 line of the absences cannot be used: line 1 (Desk 01) ends before it starts." in told
    assert "Code: bad_value" in told
    assert firm.absences().empty
    assert at.session_state[at.data_editor[0].key]["added_rows"] == typed


@pytest.mark.parametrize("day", ["61118-02-02", "+061118-02-02T00:00:00.000Z", "2126-11-18"])
def test_a_year_that_cannot_be_is_a_message_and_not_the_end_of_the_page(firm, section, day):
    at = section("Absences and holidays")
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": day}])
    for _ in range(2):
        at.button(key="save_absences").click().run()
        assert not at.exception
        assert "line 1 (Desk 01) has a day that is not between 2000-01-01 and 2099-12-31." in said(at).replace("\\", "")
    assert at.session_state[at.data_editor[0].key]["added_rows"][0]["starts_on"] == day
    assert firm.absences().empty


def test_unsaved_absences_are_kept_while_another_section_is_looked_at(firm, section):
    firm.save_absences(pd.DataFrame([("Desk 02", "2026-11-02")], columns=["desk", "starts_on"]))
    at = section("Absences and holidays")
    assert "Not saved yet." not in said(at)
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": "2026-11-16"}])
    assert "Not saved yet." in said(at)
    at.segmented_control(key="standards_section").set_value("Last week").run()
    at.segmented_control(key="standards_section").set_value("Absences and holidays").run()
    assert not at.exception
    assert at.data_editor[0].value["desk"].tolist() == ["Desk 02", "Desk 01"]
    edit(at, 0, edited_rows={1: {"reason": "training"}})
    at.button(key="save_absences").click().run()
    assert "Not saved yet." not in said(at)
    assert firm.absences()[["desk", "reason"]].to_numpy().tolist() == [["Desk 01", "training"], ["Desk 02", ""]]


def test_unsaved_absences_can_be_discarded(firm, section):
    at = section("Absences and holidays")
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": "2026-11-16"}])
    assert not at.button(key="save_absences").disabled
    at.button(key="discard_absences").click().run()
    assert not at.exception
    assert at.button(key="save_absences").disabled
    assert at.data_editor[0].value.empty
    assert "discard_absences" not in buttons(at)


# --- Last week -------------------------------------------------------------------------------------------------------


def test_the_last_week_says_first_that_no_minimum_was_set(section):
    at = section("Last week")
    assert not at.exception
    assert "No activity minimum holds for any desk yet." in said(at)


def test_minimums_of_the_last_week_are_due_for_the_days_a_desk_was_there(firm, section):
    # In the week of 16 November nobody did anything; Desk 01 was away for all of it, Desk 02 for two days.
    save_standard(firm, "send_out", 5, per="week", effective_from=date(2026, 1, 1))
    save_standard(firm, "send_out", 1, per="day", level="desk", name="Desk 02", effective_from=date(2026, 1, 1))
    days = [("Desk 01", "2026-11-16", "2026-11-20"), ("Desk 02", "2026-11-17", "2026-11-18")]
    firm.save_absences(pd.DataFrame(days, columns=["desk", "starts_on", "ends_on"]))
    at = section("Last week")
    assert not at.exception
    shown = at.dataframe[0].value.set_index("Desk")
    assert shown.loc["Desk 01", ["Met", "Due", "Days there"]].tolist() == ["– away", 0.0, 0]
    assert shown.loc["Desk 02", ["Met", "Due", "Minimum", "Days there"]].tolist() == ["▽ short", 3.0, "1 a day", 3]
    assert shown.loc[HOSTILE, ["Met", "Due", "Done"]].tolist() == ["▽ short", 5.0, 0]
    assert "0 of 2 activity minimums met in the last closed week, 16 Nov to 22 Nov 2026." in said(at)


def test_a_met_minimum_is_said_in_a_word_and_a_shape(firm, section, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-09")
    save_standard(firm, "send_out", 4, per="week", effective_from=date(2026, 1, 1))
    at = section("Last week")
    assert at.dataframe[0].value.set_index("Desk").loc["Desk 02", ["Met", "Done"]].tolist() == ["✓ met", 4]


def test_a_firm_without_teams_is_told_where_to_add_them(history, open_page):
    log = "occurred_at,desk,activity,candidate\n2026-11-17 10:00,Desk 01,send_out,Avery Sample\n"
    intake.store_loaded([load(log.encode(), "log.csv", Options())])
    at = open_page(PAGE)
    at.segmented_control(key="standards_level").set_value("Team").run()
    assert not at.exception
    assert "Add teams and desks on People" in said(at)
