"""The candidate side: from the call to the fill, one case after another, as a desk works it.

Every later event belongs to an earlier one of the same person: a hit to a call, an interview to a hit, a presentation
to an interview and to an open order, a send-out to a presentation, a fill to a send-out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.cast import Cast
from sample_data.coded import DECLINE_REASONS, chosen, code, coin, events, joined
from sample_data.days import CLOSES, OPENS, Calendar
from sample_data.orders import days_worked, pick_job
from sample_data.plan import ATTEMPTS_PER_CONNECT, RECRUITING_CALLS_A_WEEK

#: How many conversations it takes until a person has said yes or no.
TALKS, TALKS_WEIGHTS = (1, 2, 3), (0.80, 0.15, 0.05)
MEAN_TALKS = sum(talks * weight for talks, weight in zip(TALKS, TALKS_WEIGHTS, strict=True))
#: Share of people approached who were in the database already.
KNOWN_PEOPLE = 0.10
#: Share of calls about a certain order.
ABOUT_A_JOB = 0.20

RESCHEDULED, NEVER_HELD, SECOND_INTERVIEW = 0.12, 0.04, 0.30
DECLINED = 0.15
#: Some presentations and offers come too late, the order being filled by then, and are left out; that many more are
#: tried, so that what remains has the published rates (found by generating a million rows and counting).
PRESENTATIONS_LOST, OFFERS_LOST = 0.10, 0.06

NO_OUTCOMES = {"not_interested": 0.55, "call_back": 0.20, "referral": 0.08, "wrong_person": 0.05, "other": 0.12}
_NO_OUTCOME = {"blank": 1.0}
HELD_OUTCOMES = {"held": 0.7, "blank": 0.3}
MOVED_OUTCOMES = {"rescheduled": 1.0}
NOT_HELD_OUTCOMES = {"cancelled": 0.6, "no_show": 0.4}
REJECTED_UNSEEN, REJECTED_SEEN = 0.60, 0.85
UNSEEN_REASONS = {"not_qualified": 0.7, "someone_else_hired": 0.2, "other": 0.1}
SEEN_REASONS = {"interview_not_well": 0.5, "someone_else_hired": 0.35, "withdrew": 0.15}


@dataclass(frozen=True)
class Calls:
    """Calls of the candidate side (events), the hits among them, and the interviews that followed."""

    calls: pd.DataFrame
    hits: pd.DataFrame
    interviews: pd.DataFrame


def candidate_calls(cast: Cast, days: Calendar, jobs: pd.DataFrame, scale: float, rng: np.random.Generator) -> Calls:
    """Approaches to candidates: one to three conversations, the last of which may be a hit, then the interview."""
    desk, day = days_worked(cast, days, RECRUITING_CALLS_A_WEEK / MEAN_TALKS, scale, rng)
    size = len(desk)
    talks = rng.choice(TALKS, size, p=TALKS_WEIGHTS)
    hit = coin(rng, size, np.minimum(cast.rate("call_to_hit", desk, day, days) * MEAN_TALKS, 0.95))
    person = _people(size, day, rng)
    last = rng.integers(OPENS, CLOSES, size)
    calls = _conversations(cast, desk, day, last, person, talks, hit, rng)
    calls = _about_jobs(calls, jobs, rng)
    hits = events("hit", {"day": day[hit], "minute": last[hit] + 2, "desk": desk[hit], "candidate": person[hit]})
    seen = hits[coin(rng, len(hits), cast.rate("hit_to_interview", desk[hit], day[hit], days))]
    interviews = events(
        "interview",
        {
            "day": seen["day"].to_numpy() + rng.integers(1, 5, len(seen)),
            "minute": rng.integers(OPENS // 15, CLOSES // 15, len(seen)) * 15,
            "desk": seen["desk"],
            "candidate": seen["candidate"],
        },
    )
    return Calls(calls, hits, interviews)


def _people(size: int, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whom each approach is to: mostly a new person, sometimes one approached before (numbered in order of day)."""
    order = np.argsort(day, kind="stable")
    rank = np.empty(size, dtype=int)
    rank[order] = np.arange(size)
    earlier = np.floor(rng.random(size) * rank).astype(int)
    return np.where(coin(rng, size, KNOWN_PEOPLE), earlier, rank)


