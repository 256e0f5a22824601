"""What the log holds about people on assignment, read once for as many days as are asked about.

The rows are picked by the engine and only those of these people come back: surveys, complaints, late timecards,
referrals, wishes and agreed ends as rows, contacts as days; tickets as `quality.support` pairs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.answers import left_alone
from quality.at_hand import handed_over, kept
from quality.care_signals import MOST_DAYS
from quality.care_silence import recorded
from quality.events import IN_ORDER, may_be, midnight, visible
from quality.obligation_forms import CONTACTS
from quality.owed_people import WISHES
from quality.promises import distinct, is_contact, side
from quality.support import NO_TOPIC, RULE, tickets

NO_DAYS = pd.Series(dtype="datetime64[us]")
#: Activities about a contractor that are told row by row -> what they are called here; a complaint by its party.
_KINDS = {
    "survey": "survey",
    "social_complaint": "social_complaint",
    "timecard_late": "late_timecard",
    "referral": "no_referral",
    "start": "planned_end",
    "extension": "planned_end",
}
_WANTED = (*_KINDS, "complaint", *WISHES)
_ASKED = (
    "candidate", "job", "client", "activity", "party", "day", "score", "planned_end", "notes", "channel", "recorded",
    *IN_ORDER,
)  # fmt: skip
_TOLD = ("candidate", "job", "at_client", "activity", "party", "day", "score", "planned_end", "notes", *IN_ORDER)
#: Channels by which nobody is spoken to.
WRITTEN = ("email", "text", "social")
_ROWS = ("candidate", "job", "at_client", "kind", "day", "score", "ref", "note", "planned_end", "until")


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of some people.

    ``rows``, in order of time: candidate, job, at_client (small letters), kind, day, score, ref, note (of a ticket its
    topic), planned_end, until (the day a ticket was resolved, or settled by an answer). ``contacts``: candidate, day,
    activity and channel, each once, and ``is_written``. ``wishes`` in order of time and ``answers``: candidate, day,
    alone (whether to be left alone). ``recorded``: the days on which anybody of the firm on assignment was in contact
    (`quality.care_silence`), as far back as the contacts.
    """

    rows: pd.DataFrame
    contacts: pd.DataFrame
    wishes: pd.DataFrame
    answers: pd.DataFrame
    recorded: pd.Series

    def of(self, names: Collection[str], since: date) -> Heard:
        """The same of some of these people, with contacts as far back as from a later day on."""
        rows, met, wishes, answers = (
            part[part["candidate"].isin(list(names))].reset_index(drop=True)
            for part in (self.rows, self.contacts, self.wishes, self.answers)
        )
        first = pd.Timestamp(since - timedelta(days=MOST_DAYS))
        days = self.recorded[self.recorded >= first].reset_index(drop=True)
        return Heard(rows, met[met["day"] >= first].reset_index(drop=True), wishes, answers, days)


def heard(
    log: IntoFrame,
    assigned: pd.DataFrame,
    *,
    since: date,
    as_of: date,
    answers: pd.DataFrame | None = None,
    roster: pd.DataFrame | None = None,
) -> Heard:
    """What the log holds about those of these assignments up to the end of ``as_of``, and what was answered by then.

    ``assigned``: rows of `quality.assignments`, those that had ended by the first day it matters for can be left out.
    Contacts go as far back before ``since`` as any sign may look.
    """
    names = assigned["candidate"].unique()
    about = _about(visible(log, as_of, roster), names)
    rows, contacts = _rows(about), _contacts(about, since - timedelta(days=MOST_DAYS))
    return Heard(
        rows=_in_order(_kinds(rows), _tickets(log, as_of, answers)),
        contacts=contacts,
        wishes=_wishes(rows),
        answers=_answered(answers, as_of),
        recorded=recorded(contacts, assigned),
    )


def _about(frame: nw.LazyFrame, names: Iterable[str]) -> nw.LazyFrame:
    """What is told of these people, looked for in the log once and told apart among the rows found."""
    named = frame.filter(may_be([*_WANTED, *CONTACTS]) & nw.col("candidate").is_in(sorted(names)))
    return kept(named.with_columns(party=side()).select(*_ASKED))


