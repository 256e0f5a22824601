"""Imports: the list, one import in detail, undo and redo; the health of the data; calls that are here twice."""

from __future__ import annotations

import pytest
from screens import said

from loaders import Options, load
from ui import intake

BAD = """occurred_at,desk,activity,candidate,job
2026-10-05 09:00,Desk 03,send_out,Avery Sample,Job 1
someday,Desk 03,send_out,Blake Sample,Job 1
2026-10-06 09:00,Desk 03,mystery,Blake Sample,Job 1
"""


@pytest.fixture
def with_bad_rows(filled):
    intake.store_loaded([load(BAD.encode(), "bad *file*.csv", Options())])
    return filled


def desks(history):
    return sorted(history.log().df()["desk"].unique())


def test_the_list_says_what_came_in(filled, open_page):
    at = open_page("data/imports")
    assert not at.exception
    row = at.dataframe[0].value.iloc[0]
    assert (row["name"], row["rows_read"], row["added"], row["left_out"], row["active"]) == ("log.csv", 4, 4, 0, True)


def test_an_import_shows_where_its_rows_went_and_what_has_to_be_mended(with_bad_rows, open_page):
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(2).run()
    assert not at.exception
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures == {"Rows read": "3", "Accepted": "1", "Unknown": "1", "To mend": "1"}
    assert "bad \\*file\\*\\.csv" in said(at)
    problems = at.dataframe[1].value
    assert problems[["row", "column", "value"]].to_dict("records") == [
        {"row": 3, "column": "occurred_at", "value": "someday"},
        {"row": 4, "column": "activity", "value": "mystery"},
    ]
    assert [button.label for button in at.get("download_button")][:2] == ["CSV", "Excel"]


def test_undo_asks_first_and_takes_the_rows_out(with_bad_rows, open_page):
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(2).run()
    at.button(key="undo").click().run()
    assert desks(with_bad_rows) == ["Desk 01", "Desk 02", "Desk 03"]
    at.button(key="undo_confirmed").click().run()
    assert not at.exception
    assert desks(with_bad_rows) == ["Desk 01", "Desk 02"]
    assert [button.key for button in at.button if button.key in ("undo", "redo")] == ["redo"]
    assert [toast.value for toast in at.toast] == ["Undone: the numbers no longer hold this import."]


def test_undo_says_how_many_retired_rows_come_back(filled, open_page):
    held = filled.log().df().sort_values("occurred_at")
    first, last = held["occurred_at"].iloc[0], held["occurred_at"].iloc[-1]
    lines = [f"{first},Desk 01,hit,Ellis Sample,ours", f"{last},Desk 01,hit,Ellis Sample,ours"]
    both = "\n".join(["occurred_at,desk,activity,candidate,source", *lines])
    less = "\n".join(["occurred_at,desk,activity,candidate,source", lines[0], f"{last},Desk 01,fill,Ellis Sample,ours"])
    intake.store_loaded([load(both.encode(), "both.csv", Options())])
    intake.store_loaded([load(less.encode(), "less.csv", Options())], {0})
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(3).run()
    at.button(key="undo").click().run()
    assert "It had 1 new row and 0 changed rows and retired 1 row, which comes back." in said(at)


def test_an_undone_import_can_be_brought_back(with_bad_rows, open_page):
    assert "2 imports" in said(open_page("data/imports"))
    assert "in force" not in said(open_page("data/imports"))
    with_bad_rows.undo(2)
    at = open_page("data/imports")
    assert "1 import in force" in said(at)
    assert "not in force" in at.selectbox(key="import").options[0]
    at.selectbox(key="import").set_value(2).run()
    at.button(key="redo").click().run()
    assert not at.exception
    assert [toast.value for toast in at.toast] == ["Back in force."]
    assert desks(with_bad_rows) == ["Desk 01", "Desk 02", "Desk 03"]


#: Two systems, three calls of each: two are the same call, one of either is not.
TWICE = """occurred_at,desk,activity,candidate,outcome,source
2026-10-05 09:00,Desk 01,recruiting_call,Avery Sample,interested,ats
2026-10-05 09:01,Desk 01,conversation,,,phone
2026-10-06 10:00,Desk 01,recruiting_call,"*Blake* Sample",,ats
2026-10-06 10:04,Desk 01,conversation,"Sample, *Blake*",,phone
2026-10-07 10:00,Desk 01,recruiting_call,Casey Sample,,ats
2026-10-07 15:00,Desk 01,conversation,,,phone
"""


@pytest.fixture
def twice(filled):
    intake.store_loaded([load(TWICE.encode(), "calls.csv", Options())])
    return filled


@pytest.fixture
def open_section(open_page):
    def go(name: str):
        at = open_page("data/imports")
        at.segmented_control(key="about").set_value(name).run()
        assert not at.exception
        return at

    return go


