from __future__ import annotations

import pytest
from follow_up_log import LOG, cards, plainly, store

from ui import loops, loops_data
from ui.owed_answers import NAME

PAGE = "follow_up/close_the_loop"
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"


@pytest.fixture
def firm(history):
    """The small firm on Monday 23 November 2026: Drew was not told, Eden without a reason, Finley was told."""
    store()
    return history


def test_who_waits_with_the_reason_and_what_to_say(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "2 candidates wait to hear why" in plainly(at)
    assert "2 rejections, 1 of them longer than three business days ago, 1 without a reason on record." in plainly(at)
    assert cards(at) == ["Drew Sample"]
    drew = next(element.value for element in at.markdown if "**Drew Sample**" in element.value).replace("\\", "")
    assert "waits 3 days" in drew
    assert "**Why:** Not qualified, rejected on 20 Nov 2026" in drew
    assert "**Noted:** No certificate" in drew
    assert "**Said last:** “Still keen” (Touch, 20 Nov 2026, Desk 02)" in drew
    assert "**Say:** They asked for something your résumé does not show." in drew


def test_who_withdrew_is_thanked_and_stands_apart(history, open_page):
    rows = "2026-11-18 09:00,Desk 01,rejected,,Harper Sample,Example Works,,Welder,withdrew,"
    store(f"{LOG}{rows}\n")
    at = open_page(PAGE)
    assert "2 candidates wait to hear why" in plainly(at)
    assert "2 rejections," in plainly(at)
    assert "1 candidate withdrew and waits to be thanked: choose Withdrew below." in plainly(at)
    assert cards(at) == ["Drew Sample"]
    assert "Withdrew, to be thanked, 1" in at.selectbox(key="why").options
    at.selectbox(key="why").set_value("withdrew").run()
    assert not at.exception
    assert cards(at) == ["Harper Sample"]
    harper = next(element.value for element in at.markdown if "**Harper Sample**" in element.value).replace("\\", "")
    assert "withdrew 5 days ago" in harper
    assert "**Why:** Withdrew on 18 Nov 2026" in harper
    assert "**Say:** They withdrew. Thank them" in harper


def test_where_only_people_who_withdrew_are_left_everybody_was_told_why(history, open_page):
    kept = [line for line in LOG.splitlines() if "Drew" not in line and "Eden" not in line]
    rows = "2026-11-18 09:00,Desk 01,rejected,,Harper Sample,Example Works,,Welder,withdrew,"
    store("\n".join([*kept, rows]))
    shown = plainly(open_page(PAGE))
    assert "Everybody who was rejected was told why." in shown
    assert "1 candidate withdrew and waits to be thanked" in shown


def test_old_rejections_stand_apart(firm, open_page):
    at = open_page(PAGE)
    at.segmented_control(key="age").set_value(loops.OLD).run()
    assert cards(at) == ["Eden Sample"]
    assert "No reason on record, rejected on 1 Sep 2026; feedback without a reason on 2 Sep 2026" in plainly(at)


def test_the_list_can_be_cut_down_to_a_reason_and_a_team(firm, app, open_page):
    at = open_page(PAGE)
    at.selectbox(key="why").set_value("no_reason").run()
    assert "Nobody waits here." in plainly(at)
    at.segmented_control(key="age").set_value(loops.OLD).run()
    assert cards(at) == ["Eden Sample"]
    at.selectbox(key="why").set_value(loops.EVERY)
    at.selectbox(key="team").set_value("South").run()
    assert cards(at) == []
    at.segmented_control(key="age").set_value(loops.NEW).run()
    assert cards(at) == ["Drew Sample"]


def test_many_rejections_have_pages(history, open_page):
    head = LOG.splitlines()[0]
    rows = [f"2026-11-{day:02d} 09:00,Desk 01,rejected,,Person {day:02d},,,Welder,other," for day in range(1, 20)]
    store("\n".join([head, *rows]))
    at = open_page(PAGE)
    assert cards(at) == [f"Person {day:02d}" for day in range(19, 4, -1)]
    at.pagination[0].set_value(2).run()
    assert cards(at) == [f"Person {day:02d}" for day in range(4, 0, -1)]


def test_a_rejection_is_answered(firm, app, open_page):
    app.session_state[NAME] = "Kit Sample"
    at = open_page(PAGE)
    menu = next(one for one in at.get("menu_button") if one.key.endswith("Drew Sample"))
    menu.set_value("elsewhere").run()
    assert not at.exception
    assert firm.answers()[["rule", "who", "answer"]].to_numpy().tolist() == [["close_loop", "Drew Sample", "elsewhere"]]
    assert "1 candidate waits to hear why" in plainly(at)


def test_the_rows_of_a_person_open(firm, open_page):
    at = open_page(PAGE)
    next(one for one in at.button if one.key.startswith("rows-")).click().run()
    assert at.dataframe[-1].value["What"].tolist() == ["Rejected", "Touch", "Presentation"]


def test_the_share_told_in_time_by_desk_opens_its_rejections(firm, app, open_page):
    app.query_params["show"] = "Told in time"
    at = open_page(PAGE)
    assert not at.exception
    assert "1 of 2 told why within three business days" in plainly(at)
    shown = at.dataframe[0].value
    assert shown[["Desk", "Told in time", "In time", "Late", "Not told"]].to_numpy().tolist() == [
        ["Desk 01", "1 of 2", 1, 0, 1]
    ]


def test_everything_can_be_taken_away(firm):
    taken = loops.table(loops_data.waiting())
    assert taken[["Who", "Days", "Reason"]].to_numpy().tolist() == [
        ["Drew Sample", 3, "Not qualified"],
        ["Eden Sample", 83, "No reason on record"],
    ]


def test_a_history_without_rejections_says_which_rows_are_needed(history, app, open_page):
    store("occurred_at,desk,activity\n2026-11-17 09:00,Desk 01,marketing_call\n")
    assert "No rejection is on record. An export needs rows of the activity rejected" in plainly(open_page(PAGE))
    app.query_params["show"] = "Told in time"
    assert "No rejection fell due to be told in the last 90 days." in plainly(app.run())


def test_where_everybody_was_told_that_is_said(history, open_page):
    kept = [line for line in LOG.splitlines() if "Drew" not in line and "Eden" not in line]
    store("\n".join(kept))
    assert "Everybody who was rejected was told why." in plainly(open_page(PAGE))


def test_names_and_notes_are_never_markup(history, open_page):
    store(LOG.replace("Drew Sample", HOSTILE).replace("No certificate", HOSTILE))
    at = open_page(PAGE)
    assert not at.exception
    assert not [element.value for element in at.markdown if "![x]" in element.value or "$a$" in element.value]
