"""The review of a firm: which weeks, which working days, whose signals, and what must not matter."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from chains import Plan, gathered
from firms import for_everybody
from numpy.testing import assert_array_equal
from pandas.testing import assert_frame_equal

from quality.review import Review, review
from quality.rules import Rules
from quality.verdicts import COLUMNS
from quality.weekly import Gathered
from quality.workdays import Workdays

#: Four desks from Monday 6 January 2025 on; the last of 40 weeks ends on Sunday 12 October 2025.
WEEKS, LAST = 40, date(2025, 10, 12)


@pytest.fixture(scope="module")
def counted() -> Gathered:
    return gathered(3, Plan(halved="call_to_hit", changed=1, at=28), desks=4, weeks=WEEKS)


@pytest.fixture(scope="module")
def desks(counted: Gathered) -> Review:
    return review(counted)


def line(desk: str, team: str = "", start: str | None = None, end: str | None = None) -> dict[str, object]:
    return {"desk": desk, "team": team, "starts_on": pd.Timestamp(start), "ends_on": pd.Timestamp(end)}


def table(*lines: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(lines).astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})


NORTH_AND_SOUTH = table(*(line(f"Desk {n:02d}", "North" if n < 3 else "South") for n in range(1, 5)))


def test_the_last_week_closed_by_a_day_is_found_by_its_sunday(desks: Review) -> None:
    assert desks.week() == WEEKS - 1
    assert desks.week(LAST) == WEEKS - 1
    assert desks.week(date(2025, 10, 11)) == WEEKS - 2
    assert desks.week(date(2025, 1, 12)) == 0
    assert desks.week(date(2024, 1, 1)) == 0


def test_verdicts_are_those_of_the_last_week_closed_by_a_day(desks: Review) -> None:
    now, then = desks.verdicts(), desks.verdicts(date(2025, 3, 2))
    assert tuple(now.columns) == COLUMNS
    assert now["unit"].tolist() == [f"Desk {n:02d}" for n in range(1, 5) for _ in range(7)]
    assert set(then["weeks"]) == {8}
    assert desks.verdicts(LAST).equals(now)


def test_a_halving_of_one_desk_is_the_signal_of_that_desk(desks: Review) -> None:
    found = desks.signals()
    assert ("Desk 01", "call_to_hit", "slump") in set(zip(found["desk"], found["measure"], found["kind"], strict=True))
    assert not ((found["measure"] == "call_to_hit") & (found["kind"] == "slump") & (found["desk"] != "Desk 01")).any()


def test_signals_are_those_of_the_last_year_unless_another_day_is_asked(counted: Gathered, desks: Review) -> None:
    assert desks.signals().equals(desks.signals(date(2024, 10, 13)))
    late = desks.signals(date(2025, 9, 1))
    assert (late["active"] | (late["raised_on"] >= date(2025, 9, 1))).all()


def test_working_days_are_five_a_week_without_holidays_and_absences(counted: Gathered) -> None:
    away = table({"desk": "Desk 02", "starts_on": "2025-02-03", "ends_on": "2025-02-05"})
    found = review(counted, workdays=Workdays("US"), absences=away)
    assert found.days[0, 0] == 5
    assert found.days[0, 2] == 4  # Martin Luther King Jr. Day, 20 January 2025
    assert found.days[:, 4].tolist() == [5, 2, 5, 5]


def test_a_desk_has_no_days_before_it_joins(counted: Gathered) -> None:
    found = review(counted, roster=table(line("Desk 03", "North", "2025-01-15"), line("Desk 04", "North")))
    assert found.days[2, :3].tolist() == [0, 3, 5]
    assert found.days[3, :3].tolist() == [5, 5, 5]


def test_a_team_has_the_days_and_the_counts_of_its_desks_and_the_company_those_of_all(counted: Gathered) -> None:
    teams = review(counted, by="team", roster=NORTH_AND_SOUTH)
    company = review(counted, by="company", roster=NORTH_AND_SOUTH)
    desks = review(counted, roster=NORTH_AND_SOUTH)
    assert (teams.weekly.units, company.weekly.units) == (("North", "South"), ("Company",))
    assert_array_equal(teams.days, [desks.days[:2].sum(axis=0), desks.days[2:].sum(axis=0)])
    assert_array_equal(company.days[0], desks.days.sum(axis=0))
    calls = [one.weekly.volumes["recruiting_call"].sum(axis=0) for one in (desks, teams, company)]
    assert_array_equal(calls[0], calls[1])
    assert_array_equal(calls[0], calls[2])


def test_a_desk_that_changes_its_team_counts_for_each_in_its_weeks(counted: Gathered) -> None:
    roster = table(
        line("Desk 01", "North", None, "2025-02-02"),
        line("Desk 01", "South", "2025-02-03", None),
        *(line(f"Desk {n:02d}", "South") for n in range(2, 5)),
    )
    found = review(counted, by="team", roster=roster)
    assert found.days[0, :6].tolist() == [5, 5, 5, 5, 0, 0]
    assert found.days[1, :6].tolist() == [15, 15, 15, 15, 20, 20]


def test_a_standard_is_that_of_the_rules(counted: Gathered) -> None:
    found = review(counted, rules=Rules(standards=for_everybody({"call_to_hit": 7.5}))).verdicts()
    assert set(found.loc[found["ratio"] == "call_to_hit", "standard"]) == {7.5}


@pytest.mark.parametrize("budget", [0.0, -1.0, float("nan")])
def test_a_budget_of_no_false_alerts_cannot_be_kept(counted: Gathered, budget: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        review(counted, false_alerts=budget)


def test_the_volume_of_a_measure_is_per_working_day(desks: Review) -> None:
    calls = desks.weekly.volumes["recruiting_call"]
    found = desks.volume("recruiting_call")
    assert found.paces == pytest.approx(calls / 5)
    assert found.full_weeks.tolist() == [5, 5, 5, 5]


def test_order_of_the_rows_and_names_of_the_desks_change_nothing(counted: Gathered, desks: Review) -> None:
    mixed = counted.counts.sample(frac=1, random_state=1), counted.followed.sample(frac=1, random_state=1)
    names = {f"Desk {n:02d}": f"Z{5 - n}" for n in range(1, 5)}
    renamed = [frame.assign(desk=frame["desk"].map(names)) for frame in mixed]
    here = desks.signals(date.min)
    there = review(Gathered(counted.as_of, counted.weeks, renamed[0], counted.lags, renamed[1])).signals(date.min)
    there = there.assign(desk=there["desk"].map({name: desk for desk, name in names.items()}))
    by = ["raised_on", "desk", "measure", "kind"]
    assert len(here) > 3
    assert_frame_equal(*(frame.sort_values(by, ignore_index=True) for frame in (here, there)), check_dtype=False)


def test_no_signal_is_without_its_counts(desks: Review) -> None:
    found = desks.signals(date.min)
    of_ratios = ~found["kind"].isin(["volume_drop", "volume_rise"])
    assert (found.loc[of_ratios, "upstream"] > 0).all()
    assert (found["weeks"] > 0).all()
    assert found["why"].str.contains(r"\(.*\d").all()
    assert np.isfinite(found["downstream"]).all()
