"""People: desks with teams, roles and dates; names that are one person; what is kept about contacts."""

from __future__ import annotations

import pandas as pd
import pytest
import stored
from screens import said

from ui import data
from ui.people_names import APART
from ui.spans import Filters

HOSTILE = "![x](http://127.0.0.1/x.png) $a$ :red[b] =1+1"
ROWS = (
    ("2026-10-05 09:00", "Dana Kim"),
    ("2026-10-06 09:00", "Dana Kim"),
    ("2026-10-07 09:00", "KIM, Dana"),
    ("2026-10-08 09:00", "Robin Sample"),
    ("2026-10-09 09:00", HOSTILE),
)
ROSTER = "desk,team,role,from,to\nDana Kim,North,recruiter,2026-01-01,\nDesk 09,South,manager,,2026-06-30\n"
PAIR = "Dana Kim\nKIM, Dana"


@pytest.fixture
def firm(history):
    """Five conversations of four names, of which one is in the roster, and a desk that left without a row."""
    log = "occurred_at,desk,activity,candidate\n"
    log += "".join(f'{when},"{desk}",conversation,Avery Sample {number}\n' for number, (when, desk) in enumerate(ROWS))
    files = {"log.csv": log, "roster.csv": ROSTER}
    stored.store(files)
    return history


@pytest.fixture
def at(firm, open_page):
    return open_page("data/people")


def calls_of(desk):
    """Recruiting calls of a desk, as the scoreboard counts them."""
    days = {"start": pd.Timestamp("2026-09-01").date(), "end": pd.Timestamp("2026-11-22").date()}
    chosen = Filters(period="custom", view="activity", team=None, desks=(), as_of=days["end"], **days)
    frame = data.ratio_frame(chosen).set_index(["unit", "ratio"])
    return int(frame.loc[(desk, "call_to_hit"), "upstream"])


def test_every_desk_is_listed_and_those_outside_the_roster_come_first(at):
    assert not at.exception
    shown = at.dataframe[0].value.set_index("desk")
    assert shown.index.tolist() == [HOSTILE, "KIM, Dana", "Robin Sample", "Dana Kim", "Desk 09"]
    assert shown["standing"].tolist() == ["not in the roster"] * 3 + ["", "left"]
    dana = shown.loc["Dana Kim"]
    assert dana[["team", "role", "rows"]].tolist() == ["North", "Recruiter", 2]
    assert dana[["first_day", "last_day", "starts_on"]].tolist() == list(
        map(pd.Timestamp, ["2026-10-05", "2026-10-06", "2026-01-01"])
    )
    assert shown.loc["Desk 09", "rows"] == 0
    assert "3 desks with rows are not in the roster" in said(at)


def test_names_that_look_alike_are_asked_about_and_nothing_is_merged_by_itself(at, firm):
    assert "The same words in another order" in said(at)
    assert at.selectbox(key=f"stays:{PAIR}").value == "Dana Kim"
    assert firm.aliases().empty
    assert calls_of("Dana Kim") == 2


def test_the_same_person_counts_together_at_once_and_can_be_split_again(at, firm):
    at.button(key=f"same:{PAIR}").click().run()
    assert not at.exception
    assert firm.aliases().to_dict("records") == [{"alias": "KIM, Dana", "desk": "Dana Kim"}]
    assert calls_of("Dana Kim") == 3
    assert at.dataframe[0].value.set_index("desk").loc["Dana Kim", ["rows", "aliases"]].tolist() == [3, "KIM, Dana"]
    assert not [button for button in at.button if button.key == f"same:{PAIR}"]
    at.button(key="split:KIM, Dana").click().run()
    assert not at.exception
    assert firm.aliases().empty
    assert calls_of("Dana Kim") == 2


def test_the_other_name_can_stay(at, firm):
    at.selectbox(key=f"stays:{PAIR}").set_value("KIM, Dana").run()
    at.button(key=f"same:{PAIR}").click().run()
    assert firm.aliases().to_dict("records") == [{"alias": "Dana Kim", "desk": "KIM, Dana"}]
    assert calls_of("KIM, Dana") == 3


def test_different_people_are_not_asked_about_again_unless_wanted(at, firm):
    at.button(key=f"apart:{PAIR}").click().run()
    assert not at.exception
    assert firm.settings()[APART] == [["Dana Kim", "KIM, Dana"]]
    assert "The same person?" not in said(at)
    assert firm.aliases().empty
    at.button(key="ask_again").click().run()
    assert "The same person?" in said(at)


def test_names_that_do_not_look_alike_are_merged_by_hand(at, firm):
    assert at.button(key="merge").disabled
    at.selectbox(key="merge_alias").set_value(HOSTILE).run()
    at.selectbox(key="merge_desk").set_value("Robin Sample").run()
    at.button(key="merge").click().run()
    assert not at.exception
    assert firm.aliases().to_dict("records") == [{"alias": HOSTILE, "desk": "Robin Sample"}]
    assert data.desks() == ["Dana Kim", "KIM, Dana", "Robin Sample"]


