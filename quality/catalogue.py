"""The catalogue: what is counted, and the seven ratios made of it, as data.

Cards, tooltips, the definitions page, the documentation, the command line and the tests all read these two tables, so a
number means the same thing everywhere. The chain of ratios and its standards follow Top Echelon / Good As Gold,
*Contract Staffing Fundamentals, Session 14*; what that text leaves open is said in the sentences here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Side = Literal["candidate", "client"]

#: The day on which a definition below last changed its meaning; pages and exports show it.
DEFINITIONS_CHANGED = date(2026, 11, 23)

#: Outcomes that mean a meeting did not take place. Any other counts as held, as an empty one does.
NOT_HELD = ("cancelled", "no_show", "rescheduled")

CHAIN_SOURCE = "Top Echelon / Good As Gold, Contract Staffing Fundamentals, Session 14"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the log that belong to a measure: an activity, unless its outcome says that it does not count.

    With ``hit_rule`` only the outcomes of the firm's hit rule count.
    """

    activity: str
    unless: tuple[str, ...] = ()
    hit_rule: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted per desk and day; ``once`` counts only the first row per candidate and job."""

    name: str
    singular: str
    plural: str
    sentence: str
    rows: tuple[Rows, ...]
    once: bool = False


_MEASURES = (
    Measure(
        "recruiting_call",
        "recruiting call",
        "recruiting calls",
        "Every live conversation with a possible candidate, whatever the answer was; messages left are not counted.",
        (Rows("recruiting_call"),),
    ),
    Measure(
        "hit",
        "hit",
        "hits",
        "A call that found an interested person worth interviewing: recorded as a hit, or a recruiting call whose "
        "outcome is in the firm's hit rule. Record each one way only: a call and a row for the same hit count as two.",
        (Rows("hit"), Rows("recruiting_call", hit_rule=True)),
    ),
    Measure(
        "interview",
        "interview",
        "interviews",
        "Every interview the recruiter holds with a candidate: any whose outcome does not say cancelled, no show or "
        "rescheduled. The client's interviews are send-outs.",
        (Rows("interview", unless=NOT_HELD),),
    ),
    Measure(
        "send_out",
        "send-out",
        "send-outs",
        "The first interview that took place between a candidate and a client for a job: any whose outcome does not "
        "say cancelled, no show or rescheduled. Later rounds are kept but not counted.",
        (Rows("send_out", unless=NOT_HELD),),
        once=True,
    ),
    Measure(
        "fill",
        "fill",
        "fills",
        "A person placed on a job, counted once per candidate and job.",
        (Rows("fill"),),
        once=True,
    ),
    Measure(
        "marketing_call",
        "marketing call",
        "marketing calls",
        "Every live conversation with someone who can hire, to win an order.",
        (Rows("marketing_call"),),
    ),
    Measure("contract", "contract", "contracts", "Every job order or contract order won.", (Rows("contract"),)),
    Measure(
        "presentation",
        "presentation",
        "presentations",
        "A candidate shown to a client for a job, counted the first time only.",
        (Rows("presentation"),),
        once=True,
    ),
)

MEASURES: MappingProxyType[str, Measure] = MappingProxyType({measure.name: measure for measure in _MEASURES})

#: How a candidate's step for a job is recognised again: by the job, or by the client where either step lacks the job.
CANDIDATE_AND_JOB = (("candidate", "job"), ("candidate", "client"))


@dataclass(frozen=True, slots=True)
class Ratio:
    """One of the seven ratios, read ``n : 1`` from upstream to downstream; lower is better.

    ``keys`` say how the cohort view finds the downstream event that belongs to an upstream one: each entry is a set of
    columns that must agree, the second is used only where either side lacks the first. ``horizon_days`` is how long a
    case has to get there, in calendar days. ``standard`` is a starting value, to be replaced by the firm's own.
    ``case`` is what one unit of the cohort view is called.
    """

    name: str
    title: str
    side: Side
    upstream: str
    downstream: str
    sentence: str
    keys: tuple[tuple[str, ...], ...]
    horizon_days: int
    standard: float
    case: tuple[str, str] = ("candidate", "candidates")
    minimum_n: int = 8
    better: Literal["lower"] = "lower"
    source: str = CHAIN_SOURCE
    changed_on: date = DEFINITIONS_CHANGED

    @property
    def upstream_words(self) -> tuple[str, str]:
        """Singular and plural of what is counted first."""
        return MEASURES[self.upstream].singular, MEASURES[self.upstream].plural

    @property
    def downstream_words(self) -> tuple[str, str]:
        """Singular and plural of what it leads to."""
        return MEASURES[self.downstream].singular, MEASURES[self.downstream].plural

    @property
    def formula(self) -> str:
        """The division in words: ``send-outs / fills``."""
        return f"{self.upstream_words[1]} / {self.downstream_words[1]}"

    @property
    def by_order(self) -> bool:
        """Whether send-outs and fills count for the desk that won the order (when the firm's rules say so)."""
        return self.side == "client" and MEASURES[self.downstream].once

    @property
    def counts_fills(self) -> bool:
        """Whether the downstream event can fall off again."""
        return self.downstream == "fill"


RATIOS: tuple[Ratio, ...] = (
    Ratio(
        "call_to_hit",
        "Call to hit",
        "candidate",
        "recruiting_call",
        "hit",
        "How many conversations with possible candidates it takes to find one interested person worth interviewing.",
        keys=(("candidate",),),
        horizon_days=14,
        standard=5,
    ),
    Ratio(
        "hit_to_interview",
        "Hit to interview",
        "candidate",
        "hit",
        "interview",
        "How many interested people it takes for the recruiter to interview one.",
        keys=(("candidate",),),
        horizon_days=30,
        standard=2,
    ),
    Ratio(
        "interview_to_send_out",
        "Interview to send-out",
        "candidate",
        "interview",
        "send_out",
        "How many of the recruiter's own interviews it takes to get one candidate in front of a client.",
        keys=(("candidate",),),
        horizon_days=60,
        standard=2,
    ),
    Ratio(
        "send_out_to_fill",
        "Send-out to fill",
        "candidate",
        "send_out",
        "fill",
        "How many first interviews with a client it takes to place one person.",
        keys=CANDIDATE_AND_JOB,
        horizon_days=60,
        standard=6,
        case=("candidate on a job", "candidates on jobs"),
    ),
    Ratio(
        "marketing_call_to_contract",
        "Marketing call to contract",
        "client",
        "marketing_call",
        "contract",
        "How many conversations with people who can hire it takes to win one order.",
        keys=(("contact",), ("client",)),
        horizon_days=90,
        standard=15,
        case=("client contact", "client contacts"),
    ),
    Ratio(
        "presentation_to_send_out",
        "Presentation to send-out",
        "client",
        "presentation",
        "send_out",
        "How many candidates are shown to clients for one first interview with a client.",
        keys=CANDIDATE_AND_JOB,
        horizon_days=30,
        standard=3,
        case=("candidate on a job", "candidates on jobs"),
    ),
    Ratio(
        "contract_to_fill",
        "Contract to fill",
        "client",
        "contract",
        "fill",
        "How many orders it takes to place one person.",
        keys=(("job",),),
        horizon_days=90,
        standard=4,
        case=("order", "orders"),
    ),
)

BY_NAME: MappingProxyType[str, Ratio] = MappingProxyType({ratio.name: ratio for ratio in RATIOS})


def check_ratio_names(names: Iterable[str]) -> None:
    """Raise ValueError when a name is none of the seven ratios, listing what they are."""
    if unknown := sorted(set(names) - set(BY_NAME)):
        raise ValueError(f"unknown ratio {', '.join(unknown)}; the ratios are {', '.join(BY_NAME)}")
