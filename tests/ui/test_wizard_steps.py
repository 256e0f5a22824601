"""The way from a file nobody understands to stored rows: what is asked, counted, kept and said on the way."""

from __future__ import annotations

import pytest
from screens import LOG, said
from wizard_pages import (
    COLUMNS,
    FILE,
    UNKNOWN,
    VALUES,
    about,
    control,
    figures,
    fill_in,
    lists,
    map_unknown,
    open_wizard,
    rows,
    stored,
    upload,
    use,
    waits,
    why,
)


@pytest.fixture
def dropped(history, open_page):
    return upload(open_page, FILE)


def test_a_file_that_is_not_understood_says_so_calmly_and_says_what_is_missing(dropped):
    assert not dropped.exception
    assert not dropped.error
    assert dropped.info[0].value == (
        "A kind of file Touchline does not know yet. Answer below once; the next one is read by itself. "
        '**6 answers left: who gets the credit, "Looked after by" or "Typed in by"; what '
        '"Grog", "Brim", "Wisp" and 1 more mean; whether the day or the month comes first in dates.**'
    )
    assert "1 file waits for your answers." in said(dropped)
    assert "rows ready" not in said(dropped)


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("Blurb,Recruiter,Type,Candidate", "1 answer left: which column tells when it happened"),
        ("Date,Blurb,Type,Candidate", "1 answer left: whose work it is"),
        ("Date,Recruiter,Blurb,Candidate", "1 answer left: which column tells what was done"),
    ],
)
def test_what_is_missing_of_an_unknown_kind_of_file_is_named(history, open_page, header, missing):
    at = upload(open_page, ("log.csv", f"{header}\nfill,fill,fill,Avery Sample\n".encode()))
    assert missing in at.info[0].value
    assert "does not know yet" in at.info[0].value


def test_a_known_kind_of_file_that_needs_one_answer_is_not_called_unknown(history, open_page):
    at = upload(open_page, ("log.csv", LOG.splitlines()[0].encode() + b"\n03/04/2026,Desk 01,fill,Avery Sample,,\n"))
    assert "Choose below how dates are written." in at.info[0].value
    assert "does not know yet" not in at.info[0].value


def test_a_file_that_is_not_understood_opens_the_four_steps_by_itself(dropped):
    headings = [line.value for line in dropped.markdown if line.value.startswith("####")]
    assert headings == [
        "#### 2. Which column is what",
        "#### 3. Which value means which activity",
        "#### 4. How dates are written",
        "#### Keep it under a name",
    ]
    assert "1. Where the table begins: row 1" in [box.label for box in dropped.expander]


def test_what_is_left_to_answer_is_counted_and_the_box_goes_once_nothing_is(dropped):
    fill_in(dropped, "columns", {name: meaning for name, meaning in COLUMNS.items() if "by" not in name})
    left = '6 answers left: who gets the credit, "Looked after by" or "Typed in by"; what "Grog", "Brim"'
    assert left in dropped.info[0].value
    assert "**6 answers left**." in [line.value for line in dropped.markdown]
    control(dropped, "radio", "credit").set_value("Looked after by").run()
    assert '5 answers left: what "Grog", "Brim", "Wisp" and 1 more mean' in dropped.info[0].value
    fill_in(dropped, "values", VALUES)
    assert "1 answer left: whether the day or the month comes first in dates." in dropped.info[0].value
    at = control(dropped, "segmented_control", "order").set_value("Day first (25/04)").run()
    assert "Touchline does not know" not in " ".join(box.value for box in at.info)
    assert "Everything is answered." in said(at)


def test_the_list_begins_with_what_is_explained_and_what_leaves_a_line_out(dropped):
    fill_in(dropped, "columns", COLUMNS)
    offered = lists(dropped, "values")["Grog"].options
    assert offered[:6] == ["❓ choose", "Interview", "Presentation", "Send-out", "Fill", "Contract"]
    assert offered[6:13] == [
        "Leave out: not an activity",
        "Call that reached somebody",
        "Recruiting call",
        "Marketing call",
        "Call attempt",
        "Touch: any other purposeful contact",
        "Touch: by phone",
    ]
    assert "Hit: a call that found somebody interested" in offered


def test_an_unknown_file_is_told_about_and_a_known_one_corrected(dropped):
    assert dropped.expander[0].label == "Tell Touchline what this file says"
    assert use(map_unknown(dropped)).expander[0].label == "Check or correct how it was read"


def test_a_column_that_means_something_else_does_not_get_the_credit(dropped):
    fill_in(dropped, "columns", COLUMNS)
    assert control(dropped, "radio", "credit").options == ["Looked after by", "Typed in by"]
    at = fill_in(dropped, "columns", {"Typed in by": "Candidate"})
    assert control(at, "radio", "credit") is None


