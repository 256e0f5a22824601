"""The wizard on the upload page: every question, and what its answer changes."""

from __future__ import annotations

from typing import get_args

import pytest
from screens import LOG, said
from wizard_pages import (
    COLUMNS,
    UNKNOWN,
    VALUES,
    about,
    control,
    fill_in,
    lists,
    map_unknown,
    means,
    open_wizard,
    table,
    upload,
    use,
    waits,
    why,
)

import awkward
from loaders.sketch import How
from ui.wizard import columns

FILE = ("Weekly scribbles.csv", UNKNOWN.encode())


@pytest.fixture
def dropped(history, open_page):
    return upload(open_page, FILE)


def rows(history):
    log = history.log().df().sort_values("source_row")
    return [(f"{row.occurred_at:%Y-%m-%d}", row.desk, row.activity, row.candidate) for row in log.itertuples()]


def stored(at, history):
    at.button(key="store").click().run()
    assert not at.exception
    return rows(history)


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def test_a_file_that_is_not_understood_says_so_calmly_and_says_what_is_missing(dropped):
    assert not dropped.exception
    assert not dropped.error
    assert dropped.info[0].value == (
        "A kind of file Touchline does not know yet. Answer below once; the next one is read by itself. "
        '**6 answers left: who gets the credit, "Looked after by" or "Typed in by"; what '
        '"Grog", "Brim", "Wisp" and 1 more mean; whether the day or the month comes first in dates.**'
    )
    assert "0 rows ready. 1 file waits for your answers." in said(dropped)


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
        "#### 1. Where the table begins",
        "#### 2. Which column is what",
        "#### 3. Which value means which activity",
        "#### 4. How dates are written",
        "#### Keep it under a name",
    ]


def test_what_is_left_to_answer_is_counted_and_the_box_goes_once_nothing_is(dropped):
    fill_in(dropped, "columns", {name: meaning for name, meaning in COLUMNS.items() if "by" not in name})
    left = '6 answers left: who gets the credit, "Looked after by" or "Typed in by"; what "Grog", "Brim"'
    assert left in dropped.info[0].value
    assert any(line.value.startswith(left) for line in dropped.markdown)
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
    assert figures(at) == {"Rows read": "5", "Accepted": "4", "Ignored": "1", "To mend": "0"}
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


# Step 1


def test_the_row_of_the_column_names_can_be_said(history, open_page):
    at = upload(open_page, ("two.csv", f"a,b,c,d,e,f,g,h\nby,us,,,,,,\n{UNKNOWN}".encode()))
    at = control(at, "number_input", "header_row").set_value(3).run()
    assert list(lists(at, "columns")) == list(COLUMNS)


def test_another_sheet_can_be_chosen(history, open_page):
    book = awkward.workbook({"Pivot": [["Region", "Total"], ["North", 4]], "Log": awkward.as_lists(UNKNOWN)})
    at = upload(open_page, ("book.xlsx", book))
    at = control(at, "selectbox", "sheet").set_value("Log").run()
    assert list(lists(at, "columns")) == list(COLUMNS)


def test_the_first_rows_are_shown_on_demand(dropped):
    at = control(dropped, "toggle", "peek").set_value(True).run()
    top = next(frame.value for frame in at.dataframe if frame.value.index.name == "Row")
    assert top.iloc[1, 1] == "Desk Amber"


# Step 2


def test_each_column_is_shown_with_three_samples(dropped):
    assert about(dropped, "columns")["What went on"].partition("  \n")[0] == "Grog · Brim · Wisp"


def test_first_and_last_name_are_joined_and_said_to_be(dropped):
    at = fill_in(dropped, "columns", COLUMNS)
    assert (means(at, "columns")["Given name"], why(at, "columns")["Given name"]) == (
        "Candidate",
        "joined with Family name",
    )


def test_of_two_activity_columns_the_one_chosen_last_holds(dropped):
    fill_in(dropped, "columns", COLUMNS)
    at = fill_in(dropped, "columns", {"How it went": "What was done"})
    shown = means(at, "columns")
    assert (shown["What went on"], shown["How it went"]) == ("Not used", "What was done")
    assert set(lists(at, "values")) == {"fine", "nobody home"}