def test_a_hostile_name_is_shown_as_text_only(at):
    assert HOSTILE not in said(at)
    assert any(HOSTILE in str(element.value) for element in at.text)


def edit(at, **changes):
    editor = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes
    at.session_state[at.data_editor[0].key] = editor
    at.run()
    return at.button(key="save_roster").click().run()


def test_the_roster_shows_desks_it_lacks_with_an_empty_team(at):
    shown = at.data_editor[0].value
    assert shown["desk"].tolist() == ["Dana Kim", "Desk 09", HOSTILE, "KIM, Dana", "Robin Sample"]
    assert shown["team"].isna().tolist() == [False, False, True, True, True]


def test_a_changed_roster_is_saved_and_holds_at_once(at, firm):
    edit(
        at,
        edited_rows={0: {"role": "account_executive"}, 4: {"team": " West ", "role": "recruiter"}},
        added_rows=[{"desk": "Desk 10", "team": "West", "starts_on": "2026-10-01"}],
        deleted_rows=[1],
    )
    assert not at.exception
    assert "Roster saved." in said(at)
    saved = firm.roster().set_index("desk")
    assert saved["team"].to_dict() == {"Dana Kim": "North", "Desk 10": "West", "Robin Sample": "West"}
    assert saved["role"].fillna("").to_dict() == {
        "Dana Kim": "account_executive",
        "Desk 10": "",
        "Robin Sample": "recruiter",
    }
    assert saved.loc["Desk 10", "starts_on"] == pd.Timestamp("2026-10-01")
    assert (calls_of("Dana Kim"), calls_of("Robin Sample")) == (0, 1)


@pytest.mark.parametrize(
    "change",
    [{"starts_on": "2026-10-01", "ends_on": "2026-09-01"}, {"team": None, "role": None}],
)
def test_a_line_that_cannot_be_is_not_saved(at, firm, change):
    before = firm.roster()
    edit(at, edited_rows={0: change})
    told = said(at).replace("\\", "")
    assert "1 line of the roster cannot be used: Dana Kim" in told
    assert "A line names a desk, and a team or a role, and ends no earlier than it starts" in told
    pd.testing.assert_frame_equal(firm.roster(), before)
    assert at.session_state[at.data_editor[0].key]["edited_rows"] == {0: change}


def test_a_role_without_a_team_is_saved_and_decides_whose_side_calls_are_on(at, firm):
    edit(at, edited_rows={4: {"role": "recruiter"}})
    assert "Roster saved." in said(at)
    saved = firm.roster().set_index("desk")
    assert saved["team"].isna().to_dict() == {"Dana Kim": False, "Desk 09": False, "Robin Sample": True}
    assert calls_of("Robin Sample") == 1
    assert data.teams() == ["North", "South"]
    assert at.dataframe[0].value.set_index("desk").loc["Robin Sample", ["team", "role"]].tolist() == ["", "Recruiter"]


def test_the_tables_can_be_downloaded_and_a_roster_uploaded(at):
    assert [button.label for button in at.get("download_button")] == ["CSV", "Excel"] * 2
    assert [link.label for link in at.get("page_link")] == ["Upload a roster"]


def test_contact_details_are_kept_only_when_switched_on_and_forgotten_on_request(at, firm):
    assert at.toggle(key="contacts").value is False
    at.toggle(key="contacts").set_value(True).run()
    assert firm.settings()["contacts"] is True
    line = {"person": "Avery Sample", "party": "candidate", "kind": "email", "value": "a@example.com", "source": "x"}
    firm.save_contacts(pd.DataFrame([line]))
    at.run()
    assert "1 contact detail of 1 person" in said(at)
    assert not [button for button in at.button if button.key == "forget"]
    at.toggle(key="contacts").set_value(False).run()
    assert firm.settings()["contacts"] is False
    at.button(key="forget").click().run()
    assert len(firm.contact_points()) == 1
    at.button(key="forget_confirmed").click().run()
    assert not at.exception
    assert firm.contact_points().empty
    assert "0 contact details" in said(at)


def test_the_time_zone_of_the_firm_is_saved_when_chosen(at, firm):
    assert "Not saved yet" in said(at)
    at.selectbox(key="time_zone").set_value("America/Chicago").run()
    assert not at.exception
    assert firm.settings()["time_zone"] == "America/Chicago"
    assert "Not saved yet" not in said(at)


def test_the_zone_of_the_browser_is_proposed_and_saved_by_a_click(firm, open_page, monkeypatch):
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.timezone", "Europe/Berlin")
    at = open_page("data/people")
    assert at.selectbox(key="time_zone").value == "Europe/Berlin"
    assert "time_zone" not in firm.settings()
    at.button(key="use_zone").click().run()
    assert firm.settings()["time_zone"] == "Europe/Berlin"