def test_a_value_says_who_chose_its_meaning(dropped):
    fill_in(dropped, "columns", COLUMNS)
    at = fill_in(dropped, "values", {"Grog": "Send-out"})
    assert about(at, "values") == {"Brim": "", "Grog": "chosen by you", "Wisp": "", "Zot": ""}


def test_what_is_mixed_up_most_and_what_makes_a_hit_is_said(dropped):
    fill_in(dropped, "columns", COLUMNS)
    assert "**Send-out**: the client meets the candidate. Every interview is one; ratios count" in said(dropped)
    assert "A meeting with a client that is no interview is **Touch: meeting**." in said(dropped)
    assert "**Interested** makes a recruiting call a hit" in said(dropped)


def test_a_file_that_is_understood_asks_nothing_and_can_be_corrected_with_one_click(history, open_page):
    at = upload(open_page, ("log.csv", LOG.encode()))
    assert not lists(at, "columns")
    assert [box.label for box in at.expander if "correct" in box.label] == ["Check or correct how it was read"]
    at = open_wizard(at)
    assert list(lists(at, "columns")) == LOG.splitlines()[0].split(",")


def test_a_value_nobody_knows_opens_the_wizard_with_that_value_on_top(history, open_page):
    at = upload(open_page, ("log.csv", f"{LOG}2026-10-21 09:00,Desk 01,zorp,Avery Sample,Job 1,\n".encode()))
    assert next(iter(lists(at, "values"))) == "zorp"
    assert "**1 of 3 values open, 1 row.**" in said(at)
    fill_in(at, "values", {"zorp": "Fill"})
    assert "All **3 values** have a meaning." in said(at)


def test_an_unknown_export_is_mapped_and_stored_as_it_was_said(dropped, history):
    at = use(map_unknown(dropped))
    assert not at.exception
    assert not waits(at)
    assert figures(at) == {"Rows read": "5", "Accepted": "4", "Left out": "1", "To mend": "0"}
    assert stored(at, history) == [
        ("2026-04-03", "Desk Amber", "send_out", "Avery Sample"),
        ("2026-04-03", "Desk Amber", "send_out", "Blake Sample"),
        ("2026-04-04", "Desk Amber", "call_attempt", "Casey Sample"),
        ("2026-04-05", "Desk Cobalt", "fill", "Avery Sample"),
    ]


def test_the_next_file_of_the_kind_is_read_with_no_question(dropped, history, open_page):
    use(map_unknown(dropped), "Our scribbles").button(key="store").click().run()
    more = UNKNOWN.splitlines()[0] + "\n07/04/2026 09:00,Desk Cobalt,Desk Office,Zot,fine,Ellis,Sample,Job 3\n"
    at = upload(open_page, ("April.csv", more.encode()))
    assert not waits(at)
    assert figures(at) == {"Rows read": "1", "Accepted": "1", "To mend": "0"}
    assert "Our scribbles" in said(at)
    assert not lists(at, "columns")
    assert ("2026-04-07", "Desk Cobalt", "fill", "Ellis Sample") in stored(at, history)


def test_nothing_is_read_or_saved_before_the_button(dropped, history):
    at = map_unknown(dropped)
    assert waits(at)
    assert history.layouts() == {}


def test_the_name_is_proposed_from_the_file(dropped):
    assert control(dropped, "text_input", "name").value == "Weekly scribbles"


def test_a_layout_that_comes_with_the_product_cannot_be_overwritten(dropped, history):
    at = use(map_unknown(dropped), "bullhorn_notes")
    assert "comes with Touchline" in "".join(error.value for error in at.error)
    assert history.layouts() == {}


def test_what_is_missing_is_said_when_the_button_comes_too_early(dropped, history):
    fill_in(dropped, "columns", {**COLUMNS, "Logged": "Not used"})
    at = use(dropped)
    assert not at.exception
    assert at.error
    assert at.button(key="store").disabled


def test_once_everything_is_answered_the_page_says_what_to_press(dropped):
    map_unknown(dropped)
    assert dropped.success[0].value == "Everything is answered. Look it through, then press **Use this mapping** below."


def test_once_a_mapping_is_kept_the_way_to_store_stands_where_the_button_was(dropped, history):
    assert control(map_unknown(dropped), "button", "store-now") is None
    at = use(dropped)
    kept = next(box.value for box in at.success if "Kept as" in box.value)
    ready = "4 of 5 rows ready: 1 left out by your answer."
    assert kept.startswith(f"Kept as **Weekly scribbles**. {ready} Nothing is stored yet")
    at = control(at, "button", "store-now").click().run()
    assert at.success[0].value.startswith("Stored 1 file: 4 new")
    assert len(rows(history)) == 4


def test_a_column_chosen_as_outcome_says_where_its_words_are_asked_about(dropped):
    at = fill_in(dropped, "columns", {"Assignment": "Outcome"})
    assert why(at, "columns")["Assignment"] == "chosen by you; step 3 below now asks what its words mean"
