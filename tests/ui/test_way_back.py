"""Back from the page Person: the page as it was left, and no name in the address of any other page."""

from __future__ import annotations

import pytest

CARE, PERSON = "contractors/care", "contractors/person"


def go(at, page):
    return at.switch_page(f"../pages/{page}.py").run()


def backs(at):
    found = [link.proto for link in at.get("page_link") if link.proto.label.startswith("Back to ")]
    return [(link.label, link.page, link.query_string) for link in found]


@pytest.fixture
def left(filled, app, open_page):
    """Care was left with a level and two desks chosen."""
    app.query_params["level"] = "Watch"
    app.query_params["desk"] = ["Desk 01", "Desk 02"]
    return open_page(CARE)


def test_a_link_leads_back_to_the_page_as_it_was_left(left):
    left.query_params.clear()
    left.query_params["person"] = "Avery Sample"
    assert backs(go(left, PERSON)) == [("Back to Care", "care", "level=Watch&desk=Desk+01&desk=Desk+02")]


def test_whoever_comes_straight_to_somebody_has_no_way_back(filled, open_page):
    assert backs(open_page(PERSON)) == []


def test_an_address_that_still_names_a_person_is_put_right_with_what_was_chosen(left):
    left.query_params.clear()
    left.query_params["person"] = "Avery Sample"
    go(left, PERSON)
    go(left, CARE)
    assert not left.exception
    assert "person" not in left.query_params
    assert left.query_params["level"] == "Watch"
    assert left.segmented_control(key="level").value == "Watch"
    assert left.multiselect(key="desk").value == ["Desk 01", "Desk 02"]


def test_a_name_in_the_address_of_a_page_never_left_is_taken_out(filled, app, open_page):
    app.query_params["person"] = "Avery Sample"
    app.query_params["party"] = "candidate"
    at = open_page("contractors/support")
    assert [one.value for one in at.title] == ["Support"]
    assert not {"person", "party"} & {*at.query_params}
