"""Support and hand-offs on purpose: clients with one topic again and again, cases that pass from desk to desk, hours.

Drawn from streams of their own, so that nothing else in the sample depends on what stands here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sample_data.coded import NOTHING, chosen, code, coin, events, joined
from sample_data.days import CLOSES, OPENS
from sample_data.remarks import TOPICS, place_of

#: So many clients, those with the most starts, have a topic of their own; share of their contractors with such a case.
TROUBLED, ASKED, ASKED_AGAIN = 12, 0.80, 0.50
SOLVED, SOLVED_SOON, SOLVED_LATE = 0.80, (0, 4), (8, 20)
SOON = 0.75
#: Share of cases that care hands to support, and of solved ones that come back; of starts the account manager hands on.
HANDED, HANDED_BACK, INTRODUCED = 0.80, 0.70, 0.70
#: Share of contractors, and of their clients, who name somebody.
NAMED = {"candidate": 0.15, "client": 0.06}
#: Share of assignments whose hours lie this far from the usual ones every week.
HOURS = {-9: 0.08, 8: 0.08}

CARE, SUPPORT = "Care Desk Demo", "Support Desk Demo"
WHO = ("desk", "candidate", "client", "contact", "job", "ref")


def more_tickets(starts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Cases of the clients with the most starts, one topic a client, some people with several; with ``notes``."""
    clients = starts["client"].value_counts(sort=True).sort_index().sort_values(ascending=False, kind="stable")
    troubled = clients.index[:TROUBLED]
    people = starts[starts["client"].isin(troubled)]
    first = people[coin(rng, len(people), ASKED)]
    first = first.assign(day=first["day"] + rng.integers(3, 35, len(first)))
    again = first[coin(rng, len(first), ASKED_AGAIN)]
    again = again.assign(day=again["day"] + rng.integers(5, 25, len(again)))
    asked = pd.concat([first, again], ignore_index=True)
    asked = asked[asked["day"] <= asked["until"]]
    rank = asked["client"].map({client: number for number, client in enumerate(troubled)})
    topics = np.array([place_of(topic) for topic in TOPICS])
    kinds = chosen(rng, len(asked), {"experience": 0.7, "adoption": 0.3})
    return following("ticket_opened", asked, asked["day"], rng, SUPPORT, outcome=kinds).assign(
        notes=topics[rank.to_numpy(dtype="int64") % len(topics)].astype("int32")
    )


def numbered(tickets: pd.DataFrame, after: int) -> pd.DataFrame:
    """The cases with running numbers above ``after``."""
    return tickets.assign(ref=np.arange(after + 1, after + 1 + len(tickets), dtype="int32"))


def solutions(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Most of these cases are solved within days, some after weeks, some never."""
    solved = tickets[coin(rng, len(tickets), SOLVED)]
    soon, late = (rng.integers(low, high + 1, len(solved)) for low, high in (SOLVED_SOON, SOLVED_LATE))
    lag = np.where(coin(rng, len(solved), SOON), soon, late)
    return following("ticket_resolved", solved, solved["day"] + lag, rng, SUPPORT)


def handoffs(
    starts: pd.DataFrame, opened: pd.DataFrame, solved: pd.DataFrame, owners: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Account manager to care at the start, care to support with a case, and back once it is solved.

    ``owners`` are the desks that won each order: who won it is its account manager.
    """
    new = starts[coin(rng, len(starts), INTRODUCED)]
    new = new.assign(desk=owners[new["job"]])
    to_support = opened[coin(rng, len(opened), HANDED)]
    back = solved[coin(rng, len(solved), HANDED_BACK)]
    return joined(
        [
            following("handoff", new, new["day"] + rng.integers(0, 9, len(new)), rng, CARE, "client").assign(
                candidate=np.int32(NOTHING), ref=np.int32(NOTHING)
            ),
            following("handoff", to_support, to_support["day"] + rng.integers(0, 3, len(to_support)), rng, SUPPORT),
            following("handoff", back, back["day"] + rng.integers(0, 4, len(back)), rng, CARE),
        ]
    )


def following(
    activity: str,
    part: pd.DataFrame,
    day: pd.Series,
    rng: np.random.Generator,
    assignee: str | None,
    party: str = "candidate",
    outcome: np.ndarray | int = NOTHING,
) -> pd.DataFrame:
    """One event for each of these, on these days; on the day of what it follows from it comes after it."""
    same_day = (day == part["day"]).to_numpy()
    soon = np.minimum(part["minute"] + rng.integers(5, 90, len(part)), CLOSES + 120)
    values: dict[str, Any] = {
        **{name: part[name] for name in WHO},
        "day": day,
        "minute": np.where(same_day, soon, rng.integers(OPENS, CLOSES, len(part))),
        "assignee": np.full(len(part), code("assignee", assignee)),
        "outcome": np.broadcast_to(outcome, len(part)),
    }
    return events(activity, values, party)


def referrals(starts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """People named by contractors and by their clients, while the assignment runs."""
    return joined([_named(starts, party, share, rng) for party, share in NAMED.items()])


def _named(starts: pd.DataFrame, party: str, share: float, rng: np.random.Generator) -> pd.DataFrame:
    some = starts[coin(rng, len(starts), share)]
    day = some["day"] + rng.integers(8, 45, len(some))
    runs = day <= some["until"]
    return following("referral", some[runs], day[runs], rng, None, party)


def with_hours(raw: pd.DataFrame, starts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The events with shorter or longer weeks for some assignments."""
    shift = np.zeros(len(starts), dtype="int32")
    drawn = rng.random(len(starts))
    edge = 0.0
    for hours, share in HOURS.items():
        shift = np.where((drawn >= edge) & (drawn < edge + share), hours, shift)
        edge += share
    by_case = starts.assign(shift=shift).set_index(["candidate", "job"])["shift"]
    keys = pd.MultiIndex.from_frame(raw[["candidate", "job"]])
    more = by_case.reindex(keys).fillna(0).to_numpy()
    is_card = (raw["activity"] == code("activity", "timecard")).to_numpy()
    return raw.assign(quantity=(raw["quantity"] + np.where(is_card, more, 0)).astype("int32"))
