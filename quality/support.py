"""Contractor support: tickets open, overdue and resolved, by kind and topic, and how long they take.

A ticket is due by the rule *ticket_answered* as it was on the day it was opened; see `quality.ticket_pairs` for which
rows make one ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.answers import answered
from quality.client_then import client_then
from quality.due import due
from quality.events import midnight, visible
from quality.obligation_forms import Rule
from quality.promises import side
from quality.spelling import spelt_alike
from quality.ticket_pairs import UNCLEAR, Case, Row, paired, topic_key
from quality.workdays import Workdays

RULE = "ticket_answered"
#: Kind as it stands in the log -> its name; NOT_SAID where the log names none of the two.
NOT_SAID = "not_said"
KINDS = {"experience": "Experience", "adoption": "Adoption", NOT_SAID: "Kind not said"}
MEANINGS = {
    "experience": "what makes the contractor's life easier or harder",
    "adoption": "how contractor and client work together",
    NOT_SAID: "the export names neither experience nor adoption",
}
#: What a ticket can be -> how it is said; ``waived``: somebody answered that it is settled.
STATES = {"open": "Waiting, in time", "overdue": "Overdue", "resolved": "Resolved", "waived": "Settled by an answer"}
TO_DO = ("open", "overdue")
NO_TOPIC = "Topic not said"

#: Columns of the tickets.
COLUMNS = (
    "ticket", "ref", "kind", "topic", "state", "party", "who", "candidate", "client", "job", "desk", "owner",
    "taken_by", "opened_at", "due_at", "resolved_at", "resolved_id", "resolved_by", "hours", "late", "reopened",
)  # fmt: skip
QUESTIONS = ("kind", "activity_id", "ref", "who", "client", "desk", "occurred_at", "sentence")

_TOLD = (
    "activity_id", "occurred_at", "activity", "desk", "party", "candidate", "client", "contact", "job", "outcome",
    "ref", "assignee", "notes",
)  # fmt: skip
_MIDNIGHT_LAST = pd.Timedelta(days=1) - pd.Timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Tickets:
    """``rows``: one a ticket, COLUMNS, in the order they were opened; ``questions``: what is unclear, QUESTIONS."""

    rows: pd.DataFrame
    questions: pd.DataFrame


def tickets(
    log: IntoFrame,
    *,
    as_of: date,
    rules: Iterable[Rule],
    working: Workdays | None = None,
    answers: pd.DataFrame | None = None,
) -> Tickets:
    """Every ticket on record at the end of ``as_of``.

    ``kind`` is a key of KINDS, ``state`` one of STATES, ``topic`` the note as it was first written or NO_TOPIC,
    ``hours`` by the clock from opening to resolution, or to the end of ``as_of`` where it is not resolved; ``late``:
    resolved, or still waiting, after ``due_at``. ``due_at`` is NaT while the rule was off. ``owner`` resolved it or has
    it, ``taken_by`` had it first, ``resolved_by`` is named by its resolution.
    """
    found = paired(_rows(log, as_of))
    until = pd.Timestamp(midnight(as_of + timedelta(days=1)))
    topics = {case.opened["topic"]: case.opened["notes"] for case in reversed(found.cases)}
    frame = pd.DataFrame([_ticket(case, topics) for case in found.cases], columns=[*_CASE]).astype(_CASE)
    dated = frame.assign(due_at=_due(frame, rules, working or Workdays()))
    stated = _with_state(dated, until)
    asked = [_question(kind, row) for kind, row in found.questions]
    questions = pd.DataFrame(asked, columns=list(QUESTIONS)).astype({"occurred_at": "datetime64[us]"})
    [rows] = spelt_alike("client", _settled(stated, answers, as_of)[list(COLUMNS)])
    return Tickets(rows, questions)


def with_clients(found: Tickets, assignments: pd.DataFrame) -> Tickets:
    """The same where a ticket that names no client is one of the client its contractor worked for as it was opened.

    ``assignments``: rows of `quality.assignments`. Where none ran that day, or at several clients, none is named still.
    """
    days = found.rows.assign(day=found.rows["opened_at"].dt.normalize())
    [rows] = spelt_alike("client", found.rows.assign(client=client_then(days, assignments)))
    return Tickets(rows, found.questions)


def _rows(log: IntoFrame, as_of: date) -> list[Row]:
    """The rows of tickets in the order of time; a resolution of which only the day is known comes last on it."""
    names = ["ticket_opened", "ticket_resolved"]
    seen = visible(log, as_of).filter(nw.col("activity").is_in(names)).with_columns(party=side())
    rows = seen.select(*_TOLD).collect("pandas").to_native()
    is_end, at = rows["activity"] == "ticket_resolved", rows["occurred_at"]
    order = at.mask(is_end & (at == at.dt.normalize()), at + _MIDNIGHT_LAST)
    who = rows["candidate"].where(rows["party"] == "candidate", rows["contact"].fillna(rows["client"]))
    told = rows.assign(order=order, is_end=is_end, who=who, ref=rows["ref"].str.strip().replace("", None))
    ordered = told.sort_values(["order", "is_end", "activity_id"])
    topic = ordered["notes"].map(topic_key, na_action="ignore").astype("str").fillna("")
    plain = ordered.assign(topic=topic).astype(object)
    held = plain.where(plain.notna(), None)
    values = zip(*(held[name].tolist() for name in held), strict=True)
    return [dict(zip(held, row, strict=True)) for row in values]


#: Columns of a case before it is judged.
_CASE = {
    **dict.fromkeys(("ticket", "ref", "kind", "topic", "party", "who", "candidate", "client", "job", "desk"), "str"),
    **dict.fromkeys(("owner", "taken_by", "resolved_id", "resolved_by"), "str"),
    **dict.fromkeys(("opened_at", "resolved_at"), "datetime64[us]"),
    "reopened": "bool",
}


def _ticket(case: Case, topics: Mapping[str, str]) -> dict[str, Any]:
    opened, resolved = case.opened, case.resolved
    kept = {name: opened[name] for name in ("ref", "party", "who", "candidate", "client", "job", "desk")}
    return kept | {
        "ticket": opened["activity_id"],
        "kind": opened["outcome"] if opened["outcome"] in KINDS else NOT_SAID,
        "topic": " ".join(topics[opened["topic"]].split()) if opened["topic"] else NO_TOPIC,
        "owner": (solver := resolved["assignee"] if resolved else None) or opened["assignee"],
        "taken_by": opened["assignee"] or solver,
        "opened_at": opened["occurred_at"],
        "resolved_at": max(resolved["occurred_at"], opened["occurred_at"]) if resolved else None,
        "resolved_id": resolved["activity_id"] if resolved else None,
        "resolved_by": solver,
        "reopened": case.reopened,
    }


def _question(kind: str, row: Row) -> dict[str, Any]:
    number = f"Ticket {row['ref']}" if row["ref"] else "A ticket"
    kept = {name: row[name] for name in ("activity_id", "ref", "who", "client", "desk", "occurred_at")}
    return {"kind": kind, **kept, "sentence": f"{number} {UNCLEAR[kind]}."}


def _due(frame: pd.DataFrame, rules: Iterable[Rule], working: Workdays) -> pd.Series:
    """When each ticket is due by the version of the rule that held when it was opened."""
    found = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    cases = frame.assign(occurred_at=frame["opened_at"])
    for rule in rules:
        if rule.name == RULE and rule.on:
            holds = _holds(rule, cases)
            found = found.mask(holds, due(rule, cases, working))
    return found


def _holds(rule: Rule, cases: pd.DataFrame) -> pd.Series:
    """Whether a version of the rule is the one for each ticket; what it left undone when it was ended is not owed."""
    day = cases["occurred_at"].dt.normalize()
    holds = day >= pd.Timestamp(rule.since) if rule.since else pd.Series(True, index=cases.index)
    if rule.until:
        holds = holds & (day < pd.Timestamp(rule.until))
    return holds & cases["resolved_at"].notna() if rule.ended else holds


def _with_state(frame: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """State, hours and whether it is late, at the last moment of the day before ``until``."""
    is_done = frame["resolved_at"].notna()
    met = frame["resolved_at"].fillna(until)
    late = met.mask(~is_done, until - pd.Timedelta(seconds=1)) > frame["due_at"]
    state = pd.Series("open", index=frame.index, dtype="str").mask(late, "overdue").mask(is_done, "resolved")
    return frame.assign(state=state, late=late, hours=(met - frame["opened_at"]).dt.total_seconds() / 3600)


def _settled(frame: pd.DataFrame, answers: pd.DataFrame | None, as_of: date) -> pd.DataFrame:
    """The tickets with what was answered to them: such a ticket is no longer to be resolved."""
    if answers is None or frame.empty:
        return frame
    status = frame["state"].replace("resolved", "kept")
    owed = frame.assign(rule=RULE, trigger_id=frame["ticket"], triggered_at=frame["opened_at"], status=status, why="")
    said = answered(owed.assign(closed_at=frame["resolved_at"].mask(frame["resolved_at"].notna())), answers, as_of)
    return frame.assign(state=frame["state"].mask(said["status"] == "waived", "waived"))