def shown(at, alt: str):
    """The table that is said to be that."""
    (found,) = (one.value for one in (*at.dataframe, *at.data_editor) if one.proto.alt.startswith(alt))
    return found


def test_the_list_says_how_many_rows_are_still_to_mend(with_bad_rows, open_page):
    assert open_page("data/imports").dataframe[0].value["to_mend"].tolist() == [1, 0]


def test_calls_that_are_here_twice_are_announced_with_the_way_there(twice, open_page):
    at = open_page("data/imports")
    assert "2 calls may be in the history twice" in at.info[0].value
    (link,) = at.get("page_link")
    assert (link.proto.page, link.proto.query_string) == ("imports", "about=Same+call+twice")


def test_nothing_is_announced_where_all_calls_come_from_one_system(filled, open_page):
    at = open_page("data/imports")
    assert (len(at.info), len(at.get("page_link"))) == (0, 0)


def test_both_rows_of_a_call_are_visible_before_anything_is_merged(twice, open_section):
    pairs = open_section("Same call twice").data_editor[0].value
    assert pairs[["Merge", "Desk", "Apart", "Stays", "Goes"]].to_dict("records") == [
        {
            "Merge": False,
            "Desk": "Desk 01",
            "Apart": "4 min",
            "Stays": "10:00, ats: Recruiting call, *Blake* Sample",
            "Goes": "10:04, phone: Conversation, Sample, *Blake*",
        },
        {
            "Merge": False,
            "Desk": "Desk 01",
            "Apart": "1 min",
            "Stays": "09:00, ats: Recruiting call, Avery Sample, interested",
            "Goes": "09:01, phone: Conversation, nobody named",
        },
    ]
    assert len(twice.merges()) == 0


def tick(at, table: int, line: int, column: str) -> None:
    edits = {"edited_rows": {line: {column: True}}, "added_rows": [], "deleted_rows": []}
    at.session_state[at.data_editor[table].key] = edits
    at.run()
    assert not at.exception


def test_chosen_calls_are_merged_and_can_be_split_again(twice, open_section):
    at = open_section("Same call twice")
    assert at.button(key="merge_chosen").disabled
    tick(at, 0, 1, "Merge")
    assert at.button(key="merge_chosen").label == "Merge 1 chosen call"
    before = len(twice.log().df())
    at.button(key="merge_chosen").click().run()
    assert not at.exception
    assert len(twice.log().df()) == before - 1
    assert len(at.data_editor[0].value) == 1
    assert [toast.value for toast in at.toast] == ["Merged 1 call."]
    assert at.data_editor[1].value["Goes"].tolist() == ["09:01, phone: Conversation, nobody named"]
    assert at.button(key="split").disabled
    tick(at, 1, 0, "Split")
    assert at.button(key="split").label == "Split 1 call again"
    at.button(key="split").click().run()
    assert not at.exception
    assert len(twice.log().df()) == before
    assert len(at.data_editor[0].value) == 2


def test_all_are_merged_after_a_question(twice, open_section):
    at = open_section("Same call twice")
    at.button(key="merge_all").click().run()
    assert len(twice.merges()) == 0
    at.button(key="merge_confirmed").click().run()
    assert not at.exception
    assert len(twice.merges()) == 2
    assert "no two calls of ats and phone" in said(at)


def test_without_a_second_system_it_says_what_would_be_needed(filled, open_section):
    at = open_section("Same call twice")
    assert "Calls are compared by their time of day, and none of those here has one." in said(at)
    assert len(at.data_editor) == 0


#: Desk 01 has nothing in the week of 12 October, a fill before its send-out, one call of two with notes; one row ahead.
UNSOUND = """occurred_at,desk,activity,candidate,job,notes
2026-10-05 09:00,Desk 01,recruiting_call,Avery Sample,,wants to move
2026-10-06 09:00,Desk 01,recruiting_call,Blake Sample,,
2026-10-19 09:00,Desk 01,fill,Avery Sample,Job 1,
2026-10-23 09:00,Desk 01,send_out,Avery Sample,Job 1,
2026-12-14 09:00,Desk 01,send_out,Blake Sample,Job 1,
2026-10-23 09:00,Desk 01,mystery,Blake Sample,Job 1,
"""


@pytest.fixture
def unsound(history):
    intake.store_loaded([load(UNSOUND.encode(), "unsound.csv", Options())])
    return history


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def test_the_health_of_the_data_is_said_in_figures(unsound, open_section):
    at = open_section("Data health")
    assert {metric.label: (metric.value, metric.delta) for metric in at.metric} == {
        "Weeks missing": ("1", "at 1 desk"),
        "Stand out": ("0", "of 1 desk"),
        "Out of order": ("1", "row"),
        "Calls with notes": ("50 %", "1 of 2"),
        "Dated ahead": ("20 %", "1 of 5"),
        "Unknown values": ("17 %", "1 of 6"),
        "Still to mend": ("0 %", "0 of 6"),
        "Repeats removed": ("0 %", "0 of 6"),
    }


