from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import stored
from openpyxl import load_workbook
from screens import said

from quality.care_signals import KEY
from ui import care, care_data, care_files, downloads
from ui.downloads import Sheet

PAGE = "contractors/care"
TODAY = date(2026, 11, 23)
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"
HEAD = "occurred_at,desk,activity,party,candidate,client,job,score,planned_end,outcome,notes,assignee"
#: Avery gave 4 of 10 on day 19; Blake is silent for 35 days; Casey is calm on day 100; Drew asked to be left alone.
LOG = """2026-11-04 09:00,Desk 01,start,,Avery Sample,Example Works,Welder,,2027-02-01,,,
2026-11-05 09:00,Desk 01,handoff,,Avery Sample,Example Works,Welder,,,,,Care Desk
2026-11-17 09:00,Desk 01,survey,candidate,Avery Sample,Example Works,Welder,4,,,,
2026-11-18 09:00,Desk 01,touch,candidate,Avery Sample,Example Works,Welder,,,,Wants early shifts,
2026-06-01 09:00,Desk 02,start,,Blake Sample,Example Labs,Nurse,,2027-02-01,,,
2026-10-19 09:00,Desk 02,touch,candidate,Blake Sample,Example Labs,Nurse,,,,,
2026-08-15 09:00,Desk 02,start,,Casey Sample,Example Labs,Nurse,,2027-02-01,,,
2026-11-20 09:00,Desk 02,touch,candidate,Casey Sample,Example Labs,Nurse,,,,,
2026-08-15 09:00,Desk 02,start,,Drew Sample,Example Labs,Nurse,,2027-02-01,,,
2026-11-17 09:00,Desk 02,survey,candidate,Drew Sample,Example Labs,Nurse,1,,,Never again,
2026-11-18 09:00,Desk 02,do_not_contact,candidate,Drew Sample,Example Labs,Nurse,,,,,
"""
ROSTER = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"


def store(rows=LOG):
    files = {"log.csv": f"{HEAD}\n{rows}", "teams.csv": ROSTER}
    stored.store(files)


@pytest.fixture
def firm(history):
    store()
    return history


@pytest.fixture
def at(firm, open_page):
    return open_page(PAGE)


def plainly(at):
    return said(at).replace("\\", "").replace("\u00a0", " ")


def cards(at):
    return [one.value.split("**")[1] for one in at.markdown if one.value.startswith("**") and "-badge[" in one.value]


def card(at, name):
    return next(one.value for one in at.markdown if one.value.startswith(f"**{name}**")).replace("\\", "")


def show(at, level):
    return at.segmented_control(key="level").set_value(level).run()


# --- the list --------------------------------------------------------------------------------------------------------


def test_who_needs_a_call_stands_first_with_the_reason(at):
    assert not at.exception
    assert "1 needs a call now, 1 to be watched" in plainly(at)
    assert "4 contractors on assignment: 1 act, 1 watch, 1 calm, 1 not to be contacted." in plainly(at)
    assert cards(at) == ["Avery Sample", "Blake Sample"]
    assert "Survey of 17 Nov: 4 of 10." in card(at, "Avery Sample")
    assert "No contact for 35 days." in card(at, "Blake Sample")


def test_a_card_says_the_last_contact_the_last_word_what_is_due_and_who_cares(at):
    told = card(at, "Avery Sample")
    assert ":orange-badge[▲ act] :small[5\u00a0points]" in told
    assert "Welder · Example Works" in told
    assert "Besides" not in told
    assert "**Spoken to since:** 18 Nov 2026 (Touch), 5 days ago" in told
    assert "Last contact" not in told
    assert "nobody has spoken" not in told
    assert "**Said last:** “Wants early shifts” (Touch, 18 Nov 2026)" in told
    assert "**Next due:** **call now**, for the signs above; by the programme the next touch, by Wed 2 Dec" in told
    assert "**Care:** Care Desk" in told


