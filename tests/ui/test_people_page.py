"""People: desks with teams, roles and dates; names that are one person; what is kept about contacts."""

from __future__ import annotations

import pandas as pd
from screens import said


def test_teams_are_shown(filled, open_page):
    shown = open_page("data/people").data_editor[0].value
    assert shown[["desk", "team"]].to_dict("records") == [
        {"desk": "Desk 01", "team": "North"},
        {"desk": "Desk 02", "team": "South"},
    ]


def test_a_changed_team_is_saved(filled, open_page):
    at = open_page("data/people")
    at.session_state[at.data_editor[0].key] = {
        "edited_rows": {0: {"team": "West"}},
        "added_rows": [{"desk": "Desk 03", "team": "West", "starts_on": "2026-10-01"}],
        "deleted_rows": [1],
    }
    at.run()
    at.button(key="save_roster").click().run()
    assert not at.exception
    assert "Roster saved." in said(at)
    saved = filled.roster()
    assert saved[["desk", "team"]].to_dict("records") == [
        {"desk": "Desk 01", "team": "West"},
        {"desk": "Desk 03", "team": "West"},
    ]
    assert saved["starts_on"].tolist()[1] == pd.Timestamp("2026-10-01")


def test_a_line_that_ends_before_it_starts_is_not_saved(filled, open_page):
    before = filled.roster()
    at = open_page("data/people")
    at.session_state[at.data_editor[0].key] = {
        "edited_rows": {0: {"starts_on": "2026-10-01", "ends_on": "2026-09-01"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    at.button(key="save_roster").click().run()
    assert "ends no earlier than it starts" in said(at)
    pd.testing.assert_frame_equal(filled.roster(), before)