def _conversations(
    cast: Cast,
    desk: np.ndarray,
    day: np.ndarray,
    minute: np.ndarray,
    person: np.ndarray,
    talks: np.ndarray,
    hit: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row a conversation; earlier ones of an approach lie a few days before the last."""
    case = np.repeat(np.arange(len(desk)), talks)
    before = np.arange(len(case)) - np.repeat(np.cumsum(talks) - talks, talks)
    final = before == 0
    lag = np.where(final, 0, before * 3 - rng.integers(0, 2, len(case)))
    no = chosen(rng, len(case), NO_OUTCOMES)
    outcome = np.where(final, np.where(hit[case], code("outcome", "interested"), no), code("outcome", "call_back"))
    return events(
        "recruiting_call",
        {
            "day": np.maximum(day[case] - lag, cast.begins[desk[case]]),
            "minute": np.where(final, minute[case], rng.integers(OPENS, CLOSES, len(case))),
            "desk": desk[case],
            "candidate": person[case],
            "outcome": outcome,
        },
    )


def _about_jobs(calls: pd.DataFrame, jobs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    some = np.flatnonzero(coin(rng, len(calls), ABOUT_A_JOB))
    desk, day = calls["desk"].to_numpy()[some], calls["day"].to_numpy()[some]
    job = pick_job(jobs, desk, day, np.zeros(len(some), dtype=int), rng)
    some, job = some[job >= 0], job[job >= 0].astype("int32")
    calls.loc[some, "job"] = job
    calls.loc[some, "client"] = jobs["client"].to_numpy()[job]
    return calls


def attempts(calls: pd.DataFrame, cast: Cast, rng: np.random.Generator) -> pd.DataFrame:
    """Calls that reached nobody, on the day of the conversation they led to or up to four days before."""
    source = np.repeat(np.arange(len(calls)), rng.poisson(ATTEMPTS_PER_CONNECT, len(calls)))
    call = calls.iloc[source]
    desk = call["desk"].to_numpy()
    tried = call.assign(
        activity=np.int32(code("activity", "call_attempt")),
        outcome=np.int32(-1),
        due=np.int32(-1),
        day=np.maximum(call["day"] - rng.integers(0, 5, len(call)), cast.begins[desk]).astype("int32"),
        minute=(OPENS - 10 + rng.random(len(call)) * (call["minute"] - OPENS + 10)).astype("int32"),
    )
    return tried.assign(known=tried["day"])


def cases(
    interviews: pd.DataFrame, cast: Cast, days: Calendar, jobs: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """One row a candidate and order: when presented, sent out, offered and placed.

    Columns: desk, candidate, job, client, contact; the days presented, sent (-1: never booked), held (-1: never),
    again (second interview), offered, decided; the flags moved, accepted, filled.
    """
    desk, day = interviews["desk"].to_numpy(), interviews["day"].to_numpy()
    ratio = cast.rate("interview_to_send_out", desk, day, days) / cast.rates["presentation_to_send_out"][desk]
    number = np.floor(ratio / (1 - PRESENTATIONS_LOST) + rng.random(len(interviews))).astype(int)
    source = np.repeat(np.arange(len(interviews)), number)
    back = np.arange(len(source)) - np.repeat(np.cumsum(number) - number, number)
    presented = day[source] + rng.integers(1, 4, len(source)) + 2 * back
    job = pick_job(jobs, desk[source], presented, back, rng)
    frame = pd.DataFrame({"desk": desk[source], "candidate": interviews["candidate"].to_numpy()[source]})
    frame = frame.assign(presented=presented, job=job)[job >= 0]
    frame = frame.drop_duplicates(["candidate", "job"], ignore_index=True)
    frame = frame.assign(**{name: jobs[name].to_numpy()[frame["job"]] for name in ("client", "contact", "openings")})
    return _placed(_sent(frame, cast, days, rng), cast, days, rng)


def _sent(frame: pd.DataFrame, cast: Cast, days: Calendar, rng: np.random.Generator) -> pd.DataFrame:
    size = len(frame)
    desk, day = frame["desk"].to_numpy(), frame["presented"].to_numpy()
    held = coin(rng, size, cast.rate("presentation_to_send_out", desk, day, days))
    booked = held | coin(rng, size, NEVER_HELD)
    moved = held & coin(rng, size, RESCHEDULED)
    sent = day + rng.integers(2, 8, size)
    held_on = np.where(moved, sent + rng.integers(1, 5, size), sent)
    again = held & coin(rng, size, SECOND_INTERVIEW)
    return frame.assign(
        sent=np.where(booked, sent, -1),
        held=np.where(held, held_on, -1),
        moved=moved,
        again=np.where(again, held_on + rng.integers(3, 7, size), -1),
    )


def _placed(frame: pd.DataFrame, cast: Cast, days: Calendar, rng: np.random.Generator) -> pd.DataFrame:
    """Offers after the last interview, and the fill; an order takes as many fills as it has openings."""
    size = len(frame)
    held = frame["held"].to_numpy()
    rate = cast.rate("send_out_to_fill", frame["desk"].to_numpy(), np.maximum(held, 0), days)
    offered = (held >= 0) & coin(rng, size, np.minimum(rate / (1 - DECLINED) / (1 - OFFERS_LOST), 0.95))
    offered_on = np.maximum(held, frame["again"]) + rng.integers(1, 5, size)
    decided_on = offered_on + rng.integers(1, 4, size)
    accepted = offered & ~coin(rng, size, DECLINED)
    frame = frame.assign(
        offered=np.where(offered, offered_on, -1), decided=np.where(offered, decided_on, -1), accepted=accepted
    )
    return _while_open(frame)


def _while_open(frame: pd.DataFrame) -> pd.DataFrame:
    """Ends every case on the day its order is full: no offer, no interview, no presentation after it."""
    wins = frame[frame["accepted"]].sort_values(["job", "decided"], kind="stable")
    place = wins.groupby("job").cumcount() + 1
    last = wins[place == wins["openings"]].set_index("job")["decided"]
    full = frame["job"].map(last).fillna(np.iinfo("int32").max).to_numpy().astype(int)
    filled = frame.index.isin(wins.index[place <= wins["openings"]])
    frame = frame.assign(filled=filled, full=full)
    late_offer = (frame["decided"] >= full) & ~filled
    frame.loc[late_offer, ["offered", "decided"]] = -1
    frame.loc[late_offer, "accepted"] = False
    frame.loc[frame["again"] > full, "again"] = -1
    frame.loc[frame["held"] > full, ["held", "again"]] = -1
    frame.loc[frame["held"] < 0, "moved"] = False
    return frame[frame["presented"] <= full].reset_index(drop=True)


def _rows(
    part: pd.DataFrame,
    activity: str,
    on: str,
    rng: np.random.Generator,
    outcomes: Mapping[str, float] = _NO_OUTCOME,
    entered: str | None = None,
) -> pd.DataFrame:
    """Events of one activity on the day in column ``on``, entered the day after the one in column ``entered``."""
    values = {name: part[name] for name in ("desk", "candidate", "client", "contact", "job")}
    values["day"] = part[on]
    values["known"] = part[entered] + 1 if entered else part[on]
    minute = rng.integers(OPENS // 15, 900 // 15, len(part)) * 15
    return events(activity, {**values, "minute": minute, "outcome": chosen(rng, len(part), outcomes)})


def case_events(frame: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """The events of the cases, by the name with which later events refer to them."""
    moved, placed = frame[frame["moved"]], frame[frame["filled"]]
    straight = frame[(frame["held"] >= 0) & ~frame["moved"]]
    never_held = frame[(frame["sent"] >= 0) & (frame["held"] < 0)]
    declined = frame[(frame["decided"] >= 0) & ~frame["accepted"]]
    return {
        "presentation": _rows(frame, "presentation", "presented", rng),
        "held": joined(
            [
                _rows(straight, "send_out", "held", rng, HELD_OUTCOMES, "presented"),
                _rows(moved, "send_out", "held", rng, HELD_OUTCOMES, "sent"),
                _rows(frame[frame["again"] >= 0], "send_out", "again", rng, entered="held"),
            ]
        ),
        "not_held": joined(
            [
                _rows(moved, "send_out", "sent", rng, MOVED_OUTCOMES, "presented"),
                _rows(never_held, "send_out", "sent", rng, NOT_HELD_OUTCOMES, "presented"),
            ]
        ),
        "offered": _rows(frame[frame["offered"] >= 0], "offer_extended", "offered", rng),
        "accepted": _rows(frame[frame["accepted"]], "offer_accepted", "decided", rng),
        "declined": _rows(declined, "offer_declined", "decided", rng, dict.fromkeys(DECLINE_REASONS, 1.0)),
        "fill": _rows(placed, "fill", "decided", rng).assign(minute=rng.integers(905, CLOSES, len(placed), "int32")),
        "rejected": _rejected(frame, rng),
    }


def _rejected(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Most candidates whom the client did not want to see, or not after seeing them, hear so some days later."""
    seen = frame["held"] >= 0
    told_on = frame[["presented", "held", "again"]].max(axis=1) + rng.integers(3, 9, len(frame))
    told = (frame["offered"] < 0) & coin(rng, len(frame), np.where(seen, REJECTED_SEEN, REJECTED_UNSEEN))
    frame = frame.assign(told=told_on)
    return joined(
        [
            _rows(frame[told & ~seen], "rejected", "told", rng, UNSEEN_REASONS),
            _rows(frame[told & seen], "rejected", "told", rng, SEEN_REASONS),
        ]
    )
