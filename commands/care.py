"""The command ``care``: contractors at risk with the reasons, assignments that end soon, hand-offs that are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import typer

from cli_options import HOME, AsJson, AsOf, Folder, KnownOn, as_rows, left_alone, print_json, tell, tell_if_empty, today
from commands.owed import TO_DO, owed_by
from quality import care_signals, handoffs
from quality.assignments import assignments
from quality.care import care as people_in_care
from quality.care_ahead import NEAR, NEXT, RULES, ending, handoffs_missing, next_contacts, soon
from quality.care_signals import FLAGGED, weights_in_force
from quality.care_silence import LOAD, not_judged
from quality.redeployment import within
from quality.words import count_in_words
from store import History

#: What is said of somebody at risk, in this order.
AT_RISK = (
    "contractor", "client", "desk", "started_on", "day", "level", "reasons", "context", "weight", "last_contact_on",
    "next_due", "care_owner", "support_owner",
)  # fmt: skip
PEOPLE = ("person", "people")
#: Said where no hand-off to care is on record.
NOT_RECORDED = (
    "Hand-offs are not recorded: no file holds any to care, so nobody can tell which are missing (the page Hand-offs "
    "says what an export needs)."
)


@dataclass(frozen=True)
class Found:
    """Everyone on assignment (`quality.care`), the assignments, and what is owed by the rules that matter here.

    ``handed``: hand-offs to care are recorded.
    """

    people: pd.DataFrame
    rows: pd.DataFrame
    owed: pd.DataFrame
    handed: bool

    @property
    def missing(self) -> pd.DataFrame:
        """Hand-offs to care that are missing."""
        return handoffs_missing(self.people, self.owed)

    @property
    def unknown(self) -> bool:
        """Whether nobody can tell which are missing: people are on assignment, and no hand-off to care is recorded."""
        return len(self.people) > 0 and not self.handed


def care(as_of: AsOf = None, known_on: KnownOn = None, as_json: AsJson = False, store: Folder = HOME / "data") -> None:
    """Contractors at risk, with reasons; ending soon; hand-offs missing."""
    history, asked = History(store), as_of or today()
    found = _found(history, asked, known_on)
    tell_if_empty(history, store)
    if fault := not_judged(found.people, asked):
        tell(f"{fault} {LOAD}")
    if found.unknown:
        tell(NOT_RECORDED)
    if as_json:
        print_json(document(found, asked))
        return
    people = found.people
    flagged: Iterable[Any] = people[people["level"].isin(FLAGGED)].itertuples()
    for row in flagged:
        typer.echo(in_words(row))
    told, alone = people["level"].value_counts(), int(people["alone"].sum())
    levels = ", ".join(f"{told.get(level, 0)} {level}" for level in care_signals.LEVELS)
    levels += f", {alone} not to be contacted" * bool(alone)
    near = within(soon(people, found.rows, found.owed, asked), NEAR)
    tell(
        f"{count_in_words(len(people), PEOPLE)} on assignment: {levels}. Ending within {NEAR} days: {near.ending}; in "
        f"contact near the date: {near.words}.{_handed(found)}"
    )


def document(found: Found, as_of: date) -> dict[str, Any]:
    """What ``--json`` prints: days as ISO dates; nothing of who asked to be left alone.

    ``at_risk`` holds AT_RISK: ``reasons`` and ``context`` are sentences, ``weight`` what both weigh together,
    ``next_due`` the ``rule`` and the day (``due_on``) of the contact that is due first, null where none is.
    ``handoffs_missing`` follows the rule alone: where no hand-off to care is on record, everyone due one is listed, as
    `owed` lists them, and the command says so beside the document.
    """
    parts = {"at_risk": _at_risk(found), "ending": _ending(found, as_of), "handoffs_missing": found.missing}
    told: dict[str, Any] = {name: as_rows(_dated(rows)) for name, rows in parts.items()}
    return {"as_of": as_of.isoformat(), **told}


def in_words(row: Any) -> str:
    """One contractor at risk on one line."""
    where = f", {row.client}" if pd.notna(row.client) else ""
    said = "; ".join([*row.reasons, *row.context])
    return f"{row.desk}  {row.level}  {row.contractor}{where}: {said}."


def _handed(found: Found) -> str:
    """How many hand-offs to care are missing; nothing where none is on record."""
    if found.unknown:
        return ""
    return (
        f" Hand-offs from recruiting to care missing: {len(found.missing)}, of everyone on assignment, whenever they "
        "started (the page Hand-offs lists starts of the last 26 weeks)."
    )


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """Days as texts such as ``2026-11-23``."""
    days = [str(name) for name in rows.select_dtypes("datetime")]
    return rows.assign(**{name: rows[name].dt.strftime("%Y-%m-%d") for name in days})


def _at_risk(found: Found) -> pd.DataFrame:
    """Who is on a level that asks for a call, who needs it first standing first: AT_RISK."""
    flagged = found.people[found.people["level"].isin(FLAGGED)]
    owed = found.owed
    waiting = owed[owed["status"].isin(TO_DO) & owed["closed_at"].isna()]
    due = next_contacts(waiting, flagged["contractor"].unique())
    told = {name: {"rule": rule, "due_on": at.date().isoformat()} for name, (rule, at) in due.items()}
    named = flagged.rename(columns={"points": "weight", "last_contact": "last_contact_on"})
    return named.assign(next_due=named["contractor"].map(told.get).astype("object"))[list(AT_RISK)]


def _ending(found: Found, as_of: date) -> pd.DataFrame:
    return ending(found.people, found.rows, found.owed, as_of)


def _found(history: History, as_of: date, known_on: date | None) -> Found:
    settings, log, roster = history.settings(), history.log(known_on), history.roster()
    for fault in care_signals.faults(settings):
        tell(f"A stored change is ignored: {fault}")
    rows, answers = assignments(log, as_of=as_of, roster=roster).rows, history.answers(known_on)
    weights = weights_in_force(settings)
    people = people_in_care(log, as_of=as_of, weights=weights, rows=rows, answers=answers, roster=roster)
    quiet = [who for party, who in left_alone(history, as_of, known_on) if party == "candidate"]
    alone = people["alone"] | people["contractor"].isin(quiet)
    people = people.assign(alone=alone, level=people["level"].mask(alone))
    handed = handoffs.is_recorded(handoffs.moves(log, as_of=as_of, roster=roster))
    return Found(people, rows, owed_by(history, as_of, known_on, only={*RULES, *NEXT}), handed)
