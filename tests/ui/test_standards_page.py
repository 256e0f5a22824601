"""The page Standards: minimum standards typed in place, and proposals."""

from __future__ import annotations

from datetime import date

import pytest
from one_standard import save_standard
from screens import said
from standards_pages import PAGE, buttons, edit, saved
from tiny_firm import HOSTILE, store_firm

from quality.catalogue import MEASURES, RATIOS
from ui import data
from ui.spans import Filters

MONDAY = "2026-11-16"


@pytest.fixture
def firm(history):
    store_firm()
    return history


@pytest.fixture
def at(firm, open_page):
    return open_page(PAGE)


def row_of(measure):
    names = [ratio.name for ratio in RATIOS] if measure not in MEASURES else [*MEASURES]
    return names.index(measure)


def now(at, table, measure):
    return at.data_editor[table].value.set_index("measure").loc[measure, "now"]


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
