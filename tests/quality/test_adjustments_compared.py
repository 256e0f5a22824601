"""What came of a change: who is compared with whom, and changes of an activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from changes import AT, active, effect_of, follow, steps, weeks_of

from quality.catalogue import MEASURES


def teams(**of: str) -> pd.DataFrame:
    """Desks by number: ``d1="North"``."""
    return pd.DataFrame(
        [
            {"desk": f"Desk 0{name[1:]}", "team": team, "starts_on": pd.NaT, "ends_on": pd.NaT}
            for name, team in of.items()
        ]
    )


# --- who is compared -------------------------------------------------------------------------------------------------

FOUR = weeks_of([steps(10, 20)] * 4, [steps(2, 10), steps(2, 4), steps(3, 6), steps(5, 10)])


def test_a_desk_is_compared_with_the_rest_of_its_team() -> None:
    [found] = follow(FOUR, {}, roster=teams(d1="North", d2="North", d3="South", d4="South"))
    others = found.effects[0].others
    assert others
    assert (others.team, others.desks) == ("North", 1)
    assert (others.before.per, others.before.count, others.after.per, others.after.count) == (130, 26, 260, 52)
    assert others.better == pytest.approx(0.5, abs=0.03)
    assert others.more
    assert others.more > 0.99


@pytest.mark.parametrize("roster", [None, teams(d2="North"), teams(d1="Alone", d2="North")])
def test_without_team_mates_a_desk_is_compared_with_the_company(roster: pd.DataFrame | None) -> None:
    [found] = follow(FOUR, {}, roster=roster)
    others = found.effects[0].others
    assert others
    assert (others.team, others.desks, others.before.count) == ("", 3, 26 + 39 + 65)


def test_a_team_is_compared_with_the_other_desks_and_the_company_with_nobody() -> None:
    roster = teams(d1="North", d2="North", d3="South", d4="South")
    team, company = follow(FOUR, {"level": "team", "name": "North"}, {"level": "company", "name": ""}, roster=roster)
    own, others = team.effects[0].before, team.effects[0].others
    assert own
    assert others
    assert (own.per, own.count) == (260, 52)
    assert (others.team, others.desks, others.before.count) == ("", 2, 39 + 65)
    whole = company.effects[0]
    assert whole.before
    assert whole.before.count == 26 + 26 + 39 + 65
    assert whole.others is None


def test_a_desk_that_was_not_there_throughout_is_not_compared_with() -> None:
    there = np.ones((4, 30), dtype=int)
    there[3, AT:] = 0
    [found] = follow(replace(FOUR, volumes=dict.fromkeys(MEASURES, there)), {})
    others = found.effects[0].others
    assert others
    assert (others.desks, others.before.count) == (2, 26 + 39)


def test_others_with_too_little_are_shown_and_not_judged() -> None:
    thin = weeks_of([steps(10, 20), [0] * 30], [steps(2, 10), [0] * 30])
    others = follow(thin)[0].effects[0].others
    assert others
    assert (others.desks, others.better, others.more) == (1, None, None)


def test_other_changes_of_the_same_weeks_are_named() -> None:
    lines = (
        {},
        {"level": "team", "name": "North", "made_on": date(2025, 1, 13)},
        {"level": "company", "name": "", "measure": "", "made_on": date(2025, 7, 20)},
        {"name": "Desk 02", "measure": "interview"},
        {"name": "Desk 03"},
        {"measure": "call_to_hit"},
        {"made_on": date(2025, 1, 12)},
        {"made_on": date(2025, 7, 21)},
    )
    found = follow(FOUR, *lines, roster=teams(d1="North", d2="North", d3="South", d4="South"))[0]
    assert sorted(entry.number for entry in found.near) == [2, 3]
    assert [entry.number for entry in found.elsewhere] == [4]


# --- activities ------------------------------------------------------------------------------------------------------


def test_an_activity_is_counted_per_working_day() -> None:
    found = effect_of(active(steps(10, 20, own_week=90), steps(10, 10)), measure="interview")
    before, after, others = found.before, found.after, found.others
    assert before
    assert after
    assert others
    assert (before.per, before.count, before.value) == (65, 130, 2.0)
    assert (after.per, after.count, after.value) == (65, 260, 4.0)
    assert found.better == pytest.approx(1, abs=1e-6)
    assert (others.before.value, others.after.value) == (2.0, 2.0)


def test_weeks_of_absence_do_not_lower_a_pace() -> None:
    days = np.full((1, 30), 5.0)
    volume = steps(10, 10, own_week=10)
    days[0, 20:24], volume[20:24] = 0, [0] * 4
    [found] = follow(active(volume), {"measure": "interview"}, days=days)
    after = found.effects[0].after
    assert after
    assert (after.per, after.count, after.value) == (45, 90, 2.0)


def test_an_activity_that_never_occurs_is_not_judged() -> None:
    assert effect_of(active([0] * 30), measure="interview").status == "few_before"
    assert effect_of(active(steps(10, 0)), measure="interview").status == "judged"
