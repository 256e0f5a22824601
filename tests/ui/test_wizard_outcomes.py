"""The step about outcomes, and who gets the credit, of a diary."""

from __future__ import annotations

import pytest
from screens import said
from wizard_pages import about, control, fill_in, lists, means, open_wizard, upload, use

DIARY = """On,Handled by,Entered by,What we did,Who,How it ended
13/10/2026,Desk 01,Office A,Met at client,Avery Sample,ill on the day
14/10/2026,Desk 01,Office A,Met at client,Blake Sample,sunny
15/10/2026,Desk 02,Office A,Spoke - cand,Casey Sample,keen
16/10/2026,Desk 02,Office A,Spoke - cand,Drew Sample,rainy
"""


@pytest.fixture
def diary(history, open_page):
    return upload(open_page, ("diary.csv", DIARY.encode()))


def test_who_gets_the_credit_is_open_until_somebody_says_it(diary, history):
    assert 'who gets the credit, "Handled by" or "Entered by"' in diary.info[0].value
    radio = control(diary, "radio", "credit")
    assert radio.value is None
    assert radio.options == ["Handled by", "Entered by"]
    at = radio.set_value("Entered by").run()
    assert "who gets the credit" not in at.info[0].value
    assert (means(at, "columns")["Handled by"], means(at, "columns")["Entered by"]) == (
        "Not used",
        "Desk (gets the credit)",
    )


def test_choosing_the_column_itself_answers_who_gets_the_credit(diary):
    at = fill_in(diary, "columns", {"Handled by": "Desk (gets the credit)", "Entered by": "Not used"})
    assert "who gets the credit" in at.info[0].value
    at = fill_in(diary, "columns", {"Entered by": "Desk (gets the credit)"})
    assert "who gets the credit" not in at.info[0].value
    assert control(at, "radio", "credit").value == "Entered by"


def test_an_outcome_of_a_send_out_that_sounds_missed_is_an_open_answer(diary, history):
    assert means(diary, "outcomes") == {
        "ill on the day": "❓ choose",
        "sunny": "Keep as written",
        "rainy": "Keep as written",
        "keen": "Interested",
    }
    assert 'what "ill on the day" means' in diary.info[0].value
    assert about(diary, "outcomes")["ill on the day"] == "beside Met at client"
    control(diary, "radio", "credit").set_value("Handled by").run()
    at = fill_in(diary, "outcomes", {"ill on the day": "No show"})
    assert "Everything is answered." in said(at)
    assert means(at, "outcomes")["ill on the day"] == "No show"
    use(at).button(key="store").click().run()
    assert history.log().df()["outcome"].tolist() == ["no_show", "sunny", "interested", "rainy"]


def test_an_outcome_of_a_placement_that_sounds_as_if_nobody_came_is_an_open_answer(history, open_page):
    content = (
        "Date,Desk,What,Who,Job,Result\n2026-03-02,Desk 01,fill,Avery Sample,Job 1,backed out before start\n"
        "2026-03-03,Desk 01,fill,Blake Sample,Job 2,signed\n"
    )
    at = upload(open_page, ("log.csv", content.encode()))
    at = at if means(at, "outcomes") else open_wizard(at)
    assert means(at, "outcomes") == {"backed out before start": "❓ choose", "signed": "Keep as written"}
    at = use(fill_in(at, "outcomes", {"backed out before start": "Never started"}))
    at.button(key="store").click().run()
    assert sorted(history.log().df()["outcome"]) == ["never_started", "signed"]


def test_a_question_about_an_outcome_stays_when_columns_make_the_file_known(history, open_page):
    content = (
        "Date,Desk,What,Applicant,End client,Vac,Result\n"
        "2026-03-02,Desk 01,Met at client,Avery Sample,Works,Job 1,ghosted\n"
        "2026-03-03,Desk 01,Met at client,Blake Sample,Works,Job 1,sunny\n"
    )
    at = upload(open_page, ("log.csv", content.encode()))
    at = at if means(at, "outcomes") else open_wizard(at)
    at = fill_in(at, "columns", {"End client": "Client company", "Vac": "Job", "Applicant": "Candidate"})
    assert means(at, "outcomes")["ghosted"] == "❓ choose"


def test_outcomes_nobody_has_to_look_at_are_summed_up_in_a_closed_box(diary):
    assert "3 outcomes understood: “keen” makes a call a hit" in [box.label for box in diary.expander]


def test_where_no_outcome_makes_a_call_a_hit_the_box_says_so(history, open_page):
    at = upload(open_page, ("diary.csv", DIARY.replace("keen", "maybe later").encode()))
    assert "3 outcomes understood: none makes a call a hit" in [box.label for box in at.expander]
    at = fill_in(at, "outcomes", {"maybe later": "Interested"})
    assert "3 outcomes understood: “maybe later” makes a call a hit" in [box.label for box in at.expander]


def test_a_missed_send_out_can_be_kept_as_it_is_written(diary):
    at = fill_in(diary, "outcomes", {"ill on the day": "Keep as written"})
    assert means(at, "outcomes")["ill on the day"] == "Keep as written"
    assert "ill on the day" not in at.info[0].value


def test_an_outcome_of_a_call_that_sounds_unreached_is_an_open_answer(history, open_page):
    at = upload(open_page, ("diary.csv", DIARY.replace("rainy", "phone was off").encode()))
    assert means(at, "outcomes")["phone was off"] == "❓ choose"
    assert 'what "ill on the day" and "phone was off" mean' in at.info[0].value
    at = fill_in(at, "outcomes", {"phone was off": "Nobody was reached"})
    assert 'what "ill on the day" means' in at.info[0].value


def test_values_that_are_only_proposed_are_counted_and_stand_before_known_ones(history, open_page):
    content = (
        "Date,Desk,What,Who\n2026-03-02,Desk 01,fill,A\n2026-03-02,Desk 01,Profile over,A\n2026-03-03,Desk 01,Zorp,A\n"
    )
    at = open_wizard(upload(open_page, ("log.csv", content.encode())))
    assert list(lists(at, "values")) == ["Zorp", "Profile over", "fill"]
    at = fill_in(at, "values", {"Zorp": "Note"})
    assert "All **3 values** have a meaning. **1** proposed: look through these." in said(at)


def test_what_nobody_has_to_answer_is_out_of_the_way(diary):
    assert "If you know which system it came from" in [box.label for box in diary.expander]
    assert control(diary, "segmented_control", "zone") is None
    assert control(diary, "segmented_control", "order") is None
