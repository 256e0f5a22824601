"""The command ``support``: tickets of contractors waiting, overdue and resolved, by kind and topic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import typer

from cli_options import (
    HOME,
    AsJson,
    AsOf,
    Folder,
    KnownOn,
    as_rows,
    asked_promises,
    left_alone,
    print_json,
    tell,
    tell_if_empty,
    today,
)
from quality.assignments import assignments
from quality.support import KINDS, STATES, Tickets, tickets, with_clients
from quality.support_counts import by_kind, by_topic, is_over, to_do
from quality.wishes import without_names
from quality.words import count_in_words
from quality.workdays import Workdays
from store import History

#: What is said of a kind, of a topic and of a ticket, in this order.
KIND = ("kind", "open", "overdue", "resolved", "median_hours")
TOPIC = ("topic", "tickets", "open", "overdue", "resolved", "median_hours", "clients", "contractors")
TICKET = (
    "ref", "kind", "topic", "state", "candidate", "client", "job", "desk", "owner", "opened_at", "due_at",
    "resolved_at", "hours", "reopened",
)  # fmt: skip
TICKETS = ("ticket", "tickets")
#: So many topics are told in words, those with the most tickets.
MOST = 20


def support(
    as_of: AsOf = None, known_on: KnownOn = None, as_json: AsJson = False, store: Folder = HOME / "data"
) -> None:
    """Tickets waiting, overdue and resolved, by kind and topic; hours by the clock, what waits with its own so far.

    With --json a ticket is in one count alone: open waits and is not overdue, overdue waits longer than it may.
    """
    history, asked = History(store), as_of or today()
    found = _found(history, asked, known_on)
    tell_if_empty(history, store)
    if as_json:
        print_json(document(found, asked))
        return
    for row in to_do(found.rows).itertuples():
        typer.echo(in_words(row))
    for question in found.questions["sentence"]:
        tell(f"Question: {question}")
    kinds = [_counts(KINDS[row["kind"]], row) for row in as_rows(by_kind(found.rows)) if row["tickets"]]
    tell(" ".join([f"{count_in_words(len(found.rows), TICKETS)}.", *kinds]))
    topics = [_counts(row["topic"], row) for row in as_rows(by_topic(found.rows))]
    more = [f"{len(topics) - MOST:,} more topics: see --json."] * (len(topics) > MOST)
    if topics:
        tell(" ".join(["By topic.", *topics[:MOST], *more]))


def document(found: Tickets, as_of: date) -> dict[str, Any]:
    """What ``--json`` prints: every ticket on record; ``open`` are those that wait and are not overdue."""
    return {
        "as_of": as_of.isoformat(),
        "kinds": as_rows(by_kind(found.rows)[list(KIND)]),
        "topics": as_rows(by_topic(found.rows)[list(TOPIC)]),
        "tickets": as_rows(found.rows[list(TICKET)]),
    }


def in_words(row: Any) -> str:
    """One ticket that waits on one line."""
    due = "" if pd.isna(row.due_at) else f", due {row.due_at:%Y-%m-%d}"
    named = (row.ref, row.candidate, row.client, row.topic)
    said = ", ".join(str(one) for one in named if pd.notna(one))
    over = ", assignment over" if row.is_over else ""
    return f"{row.desk}  {STATES[row.state].lower()}  {said}{due}{over}"


def _counts(name: str, row: dict[str, Any]) -> str:
    """What is said of a kind or a topic."""
    waiting = row["open"] + row["overdue"]
    return f"{name}: {waiting:,} waiting, {row['overdue']:,} of them overdue, {row['resolved']:,} resolved."


def _found(history: History, as_of: date, known_on: date | None) -> Tickets:
    """The tickets by the rules in force, with clients and answers, nobody named who wants to be left alone.

    New: ``is_over``, the assignment of the contractor is over (`quality.support_counts.is_over`).
    """
    settings, answers, log = history.settings(), history.answers(known_on), history.log(known_on)
    working, rules = Workdays.stored(settings.get("holidays")), asked_promises(settings)
    derived = assignments(log, as_of=as_of, roster=history.roster()).rows
    found = with_clients(tickets(log, as_of=as_of, rules=rules, working=working, answers=answers), derived)
    alone = left_alone(history, as_of, known_on)
    rows = found.rows.assign(is_over=is_over(found.rows, derived))
    return Tickets(without_names(rows, alone), without_names(found.questions, alone))
