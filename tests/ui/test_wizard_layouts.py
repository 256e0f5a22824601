"""The firm's own layouts on the upload page: listed, changed, handed out, brought in, deleted."""

from __future__ import annotations

import tomllib

import pytest
from screens import said
from wizard_pages import UNKNOWN, VALUES, control, fill_in, map_unknown, means, upload, use, waits

from loaders import read_raw
from loaders.mapping import check
from ui import intake

TOML = """name = "Scribbles"
words = ["own"]
[columns]
occurred_at = ["Logged"]
desk = ["Looked after by"]
activity = ["What went on"]
[[activities]]
values = ["Grog"]
give = ["fill"]
"""


@pytest.fixture
def mapped(history, open_page):
    """The upload page after the unknown export was mapped as "Scribbles", the file still on it."""
    return use(map_unknown(upload(open_page, ("log.csv", UNKNOWN.encode()))), "Scribbles")


def test_without_any_layout_the_list_says_so(history, open_page):
    assert "None yet." in said(open_page("data/upload"))


def test_a_saved_layout_is_listed_and_can_be_downloaded_as_it_is_stored(mapped, history):
    assert [box.label for box in mapped.expander if "layouts" in box.label] == ["Your layouts (1)"]
    toml = history.layouts()["Scribbles"]
    assert check(tomllib.loads(toml)).name == "Scribbles"
    assert control(mapped, "download_button", "toml-layout") is not None


def test_editing_opens_the_wizard_with_what_was_said_before(mapped):
    at = mapped.button(key="edit-layout-Scribbles").click().run()
    assert not at.exception
    columns, shown = means(at, "columns"), means(at, "values")
    assert (columns["Looked after by"], columns["Typed in by"]) == ("Desk (gets the credit)", "Not used")
    # The side of calls was said to be candidates, so that the layout knows the word as one of their calls.
    assert {value: shown[value] for value in VALUES} == {**VALUES, "Brim": "Recruiting call"}
    assert control(at, "text_input", "name").value == "Scribbles"


def test_a_layout_edited_later_reads_the_file_on_the_page_anew_and_keeps_its_name(mapped, history):
    at = mapped.button(key="edit-layout-Scribbles").click().run()
    fill_in(at, "values", {"Zot": "Send-out"})
    at = use(at)
    assert list(history.layouts()) == ["Scribbles"]
    at.button(key="store").click().run()
    assert set(history.log().df()["activity"]) == {"send_out", "call_attempt"}


def test_editing_changes_nothing_that_is_stored(mapped, history):
    mapped.button(key="store").click().run()
    before = history.log().df()
    at = mapped.button(key="edit-layout-Scribbles").click().run()
    assert "What is stored stays as it is" in said(at)
    at.text_area(key="text-layout-Scribbles").input(TOML)
    at.button(key="save_text").click().run()
    assert not at.exception
    assert history.layouts()["Scribbles"] == TOML
    assert history.log().df().equals(before)


def test_a_layout_can_be_brought_in_as_text_and_is_used_at_once(history, open_page):
    at = upload(open_page, ("log.csv", UNKNOWN.replace("03/04/", "23/04/").encode()))
    control(at, "text_area", "layout-text").input(TOML)
    at = at.button(key="add_layout").click().run()
    assert not at.exception
    assert list(history.layouts()) == ["Scribbles"]
    assert {metric.label: metric.value for metric in at.metric}["Accepted"] == "2"


def test_a_layout_can_be_brought_in_as_a_file(history, open_page):
    at = open_page("data/upload")
    control(at, "file_uploader", "layout-file").upload("ours.toml", TOML.encode())
    at.run().button(key="add_layout").click().run()
    assert history.layouts() == {"Scribbles": TOML}


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("name = ", "This is not TOML"),
        ('name = "x"', "activities"),
        (TOML.replace("fill", "filll"), "filll"),
        (TOML.replace('"Scribbles"', '"touchline"'), "comes with Touchline"),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused_with_the_reason(history, open_page, toml, why):
    at = open_page("data/upload")
    control(at, "text_area", "layout-text").input(toml)
    at = at.run().button(key="add_layout").click().run()
    assert why in at.error[0].value
    assert history.layouts() == {}


def test_a_deleted_layout_is_gone_and_its_file_is_asked_about_again(mapped, history):
    at = mapped.button(key="delete-layout-Scribbles").click().run()
    assert "What was stored with" in said(at)
    at = at.button(key="delete_confirmed").click().run()
    assert not at.exception
    assert history.layouts() == {}
    assert at.button(key="store").disabled


def test_a_hostile_name_of_a_layout_is_shown_as_it_is(history, open_page):
    history.save_layout("![x](http://127.0.0.1/a.png)", TOML.replace("Scribbles", "![x](http://127.0.0.1/a.png)"))
    at = open_page("data/upload")
    assert not at.exception
    assert "![x]" not in said(at)


def test_a_file_that_two_layouts_fit_equally_is_asked_about(history, open_page):
    for name in ("Scribbles", "Doodles"):
        history.save_layout(name, TOML.replace("Scribbles", name))
    at = upload(open_page, ("log.csv", UNKNOWN.replace("03/04/", "23/04/").encode()))
    assert not at.error
    assert "Choose below which it is" in at.info[0].value
    radio = control(at, "radio", "tie")
    assert sorted(radio.options) == ["Doodles \\(yours\\)", "Scribbles \\(yours\\)"]
    at = radio.set_value("Doodles").run()
    assert not waits(at)
    assert "Doodles" in said(at)


def test_only_the_dates_are_asked_of_a_file_that_is_recognised(open_page):
    rows = "03/04/2026 09:00,Desk Amber,fill\n04/04/2026 09:00,Desk Cobalt,send_out\n"
    at = upload(open_page, ("log.csv", f"occurred_at,desk,activity\n{rows}".encode()))
    assert waits(at)
    assert "day and month cannot be told apart" in said(at)
    assert control(at, "radio", "tie") is None


def test_an_answer_never_has_the_file_opened_again(history, open_page, monkeypatch):
    opened = []
    monkeypatch.setattr(intake, "read_raw", lambda *args: opened.append(args[1]) or read_raw(*args))
    at = use(map_unknown(upload(open_page, ("log.csv", UNKNOWN.encode()))), "Scribbles")
    assert not waits(at)
    assert opened == ["log.csv"]
