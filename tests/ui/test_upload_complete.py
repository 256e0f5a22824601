"""A file that is complete for its dates: what vanished is shown, and retired only when somebody agrees."""

from __future__ import annotations

import json

import pytest
from screens import LOG, said
from wizard_pages import control, upload

FEWER = "\n".join(line for line in LOG.splitlines() if "Blake" not in line) + "\n"


@pytest.fixture
def dropped(filled, open_page):
    return upload(open_page, ("log.csv", FEWER.encode()))


def tick(at, what):
    return control(at, "checkbox", what).check().run()


def names(history):
    return sorted(history.log().df()["candidate"])


def test_a_file_that_lacks_rows_retires_nothing_unless_it_is_said_to_be_complete(dropped, filled):
    dropped.button(key="store").click().run()
    assert names(filled) == ["Avery Sample", "Avery Sample", "Blake Sample", "Casey Sample"]


def test_what_vanished_is_shown_and_has_to_be_agreed_to(dropped, filled):
    at = tick(dropped, "complete")
    assert "**1 stored row not in this file.**" in said(at)
    assert [frame.value["candidate"].tolist() for frame in at.dataframe if "candidate" in frame.value] == [
        ["Blake Sample"]
    ]
    assert [frame.value["activity"].tolist() for frame in at.dataframe if "activity" in frame.value] == [["Send-out"]]
    assert (at.button(key="store").label, at.button(key="store").disabled) == ("Store 1 file", True)
    assert "Agree below to what is retired." in said(at)
    at = tick(at, "retire")
    at.button(key="store").click().run()
    assert "1 row retired" in at.success[0].value
    assert names(filled) == ["Avery Sample", "Avery Sample", "Casey Sample"]


def test_taking_back_that_it_is_complete_retires_nothing(dropped, filled):
    at = tick(dropped, "complete")
    at = control(at, "checkbox", "complete").uncheck().run()
    at.button(key="store").click().run()
    assert "Blake Sample" in names(filled)


def test_a_complete_file_that_lacks_nothing_says_so(filled, open_page):
    at = tick(upload(open_page, ("log.csv", LOG.encode())), "complete")
    assert "Nothing that is stored is missing from it." in said(at)


def test_the_first_file_ever_is_not_asked_whether_it_is_complete(history, open_page):
    assert control(upload(open_page, ("log.csv", LOG.encode())), "checkbox", "complete") is None


@pytest.mark.parametrize(("time", "kind"), [(" 09:00", "datetime"), ("", "date")])
def test_what_vanished_shows_a_time_of_day_only_where_there_are_any(time, kind, history, open_page):
    rows = [f"2026-10-0{day}{time},Desk 01,send_out,Person {day},Job 1" for day in (5, 6, 7)]
    log = "\n".join(["occurred_at,desk,activity,candidate,job", *rows, ""])
    upload(open_page, ("log.csv", log.encode())).button(key="store").click().run()
    at = tick(upload(open_page, ("log.csv", log.replace(f"{rows[1]}\n", "").encode())), "complete")
    shown = next(frame for frame in at.dataframe if "candidate" in frame.value)
    assert json.loads(shown.proto.columns)["occurred_at"]["type_config"]["type"] == kind