def _rows(about: nw.LazyFrame) -> pd.DataFrame:
    wanted = about.filter(nw.col("activity").is_in(list(_WANTED)))
    told = wanted.with_columns(at_client=nw.col("client").str.to_lowercase()).select(*_TOLD)
    rows = handed_over(told).sort_values(list(IN_ORDER), kind="stable", ignore_index=True)
    # Days of one unit whatever the engine keeps them in.
    return rows.astype({"day": "datetime64[us]", "planned_end": "datetime64[us]"})


def _contacts(about: nw.LazyFrame, first: date) -> pd.DataFrame:
    met = about.filter(nw.col("recorded").is_in([*CONTACTS]) & is_contact() & (nw.col("party") == "candidate"))
    days = distinct(met.filter(nw.col("day") >= midnight(first)), "candidate", "day", "activity", "channel")
    found = handed_over(days).astype({"day": "datetime64[us]", "channel": "str"})
    # On one day what was said counts before what was written.
    told = found.assign(is_written=found["channel"].isin(WRITTEN))
    keys, up = ["day", "candidate", "is_written", "activity", "channel"], [True, True, False, True, True]
    return told.sort_values(keys, ascending=up, ignore_index=True)


def _wishes(rows: pd.DataFrame) -> pd.DataFrame:
    wishes = rows[rows["activity"].isin(list(WISHES)) & (rows["party"] == "candidate")]
    return wishes.assign(alone=wishes["activity"] == "do_not_contact")[["candidate", "day", "alone"]]


def _answered(answers: pd.DataFrame | None, as_of: date) -> pd.DataFrame:
    if answers is None:
        return pd.DataFrame({"candidate": pd.Series(dtype="str"), "day": NO_DAYS, "alone": pd.Series(dtype="bool")})
    people = left_alone(answers, as_of)
    own = people[people["party"] == "candidate"].sort_values("answered_at")
    days = own["answered_at"].dt.normalize().astype("datetime64[us]")
    return pd.DataFrame({"candidate": own["who"], "day": days, "alone": True}).reset_index(drop=True)


def _kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``kind``; a survey is the contractor's own and has a score."""
    by = rows["party"].map({"candidate": "complaint", "client": "client_complaint"})
    kind = rows["activity"].map(_KINDS).mask(rows["activity"] == "complaint", by)
    is_other = (kind == "survey") & ((rows["party"] != "candidate") | rows["score"].isna())
    return rows.assign(kind=kind, note=rows["notes"])[kind.notna() & ~is_other]


def _tickets(log: IntoFrame, as_of: date, answers: pd.DataFrame | None) -> pd.DataFrame:
    """Tickets about candidates, whoever opened them."""
    found = tickets(log, as_of=as_of, rules=()).rows
    own = found[found["candidate"].notna()]
    until = own["resolved_at"].fillna(own["ticket"].map(_settled(answers)).astype("datetime64[us]"))
    days = {"day": own["opened_at"].dt.normalize(), "until": until.dt.normalize(), "occurred_at": own["opened_at"]}
    topic = own["topic"].mask(own["topic"] == NO_TOPIC)
    own = own.assign(kind="ticket", note=topic, at_client=own["client"].str.lower(), activity_id=own["ticket"])
    return own.assign(**days)


def _settled(answers: pd.DataFrame | None) -> dict[str, pd.Timestamp]:
    """When tickets were settled by an answer, by the id of the row that opened them."""
    if answers is None:
        return {}
    said = answers[(answers["rule"] == RULE) & (answers["answer"] != "do_not_contact")]
    return dict(zip(said["trigger_id"], said["answered_at"], strict=True))


def _in_order(rows: pd.DataFrame, opened: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([part for part in (rows, opened) if len(part)] or [rows], ignore_index=True)
    whole = both.sort_values(list(IN_ORDER), kind="stable", ignore_index=True).reindex(columns=list(_ROWS))
    types = {"day": "datetime64[us]", "planned_end": "datetime64[us]", "until": "datetime64[us]", "score": "float64"}
    return whole.astype(types)
