"""When a contractor whom support has is due back with care: after the last of their tickets there is resolved."""

from __future__ import annotations

from typing import Any

import pandas as pd

from quality.handoffs import RULE, back_to_care, moves
from quality.obligation_rules import BY_NAME, RULES
from quality.support import tickets
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of
from tests.quality.test_handoffs import ROSTER, TODAY, handed, ticket, told

#: T1 goes to support on Monday 2 November and is resolved on Wednesday the 4th: Avery is due back by the 11th.
FIRST = [
    ticket("2026-11-02 09:00"),
    handed("2026-11-02 10:00", "Desk 08", "Desk 09", ref="T1"),
    ticket("2026-11-04 09:00", "ticket_resolved"),
]
DUE = pd.Timestamp("2026-11-11 23:59:59")


def second(opened: str, resolved: str | None = None, **more: Any) -> list[dict[str, Any]]:
    """Another ticket of Avery, which support takes itself."""
    rows = [ticket(opened, ref="T2", assignee="Desk 09", **more)]
    return rows + ([ticket(resolved, "ticket_resolved", ref="T2")] if resolved else [])


def returned(engine: Engine, *rows: dict[str, Any], answers: pd.DataFrame | None = None) -> list[list[Any]]:
    log = engine(frame_of([*FIRST, *rows]))
    held = tickets(log, as_of=TODAY, rules=RULES, answers=answers).rows
    made = moves(log, as_of=TODAY, roster=ROSTER)
    found = back_to_care(held, made, BY_NAME[RULE], as_of=TODAY, roster=ROSTER)
    return told(found, "status", "due_at")


def test_nobody_is_due_back_while_another_ticket_is_with_support(engine: Engine) -> None:
    assert returned(engine) == [["overdue", DUE]]
    assert returned(engine, *second("2026-11-03 09:00")) == [["there", None]]
    # One that came in when Avery was overdue: nobody is to give back whom support works for.
    assert returned(engine, *second("2026-11-16 09:00")) == [["there", None]]


def test_another_ticket_that_was_handed_to_support_counts_as_one_it_took(engine: Engine) -> None:
    rows = [ticket("2026-11-03 09:00", ref="T2"), handed("2026-11-05 10:00", "Desk 08", "Desk 09", ref="T2")]
    assert returned(engine, *rows) == [["there", None], ["there", None]]


def test_the_days_count_from_the_last_ticket_that_came_in_before_they_were_due_back(engine: Engine) -> None:
    last = pd.Timestamp("2026-11-24 23:59:59")
    assert returned(engine, *second("2026-11-03 09:00", "2026-11-17 09:00")) == [["open", last]]
    assert returned(engine, *second("2026-11-11 09:00", "2026-11-17 09:00")) == [["open", last]]
    assert returned(engine, *second("2026-11-12 09:00", "2026-11-17 09:00")) == [["overdue", DUE]]


def test_who_is_back_is_back_whatever_comes_in_later(engine: Engine) -> None:
    back = handed("2026-11-05 09:00", "Desk 09", "Desk 08")
    assert returned(engine, back, *second("2026-11-06 09:00")) == [["kept", DUE]]
    late = handed("2026-11-12 09:00", "Desk 09", "Desk 08")
    assert returned(engine, late, *second("2026-11-16 09:00")) == [["late", DUE]]


def test_a_ticket_that_is_not_with_support_or_of_somebody_else_keeps_nobody_there(engine: Engine) -> None:
    assert returned(engine, ticket("2026-11-03 09:00", ref="T2", assignee="Desk 02")) == [["overdue", DUE]]
    assert returned(engine, *second("2026-11-03 09:00", candidate="Blake Sample")) == [["overdue", DUE]]