def test_who_gets_the_credit_is_asked_where_several_columns_name_people(dropped, history):
    map_unknown(dropped)
    radio = control(dropped, "radio", "credit")
    at = radio.set_value("Typed in by").run()
    shown = means(at, "columns")
    assert (shown["Looked after by"], shown["Typed in by"]) == ("Not used", "Desk (gets the credit)")
    assert {row[1] for row in stored(use(at), history)} == {"Desk Office"}


def test_a_desk_can_be_given_to_the_whole_file(dropped, history):
    map_unknown(dropped)
    at = fill_in(dropped, "columns", {"Looked after by": "Not used"})
    at = control(at, "text_input", "desk").input("Desk 33").run()
    assert {row[1] for row in stored(use(at), history)} == {"Desk 33"}


def test_each_suggestion_says_in_plain_words_where_it_comes_from(history, open_page):
    content = (
        "Wann,Recruter,Was,Nachher,Candidate,Telefon,Mobile\n"
        "2026-03-02,Pat Desk,Recruiting call,no answer,Avery Sample,1,5\n"
    )
    at = open_wizard(upload(open_page, ("log.csv", content.encode())))
    assert why(at, "columns") == {
        "Wann": "its cells are dates",
        "Recruter": "resembles a usual name",
        "Was": "looks like what was done",
        "Nachher": "its cells are outcomes",
        "Candidate": "a usual name for it",
        "Telefon": "nothing needs it",
        "Mobile": "personal, stays out",
    }
    at = fill_in(at, "columns", {"Telefon": "Reference"})
    assert why(at, "columns")["Telefon"] == "chosen by you"


def test_there_are_words_for_everything_a_suggestion_can_come_from():
    assert set(columns.HOW) == set(get_args(How))


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


@pytest.fixture
def groups(history, open_page):
    at = fill_in(upload(open_page, ("groups.csv", GROUPS.encode())), "columns", GROUPED)
    return fill_in(at, "values", {"Grog": "Send-out", "Zot": "Fill"})


def test_blank_cells_can_repeat_the_one_above(groups, history):
    assert "Desk (gets the credit): 3 rows, Candidate: 2 rows" in said(groups)
    at = control(groups, "toggle", "fill-down").set_value(True).run()
    assert [(row[1], row[3]) for row in stored(use(at), history)] == [
        ("Desk Amber", "Avery Sample"),
        ("Desk Amber", "Avery Sample"),
        ("Desk Amber", "Avery Sample"),
        ("Desk Cobalt", "Blake Sample"),
        ("Desk Cobalt", "Casey Sample"),
    ]


def test_of_several_columns_with_blank_cells_some_can_be_left_as_they_are(groups, history):
    at = control(groups, "toggle", "fill-down").set_value(True).run()
    at = control(at, "pills", "filled").set_value(["desk"]).run()
    assert {row[1] for row in stored(use(at), history)} == {"Desk Amber", "Desk Cobalt"}
    assert history.log().df()["candidate"].isna().sum() == 2


def test_blank_cells_stay_blank_where_nobody_says_otherwise(groups):
    at = use(groups)
    assert figures(at)["To mend"] == "3"


def test_filling_down_can_be_taken_back_in_a_saved_layout(groups):
    at = use(control(groups, "toggle", "fill-down").set_value(True).run())
    assert figures(at)["To mend"] == "0"
    at = open_wizard(at)
    assert control(at, "toggle", "fill-down").value
    at = use(control(at, "toggle", "fill-down").set_value(False).run())
    assert figures(at)["To mend"] == "3"


def test_a_heading_of_a_month_makes_no_blank_cells_and_a_lacking_date_does(history, open_page):
    content = "Date,Desk,What,Who\n2026-03-31,Desk 01,Zorp,A\nAPRIL,,,\n2026-04-01,Desk 01,Zorp,B\n,Desk 02,Zorp,C\n"
    at = fill_in(upload(open_page, ("log.csv", content.encode())), "values", {"Zorp": "Fill"})
    assert "As in merged cells. When: 1 row." in said(at)
    at = use(control(at, "toggle", "fill-down").set_value(True).run())
    assert figures(at) == {"Rows read": "3", "Accepted": "3", "To mend": "0", "Titles and totals": "1"}


