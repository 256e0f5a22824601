"""Scores of surveys whose scale nothing in the file says: asked once, then read."""

from __future__ import annotations

from wizard_pages import control, file_id, upload, use, waits

SURVEY = """Survey Date,Contractor,Client,Recruiter,Score
2026-10-01,Avery Sample,Example Bakery,Desk 01,4
2026-10-02,Blake Sample,Example Bakery,Desk 01,2
"""


def test_the_scale_is_asked_and_one_answer_reads_the_file(history, open_page):
    at = upload(open_page, ("survey.csv", SURVEY.encode()))
    assert waits(at)
    assert "Choose below from which to which number scores are given." in at.info[0].value
    at = control(at, "segmented_control", "scale").set_value("1 to 5").run()
    assert not waits(at)
    at.button(key="store").click().run()
    assert sorted(history.log().df()["score"]) == [2.5, 7.5]


def test_a_scale_that_was_said_is_kept_with_the_layout(history, open_page):
    at = upload(open_page, ("survey.csv", SURVEY.encode()))
    control(at, "segmented_control", "scale").set_value("1 to 5").run()
    at.session_state[f"wizard-{file_id(at)}"] = True
    use(at.run(), "our survey")
    assert history.own_layouts()[0]["score_scale"] == "1-5"


def test_a_file_without_scores_is_not_asked_about_them(history, open_page):
    log = b"Date,Recruiter,Type,Candidate\n2026-10-01,Desk 01,Grog,Avery Sample\n"
    assert control(upload(open_page, ("log.csv", log)), "segmented_control", "scale") is None
