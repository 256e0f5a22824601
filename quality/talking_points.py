"""Talking points of a call: where somebody stands in which job, what is new since they last heard, what comes next.

What was said last is in `quality.last_words`. Where nothing is new, the honest words are that there is no decision yet,
and when we call again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.active import RESETS, STEPS
from quality.events import IN_ORDER, midnight
from quality.last_words import Known, Person
from quality.obligation_forms import NOT_HELD
from quality.promise_cases import asked_of

PERSON = ["party", "who"]
#: Columns of `standing`.
STANDS = (*PERSON, "candidate", "client", "job", "activity", "outcome", "at")
#: A step of more days ago no longer says where somebody stands.
REACH = 120
#: Said of an order for which no step is known.
NOBODY = "nobody presented lately"
#: So many jobs are told of one person.
MOST = 3

MOVES = (*STEPS, *RESETS, "rejected")

#: Last step in a job -> what is said of the candidate.
STOOD: Mapping[str, str] = {
    "interview": "interviewed by us{place}",
    "presentation": "presented{place}",
    "send_out": "client interview{place}",
    "offer_extended": "offer{place}",
    "offer_accepted": "accepted the offer{place}",
    "offer_declined": "declined the offer{place}",
    "fill": "placed{place}",
    "rejected": "no longer in the running{place}{why}",
    "do_not_contact": "wants to be left alone",
}
#: Why somebody was rejected, in plain words.
WHY: Mapping[str, str] = {
    "not_qualified": "not qualified",
    "interview_not_well": "the interview did not go well",
    "someone_else_hired": "somebody else got it",
    "withdrew": "withdrew",
    "other": "another reason",
}
#: Last step in a job -> what is awaited, and how the candidates of an order are counted.
AWAITED: Mapping[str, str] = {
    "offer_extended": "the answer to the offer",
    "send_out": "the client's decision",
    "presentation": "the client's word on the presentation",
    "interview": "a job to present them for",
    "offer_accepted": "the first day",
}
COUNTED: Mapping[str, tuple[str, str]] = {
    "presentation": ("presented", "presented"),
    "send_out": ("interviewed", "interviewed"),
    "offer_extended": ("with an offer", "with an offer"),
    "offer_accepted": ("has accepted", "have accepted"),
    "fill": ("placed", "placed"),
    "rejected": ("rejected", "rejected"),
    "offer_declined": ("declined", "declined"),
}


@dataclass(frozen=True, slots=True)
class Points:
    """What to say to somebody: a line for each job, what is next, and ``say``, the sentence to begin with."""

    stands: tuple[str, ...]
    ahead: str
    say: str


def standing(log: IntoFrame, people: pd.DataFrame, jobs: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """The last step of every candidate in every job that concerns these people, the latest first: columns STANDS.

    Candidates among ``people`` (party, who) have their own steps; whoever waits for news of ``jobs`` (party, who,
    client, job) has those of the candidates for them. What is older than 120 days is left out.
    """
    frame = asked_of(log, as_of, as_of, None, ()).frame
    since = nw.col("day") >= midnight(as_of - timedelta(days=REACH))
    moves = frame.filter(nw.col("activity").is_in(list(MOVES)) & since & ~nw.col("candidate").is_null())
    candidates = sorted(people.loc[people["party"] == "candidate", "who"].dropna().astype("str"))
    names = sorted(jobs["job"].dropna().astype("str").unique())
    concerned = moves.filter(nw.col("candidate").is_in(candidates) | nw.col("job").is_in(names))
    threads = concerned.with_columns(thread=nw.coalesce(nw.col("job"), nw.col("client"), nw.lit("")))
    last = threads.unique(subset=["candidate", "thread"], keep="last", order_by=list(IN_ORDER))
    held = last.select("candidate", "client", "job", "activity", "outcome", at="occurred_at")
    return _assigned(held.collect("pandas").to_native(), candidates, jobs)


def _assigned(steps: pd.DataFrame, candidates: list[str], jobs: pd.DataFrame) -> pd.DataFrame:
    """Each step with the candidate it is about, and with everybody at the client who waits for news of that job."""
    own = steps[steps["candidate"].isin(candidates)].assign(party="candidate", who=lambda rows: rows["candidate"])
    waiting = jobs[[*PERSON, "client", "job"]].dropna(subset=["job"]).drop_duplicates()
    met = steps.merge(waiting.rename(columns={"client": "at_client"}), on="job")
    same = met["client"].str.lower() == met["at_client"].str.lower()
    agrees = met["client"].isna() | met["at_client"].isna() | same
    both = pd.concat([own, met[agrees]])[list(STANDS)]
    return both.sort_values(["at", "candidate", "job"], ascending=[False, True, True], ignore_index=True)


def points(
    person: Person,
    steps: Sequence[Mapping[str, Any]],
    jobs: tuple[str, ...],
    known: Known,
    heard: pd.Timestamp | None,
    again: date,
) -> Points:
    """The points of one person: ``steps`` as `standing` has them, the ``jobs`` a client waits for news of.

    ``heard`` is the last contact (None: never), ``again`` the day of the next call.
    """
    since = [step for step in steps if heard is None or step["at"] > heard]
    is_candidate = person[0] == "candidate"
    stands = _own(steps) if is_candidate else _of_orders(steps, jobs)
    news = (_own(since[:1]) or ("",))[0] if is_candidate else _counts(since)
    ahead = _booked(known) or _awaited(steps) or ("" if is_candidate else _to_ask(steps))
    order = () if is_candidate else tuple(one for one in stands if not one.endswith(NOBODY))
    told = ahead if is_candidate else ahead.replace("the client's", "your")
    say = _say(_opening(news, order, heard, is_candidate), told, again, bool(news) and heard is not None)
    return Points(stands, ahead, say)


def _opening(news: str, order: tuple[str, ...], heard: pd.Timestamp | None, is_candidate: bool) -> str:
    """The news; where there is none, that, and where the orders of a client stand as we told it last."""
    if heard is None:
        return "Nobody has spoken to you yet, and that is on us."
    if news:
        return f"News since {_day(heard)}: {news}."
    if order:
        return f"Nothing new since {_day(heard)}; it stands at {'; '.join(order)}."
    return "No decision yet." if is_candidate else "Nothing new on your order yet."


def _say(opening: str, ahead: str, again: date, is_news: bool) -> str:
    """The sentence to begin with, what is next, and where nothing is new when we call again."""
    promise = "" if is_news else f"I will call you again by {again:%a} {again.day} {again:%b}."
    following = f"Next: {ahead}." if ahead else ""
    return " ".join(filter(None, [opening, following, promise]))


def _to_ask(steps: Sequence[Mapping[str, Any]]) -> str:
    """What an order on which nothing is awaited needs: to know whether it is open still, or somebody to present."""
    placed = any(step["activity"] == "fill" for step in steps)
    return "whether the order is still open, as somebody was placed" if placed else "somebody to present"


def _own(steps: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    # That we once interviewed them goes without saying as soon as they stand anywhere.
    further = [step for step in steps if step["activity"] != "interview"] or steps
    return tuple(f"{_stood(step)}, {_day(step['at'])}" for step in further[:MOST])


def _stood(step: Mapping[str, Any]) -> str:
    where = [f"at {step['client']}"] * bool(step["client"]) + [f"for {step['job']}"] * bool(step["job"])
    why = WHY.get(step["outcome"] or "")
    said = STOOD[step["activity"]].format(place="".join(f" {one}" for one in where), why=f" ({why})" if why else "")
    not_held = step["activity"] == "send_out" and step["outcome"] in NOT_HELD
    return f"{said} ({step['outcome'].replace('_', ' ')})" if not_held else said


def _of_orders(steps: Sequence[Mapping[str, Any]], jobs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{job}: {_counts([step for step in steps if step['job'] == job]) or NOBODY}" for job in jobs[:MOST])


def _counts(steps: Sequence[Mapping[str, Any]]) -> str:
    """``2 presented, 1 interviewed``: how many candidates' last step is which."""
    found = Counter(step["activity"] for step in steps)
    return ", ".join(f"{found[name]} {words[found[name] > 1]}" for name, words in COUNTED.items() if found[name])


def _booked(known: Known) -> str:
    if known.ahead is None:
        return ""
    at = known.ahead
    time = f", {at.at:%H:%M}" if at.at != at.at.normalize() else ""
    return f"{at.title} on {_day(at.at)}{time}{f' ({at.place})' if at.place else ''}"


def _awaited(steps: Sequence[Mapping[str, Any]]) -> str:
    reached = {step["activity"] for step in steps}
    return next((said for name, said in AWAITED.items() if name in reached), "")


def _day(moment: pd.Timestamp) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}"