def test_blank_cells_are_not_asked_about_where_there_are_none(dropped):
    at = fill_in(dropped, "columns", {**COLUMNS, "Assignment": "Not used"})
    assert control(at, "toggle", "fill-down") is None


def test_a_row_can_be_a_candidate_with_a_date_per_stage(history, open_page):
    wide = (
        "Who,Minder,Shown round,Signed\nAvery Sample,Desk 01,2026-03-02,2026-03-09\nBlake Sample,Desk 01,2026-03-03,\n"
    )
    at = open_wizard(upload(open_page, ("wide.csv", wide.encode())))
    at = control(at, "radio", "shape").set_value("One candidate with a date per stage").run()
    fill_in(
        at,
        "columns",
        {
            "Who": "Candidate",
            "Minder": "Desk (gets the credit)",
            "Shown round": "Date of: Send-out",
            "Signed": "Date of: Fill",
        },
    )
    assert stored(use(at), history) == [
        ("2026-03-02", "Desk 01", "send_out", "Avery Sample"),
        ("2026-03-09", "Desk 01", "fill", "Avery Sample"),
        ("2026-03-03", "Desk 01", "send_out", "Blake Sample"),
    ]


TRACKER = (
    "Who,Minder,Kind,Day,Interview,Placed on,Oddment\n"
    "Avery Sample,Pat Desk,Call,2026-03-01,2026-03-05,2026-03-12,2026-03-20\n"
    "Blake Sample,Pat Desk,Call,2026-03-02,2026-03-06,,\n"
)


def test_a_row_said_to_be_a_candidate_proposes_a_stage_for_every_date_column_by_its_header(history, open_page):
    at = open_wizard(upload(open_page, ("tracker.csv", TRACKER.encode())))
    before = means(at, "columns")
    assert [before[header] for header in ("Kind", "Day", "Interview")] == ["What was done", "When", "Not used"]
    at = control(at, "radio", "shape").set_value("One candidate with a date per stage").run()
    assert not at.exception
    assert means(at, "columns") == {
        "Who": before["Who"],
        "Minder": "Desk (gets the credit)",
        "Kind": "Not used",
        "Day": "Not used",
        "Interview": "Date of: Interview",
        "Placed on": "Date of: Fill",
        "Oddment": "Not used",
    }
    assert means(control(at, "radio", "shape").set_value("One activity").run(), "columns") == before


def test_the_dates_of_a_stage_chosen_by_hand_are_shown(history, open_page):
    at = open_wizard(upload(open_page, ("tracker.csv", TRACKER.encode())))
    at = control(at, "radio", "shape").set_value("One candidate with a date per stage").run()
    at = fill_in(at, "columns", {"Oddment": "Date of: Start"})
    assert "**Interview**, **Placed on** and **Oddment**: year\\-month\\-day" in said(at)
    assert "Nothing to answer here: each date column is an activity" in said(at)


def test_several_columns_of_days_that_read_both_ways_are_asked_about_once(history, open_page):
    tracker = "Who,Interview,Placed on,Oddment\nAvery Sample,05/03/2026,09/03/2026,13/03/2026\n"
    at = open_wizard(upload(open_page, ("tracker.csv", tracker.replace("13/", "12/").encode())))
    assert "**Interview** and **Placed on**: day and month cannot be told apart." in said(at)
    both = [frame.value for frame in at.dataframe if "In the file" in frame.value]
    assert [frame["In the file"].tolist() for frame in both] == [["05/03/2026", "09/03/2026"]]


# Step 3


def test_values_left_open_stay_out_and_are_counted(dropped, history):
    map_unknown(dropped)
    at = use(fill_in(dropped, "values", {"Zot": "❓ choose"}))
    assert figures(at)["Unknown"] == "1"
    assert {row[2] for row in stored(at, history)} == {"send_out", "call_attempt"}


