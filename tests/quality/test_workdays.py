"""Working days by country, and how many of them each desk was there. Holidays: the published calendars of 2026."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.workdays import Workdays, countries, subdivisions

PLAIN, US = Workdays(), Workdays("US")
#: Thanksgiving is Thursday 26 November 2026.
MONDAYS = [date(2026, 11, 16), date(2026, 11, 23)]


def frame(columns: list[str], *lines: tuple[str | None, ...]) -> pd.DataFrame:
    days = {"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"}
    return pd.DataFrame(lines, columns=columns).astype(days)


def roster(*lines: tuple[str | None, ...]) -> pd.DataFrame:
    return frame(["desk", "team", "starts_on", "ends_on"], *lines)


def away(*lines: tuple[str | None, ...]) -> pd.DataFrame:
    return frame(["desk", "starts_on", "ends_on"], *lines)


def test_without_a_country_monday_to_friday_are_working_days():
    assert PLAIN.days(date(2026, 11, 21), date(2026, 11, 30)) == (
        *(date(2026, 11, day) for day in (23, 24, 25, 26, 27)),
        date(2026, 11, 30),
    )
    assert PLAIN.names(date(2026, 1, 1), date(2026, 12, 31)) == {}


def test_a_public_holiday_is_no_working_day_and_has_a_name():
    assert US.names(date(2026, 11, 23), date(2026, 12, 31)) == {
        date(2026, 11, 26): "Thanksgiving Day",
        date(2026, 12, 25): "Christmas Day",
    }
    assert len(US.days(date(2026, 11, 23), date(2026, 11, 29))) == 4


def test_a_holiday_on_a_weekend_is_taken_when_it_is_observed():
    # 4 July 2026 is a Saturday; the Friday before it is off.
    assert US.names(date(2026, 7, 1), date(2026, 7, 10)) == {date(2026, 7, 3): "Independence Day (observed)"}


def test_a_part_of_a_country_has_holidays_of_its_own():
    epiphany = date(2026, 1, 6)
    assert Workdays("DE", "BY").names(epiphany, epiphany) == {epiphany: "Epiphany"}
    assert Workdays("DE", "BE").names(epiphany, epiphany) == {}


def test_holidays_of_two_years_are_found_across_new_year():
    found = US.names(date(2026, 12, 24), date(2027, 1, 4))
    assert list(found) == [date(2026, 12, 25), date(2027, 1, 1)]


def test_days_that_are_left_begin_after_the_day_that_is_over():
    assert US.left(date(2026, 11, 24), date(2026, 11, 30)) == 3
    assert US.left(date(2026, 11, 30), date(2026, 11, 30)) == 0
    assert US.left(date(2026, 12, 5), date(2026, 11, 30)) == 0


def test_a_desk_is_there_on_every_working_day_unless_something_says_otherwise():
    assert US.available(["Desk 01"], MONDAYS).tolist() == [[5, 4]]
    assert PLAIN.available(["Desk 01"], pd.DatetimeIndex(MONDAYS)).tolist() == [[5, 5]]


def test_a_joiner_is_there_from_the_first_day_and_a_leaver_to_the_last():
    lines = roster(
        ("Joiner", "A", "2026-11-18", None), ("Leaver", "A", None, "2026-11-24"), ("Later", "A", "2027-01-01", None)
    )
    found = PLAIN.available(["Joiner", "Leaver", "Later", "Unlisted"], MONDAYS, lines)
    assert found.tolist() == [[3, 5], [5, 2], [0, 0], [5, 5]]


def test_a_change_of_team_is_no_absence_and_a_gap_is():
    moved = roster(("Desk 01", "A", None, "2026-11-17"), ("Desk 01", "B", "2026-11-18", None))
    back = roster(("Desk 01", "A", None, "2026-11-17"), ("Desk 01", "A", "2026-11-24", None))
    assert PLAIN.available(["Desk 01"], MONDAYS, moved).tolist() == [[5, 5]]
    assert PLAIN.available(["Desk 01"], MONDAYS, back).tolist() == [[2, 4]]


def test_absences_are_taken_off_once_even_where_they_overlap_or_fall_on_a_holiday():
    lines = away(
        ("Desk 01", "2026-11-19", "2026-11-23"),
        ("Desk 01", "2026-11-23", "2026-11-23"),
        ("Desk 01", "2026-11-26", "2026-11-26"),
        ("Desk 09", "2026-11-16", "2026-11-27"),
    )
    assert US.available(["Desk 01", "Desk 02"], MONDAYS, None, lines).tolist() == [[3, 3], [5, 4]]


def test_no_weeks_and_no_desks_are_empty_arrays():
    assert US.available(["Desk 01"], []).shape == (1, 0)
    assert US.available([], MONDAYS).shape == (0, 2)


def test_the_setting_of_the_firm_names_country_and_part():
    assert Workdays.stored(None) == Workdays()
    assert Workdays.stored({"country": "US", "subdivision": None}) == US
    assert Workdays.stored({"country": "DE", "subdivision": "BY"}) == Workdays("DE", "BY")


@pytest.mark.parametrize(("country", "part"), [("XX", None), ("US", "BY"), ("USA", None)])
def test_places_that_are_not_known_are_refused(country, part):
    with pytest.raises(ValueError, match="public holidays"):
        Workdays(country, part)


def test_countries_and_parts_have_names_in_order():
    named = countries()
    assert (named["US"], named["DE"], named["CD"], named["AG"]) == (
        "United States",
        "Germany",
        "DR Congo",
        "Antigua and Barbuda",
    )
    assert list(named.values()) == sorted(named.values())
    assert subdivisions("GB")["SCT"] == "Scotland"
    assert list(subdivisions("SG")) == []
