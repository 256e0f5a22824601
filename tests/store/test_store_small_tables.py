"""Roster, settings, minimum standards and layouts come back as they were saved."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from one_standard import save_standard

from store import History, StoreError

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def roster_of(*lines: tuple[str | None, str | None, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=["desk", "team", "starts_on", "ends_on"])
    return frame.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})


def test_an_empty_history_has_empty_small_tables(history):
    assert history.roster().columns.tolist() == ["desk", "team", "role", "starts_on", "ends_on"]
    assert history.roster().empty
    assert history.standards().empty
    assert history.settings() == {}
    assert history.layouts() == {}


def test_the_roster_comes_back_in_order_with_open_ends_empty(history):
    history.save_roster(roster_of(("Desk 02", "Team B", None, None), ("Desk 01", "Team B", "2026-02-01", None)))
    history.save_roster(
        roster_of(
            ("Desk 02", "Team B", None, None),
            ("Desk 01", "Team B", "2026-02-01", None),
            ("Desk 01", "Team A", "2025-01-01", "2026-01-31"),
        )
    )
    expected = roster_of(
        ("Desk 01", "Team A", "2025-01-01", "2026-01-31"),
        ("Desk 01", "Team B", "2026-02-01", None),
        ("Desk 02", "Team B", None, None),
    )
    found = history.roster()
    assert found["role"].isna().all()
    pd.testing.assert_frame_equal(found.drop(columns="role"), expected.astype({"desk": "str", "team": "str"}))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ((None, "Team A", None, None), "a line of Team A names no desk"),
        (("Desk 03", None, None, None), "Desk 03 has neither a team nor a role"),
        (("Desk 03", " ", None, None), "Desk 03 has neither a team nor a role"),
        (
            ("Desk 03", "Team A", "2026-02-01", "2026-01-31"),
            "Desk 03 ends on 2026-01-31, before it starts on 2026-02-01",
        ),
    ],
    ids=["no desk", "no team", "blank team", "ends before it starts"],
)
def test_an_impossible_roster_is_refused_in_words_and_the_old_one_stays(history, line, told):
    history.save_roster(roster_of(("Desk 01", "Team A", None, None)))
    with pytest.raises(StoreError) as refused:
        history.save_roster(roster_of(("Desk 02", "Team A", None, None), line))
    assert refused.value.code == "bad_value"
    assert refused.value.reason == f"1 line of the roster cannot be used: {told}."
    assert history.roster()["desk"].tolist() == ["Desk 01"]


def test_of_many_impossible_lines_three_are_named_and_the_others_counted(history):
    with pytest.raises(StoreError) as refused:
        history.save_roster(roster_of(*((f"Desk 0{number}", None, None, None) for number in range(1, 6))))
    assert refused.value.reason.startswith("5 lines of the roster cannot be used: Desk 01 has neither a team")
    assert refused.value.reason.endswith("Desk 03 has neither a team nor a role; and 2 more.")


def test_a_role_without_a_team_is_kept_and_the_team_comes_back_missing(history):
    history.save_roster(roster_of(("Desk 01", None, None, None)).assign(role="recruiter"))
    assert history.roster()[["desk", "role"]].to_numpy().tolist() == [["Desk 01", "recruiter"]]
    assert history.roster()["team"].isna().all()


def test_a_setting_keeps_its_last_value_whatever_json_can_say(history, tmp_path):
    history.save_setting("guarantee_days", 90)
    history.save_setting("guarantee_days", 60)
    history.save_setting("hit_outcomes", ["interested", "referral"])
    assert History(tmp_path).settings() == {"guarantee_days": 60, "hit_outcomes": ["interested", "referral"]}


def test_a_setting_that_json_cannot_say_is_refused(history):
    with pytest.raises(ValueError, match="JSON"):
        history.save_setting("horizon", float("nan"))
    assert history.settings() == {}


def test_standards_are_kept_and_the_one_that_holds_on_a_day_is_found(history):
    save_standard(history, "call_to_hit", 12, effective_from=date(2026, 1, 1), now=NOW)
    save_standard(history, "call_to_hit", 10, effective_from=date(2026, 7, 1), now=NOW)
    save_standard(history, "call_to_hit", 8, level="desk", name="Desk 01", effective_from=date(2026, 1, 1), now=NOW)
    save_standard(history, "call_to_hit", 11, effective_from=date(2026, 1, 1), now=NOW)
    assert len(history.standards()) == 4
    columns = ["standard", "level", "name"]
    on = {day: history.standards(date(*day))[columns].to_numpy().tolist() for day in [(2025, 12, 31), (2026, 6, 30)]}
    assert on == {(2025, 12, 31): [], (2026, 6, 30): [[8.0, "desk", "Desk 01"], [11.0, "company", ""]]}
    july = history.standards(date(2026, 7, 1))
    assert july[july["level"] == "company"]["standard"].tolist() == [10.0]
    assert july["effective_from"].tolist() == [pd.Timestamp(2026, 1, 1), pd.Timestamp(2026, 7, 1)]


@pytest.mark.parametrize(
    ("standard", "level", "name"),
    [
        (0, "company", ""),
        (float("inf"), "company", ""),
        (5, "house", ""),
        (5, "team", ""),
        (5, "company", "Team A"),
    ],
)
def test_a_standard_that_cannot_be_is_refused(history, standard, level, name):
    with pytest.raises(StoreError) as refused:
        save_standard(history, "call_to_hit", standard, level=level, name=name, effective_from=date(2026, 1, 1))
    assert refused.value.code == "bad_value"
    assert history.standards().empty


def test_a_layout_keeps_its_last_text(history):
    history.save_layout("ours", "title = 'Ours'", now=NOW)
    history.save_layout("ours", "title = 'Ours, mended'", now=NOW)
    history.save_layout("another", "title = 'Another'", now=NOW)
    assert history.layouts() == {"another": "title = 'Another'", "ours": "title = 'Ours, mended'"}


def test_a_removed_layout_is_gone_and_the_others_stay(history):
    history.save_layout("ours", "title = 'Ours'")
    history.save_layout("another", "title = 'Another'")
    history.remove_layout("ours")
    history.remove_layout("never there")
    assert history.layouts() == {"another": "title = 'Another'"}


def test_saved_layouts_come_as_documents_under_the_name_they_were_saved_by(history):
    assert history.own_layouts() == ()
    history.save_layout("b", "name = 'typed'\n[columns]\ndesk = ['Owner']")
    history.save_layout("a", "title = 'First'")
    assert history.own_layouts() == (
        {"title": "First", "name": "a"},
        {"name": "b", "columns": {"desk": ["Owner"]}},
    )


@pytest.mark.parametrize(("name", "toml"), [("", "title = 'Ours'"), (" ", ""), ("ours", "title = ")])
def test_a_layout_without_a_name_or_that_is_not_toml_is_refused(history, name, toml):
    history.save_layout("ours", "title = 'Ours'")
    with pytest.raises(StoreError) as refused:
        history.save_layout(name, toml)
    assert refused.value.code == "bad_value"
    assert history.layouts() == {"ours": "title = 'Ours'"}


@pytest.mark.parametrize(
    ("key", "value"), [("time_zone", "America/Chicago"), ("time_zone", None), ("contacts", True), ("contacts", False)]
)
def test_the_time_zone_and_the_wish_to_keep_contacts_are_settings(history, key, value):
    history.save_setting(key, value)
    assert history.settings() == {key: value}


@pytest.mark.parametrize(
    ("key", "value"), [("time_zone", "Chicago"), ("time_zone", 6), ("contacts", "yes"), ("contacts", 1)]
)
def test_a_time_zone_that_does_not_exist_or_half_a_wish_is_refused(history, key, value):
    with pytest.raises(StoreError) as refused:
        history.save_setting(key, value)
    assert refused.value.code == "bad_value"
    assert history.settings() == {}


def contacts_of(*lines: tuple[str | None, ...]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["person", "party", "kind", "value", "source"])


def test_contact_points_are_kept_once_and_forgotten_when_told_so(history, tmp_path):
    phone = ("Avery Sample", "candidate", "phone", "+1 555 0100", "phone_log")
    mail = ("Casey Sample", None, "email", "casey@example.com", None)
    history.save_contacts(contacts_of(mail, phone))
    history.save_contacts(contacts_of(mail, phone))
    found = history.contact_points()
    assert found.columns.tolist() == ["person", "party", "kind", "value", "source"]
    assert found.astype("object").where(found.notna(), None).to_numpy().tolist() == [list(phone), list(mail)]
    history.forget_contacts()
    assert history.contact_points().empty
    assert not any(b"+1 555 0100" in path.read_bytes() for path in tmp_path.glob("touchline.sqlite*"))


def test_a_contact_point_of_nobody_is_refused_and_none_is_saved(history):
    with pytest.raises(StoreError) as refused:
        history.save_contacts(contacts_of(("Avery Sample", None, "phone", "1", None), (None, None, "phone", "2", None)))
    assert refused.value.code == "bad_value"
    assert history.contact_points().empty


def test_a_moment_without_a_time_zone_is_refused(history):
    with pytest.raises(ValueError, match="time zone"):
        history.save_layout("ours", "", now=NOW.replace(tzinfo=None))