def test_the_words_of_a_system_improve_the_suggestions(history, open_page):
    content = "occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,Sourced,A\n2026-03-03,Desk 01,fill,A\n"
    at = upload(open_page, ("crm.csv", content.encode()))
    assert means(at, "values")["Sourced"] == "❓ choose"
    at = control(at, "selectbox", "vocabulary").set_value("crelate").run()
    assert (means(at, "values")["Sourced"], about(at, "values")["Sourced"]) == ("Note", "a word of this system")


def test_what_was_chosen_stays_chosen_when_other_words_are_proposed(history, open_page):
    content = "occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,Sourced,A\n2026-03-03,Desk 01,fill,A\n"
    at = fill_in(upload(open_page, ("crm.csv", content.encode())), "values", {"Sourced": "Presentation"})
    at = control(at, "selectbox", "vocabulary").set_value("crelate").run()
    assert means(at, "values")["Sourced"] == "Presentation"


def test_a_word_that_means_two_things_is_not_suggested_and_its_text_is_shown(history, open_page):
    content = "occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,Sendout,A\n2026-03-03,Desk 01,fill,A\n"
    at = upload(open_page, ("log.csv", content.encode()))
    assert means(at, "values")["Sendout"] == "❓ choose"
    assert any("presentation" in message.value for message in at.info)


@pytest.mark.parametrize(
    ("side", "activity"),
    [("Candidates", "recruiting_call"), ("Clients", "marketing_call"), ("Leave open", "conversation")],
)
def test_the_side_of_calls_is_asked_once_for_the_file(dropped, history, side, activity):
    map_unknown(dropped)
    fill_in(dropped, "outcomes", {"nobody home": "Keep as written"})
    at = control(dropped, "radio", "calls").set_value(side).run()
    assert stored(use(at), history)[2][2] == activity


# Step 4


def test_days_that_read_both_ways_are_shown_both_ways(dropped):
    at = fill_in(dropped, "columns", COLUMNS)
    both = next(frame.value for frame in at.dataframe if "In the file" in frame.value)
    assert both.iloc[0].tolist()[0] == "03/04/2026 09:00"
    assert both.shape == (3, 3)
    assert both.iloc[0, 1] != both.iloc[0, 2]


def test_the_other_order_gives_the_other_days(dropped, history):
    map_unknown(dropped)
    at = control(dropped, "segmented_control", "order").set_value("Month first (04/25)").run()
    assert [row[0] for row in stored(use(at), history)] == ["2026-03-04", "2026-03-04", "2026-04-04", "2026-05-04"]


def test_times_in_utc_become_the_time_of_the_firm(dropped, history):
    map_unknown(dropped)
    at = control(dropped, "segmented_control", "zone").set_value("UTC").run()
    at = control(at, "selectbox", "firm-zone").set_value("Asia/Tokyo").run()
    at = control(at, "button", "keep-zone").click().run()
    assert history.settings()["time_zone"] == "Asia/Tokyo"
    use(at).button(key="store").click().run()
    assert history.log().df()["occurred_at"].min().isoformat() == "2026-04-03T18:00:00"


# Text from files


HOSTILE = ["![x](http://127.0.0.1/a.png)", "=1+1", "<script>alert(1)</script>", "*bold* $x$ :red[y]", "n" * 5000]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headers_and_values_are_shown_as_data(history, open_page, text):
    content = UNKNOWN.replace("What went on", text).replace("Grog", text).replace("Typed in by", f"{text} 2")
    at = upload(open_page, (f"{text[:40].replace('/', '')}.csv", content.encode()))
    assert not at.exception
    shown = text if len(text) <= 34 else f"{text[:33]}…"
    assert shown in lists(at, "columns")
    others = {name: meaning for name, meaning in COLUMNS.items() if name not in ("What went on", "Typed in by")}
    at = fill_in(at, "columns", {**others, shown: "What was done"})
    assert shown in lists(at, "values")
    at = use(fill_in(at, "values", {shown: "Fill"}), text[:60])
    assert not at.exception
    assert "![x]" not in said(at)
    assert ":red[y]" not in said(at)


