"""What a rule says ends it early does: nothing is owed any more from that moment on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quality.obligation_forms import Rule
from quality.obligation_rules import RULES
from quality.obligations import obligations
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 11, 20)
ORDER = {"candidate": "Avery Sample", "client": "Example Works", "job": "Order 1"}
#: State -> what begins it, on Monday 2 November unless it must be older.
BEGUN = {
    "active_candidate": [("2026-11-02", "interview")],
    "open_order": [("2026-11-02", "contract")],
    "accepted": [("2026-11-02", "offer_accepted")],
    "first_120_days": [("2026-11-02", "start")],
    "rest_of_contract": [("2026-06-01", "start"), ("2026-11-02", "touch")],
    "running_assignment": [("2026-11-02", "start")],
}
_ENDS = ("end", "start", "offer_accepted", "offer_declined")
#: State -> the activities that end it; silence and a planned end that has passed end it too.
ENDINGS = {
    "active_candidate": ("fill", "offer_declined", "rejected"),
    "open_order": ("contract_closed", "fill"),
    "accepted": ("start", "end", "offer_declined"),
    "first_120_days": _ENDS,
    "rest_of_contract": _ENDS,
    "running_assignment": _ENDS,
}
#: Rules whose last day follows from what begins the state alone.
LIVING = [rule for rule in RULES if rule.living and rule.on and rule.unit != "before_end"]


def at(day: str, activity: str) -> dict[str, Any]:
    party = "client" if activity in ("contract", "contract_closed") else "candidate"
    return row(f"{day} 09:00", "Desk 01", activity, **{"party": party, **ORDER})


@pytest.mark.parametrize(("rule", "ending"), [(rule, one) for rule in LIVING for one in ENDINGS[rule.living]])
def test_what_closes_a_rule_ends_what_it_asks_for(engine: Engine, rule: Rule, ending: str) -> None:
    begun = [at(*one) for one in BEGUN[rule.living or "accepted"]]
    ended = [*begun, at("2026-11-04", ending)]
    first, *_ = of_second_november(engine, begun, rule)
    assert first["status"] in ("open", "overdue")
    left = of_second_november(engine, ended, rule)
    assert all(one["status"] == "waived" for one in left)
    assert [f"{one['closed_at']:%m-%d}" for one in left] == ["11-04"] * len(left)


def of_second_november(engine: Engine, rows: list[dict[str, Any]], rule: Rule) -> list[dict[str, Any]]:
    found = obligations(engine(frame_of(rows)), as_of=AS_OF, rules=[rule]).to_dict("records")
    return [one for one in found if f"{one['triggered_at']:%m-%d}" == "11-02"]
