"""Who works for recruiting, account management, care or support: by the role, else by the name, on each day."""

from __future__ import annotations

import narwhals as nw
import pandas as pd
import pytest

from quality.desk_sides import is_support, sides
from tests.quality.conftest import Engine

ROSTER = pd.DataFrame(
    {
        "desk": ["Desk 01", "Desk 02", "Desk 08", "Desk 08", "Desk 09", "Old Support"],
        "team": None,
        "role": ["recruiter", "account_executive", "contractor care", "support", "support", "recruiter"],
        "starts_on": pd.to_datetime([None, None, None, "2026-11-16", None, None]),
        "ends_on": pd.to_datetime([None, None, "2026-11-15", None, None, None]),
    }
)
EARLY, LATE = pd.Timestamp("2026-11-15"), pd.Timestamp("2026-11-16")
CASES = [
    ("Desk 01", EARLY, "recruiting"),
    ("Desk 02", EARLY, "accounts"),
    ("Desk 08", EARLY, "care"),
    ("Desk 08", LATE, "support"),
    ("Desk 09", EARLY, "support"),
    ("Old Support", LATE, "recruiting"),
    ("Care Desk Demo", EARLY, "care"),
    ("Contractor_Support", EARLY, "support"),
    ("Supported Living", EARLY, "not_said"),
    ("Careers Desk", EARLY, "not_said"),
    ("Desk 07", EARLY, "not_said"),
    (None, EARLY, "not_said"),
]


@pytest.mark.parametrize(("desk", "day", "side"), CASES)
def test_the_side_of_a_desk_is_told_by_its_role_on_that_day_else_by_its_name(desk, day, side) -> None:
    assert sides(pd.Series([desk], dtype="str"), ROSTER, pd.Series([day])).tolist() == [side]


@pytest.mark.parametrize("roster", [ROSTER, ROSTER.drop(columns="role"), None])
def test_the_engine_knows_the_same_desks_as_those_of_support(engine: Engine, roster: pd.DataFrame | None) -> None:
    asked = pd.DataFrame({"to": [desk for desk, *_ in CASES], "day": [day for _, day, _ in CASES]}).astype(
        {"to": "str"}
    )
    rows = nw.from_native(engine(asked)).lazy().with_columns(found=is_support("to", roster))
    found = rows.collect("pandas").to_native().sort_values(["to", "day"])
    told = asked.sort_values(["to", "day"])
    assert found["found"].tolist() == (sides(told["to"], roster, told["day"]) == "support").tolist()
