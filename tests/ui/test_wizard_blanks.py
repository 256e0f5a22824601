"""Blank cells in step 2: whose work rows without a name are, what is proposed, and what a saved layout says of it."""

from __future__ import annotations

import tomllib

import pytest
from screens import said
from wizard_pages import COLUMNS, FILE, control, figures, fill_in, map_unknown, open_wizard, stored, upload, use

GROUPS = """Logged,Looked after by,What went on,Who,How it went
2026-04-03,Desk Amber,Grog,Avery Sample,fine
2026-04-04,,Grog,,
2026-04-05,,Zot,,fine
2026-04-06,Desk Cobalt,Zot,Blake Sample,fine
2026-04-07,,Zot,Casey Sample,
"""
GROUPED = {
    "Logged": "When",
    "Looked after by": "Desk (gets the credit)",
    "What went on": "What was done",
    "Who": "Candidate",
    "How it went": "Outcome",
}
ABOVE, NOBODY = "The same as the row above", "Nobody"
#: A sheet kept by hand: a name once a day, totals in between, clients that never stand twice in a row.
SHEET = """Day,Who,What,Person,Client,How it went
21/7/26,Avery Desk,Grog,Casey Sample,Example Metal Works,fine
21/7/26,,Zot,Drew Sample,Example Foods,
22/7/26,,Grog,Elliot Sample,,fine
Total Jul,,,,,3
23/8/26,Blake Desk,Grog,Finley Sample,Example Metal Works,fine
24/8/26,,Zot,Gray Sample,,
Total Aug,,,,,2
"""
LATER = SHEET + "25/8/26,Blake Desk,Wisp,Harper Sample,Example Foods,fine\n25/8/26,,Grog,Indigo Sample,,fine\n"
MEANS = {"Grog": "Send-out", "Zot": "Fill"}


@pytest.fixture
def groups(history, open_page):
    at = fill_in(upload(open_page, ("groups.csv", GROUPS.encode())), "columns", GROUPED)
    return fill_in(at, "values", MEANS)


@pytest.fixture
def sheet(history, open_page):
    columns = {"Who": "Desk (gets the credit)", "Person": "Candidate", "Client": "Client company"}
    at = fill_in(upload(open_page, ("sheet.csv", SHEET.encode())), "columns", columns)
    return fill_in(at, "values", MEANS)


def whose(at, answer):
    return control(at, "radio", "blank").set_value(answer).run()


def layout(history, name):
    """A saved layout; unless it says so itself, its name is the system its rows come from."""
    return {"source": name} | tomllib.loads(history.layouts()[name])


def test_blank_cells_can_repeat_the_one_above(groups, history):
    assert "Candidate: 2 rows" in said(groups)
    at = whose(control(groups, "toggle", "fill-down").set_value(True).run(), ABOVE)
    assert [(row[1], row[3]) for row in stored(use(at), history)] == [
        ("Desk Amber", "Avery Sample"),
        ("Desk Amber", "Avery Sample"),
        ("Desk Amber", "Avery Sample"),
        ("Desk Cobalt", "Blake Sample"),
        ("Desk Cobalt", "Casey Sample"),
    ]


def test_names_can_be_filled_and_other_blank_cells_left_as_they_are(groups, history):
    assert {row[1] for row in stored(use(whose(groups, ABOVE)), history)} == {"Desk Amber", "Desk Cobalt"}
    assert history.log().df()["candidate"].isna().sum() == 2


def test_whose_work_rows_without_a_name_are_is_one_of_the_answers_left(groups):
    radio = control(groups, "radio", "blank")
    assert (radio.label, radio.value) == ('❓ 3 rows have no name in "Looked after by". Whose work?', None)
    assert '1 answer left: whose work 3 rows without a name in "Looked after by" are.' in said(groups)
    at = whose(groups, NOBODY)
    assert "Everything is answered." in said(at)
    assert "❓" not in control(at, "radio", "blank").label


def test_rows_of_nobody_are_to_be_mended(groups):
    assert figures(use(whose(groups, NOBODY)))["To mend"] == "3"


def test_filling_down_can_be_taken_back_in_a_saved_layout(groups):
    at = use(whose(groups, ABOVE))
    assert figures(at)["To mend"] == "0"
    at = open_wizard(at)
    assert (control(at, "radio", "blank").value, control(at, "toggle", "fill-down").value) == (ABOVE, False)
    at = use(whose(at, NOBODY))
    assert figures(at)["To mend"] == "3"
    assert control(open_wizard(at), "radio", "blank").value == NOBODY


def test_a_heading_of_a_month_makes_no_blank_cells_and_a_lacking_date_does(history, open_page):
    content = "Date,Desk,What,Who\n2026-03-31,Desk 01,Zorp,A\nAPRIL,,,\n2026-04-01,Desk 01,Zorp,B\n,Desk 02,Zorp,C\n"
    at = fill_in(upload(open_page, ("log.csv", content.encode())), "values", {"Zorp": "Fill"})
    assert "As in merged cells. When: 1 row." in said(at)
    at = use(control(at, "toggle", "fill-down").set_value(True).run())
    assert figures(at) == {"Rows read": "3", "Accepted": "3", "To mend": "0", "Titles and totals": "1"}


def test_blank_cells_are_not_asked_about_where_there_are_none(history, open_page):
    at = fill_in(upload(open_page, FILE), "columns", {**COLUMNS, "Assignment": "Not used"})
    assert control(at, "toggle", "fill-down") is None
    assert control(at, "radio", "blank") is None


def test_a_column_whose_blank_cells_stand_in_totals_only_is_not_proposed(sheet):
    assert 'no name in "Who"' in control(sheet, "radio", "blank").label
    assert "As in merged cells. Client company: 2 rows." in said(sheet)
    assert not control(sheet, "toggle", "fill-down").value


def test_totals_are_no_rows_whatever_is_filled(sheet, history):
    at = use(whose(control(sheet, "toggle", "fill-down").set_value(True).run(), ABOVE))
    assert figures(at) == {"Rows read": "5", "Accepted": "5", "To mend": "0", "Titles and totals": "2"}
    assert [row[1] for row in stored(at, history)] == ["Avery Desk"] * 3 + ["Blake Desk"] * 2


def test_a_new_word_in_a_later_file_changes_nothing_else_of_a_saved_layout(sheet, history, open_page):
    at = use(whose(sheet, ABOVE), "Our sheet")
    at.button(key="store").click().run()
    before = layout(history, "Our sheet")
    at = upload(open_page, ("later.csv", LATER.encode()))
    assert (control(at, "radio", "blank").value, control(at, "toggle", "fill-down").value) == (ABOVE, False)
    at = use(fill_in(at, "values", {"Wisp": "Presentation"}))
    after = layout(history, "Our sheet")
    assert after.pop("activities") == [
        {"values": ["Wisp"], "give": [{"activity": "presentation"}]},
        *before.pop("activities"),
    ]
    assert after == before
    assert "2 new, 0 changed, 5 already known" in said(at)


def test_a_saved_order_of_day_and_month_and_a_saved_zone_are_not_asked_again(history, open_page):
    at = control(map_unknown(upload(open_page, FILE)), "segmented_control", "zone").set_value("UTC").run()
    use(at, "Scribbles")
    before = layout(history, "Scribbles")
    at = open_wizard(upload(open_page, ("more.csv", FILE[1].replace(b"Avery", b"Blair"))))
    assert control(at, "segmented_control", "order").value == "Day first (25/04)"
    assert control(at, "segmented_control", "zone").value == "UTC"
    assert "Everything is answered." in said(at)
    use(at)
    assert layout(history, "Scribbles") == before
