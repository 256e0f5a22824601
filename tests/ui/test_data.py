"""What pages are given: the library's own numbers, cut to the choice, and new ones once the history changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from one_standard import save_standard

from loaders import Options, load
from quality.ratios import ratios
from ui import clock, data, intake, judgement
from ui.spans import Filters

ASKED = Filters(date(2026, 11, 23), date(2026, 8, 24), date(2026, 11, 22), "Last 13 weeks", "activity")
MORE = """occurred_at,desk,activity,candidate,job
2026-11-02,Desk 01,send_out,Drew Sample,Job 1
"""


def counts(frame: pd.DataFrame, unit: str, ratio: str) -> tuple[int, int]:
    row = frame[(frame["unit"] == unit) & (frame["ratio"] == ratio)].iloc[0]
    return int(row["upstream"]), int(row["downstream"])


def test_the_numbers_are_those_of_the_library(filled):
    expected = ratios(
        filled.log(), as_of=ASKED.as_of, start=ASKED.start, end=ASKED.end, by="desk", roster=filled.roster()
    )
    pd.testing.assert_frame_equal(data.ratio_frame(ASKED), expected)
    assert counts(data.ratio_frame(ASKED), "Desk 01", "send_out_to_fill") == (2, 1)


@pytest.mark.parametrize("start", [date(2019, 1, 1), date(2024, 1, 1), ASKED.end])
def test_the_numbers_of_many_years_and_of_a_day_are_those_of_the_library(filled, start):
    asked = replace(ASKED, start=start)
    expected = ratios(filled.log(), as_of=asked.as_of, start=start, end=asked.end, roster=filled.roster())
    pd.testing.assert_frame_equal(data.ratio_frame(asked), expected)


def test_every_span_of_the_last_years_is_cut_out_of_one_tally(filled, afresh, monkeypatch):
    asked, gather = [], data.gather
    monkeypatch.setattr(data, "gather", lambda log, **day: asked.append(day["as_of"]) or gather(log, **day))
    for start in (date(2025, 12, 1), date(2026, 10, 1)):
        data.ratio_frame(replace(ASKED, as_of=clock.today(), start=start))
    assert judgement.reviewed() is not None
    assert asked == [clock.today()]


def test_an_import_is_in_the_numbers_at_once_and_out_again_when_it_is_undone(filled):
    assert counts(data.ratio_frame(ASKED), "Desk 01", "send_out_to_fill") == (2, 1)
    intake.store_loaded([load(MORE.encode(), "more.csv", Options())])
    assert counts(data.ratio_frame(ASKED), "Desk 01", "send_out_to_fill") == (3, 1)
    filled.undo(2)
    assert counts(data.ratio_frame(ASKED), "Desk 01", "send_out_to_fill") == (2, 1)


def test_a_stored_standard_is_in_force(filled):
    save_standard(filled, "send_out_to_fill", 5, effective_from=date(2026, 1, 1))
    frame = data.ratio_frame(ASKED)
    assert set(frame.loc[frame["ratio"] == "send_out_to_fill", "standard"]) == {5.0}


@pytest.mark.parametrize(
    ("choice", "units"),
    [
        ({}, {"Desk 01", "Desk 02"}),
        ({"team": "North"}, {"Desk 01"}),
        ({"desks": ("Desk 02",)}, {"Desk 02"}),
        ({"team": "North", "desks": ("Desk 01",)}, {"Desk 01"}),
    ],
)
def test_the_choice_of_team_and_desks_cuts_the_frame(filled, choice, units):
    assert set(data.ratio_frame(replace(ASKED, **choice))["unit"]) == units


def test_the_chosen_team_is_the_only_one_among_teams(filled):
    assert set(data.ratio_frame(replace(ASKED, team="South"), by="team")["unit"]) == {"South"}


def test_a_desk_belongs_to_its_team_while_the_roster_says_so(filled):
    filled.save_roster(
        pd.DataFrame(
            {
                "desk": ["Desk 01", "Desk 01"],
                "team": ["North", "South"],
                "starts_on": pd.to_datetime([None, "2026-10-01"]),
                "ends_on": pd.to_datetime(["2026-09-30", None]),
            }
        )
    )
    assert data.desks_of("North", date(2026, 9, 30), date(2026, 9, 30)) == ["Desk 01"]
    assert data.desks_of("North", date(2026, 10, 1), date(2026, 10, 31)) == []
    assert data.desks_of("South", date(2026, 9, 1), date(2026, 10, 31)) == ["Desk 01"]


def test_the_rows_behind_a_number_reconcile_with_it(filled):
    behind = data.evidence(ASKED, "send_out_to_fill", "Desk 01")
    assert behind["counted_as"].value_counts().to_dict() == {"upstream": 2, "downstream": 1}


def test_activity_is_looked_for_at_the_chosen_desks_only_and_never_ahead(filled):
    assert data.has_activity(ASKED)
    assert not data.has_activity(replace(ASKED, desks=("Desk 02",)))
    assert not data.has_activity(replace(ASKED, as_of=date(2026, 10, 4)))
    assert data.last_day(date(2026, 11, 23)) == date(2026, 10, 20)
    assert data.last_day(date(2026, 10, 19)) == date(2026, 10, 6)
    assert data.last_day(date(2026, 11, 23), ("Desk 02",)) == date(2026, 3, 3)
    assert data.last_day(date(2020, 1, 1)) is None


def test_a_history_is_new_until_something_is_imported(history):
    assert data.is_new()
    intake.store_loaded([load(MORE.encode(), "more.csv", Options())])
    assert not data.is_new()
    history.undo(1)
    assert not data.is_new()