def test_each_finding_has_its_rows_and_says_what_to_do(unsound, open_section):
    at = open_section("Data health")
    gap = shown(at, "Weeks without a row").iloc[0]
    assert (gap["Desk"], f"{gap['From']:%d %b}", f"{gap['To']:%d %b}", gap["Weeks"]) == (
        "Desk 01",
        "12 Oct",
        "18 Oct",
        1,
    )
    step = shown(at, "Steps of a candidate").iloc[0]
    assert (step["Problem"], step["Candidate"], step["Row in file"]) == (
        "fill before the first send-out",
        "Avery Sample",
        4,
    )
    notes = shown(at, "Live conversations").iloc[0]
    assert (notes["Calls"], notes["With notes"], notes["Share"]) == (2, 1, 50.0)
    assert shown(at, "Rows after today")["Ahead"].tolist() == [1]
    parts = shown(at, "Where the rows").iloc[0]
    assert (parts["File"], parts["Rows read"], parts["Unknown"], round(parts["Unknown or unreadable"])) == (
        "unsound.csv",
        6,
        1,
        17,
    )
    assert "**6 rows read, 5 of them taken.** Not taken: 1 with a value unknown (17 %)." in said(at)
    words = said(at)
    for advice in ("Upload what is missing", "Mend it in the source", "day and month the wrong way round"):
        assert advice in words
    assert len(at.get("plotly_chart")) == 1
    assert {button.label for button in at.get("download_button")} == {"CSV", "Excel"}


def test_what_is_sound_is_said_too(filled, open_section):
    words = said(open_section("Data health"))
    for sentence in ("No step lies", "No row lies after today", "There are no live conversations", "No desk's ratio"):
        assert sentence in words


def test_a_desk_that_stands_out_is_named_with_all_counts(history, open_section):
    counts = {"Desk 01": (200, 2), "*Desk* 02": (200, 20), "Desk 03": (200, 24), "Desk 04": (200, 18)}
    lines = ["occurred_at,desk,activity,candidate"]
    for desk, (calls, hits) in counts.items():
        lines += [f"2026-10-05 09:{n % 60:02},{desk},recruiting_call,Person {desk} {n}" for n in range(calls)]
        lines += [f"2026-10-06 09:{n % 60:02},{desk},hit,Person {desk} {n}" for n in range(hits)]
    intake.store_loaded([load("\n".join(lines).encode(), "calls.csv", Options())])
    at = open_section("Data health")
    assert figures(at)["Stand out"] == "1"
    assert "**Desk 01**, call to hit: 100.0 : 1 (200 recruiting calls, 2 hits), where the other desks" in said(at)
    (found,) = shown(at, "Desks with a ratio").to_dict("records")
    assert (found["Desk"], found["Ratio"], found["Counts"]) == ("Desk 01", "Call to hit", "200 / 2")
    assert (found["Own"], round(found["Others"], 2), found["Their counts"]) == (100.0, 9.68, "600 / 62")
    assert (round(found["Others from"], 1), round(found["Others to"], 1)) == (8.3, 11.1)


def test_a_history_with_everything_undone_has_nothing_to_check(filled, open_section):
    filled.undo(1)
    assert "There is nothing to check yet" in said(open_section("Data health"))


def test_a_desk_name_that_is_markup_stays_text(history, open_section):
    intake.store_loaded([load(UNSOUND.replace("Desk 01", "![x](y) :red[z]").encode(), "unsound.csv", Options())])
    at = open_section("Data health")
    assert "![x]" not in said(at)


def test_the_section_can_be_linked_to(unsound, app):
    app.run()
    app.query_params["about"] = "Data health"
    at = app.switch_page("../pages/data/imports.py").run()
    assert not at.exception
    assert at.segmented_control(key="about").value == "Data health"
    assert "Weeks missing" in figures(at)


def test_a_map_of_many_desks_shows_those_that_miss_most(history, open_section):
    lines = ["occurred_at,desk,activity,candidate"]
    for number in range(42):
        lines += [f"2026-{day},Desk {number:02},send_out,Avery Sample" for day in ("10-05 09:00", "10-16 09:00")]
    lines += ["2026-10-26 09:00,Desk 41,send_out,Avery Sample"]
    intake.store_loaded([load("\n".join(lines).encode(), "many.csv", Options())])
    at = open_section("Data health")
    assert "The map shows 40 of 42 desks, those with the most weeks missing first." in said(at)
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt.endswith("40 desks. Desk 41: 1 week without a row.")
