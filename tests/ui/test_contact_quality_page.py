"""The page Quality of contact: what it says, its controls, the rows it opens, and the list of phrases."""

from __future__ import annotations

from datetime import date

import pytest
import stored
from screens import said
from tiny_firm import HOSTILE

from quality.purpose_words import Purpose
from ui import contact_quality, contact_quality_rows, contact_quality_words, downloads

PAGE = "follow_up/contact_quality"
TODAY = date(2026, 11, 23)
HEAD = "occurred_at,desk,activity,party,candidate,contact,client,job,outcome,channel,notes"
CALLS = (
    "2026-11-02 09:00,Desk 01,recruiting_call,candidate,Avery Sample,,,,,,Wants days only",
    "2026-11-03 09:00,Desk 01,recruiting_call,candidate,Blake Sample,,,,,,",
    "2026-11-04 09:00,Desk 02,recruiting_call,candidate,Avery Sample,,,,,,Notice is four weeks",
)
TOUCHES = (
    "2026-11-05 09:00,Desk 01,touch,candidate,Avery Sample,,,,,email,Sent the salary guide",
    "2026-11-06 09:00,Desk 01,touch,candidate,Avery Sample,,,,,call,Just checking in",
    "2026-11-09 09:00,Desk 02,touch,candidate,Blake Sample,,,,,call,",
)
PEOPLE = (
    "2026-11-10 09:00,Desk 02,presentation,candidate,Avery Sample,,Example Metal Works,Welder,,,",
    "2026-10-10 09:00,Desk 02,discovery,candidate,Avery Sample,,,,next_move,,Shorter way",
    "2026-11-11 09:00,Desk 02,marketing_call,client,,Noel Example,Example Metal Works,,,,Hard to find welders",
)
ROSTER = f"desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n{HOSTILE},South,,\n"


def store(*lines):
    files = {"log.csv": "\n".join([HEAD, *lines]), "teams.csv": ROSTER}
    stored.store(files)


@pytest.fixture
def firm(history):
    store(*CALLS, *TOUCHES, *PEOPLE, *[line.replace("Desk 01", f'"{HOSTILE}"') for line in CALLS[:1]])
    return history


def look_at(at, title):
    return at.segmented_control(key="look_at").set_value(title).run()