def test_who_has_waited_too_long_is_told_how_late(at):
    told = card(at, "Blake Sample")
    assert ":blue-badge[● watch]" in told
    assert "Besides: No referral yet" in told
    assert "day 175" in told
    assert "**Next due:** the next touch, 5 days late" in told
    assert "Said last" not in told
    assert "**Care:** not handed to care on record" in told


def test_where_hand_offs_are_not_recorded_no_card_says_who_was_not_handed_to_care(history, open_page):
    store("\n".join(line for line in LOG.splitlines() if ",handoff," not in line))
    assert "**Care:**" not in said(open_page(PAGE))


def test_the_first_45_days_are_a_bar_on_the_card(at):
    assert [(bar.proto.value, bar.proto.text) for bar in at.get("progress")] == [(42, ":small[Day 19 of the first 45]")]


def test_a_card_leads_to_everything_about_the_person_and_to_the_desk(at):
    links = [(link.proto.page, link.proto.query_string) for link in at.get("page_link")]
    assert ("person", "person=Avery+Sample&party=candidate") in links
    assert ("desk", "who=Desk+01") in links


def answers(at):
    return [one for one in at.button if one.label == "Answer on Owed"]


def test_one_click_opens_the_lines_of_a_person_on_owed_with_no_name_in_the_address(at):
    (button,) = answers(at)
    button.click().run()
    assert not at.exception
    assert [one.value for one in at.title] == ["Owed"]
    assert at.text_input(key="find").value == "Blake Sample"
    assert at.segmented_control(key="part").value == "Today"
    assert cards(at) == ["Blake Sample"]
    assert "Blake" not in str(at.query_params)
    assert next(one for one in at.menu_button if one.key.endswith("-Blake Sample")).options


def test_who_is_on_no_part_of_owed_has_no_such_button_and_is_told_what_to_do(history, open_page):
    store("\n".join(line for line in LOG.splitlines() if "Blake" not in line))
    at = open_page(PAGE)
    assert answers(at) == []
    assert said(at).count(care.NO_LINE) == 1


def test_where_everyone_can_be_answered_on_owed_nothing_else_is_asked_for(at):
    assert care.NO_LINE not in said(show(at, "Watch"))
    assert care.NO_LINE in said(show(at, "Act"))


def test_a_card_says_that_nobody_has_spoken_to_somebody_since_the_sign(history, open_page):
    store(LOG.replace("2026-11-18 09:00,Desk 01,touch", "2026-11-17 15:00,Desk 01,touch"))
    told = card(open_page(PAGE), "Avery Sample")
    since = "the day of the sign; **nobody has spoken to them since the latest sign**"
    assert f"**Last contact:** 17 Nov 2026 (Touch), 6 days ago, {since}" in told
    assert "Spoken to since" not in told


def test_a_message_since_the_sign_is_told_as_one_and_as_no_talk(history, open_page):
    wrote = "2026-11-20 09:00,Desk 01,touch,candidate,Avery Sample,,,,,,,,email"
    stored.store({"log.csv": "\n".join([f"{HEAD},channel", *(f"{line}," for line in LOG.splitlines()), wrote])})
    told = card(open_page(PAGE), "Avery Sample")
    assert "**Spoken to since:** 18 Nov 2026, 5 days ago" in told
    assert "**Last contact:** 20 Nov 2026 (Touch, e-mail), 3 days ago" in told


@pytest.mark.parametrize(
    ("level", "names", "heading"),
    [
        ("Act", ["Avery Sample"], "1 contractor to be called now"),
        ("Watch", ["Blake Sample"], "1 contractor to be watched"),
        ("Calm", ["Casey Sample"], "1 contractor without a reason to call"),
        ("All", ["Avery Sample", "Blake Sample", "Casey Sample"], "3 contractors on assignment"),
    ],
)
def test_the_level_is_chosen_and_named(at, level, names, heading):
    show(at, level)
    assert not at.exception
    assert heading in [one.value for one in at.subheader]
    assert cards(at) == names