def test_only_the_column_somebody_changed_is_chosen_by_them(dropped):
    before = why(dropped, "columns")
    at = fill_in(dropped, "columns", {"Assignment": "Reference"})
    after = why(at, "columns")
    assert after == before | {"Assignment": "chosen by you"}
    assert "chosen by you" not in before.values()


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
    assert "3 words understood: 2 Keep as written, 1 Interested" in [box.label for box in diary.expander]


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
    assert "All **3 values** have a meaning. **1** proposed by how they are worded: look through these." in said(at)


def test_what_nobody_has_to_answer_is_out_of_the_way(diary):
    assert "If you know which system it came from" in [box.label for box in diary.expander]
    assert control(diary, "segmented_control", "zone") is None
    assert control(diary, "segmented_control", "order") is None


def test_very_many_columns_stand_in_a_table(history, open_page):
    more = [f"Extra {n}" for n in range(9)]
    content = UNKNOWN.replace("Assignment\n", f"Assignment,{','.join(more)}\n").replace("Job 1\n", f"Job 1{',x' * 9}\n")
    at = upload(open_page, ("wide.csv", content.encode()))
    assert not lists(at, "columns")
    at = fill_in(at, "columns", COLUMNS)
    shown = table(at, "columns").value.set_index("Column")["Means"]
    assert {header: shown[header] for header in COLUMNS} == COLUMNS


def test_of_very_many_values_only_those_nothing_is_known_of_have_a_list(history, open_page):
    words = ["Zorp", *(f"CV to Firm {letter}" for letter in "ABCDEFGHIJKLMNOP")]
    rows = "".join(f"2026-03-02,Desk 01,{word},Avery Sample\n" for word in words)
    at = open_wizard(upload(open_page, ("log.csv", f"Date,Desk,What,Who\n{rows}".encode())))
    assert list(lists(at, "values")) == ["Zorp"]
    assert len(table(at, "values").value) == 16
    at = fill_in(at, "values", {"Zorp": "Fill", "CV to Firm A": "Note"})
    assert "All **17 values** have a meaning." in said(at)


def test_of_very_many_outcomes_only_those_that_sound_missed_have_a_list(history, open_page):
    words = ["ill on the day", *(f"chatter {letter}" for letter in "abcdefghijklmnopq")]
    rows = "".join(f"2026-10-{n:02},Desk 01,Met at client,Avery Sample,{word}\n" for n, word in enumerate(words, 1))
    at = upload(open_page, ("log.csv", f"Date,Desk,What,Who,Result\n{rows}".encode()))
    assert list(lists(at, "outcomes")) == ["ill on the day"]
    assert len(table(at, "outcomes").value) == 17
    at = fill_in(at, "outcomes", {"ill on the day": "Cancelled"})
    assert means(at, "outcomes") == {"ill on the day": "Cancelled"}
    assert not any("ill on the day" in box.value for box in at.info)
    at = fill_in(at, "outcomes", {"ill on the day": "Keep as written"})
    assert not any("ill on the day" in box.value for box in at.info)


def test_once_everything_is_answered_the_page_says_what_to_press(dropped):
    map_unknown(dropped)
    assert dropped.success[0].value == "Everything is answered. Look it through, then press **Use this mapping** below."


def test_once_a_mapping_is_kept_the_way_to_store_stands_where_the_button_was(dropped, history):
    assert control(map_unknown(dropped), "button", "store-now") is None
    at = use(dropped)
    kept = next(box.value for box in at.success if "Kept as" in box.value)
    assert kept.startswith("Kept as **Weekly scribbles**. 4 of 5 rows ready: 1 left out. Nothing is stored yet")
    at = control(at, "button", "store-now").click().run()
    assert at.success[0].value.startswith("Stored 1 file: 4 new")
    assert len(rows(history)) == 4


def test_a_column_chosen_as_outcome_says_where_its_words_are_asked_about(dropped):
    at = fill_in(dropped, "columns", {"Assignment": "Outcome"})
    assert why(at, "columns")["Assignment"] == "chosen by you; step 3 below now asks what its words mean"
