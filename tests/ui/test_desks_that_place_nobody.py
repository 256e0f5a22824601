"""What the pages of contractors say of a desk that serves those of others: no all-clear."""

from __future__ import annotations

import pytest
from contractor_log import LOG
from follow_up_log import cards, plainly, store

#: Case Desk was handed a ticket, and hands over nobody; Idle Desk only called somebody.
SERVES = (
    "2026-11-17 09:00,Case Desk,touch,candidate,Blake Sample,,,,,,,\n"
    "2026-11-17 09:00,Idle Desk,touch,candidate,Blake Sample,,,,,,,\n"
    "2026-11-17 09:00,Desk 01,handoff,candidate,Avery Sample,Example Works,Welder,,T2,Case Desk,,\n"
)
NOBODY = "No assignment of {0} is on record; it places nobody."


@pytest.fixture
def of(history, app, open_page):
    """What a page says of a desk, with another choice in the address."""
    store(LOG + SERVES)

    def go(name: str, desk: str = "Idle Desk", **more: str):
        app.query_params.update({"desk": desk, **more})
        at = open_page(f"contractors/{name}")
        assert not at.exception
        return at

    return go


SECTIONS = ("How long they stay", "Why they leave", "What comes next", "Questions")


@pytest.mark.parametrize("section", SECTIONS)
def test_retention_says_that_it_places_nobody_in_place_of_an_all_clear(of, section):
    at = of("retention", retention_section=section)
    assert [one.value.replace("\\", "") for one in at.info] == [NOBODY.format("Idle Desk")]
    assert not at.success
    assert not at.subheader


@pytest.mark.parametrize("shown", ["Missing now", "In time"])
def test_hand_offs_say_that_nothing_was_called_for(of, shown):
    at = of("handoffs", show=shown)
    said = [one.value.replace("\\", "") for one in at.info]
    assert said == [f"No hand-off of Idle Desk was called for in the last 26 weeks. {NOBODY.format('Idle Desk')}"]
    assert not at.success


def test_hand_offs_show_what_a_desk_that_places_nobody_has_and_got(of):
    at = of("handoffs", "Case Desk", show="In time")
    assert "Every hand-off on record in the last 26 weeks" in plainly(at)
    at.query_params["show"] = "Missing now"
    assert cards(at.run()) == []


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Referrals", "No referral of Idle Desk is on record."),
        ("Hours", "No timecard of the last 13 weeks holds hours of contractors of Idle Desk."),
    ],
)
def test_referrals_and_hours_say_whose_are_not_on_record(of, shown, said):
    at = of("referrals", show=shown)
    assert [one.value.replace("\\", "") for one in at.info] == [f"{said} {NOBODY.format('Idle Desk')}"]


def test_several_desks_place_nobody_together(of):
    at = of("retention")
    at.multiselect(key="desk").set_value(["Case Desk", "Idle Desk"]).run()
    assert "No assignment of Case Desk and Idle Desk is on record; they place nobody." in plainly(at)
    at.multiselect(key="desk").set_value(["Case Desk", "Desk 01"]).run()
    assert "place nobody" not in plainly(at)