def test_the_shares_are_said_in_words_and_in_cards_with_their_counts(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert at.subheader[0].value == "Notes after 80\u00a0% of conversations; a reason for 33\u00a0% of touches"
    assert "All desks, 24 Aug to 22 Nov 2026: the last 13 weeks that are over." in said(at)
    cards = [(one.label, one.value, one.delta) for one in at.metric]
    assert cards == [
        ("With notes", "80 %", "4 of 5"),
        ("With a reason", "33 %", "1 of 3"),
        ("Candidates known", "none", "of 2"),
        ("Clients known", "none", "of 1"),
    ]


def test_every_desk_has_its_share_its_counts_and_its_range(firm, open_page):
    table = open_page(PAGE).dataframe[0].value
    assert table["Desk"].tolist() == ["All together", HOSTILE, "Desk 01", "Desk 02"]
    assert table["Counts"].tolist() == ["4 of 5", "1 of 1", "1 of 2", "2 of 2"]
    assert table["Share"].tolist() == [80, 100, 50, 100]
    assert table["Likely"].tolist()[0] == "52 to 94 %"


def test_touches_tell_those_that_only_check_in_from_those_without_a_note(firm, open_page):
    at = look_at(open_page(PAGE), "Reasons")
    assert at.dataframe[0].value[["Desk", "Counts", "Only check in", "No note"]].to_numpy().tolist() == [
        ["All together", "1 of 3", 1, 1],
        ["Desk 01", "1 of 2", 1, 0],
        ["Desk 02", "0 of 1", 0, 1],
    ]


def test_people_have_every_question_and_can_be_cut_down_to_the_active(firm, open_page):
    at = look_at(open_page(PAGE), "Candidates")
    first = at.dataframe[0].value.iloc[0]
    assert (first["Desk"], first["Candidates"]) == ("All together", 2)
    assert first["Next move"].startswith("50 % (1), ")
    assert first["All three"].startswith("0 % (0), ")
    at.segmented_control(key="whom").set_value(contact_quality.ACTIVE).run()
    first = at.dataframe[0].value.iloc[0]
    assert first["Candidates"] == 1
    assert first["Next move"].startswith("100 % (1), ")
    assert "Here only those in a running process." in said(at)


def test_a_team_and_a_desk_can_be_chosen(firm, open_page):
    at = open_page(PAGE)
    at.selectbox(key="team").set_value("South").run()
    assert at.dataframe[0].value["Desk"].tolist() == ["All together", HOSTILE, "Desk 02"]
    at.multiselect(key="desk").set_value(["Desk 02"]).run()
    assert at.dataframe[0].value["Counts"].tolist() == ["2 of 2", "2 of 2"]
    assert "Desk 02, 24 Aug to 22 Nov 2026" in said(at)


def test_a_number_opens_its_rows_and_they_add_up(firm, open_page):
    at = open_page(PAGE)
    assert "Choose a desk to see what was counted." in said(at)
    at.selectbox(key="rows_of").set_value("Desk 01").run()
    assert "2 conversations, 1 of them with a note." in said(at)
    rows = at.dataframe[1].value
    assert rows["Counts as"].tolist() == ["▽ no note", "✓ note"]
    assert rows["Candidate"].tolist() == ["Blake Sample", "Avery Sample"]
    at.segmented_control(key="which_rows").set_value(contact_quality_rows.LACKING).run()
    assert "1 of 2 conversations without a note." in said(at)
    assert at.dataframe[1].value["Candidate"].tolist() == ["Blake Sample"]


def test_rows_of_touches_show_the_phrase_that_made_them_mere_check_ins(firm, open_page):
    at = look_at(open_page(PAGE), "Reasons")
    at.selectbox(key="rows_of").set_value(contact_quality.TOGETHER).run()
    assert at.dataframe[1].value["Counts as"].tolist() == ["▽ no note", "▽ checks in: just checking in", "✓ a reason"]


def test_people_behind_an_answer_have_a_tick_for_each_question(firm, open_page):
    at = look_at(open_page(PAGE), "Candidates")
    at.selectbox(key="answer_candidate").set_value("next_move").run()
    at.selectbox(key="rows_of").set_value(contact_quality.TOGETHER).run()
    assert "2 candidates, 1 of them with the answer." in said(at)
    columns = ["Who", "Active", "Next move", "Time frame"]
    assert at.dataframe[1].value[columns].to_numpy().tolist() == [
        ["Avery Sample", "✓", "✓", "–"],
        ["Blake Sample", "", "–", "–"],
    ]
    at = look_at(at, "Clients")
    at.selectbox(key="rows_of").set_value("Desk 02").run()
    assert at.dataframe[1].value[["Who", "Client"]].to_numpy().tolist() == [["Noel Example", "Example Metal Works"]]


def test_an_own_list_of_phrases_is_saved_with_its_day_and_taken_back(firm, open_page):
    at = look_at(open_page(PAGE), "Reasons")
    assert "This is the starting list" in said(at)
    assert "nobody changed it" in said(at)
    assert "changed on" not in said(at)
    at.text_area(key="purpose_phrases").set_value("Salary guide\n\nsalary GUIDE").run()
    at.button(key="save_phrases").click().run()
    assert not at.exception
    assert firm.settings()["purpose_words"] == {"phrases": ["Salary guide"], "changed_on": "2026-11-23"}
    assert "This is the firm's own list, saved on 23 Nov 2026." in said(at).replace("\\", "")
    assert at.dataframe[0].value["Only check in"].tolist() == [1, 1, 0]
    at.button(key="starting_phrases").click().run()
    assert Purpose.stored(firm.settings()) == Purpose()
    assert at.text_area(key="purpose_phrases").value.startswith("just checking in\n")


@pytest.mark.parametrize("typed", ["", " \n...\n", "x" * 81])
def test_a_list_without_a_phrase_or_with_one_too_long_is_not_saved(firm, open_page, typed):
    at = look_at(open_page(PAGE), "Reasons")
    at.text_area(key="purpose_phrases").set_value(typed).run()
    at.button(key="save_phrases").click().run()
    assert "purpose_words" not in firm.settings()
    assert "Nothing was saved." in at.toast[0].value


def test_an_export_without_notes_is_said_and_is_no_zero(history, open_page):
    store(*[line.rsplit(",", 1)[0] + "," for line in (*CALLS, *TOUCHES)])
    at = open_page(PAGE)
    assert not at.exception
    assert at.subheader[0].value == "No conversation and no touch that can hold a note"
    assert at.info[0].value == "This export holds no notes: 3 recruiting calls. Nobody can tell what was noted."
    assert (at.metric[0].value, at.metric[0].delta) == ("–", "nothing to count")
    at = look_at(at, "Reasons")
    assert at.info[0].value == "This export holds no notes: 3 touches. Nobody can tell what was noted."


def test_what_is_left_out_is_named_beside_what_is_counted(history, open_page):
    prep = "2026-11-02 09:00,Desk 01,prep,candidate,Avery Sample,,,,,,"
    store(*CALLS, prep, prep.replace("11-02", "11-04"))
    assert "Left out, since no such row of its export ever holds a note: 2 preps." in said(open_page(PAGE))


def test_a_firm_without_contacts_in_these_weeks_has_nothing_to_count(history, open_page):
    store("2026-11-02 09:00,Desk 01,fill,candidate,Avery Sample,,,,,,")
    at = open_page(PAGE)
    assert not at.exception
    assert "There are no conversations to count in these weeks." in said(at)
    assert not at.dataframe


def test_both_tables_can_be_taken_away_with_what_they_rest_on(firm, open_page, monkeypatch):
    handed = {}
    monkeypatch.setattr(downloads, "buttons", lambda frame, sheet: handed.update({sheet.name: (frame, sheet)}))
    at = look_at(open_page(PAGE), "Reasons")
    at.selectbox(key="rows_of").set_value("Desk 01").run()
    frame, sheet = handed["contact-touches"]
    assert frame.iloc[0][["Desk", "Counted", "Of", "Only check in"]].tolist() == ["All together", 1, 3, 1]
    assert sheet.about[0] == "Period: 2026-08-24 to 2026-11-22, as known on 2026-11-23"
    assert sheet.about[-1] == "Phrases that only check in: the starting list"
    assert len(handed["contact-rows-reason"][0]) == 2


@pytest.mark.parametrize(
    ("value", "said_as"), [(None, "–"), (0.0, "0 %"), (0.004, "under 1 %"), (0.996, "over 99 %"), (1.0, "100 %")]
)
def test_a_share_is_never_rounded_to_nothing_or_to_everything(value, said_as):
    assert contact_quality.percent(value) == said_as


def test_the_box_of_phrases_has_its_text_from_the_session_alone_so_that_it_can_be_set_back(firm, open_page):
    firm.save_setting("purpose_words", Purpose(("salary guide",), TODAY, own=True).to_keep())
    at = look_at(open_page(PAGE), "Reasons")
    box = at.text_area(key="purpose_phrases")
    assert (box.value, box.proto.default) == ("salary guide", "")
    at.button(key="starting_phrases").click().run()
    assert at.text_area(key="purpose_phrases").value.startswith("just checking in\n")


def test_the_words_that_give_no_reason_stand_in_a_closed_box_of_their_own(firm, open_page):
    at = look_at(open_page(PAGE), "Reasons")
    box = next(one for one in at.expander if one.label == "Words that give no reason by themselves")
    assert not box.proto.expanded
    assert contact_quality_words.fillers() in box.markdown[0].value


def test_the_words_that_give_no_reason_are_all_shown():
    told = contact_quality_words.fillers()
    assert told.startswith("**English** a, about, again, ")
    assert "**German** am, an, auch, " in told