def test_who_is_calm_shows_no_sign(at):
    assert "No sign of trouble." in card(show(at, "Calm"), "Casey Sample")
    assert "1 contractor without a reason to call" in plainly(at)


def test_a_client_is_chosen(at):
    at.multiselect(key="client").set_value(["Example Labs"]).run()
    assert cards(at) == ["Blake Sample"]
    assert "3 contractors on assignment: 0 act, 1 watch, 1 calm, 1 not to be contacted." in plainly(at)


def test_the_desk_of_care_finds_the_people_it_looks_after(history, open_page):
    store(f"{LOG}2026-11-20 09:00,Care Desk,touch,candidate,Avery Sample,Example Works,Welder,,,,,\n")
    at = open_page(PAGE)
    at.multiselect(key="desk").set_value(["Care Desk"]).run()
    assert cards(at) == ["Avery Sample"]
    assert "1 needs a call now, 0 to be watched" in plainly(at)


def test_a_desk_and_a_team_are_chosen(at):
    at.multiselect(key="desk").set_value(["Desk 01"]).run()
    assert cards(at) == ["Avery Sample"]
    at.multiselect(key="desk").set_value([]).run()
    at.selectbox(key="team").set_value("South").run()
    assert cards(at) == ["Blake Sample"]
    assert at.multiselect(key="client").options == ["Example Labs"]


@pytest.mark.parametrize(
    ("days", "names"),
    [
        ("First 45 days", ["Avery Sample"]),
        ("Day 46 to 120", ["Casey Sample"]),
        ("After day 120", ["Blake Sample"]),
    ],
)
def test_the_day_of_the_assignment_is_chosen(at, days, names):
    at.selectbox(key="assignment_day").set_value(days).run()
    show(at, "All")
    assert not at.exception
    assert cards(at) == names
    assert "Drew" not in said(at)


def test_the_choice_is_kept_in_the_address(firm, app, open_page):
    app.query_params["level"] = "Calm"
    app.query_params["client"] = "Example Labs"
    assert cards(open_page(PAGE)) == ["Casey Sample"]


def test_where_nobody_stands_on_a_level_it_is_said(at):
    at.multiselect(key="desk").set_value(["Desk 01"]).run()
    assert "Nobody stands on this level." in said(show(at, "Calm"))
    at.multiselect(key="desk").set_value([]).run()
    at.selectbox(key="assignment_day").set_value("Day 46 to 120").run()
    assert "Nobody shows a sign that asks for a call." in said(show(at, "Call first"))


def test_of_who_asked_to_be_left_alone_only_that_is_shown(at):
    show(at, "All")
    assert ":material/do_not_disturb_on: **Do not contact**: Drew Sample." in said(at)
    assert said(at).count("Drew Sample") == 1
    assert "Never again" not in said(at)
    assert "Drew" not in str([chart.proto.alt for chart in at.get("plotly_chart")])
    assert not any("Drew" in frame.value.to_csv() for frame in at.dataframe)


def test_an_answer_leaves_somebody_alone_at_once(firm, open_page):
    answer = {"rule": "touch_120", "trigger_id": "x", "party": "candidate", "who": "Avery Sample", "desk": "Desk 01"}
    said_so = {**answer, "answer": "do_not_contact", "answered_by": "Desk 02"}
    firm.save_answers([said_so], datetime(2026, 11, 20, 9, tzinfo=UTC))
    at = open_page(PAGE)
    assert cards(at) == ["Blake Sample"]
    assert "**Do not contact**: Avery Sample, Drew Sample." in said(at)


