"""What to say on a call: what was said last and when, where somebody stands, what is new since, what comes next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.active import RESETS, STEPS
from quality.events import IN_ORDER, midnight
from quality.promise_cases import asked_of
from quality.promises import has_text, is_contact

PERSON = ["party", "who"]
#: Columns of `last_words`.
SAID = ("said", "said_at", "said_by", "how")
#: Columns of `standing`.
STANDS = (*PERSON, "candidate", "client", "job", "activity", "outcome", "at")

#: What moves a process, and what ends one.
MOVES = (*STEPS, *RESETS, "rejected")
#: Events that are booked ahead.
BOOKED = ("interview", "send_out", "start")
#: Days back in which a step still says where somebody stands.
REACH = 120


def last_words(
    log: IntoFrame, people: pd.DataFrame, *, as_of: date, roster: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The last note of a contact with each of these people (party, who): one row each, columns party, who and SAID.

    ``said`` is the note, ``how`` the activity, ``said_by`` the desk; all missing where no contact left a note.
    """
    frame = asked_of(log, as_of, as_of, roster, ()).frame
    noted = frame.filter((is_contact() | (nw.col("activity") == "note")) & has_text("notes"))
    theirs = _of(noted, people).unique(subset=PERSON, keep="last", order_by=list(IN_ORDER))
    held = theirs.select(*PERSON, said="notes", said_at="occurred_at", said_by="desk", how="activity")
    found = held.collect("pandas").to_native().astype(dict.fromkeys(PERSON, "str"))
    return people[PERSON].drop_duplicates().astype("str").merge(found, on=PERSON, how="left")


def _of(frame: nw.LazyFrame, people: pd.DataFrame) -> nw.LazyFrame:
    """The rows of these people, by ``party`` and ``who``."""
    who = nw.when(nw.col("party") == "candidate").then(nw.col("candidate"))
    named = frame.with_columns(who=nw.coalesce(who, nw.when(nw.col("party") == "client").then(_client())))
    sides = {party: sorted(own["who"].dropna().astype("str")) for party, own in people.groupby("party")}
    return named.filter(nw.any_horizontal(*(_is(*side) for side in sides.items()), ignore_nulls=True))


def _client() -> nw.Expr:
    return nw.coalesce(nw.col("contact"), nw.col("client"))


def _is(party: str, names: list[str]) -> nw.Expr:
    return (nw.col("party") == party) & nw.col("who").is_in(names)


def standing(log: IntoFrame, people: pd.DataFrame, jobs: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """The last step of every candidate in every job that concerns these people, the latest first: columns STANDS.

    A candidate's own steps, and for a client those of the candidates for their ``jobs`` (party, who, client, job). What
    is older than 120 days is left out.
    """
    frame = asked_of(log, as_of, as_of, None, ()).frame
    rows = frame.filter(
        nw.col("activity").is_in(list(MOVES)) & (nw.col("day") >= midnight(as_of - timedelta(days=REACH)))
    )
    named = rows.filter(~nw.col("candidate").is_null())
    candidates = sorted(people.loc[people["party"] == "candidate", "who"].dropna().astype("str"))
    names = sorted(jobs["job"].dropna().astype("str").unique())
    concerned = named.filter(nw.col("candidate").is_in(candidates) | nw.col("job").is_in(names))
    thread = concerned.with_columns(thread=nw.coalesce(nw.col("job"), nw.col("client"), nw.lit("")))
    last = thread.unique(subset=["candidate", "thread"], keep="last", order_by=list(IN_ORDER))
    held = last.select("candidate", "client", "job", "activity", "outcome", at="occurred_at")
    return _assigned(held.collect("pandas").to_native(), candidates, jobs)


def _assigned(steps: pd.DataFrame, candidates: list[str], jobs: pd.DataFrame) -> pd.DataFrame:
    """Each step with the candidate it is about, and with everybody at the client who waits for news of that job."""
    own = steps[steps["candidate"].isin(candidates)].assign(party="candidate", who=lambda rows: rows["candidate"])
    waiting = jobs[[*PERSON, "client", "job"]].dropna(subset=["job"]).drop_duplicates()
    met = steps.merge(waiting.rename(columns={"client": "at_client"}), on="job")
    same = met["client"].isna() | met["at_client"].isna() | (met["client"].str.lower() == met["at_client"].str.lower())
    both = pd.concat([own, met[same]])[list(STANDS)]
    return both.sort_values(["at", "candidate"], ascending=[False, True], ignore_index=True)


def booked(log: IntoFrame, people: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """The next event in the calendar of these candidates: who, activity, client, job, at; one row each at most."""
    names = sorted(people.loc[people["party"] == "candidate", "who"].dropna().astype("str"))
    frame = nw.from_native(log).lazy()
    ahead = frame.filter((nw.col("occurred_at") >= _after(as_of)) & nw.col("activity").is_in(list(BOOKED)))
    theirs = ahead.filter(nw.col("candidate").is_in(names))
    first = theirs.unique(subset=["candidate"], keep="first", order_by=list(IN_ORDER))
    held = first.select("activity", "client", "job", who="candidate", at="occurred_at")
    return held.collect("pandas").to_native().sort_values(["at", "who"], ignore_index=True)


def _after(day: date) -> datetime:
    return midnight(day + timedelta(days=1))