def test_more_people_than_fit_a_page_are_turned_over(history, open_page):
    lines = [
        f"2026-11-04 09:00,Desk 01,start,,{number:02d} Sample,Example Works,Welder,,,,,\n"
        f"2026-11-17 09:00,Desk 01,survey,candidate,{number:02d} Sample,Example Works,Welder,4,,,,"
        for number in range(30)
    ]
    store("\n".join(lines))
    at = open_page(PAGE)
    assert len(cards(at)) == 24
    at.pagination[0].set_value(2).run()
    assert cards(at) == [f"{number:02d} Sample" for number in range(24, 30)]


def test_what_was_noted_with_a_survey_is_told_as_text_and_cut(history, open_page):
    note = f"{HOSTILE} and far too many nights since the plan was changed again"
    store(LOG.replace("Welder,4,,,,", f"Welder,4,,,{note},"))
    told = next(one.value for one in open_page(PAGE).markdown if one.value.startswith("**Avery Sample**"))
    assert "!\\[x\\]" in told
    assert "4 of 10, “" in told
    assert "changed again" not in told


def test_names_out_of_files_are_text(history, open_page):
    store(LOG.replace("Avery Sample", HOSTILE).replace("Example Works", HOSTILE))
    at = open_page(PAGE)
    assert not at.exception
    assert HOSTILE not in said(at)
    assert "x.png" in plainly(at)


def test_a_history_without_assignments_says_so(filled, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "0 need a call now, 0 to be watched" in said(at)
    assert "Nobody shows a sign that asks for a call." in said(at)
    assert "there is nothing to tell yet" in said(at)
    assert not at.get("plotly_chart")


def test_who_is_extended_without_a_start_has_no_first_day(history, open_page):
    store("2026-10-01 09:00,Desk 01,extension,,Avery Sample,Example Works,Welder,,2027-02-01,,,\n")
    at = show(open_page(PAGE), "All")
    assert "first day not on record" in card(at, "Avery Sample")
    assert "**Last contact:** not recorded" in card(at, "Avery Sample")
    assert not at.get("plotly_chart")


# --- chart and files -------------------------------------------------------------------------------------------------


def test_everyone_is_drawn_by_the_day_of_the_assignment(at):
    [chart] = at.get("plotly_chart")
    assert chart.proto.alt == (
        "Contractors on assignment. In the first 45 days: 1 act, 0 watch, 0 calm; later: 0 act, 1 watch, 1 calm."
    )
    assert "1 of 3 contractors is in the first 45 days" in said(at)


def test_the_list_is_taken_away_as_it_is_shown(firm):
    people = care_data.people()
    made = care_files.table(people[people["level"] == "act"])
    assert made[["Contractor", "Level", "Why", "Besides", "Day"]].to_numpy().tolist() == [
        ["Avery Sample", "act", "Survey of 17 Nov: 4 of 10", "Day 19 of the first 45", 19]
    ]
    text = downloads.to_csv(made, Sheet("care", "Care")).decode("utf-8-sig")
    assert "Survey of 17 Nov: 4 of 10" in text
    book = load_workbook(BytesIO(downloads.to_xlsx(made, Sheet("care", "Care"))))
    assert [cell.value for cell in book["Table"][2]][:3] == ["Avery Sample", "act", "Survey of 17 Nov: 4 of 10"]


def test_the_buttons_offer_both_kinds_of_file(at):
    keys = [one.key for one in at.get("download_button")]
    assert {"download-care.csv", "download-care.xlsx"} <= {*keys}


def test_the_page_says_what_day_the_weights_were_changed(firm, open_page):
    firm.save_setting(KEY, {"changed_on": "2026-11-20", "watch": 1})
    at = open_page(PAGE)
    assert "Points needed: 1 for watch, 4 for act. Weights as changed on 20 Nov 2026." in plainly(at)


def test_days_of_the_log_are_told_by_the_clock(firm, monkeypatch, open_page):
    monkeypatch.setenv("TOUCHLINE_TODAY", (TODAY + timedelta(days=1)).isoformat())
    assert "No contact for 36 days." in card(open_page(PAGE), "Blake Sample")
